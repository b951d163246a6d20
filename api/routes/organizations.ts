import { createRoute, z } from '@hono/zod-openapi';
import { idParameter } from '../http/parameters.ts';
import { PROBLEM_RESPONSES, problem } from '../http/problem.ts';
import { type ApiContext, CHECK_AGAIN, cacheable, resource } from '../http/resource.ts';
import { mainLocation, PublicOrganization, ServiceCard, serviceCard } from '../results/views.ts';
import { livingOrganization } from '../store/joined-organizations.ts';
import { findOrganization } from '../store/listings.ts';
import { redirectTo } from './services.ts';

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
    308: { description: 'It was joined into another organization, at the address in `location`.' },
    ...PROBLEM_RESPONSES,
  },
});

/** GET /organizations/{id} */
export const organizations = ({ db, now }: ApiContext) =>
  resource().openapi(route, (c) => {
    const { id } = c.req.valid('param');
    const living = livingOrganization(db, id);
    if (living !== id && (findOrganization(db, living)?.listings.length ?? 0) > 0)
      return redirectTo(c, new URL(c.req.url).pathname.replace(id, living));
    const found = findOrganization(db, id);
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
