import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { WriteLine } from '../runtime/faults.ts';

/**
 * The request log: one line a request, with the pattern of the route instead of its path, so that neither a query nor a
 * client nor a postcode can get into it.
 */

/**
 * Writes lines by the turn: those of requests that are answered together go out together, since each write to a pipe or a
 * terminal waits until it is done. What is left when the process ends goes out then.
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

/** Patterns that stand for everything, and so for nothing. */
const CATCH_ALLS = new Set(['*', '/*', '/api/*']);

/** The pattern that answered, from the table of routes: the last that matched, an exact one before one with a star. */
function routePattern(c: Context): string | undefined {
  const patterns = matchedRoutes(c).flatMap(({ path }) => (CATCH_ALLS.has(path) ? [] : [path]));
  return patterns.findLast((path) => !path.endsWith('*')) ?? patterns.at(-1);
}

/**
 * Logs each request: when it was answered (UTC, to the millisecond), method, pattern, status, milliseconds it took.
 * @param pagePattern the pattern of the page that answered, where no route of Hono did; undefined where none did
 */
export function requestLog(
  write: WriteLine,
  pagePattern: (c: Context) => string | undefined = () => undefined,
): MiddlewareHandler {
  return async function requestLog(c, next) {
    const started = performance.now();
    await next();
    const pattern = routePattern(c) ?? pagePattern(c) ?? '(unmatched)';
    const took = Math.round(performance.now() - started);
    write(`${new Date().toISOString()} ${c.req.method} ${pattern} ${c.res.status} ${took}ms`);
  };
}
