import { astro, type FetchState } from 'astro/hono';
import type { Context } from 'hono';
import { createFront } from '#api/front.ts';
import { api, settings, tiles } from '#api/instance.ts';

/** The pattern of the page that Astro drew, '/services/:id'; undefined where there is no such page. */
function pagePattern(c: Context): string | undefined {
  const state = c.get('fetchState') as FetchState | undefined;
  const route = state?.routeData?.route;
  return route === '/404' ? undefined : route?.replace(/\[(\.\.\.)?(\w+)\]/g, ':$2');
}

/** The one application, in development as in production: what every request passes, the api, and last the pages. */
export default createFront({
  settings,
  api,
  tiles,
  pages: astro(),
  pagePattern,
  files: import.meta.env.PROD,
  development: import.meta.env.DEV,
});
