import { astro, type FetchState, getFetchState } from 'astro/hono';
import type { Context, MiddlewareHandler } from 'hono';
import { api, metrics, now, settings, startWork, tiles, version } from '#api/instance.ts';
import { clientAddress } from '#api/runtime/limits.ts';
import { createFront } from '#api/server/front.ts';
import { isModerator } from './lib/moderate/session.ts';

/** The pattern of the page that Astro drew, '/services/:id'; undefined where there is no such page. */
function pagePattern(c: Context): string | undefined {
  const state = c.get('fetchState') as FetchState | undefined;
  const route = state?.routeData?.route;
  return route === '/404' ? undefined : route?.replace(/\[(\.\.\.)?(\w+)\]/g, ':$2');
}

const draw = astro();

/** Draws a page; `Astro.clientAddress` is who asks, as the limits count them. */
const pages: MiddlewareHandler = async (c, next) => {
  const connection: string | undefined = c.env?.incoming?.socket.remoteAddress;
  const state = getFetchState(c);
  // None is sent before it is whole (api/server/front.ts), so it need not be made in pieces.
  state.streaming = false;
  state.clientAddress =
    connection === undefined
      ? 'unknown'
      : clientAddress(connection, c.req.header('x-forwarded-for'), settings.TRUST_PROXY);
  return draw(c, next);
};

// In production api/server/server.ts begins it, once it serves.
if (import.meta.env.DEV) startWork(settings.PORT);

/** The one application, in development as in production: what every request passes, the api, and last the pages. */
export default createFront({
  settings,
  api,
  tiles,
  metrics,
  now,
  // The development server draws again what it has changed itself.
  ...(import.meta.env.PROD && { version }),
  pages,
  pagePattern,
  maySendFile: (c) => isModerator(c.req.raw),
  files: import.meta.env.PROD,
  development: import.meta.env.DEV,
});
