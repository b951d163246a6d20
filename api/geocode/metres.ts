import type { Box } from '../store/postcodes.ts';

/** Degrees, WGS84. */
export interface GeoPoint {
  latitude: number;
  longitude: number;
}

const RADIANS = Math.PI / 180;
/** Mean radius of the Earth, metres (IUGG). */
const RADIUS = 6_371_008.8;

/** A little less than there are in a degree of latitude, so that what is looked for in a box is never outside it. */
export const LEAST_METRES_IN_DEGREE = 111_000;

/** Straight-line metres between two points (haversine). */
export function metresBetween(a: GeoPoint, b: GeoPoint): number {
  const dLatitude = (b.latitude - a.latitude) * RADIANS;
  const dLongitude = (b.longitude - a.longitude) * RADIANS;
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(dLongitude / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** A box that holds everything within so many metres of a point, and little more. Not for the poles. */
export function boxAround({ latitude, longitude }: GeoPoint, metres: number): Box {
  const high = metres / LEAST_METRES_IN_DEGREE;
  const wide = high / Math.cos((Math.abs(latitude) + high) * RADIANS);
  return { south: latitude - high, north: latitude + high, west: longitude - wide, east: longitude + wide };
}

/** Degrees to five decimals, which is a metre. */
export const toMetre = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/**
 * The mean of points, and the radius around it that holds nine tenths of them, in metres, rounded up to ten: at least
 * ten, even of points that are one, since 0 stands for a single postcode.
 * @returns null for no points
 */
export function middleOfPoints(points: readonly GeoPoint[]): (GeoPoint & { spread_m: number }) | null {
  if (points.length === 0) return null;
  const mean = (of: keyof GeoPoint) => toMetre(points.reduce((total, point) => total + point[of], 0) / points.length);
  const middle = { latitude: mean('latitude'), longitude: mean('longitude') };
  const away = points.map((point) => metresBetween(middle, point)).sort((a, b) => a - b);
  return { ...middle, spread_m: Math.max(10, Math.ceil((away[Math.ceil(0.9 * away.length) - 1] ?? 0) / 10) * 10) };
}
