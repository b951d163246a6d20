/** Degrees, WGS84. */
export interface Point {
  latitude: number;
  longitude: number;
}

const RADIANS = Math.PI / 180;
/** Mean radius of the Earth, metres (IUGG). */
const RADIUS = 6_371_008.8;

/** Straight-line metres between two points (haversine). */
export function metresBetween(a: Point, b: Point): number {
  const dLatitude = (b.latitude - a.latitude) * RADIANS;
  const dLongitude = (b.longitude - a.longitude) * RADIANS;
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(dLongitude / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}
