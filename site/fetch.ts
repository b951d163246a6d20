import { astro as drawBy, FetchState } from 'astro/fetch';
import { astro, getFetchState, type FetchState as State } from 'astro/hono';
import type { Context, MiddlewareHandler } from 'hono';
import { ResponseBody } from '#api/http/response-body.ts';
import { sendBytes } from '#api/http/send-bytes.ts';
import { served, settings, startWork, version } from '#api/instance.ts';
import { clientAddress } from '#api/runtime/limits.ts';
import { createFront } from '#api/server/front.ts';
import { isModerator } from './lib/moderate/session.ts';
import { resultsOf } from './lib/results/at-once.ts';
import { framed } from './lib/results/frame.ts';

/** The pattern of the page that was drawn, '/services/:id'; undefined where there is no such page. */
function pagePattern(c: Context): string | undefined {
  if (c.get('resultsAtOnce') === true) return SEARCH;
  const state = c.get('fetchState') as State | undefined;
  const route = state?.routeData?.route;
  return route === '/404' ? undefined : route?.replace(/\[(\.\.\.)?(\w+)\]/g, ':$2');
}

const draw = astro();
const SEARCH = '/search';
/** Of an ordinary page of results: no more of it is copied where a buffer has room for three bytes a letter. */
const EXPECTED_BYTES = 160 * 1024;
const AS_ASTRO_SAYS = { 'content-type': 'text/html' };

/** The page of results without results. */
async function frame(map: boolean): Promise<string> {
  const state = new FetchState(new Request(`http://localhost${SEARCH}`));
  state.streaming = false;
  state.locals = { frame: { map } };
  return (await drawBy(state)).text();
}

/** Nearly everything that people open: it is written into a frame that is kept. */
async function drawResults(c: Context): Promise<Response | null> {
  const { method, path } = c.req;
  if ((method !== 'GET' && method !== 'HEAD') || path !== SEARCH) return null;
  const drawn = resultsOf(new URL(c.req.url));
  if (drawn === null) return null;
  const pieces = await framed(drawn, () => frame(drawn.map));
  c.set('resultsAtOnce', true);
  const body = new ResponseBody(EXPECTED_BYTES);
  for (const piece of pieces) body.text(piece);
  return sendBytes(c, body.done(), { headers: AS_ASTRO_SAYS }, () => body.sent());
}

/** Draws a page; `Astro.clientAddress` is who asks, as the limits count them. */
const pages: MiddlewareHandler = async (c, next) => {
  const results = import.meta.env.PROD ? await drawResults(c) : null;
  if (results) return results;
  const connection: string | undefined = c.env?.incoming?.socket.remoteAddress;
  const state = getFetchState(c);
  // None is sent before it is whole (api/server/front.ts), so it need not be made in pieces.
  state.streaming = false;
  state.clientAddress =
    connection === undefined
      ? 'unknown'
      : clientAddress(connection, c.req.header('x-forwarded-for'), settings.TRUST_PROXY);
  const drawn = await draw(c, next);
  // Astro calls every fault 500; where the disk is full it is none of the program.
  if (drawn?.status === 500 && drawn.headers.has('retry-after'))
    return new Response(drawn.body, { status: 507, headers: drawn.headers });
  return drawn;
};

// In production api/server/server.ts begins it, once it serves.
if (import.meta.env.DEV) startWork(settings.PORT);

/** The one application, in development as in production: what every request passes, the api, and last the pages. */
export default createFront({
  ...served,
  // The development server draws again what it has changed itself.
  ...(import.meta.env.PROD && { version }),
  pages,
  pagePattern,
  maySendFile: (c) => isModerator(c.req.raw),
  files: import.meta.env.PROD,
  development: import.meta.env.DEV,
});
