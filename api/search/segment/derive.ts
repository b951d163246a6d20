import { STEP } from '../../runtime/slices.ts';
import { type Grid, gridOrder, makeGrid } from '../geo/grid.ts';
import { makeBitsets } from '../packed/bitsets.ts';
import type { Fallback } from '../packed/fallback.ts';
import { IdTable } from '../packed/ids.ts';
import { AREAS, MORE, packReachKey, packRecord, UNCONFIRMED } from '../packed/row.ts';
import { Postings } from '../text/postings.ts';
import { type AnywhereList, type Columns, fallbackOfMore, type Segment } from './segment.ts';

/** The listings of one fallback, in a list for each set of areas: confirmed ones first, then by name. */
function* listBySet(
  { rows, width, nameRank }: Columns,
  fallback: Fallback,
): Generator<void, Map<number, AnywhereList>> {
  const members = new Map<number, number[]>();
  for (let i = 0; i * width < rows.length; i++) {
    if (i % STEP === 0) yield;
    if (fallbackOfMore(rows[i * width + MORE]!) !== fallback) continue;
    const set = rows[i * width + AREAS]!;
    const list = members.get(set);
    if (list) list.push(i);
    else members.set(set, [i]);
  }
  const key = (i: number) => (rows[i * width + MORE]! & UNCONFIRMED ? 2 ** 32 : 0) + nameRank[i]!;
  return new Map(
    [...members].map(([set, list]) => [
      set,
      {
        // A set has two lists at most.
        number: set * 2 + (fallback === 'area' ? 0 : 1),
        listings: Uint32Array.from(list).sort((a, b) => key(a) - key(b)),
        deletedCount: 0,
        sums: null,
      },
    ]),
  );
}

/** Derives a segment from its columns, with no listing deleted. Takes time in proportion to the listings, in slices. */
export function* deriveSegment(columns: Columns): Generator<void, Segment> {
  const { size, parts, pointStart, latitudes, longitudes, access, xyz } = columns;
  const { mixed, several } = parts;
  const owner = new Uint32Array(latitudes.length);
  for (let i = 0; i < size; i++) {
    owner.fill(i, pointStart[i], pointStart[i + 1]);
    if (i % STEP === 0) yield;
  }
  const gridOf = (from: number, to: number): Grid =>
    makeGrid(from, latitudes.subarray(from, to), longitudes.subarray(from, to));
  const groups: Segment['groups'][number][] = [];
  for (const group of columns.groups) {
    groups.push({ ...group, grid: gridOf(group.from, group.to) });
    yield;
  }
  // All listings before these have one point, so that up to there a point has the number of its listing.
  const severalOrder = yield* gridOrder(latitudes.subarray(several), longitudes.subarray(several));
  const severalPoints = severalOrder.map((k) => k + several);
  const places = new Map<number, number>();
  for (let place = 0; place < columns.words.length; place++) places.set(columns.words[place]!, place);
  const postings = new Postings(places, columns.wordStarts, columns.wordPostings);
  yield;
  const area = yield* listBySet(columns, 'area');
  const remote = yield* listBySet(columns, 'remote');
  const reachKeys = new Int32Array(size);
  for (let i = 0; i < size; i++) reachKeys[i] = packReachKey(columns.rows, i * columns.width);
  yield;
  const bitsets = yield* makeBitsets(columns.rows, columns.width, parts.withoutPoint);
  const idTable = new IdTable(columns.ids);
  yield;
  return {
    ...columns,
    groups,
    mixedGrid: gridOf(mixed, several),
    severalGrid: makeGrid(
      0,
      Int32Array.from(severalPoints, (point) => latitudes[point]!),
      Int32Array.from(severalPoints, (point) => longitudes[point]!),
    ),
    severalRecords: severalPoints.map((point) => packRecord(owner[point]!, access[point]!)),
    severalXyz: Int32Array.from(
      { length: severalPoints.length * 3 },
      (_, k) => xyz[severalPoints[Math.floor(k / 3)]! * 3 + (k % 3)]!,
    ),
    listingOfPoint: owner,
    reachKeys,
    bitsets,
    anywhere: { area, remote },
    postings,
    idTable,
    deleted: new Uint8Array(size),
    deletedCount: 0,
    deletedListings: [],
    sums: { bits: 0, before: new Int32Array(0) },
  };
}
