import { createRoute, z } from '@hono/zod-openapi';
import { idParameter } from '../http/parameters.ts';
import { PROBLEM_RESPONSES, problem } from '../http/problem.ts';
import { type ApiContext, CHECK_AGAIN, cacheable, resource } from '../http/resource.ts';
import { mainLocation, PublicOrganization, ServiceCard, serviceCard } from '../results/views.ts';
import { findOrganization } from '../store/listings.ts';

const route = createRoute({
  method: 'get',
  path: '/organizations/{id}',
  summary: 'An organization with its listings',
  tags: ['Listings'],
  middleware: [cacheable] as const,
  request: { params: z.object({ id: idParameter('organization') }), query: z.strictObject({}) },
  responses: {
    200: {
      description: 'The organization, and its listings by name.',
      content: {
        'application/json': {
          schema: z
            .object({ organization: PublicOrganization, services: z.array(ServiceCard) })
            .openapi('OrganizationDetail'),
        },
      },
    },
    ...PROBLEM_RESPONSES,
  },
});

/** GET /organizations/{id} */
export const organizations = ({ db, now }: ApiContext) =>
  resource().openapi(route, (c) => {
    const found = findOrganization(db, c.req.valid('param').id);
    // An organization with nothing public may be one whose first listing nobody has looked at yet.
    if (!found || found.listings.length === 0)
      return problem(c, 'not-found', {
        parameter: 'id',
        detail: 'There is no organization with that id that lists anything. Search for it by name: /api/v1/search?q=',
      });
    const moment = now();
    return c.json(
      {
        organization: found.organization,
        services: found.listings.map((listing) => serviceCard(listing, mainLocation(listing), moment)),
      },
      200,
      CHECK_AGAIN,
    );
  });
