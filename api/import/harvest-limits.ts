import type { Feed } from '../store/feeds.ts';

/** What one harvest may cost, and how many listings a feed may bring before somebody is asked. */

export interface HarvestLimits {
  /** Milliseconds from the first request to the end. */
  longest: number;
  /** Bytes that are read, unzipped. */
  bytes: number;
  /** Bytes a second, unzipped and from the first request on, that it sends at the least: after `patience` at the latest. */
  slowest: number;
  /** Milliseconds. */
  patience: number;
  /** Listings that a feed may bring before it was ever seen whole. */
  first: number;
  /** So many more than the last time are never too many; else half as many again are not. */
  more: number;
}

/**
 * A national directory has some ten thousand services of about five kilobytes, and is read in minutes. A server that takes
 * ten seconds for one of them is waited for; one that sends a byte now and then only holds a place that others wait for.
 */
export const HARVEST_LIMITS: HarvestLimits = {
  longest: 60 * 60_000,
  bytes: 4 * 1024 ** 3,
  slowest: 500,
  patience: 5 * 60_000,
  first: 10_000,
  more: 500,
};

/** A feed has reached a limit: nothing more is read of it, and what it has brought stays. */
export class OverLimitError extends Error {
  override name = 'OverLimitError';
}

/** A feed has grown so much that a moderator is to say whether that is right. */
export class GrowthError extends Error {
  override name = 'GrowthError';
  /** Listings that it would have. */
  readonly listings: number;

  constructor(listings: number, most: number, known: number | null) {
    const count = (number: number) => number.toLocaleString('en-GB');
    const before =
      known === null
        ? `more than the ${count(most)} that a new one may bring`
        : `and the last time there were ${count(known)}`;
    super(
      `It brings ${count(listings)} listings or more, ${before}. It is paused until a moderator has looked at what it brings: whoever has it harvested again lets it bring up to ${count(mostAfter(listings))}.`,
    );
    this.listings = listings;
  }
}

/** Harvested again, a feed may have so many listings: enough for one that is in order, and an end for one that has none. */
const mostAfter = (listings: number): number => listings * 2;

/**
 * How many listings a feed may have.
 * @param known how many its last complete run saw; null where there was none
 */
export function mostListings({ habits }: Pick<Feed, 'habits'>, known: number | null, limits: HarvestLimits): number {
  const most = known === null ? limits.first : known + Math.max(limits.more, Math.floor(known / 2));
  return Math.max(most, habits.agreed ?? 0);
}

/** The habits of a feed once a moderator has looked at what it brings. */
export function habitsAgreed({ held, ...habits }: Feed['habits']): Feed['habits'] {
  return held === undefined ? habits : { ...habits, agreed: mostAfter(held) };
}
