import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';

/**
 * The request log: one line a request, with the pattern of the route instead of its path, so that neither a query nor a
 * client nor a postcode can get into it.
 */

/** Takes one line, without its end. */
export type WriteLine = (line: string) => void;

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

/** A line of a stack that names a place in a program: 'at name (file:///…:12:7)'. */
const FRAME = /^\s+at .*(?::\d+:\d+\)?|\(<anonymous>\)|\(native\))$/;

/**
 * What went wrong inside, for the operator: the kind of the error and where it arose. Its message stays out, since it may
 * hold what somebody typed (a failed request's message holds its address, and so a postcode).
 * @param error what was thrown, or the text of its stack where nothing else is left of it
 */
export function faultLines(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '').replace(error.message, '') : error;
  if (typeof stack !== 'string') return 'A fault that is no error was thrown.';
  const name = error instanceof Error ? error.name : (/^[A-Z]\w{0,40}/.exec(stack)?.[0] ?? 'A fault');
  const code =
    error instanceof Error && 'code' in error ? /^[A-Z][A-Z_]{2,60}$/.exec(String(error.code))?.[0] : undefined;
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  return [`${code === undefined ? name : `${name} (${code})`} inside:`, ...frames.slice(0, 12)].join('\n');
}
