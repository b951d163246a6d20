import { createRoute, z } from '@hono/zod-openapi';
import { REACH_KINDS } from '../domain/reach.ts';
import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import { PROBLEM_RESPONSES } from '../problem.ts';
import { type Hit, type SearchAnswer as Index, METRES_PER_MILE } from '../search/types.ts';
import { type WayOut as Way, waysOut } from '../search/ways-out.ts';
import { findListings } from '../store/listings.ts';
import { FacetsView, facetsView } from './facets.ts';
import { featureCollection, GeoJson } from './geojson.ts';
import { orNull } from './or-null.ts';
import { type Origin, originOf } from './origin.ts';
import { type Parts, resource } from './parts.ts';
import { PlaceView, placeView } from './place-view.ts';
import { LISTED_OUTCOMES } from './postcodes.ts';
import { SearchParameters, searchQuery, sortInForce } from './search-query.ts';
import {
  mainLocation,
  nextSession,
  PublicLocation,
  publicLocation,
  ServiceCard,
  SessionView,
  serviceCard,
} from './views.ts';
import { why } from './why.ts';

const Result = z
  .object({
    service: ServiceCard,
    reach: z.object({
      kind: z.enum(REACH_KINDS),
      certain: z.boolean().openapi({ description: 'False where only part of an approximate place is served.' }),
      why: z.string().openapi({ example: 'Covers Hackney' }),
    }),
    distance_m: z.number().nullable().openapi({ description: 'Metres in a straight line to the nearest location.' }),
    location: orNull(PublicLocation),
    next_session: orNull(SessionView),
  })
  .openapi('Result');
export type Result = z.infer<typeof Result>;

const WayOut = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('drop_filter'), filter: z.string(), total: z.int() }),
    z.object({ kind: z.literal('widen'), radius_miles: z.number(), total: z.int() }),
    z.object({ kind: z.literal('nearest'), result: Result }),
  ])
  .openapi('WayOut');

const SearchAnswer = z
  .object({
    outcome: z.enum(LISTED_OUTCOMES).nullable().openapi({ description: 'Null where no place was given.' }),
    place: orNull(PlaceView),
    suggestion: z
      .string()
      .nullable()
      .openapi({ description: 'The postcode that was probably meant, to be confirmed.' }),
    since: z.string().nullable().openapi({ description: 'When the postcode went out of use, YYYY-MM.' }),
    radius: z
      .object({ miles: z.number(), metres: z.number(), automatic: z.boolean() })
      .nullable()
      .openapi({ description: 'Null where no place was given.' }),
    totals: z.object({ venue: z.int(), area: z.int(), remote: z.int(), not_serving: z.int() }),
    results: z.array(Result),
    facets: FacetsView,
    searched_for: z.string().nullable().openapi({ description: 'What was searched for instead of a misspelt word.' }),
    page: z.object({ number: z.int(), per_page: z.int(), total: z.int(), pages: z.int() }),
    sort: z.enum(['relevance', 'distance', 'name', 'checked']),
    ways_out: z
      .array(WayOut)
      .openapi({ description: 'Where nothing was found: what would find something, best first.' }),
  })
  .openapi('SearchAnswer');

/** Declared for the documentation, and kept from the types, so that a typed client gets the one form that it asks for. */
const AS_GEOJSON: object = { 'application/geo+json': { schema: GeoJson } };

const route = createRoute({
  method: 'get',
  path: '/search',
  summary: 'What is near a place or serves it',
  description:
    'From one of `postcode`, `near`, or `lat` with `lng`; without any, the whole directory. A parameter with several values is repeated or takes commas. Every listing comes once, with the nearest of its locations and the reason why it is there.',
  tags: ['Search'],
  request: { query: SearchParameters },
  responses: {
    200: {
      description: 'Results, or none with ways out.',
      content: { 'application/json': { schema: SearchAnswer }, ...AS_GEOJSON },
    },
    ...PROBLEM_RESPONSES,
  },
});

const NOT_KEPT = { 'cache-control': 'no-store' };

/** GET /search */
export const search = (parts: Parts) =>
  resource(Object.keys(SearchParameters.shape)).openapi(route, async (c) => {
    const given = c.req.valid('query');
    const origin = await originOf(c, parts, given);
    if (origin instanceof Response) return origin;
    const moment = parts.now();
    const query = searchQuery(given, origin?.place ?? null, today(moment));
    const answer = parts.index.search(query);
    const ways = answer.total === 0 ? waysOut(parts.index, query, answer) : [];
    const nearest = ways.flatMap((way) => (way.kind === 'nearest' ? [way.hit] : []));
    const resultOf = results(parts, [...answer.hits, ...nearest], origin !== null, moment);
    const listed = answer.hits.flatMap(resultOf);
    if (given.format === 'geojson')
      return c.json(featureCollection(listed), 200, { ...NOT_KEPT, 'content-type': 'application/geo+json' }) as never;
    return c.json(
      {
        ...placed(origin, parts.secret),
        radius: radiusOf(answer),
        totals: answer.totals,
        results: listed,
        facets: facetsView(answer.facets),
        searched_for: answer.searched_for,
        page: {
          number: answer.page,
          per_page: answer.per_page,
          total: answer.total,
          pages: Math.ceil(answer.total / answer.per_page),
        },
        sort: sortInForce(query),
        ways_out: ways.flatMap((way) => wayView(way, resultOf)),
      },
      200,
      NOT_KEPT,
    );
  });

const wayView = (way: Way, resultOf: (hit: Hit) => Result[]): z.infer<typeof WayOut>[] =>
  way.kind === 'nearest' ? resultOf(way.hit).map((result) => ({ kind: way.kind, result })) : [way];

const radiusOf = ({ radius_m, radius_auto }: Index) =>
  radius_m === null
    ? null
    : { miles: Math.round((radius_m / METRES_PER_MILE) * 1000) / 1000, metres: radius_m, automatic: radius_auto };

const placed = (origin: Origin | null, secret: Uint8Array) => ({
  outcome: origin?.outcome ?? null,
  place: origin ? placeView(origin.place, origin.key, secret) : null,
  suggestion: origin?.suggestion ?? null,
  since: origin?.since ?? null,
});

/** Reads the listings of all hits at once; the function that it gives makes a hit into its result, or none if it is gone. */
function results({ db }: Parts, hits: Hit[], placed: boolean, now: Date): (hit: Hit) => Result[] {
  const listings = new Map(
    findListings(
      db,
      hits.map((hit) => hit.id),
    ).map((listing) => [listing.service.id, listing]),
  );
  return (hit) => {
    const listing = listings.get(hit.id);
    if (!listing) return [];
    const location = shownLocation(hit, listing);
    return [
      {
        service: serviceCard(listing, location, now),
        reach: { kind: hit.reach, certain: hit.certain, why: why(hit, listing, placed) },
        distance_m: hit.distance_m === null ? null : Math.round(hit.distance_m),
        location,
        next_session: nextSession(listing, now, location?.id),
      },
    ];
  };
}

/** The location that the hit speaks of; where it names none and there is a venue to go to, the main one. */
function shownLocation(hit: Hit, listing: Listing): PublicLocation | null {
  const nearest = listing.locations.find((location) => location.id === hit.location_id);
  if (nearest) return publicLocation(nearest);
  return hit.reach === 'venue' ? mainLocation(listing) : null;
}
