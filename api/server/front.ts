import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import type { Api } from '../app.ts';
import { compressStreams } from '../http/compress-streams.ts';
import { toldOf } from '../http/fault.ts';
import { PROBLEMS, type ProblemCode, problem } from '../http/problem.ts';
import { bytesToSend, sendBytes, sendBytesMiddleware } from '../http/send-bytes.ts';
import type { Metrics } from '../operate/metrics.ts';
import { faultLines, type WriteLine } from '../runtime/faults.ts';
import { clientAddress, createHourlyLimiter, createRateLimiter } from '../runtime/limits.ts';
import type { Settings } from '../runtime/settings.ts';
import { costOf, makesHandout, wantsToWrite } from './costs.ts';
import { API_HEADERS, PREFLIGHT_HEADERS, pageHeaders } from './headers.ts';
import { keptAnswers, keptPattern } from './kept-answers.ts';
import { requestLog, writeTogether } from './request-log.ts';

/**
 * What every request passes through, in development as in production: log, headers, limits; then the API, tiles, files,
 * pages.
 */

/** Bytes. No form of the site and nothing in the API takes more, except for: */
const MOST_BYTES = 64 * 1024;
/** Bytes: a spreadsheet of about ten thousand listings, which only moderators may send, to one page. */
const MOST_BYTES_OF_FILE = 5 * 1024 * 1024;
const TAKE_FILES = ['/moderate/import', '/moderate/settings'];
/** Handouts of one client address in an hour: a hospital may share one. */
const HANDOUTS = 300;
/** Handouts in an hour in all: at seven kilobytes each, a fifth of a gigabyte a day at the most. */
const ALL_HANDOUTS = 1200;
const BUILT_FILES = join(import.meta.dirname, '../../dist/client');

type Env = { Bindings: Partial<HttpBindings> };

export interface FrontOptions {
  settings: Settings;
  api: Api;
  tiles: Hono | null;
  /** Counts requests, and is read at /metrics. */
  metrics?: Metrics;
  /** The state of the directory: the same text for as long as nothing changes in it. Without it no answer is kept. */
  version?: () => string;
  /** For the log, and for how long an answer is kept. */
  now: () => Date;
  /** Draws the pages; null where the site is not built. */
  pages: MiddlewareHandler | null;
  /** The pattern of the page that answered, for the log. */
  pagePattern?: (c: Context) => string | undefined;
  /** Whether the one who asks may send a file. */
  maySendFile?: (c: Context) => boolean;
  /** Whether the files of dist/client are served from here; the development server has its own. */
  files: boolean;
  development: boolean;
  /** How often a client may ask, where that is counted beside this application. */
  limiter?: { take(client: string, cost: number): number | Promise<number> };
  /** Awaited before an answer goes: until whoever is asked next has seen what it changed. */
  beforeAnswer?: () => Promise<void>;
  write?: WriteLine;
  /** Told of faults inside. */
  report?: WriteLine;
}

/** Makes the application behind the server, the development server and the tests. */
export function createFront(options: FrontOptions): Hono<Env> {
  const { settings, metrics, now, write = writeTogether(console.log), report = console.error } = options;
  const { MAP_TILES_URL, EMBED_HOSTS } = settings;
  const forPages = Object.entries(pageHeaders(MAP_TILES_URL, options.development));
  const forFrames = Object.entries(pageHeaders(MAP_TILES_URL, options.development, EMBED_HOSTS));
  const forApi = Object.entries(API_HEADERS);
  const { limiter = createRateLimiter(settings.RATE_LIMIT) } = options;
  const handouts = createHourlyLimiter(HANDOUTS);
  const allHandouts = createHourlyLimiter(ALL_HANDOUTS);
  const front = new Hono<Env>();

  const { pagePattern = () => undefined } = options;
  front.use(requestLog(write, now, (c) => keptPattern(c) ?? pagePattern(c), metrics?.observe));
  front.use(sendBytesMiddleware);
  const { beforeAnswer } = options;
  if (beforeAnswer)
    front.use(async function seenByAll(_c, next) {
      await next();
      await beforeAnswer();
    });
  front.use(async function headers(c, next) {
    await next();
    const own = isApi(c) ? forApi : isFramed(c) ? forFrames : forPages;
    for (const [name, value] of own) c.res.headers.set(name, value);
    // A page says what was found for a place, so only the one who asked may keep it.
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  });
  front.use(compressStreams);
  if (options.files) serveFiles(front);
  front.use(async function rateLimit(c, next) {
    const connection = c.env?.incoming?.socket.remoteAddress;
    if (connection === undefined) return next();
    const client = clientAddress(connection, c.req.header('x-forwarded-for'), settings.TRUST_PROXY);
    // A client that has few tokens in all may have one list at a time all the same.
    const cost = Math.min(costOf(c.req.method, c.req.path, new URL(c.req.url).searchParams), settings.RATE_LIMIT);
    const wait = await limiter.take(client, cost);
    const most = cost > 1 ? 'what may be asked for in a minute' : `${settings.RATE_LIMIT} requests in a minute`;
    if (wait > 0) return tooMany(c, `That was more than ${most}.`, wait);
    if (settings.RATE_LIMIT === 0 || !makesHandout(c.req.method, c.req.path)) return next();
    const later = handouts.take(client) || allHandouts.take('everybody');
    if (later > 0) return tooMany(c, 'That was more handouts than are made in an hour.', later);
    return next();
  });
  front.use(async function bodyLimit(c, next) {
    const file = c.req.method === 'POST' && TAKE_FILES.includes(c.req.path) && options.maySendFile?.(c) === true;
    const most = file ? MOST_BYTES_OF_FILE : MOST_BYTES;
    const size = await measure(c, most);
    if (size === 'fits') return next();
    // The client has gone, or does not speak HTTP: nobody reads an answer, and it is no fault of ours.
    if (size === 'cut short') return c.body(null, 400);
    return refuse(c, 'content-too-large', `Send at most ${most / 1024} kilobytes.`);
  });

  const { FIRST_SERVER: first } = settings;
  if (settings.READ_ONLY === 1 && first)
    front.use(async function toFirstServer(c, next) {
      if (!wantsToWrite(c.req.method, c.req.path)) return next();
      if (c.req.method === 'GET' || c.req.method === 'HEAD')
        return c.redirect(`${first}${c.req.path}${new URL(c.req.url).search}`, 307);
      return refuse(c, 'read-only', `Changes are taken at ${first}: do it there. Nothing was changed.`);
    });

  const { version } = options;
  if (version) front.use(keptAnswers({ version, now, pagePattern }));
  front.options('*', (c, next) => (isApi(c) ? c.body(null, 204, { ...PREFLIGHT_HEADERS }) : next()));
  front.route('/', options.api);
  if (options.tiles) front.route('/', options.tiles);
  if (metrics)
    front.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }));
  const { pages } = options;
  if (pages) front.use(readOrForm, drawnWhole(pages));
  else
    front.all('*', (c) => problem(c, 'not-found', { detail: 'Only the API is served here: the site is not built.' }));
  front.onError((error, c) => {
    report(faultLines(error));
    const { code, detail } = toldOf(error, 'This is our mistake, not yours. Try again in a minute.');
    return refuse(c, code, detail);
  });
  return front;
}

