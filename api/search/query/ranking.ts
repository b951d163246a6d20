import { type SearchCircle, searchCircle } from '../geo/search-circle.ts';
import { AREAS, checkedDay, MORE, SPANS, UNCONFIRMED } from '../packed/row.ts';
import { type KeyedListing, TopCollector } from '../packed/top-collector.ts';
import { anywhereKey } from '../text/ranked-list.ts';
import { fold } from '../text/tokens.ts';
import type { OpenSegment } from './open-segment.ts';
import { AREA, endsByName, NOT_SERVING, type PreparedQuery, VENUE } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';
import type { TextMatches } from './text-matches.ts';
import { forEachHit } from './within.ts';

/** What comes before what within a section (docs/ranking.md says it in plain words). */

/** More than any other part of a first key: the day of a check, or how large the area is. */
const CONFIRMED_STEP = 1e9;
/** More than the number of sizes that an area has. */
const SIZES = 8;
/** What is left of the score of a listing that nobody has confirmed. */
const UNCONFIRMED_SHARE = 0.5;

/** A listing of a segment on its way into the answer. */
export interface RankedListing extends KeyedListing {
  query: SegmentQuery;
}

/**
 * The first `wanted` listings of one way in one segment, in their order.
 * @param total how many there are of that way, in all segments
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
  const byName = endsByName(prepared, reach);
  // Lists (segment.ts) are in the order of names, but for the day of a check.
  const most = prepared.order === 'checked' ? Number.POSITIVE_INFINITY : wanted;
  let confirmed = 0;
  let top = emptyTop(query, wanted);
  const add = (listing: number): void => {
    const first = keyWithoutWords(query, reach, listing);
    if (first < CONFIRMED_STEP) confirmed++;
    if (!top.isTooLate(first))
      top.add(listing, first, byName ? segment.nameRank[listing]! : query.nearestChord(listing));
  };
  if (circle !== null && reach === VENUE && query.uncountedVenues === 0) {
    for (const listing of query.venues) add(listing);
    return top;
  }
  if (circle === null && prepared.order === 'name') {
    // Most have a name long before the last: the first confirmed ones come before all that are not.
    let found = 0;
    for (const listing of inOrderOfNames(segment)) {
      if (query.reachOf(listing, 0) !== reach || isUnconfirmed(query, listing) || !query.fits(listing)) continue;
      top.add(listing, 0, segment.nameRank[listing]!);
      if (++found === wanted) return top;
    }
    top = emptyTop(query, wanted);
  }
  if (circle !== null && prepared.origin !== null && !byName) {
    // The nearest few of very many: a small circle that ought to hold them is looked at first, then one twice as wide.
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
  const { segment, prepared } = query;
  const { listings, ranks, reaches, count, list } = matches;
  const byName = endsByName(prepared, reach);
  const top = emptyTop(query, wanted);
  // Confirmed and in the smallest area it could not come before those that are there: mostly nothing more need be looked at.
  const isTooLate = (rank: number) =>
    prepared.order === 'relevance' && top.isTooLate(-SIZES * levelOf(1 + list.fits[rank]!));
  const add = (listing: number, rank: number): void => {
    const first =
      prepared.order === 'relevance'
        ? keyWithWords(query, reach, listing, list.fits[rank]!)
        : keyWithoutWords(query, reach, listing);
    if (!top.isTooLate(first))
      top.add(listing, first, byName ? segment.nameRank[listing]! : query.nearestChord(listing));
  };
  if (circle === null || reach === VENUE || reach === NOT_SERVING) {
    for (let k = 0; k < count; k++) if (reaches[k] === reach && !isTooLate(ranks[k]!)) add(listings[k]!, ranks[k]!);
    return top;
  }
  for (const set of prepared.serving.sets) {
    const anywhere = list.anywhere.get(anywhereKey(set, reach));
    const fitting = anywhere === undefined ? 0 : matches.countFitting(anywhere);
    for (let k = 0; k < fitting && !isTooLate(anywhere!.ranks[k]!); k++) {
      const listing = anywhere!.listings[k]!;
      if (query.fits(listing) && query.reachOf(listing, circle.chord) === reach) add(listing, anywhere!.ranks[k]!);
    }
  }
  return top;
}

function inOrderOfNames(segment: OpenSegment): Uint32Array {
  if (segment.byName === null) {
    segment.byName = new Uint32Array(segment.size);
    for (let listing = 0; listing < segment.size; listing++) segment.byName[segment.nameRank[listing]!] = listing;
  }
  return segment.byName;
}

const isUnconfirmed = ({ segment: { rows, width } }: SegmentQuery, listing: number): boolean =>
  (rows[listing * width + MORE]! & UNCONFIRMED) !== 0;

const sizeOfArea = ({ segment: { rows, width }, prepared }: SegmentQuery, reach: number, listing: number): number =>
  reach === AREA ? prepared.serving.sizeOf(rows[listing * width + AREAS]!) : 0;

/**
 * What is compared first where words lead: rising, so the best has the least. It is the score in steps of a doubling, so
 * that among listings that fit about equally well the nearest comes first.
 */
function keyWithWords(query: SegmentQuery, reach: number, listing: number, fit: number): number {
  const score = 1 + fit * (isUnconfirmed(query, listing) ? UNCONFIRMED_SHARE : 1);
  return sizeOfArea(query, reach, listing) - SIZES * levelOf(score);
}

/** The rounded logarithm of a score of 1 or more: how often it can be halved, raised by half a step. */
const levelOf = (score: number): number => 31 - Math.clz32(score * Math.SQRT2);

/** What is compared first otherwise. */
function keyWithoutWords(query: SegmentQuery, reach: number, listing: number): number {
  const { segment, prepared } = query;
  const key = isUnconfirmed(query, listing) ? CONFIRMED_STEP : 0;
  if (prepared.order === 'name') return key;
  if (prepared.order === 'checked') return key - checkedDay(segment.rows[listing * segment.width + SPANS]!);
  return key + sizeOfArea(query, reach, listing);
}

/** The order of two listings that may be of different segments, whose ranks of names do not compare. */
export function compareRanked(prepared: PreparedQuery, reach: number): (a: RankedListing, b: RankedListing) => number {
  const byName = endsByName(prepared, reach);
  return (a, b) => {
    if (a.first !== b.first) return a.first - b.first;
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
