/** What the map shows: places made of the listings that meet there, and groups of places that would overlap. */

/** One listing at one venue, as the page hands it over. */
export interface MapPoint {
  id: string;
  name: string;
  href: string;
  /** Degrees, WGS84. */
  latitude: number;
  longitude: number;
  /** '0.4 miles, Tuesdays 10:30am'. */
  note: string;
  /** Its number in the list, where the list has numbers. */
  number?: number | undefined;
}

/** One point of the map with all the listings that meet there. */
export interface Place {
  /** In the order of the list. */
  points: [MapPoint, ...MapPoint[]];
  latitude: number;
  longitude: number;
}

/** Decimals of a degree that tell two places apart: about a metre. */
const EXACT = 5;

/** Listings at one and the same point make one place. */
export function placesOf(points: readonly MapPoint[]): Place[] {
  const places = new Map<string, Place>();
  for (const point of points) {
    const key = `${point.latitude.toFixed(EXACT)},${point.longitude.toFixed(EXACT)}`;
    const known = places.get(key);
    if (!known) places.set(key, { points: [point], latitude: point.latitude, longitude: point.longitude });
    // One listing with two entries for the same hall is still one listing there.
    else if (!known.points.some(({ id }) => id === point.id)) known.points.push(point);
  }
  return [...places.values()];
}

/** Places so near each other on the screen that one marker stands for all. */
export type Group = [Place, ...Place[]];

/**
 * Gathers places whose markers would overlap.
 * @param pixel where a place is on the screen
 * @param apart pixels that two markers need between them
 */
export function groupsOf(
  places: readonly Place[],
  pixel: (place: Place) => { x: number; y: number },
  apart: number,
): Group[] {
  const groups: { group: Group; x: number; y: number }[] = [];
  for (const place of places) {
    const { x, y } = pixel(place);
    const near = groups.find((other) => Math.hypot(other.x - x, other.y - y) < apart);
    if (near) near.group.push(place);
    else groups.push({ group: [place], x, y });
  }
  return groups.map(({ group }) => group);
}

/** What stands on a marker: how many places, how many listings at the place, or its number in the list; or nothing. */
export function faceOf(group: Group): string {
  const [{ points }] = group;
  const [first, ...others] = points;
  if (group.length > 1) return String(group.length);
  if (first.number !== undefined) return others.length === 0 ? String(first.number) : `${first.number}+`;
  return others.length === 0 ? '' : String(points.length);
}

/** What a marker is called. It begins with what stands on the marker, for those who speak to their machine. */
export function nameOf(group: Group): string {
  const [{ points }] = group;
  const [first, ...others] = points;
  if (group.length > 1) return `${group.length} places close together, ${first.name} first: zoom in`;
  const number = first.number === undefined ? '' : `${faceOf(group)}: `;
  if (others.length === 0) return `${number}${first.name}${first.note === '' ? '' : `, ${first.note}`}`;
  return number === ''
    ? `${points.length} listings here: ${first.name} and ${others.length} more`
    : `${number}${first.name} and ${others.length} more in the same place`;
}
