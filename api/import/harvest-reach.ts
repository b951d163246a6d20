import type { Feed } from '../store/feeds.ts';
import type { RpdeStart } from './source/rpde.ts';

/** How far back a harvest asks, by what earlier ones of its feed came to. Moments are milliseconds since 1970. */

/** Milliseconds. */
export const HOUR_MS = 3_600_000;
/** A feed that honours `modified_after` is read whole after so long all the same. */
const WHOLE_AGAIN_MS = 7 * 24 * HOUR_MS;
/** A run that was stopped longer ago than this begins anew. */
const RESUME_MS = 2 * 24 * HOUR_MS;
/**
 * How long an RPDE feed goes on naming what it has deleted. Where the last harvest is longer ago, the feed is read
 * anew.
 */
const DELETED_TOLD_MS = 7 * 24 * HOUR_MS;
/** An RPDE feed is read anew after so long in any case, since sessions that are over may just be missing from it. */
const RPDE_ANEW_MS = 28 * 24 * HOUR_MS;

/** The run that was stopped and goes on; null where a new one begins. */
export const resumable = ({ progress }: Feed, now: number): Feed['progress'] =>
  progress !== null && now - Date.parse(progress.started_at) < RESUME_MS ? progress : null;

/** Where the harvest of an RPDE feed goes on; null where it is to be read anew, or is none. */
export function rpdeNext({ habits: { rpde } }: Feed, now: number): RpdeStart['next'] | null {
  if (rpde === undefined) return null;
  const since = (at: string): number => now - Date.parse(at);
  return since(rpde.asked_at) > DELETED_TOLD_MS || since(rpde.begun_at) > RPDE_ANEW_MS ? null : rpde.next;
}

/** Whether it is to be read whole, though its source could tell what has changed. */
export const mustBeWhole = ({ habits: { complete_at } }: Feed, now: number): boolean =>
  complete_at === undefined || now - Date.parse(complete_at) > WHOLE_AGAIN_MS;

/** What is known of a feed, but for how far it was read: its next harvest looks at all of it. */
export function toBeReadWhole({ complete_at: _, rpde: __, ...others }: Feed['habits']): Feed['habits'] {
  return others;
}

/** 'YYYY-MM-DD': only what was changed since is asked for; undefined where all is. */
export const modifiedAfter = (feed: Feed, now: number): string | undefined =>
  feed.habits.modified_after === true && !mustBeWhole(feed, now) ? dayBeforeLast(feed) : undefined;

/** The day before the last complete run, or the beginning of time. A day before: clocks differ, and some feeds know days alone. */
export const dayBeforeLast = ({ habits: { complete_at } }: Feed): string =>
  complete_at === undefined
    ? '1970-01-01'
    : new Date(Date.parse(complete_at) - 24 * HOUR_MS).toISOString().slice(0, 10);
