import { createRoute, z } from '@hono/zod-openapi';
import { idParameter } from '../../http/parameters.ts';
import { PROBLEM_RESPONSES, problem } from '../../http/problem.ts';
import { type ApiContext, resource } from '../../http/resource.ts';
import { slicesOf } from '../../http/streams.ts';
import { countPlaces, type PlacePair, placePage, placesOf } from '../../store/published.ts';
import { answerLines, answerPage, freshnessOf, notModified } from '../answer.ts';
import { modifiedAt } from '../assured.ts';
import { WITHDRAWN_RESPONSE, withdrawnProblem } from '../gone.ts';
import { isAboutPlace, listQueryOf } from '../list-query.ts';
import { allOfKeyed, type KeyedList, keyedItems, pageOfIds, pageOfKeyed, SLICE_SIZE, viewed } from '../lists.ts';
import { type CountCache, type PageEnds, pageRequestOf, pageSchemaOf } from '../pages.ts';
import * as take from '../parameters.ts';
import { nearestPlaces, pairsCalled, placeRecords, publishedListing } from '../records.ts';
import { OrukPlace, OrukPlaceBasic } from '../schema/service.ts';
import type { Selector } from '../select.ts';

const PlaceParameters = z.strictObject({
  search: take.searchParameters,
  ...take.paging,
  taxonomy_term_id: take.termId,
  taxonomy_id: take.taxonomyId,
  organization_id: take.organizationId,
  modified_after: take.modifiedAfter,
  full: take.full,
  ...take.agesParameters,
  ...take.timesParameters,
  ...take.placeParameters,
});

const list = createRoute({
  method: 'get',
  path: '/service_at_locations',
  summary: 'Services at locations',
  description:
    'One for each place at which a service happens; confidential places are not among them. `modified_after` goes by the service, whose date moves with its places.',
  tags: ['Services at locations'],
  request: { query: PlaceParameters },
  responses: {
    200: {
      description: 'A page of services at locations: with `full`, each whole.',
      content: {
        'application/json': { schema: pageSchemaOf(OrukPlaceBasic).openapi('ServiceAtLocationPage') },
        'application/x-ndjson': { schema: z.string() },
      },
    },
    304: { description: 'Nothing has changed since.' },
    ...PROBLEM_RESPONSES,
  },
});

const one = createRoute({
  method: 'get',
  path: '/service_at_locations/{id}',
  summary: 'One service at a location, whole',
  tags: ['Services at locations'],
  request: { params: z.object({ id: idParameter('service at a location') }), query: z.strictObject({}) },
  responses: {
    200: { description: 'It, with service and location.', content: { 'application/json': { schema: OrukPlace } } },
    304: { description: 'It has not changed since.' },
    ...PROBLEM_RESPONSES,
    ...WITHDRAWN_RESPONSE,
  },
});

const keyOf = ({ service_id, location_id }: PlacePair): string => `${service_id} ${location_id}`;

/** GET /service_at_locations and /service_at_locations/{id} */
export const places = (parts: ApiContext, selector: Selector, ends: PageEnds, counts: CountCache) =>
  resource(Object.keys(PlaceParameters.shape))
    .openapi(list, async (c) => {
      const { db } = parts;
      const given = c.req.valid('query');
      const ask = await listQueryOf(c, parts, given);
      if (ask instanceof Response) return ask as never;
      const state = freshnessOf(c, parts, isAboutPlace(ask));
      if (state.unchanged) return notModified(c, state) as never;
      const selection = await selector.select(ask);
      const form = { full: given.full ?? false, from: ask.place, now: parts.now() };
      const view = (pairs: readonly PlacePair[]) => placeRecords(db, pairs, form);
      const ndjson = given.format === 'ndjson';
      const paged = pageRequestOf(given);
      if (selection.whole) {
        const { wanted } = selection;
        const name = `places ${JSON.stringify(wanted)}`;
        const keyed: KeyedList<PlacePair> = {
          name,
          count: () => counts.of(name, () => countPlaces(db, wanted)),
          read: (from, limit) => placePage(db, wanted, from, limit),
          keyOf,
        };
        if (!ndjson) return answerPage(c, state, pageOfKeyed(keyed, paged, ends, parts.now(), view)) as never;
        return answerLines(c, state, viewed(allOfKeyed(keyed), view)) as never;
      }
      const all = placesOf(db, selection.ids);
      const pairs =
        ask.place && ask.proximity_m !== undefined ? nearestPlaces(db, all, ask.place, ask.proximity_m) : all;
      if (!ndjson && selection.byId) {
        const inOrder = pairs.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
        const keyed = keyedItems(`places ${selection.name}`, inOrder, keyOf);
        return answerPage(c, state, pageOfKeyed(keyed, paged, ends, parts.now(), view)) as never;
      }
      if (!ndjson) return answerPage(c, state, pageOfIds(pairs, paged, view)) as never;
      return answerLines(c, state, viewed(slicesOf(pairs, SLICE_SIZE), view)) as never;
    })
    .openapi(one, (c) => {
      const { db } = parts;
      const wanted = c.req.valid('param').id;
      const pairs = pairsCalled(db, wanted);
      for (const pair of pairs) {
        const listing = publishedListing(db, pair.service_id);
        if (!listing) continue;
        const state = freshnessOf(
          c,
          parts,
          false,
          modifiedAt(listing.last_modified, listing.service.assured_date, parts.now()),
        );
        const [record] = placeRecords(db, [pair], { full: true, now: parts.now() });
        if (record?.id === wanted)
          return (state.unchanged ? notModified(c, state) : c.json(record, 200, state.headers)) as never;
      }
      const gone = pairs.map(({ service_id }) => withdrawnProblem(c, parts, service_id)).find((it) => it !== null);
      return (gone ??
        problem(c, 'not-found', {
          parameter: 'id',
          detail: 'No service is at a location by that id. It may have moved: look at /services/{id}.',
        })) as never;
    });
