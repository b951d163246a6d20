import { Cache } from '../packed/cache.ts';
import type { ComingWeek } from '../packed/timetables.ts';
import { markDeleted } from '../segment/deleted.ts';
import { deriveSegment } from '../segment/derive.ts';
import type { FilterScan } from '../segment/filter-scan.ts';
import type { Filter } from '../segment/filters.ts';
import type { Columns, Segment } from '../segment/segment.ts';
import { Matcher } from '../text/match.ts';
import { CircleMembers } from './circle-members.ts';
import { TextMatches } from './text-matches.ts';

/** For so many lists what filters make of them is kept. */
const MOST_FILTERED_COUNTS = 4000;

/** A segment with the room that queries work in, and with what they keep for the queries after them. */
export interface OpenSegment extends Segment {
  /** What has the words of the query at hand. */
  textMatches: TextMatches;
  /** What lies in the circle at hand and in no group. */
  circleMembers: CircleMembers;
  /** What filters make of a list (count/from-anywhere.ts). It is counted again after a deletion. */
  filteredCounts: Cache<string, { total: number; bits: Int32Array }>;
  /** Filters prepared for the bitsets of this segment, for the next query with the same filters. */
  filterScans: WeakMap<Filter, FilterScan>;
  /** Listings in the order of names, once somebody has browsed by it. */
  byName: Uint32Array | null;
  /** The week for which what hangs on the day holds (refresh.ts); null before the first. */
  asOf: ComingWeek | null;
}

/** Makes a segment ready for queries. Takes time in proportion to the listings, in slices. */
export function* openSegment(columns: Columns): Generator<void, OpenSegment> {
  const segment = yield* deriveSegment(columns);
  const { postings, size, rows, width, reachKeys, parts } = segment;
  return {
    ...segment,
    textMatches: new TextMatches(new Matcher(postings, size, rows, width, segment.meanings), reachKeys, parts.mixed),
    circleMembers: new CircleMembers(parts.mixed, parts.withoutPoint),
    filteredCounts: new Cache(MOST_FILTERED_COUNTS),
    filterScans: new WeakMap(),
    byName: null,
    asOf: null,
  };
}

/** Marks listings as deleted (segment/deleted.ts), and forgets what was counted with them. */
export function deleteListings(segment: OpenSegment, listings: readonly number[]): void {
  if (markDeleted(segment, listings)) segment.filteredCounts.clear();
}

/** The listings of a segment in the order of their names; worked out on first use. */
export function inOrderOfNames(segment: OpenSegment): Uint32Array {
  if (segment.byName === null) {
    segment.byName = new Uint32Array(segment.size);
    for (let listing = 0; listing < segment.size; listing++) segment.byName[segment.nameRank[listing]!] = listing;
  }
  return segment.byName;
}
