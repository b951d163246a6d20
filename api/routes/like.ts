import { createRoute, z } from '@hono/zod-openapi';
import type { Place } from '../domain/place.ts';
import type { Listing } from '../domain/service.ts';
import { likeThis } from '../handout/like-this.ts';
import { originNear, originOf } from '../http/origin.ts';
import { idParameter } from '../http/parameters.ts';
import { PROBLEM_RESPONSES, WITHDRAWN } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { Result } from '../results/results.ts';
import type { Hit } from '../search/types.ts';
import { joinedInto } from '../store/joined.ts';
import { SearchParameters } from './search-query.ts';
import { MOVED_RESPONSE, movedTo, notListed, publicListing, redirectTo } from './services.ts';
import { viewsOf } from './views-of.ts';

const Parameters = SearchParameters.pick({ postcode: true, near: true, lat: true, lng: true });

const route = createRoute({
  method: 'get',
  path: '/services/{id}/like',
  summary: 'Listings like one, for whoever can reach it',
  description:
    'Up to three that are listed, open and confirmed, of its category, the most alike by what they mean first, no two of one organization. From the place given; without one, from where the listing itself is.',
  tags: ['Listings'],
  request: { params: z.object({ id: idParameter('listing') }), query: Parameters },
  responses: {
    200: {
      description: 'Listings like it; none where there is no choice.',
      content: { 'application/json': { schema: z.object({ results: z.array(Result) }).openapi('Like') } },
    },
    ...MOVED_RESPONSE,
    ...PROBLEM_RESPONSES,
    ...WITHDRAWN,
  },
});

/** Finds listings like one, from a place; from where it is where there is none. */
const finder = (parts: ApiContext) => {
  const views = viewsOf(parts);
  return (listing: Listing, from: Place | null): { results: Result[] } => {
    const now = parts.now();
    const shown = (hits: readonly Hit[], place: Place | null) => views.of(hits, place, now, []);
    const { hits, place } = likeThis({ ...parts, shown }, listing, from, now);
    return { results: views.of(hits, place, now, []) };
  };
};

/**
 * What GET /services/{id}/like answers, for the pages of this process.
 * @returns null where it answers something else: then the API itself is to be asked
 */
export const likeInside = (parts: ApiContext) => {
  const find = finder(parts);
  return (id: string, near: string | null): { results: Result[] } | null => {
    const listing = joinedInto(parts.db, id) === null ? publicListing(parts, id) : null;
    const origin = near === null ? null : originNear(near, parts);
    return listing && (near === null || origin !== null) ? find(listing, origin?.place ?? null) : null;
  };
};

/** GET /services/{id}/like */
export const like = (parts: ApiContext) => {
  const find = finder(parts);
  return resource(Object.keys(Parameters.shape)).openapi(route, async (c) => {
    const { id: wanted } = c.req.valid('param');
    const address = movedTo(parts, c, wanted);
    if (address !== null) return redirectTo(c, address);
    const listing = publicListing(parts, wanted);
    if (!listing) return notListed(parts, c, wanted);
    const origin = await originOf(c, parts, c.req.valid('query'));
    if (origin instanceof Response) return origin;
    return c.json(find(listing, origin?.place ?? null), 200, { 'cache-control': 'no-store' });
  });
};
