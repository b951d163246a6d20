import { createRoute, z } from '@hono/zod-openapi';
import { offeredCategories } from '../domain/identity.ts';
import { BAD_REQUEST } from '../http/problem.ts';
import { type ApiContext, cacheable, resource } from '../http/resource.ts';
import { templateCsv } from '../import/csv/template.ts';
import { readIdentity } from '../store/identity.ts';

const route = createRoute({
  method: 'get',
  path: '/services-template.csv',
  summary: 'An empty spreadsheet for sending many listings at once',
  description:
    'One row is one listing; /spreadsheet says what to write in each column. The row that begins with ‘Example: ’ is never taken in.',
  tags: ['Listings'],
  middleware: [cacheable] as const,
  request: { query: z.strictObject({}) },
  responses: {
    200: { description: 'CSV in UTF-8, with commas.', content: { 'text/csv': { schema: z.string() } } },
    ...BAD_REQUEST,
  },
});

/** GET /services-template.csv */
export const template = ({ db }: ApiContext) =>
  resource().openapi(route, (c) =>
    c.body(templateCsv(offeredCategories(readIdentity(db))), 200, {
      'cache-control': 'public, max-age=3600',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="listings.csv"',
    }),
  );
