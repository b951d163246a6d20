import { NOT_SERVED } from '../../geo/area-sets.ts';
import { runsOf } from '../../geo/grid.ts';
import type { SearchCircle } from '../../geo/search-circle.ts';
import { areaSetOf } from '../../packed/row.ts';
import { firstDeleted } from '../../segment/deleted.ts';
import { addBlocks } from '../../segment/prefix-sums.ts';
import type { AreaGroup } from '../../segment/segment.ts';
import { NOT_SERVING, VENUE } from '../prepared-query.ts';
import type { SegmentQuery } from '../segment-query.ts';
import type { Totals } from './totals.ts';

/** Counts what lies in a circle, for searches without words and filters. */

/** Counts a group of which all listings have the same reach, by sums. */
export function addByPrefixSums(
  totals: Totals,
  query: SegmentQuery,
  group: AreaGroup,
  reach: number,
  circle: SearchCircle,
): void {
  const { segment, prepared } = query;
  const counted = prepared.countsReach[reach] === true;
  const { runs } = group.grid;
  const written = runsOf(group.grid, circle.onGrid);
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    addMeasured(totals, query, runs[run]!, innerFrom, reach, circle.chord);
    // Where the facets are not asked for, the number of listings is enough.
    const [from, to] = counted
      ? addBlocks(segment.sums, innerFrom, innerTo, totals.counter.bits)
      : [innerFrom, innerTo];
    addMeasured(totals, query, innerFrom, from, reach, Number.POSITIVE_INFINITY);
    totals.byReach[reach]! += to - from;
    if (reach === VENUE) query.uncountedVenues += to - from;
    if (segment.deletedCount > 0)
      for (let k = firstDeleted(segment, from); k < segment.deletedListings.length; k++) {
        if (segment.deletedListings[k]! >= to) break;
        totals.count(query, segment.deletedListings[k]!, reach, -1);
      }
    addMeasured(totals, query, to, innerTo, reach, Number.POSITIVE_INFINITY);
    addMeasured(totals, query, innerTo, runs[run + 3]!, reach, circle.chord);
  }
}

/** Counts a group of which each listing must be asked. */
export function addOneByOne(totals: Totals, query: SegmentQuery, group: AreaGroup, circle: SearchCircle): void {
  const { deleted, deletedCount, reachKeys, width } = query.segment;
  const { answers } = query.prepared.serving;
  const [venuesAsked, othersAsked] = [query.prepared.countsReach[VENUE], query.prepared.countsReach[NOT_SERVING]];
  const { runs } = group.grid;
  const written = runsOf(group.grid, circle.onGrid);
  let venues = 0;
  let others = 0;
  for (let run = 0; run < written; run += 4) {
    const innerFrom = runs[run + 1]!;
    const innerTo = runs[run + 2]!;
    const to = runs[run + 3]!;
    for (let listing = runs[run]!; listing < to; listing++) {
      if ((listing < innerFrom || listing >= innerTo) && query.chordTo(listing) > circle.chord) continue;
      if (deletedCount > 0 && deleted[listing] !== 0) continue;
      if (answers[areaSetOf(reachKeys[listing]!)] !== NOT_SERVED) {
        venues++;
        query.noteVenue(listing);
        if (venuesAsked) totals.counter.add(listing * width);
      } else {
        others++;
        if (othersAsked) totals.counter.add(listing * width);
      }
    }
  }
  totals.byReach[VENUE]! += venues;
  totals.byReach[NOT_SERVING]! += others;
}

/**
 * Counts listings one by one.
 * @param chord those farther away are left out
 */
function addMeasured(
  totals: Totals,
  query: SegmentQuery,
  from: number,
  to: number,
  reach: number,
  chord: number,
): void {
  const { deleted, deletedCount, width } = query.segment;
  const { counter } = totals;
  const counted = query.prepared.countsReach[reach] === true;
  let count = 0;
  for (let listing = from; listing < to; listing++) {
    if (chord !== Number.POSITIVE_INFINITY && query.chordTo(listing) > chord) continue;
    if (deletedCount > 0 && deleted[listing] !== 0) continue;
    count++;
    if (reach === VENUE) query.noteVenue(listing);
    if (counted) counter.add(listing * width);
  }
  totals.byReach[reach]! += count;
}
