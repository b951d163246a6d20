import { createRoute, z } from '@hono/zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import { BAD_REQUEST, PROBLEM_RESPONSES, problem } from '../problem.ts';
import { type Parts, resource } from './parts.ts';

const route = createRoute({
  method: 'get',
  path: '/health',
  summary: 'Whether the directory is well, and how exactly it knows postcodes',
  tags: ['About'],
  request: { query: z.strictObject({}) },
  responses: {
    200: {
      description: 'It answers.',
      content: {
        'application/json': {
          schema: z
            .object({
              status: z.literal('ok'),
              version: z.string(),
              listings: z.int(),
              postcodes: z.object({
                table: z.enum(['postcodes', 'sectors']),
                postcodes: z.int(),
                source: z.string(),
                improve: z.string().nullable().openapi({ description: 'How the operator makes it more exact.' }),
              }),
              database: z.literal('ok'),
            })
            .openapi('Health'),
        },
      },
    },
    503: { ...PROBLEM_RESPONSES[404], description: 'The database does not answer.' },
    ...BAD_REQUEST,
  },
});

/** GET /health */
export const health = ({ db, index, geocoder }: Parts) =>
  resource().openapi(route, (c) => {
    if (!answers(db))
      return problem(c, 'service-unavailable', { detail: 'The database does not answer. Try again in a minute.' });
    return c.json(
      {
        status: 'ok' as const,
        version: manifest.version,
        listings: index.size,
        postcodes: geocoder.precision(),
        database: 'ok' as const,
      },
      200,
      { 'cache-control': 'no-store' },
    );
  });

function answers(db: Parts['db']): boolean {
  try {
    return db.prepare('SELECT 1').pluck().get() === 1;
  } catch {
    return false;
  }
}
