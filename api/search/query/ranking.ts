import { type SearchCircle, searchCircle } from '../geo/search-circle.ts';
import { AREAS, checkedDay, isFullOn, MORE, SPANS, STANDING, UNCONFIRMED } from '../packed/row.ts';
import { type KeyedListing, TopCollector } from '../packed/top-collector.ts';
import { FITS } from '../segment/filters.ts';
import { anywhereKey } from '../text/ranked-list.ts';
import { fold } from '../text/tokens.ts';
import { inOrderOfNames } from './open-segment.ts';
import {
  AREA,
  endsByName,
  NOT_SERVING,
  type PreparedQuery,
  REMOTE,
  reachOfAnswer,
  UNCLEAR,
  VENUE,
} from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';
import type { TextMatches } from './text-matches.ts';
import { forEachHit } from './within.ts';

/** What comes first among listings of the same reach. docs/ranking.md says it in plain words. */

/** Larger than any other part of a first key, which are the day of a check and the size of an area. */
const CONFIRMED_STEP = 1e9;
/** Larger than the number of sizes that an area can have. They stand in the lowest bits of a first key. */
const SIZES = 8;
/** Larger than the number of wishes that can be unmet (wishes.ts); they stand above the sizes. */
const WISHES = 8;
const LEVEL = SIZES * WISHES;
/** In place of a size: what may serve the place and is reached from anywhere comes after what is near. */
const FAR_OFF = 1;
/** Larger than any other part of a first key where the order is by relevance: what only shares a word comes last. */
const LINE_STEP = 1e6;
/** What a listing that nobody has confirmed keeps of its score, and what one that takes nobody now. */
const UNCONFIRMED_SHARE = 0.5;
const FULL_SHARE = 0.5;

/** A listing of a segment that may be in the answer. */
export interface RankedListing extends KeyedListing {
  query: SegmentQuery;
}

/**
 * The first `wanted` listings of one reach in one segment, in their order.
 * @param total how many there are of that reach, in all segments
 */
export function firstListings(
  query: SegmentQuery,
  reach: number,
  circle: SearchCircle | null,
  wanted: number,
  total: number,
): RankedListing[] {
  const { matches } = query;
  const top =
    matches === null
      ? firstWithoutWords(query, reach, circle, wanted, total)
      : firstWithWords(query, matches, reach, circle, wanted);
  return top.sorted().map(({ listing, first, second }) => ({ listing, first, second, query }));
}

const emptyTop = ({ segment: { ids } }: SegmentQuery, wanted: number): TopCollector =>
  new TopCollector(wanted, (a, b) => ids.compare(a, ids, b));

function firstWithoutWords(
  query: SegmentQuery,
  reach: number,
  circle: SearchCircle | null,
  wanted: number,
  total: number,
): TopCollector {
  const { segment, prepared } = query;
  // Lists are in the order of names already, which is no help where they are sorted by the day of a check.
  const most = prepared.order === 'checked' ? Number.POSITIVE_INFINITY : wanted;
  let confirmed = 0;
  let top = emptyTop(query, wanted);
  const add = (listing: number): void => {
    const first = keyWithoutWords(query, reach, circle, listing);
    if (first < CONFIRMED_STEP) confirmed++;
    if (!top.isTooLate(first)) top.add(listing, first, secondKey(query, reach, listing, first));
  };
  if (circle !== null && reach === VENUE && query.uncountedVenues === 0) {
    for (const listing of query.venues) add(listing);
    return top;
  }
  if (circle === null && prepared.order === 'name') {
    // The first confirmed ones by name mostly fill the page: the unconfirmed all come later.
    let found = 0;
    for (const listing of inOrderOfNames(segment)) {
      if (query.reachOf(listing, 0) !== reach || isUnconfirmed(query, listing) || !query.fits(listing)) continue;
      top.add(listing, 0, segment.nameRank[listing]!);
      if (++found === wanted) return top;
    }
    top = emptyTop(query, wanted);
  }
  if (circle !== null && prepared.origin !== null && reach !== UNCLEAR && !endsByName(prepared, reach)) {
    // To find the nearest few of very many, a small circle that should hold them is tried first, then one twice as
    // wide.
    for (let share = Math.sqrt((2 * wanted) / total); share < 0.7; share *= 2) {
      forEachHit(query, reach, searchCircle(prepared.origin, circle.radius_m * share), most, add);
      if (confirmed >= wanted) return top;
      top = emptyTop(query, wanted);
      confirmed = 0;
    }
  }
  forEachHit(query, reach, circle, most, add);
  return top;
}

