/**
 * What a request costs its client, in tokens. RATE_LIMIT says how many a client gets in a minute; an ordinary request
 * costs one.
 */

/** A map asks for dozens of tiles at once. */
const TILE = 0.1;
/** A whole list takes the processor as long as some dozen searches. */
const LIST = 30;
/** A handout is kept for half a year, and takes room. */
const KEPT = 5;

const LISTS = /^\/api\/v1\/(?:services|search)\.(?:csv|geojson)$/;

/** @param url with its query: a list of Open Referral UK is a page of fifty, or all of it */
export function costOf(method: string, url: URL): number {
  const { pathname, searchParams } = url;
  if (pathname.startsWith('/tiles/')) return TILE;
  if (makesHandout(method, pathname)) return KEPT;
  if (LISTS.test(pathname)) return LIST;
  const isAll = searchParams.get('format') === 'ndjson' || searchParams.has('minimal');
  return pathname.startsWith('/api/openreferral/') && isAll ? LIST : 1;
}

/** Whether a request keeps a handout: the page of one makes its short link when it is drawn. */
export const makesHandout = (method: string, path: string): boolean =>
  path === '/handout' || (method === 'POST' && path === '/api/v1/handouts');

const WRITING_PAGES = /^\/(?:add|edit|keep|report|handout|moderate)(?:\/|$)/;

/** Whether a request changes something, or is for a page on which somebody does. */
export const wantsToWrite = (method: string, path: string): boolean =>
  WRITING_PAGES.test(path) || makesHandout(method, path);
