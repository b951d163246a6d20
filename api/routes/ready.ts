import { createRoute, z } from '@hono/zod-openapi';
import { BAD_REQUEST, PROBLEM_RESPONSES, problem } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { DISK_FULL, freeBytes } from '../operate/standing.ts';
import { lastRevision } from '../store/changes.ts';
import { canWrite } from '../store/standing.ts';

const route = createRoute({
  method: 'get',
  path: '/ready',
  summary: 'Whether this server can be sent requests, for load balancers',
  tags: ['About'],
  request: { query: z.strictObject({}) },
  responses: {
    200: {
      description:
        'It can: the database can be written, and there is room on the disk; a second server, which only reads, reads it.',
      content: { 'application/json': { schema: z.object({ ready: z.literal(true) }).openapi('Ready') } },
    },
    503: { ...PROBLEM_RESPONSES[404], description: 'It cannot, and why. Searching may still work.' },
    ...BAD_REQUEST,
  },
});

/** Milliseconds for which a look at the database counts: load balancers ask every second. */
const LOOKED_MS = 2_000;

/** GET /ready */
export function ready(parts: ApiContext) {
  let looked = { at: Number.NEGATIVE_INFINITY, why: null as string | null };
  return resource().openapi(route, (c) => {
    if (performance.now() - looked.at > LOOKED_MS) looked = { at: performance.now(), why: whyNot(parts) };
    return looked.why === null
      ? c.json({ ready: true as const }, 200, { 'cache-control': 'no-store' })
      : problem(c, 'service-unavailable', { detail: looked.why });
  });
}

/** Why nothing should be sent here, in a sentence; null where all is well. */
function whyNot({ db, now, settings }: ApiContext): string | null {
  try {
    if (settings.READ_ONLY === 1) {
      lastRevision(db);
      return null;
    }
    const free = freeBytes(db);
    if (free !== null && free < DISK_FULL) return 'There is no room left on the disk of the database.';
    if (!canWrite(db, now())) return 'The database cannot be written.';
    return null;
  } catch {
    return 'The database does not answer.';
  }
}
