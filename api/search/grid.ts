import { EARTH_RADIUS_M } from './distance.ts';

/**
 * Where records lie: rows of a kilometre from south to north, and within a row from west to east. A circle is then one
 * unbroken run of records in each row that it touches, found by looking up two longitudes; no cells are stored.
 */

/** Height of a row in millionths of a degree of latitude: one kilometre. */
const ROW_E6 = 8993;
/** Southern edge of the first row, below Scilly; the last row lies beyond Shetland. */
const SOUTH_E6 = 49_000_000;
const ROWS = 1400;
const RADIANS = Math.PI / 180;
/** Rows are bounded a metre outside or inside the true circle, so that rounding decides nothing; distances do. */
const MARGIN_M = 1;

/** The row of a latitude in millionths of a degree. What lies beyond the rows belongs to the outermost. */
const rowOf = (latitudeE6: number): number =>
  Math.max(0, Math.min(ROWS - 1, Math.floor((latitudeE6 - SOUTH_E6) / ROW_E6)));

/** Degrees; the outermost rows reach to the poles, since they hold what lies beyond them. */
const southOf = (row: number): number => (row <= 0 ? -90 : row >= ROWS ? 90 : (SOUTH_E6 + row * ROW_E6) / 1e6);

/** Which stretch of each row a circle may reach (outer), and which lies in it for certain (inner). */
export interface Circle {
  firstRow: number;
  /** West and east ends in millionths of a degree, two for each row from `firstRow`. */
  outer: Float64Array;
  inner: Float64Array;
}

/**
 * Half the width of a circle at a latitude, in degrees of longitude; negative where the circle does not reach it.
 * From the spherical law of cosines: cos d = sin a sin b + cos a cos b cos(difference).
 */
function halfWidth(centre: number, latitude: number, angle: number): number {
  const across = Math.cos(centre * RADIANS) * Math.cos(latitude * RADIANS);
  const rest = Math.cos(angle) - Math.sin(centre * RADIANS) * Math.sin(latitude * RADIANS);
  if (across <= 1e-12) return rest <= 0 ? 180 : -1;
  const cosine = rest / across;
  if (cosine >= 1) return -1;
  return cosine <= -1 ? 180 : Math.acos(cosine) / RADIANS;
}

/** The rows that a circle around a point (degrees) with that radius (metres) touches, and how wide it is in each. */
export function circleAround(latitude: number, longitude: number, radiusM: number): Circle {
  const outerAngle = Math.min(Math.PI, (Math.max(0, radiusM) + MARGIN_M) / EARTH_RADIUS_M);
  const innerAngle = Math.min(Math.PI, (radiusM - MARGIN_M) / EARTH_RADIUS_M);
  const reach = outerAngle / RADIANS;
  const firstRow = rowOf((latitude - reach) * 1e6);
  const rows = rowOf((latitude + reach) * 1e6) - firstRow + 1;
  const outer = new Float64Array(rows * 2);
  const inner = new Float64Array(rows * 2);
  // A circle is widest a little poleward of its middle. Where it holds a pole (never in the United Kingdom, but a query
  // may ask for any radius) it has no widest latitude, and rows are simply taken whole.
  const holdsPole = Math.abs(latitude) + reach >= 90;
  const widestSine = Math.sin(latitude * RADIANS) / Math.cos(outerAngle);
  const widest = holdsPole ? 0 : Math.asin(widestSine) / RADIANS;
  const widestHalf = holdsPole
    ? 180
    : Math.asin(Math.min(1, Math.sin(outerAngle) / Math.cos(latitude * RADIANS))) / RADIANS;
  for (let at = 0; at < rows; at++) {
    const south = southOf(firstRow + at);
    const north = southOf(firstRow + at + 1);
    let wide = Math.max(halfWidth(latitude, south, outerAngle), halfWidth(latitude, north, outerAngle));
    if (holdsPole) wide = 180;
    else if (south <= widest && widest <= north) wide = Math.max(wide, widestHalf);
    // Nothing is surely inside where the circle is very large: there each record is measured.
    const sure =
      holdsPole || innerAngle <= 0
        ? -1
        : Math.min(halfWidth(latitude, south, innerAngle), halfWidth(latitude, north, innerAngle));
    outer[at * 2] = (longitude - wide) * 1e6 - 1;
    outer[at * 2 + 1] = wide < 0 ? Number.NEGATIVE_INFINITY : (longitude + wide) * 1e6 + 1;
    inner[at * 2] = (longitude - sure) * 1e6 + 1;
    inner[at * 2 + 1] = sure < 0 ? Number.NEGATIVE_INFINITY : (longitude + sure) * 1e6 - 1;
  }
  return { firstRow, outer, inner };
}

