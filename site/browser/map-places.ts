/** What the map shows: places made of the listings that meet there, and groups of places that would overlap. */

/** One listing at one venue, as the page hands it over. */
export interface MapPoint {
  id: string;
  name: string;
  href: string;
  /** Degrees, WGS84. */
  latitude: number;
  longitude: number;
  /** '0.4 miles, Tuesdays 10:30am', and why it may not be for who searched. */
  note: string;
  /** How it stands to the place searched from, where it does not serve it: nobody knows, or it is for people elsewhere. */
  standing?: 'unclear' | 'not_serving' | undefined;
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

/** What stands on the marker of one listing that does not serve the place searched from. */
const STANDING_FACES = { unclear: '?', not_serving: '×' } as const;

/** What the faces of markers mean that need a word: in the order of the list, each once. */
export function legendOf(points: readonly MapPoint[]): string {
  const standings = new Set(points.map(({ standing }) => standing));
  const said = [
    standings.has('unclear') && `${STANDING_FACES.unclear} ask first whether it is for this address`,
    standings.has('not_serving') && `${STANDING_FACES.not_serving} not for this address`,
  ].filter((words) => words !== false);
  return said.length === 0 ? '' : `Markers with a dark edge: ${said.join('; ')}.`;
}

/** Whether nothing that a marker stands for surely serves the place searched from. */
export const isDoubtful = (group: Group): boolean =>
  group.every(({ points }) => points.every(({ standing }) => standing !== undefined));

/** What stands on a marker: how many places, how many listings at the place, how its one listing stands; or nothing. */
export function faceOf(group: Group): string {
  const [{ points }] = group;
  const [first, ...others] = points;
  if (group.length > 1) return String(group.length);
  if (others.length > 0) return String(points.length);
  return first.standing === undefined ? '' : STANDING_FACES[first.standing];
}

/** What a marker is called. It begins with what stands on the marker, for those who speak to their machine. */
export function nameOf(group: Group): string {
  const [{ points }] = group;
  const [first, ...others] = points;
  const doubt = isDoubtful(group) ? ', none surely for this address' : '';
  if (group.length > 1) return `${group.length} places close together${doubt}, ${first.name} first: zoom in`;
  if (others.length === 0) return [first.name, first.note].filter(Boolean).join(', ');
  return `${points.length} listings here${doubt}: ${first.name} and ${others.length} more`;
}