const isApi = ({ req: { path } }: Context): boolean => path.startsWith('/api/') || path.startsWith('/fhir/');

/** What stands in pages of other sites: the search in its frame, and the script that puts it there. */
const isFramed = ({ req: { path } }: Context): boolean => /^\/embed(?:\.js|\/)?$/.test(path);

/**
 * Whether the body is small enough, and whole. A body of unknown length is read first, and put back as a new request.
 * (Hono's own middleware copies the request, which cannot be done with that of @hono/node-server.)
 */
async function measure(c: Context, most: number): Promise<'fits' | 'too large' | 'cut short'> {
  const length = c.req.header('content-length');
  if (length !== undefined) return Number(length) <= most ? 'fits' : 'too large';
  if (c.req.header('transfer-encoding') === undefined || c.req.raw.body === null) return 'fits';
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of c.req.raw.body) {
      size += part.length;
      if (size > most) return 'too large';
      parts.push(part);
    }
  } catch {
    return 'cut short';
  }
  const { method, headers } = c.req.raw;
  c.req.raw = new Request(c.req.url, { method, headers, body: Buffer.concat(parts) });
  return 'fits';
}

/** A page is read, or is sent a form; anything else is turned away before it. */
const readOrForm: MiddlewareHandler = async (c, next) => {
  const { method } = c.req;
  if (method === 'GET' || method === 'HEAD') return next();
  if (method !== 'POST')
    return refuse(c, 'method-not-allowed', 'Pages can be read, and some take a form.', { allow: 'GET, HEAD, POST' });
  const type = c.req.header('content-type');
  if (!type || /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return next();
  return refuse(c, 'unsupported-media-type', 'Send a form, as the pages do. Programs use the API: /api/v1/docs.');
};

/**
 * Draws a page to its end before any of it is sent: else a fault half-way would follow a head that already says 200.
 */
const drawnWhole =
  (pages: MiddlewareHandler): MiddlewareHandler =>
  async (c, next) => {
    const response = (await pages(c, next)) ?? c.res;
    if (bytesToSend(c) !== null || !response.headers.get('content-type')?.startsWith('text/html')) return response;
    return sendBytes(c, new Uint8Array(await response.arrayBuffer()), response);
  };

const tooMany = (c: Context, detail: string, wait: number): Response =>
  refuse(c, 'too-many-requests', `${detail} Wait ${wait} seconds, then go on more slowly.`, {
    'retry-after': String(wait),
  });

/** A refusal before any page or route: a problem for programs, a few plain words for people. */
function refuse(c: Context, code: ProblemCode, detail: string, headers: Record<string, string> = {}): Response {
  if (isApi(c) || c.req.path.startsWith('/tiles/')) return problem(c, code, { detail }, headers);
  const { status, title } = PROBLEMS[code];
  const page = html`<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title></head><body><main><h1>${title}</h1><p>${detail}</p><p><a href="/">Go to the start</a></p></main></body></html>`;
  return c.html(page, status, headers) as Response;
}

/** Files of the built site: those under assets/ carry a hash of their content in the name, so they never change. */
function serveFiles(front: Hono<Env>): void {
  const file = serveStatic<Env>({ root: BUILT_FILES });
  const serve: MiddlewareHandler<Env> = async (c, next) => {
    const response = await file(c, next);
    const kept = c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
    // A request for no file goes on to the pages, and there is no response of `file` for it.
    if (response instanceof Response) response.headers.set('cache-control', kept);
    return response;
  };
  for (const entry of readdirSync(BUILT_FILES, { withFileTypes: true }))
    front.use(entry.isDirectory() ? `/${entry.name}/*` : `/${entry.name}`, serve);
}
