import { hash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { CompressedOnce } from '../http/compression.ts';
import { bytesToSend, sendBytes } from '../http/send-bytes.ts';

/**
 * Keeps answers that are the same for everybody, whole and compressed, until anything changes.
 *
 * An answer qualifies where it says `cache-control: public`, and has an ETag or is a page. One that holds a place,
 * words, a form or a session never says so. Any write to the directory, whatever it is, drops all that is kept. So does
 * every new minute, since sessions begin and days end on whole minutes.
 */

/** Bytes of answers before they are compressed, which adds a third. */
const MOST_BYTES = 24e6;
/** The only parameters of an address that is kept: of any others a client could make up as many as it likes. */
const PARAMETERS = new Set(['page', 'edition']);
const LONGEST_ADDRESS = 300;
const SCHEMES = new Set(['http', 'https']);
const MINUTE_MS = 60_000;
/** What is made whole before it leaves. Lists of everything are streams, in other types, and are too long to be held. */
const WHOLE = /^(?:text\/html|application\/json|image\/svg\+xml)\b/;
interface Kept {
  bytes: CompressedOnce;
  /** Its own headers; those of every answer are added when it is sent again. */
  headers: Record<string, string>;
  etag: string;
  /** The pattern of the page, for the log. */
  pattern: string | undefined;
}

export interface KeptAnswersOptions {
  /** The same text for as long as nothing changes in the directory. */
  version: () => string;
  now: () => Date;
  /** The pattern of the page that answered, for the log. */
  pagePattern: (c: Context) => string | undefined;
}

const patterns = new WeakMap<Context, string>();

/** The pattern of the page that was answered with what was kept of it. */
export const keptPattern = (c: Context): string | undefined => patterns.get(c);

/** Whether what is asked could be the same for everybody. */
function isForAnybody(c: Context): boolean {
  const { method, url } = c.req;
  if (method !== 'GET' && method !== 'HEAD') return false;
  // A moderator sees more. Any other cookie is not ours; whoever sends one is answered anew all the same.
  if (c.req.header('cookie') !== undefined || c.req.header('authorization') !== undefined) return false;
  // Links in some answers name the scheme that a proxy tells.
  if (c.req.header('x-forwarded-proto') !== undefined && !SCHEMES.has(c.req.header('x-forwarded-proto') ?? ''))
    return false;
  if (url.length > LONGEST_ADDRESS) return false;
  const query = url.indexOf('?');
  return query < 0 || [...new URLSearchParams(url.slice(query)).keys()].every((name) => PARAMETERS.has(name));
}

const isPage = (headers: Headers): boolean => headers.get('content-type')?.startsWith('text/html') === true;

/** Whether an answer says that everybody may have it, and is whole. */
const saysPublic = ({ status, headers }: Response): boolean =>
  status === 200 &&
  headers.get('cache-control')?.startsWith('public') === true &&
  WHOLE.test(headers.get('content-type') ?? '') &&
  (headers.has('etag') || isPage(headers)) &&
  !headers.has('set-cookie') &&
  !headers.has('vary');

const has = (tags: string | undefined, etag: string): boolean => {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return tags !== undefined && (tags.trim() === '*' || tags.split(',').some((tag) => bare(tag) === bare(etag)));
};

/** Answers with what is kept, and keeps what may be. It belongs right before the routes. */
export function keptAnswers({ version, now, pagePattern }: KeptAnswersOptions): MiddlewareHandler {
  let kept = new Map<string, Kept>();
  let size = 0;
  let state: string | null = null;

  /**
   * What an answer depends on besides its address; null on the stroke of a minute, which belongs to the minutes on both
   * sides.
   */
  const stateNow = (): string | null => {
    const moment = now().getTime();
    return moment % MINUTE_MS === 0 ? null : `${version()} ${Math.floor(moment / MINUTE_MS)}`;
  };

  const answer = (c: Context, { bytes, headers, etag, pattern }: Kept): Response => {
    if (pattern !== undefined) patterns.set(c, pattern);
    if (has(c.req.header('if-none-match'), etag))
      return new Response(null, { status: 304, headers: withoutBody(headers) });
    return sendBytes(c, bytes.bytes, { headers }, undefined, (coding) => bytes.as(coding));
  };

  return async function keptAnswers(c, next) {
    if (!isForAnybody(c)) return next();
    const before = stateNow();
    if (before !== state) {
      kept = new Map();
      size = 0;
      state = before;
    }
    const address = `${c.req.header('x-forwarded-proto') ?? ''} ${c.req.url}`;
    const known = before === null ? undefined : kept.get(address);
    if (known) return answer(c, known);
    await next();
    if (!saysPublic(c.res)) return;
    const { headers: said } = c.res;
    const bytes = bytesToSend(c) ?? new Uint8Array(await c.res.arrayBuffer());
    const etag = said.get('etag') ?? `W/"${hash('sha1', bytes, 'base64url')}"`;
    const headers = Object.fromEntries([...said].filter(([name]) => name !== 'content-length'));
    const fresh: Kept = {
      bytes: new CompressedOnce(bytes),
      headers: { ...headers, etag },
      etag,
      pattern: pagePattern(c),
    };
    // Something may have changed while it was made, and it may show half of that.
    if (before !== null && before === stateNow() && before === state && size + bytes.byteLength <= MOST_BYTES) {
      kept.set(address, fresh);
      size += bytes.byteLength;
    }
    const response = answer(c, fresh);
    // Taken out first: else Hono copies the headers of the old answer into the new one.
    c.res = undefined;
    c.res = response;
  };
}

/** The headers of 304: all but those of the body that is not sent. */
function withoutBody({ 'content-type': _, 'content-disposition': __, ...headers }: Record<string, string>) {
  return { ...headers, vary: 'Accept-Encoding' };
}
