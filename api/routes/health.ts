import { createRoute, z } from '@hono/zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import { clockWords } from '../domain/clock.ts';
import { BAD_REQUEST, PROBLEM_RESPONSES, problem } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { clockStanding } from '../store/clock.ts';

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
                postcodes: z
                  .int()
                  .openapi({ description: 'Postcodes in use in the table; 0 where it has sectors alone.' }),
                sectors: z.int().openapi({
                  description: 'Built-in postcode sectors, which serve where the table has no postcode.',
                }),
                source: z.string(),
                improve: z.string().nullable().openapi({ description: 'How the operator makes it more exact.' }),
              }),
              database: z.literal('ok'),
              upkeep: z.object({
                state: z
                  .enum(['on', 'held'])
                  .openapi({ description: 'Held: the clock has jumped, and nothing is done that time brings.' }),
                why: z.string().nullable().openapi({ description: 'What is the matter with the clock.' }),
              }),
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
export const health = (parts: ApiContext) =>
  resource().openapi(route, (c) => {
    const postcodes = readPrecision(parts);
    if (postcodes === null)
      return problem(c, 'service-unavailable', { detail: 'The database does not answer. Try again in a minute.' });
    const now = parts.now();
    const why = clockWords(clockStanding(parts.db, now), now);
    return c.json(
      {
        status: 'ok' as const,
        version: manifest.version,
        listings: parts.index.size,
        postcodes,
        database: 'ok' as const,
        upkeep: { state: why === null ? ('on' as const) : ('held' as const), why },
      },
      200,
      { 'cache-control': 'no-store' },
    );
  });

/** How exactly postcodes are known, read from the file; null where the file does not answer. */
function readPrecision({ db, geocoder }: ApiContext): ReturnType<ApiContext['geocoder']['precision']> | null {
  try {
    // SQLite would answer a statement without a table without looking at the file.
    db.prepare('SELECT name FROM setting LIMIT 1').get();
    return geocoder.precision();
  } catch {
    return null;
  }
}
