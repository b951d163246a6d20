import { createRoute, z } from '@hono/zod-openapi';
import manifest from '../../package.json' with { type: 'json' };
import { BAD_REQUEST, PROBLEM_RESPONSES, problem } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { readStanding, type Standing } from '../operate/standing.ts';

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
              status: z
                .enum(['ok', 'attention'])
                .openapi({ description: 'Attention: it answers, and somebody has something to do.' }),
              attention: z.array(z.string()).openapi({ description: 'What that is, a sentence each.' }),
              version: z.string(),
              server: z.enum(['first', 'read_only']).openapi({
                description:
                  'Read only: it searches a copy, and whoever wants to change something is sent to the first.',
              }),
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
              meaning: z.object({
                state: z.enum(['on', 'off']).openapi({
                  description: 'Off: searches go by words alone, since the table of word vectors is not there.',
                }),
                improve: z.string().nullable().openapi({ description: 'How the operator gets it back.' }),
              }),
              database: z.literal('ok'),
              upkeep: z.object({
                state: z
                  .enum(['on', 'held'])
                  .openapi({ description: 'Held: the clock has jumped, and nothing is done that time brings.' }),
                why: z.string().nullable().openapi({ description: 'What is the matter with the clock.' }),
              }),
              mail: z.object({
                state: z.enum(['ok', 'stopped']).openapi({ description: 'Stopped: some has waited for over an hour.' }),
                waiting: z.int(),
                failed: z.int().openapi({ description: 'Mails that were given up.' }),
              }),
              feeds: z.object({ active: z.int(), failing: z.int() }),
              backup: z.object({
                state: z.enum(['off', 'ok', 'late']).openapi({ description: 'Off: this server makes none.' }),
                last: z.string().nullable().openapi({ description: 'When the last one was begun, ISO 8601, UTC.' }),
              }),
              disk: z.object({ state: z.enum(['ok', 'low', 'full']) }),
            })
            .openapi('Health'),
        },
      },
    },
    503: { ...PROBLEM_RESPONSES[404], description: 'The database does not answer.' },
    ...BAD_REQUEST,
  },
});

const NO_MEANING =
  'data/meaning/words.bin is missing or not whole. Put back the file that comes with the program, or run `npm run word-table`.';

/** GET /health */
export const health = (parts: ApiContext) =>
  resource().openapi(route, (c) => {
    const found = read(parts);
    if (found === null)
      return problem(c, 'service-unavailable', { detail: 'The database does not answer. Try again in a minute.' });
    const { waiting, mail, upkeep, backup, disk, attention } = found.standing;
    return c.json(
      {
        status: attention.length > 0 ? ('attention' as const) : ('ok' as const),
        attention,
        version: manifest.version,
        server: parts.settings.READ_ONLY === 1 ? ('read_only' as const) : ('first' as const),
        listings: parts.index.size,
        postcodes: found.postcodes,
        meaning: parts.index.knowsMeaning
          ? { state: 'on' as const, improve: null }
          : { state: 'off' as const, improve: NO_MEANING },
        database: 'ok' as const,
        upkeep: { state: upkeep === null ? ('on' as const) : ('held' as const), why: upkeep },
        mail: { state: mail, waiting: waiting.mails, failed: waiting.mails_failed },
        feeds: { active: waiting.feeds, failing: waiting.feeds_failing },
        backup: { state: backup.state, last: backup.last?.toISOString() ?? null },
        disk: { state: disk.state },
      },
      200,
      { 'cache-control': 'no-store' },
    );
  });

type Precision = ReturnType<ApiContext['geocoder']['precision']>;

/** How it stands, and how exactly postcodes are known, read from the file; null where the file does not answer. */
function read(parts: ApiContext): { standing: Standing; postcodes: Precision } | null {
  try {
    return { standing: readStanding(parts), postcodes: parts.geocoder.precision() };
  } catch {
    return null;
  }
}
