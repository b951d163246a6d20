import { NOT_SERVED } from '../geo/area-sets.ts';
import { runsOf } from '../geo/grid.ts';
import type { SearchCircle } from '../geo/search-circle.ts';
import { bitsWithin, lowest, ones } from '../packed/bitsets.ts';
import { areaSetOf, FEATURES, listingOfPointRecord } from '../packed/row.ts';
import { type AreaGroup, MANY_SETS } from '../segment/segment.ts';
import { AREA, NO_REACH, NOT_SERVING, REMOTE, reachOfAnswer, UNCLEAR, VENUE } from './prepared-query.ts';
import type { SegmentQuery } from './segment-query.ts';

/** Finds what lies in a circle, part by part of a segment. */

/** How all listings of a group in the circle are reached; NO_REACH where each must be asked. */
export function reachOfGroup(query: SegmentQuery, { set }: AreaGroup): number {
  if (set === MANY_SETS) return NO_REACH;
  const answer = query.prepared.serving.answers[set];
  return answer === NOT_SERVED ? NOT_SERVING : reachOfAnswer(answer, VENUE);
}

/** Fills `segment.circleMembers` with what lies in the circle and in no group, unless that has just been done. */
export function fillCircleMembers(query: SegmentQuery, circle: SearchCircle): void {
  if (query.filledFor === circle) return;
  query.filledFor = circle;
  query.segment.circleMembers.clear();
  addMixed(query, circle);
  addSeveral(query, circle);
  query.segment.circleMembers.putInOrder();
}

function addMixed(query: SegmentQuery, { onGrid: circle, chord }: SearchCircle): void {
  const { mixedGrid, circleMembers } = query.segment;
  const written = runsOf(mixedGrid, circle);
  const { runs } = mixedGrid;
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const end = runs[run + 3]!;
    // In the inner part nothing need be measured.
    for (let listing = runs[run]!; listing < end; listing++)
      if ((listing >= innerFrom && listing < innerTo) || query.chordTo(listing) <= chord) circleMembers.add(listing, 0);
  }
}

/**
 * Adds listings with several points where a point with the access asked for lies in the circle, with the features of
 * such points.
 */
function addSeveral({ segment, prepared }: SegmentQuery, { onGrid: circle, chord }: SearchCircle): void {
  const { severalGrid, severalRecords, severalXyz, circleMembers } = segment;
  const { origin, filter } = prepared;
  if (origin === null) return;
  const { x: originX, y: originY, z: originZ } = origin;
  const needed = filter.access;
  const written = runsOf(severalGrid, circle);
  const { runs } = severalGrid;
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const end = runs[run + 3]!;
    for (let at = runs[run]!; at < end; at++) {
      const record = severalRecords[at]!;
      if ((record & needed) !== needed) continue;
      if (at < innerFrom || at >= innerTo) {
        const x = severalXyz[at * 3]! - originX;
        const y = severalXyz[at * 3 + 1]! - originY;
        const z = severalXyz[at * 3 + 2]! - originZ;
        if (x * x + y * y + z * z > chord) continue;
      }
      circleMembers.add(listingOfPointRecord(record), record & FEATURES);
    }
  }
}

/**
 * Goes through what lies in the circle and in no group, up to 32 listings of an integer at a time. `visit` gets the
 * bits of those that are not deleted and fit the filters, or fail one alone; `query.filterScan` tells which. It returns
 * true to end.
 */
export function scanUngrouped(
  query: SegmentQuery,
  circle: SearchCircle,
  visit: (word: number, among: number) => boolean,
): void {
  fillCircleMembers(query, circle);
  const { filterScan } = query;
  const { circleMembers, deleted, deletedCount } = query.segment;
  for (let k = 0; k < circleMembers.count; k++) {
    const word = circleMembers.words[k]!;
    let among = filterScan.scan(word, circleMembers.bitsOf(word));
    if (deletedCount > 0)
      for (let rest = among; rest !== 0; rest &= rest - 1)
        if (deleted[(word << 5) + lowest(rest)] !== 0) among &= ~(rest & -rest);
    if (among !== 0 && visit(word, among)) return;
  }
}

/**
 * Goes through a group in the circle, 32 listings at a time. `visit` gets how they are reached and their bits, as far as
 * they fit the filters or fail one alone; `query.filterScan` tells which. It returns true to end.
 */
