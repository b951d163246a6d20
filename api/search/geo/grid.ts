import { type GridCircle, ROWS, rowOf } from './grid-circle.ts';

/**
 * Where records lie: in rows of two kilometres from south to north, and from west to east within a row. A circle is
 * then one unbroken run of records in each row that it touches, found by looking up two longitudes.
 */

/** Records in the order of rows and longitudes. Their numbers begin at `first`. */
export interface Grid {
  first: number;
  /** The southernmost row that has records. */
  firstRow: number;
  /** Where each row begins in `longitudes`, from `firstRow` on, and behind the last one how many records there are. */
  rowStart: Uint32Array;
  /** The outermost longitudes, and the longitude of each record; millionths of a degree, rising within a row. */
  west: number;
  east: number;
  longitudes: Int32Array;
  /**
   * The runs of the circle that was asked about last (`runsOf`), how many of these numbers are in use, and the number
   * of that circle.
   */
  runs: Uint32Array;
  written: number;
  circle: number;
}

/**
 * The order of records in a grid. In slices.
 * @returns the old number of each record, in the new order
 */
export function* gridOrder(
  latitudesE6: ArrayLike<number>,
  longitudesE6: ArrayLike<number>,
): Generator<void, Uint32Array> {
  const count = latitudesE6.length;
  const start = new Uint32Array(ROWS + 1);
  for (let i = 0; i < count; i++) start[rowOf(latitudesE6[i]!) + 1]!++;
  for (let row = 0; row < ROWS; row++) start[row + 1]! += start[row]!;
  const fill = start.slice();
  const byRow = new Uint32Array(count);
  for (let i = 0; i < count; i++) byRow[fill[rowOf(latitudesE6[i]!)]!++] = i;
  // Longitude and number are packed into one double (29 and 24 bits), which a typed array sorts without calling a
  // function: three times faster.
  const order = new Uint32Array(count);
  for (let row = 0; row < ROWS; row++) {
    const from = start[row]!;
    const length = start[row + 1]! - from;
    if (length === 0) continue;
    yield;
    const keys = new Float64Array(length);
    for (let i = 0; i < length; i++) keys[i] = (longitudesE6[byRow[from + i]!]! + 180_000_000) * 2 ** 24 + i;
    keys.sort();
    for (let i = 0; i < length; i++) order[from + i] = byRow[from + (keys[i]! % 2 ** 24)]!;
  }
  return order;
}

/** Makes a grid of records that are in the order of a grid already. */
export function makeGrid(first: number, latitudesE6: Int32Array, longitudesE6: Int32Array): Grid {
  const count = latitudesE6.length;
  const firstRow = count === 0 ? 0 : rowOf(latitudesE6[0]!);
  const rows = count === 0 ? 0 : rowOf(latitudesE6[count - 1]!) - firstRow + 1;
  const rowStart = new Uint32Array(rows + 1);
  for (let i = 0; i < count; i++) rowStart[rowOf(latitudesE6[i]!) - firstRow + 1]!++;
  for (let row = 0; row < rows; row++) rowStart[row + 1]! += rowStart[row]!;
  let west = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    west = Math.min(west, longitudesE6[i]!);
    east = Math.max(east, longitudesE6[i]!);
  }
  const runs = new Uint32Array(rows * 4);
  return { first, firstRow, rowStart, west, east, longitudes: longitudesE6, runs, written: 0, circle: 0 };
}

/** Whether a circle may touch any record of a grid. */
export const mayReach = ({ firstRow, rows, west, east }: GridCircle, grid: Grid): boolean =>
  grid.firstRow < firstRow + rows &&
  grid.firstRow + grid.rowStart.length - 1 > firstRow &&
  grid.west <= east &&
  grid.east >= west;

/** The first of the sorted numbers in [from, to) that is at least `value`, or `to`. */
function lowerBound(sorted: Int32Array, from: number, to: number, value: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same, searched from the low end in steps that double: the inner part begins soon after the outer one. */
function gallop(sorted: Int32Array, from: number, to: number, value: number): number {
  let step = 1;
  let low = from;
  let high = from;
  while (high < to && sorted[high]! < value) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  return lowerBound(sorted, low, Math.min(high, to), value);
}

/** The same, searched from the high end. */
function gallopBack(sorted: Int32Array, from: number, to: number, value: number): number {
  let step = 1;
  let low = to - 1;
  let high = to;
  while (low >= from && sorted[low]! >= value) {
    high = low;
    low -= step;
    step *= 2;
  }
  return lowerBound(sorted, Math.max(low + 1, from), high, value);
}

/**
 * Finds the runs of records in a circle, four numbers each: where the outer part begins, where the inner part begins
 * and ends, where the outer part ends. What lies in the inner part is inside the circle; the rest of the outer part has
 * to be measured. The runs of a circle are kept until another is asked about, since a search needs them several times.
 * @returns how many numbers of `grid.runs` are in use
 */
export function runsOf(grid: Grid, circle: GridCircle): number {
  if (grid.circle === circle.number) return grid.written;
  let written = 0;
  const { firstRow, rowStart, longitudes, first, runs } = grid;
  const { ends } = circle;
  const south = Math.max(0, firstRow - circle.firstRow);
  const north = Math.min(circle.rows, firstRow + rowStart.length - 1 - circle.firstRow);
  for (let at = south; at < north; at++) {
    const from = rowStart[circle.firstRow + at - firstRow]!;
    const to = rowStart[circle.firstRow + at - firstRow + 1]!;
    const west = ends[at * 4]!;
    const east = ends[at * 4 + 1]!;
    if (from === to || east === Number.NEGATIVE_INFINITY) continue;
    if (longitudes[to - 1]! < west || longitudes[from]! >= east) continue;
    const outerFrom = lowerBound(longitudes, from, to, west);
    const outerTo = lowerBound(longitudes, outerFrom, to, east);
    if (outerFrom === outerTo) continue;
    const innerFrom = gallop(longitudes, outerFrom, outerTo, ends[at * 4 + 2]!);
    const innerTo = gallopBack(longitudes, innerFrom, outerTo, ends[at * 4 + 3]!);
    runs[written] = first + outerFrom;
    runs[written + 1] = first + innerFrom;
    runs[written + 2] = first + Math.max(innerFrom, innerTo);
    runs[written + 3] = first + outerTo;
    written += 4;
  }
  grid.circle = circle.number;
  grid.written = written;
  return written;
}
