import { createRoute, z } from '@hono/zod-openapi';
import { clinicalReach } from '../domain/clinical-reach.ts';
import type { Place } from '../domain/place.ts';
import { areasOfReach, coverage } from '../domain/reach.ts';
import type { Listing } from '../domain/service.ts';
import { areaLabel } from '../domain/service-area.ts';
import { type Origin, originNear, originOf } from '../http/origin.ts';
import { idParameter } from '../http/parameters.ts';
import { PlaceView, placeView } from '../http/place-view.ts';
import { PROBLEM_RESPONSES, problem, WITHDRAWN } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { reachReason, reachWords } from '../results/reach-reason.ts';
import { ReachView } from '../results/results.ts';
import { hitOfOne } from '../search/query/hit-of-one.ts';
import type { Hit } from '../search/types.ts';
import { joinedInto } from '../store/joined.ts';
import { SearchParameters } from './search-query.ts';
import { MOVED_RESPONSE, movedTo, notListed, publicListing, redirectTo } from './services.ts';

const Parameters = SearchParameters.pick({ postcode: true, near: true, lat: true, lng: true });

const PartAnswers = z.array(z.object({ name: z.string(), answer: z.enum(['yes', 'maybe', 'no']) }));

const route = createRoute({
  method: 'get',
  path: '/services/{id}/reach',
  summary: 'Whether a listing is for a place, why, and how far away it is',
  tags: ['Listings'],
  request: { params: z.object({ id: idParameter('listing') }), query: Parameters },
  responses: {
    200: {
      description: 'How the listing stands to the place.',
      content: {
        'application/json': {
          schema: z
            .object({
              place: PlaceView,
              reach: z.object({ kind: ReachView, certain: z.boolean(), why: z.string() }),
              distance_m: z.number().nullable(),
              location_id: z.string().nullable().openapi({ description: 'The nearest location.' }),
              clinical: z
                .object({ tiers: PartAnswers, referral_routes: PartAnswers })
                .optional()
                .openapi({ description: 'Of a clinical service: which of its tiers and routes are for the place.' }),
            })
            .openapi('Reach'),
        },
      },
    },
    ...MOVED_RESPONSE,
    ...PROBLEM_RESPONSES,
    ...WITHDRAWN,
  },
});

/**
 * How a listing that no search from a place finds is reached: it has no venue and is for people elsewhere (no search
 * lists that as near), or it is closed for now.
 */
function notFound({ service }: Listing, place: Place): Hit {
  const areas = areasOfReach(service);
  const { answer, area, onBorder } = coverage(areas ?? [], place);
  return {
    id: service.id,
    match: 'words',
    reach: areas === null ? 'unclear' : answer === 'no' ? 'not_serving' : 'area',
    certain: areas !== null && answer !== 'maybe',
    on_border: onBorder,
    area: area && areaLabel(area),
    distance_m: null,
    location_id: null,
  };
}

function reachOf(parts: ApiContext, listing: Listing, { place, key, near }: Origin) {
  const hit = hitOfOne(listing, place) ?? notFound(listing, place);
  const { clinical } = listing.service;
  return {
    place: placeView(place, key, parts, near),
    reach: { kind: hit.reach, certain: hit.certain, why: reachReason(hit, reachWords(listing), place) },
    distance_m: hit.distance_m,
    location_id: hit.location_id,
    ...(clinical && { clinical: clinicalReach({ ...listing.service, clinical }, place) }),
  };
}

/**
 * What GET /services/{id}/reach answers from a sealed place, for the pages of this process.
 * @returns null where it answers something else: then the API itself is to be asked
 */
export const reachInside =
  (parts: ApiContext) =>
  (id: string, near: string): ReturnType<typeof reachOf> | null => {
    const listing = joinedInto(parts.db, id) === null ? publicListing(parts, id) : null;
    const origin = originNear(near, parts);
    return listing && origin && reachOf(parts, listing, origin);
  };

/** GET /services/{id}/reach */
export const reach = (parts: ApiContext) =>
  resource(Object.keys(Parameters.shape)).openapi(route, async (c) => {
    const { id: wanted } = c.req.valid('param');
    const address = movedTo(parts, c, wanted);
    if (address !== null) return redirectTo(c, address);
    const listing = publicListing(parts, wanted);
    if (!listing) return notListed(parts, c, wanted);
    const origin = await originOf(c, parts, c.req.valid('query'));
    if (origin instanceof Response) return origin;
    if (!origin)
      return problem(c, 'invalid-parameter', {
        parameter: 'near',
        detail: 'Say from where: give one of postcode, near, or lat with lng.',
      });
    return c.json(reachOf(parts, listing, origin), 200, { 'cache-control': 'no-store' });
  });