export function scanGroup(
  query: SegmentQuery,
  group: AreaGroup,
  circle: SearchCircle,
  visit: (word: number, reach: number, among: number) => boolean,
): boolean {
  const { segment, filterScan } = query;
  const { deleted, deletedCount, reachKeys } = segment;
  const { answers } = query.prepared.serving;
  const reach = reachOfGroup(query, group);
  const written = runsOf(group.grid, circle.onGrid);
  const { runs } = group.grid;
  for (let run = 0; run < written; run += 4) {
    const from = runs[run]!;
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const to = runs[run + 3]!;
    for (let word = from >>> 5; word << 5 < to; word++) {
      const among = filterScan.scan(word, bitsWithin(word, from, to));
      if (among === 0) continue;
      const first = word << 5;
      const whole = bitsWithin(word, innerFrom, innerTo);
      let alike = reach !== NO_REACH && deletedCount === 0 ? among & whole : 0;
      let others = 0;
      for (let rest = among & ~alike; rest !== 0; rest &= rest - 1) {
        const listing = first + lowest(rest);
        if ((listing < innerFrom || listing >= innerTo) && query.chordTo(listing) > circle.chord) continue;
        if (deleted[listing] !== 0) continue;
        if (reach !== NO_REACH || answers[areaSetOf(reachKeys[listing]!)] !== NOT_SERVED) alike |= rest & -rest;
        else others |= rest & -rest;
      }
      // In the group of many sets each is known to be served or not.
      if (alike !== 0 && visit(word, reach === NO_REACH ? VENUE : reach, alike)) return true;
      if (others !== 0 && visit(word, NOT_SERVING, others)) return true;
    }
  }
  return false;
}

/** How many venues in the circle fit the filters, without words, counted up to `enough`. */
export function countVenues(query: SegmentQuery, circle: SearchCircle, enough: number): number {
  let count = 0;
  for (const group of query.groupsIn(circle)) {
    const its = reachOfGroup(query, group);
    if (its !== VENUE && its !== NO_REACH) continue;
    const isEnough = scanGroup(query, group, circle, (_, reach, among) => {
      if (reach === VENUE) count += ones(among & query.filterScan.fit);
      return count >= enough;
    });
    if (isEnough) return enough;
  }
  scanUngrouped(query, circle, (word, among) => {
    for (let rest = among & query.filterScan.fit; rest !== 0; rest &= rest - 1)
      if (query.reachInside((word << 5) + lowest(rest)) === VENUE) count++;
    return count >= enough;
  });
  return count;
}

/**
 * Visits the listings of one reach that fit the filters, without words, in no order.
 * @param most so many of each list are enough where lists are in order
 */
export function forEachHit(
  query: SegmentQuery,
  reach: number,
  circle: SearchCircle | null,
  most: number,
  visit: (listing: number) => void,
): void {
  const { segment, prepared } = query;
  if (circle === null) {
    for (let listing = 0; listing < segment.size; listing++)
      if (query.reachOf(listing, 0) === reach && query.fits(listing)) visit(listing);
    return;
  }
  if (reach === VENUE || reach === UNCLEAR || reach === NOT_SERVING) {
    for (const group of query.groupsIn(circle)) {
      const its = reachOfGroup(query, group);
      if (its !== reach && its !== NO_REACH) continue;
      scanGroup(query, group, circle, (word, reached, among) => {
        if (reached === reach)
          for (let rest = among & query.filterScan.fit; rest !== 0; rest &= rest - 1) visit((word << 5) + lowest(rest));
        return false;
      });
    }
    scanUngrouped(query, circle, (word, among) => {
      for (let rest = among & query.filterScan.fit; rest !== 0; rest &= rest - 1) {
        const listing = (word << 5) + lowest(rest);
        if (query.reachInside(listing) === reach) visit(listing);
      }
      return false;
    });
  }
  for (const [fallback, lists] of [
    [AREA, segment.anywhere.area],
    [REMOTE, segment.anywhere.remote],
  ] as const)
    for (const set of prepared.serving.sets) {
      const list = lists.get(set)?.listings;
      if (list === undefined || reachOfAnswer(prepared.serving.answers[set], fallback) !== reach) continue;
      let left = most;
      for (let k = 0; k < list.length && left > 0; k++) {
        if (!query.fits(list[k]!) || query.isVisitedWithin(list[k]!, circle)) continue;
        visit(list[k]!);
        left--;
      }
    }
}
