import { z } from 'zod';

/**
 * The border of an area that is drawn on a map, as far as it runs through one postcode sector: enough of it to say of a point
 * there whether it lies inside, and how far from the border.
 */

/** Longitude, latitude and so on, from corner to corner. Degrees, WGS84. */
const Line = z.array(z.number().min(-180).max(180)).min(4).max(500);

export const Outline = z.strictObject({
  /** The middle of the sector. Degrees, WGS84. */
  longitude: z.number().min(-180).max(180),
  latitude: z.number().min(-90).max(90),
  /** Metres around the middle within which the border is given whole. */
  within_m: z.number().positive(),
  /** Metres from the border within which a postcode may have addresses on either side of it. */
  near_m: z.number().positive(),
  /** Each part of the area by itself. */
  parts: z
    .array(z.strictObject({ /** Whether it holds the middle. */ holds: z.boolean(), lines: z.array(Line).max(100) }))
    .min(1)
    .max(50),
});
export type Outline = z.infer<typeof Outline>;

/** Metres to the east and to the north of an origin. */
export type Offset = readonly [east: number, north: number];

const METRES_IN_DEGREE = 111_200;

/** Where a point lies as seen from an origin; good to a percent for the kilometres of a postcode sector. */
export const offsetFrom = (
  origin: { longitude: number; latitude: number },
  longitude: number,
  latitude: number,
): Offset => [
  (longitude - origin.longitude) * Math.cos((origin.latitude * Math.PI) / 180) * METRES_IN_DEGREE,
  (latitude - origin.latitude) * METRES_IN_DEGREE,
];

/** Metres from a point to a side. */
export function metresToSide([x, y]: Offset, [fromX, fromY]: Offset, [toX, toY]: Offset): number {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length = alongX ** 2 + alongY ** 2;
  const share = length === 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / length;
  const at = Math.min(1, Math.max(0, share));
  return Math.hypot(fromX + at * alongX - x, fromY + at * alongY - y);
}

/** Whether the way from the origin to a point crosses a side. A corner on the way belongs to one of its sides alone. */
function crosses([x, y]: Offset, from: Offset, to: Offset): boolean {
  const left = x * from[1] - y * from[0];
  const right = x * to[1] - y * to[0];
  if (left > 0 === right > 0) return false;
  const share = left / (left - right);
  const at = x * (from[0] + share * (to[0] - from[0])) + y * (from[1] + share * (to[1] - from[1]));
  return at > 0 && at < x ** 2 + y ** 2;
}

/**
 * On which side of the border a postcode lies.
 * @param spread_m metres around the point within which it lies; 0 where the point is its own
 * @returns null where the point lies farther off than the outline reaches, so that nobody knows
 */
export function sideOf(
  outline: Outline,
  { longitude, latitude, spread_m }: { longitude: number; latitude: number; spread_m: number },
): 'inside' | 'outside' | 'border' | null {
  const point = offsetFrom(outline, longitude, latitude);
  if (Math.hypot(...point) + spread_m > outline.within_m) return null;
  const sides = outline.parts.map(({ holds, lines }) => {
    let isInside = holds;
    let away = Number.POSITIVE_INFINITY;
    for (const line of lines) {
      for (let at = 2; at < line.length; at += 2) {
        const from = offsetFrom(outline, line[at - 2]!, line[at - 1]!);
        const to = offsetFrom(outline, line[at]!, line[at + 1]!);
        if (crosses(point, from, to)) isInside = !isInside;
        away = Math.min(away, metresToSide(point, from, to));
      }
    }
    return away <= outline.near_m + spread_m ? 'border' : isInside ? 'inside' : 'outside';
  });
  if (sides.includes('inside')) return 'inside';
  return sides.includes('border') ? 'border' : 'outside';
}
