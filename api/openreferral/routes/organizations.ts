import { createRoute, z } from '@hono/zod-openapi';
import { idParameter } from '../../http/parameters.ts';
import { PROBLEM_RESPONSES, problem } from '../../http/problem.ts';
import { type ApiContext, resource } from '../../http/resource.ts';
import {
  countOrganizations,
  findOfferings,
  type OrganizationWithServices,
  organizationPage,
} from '../../store/published-organizations.ts';
import { answerLines, answerPage, freshnessOf, notModified } from '../answer.ts';
import { WITHDRAWN_RESPONSE, withdrawnOrganization } from '../gone.ts';
import { allOfKeyed, type KeyedList, pageOfKeyed, viewed } from '../lists.ts';
import { type CountCache, type PageEnds, pageRequestOf, pageSchemaOf } from '../pages.ts';
import * as take from '../parameters.ts';
import { onlyValues, publishedOrganization, serviceRecords } from '../records.ts';
import { OrukOrganization } from '../schema/organization.ts';

const fullService = take.yesNo('true: its services are whole, and not their ids alone.');

const OrganizationParameters = z.strictObject({
  search: take.textParameter(200, { description: 'Words, all of which are in its name or its description.' }),
  full: take.full,
  full_service: fullService,
  ...take.paging,
});

const list = createRoute({
  method: 'get',
  path: '/organizations',
  summary: 'Organizations that offer something',
  tags: ['Organizations'],
  request: { query: OrganizationParameters },
  responses: {
    200: {
      description: 'A page of organizations.',
      content: {
        'application/json': { schema: pageSchemaOf(OrukOrganization).openapi('OrganizationPage') },
        'application/x-ndjson': { schema: z.string() },
      },
    },
    304: { description: 'Nothing has changed since.' },
    ...PROBLEM_RESPONSES,
  },
});

const one = createRoute({
  method: 'get',
  path: '/organizations/{id}',
  summary: 'One organization, with its services',
  tags: ['Organizations'],
  request: {
    params: z.object({ id: idParameter('organization') }),
    query: z.strictObject({ full_service: fullService }),
  },
  responses: {
    200: { description: 'It.', content: { 'application/json': { schema: OrukOrganization } } },
    304: { description: 'It has not changed since.' },
    ...PROBLEM_RESPONSES,
    ...WITHDRAWN_RESPONSE,
  },
});

/** GET /organizations and /organizations/{id} */
export function organizations(parts: ApiContext, ends: PageEnds, counts: CountCache) {
  const { db, now } = parts;
  const whole = (offering: OrganizationWithServices, fullService: boolean) => ({
    ...publishedOrganization(db, offering),
    services: fullService
      ? serviceRecords(db, offering.service_ids, { full: true, now: now() })
      : offering.service_ids.map((id) => ({ id })),
  });
  return resource(Object.keys(OrganizationParameters.shape))
    .openapi(list, (c) => {
      const given = c.req.valid('query');
      const state = freshnessOf(c, parts);
      if (state.unchanged) return notModified(c, state) as never;
      const words = (given.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const name = `organizations ${JSON.stringify(words)}`;
      const keyed: KeyedList<string> = {
        name,
        count: () => counts.of(name, () => countOrganizations(db, words)),
        read: (from, limit) => organizationPage(db, words, from, limit),
        keyOf: (id) => id,
      };
      const view = (ids: string[]) =>
        findOfferings(db, ids).map((offering) =>
          given.full || given.full_service
            ? whole(offering, given.full_service ?? false)
            : onlyValues(publishedOrganization(db, offering)),
        );
      if (given.format !== 'ndjson')
        return answerPage(c, state, pageOfKeyed(keyed, pageRequestOf(given), ends, now(), view)) as never;
      return answerLines(c, state, viewed(allOfKeyed(keyed), view)) as never;
    })
    .openapi(one, (c) => {
      const wanted = c.req.valid('param').id;
      const [offering] = findOfferings(db, [wanted]);
      if (!offering)
        return (withdrawnOrganization(c, parts, wanted) ??
          problem(c, 'not-found', {
            parameter: 'id',
            detail: 'There is no organization with that id that lists anything, and never was.',
          })) as never;
      const state = freshnessOf(c, parts);
      if (state.unchanged) return notModified(c, state) as never;
      return c.json(whole(offering, c.req.valid('query').full_service ?? false), 200, state.headers) as never;
    });
}
