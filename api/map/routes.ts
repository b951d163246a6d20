import { Hono } from 'hono';
import type { Geography } from '../geocode/geography.ts';
import { problem } from '../http/problem.ts';
import type { Db } from '../store/open.ts';
import { tileEdition } from './drawing.ts';
import { createTilePainter } from './painter.ts';
import { HIGHEST_ZOOM, LOWEST_ZOOM, type TileAddress } from './projection.ts';

const DAY = 86_400;
const WHOLE = /^(0|[1-9]\d{0,6})$/;

/** What the path names, or the sentence that says why there is no such tile. */
function addressOf(zoom: string, column: string, file: string): TileAddress | string {
  if (!file.endsWith('.svg'))
    return 'Tiles are pictures in SVG: the address ends with .svg, as in /tiles/13/4094/2722.svg.';
  const row = file.slice(0, -'.svg'.length);
  if (![zoom, column, row].every((part) => WHOLE.test(part)))
    return 'The address of a tile is /tiles/{zoom}/{column}/{row}.svg, in whole numbers, as in /tiles/13/4094/2722.svg.';
  const address = { zoom: Number(zoom), column: Number(column), row: Number(row) };
  if (address.zoom < LOWEST_ZOOM || address.zoom > HIGHEST_ZOOM)
    return `There are tiles for zooms ${LOWEST_ZOOM} to ${HIGHEST_ZOOM}. Ask for one of those.`;
  const last = 2 ** address.zoom - 1;
  if (address.column > last || address.row > last)
    return `At zoom ${zoom}, columns and rows go from 0 to ${last}. Ask for one of those.`;
  return address;
}

/** The address of the tiles for the map, with the edition of today's table and program, so that browsers keep them until the next. */
export const tileAddress = (db: Db): string => `/tiles/{z}/{x}/{y}.svg?edition=${tileEdition(db)()}`;

/**
 * The ground of the map: GET /tiles/{zoom}/{column}/{row}.svg in the usual scheme of web maps. A browser may keep a tile
 * for a day; with `?edition=` of the current edition, as {@link tileAddress} gives it, for good.
 */
export function tileRoutes(db: Db, geography: Geography): Hono {
  const painter = createTilePainter(db, geography);
  const tiles = new Hono().basePath('/tiles');
  tiles.get('/:zoom/:column/:file', (c) => {
    const address = addressOf(c.req.param('zoom'), c.req.param('column'), c.req.param('file'));
    if (typeof address === 'string') return problem(c, 'not-found', { detail: address });
    const edition = painter.edition();
    const etag = `W/"${edition}-${address.zoom}-${address.column}-${address.row}"`;
    const forGood = c.req.query('edition') === edition;
    const headers = {
      etag,
      'cache-control': forGood ? 'public, max-age=31536000, immutable' : `public, max-age=${DAY}`,
    };
    const known = c.req
      .header('if-none-match')
      ?.split(',')
      .map((one) => one.trim());
    if (known?.includes(etag)) return c.body(null, 304, headers);
    return c.body(painter.paint(address), 200, { ...headers, 'content-type': 'image/svg+xml; charset=utf-8' });
  });
  tiles.get('*', (c) =>
    problem(c, 'not-found', {
      detail: 'The address of a tile is /tiles/{zoom}/{column}/{row}.svg, as in /tiles/13/4094/2722.svg.',
    }),
  );
  return tiles;
}
