/**
 * Web Mercator, for drawing alone: it makes London's miles 1.6 times and Shetland's twice as long as they are, so no
 * distance is ever measured in it.
 */

/** Pixels along each side of a tile. */
export const TILE = 256;
export const LOWEST_ZOOM = 6;
export const HIGHEST_ZOOM = 17;

const RADIANS = Math.PI / 180;
/** The equator of WGS84 in metres. */
const EQUATOR = 2 * Math.PI * 6_378_137;

/** Pixels from the left edge of the world map of that zoom. */
export const worldX = (longitude: number, zoom: number): number => ((longitude + 180) / 360) * TILE * 2 ** zoom;

/** Pixels from the upper edge of the world map of that zoom. */
export const worldY = (latitude: number, zoom: number): number =>
  (0.5 - Math.log(Math.tan(Math.PI / 4 + (latitude * RADIANS) / 2)) / (2 * Math.PI)) * TILE * 2 ** zoom;

/** Degrees; the inverse of {@link worldX}. */
export const longitudeAt = (x: number, zoom: number): number => (x / (TILE * 2 ** zoom)) * 360 - 180;

/** Degrees; the inverse of {@link worldY}. */
export const latitudeAt = (y: number, zoom: number): number =>
  (2 * Math.atan(Math.exp((0.5 - y / (TILE * 2 ** zoom)) * 2 * Math.PI)) - Math.PI / 2) / RADIANS;

/** How many metres on the ground one pixel stands for at a latitude. */
export const metresInPixel = (latitude: number, zoom: number): number =>
  (EQUATOR * Math.cos(latitude * RADIANS)) / (TILE * 2 ** zoom);

/** A tile of the usual scheme: column from the west, row from the north. */
export interface TileAddress {
  zoom: number;
  column: number;
  row: number;
}

/**
 * The box of degrees that a tile shows.
 * @param margin pixels more on every side
 */
export function tileBounds(
  { zoom, column, row }: TileAddress,
  margin = 0,
): { south: number; west: number; north: number; east: number } {
  return {
    south: latitudeAt((row + 1) * TILE + margin, zoom),
    west: longitudeAt(column * TILE - margin, zoom),
    north: latitudeAt(row * TILE - margin, zoom),
    east: longitudeAt((column + 1) * TILE + margin, zoom),
  };
}
