import type { AnywhereList } from '../../segment/segment.ts';
import { type AnywhereMatches, anywhereKey } from '../../text/ranked-list.ts';

import { AREA, REACHES, REMOTE, reachOfAnswer } from '../prepared-query.ts';
import { SegmentQuery } from '../segment-query.ts';
import type { TextMatches } from '../text-matches.ts';
import type { Totals } from './totals.ts';

/** Counting what is the same wherever one searches from: lists by set of areas, and everything where no place is named. */

/** So many listings of a list make it worth keeping what filters make of it. */
const WORTH_CACHING = 48;

/** Counts the listings that serve the place from anywhere, or may. */
export function addAnywhere(totals: Totals, query: SegmentQuery): void {
  const { area, remote } = query.segment.anywhere;
  const { sets, answers } = query.prepared.serving;
  for (const set of sets) {
    addList(totals, query, area.get(set), reachOfAnswer(answers[set], AREA));
    addList(totals, query, remote.get(set), reachOfAnswer(answers[set], REMOTE));
  }
}

/** Counts a list: by the sums that belong to it where there are no filters, else by what filters make of it. */
function addList(totals: Totals, query: SegmentQuery, list: AnywhereList | undefined, reach: number): void {
  if (list === undefined) return;
  const { number, listings, deletedCount, sums } = list;
  const hasFilters = query.prepared.filter.any;
  if (!hasFilters && sums !== null) {
    totals.byReach[reach]! += listings.length - deletedCount;
    if (query.prepared.countsReach[reach]) totals.counter.addBits(sums);
  } else if (!hasFilters || listings.length < WORTH_CACHING) {
    addEach(totals, query, listings, listings.length, reach);
  } else {
    // What is open to everybody may be tens of thousands of listings, and is the same for everybody.
    addCached(totals, query, reach, `list ${number}`, (apart, all) =>
      addEach(apart, all, listings, listings.length, reach),
    );
  }
}

/** Counts the first so many of some listings one by one. */
function addEach(totals: Totals, query: SegmentQuery, listings: Uint32Array, count: number, reach: number): void {
  const { deleted } = query.segment;
  for (let k = 0; k < count; k++) if (deleted[listings[k]!] === 0) totals.count(query, listings[k]!, reach, 1);
}

/** Counts what has any of the words and serves the place from anywhere. */
export function addAnywhereMatches(totals: Totals, query: SegmentQuery, matches: TextMatches): void {
  const { sets, answers } = query.prepared.serving;
  for (const set of sets)
    for (const fallback of [AREA, REMOTE]) {
      const list = matches.list.anywhere.get(anywhereKey(set, fallback));
      if (list === undefined) continue;
      const reach = reachOfAnswer(answers[set], fallback);
      const above = matches.countAboveLine(list);
      const before = totals.byReach[reach]!;
      addStretch(totals, query, list, 0, above, reach);
      totals.matched[reach]! += totals.byReach[reach]! - before;
      addStretch(totals, query, list, above, matches.countFitting(list), reach);
    }
}

/** Counts the listings of a list from one place up to another. */
function addStretch(
  totals: Totals,
  query: SegmentQuery,
  { number, listings }: AnywhereMatches,
  from: number,
  to: number,
  reach: number,
): void {
  const some = listings.subarray(from, to);
  if (some.length < WORTH_CACHING) addEach(totals, query, some, some.length, reach);
  else
    addCached(totals, query, reach, `${number} from ${from} to ${to}`, (apart, all) =>
      addEach(apart, all, some, some.length, reach),
    );
}

/** Counts all listings of a segment, without words or a place: the same for everybody. */
export function addEverything(totals: Totals, query: SegmentQuery): void {
  const { size, deleted } = query.segment;
  for (const reach of REACHES)
    addCached(totals, query, reach, `everything ${reach}`, (apart, all) => {
      for (let listing = 0; listing < size; listing++)
        if (deleted[listing] === 0 && all.reachOf(listing, 0) === reach) apart.count(all, listing, reach, 1);
    });
}

/**
 * Counts what was counted before with the same filters, or counts it now and keeps it with the segment.
 * @param what names the listings that are counted
 * @param count counts them into totals of their own, as if every reach were asked for
 */
function addCached(
  totals: Totals,
  query: SegmentQuery,
  reach: number,
  what: string,
  count: (apart: Totals, all: SegmentQuery) => void,
): void {
  const { segment, prepared } = query;
  const { filter, countsReach } = prepared;
  const { total, bits } = segment.filteredCounts.get(`${filter.number} ${what}`, () => {
    const apart = totals.another();
    apart.counter.begin(segment.rows, segment.width, filter);
    count(apart, new SegmentQuery(segment, { ...prepared, countsReach: countsReach.map(() => true) }));
    return { total: apart.byReach[reach]!, bits: apart.counter.allBits() };
  });
  totals.byReach[reach]! += total;
  if (countsReach[reach]) totals.counter.addBits(bits);
}
