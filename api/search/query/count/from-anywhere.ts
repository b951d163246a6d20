import type { AnywhereList } from '../../segment/segment.ts';
import { anywhereKey } from '../../text/ranked-list.ts';
import { NOT_SERVING, VENUE } from '../prepared-query.ts';
import { SegmentQuery } from '../segment-query.ts';
import type { TextMatches } from '../text-matches.ts';
import type { Totals } from './count.ts';

/** Counting what is the same wherever one searches from: lists by set of areas, and everything where no place is named. */

/** A list that is worth remembering what filters make of it. */
const WORTH_REMEMBERING = 48;

/**
 * Counts the listings that serve the place from anywhere.
 * @param summed whether there are no filters, so that sums known beforehand will do
 */
export function addLists(totals: Totals, query: SegmentQuery, summed: boolean): void {
  const { anywhere: lists } = query.segment;
  for (const set of query.prepared.serving.sets) {
    const area = lists.area.get(set);
    if (area !== undefined) addList(totals, query, area, 1, summed);
    const remote = lists.remote.get(set);
    if (remote !== undefined) addList(totals, query, remote, 2, summed);
  }
}

function addList(totals: Totals, query: SegmentQuery, list: AnywhereList, reach: number, summed: boolean): void {
  const { listings, deletedCount, sums } = list;
  if (!summed) {
    addFiltered(totals, query, list, reach);
  } else if (sums === null) {
    addEach(totals, query, listings, reach);
  } else {
    totals.byReach[reach]! += listings.length - deletedCount;
    if (query.prepared.wantsReach[reach]) totals.counter.addBits(sums);
  }
}

function addEach(totals: Totals, query: SegmentQuery, listings: Uint32Array, reach: number): void {
  const { deleted } = query.segment;
  for (let k = 0; k < listings.length; k++)
    if (deleted[listings[k]!] === 0) totals.count(query, listings[k]!, reach, 1);
}

/**
 * What is open to everybody is the same wherever one searches from, and there may be tens of thousands of it. So what the
 * filters make of a long list is remembered.
 */
function addFiltered(totals: Totals, query: SegmentQuery, { number, listings }: AnywhereList, reach: number): void {
  if (listings.length < WORTH_REMEMBERING) addEach(totals, query, listings, reach);
  else addCached(totals, query, reach, `list ${number}`, (apart, all) => addEach(apart, all, listings, reach));
}

/** Counts what has any of the words and serves the place from anywhere. */
export function addMatches(totals: Totals, query: SegmentQuery, matches: TextMatches): void {
  const { deleted } = query.segment;
  for (const set of query.prepared.serving.sets)
    for (let reach = 1; reach <= 2; reach++) {
      const anywhere = matches.list.anywhere.get(anywhereKey(set, reach));
      const fitting = anywhere === undefined ? 0 : matches.countFitting(anywhere);
      const add = (to: Totals, asking: SegmentQuery): void => {
        for (let k = 0; k < fitting; k++)
          if (deleted[anywhere!.listings[k]!] === 0) to.count(asking, anywhere!.listings[k]!, reach, 1);
      };
      if (fitting < WORTH_REMEMBERING) add(totals, query);
      else addCached(totals, query, reach, `${anywhere!.number} up to ${fitting}`, add);
    }
}

/** Without a place all is counted, and the same for everybody. */
export function addEverywhere(totals: Totals, query: SegmentQuery): void {
  const { size, deleted } = query.segment;
  for (let reach = VENUE; reach <= NOT_SERVING; reach++)
    addCached(totals, query, reach, `all of way ${reach}`, (apart, all) => {
      for (let listing = 0; listing < size; listing++)
        if (deleted[listing] === 0 && all.reachOf(listing, 0) === reach) apart.count(all, listing, reach, 1);
    });
}

/** @param what is counted: the same for the same listings of a segment */
function addCached(
  totals: Totals,
  query: SegmentQuery,
  reach: number,
  what: string,
  count: (apart: Totals, all: SegmentQuery) => void,
): void {
  const { segment, prepared } = query;
  const { filter, wantsReach: asked } = prepared;
  const known = segment.filteredCounts.get(`${filter.number} ${what}`, () => {
    const apart = totals.another();
    apart.counter.begin(segment.rows, segment.width, filter);
    count(apart, new SegmentQuery(segment, { ...prepared, wantsReach: asked.map(() => true) }));
    return { total: apart.byReach[reach]!, bits: apart.counter.allBits() };
  });
  totals.byReach[reach]! += known.total;
  if (asked[reach]) totals.counter.addBits(known.bits);
}
