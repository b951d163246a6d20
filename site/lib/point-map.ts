import { tilesAt } from '#api/instance.ts';

/** A small picture of where a point is, put together from map tiles on the server: it needs no script. */

const ZOOM = 15;
const TILE = 256;

export interface PointMap {
  width: number;
  height: number;
  tiles: { href: string; x: number; y: number }[];
}

/** The tiles around a point, placed so that it is in the middle (Web Mercator, as all tiles are). */
export function pointMap(latitude: number, longitude: number, width: number, height: number): PointMap {
  const world = 2 ** ZOOM;
  const sine = Math.sin((latitude * Math.PI) / 180);
  const x = ((longitude + 180) / 360) * world * TILE - width / 2;
  const y = (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world * TILE - height / 2;
  const tiles: PointMap['tiles'] = [];
  for (let column = Math.floor(x / TILE); column * TILE < x + width; column++)
    for (let row = Math.floor(y / TILE); row * TILE < y + height; row++)
      tiles.push({ href: tileHref(column, row), x: column * TILE - x, y: row * TILE - y });
  return { width, height, tiles };
}

const tileHref = (x: number, y: number): string =>
  tilesAt().replace('{s}', 'a').replace('{z}', String(ZOOM)).replace('{x}', String(x)).replace('{y}', String(y));
