import { NOT_SERVED } from '../../geo/area-sets.ts';
import type { SearchCircle } from '../../geo/search-circle.ts';
import { lowest, ones } from '../../packed/bitsets.ts';
import { areaSetOf, fallbackOfKey, isVisitedByKey, MAIN, withFeatures } from '../../packed/row.ts';
import type { AreaGroup, Segment } from '../../segment/segment.ts';
import { NOT_SERVING, reachOfAnswer, VENUE } from '../prepared-query.ts';
import type { SegmentQuery } from '../segment-query.ts';
import { scanGroup } from '../within.ts';
import { SingleFailures } from './single-failures.ts';
import type { Totals } from './totals.ts';

/** Counting 32 listings at a time, by a scan of the filters over the bitsets (segment/filter-scan.ts). */

/** By test: the listings that fail it alone. Searches run to their end undisturbed, so that the room is used again. */
const failures: SingleFailures[] = [];

/** Begins to gather the listings of a segment that fail one test alone. */
export function beginFailures({ filterScan: { tests } }: SegmentQuery): void {
  while (failures.length < tests.length) failures.push(new SingleFailures());
  for (let at = 0; at < tests.length; at++) failures[at]!.count = 0;
}

/** Counts those that were gathered, in the facet of the test that they fail. */
export function endFailures({ counter }: Totals, { filterScan: { tests } }: SegmentQuery): void {
  for (let at = 0; at < tests.length; at++)
    if (failures[at]!.count > 0)
      for (const { bit, sets } of tests[at]!.counted) counter.bits[bit]! += failures[at]!.onesIn(sets);
}

/** Counts what of a group lies in the circle. */
export function addGroup(totals: Totals, query: SegmentQuery, group: AreaGroup, circle: SearchCircle): void {
  scanGroup(query, group, circle, (word, reach, among) => {
    addScanned(totals, query, reach, word, among);
    return false;
  });
}

/**
 * Counts listings that have just been scanned and share one reach: those that fit by their rows, those that fail one test
 * alone together at the end.
 */
export function addScanned(totals: Totals, query: SegmentQuery, reach: number, word: number, among: number): void {
  const { filterScan, segment, prepared } = query;
  totals.byReach[reach]! += ones(among & filterScan.fit);
  if (!prepared.countsReach[reach]) return;
  for (let rest = among & filterScan.fit; rest !== 0; rest &= rest - 1) {
    const listing = (word << 5) + lowest(rest);
    if (reach === VENUE) query.noteVenue(listing);
    totals.counter.add(listing * segment.width);
  }
  gatherFailures(query, word, among);
}

/**
 * Counts listings in the circle and in no group that have just been scanned. One that serves the place and is not visited
 * has no reach in the circle. One that is reached from anywhere was counted as such already: where it is a venue here, it
 * is taken off there. If its venue in the circle lacks a feature that another one farther off has, it stays counted in the
 * facet of access as what it would be if that feature were asked for.
 */
export function addUngrouped(totals: Totals, query: SegmentQuery, word: number, among: number): void {
  const { segment, prepared, filterScan } = query;
  const { rows, width, reachKeys, circleMembers } = segment;
  const { countsReach, serving } = prepared;
  const { byReach, counter } = totals;
  if (
    !countsReach[NOT_SERVING] &&
    isOfOneSet(segment, word) &&
    serving.answers[areaSetOf(reachKeys[word << 5]!)] === NOT_SERVED
  ) {
    byReach[NOT_SERVING]! += ones(among & filterScan.fit);
    return;
  }
  let failing = 0;
  for (let rest = among; rest !== 0; rest &= rest - 1) {
    const bit = rest & -rest;
    const listing = (word << 5) + lowest(rest);
    const reachKey = reachKeys[listing]!;
    const answer = serving.answers[areaSetOf(reachKey)];
    const served = answer !== NOT_SERVED;
    if (served && !isVisitedByKey(reachKey)) continue;
    const reach = served ? reachOfAnswer(answer, VENUE) : NOT_SERVING;
    const hasFallback = served && fallbackOfKey(reachKey) !== 0;
    const fallback = reachOfAnswer(answer, fallbackOfKey(reachKey));
    const fits = (filterScan.fit & bit) !== 0;
    if (fits) {
      byReach[reach]! += 1;
      if (reach === VENUE) query.noteVenue(listing);
      if (hasFallback) byReach[fallback]! -= 1;
    }
    const times = (countsReach[reach] ? 1 : 0) - (hasFallback && countsReach[fallback] ? 1 : 0);
    if (times === 1 && !fits) failing |= bit;
    if (times === 0 || (times === 1 && !fits)) continue;
    const base = listing * width;
    const main = query.hasSeveral(listing)
      ? withFeatures(rows[base + MAIN]!, circleMembers.featuresOf(listing))
      : rows[base + MAIN]!;
    if (times === 1) counter.addAs(base, main);
    else counter.addMasked(base, main, times, fits ? null : prepared.filter.masks[query.failing(listing)]!);
  }
  if (failing !== 0) gatherFailures(query, word, failing);
}

/** Gathers those of the listings scanned last that fail one test alone. */
function gatherFailures({ filterScan }: SegmentQuery, word: number, among: number): void {
  for (let at = 0; at < filterScan.tests.length; at++) {
    const failing = filterScan.tests[at]!.failing & among;
    if (failing !== 0) failures[at]!.add(word, failing);
  }
}

/** Whether 32 listings all have several points, are reached at these alone, and serve the same areas. */
function isOfOneSet({ parts, reachKeys }: Segment, word: number): boolean {
  const first = word << 5;
  return first >= parts.several && first + 32 <= parts.severalMixed && reachKeys[first] === reachKeys[first + 31];
}
