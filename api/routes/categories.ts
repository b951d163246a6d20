import { createRoute, z } from '@hono/zod-openapi';
import { offeredCategories } from '../domain/identity.ts';
import { today } from '../domain/schedule.ts';
import { BAD_REQUEST } from '../http/problem.ts';
import { type ApiContext, CHECK_AGAIN, cacheable, resource } from '../http/resource.ts';
import { readIdentity } from '../store/identity.ts';

const Category = z
  .object({ code: z.string(), name: z.string(), count: z.int().openapi({ description: 'Listings in it.' }) })
  .openapi('Category');

const route = createRoute({
  method: 'get',
  path: '/categories',
  summary: 'The categories in their groups, with how many listings each has',
  description:
    'A code stands for its category; the code of a group stands for all in it. Those that the owners do not offer are left out.',
  tags: ['Listings'],
  middleware: [cacheable] as const,
  request: { query: z.strictObject({}) },
  responses: {
    200: {
      description: 'The groups.',
      content: {
        'application/json': {
          schema: z.array(z.object({ ...Category.shape, terms: z.array(Category) }).openapi('CategoryGroup')),
        },
      },
    },
    ...BAD_REQUEST,
  },
});

/** GET /categories */
export const categories = ({ db, index, now }: ApiContext) =>
  resource().openapi(route, (c) => {
    const counts = index.search({
      place: null,
      q: '',
      filters: {},
      reach: ['venue', 'area', 'remote'],
      radius_m: null,
      sort: null,
      page: 1,
      per_page: 1,
      today: today(now()),
    }).facets.category;
    const counted = ({ code, name }: { code: string; name: string }) => ({ code, name, count: counts[code] ?? 0 });
    return c.json(
      offeredCategories(readIdentity(db)).map((group) => ({ ...counted(group), terms: group.terms.map(counted) })),
      200,
      CHECK_AGAIN,
    );
  });
