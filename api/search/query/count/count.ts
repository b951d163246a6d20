import type { SearchCircle } from '../../geo/search-circle.ts';
import { areaSetOf, type FacetLayout, fallbackOfKey } from '../../packed/row.ts';
import { FITS } from '../../segment/filters.ts';
import { NO_REACH, NOT_SERVING, reachOfAnswer } from '../prepared-query.ts';
import type { CountHits } from '../search.ts';
import type { SegmentQuery } from '../segment-query.ts';
import type { TextMatches } from '../text-matches.ts';
import { reachOfGroup, scanUngrouped } from '../within.ts';
import { Counter } from './facet-counter.ts';
import { addGroup, addScanned, addUngrouped, beginFailures, endFailures } from './filtered.ts';
import { addAnywhere, addAnywhereMatches, addEverything } from './from-anywhere.ts';
import { Totals } from './totals.ts';
import { addByPrefixSums, addOneByOne } from './unfiltered.ts';

/**
 * Counting: totals by reach, and facets. Every listing could be asked in turn how it is reached and whether it fits, and
 * the tests hold what is done here to exactly that (tests/api/search/reference.ts). Here each part of a segment is counted
 * in the fastest way that it allows:
 *
 * - what is reached from anywhere, by lists that are the same for everybody (from-anywhere.ts);
 * - groups in the circle without filters, by sums that were added up beforehand (unfiltered.ts);
 * - the rest of the circle, 32 listings at a time (filtered.ts).
 *
 * A listing has one reach. One that is reached from anywhere is counted as such first; where it turns out to be a venue in
 * the circle, it is taken off there and counted as a venue.
 */

/**
 * Makes the one function that counts.
 * @param layout may grow between two calls
 */
export function createCount(layout: FacetLayout): CountHits {
  // Searches run to their end undisturbed, so that all of them can use one counter.
  let counter = new Counter(layout);
  return (queries, circle) => {
    if (!counter.fits(layout)) counter = new Counter(layout);
    const totals = new Totals(counter);
    for (const query of queries) countSegment(totals, query, circle);
    const hasWords = queries.some(({ matches }) => matches !== null);
    const { byReach } = totals;
    return { byReach, matched: hasWords ? totals.matched : byReach, facets: counter.counts() };
  };
}

function countSegment(totals: Totals, query: SegmentQuery, circle: SearchCircle | null): void {
  const { segment, prepared, matches } = query;
  totals.counter.begin(segment.rows, segment.width, prepared.filter);
  if (matches === null && circle === null) {
    addEverything(totals, query);
    return;
  }
  beginFailures(query);
  if (matches !== null) {
    addMatches(totals, query, matches, circle);
    addMatched(totals, query, matches, circle);
  }
  if (matches === null && circle !== null) addCircle(totals, query, circle);
  endFailures(totals, query);
}

function addCircle(totals: Totals, query: SegmentQuery, circle: SearchCircle): void {
  const hasFilters = query.prepared.filter.any;
  addAnywhere(totals, query);
  for (const group of query.groupsIn(circle)) {
    const reach = reachOfGroup(query, group);
    if (hasFilters) addGroup(totals, query, group, circle);
    else if (reach !== NO_REACH) addByPrefixSums(totals, query, group, reach, circle);
    else addOneByOne(totals, query, group, circle);
  }
  scanUngrouped(query, circle, (word, among) => {
    addUngrouped(totals, query, word, among);
    return false;
  });
}

/** Counts what has the words, and marks there what fails the filters. */
function addMatches(totals: Totals, query: SegmentQuery, matches: TextMatches, circle: SearchCircle | null): void {
  const { listings, reaches, count } = matches;
  const { segment, prepared, filterScan } = query;
  if (circle === null) {
    for (let k = 0; k < count; k++)
      if (totals.count(query, listings[k]!, reaches[k]!, 1) !== FITS) reaches[k] = NO_REACH;
    return;
  }
  addAnywhereMatches(totals, query, matches);
  for (let k = 0; k < count; k++) {
    const listing = listings[k]!;
    const reach = reaches[k]!;
    const inGroup = listing < segment.parts.mixed;
    if (inGroup && !prepared.filter.any) {
      totals.byReach[reach]!++;
      if (prepared.countsReach[reach]) totals.counter.add(listing * segment.width);
      continue;
    }
    const first = k;
    const word = listing >>> 5;
    let among = 1 << (listing & 31);
    // Numbers rise within a group, so that listings of the same 32 mostly follow each other.
    for (; k + 1 < count && reaches[k + 1] === reach; k++) {
      const next = listings[k + 1]!;
      if (next >>> 5 !== word || next < segment.parts.mixed !== inGroup) break;
      among |= 1 << (next & 31);
    }
    const scanned = filterScan.scan(word, among);
    if (inGroup) addScanned(totals, query, reach, word, scanned);
    else addUngrouped(totals, query, word, scanned);
    for (let at = first; at <= k; at++)
      if ((filterScan.fit & (1 << (listings[at]! & 31))) === 0) reaches[at] = NO_REACH;
  }
}

/**
 * Counts what above the line is reached where it is. What is reached from anywhere too was counted as such, and is taken
 * off there where it is a venue in the circle.
 */
function addMatched(
  { matched }: Totals,
  { segment, prepared }: SegmentQuery,
  matches: TextMatches,
  circle: SearchCircle | null,
): void {
  const { listings, reaches, count } = matches;
  for (let k = 0; k < count; k++) {
    if (reaches[k] === NO_REACH || !matches.isAboveLine(k)) continue;
    matched[reaches[k]!]!++;
    const reachKey = segment.reachKeys[listings[k]!]!;
    const fallback = circle === null || reaches[k] === NOT_SERVING ? 0 : fallbackOfKey(reachKey);
    if (fallback !== 0) matched[reachOfAnswer(prepared.serving.answers[areaSetOf(reachKey)], fallback)]!--;
  }
}
