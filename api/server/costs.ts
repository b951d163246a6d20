/**
 * What a request costs its client, in tokens. RATE_LIMIT says how many a client gets in a minute; an ordinary request
 * costs one.
 */

/** A map asks for dozens of tiles at once. */
const TILE = 0.1;
/** A whole list takes the processor as long as some dozen searches. */
const LIST = 30;
/** A booklet, and a page of whole records: up to a hundred listings, with all that is to be known of each. */
const WHOLE_RECORDS = 5;
/** So many of them cost no more than a search, which gives as many results. */
const FEW = 20;
/** A handout is kept for half a year, and takes room. */
const KEPT = 5;

const LISTS = /^\/api\/v1\/(?:services|search)\.(?:csv|geojson)$/;

/**
 * @param path as routes and pages are found by it
 * @param query what is asked of it; of a search of FHIR that is sent as a form it says nothing
 */
export function costOf(method: string, path: string, query: URLSearchParams): number {
  const page = pageOf(path);
  if (page.startsWith('/tiles/')) return TILE;
  if (makesHandout(method, path)) return KEPT;
  if (LISTS.test(page)) return LIST;
  if (page === '/booklet' || page === '/booklet.docx') return WHOLE_RECORDS;
  if (page.startsWith('/fhir/')) return method === 'POST' || Number(query.get('_count')) > FEW ? WHOLE_RECORDS : 1;
  if (!page.startsWith('/api/openreferral/')) return 1;
  if (query.getAll('format').includes('ndjson') || query.has('minimal')) return LIST;
  return query.has('full') ? WHOLE_RECORDS : 1;
}

/** An address that is written out more often than this is no page any more. */
const MOST_TIMES_WRITTEN = 10;

/** The path by which a page is found, whatever is written for it: '//handout/' and '/%2568andout' are '/handout'. */
function pageOf(path: string): string {
  let plain = path;
  for (let times = 0; times < MOST_TIMES_WRITTEN && plain.includes('%'); times++) {
    try {
      const before = plain;
      plain = decodeURI(plain);
      if (plain === before) break;
    } catch {
      break;
    }
  }
  const parts = plain.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`;
}

/** Whether a request keeps a handout: the page of one makes its short link when it is drawn. */
export const makesHandout = (method: string, path: string): boolean =>
  pageOf(path) === '/handout' || (method === 'POST' && path === '/api/v1/handouts');

/** They are read anywhere; how it was is said by a form on them. */
const SHORT_LINKS = /^\/h\//;
const WRITING_PAGES = /^\/(?:add|edit|keep|watch|report|handout|moderate)(?:\/|$)/;

/** Whether a request changes something, or is for a page on which somebody does. */
export const wantsToWrite = (method: string, path: string): boolean =>
  WRITING_PAGES.test(pageOf(path)) ||
  makesHandout(method, path) ||
  (method === 'POST' && SHORT_LINKS.test(pageOf(path)));

/** What is said of the whole server, and short links, whose pages count taps. */
const OF_THE_WHOLE = /^\/(?:metrics|h|api\/v1\/(?:health|ready))(?:\/|$)/;

/** Whether any process of a server can answer: it changes nothing, and is not asked of the whole. */
export const readsOnly = (method: string, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && !wantsToWrite(method, path) && !OF_THE_WHOLE.test(pageOf(path));