/** Records in the order of rows and longitudes. Their numbers run on from `first`. */
export interface Grid {
  first: number;
  /** Where each row begins in `longitudes`, and at the end their number. */
  rowStart: Uint32Array;
  /** Millionths of a degree, rising within each row. */
  longitudes: Int32Array;
}

/**
 * The order in which a grid wants its records.
 * @returns for each place in that order the number of the record that goes there
 */
export function gridOrder(latitudesE6: ArrayLike<number>, longitudesE6: ArrayLike<number>): Uint32Array {
  const count = latitudesE6.length;
  const start = new Uint32Array(ROWS + 1);
  for (let i = 0; i < count; i++) start[rowOf(latitudesE6[i]!) + 1]!++;
  for (let row = 0; row < ROWS; row++) start[row + 1]! += start[row]!;
  const fill = start.slice();
  const byRow = new Uint32Array(count);
  for (let i = 0; i < count; i++) byRow[fill[rowOf(latitudesE6[i]!)]!++] = i;
  // Longitude and number are packed into one double (29 and 24 bits), so that a typed array sorts them without a
  // callback: three times quicker than sorting numbers by a comparison.
  const order = new Uint32Array(count);
  for (let row = 0; row < ROWS; row++) {
    const from = start[row]!;
    const length = start[row + 1]! - from;
    if (length === 0) continue;
    const keys = new Float64Array(length);
    for (let i = 0; i < length; i++) keys[i] = (longitudesE6[byRow[from + i]!]! + 180_000_000) * 2 ** 24 + i;
    keys.sort();
    for (let i = 0; i < length; i++) order[from + i] = byRow[from + (keys[i]! % 2 ** 24)]!;
  }
  return order;
}

/** A grid over records that stand in grid order already. */
export function makeGrid(first: number, latitudesE6: Int32Array, longitudesE6: Int32Array): Grid {
  const rowStart = new Uint32Array(ROWS + 1);
  for (let i = 0; i < latitudesE6.length; i++) rowStart[rowOf(latitudesE6[i]!) + 1]!++;
  for (let row = 0; row < ROWS; row++) rowStart[row + 1]! += rowStart[row]!;
  return { first, rowStart, longitudes: longitudesE6 };
}

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

/**
 * The runs of records that a circle comes to, four numbers each: [outer from, inner from, inner to, outer to). What lies
 * in the inner part is inside; what lies between the two is to be measured.
 * @param runs written from the start
 * @returns how many numbers were written
 */
export function runsOf(grid: Grid, circle: Circle, runs: number[]): number {
  let written = 0;
  const rows = circle.outer.length / 2;
  const { rowStart, longitudes, first } = grid;
  for (let at = 0; at < rows; at++) {
    const from = rowStart[circle.firstRow + at]!;
    const to = rowStart[circle.firstRow + at + 1]!;
    if (from === to || circle.outer[at * 2 + 1] === Number.NEGATIVE_INFINITY) continue;
    const outerFrom = lowerBound(longitudes, from, to, circle.outer[at * 2]!);
    const outerTo = lowerBound(longitudes, outerFrom, to, circle.outer[at * 2 + 1]!);
    if (outerFrom === outerTo) continue;
    const innerFrom = lowerBound(longitudes, outerFrom, outerTo, circle.inner[at * 2]!);
    const innerTo = lowerBound(longitudes, innerFrom, outerTo, circle.inner[at * 2 + 1]!);
    runs[written] = first + outerFrom;
    runs[written + 1] = first + innerFrom;
    runs[written + 2] = first + Math.max(innerFrom, innerTo);
    runs[written + 3] = first + outerTo;
    written += 4;
  }
  return written;
}
