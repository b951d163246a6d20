/**
 * Short strokes between neighbouring postcodes, which trace the streets: Royal Mail numbers the units of a sector along
 * them, so postcodes that lie near each other and near each other in the alphabet mostly share a street.
 */

/** Two postcodes further apart in a sector's 400 units than this are hardly ever on one street (judged by eye). */
const UNITS_APART = 40;
/** Metres. Longer strokes cut across fields. */
const LONGEST = 220;
const METRES_IN_DEGREE = 111_195;

/**
 * Finds the strokes of one sector: pairs within those limits that have no third postcode of the sector in the lens
 * between them (the relative neighbourhood graph of Toussaint, 1980), which leaves no bundles of crossing lines.
 * @param units from 0 to 399, ascending
 * @param latitudes degrees; no two points the same
 * @param longitudes degrees
 * @param stroke called with two places in the arrays
 */
export function eachStroke(
  units: ArrayLike<number>,
  latitudes: ArrayLike<number>,
  longitudes: ArrayLike<number>,
  stroke: (from: number, to: number) => void,
): void {
  const length = units.length;
  const xs = new Float64Array(length);
  const ys = new Float64Array(length);
  const narrow = Math.cos(((latitudes[0] ?? 0) * Math.PI) / 180);
  for (let at = 0; at < length; at++) {
    xs[at] = (longitudes[at] as number) * METRES_IN_DEGREE * narrow;
    ys[at] = (latitudes[at] as number) * METRES_IN_DEGREE;
  }
  const square = (a: number, b: number): number =>
    ((xs[a] as number) - (xs[b] as number)) ** 2 + ((ys[a] as number) - (ys[b] as number)) ** 2;
  for (let from = 0; from < length; from++) {
    for (let to = from + 1; to < length; to++) {
      if ((units[to] as number) - (units[from] as number) > UNITS_APART) break;
      const reach = square(from, to);
      if (reach > LONGEST * LONGEST) continue;
      let open = true;
      for (let other = 0; other < length && open; other++) {
        open = other === from || other === to || square(from, other) >= reach || square(to, other) >= reach;
      }
      if (open) stroke(from, to);
    }
  }
}
