import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { WriteLine } from '../runtime/faults.ts';

/**
 * The request log: one line for each request, with the pattern of the route instead of its path, so that no query,
 * client or postcode can get into it.
 */

/**
 * Writes the lines of one turn of the event loop together, since each write to a pipe or a terminal holds up the
 * process. What is left at the end of the process is written then.
 */
export function writeTogether(write: WriteLine): WriteLine {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) write(lines.join('\n'));
    lines = [];
  };
  process.once('exit', flush);
  return (line) => {
    if (lines.push(line) === 1) setImmediate(flush);
  };
}

/** Patterns that match everything, and so say nothing. */
const CATCH_ALLS = new Set(['*', '/*', '/api/*', '/fhir/R4/*']);

/** The pattern of the route that answered: the last that matched, an exact one before one with a star. */
function routePattern(c: Context): string | undefined {
  const patterns = matchedRoutes(c).flatMap(({ path }) => (CATCH_ALLS.has(path) ? [] : [path]));
  return patterns.findLast((path) => !path.endsWith('*')) ?? patterns.at(-1);
}

/**
 * Logs each request: when it was answered (UTC, to the millisecond), method, pattern, status, milliseconds it took.
 * @param now the moment at which it was answered
 * @param pagePattern the pattern of the page that answered, where no route of Hono did; undefined where none did
 * @param observe told the same, to be counted; the time in seconds
 */
export function requestLog(
  write: WriteLine,
  now: () => Date,
  pagePattern: (c: Context) => string | undefined = () => undefined,
  observe: (method: string, pattern: string, status: number, seconds: number) => void = () => undefined,
): MiddlewareHandler {
  return async function requestLog(c, next) {
    const started = performance.now();
    await next();
    const pattern = routePattern(c) ?? pagePattern(c) ?? '(unmatched)';
    const took = performance.now() - started;
    write(`${now().toISOString()} ${c.req.method} ${pattern} ${c.res.status} ${Math.round(took)}ms`);
    observe(c.req.method, pattern, c.res.status, took / 1000);
  };
}
