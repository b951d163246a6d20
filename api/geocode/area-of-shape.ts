import type { ServiceArea } from '../domain/service-area.ts';
import { geography } from './geography.ts';
import { sectorsWhere } from './sectors-around.ts';

/** An area that is drawn on a map and not named: the postcode sectors in it. */

/** Longitude and latitude, as GeoJSON has them. */
type Position = readonly [number, number];
type Ring = readonly Position[];

/** Sectors that an area has at the most; what is larger is said to be districts. */
const MOST_SECTORS = 200;
/** Positions of a shape that are looked at: more are finer than any sector. */
const MOST_POSITIONS = 20_000;
const METRES_IN_DEGREE = 111_200;

const isPosition = (it: unknown): it is Position =>
  Array.isArray(it) && typeof it[0] === 'number' && typeof it[1] === 'number' && Math.abs(it[1]) <= 90;

/** The outer rings of a Polygon, a MultiPolygon, or what holds one; null for anything else. */
function ringsOf(shape: unknown, depth = 0): Ring[] | null {
  if (typeof shape !== 'object' || shape === null || depth > 4) return null;
  const { type, coordinates, geometry, geometries, features } = shape as Record<string, unknown>;
  const all = (parts: unknown[]) => parts.flatMap((part) => ringsOf(part, depth + 1) ?? []);
  const rings =
    type === 'Polygon' && Array.isArray(coordinates)
      ? [coordinates[0]]
      : type === 'MultiPolygon' && Array.isArray(coordinates)
        ? coordinates.map((polygon) => (Array.isArray(polygon) ? polygon[0] : null))
        : type === 'Feature'
          ? all([geometry])
          : Array.isArray(features ?? geometries)
            ? all((features ?? geometries) as unknown[])
            : [];
  const sound = rings.filter(
    (ring): ring is Ring =>
      Array.isArray(ring) && ring.length >= 4 && ring.length <= MOST_POSITIONS && ring.every(isPosition),
  );
  return sound.length > 0 && sound.length === rings.length ? sound : null;
}

/** Whether a point lies in a ring: a line from it to the east crosses the ring an odd number of times. */
function isInside(ring: Ring, longitude: number, latitude: number): boolean {
  let inside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [x, y] = ring[at]!;
    const [otherX, otherY] = ring[before]!;
    if (y > latitude === otherY > latitude) continue;
    if (longitude < ((otherX - x) * (latitude - y)) / (otherY - y) + x) inside = !inside;
  }
  return inside;
}

/** Metres from a point to the nearest side of a ring; good to a percent for the few kilometres that it is asked for. */
function metresToRing(ring: Ring, longitude: number, latitude: number): number {
  const wide = Math.cos((latitude * Math.PI) / 180) * METRES_IN_DEGREE;
  const flat = ring.map(([x, y]) => [(x - longitude) * wide, (y - latitude) * METRES_IN_DEGREE] as const);
  let least = Number.POSITIVE_INFINITY;
  for (let at = 1; at < flat.length; at++) {
    const [x, y] = flat[at - 1]!;
    const [toX, toY] = flat[at]!;
    const length = (toX - x) ** 2 + (toY - y) ** 2;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(x * (toX - x) + y * (toY - y)) / length));
    least = Math.min(least, Math.hypot(x + along * (toX - x), y + along * (toY - y)));
  }
  return least;
}

/**
 * The areas that a shape covers, all of them approximate: postcode sectors of which some may lie in it, or districts where
 * those are too many.
 * @param text GeoJSON: a Polygon, a MultiPolygon, a Feature or a collection of them
 * @param name what the area is called
 * @returns null for what is no shape of that kind, or lies outside Great Britain
 */
export function areasOfShape(text: string, name: string): ServiceArea[] | null {
  let shape: unknown;
  try {
    shape = JSON.parse(text);
  } catch {
    return null;
  }
  const rings = ringsOf(shape);
  if (!rings) return null;
  const about = { said_as: name.slice(0, 80) || 'an area on a map', approximate: true };
  const touched = sectorsWhere(({ latitude, longitude, spread_m }) =>
    rings.some((ring) => isInside(ring, longitude, latitude) || metresToRing(ring, longitude, latitude) <= spread_m),
  );
  if (touched.length === 0) return null;
  if (touched.length <= MOST_SECTORS)
    return touched.map(({ sector }) => ({ type: 'sector', code: sector, name: sector, ...about }));
  const districts = new Set(touched.flatMap((sector) => sector.districts));
  const known = geography().districts;
  return [...districts].map((code) => ({ type: 'district', code, name: known.get(code)?.name ?? code, ...about }));
}