function firstWithWords(
  query: SegmentQuery,
  matches: TextMatches,
  reach: number,
  circle: SearchCircle | null,
  wanted: number,
): TopCollector {
  const { prepared } = query;
  const { listings, ranks, reaches, count, list, lineRank } = matches;
  const top = emptyTop(query, wanted);
  // Even if it were confirmed and in the smallest area, it would come after those that are there: mostly nothing more
  // need be looked at.
  const isTooLate = (rank: number) =>
    prepared.order === 'relevance' && top.isTooLate(lineStep(rank, lineRank) - LEVEL * levelOf(1 + list.fits[rank]!));
  const add = (listing: number, rank: number): void => {
    const first =
      prepared.order === 'relevance'
        ? lineStep(rank, lineRank) + keyWithWords(query, reach, circle, listing, list.fits[rank]!)
        : keyWithoutWords(query, reach, circle, listing);
    if (!top.isTooLate(first)) top.add(listing, first, secondKey(query, reach, listing, first));
  };
  for (let k = 0; k < count; k++) if (reaches[k] === reach && !isTooLate(ranks[k]!)) add(listings[k]!, ranks[k]!);
  if (circle === null || reach === VENUE || reach === NOT_SERVING) return top;
  for (const set of prepared.serving.sets)
    for (const fallback of [AREA, REMOTE]) {
      const anywhere = list.anywhere.get(anywhereKey(set, fallback));
      if (anywhere === undefined || reachOfAnswer(prepared.serving.answers[set], fallback) !== reach) continue;
      const fitting = matches.countFitting(anywhere);
      for (let k = 0; k < fitting && !isTooLate(anywhere.ranks[k]!); k++) {
        const listing = anywhere.listings[k]!;
        if (query.fits(listing) && !query.isVisitedWithin(listing, circle)) add(listing, anywhere.ranks[k]!);
      }
    }
  return top;
}

const isUnconfirmed = ({ segment: { rows, width } }: SegmentQuery, listing: number): boolean =>
  (rows[listing * width + MORE]! & UNCONFIRMED) !== 0;

/** What comes first among those that fit alike: of what serves an area the smallest, of what is unclear what is near. */
function sizeOf(query: SegmentQuery, reach: number, circle: SearchCircle | null, listing: number): number {
  const { segment, prepared } = query;
  if (reach === AREA) return prepared.serving.sizeOf(segment.rows[listing * segment.width + AREAS]!);
  return reach === UNCLEAR && !query.isVisitedWithin(listing, circle) ? FAR_OFF : 0;
}

/** Whether equals with this first key are ordered by name; else by distance, then id. */
const isByName = (prepared: PreparedQuery, reach: number, first: number): boolean =>
  endsByName(prepared, reach) || (reach === UNCLEAR && first - Math.floor(first / SIZES) * SIZES === FAR_OFF);

const secondKey = (query: SegmentQuery, reach: number, listing: number, first: number): number =>
  isByName(query.prepared, reach, first) ? query.segment.nameRank[listing]! : query.nearestChord(listing);

/**
 * What is compared first where the order is by relevance; the best has the smallest key. Scores count in steps of a
 * doubling, so that of listings that fit about equally well those come first that are as was said ('step-free'), then the
 * nearest.
 */
function keyWithWords(
  query: SegmentQuery,
  reach: number,
  circle: SearchCircle | null,
  listing: number,
  fit: number,
): number {
  const { segment, prepared } = query;
  const isFull = isFullOn(segment.rows[listing * segment.width + STANDING]!, prepared.day);
  const score = 1 + fit * (isUnconfirmed(query, listing) ? UNCONFIRMED_SHARE : 1) * (isFull ? FULL_SHARE : 1);
  return sizeOf(query, reach, circle, listing) + SIZES * unmetWishes(query, listing) - LEVEL * levelOf(score);
}

/** How many of the filters that were said in words, and are not in force, a listing does not meet. */
function unmetWishes({ segment: { rows, width }, prepared: { wishes } }: SegmentQuery, listing: number): number {
  let unmet = 0;
  for (const wish of wishes) if (wish.failing(rows, listing * width, width) !== FITS) unmet++;
  return Math.min(unmet, WISHES - 1);
}

const lineStep = (rank: number, lineRank: number): number => (rank < lineRank ? 0 : LINE_STEP);

/** How well a match fits, in doublings, where the order is by relevance. */
export const levelOfMatch = ({ first }: RankedListing): number => -Math.floor(first / LEVEL);

/** The most that the level of a match can be, by how it fits: what nobody has confirmed has less. */
export const levelOfFit = (fit: number): number => levelOf(1 + fit);

/** A match that people go to, however far away it is. */
export const venueMatch = (query: SegmentQuery, listing: number, fit: number): RankedListing => ({
  query,
  listing,
  first: keyWithWords(query, VENUE, null, listing, fit),
  second: query.nearestChord(listing),
});

/** The logarithm of a score of 1 or more to the base 2, rounded. */
const levelOf = (score: number): number => 31 - Math.clz32(score * Math.SQRT2);

/** What is compared first in any other order. */
function keyWithoutWords(query: SegmentQuery, reach: number, circle: SearchCircle | null, listing: number): number {
  const { segment, prepared } = query;
  const key = isUnconfirmed(query, listing) ? CONFIRMED_STEP : 0;
  if (prepared.order === 'name') return key;
  if (prepared.order === 'checked') return key - checkedDay(segment.rows[listing * segment.width + SPANS]!);
  return key + sizeOf(query, reach, circle, listing);
}

/** Compares listings that may be of different segments, whose ranks of names cannot be compared. */
export function compareRanked(prepared: PreparedQuery, reach: number): (a: RankedListing, b: RankedListing) => number {
  return (a, b) => {
    if (a.first !== b.first) return a.first - b.first;
    const byName = isByName(prepared, reach, a.first);
    if (!byName && a.second !== b.second) return a.second - b.second;
    const one = a.query.segment;
    const other = b.query.segment;
    if (byName) {
      if (one === other) return a.second - b.second;
      const x = fold(one.names.at(a.listing));
      const y = fold(other.names.at(b.listing));
      if (x !== y) return x < y ? -1 : 1;
    }
    return one.ids.compare(a.listing, other.ids, b.listing);
  };
}
