/** Polygons as GeoJSON has them (RFC 7946). */

/** Longitude and latitude. */
type Position = readonly [number, number];
export type Ring = readonly Position[];
/** The ring around it, and those around what is left out of it. */
export type Polygon = readonly Ring[];

/** Positions of a ring, and polygons, that are looked at: more are finer than anything here. */
const MOST_POSITIONS = 20_000;
const MOST_POLYGONS = 50;
const DEEPEST = 4;

const isPosition = (it: unknown): it is Position =>
  Array.isArray(it) &&
  typeof it[0] === 'number' &&
  typeof it[1] === 'number' &&
  Math.abs(it[0]) <= 180 &&
  Math.abs(it[1]) <= 90;

const isRing = (it: unknown): it is Ring =>
  Array.isArray(it) && it.length >= 4 && it.length <= MOST_POSITIONS && it.every(isPosition);

const isPolygon = (it: unknown): it is Polygon => Array.isArray(it) && it.length > 0 && it.every(isRing);

function partsOf(shape: unknown, depth: number): unknown[] {
  if (typeof shape !== 'object' || shape === null || depth > DEEPEST) return [];
  const { type, coordinates, geometry, geometries, features } = shape as Record<string, unknown>;
  if (type === 'Polygon') return [coordinates];
  if (type === 'MultiPolygon') return Array.isArray(coordinates) ? coordinates : [coordinates];
  if (type === 'Feature') return partsOf(geometry, depth + 1);
  const members = features ?? geometries;
  return Array.isArray(members) ? members.flatMap((member) => partsOf(member, depth + 1)) : [];
}

/**
 * The polygons of a Polygon, a MultiPolygon, a Feature or a collection of them.
 * @param text JSON
 * @returns null for anything else, and where one of them is none
 */
export function polygonsIn(text: string): Polygon[] | null {
  let shape: unknown;
  try {
    shape = JSON.parse(text);
  } catch {
    return null;
  }
  const parts = partsOf(shape, 0);
  return parts.length > 0 && parts.length <= MOST_POLYGONS && parts.every(isPolygon) ? parts : null;
}

/** Whether a point lies in a polygon: a line from it to the east crosses its rings an odd number of times. */
export function isInPolygon(polygon: Polygon, longitude: number, latitude: number): boolean {
  let inside = false;
  for (const ring of polygon) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [x, y] = ring[at]!;
      const [otherX, otherY] = ring[before]!;
      if (y > latitude === otherY > latitude) continue;
      if (longitude < ((otherX - x) * (latitude - y)) / (otherY - y) + x) inside = !inside;
    }
  }
  return inside;
}
