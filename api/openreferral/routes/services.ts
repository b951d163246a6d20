import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { idParameter } from '../../http/parameters.ts';
import { PROBLEM_RESPONSES, problem } from '../../http/problem.ts';
import { type ApiContext, resource } from '../../http/resource.ts';
import { slicesOf } from '../../http/streams.ts';
import { answerLines, answerPage, freshnessOf, notModified } from '../answer.ts';
import { modifiedAt } from '../assured.ts';
import { WITHDRAWN_RESPONSE, withdrawnProblem } from '../gone.ts';
import { isAboutPlace, listQueryOf } from '../list-query.ts';
import { allOfKeyed, keyedItems, keyedServices, pageOfIds, pageOfKeyed, SLICE_SIZE, viewed } from '../lists.ts';
import { minimalPage } from '../minimal.ts';
import { type PageEnds, pageRequestOf, pageSchemaOf } from '../pages.ts';
import * as take from '../parameters.ts';
import { publishedListing, serviceRecords, wholeRecords } from '../records.ts';
import { OrukService, OrukServiceBasic } from '../schema/service.ts';
import type { Selector } from '../select.ts';

const ServiceParameters = z.strictObject({
  search: take.searchParameters,
  ...take.paging,
  taxonomy_term_id: take.termId,
  taxonomy_id: take.taxonomyId,
  organization_id: take.organizationId,
  modified_after: take.modifiedAfter,
  minimal: take.minimal,
  full: take.full,
  ...take.agesParameters,
  ...take.timesParameters,
  ...take.placeParameters,
});

const list = createRoute({
  method: 'get',
  path: '/services',
  summary: 'Services',
  description:
    'All that are published, in the order of their ids; with `search` the best first, with a place the nearest first. Filters add up. `search` and a place find services whose status is active.',
  tags: ['Services'],
  request: { query: ServiceParameters },
  responses: {
    200: {
      description: 'A page of services: with `full`, each whole.',
      content: {
        'application/json': { schema: pageSchemaOf(OrukServiceBasic).openapi('ServicePage') },
        'application/x-ndjson': { schema: z.string() },
      },
    },
    304: { description: 'Nothing has changed since.' },
    ...PROBLEM_RESPONSES,
  },
});

const one = createRoute({
  method: 'get',
  path: '/services/{id}',
  summary: 'One service, whole',
  description: 'Of a confidential location nothing is published: neither its id, its name, its address nor its point.',
  tags: ['Services'],
  request: { params: z.object({ id: idParameter('service') }), query: z.strictObject({}) },
  responses: {
    200: { description: 'The service.', content: { 'application/json': { schema: OrukService } } },
    304: { description: 'It has not changed since.' },
    ...PROBLEM_RESPONSES,
    ...WITHDRAWN_RESPONSE,
  },
});

/** GET /services and /services/{id} */
export const services = (parts: ApiContext, selector: Selector, ends: PageEnds) =>
  resource(Object.keys(ServiceParameters.shape))
    .openapi(list, async (c) => {
      const given = c.req.valid('query');
      const ask = await listQueryOf(c, parts, given);
      if (ask instanceof Response) return ask as never;
      const state = freshnessOf(c, parts, isAboutPlace(ask));
      if (state.unchanged) return notModified(c, state) as never;
      const selection = await selector.select(ask);
      const form = { full: given.full ?? false, from: ask.place, now: parts.now() };
      const view = (ids: readonly string[]) => serviceRecords(parts.db, ids, form);
      const viewDated = (items: readonly { id: string }[]) => view(items.map(({ id }) => id));
      const ndjson = given.format === 'ndjson';
      const paged = pageRequestOf(given);
      if (!selection.whole) {
        const { ids, byId, name } = selection;
        if (given.minimal) return minimalPage(c, parts, state, given, { ids }) as never;
        if (ndjson) return answerLines(c, state, viewed(slicesOf(ids, SLICE_SIZE), view)) as never;
        const keyed = byId ? keyedItems(`services ${name}`, ids, (id) => id) : null;
        const page = keyed ? pageOfKeyed(keyed, paged, ends, parts.now(), view) : pageOfIds(ids, paged, view);
        return answerPage(c, state, page) as never;
      }
      const keyed = keyedServices(parts, selection.wanted);
      if (given.minimal) return minimalPage(c, parts, state, given, keyed) as never;
      if (ndjson) return answerLines(c, state, viewed(allOfKeyed(keyed), viewDated)) as never;
      return answerPage(c, state, pageOfKeyed(keyed, paged, ends, parts.now(), viewDated)) as never;
    })
    .openapi(one, (c) => {
      const wanted = c.req.valid('param').id;
      const listing = publishedListing(parts.db, wanted);
      if (!listing) return notThere(c, parts, wanted) as never;
      const now = parts.now();
      const { assured_date } = listing.service;
      const state = freshnessOf(c, parts, false, modifiedAt(listing.last_modified, assured_date, now));
      if (state.unchanged) return notModified(c, state) as never;
      return c.json(wholeRecords(parts.db, [listing], now)[0], 200, state.headers) as never;
    });

/** One that was withdrawn is told from one that never was. */
const notThere = (c: Context, parts: ApiContext, wanted: string): Response =>
  withdrawnProblem(c, parts, wanted) ??
  problem(c, 'not-found', { parameter: 'id', detail: 'There is no service with that id, and never was.' });
