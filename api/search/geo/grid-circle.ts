import { EARTH_RADIUS_M } from './distance.ts';

/**
 * A circle on the ground, cut into the rows of the grid (grid.ts): which stretch of each row it may touch, and which
 * lies inside for certain. What lies between the two has to be measured.
 */

/** Height of a row in millionths of a degree of latitude: two kilometres. */
const ROW_E6 = 17_986;
/** Southern edge of the first row, below Scilly; the last row lies beyond Shetland. */
const SOUTH_E6 = 49_000_000;
export const ROWS = 700;
const RADIANS = Math.PI / 180;
/**
 * The stretches end a metre outside and a metre inside the true circle, so that rounding never decides; measured
 * distances do.
 */
const MARGIN_M = 1;

/** The row of a latitude in millionths of a degree. What lies beyond the rows belongs to the outermost one. */
export const rowOf = (latitudeE6: number): number =>
  Math.max(0, Math.min(ROWS - 1, Math.floor((latitudeE6 - SOUTH_E6) / ROW_E6)));

/** The edges of the rows from south to north, degrees; the outermost rows reach to the poles. */
const EDGES = Float64Array.from({ length: ROWS + 1 }, (_, row) =>
  row === 0 ? -90 : row === ROWS ? 90 : (SOUTH_E6 + row * ROW_E6) / 1e6,
);
/**
 * Worked out once: a search needs a dozen of them, and sines would take longer than everything else it does with them.
 */
const SINES = EDGES.map((edge) => Math.sin(edge * RADIANS));
const COSINES = EDGES.map((edge) => Math.cos(edge * RADIANS));

export interface GridCircle {
  /** No two have the same. */
  number: number;
  firstRow: number;
  /** The outermost longitudes of the circle, millionths of a degree. */
  west: number;
  east: number;
  rows: number;
  /**
   * Four longitudes for each row from `firstRow` on, millionths of a degree: where the circle may begin and end, and
   * where its certain inside begins and ends.
   */
  ends: Float64Array;
}

/**
 * Half the width of a circle at the edge of a row, degrees of longitude; negative where the circle does not reach the
 * edge. By the spherical law of cosines: cos d = sin a sin b + cos a cos b cos(difference).
 */
function halfWidth(sine: number, cosine: number, edge: number, cosineOfAngle: number): number {
  const across = cosine * COSINES[edge]!;
  const rest = cosineOfAngle - sine * SINES[edge]!;
  if (across <= 1e-12) return rest <= 0 ? 180 : -1;
  const cosineOfHalf = rest / across;
  if (cosineOfHalf >= 1) return -1;
  return cosineOfHalf <= -1 ? 180 : Math.acos(cosineOfHalf) / RADIANS;
}

let made = 0;

/** The rows that a circle touches, and how wide it is in each. The centre is in degrees, the radius in metres. */
export function gridCircle(latitude: number, longitude: number, radiusM: number): GridCircle {
  const outerAngle = Math.min(Math.PI, (Math.max(0, radiusM) + MARGIN_M) / EARTH_RADIUS_M);
  const innerAngle = Math.min(Math.PI, (radiusM - MARGIN_M) / EARTH_RADIUS_M);
  const reach = outerAngle / RADIANS;
  const firstRow = rowOf((latitude - reach) * 1e6);
  const rows = rowOf((latitude + reach) * 1e6) - firstRow + 1;
  const ends = new Float64Array(rows * 4);
  const sine = Math.sin(latitude * RADIANS);
  const cosine = Math.cos(latitude * RADIANS);
  const cosineOuter = Math.cos(outerAngle);
  const cosineInner = Math.cos(innerAngle);
  // A circle is widest a little poleward of its centre. One that holds a pole (none in the United Kingdom does, but any
  // radius may be asked for) has no widest latitude, and takes whole rows.
  const holdsPole = Math.abs(latitude) + reach >= 90;
  const widest = holdsPole ? 0 : Math.asin(sine / cosineOuter) / RADIANS;
  const widestHalf = holdsPole ? 180 : Math.asin(Math.min(1, Math.sin(outerAngle) / cosine)) / RADIANS;
  // Nothing counts as certainly inside a very large circle: every record is measured.
  const hasInner = !holdsPole && innerAngle > 0;
  let widestWide = -1;
  let southOuter = halfWidth(sine, cosine, firstRow, cosineOuter);
  let southInner = hasInner ? halfWidth(sine, cosine, firstRow, cosineInner) : -1;
  for (let at = 0; at < rows; at++) {
    const north = firstRow + at + 1;
    const northOuter = halfWidth(sine, cosine, north, cosineOuter);
    const northInner = hasInner ? halfWidth(sine, cosine, north, cosineInner) : -1;
    let wide = Math.max(southOuter, northOuter);
    if (holdsPole) wide = 180;
    else if (EDGES[north - 1]! <= widest && widest <= EDGES[north]!) wide = Math.max(wide, widestHalf);
    if (wide > widestWide) widestWide = wide;
    const sure = Math.min(southInner, northInner);
    ends[at * 4] = (longitude - wide) * 1e6 - 1;
    ends[at * 4 + 1] = wide < 0 ? Number.NEGATIVE_INFINITY : (longitude + wide) * 1e6 + 1;
    ends[at * 4 + 2] = (longitude - sure) * 1e6 + 1;
    ends[at * 4 + 3] = sure < 0 ? Number.NEGATIVE_INFINITY : (longitude + sure) * 1e6 - 1;
    southOuter = northOuter;
    southInner = northInner;
  }
  const west = (longitude - widestWide) * 1e6 - 1;
  const east = (longitude + widestWide) * 1e6 + 1;
  return { number: ++made, firstRow, west, east, rows, ends };
}
