import ky, { HTTPError, TimeoutError } from 'ky';
import { decodeFeed } from '../encoding/decode.ts';
import { ClosedAddressError, type GuardOptions, guardedFetch } from './guard.ts';

/** Asks a feed, politely: few requests at a time, later after a failure, never more than can be held. */

/** What a feed answered cannot be used; the message is for people. */
export class FeedError extends Error {
  /** Of the answer, where it was one of HTTP that says so. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.name = 'FeedError';
    this.status = status;
  }
}

export interface ClientOptions extends GuardOptions {
  /** Milliseconds until a server must have begun to answer. */
  patience: number;
  /** Milliseconds that an answer may take as a whole. */
  longest: number;
  /** Milliseconds before the first further attempt; each later one waits twice as long. */
  backoff: number;
  /** Further attempts. */
  attempts: number;
  signal: AbortSignal;
  /** Told how many bytes of pages have come, unzipped. */
  onBytes(count: number): void;
}

export const CLIENT_DEFAULTS: Omit<ClientOptions, 'allowPrivate' | 'signal'> = {
  onBytes: () => {},
  stall: 20_000,
  patience: 30_000,
  longest: 120_000,
  backoff: 1000,
  attempts: 3,
};

/** Bytes of one page of a list, or of one record. */
const MOST_BYTES = 24 * 1024 * 1024;
/** Milliseconds: the longest wait that a server may ask for. */
const LONGEST_REST = 60_000;

export interface Page {
  status: number;
  headers: Headers;
  body: unknown;
  /** Something to say about how it was written, or null. */
  note: string | null;
}

export interface FeedClient {
  /**
   * The JSON at an address.
   * @throws FeedError where there is none to be had
   */
  json(url: string, headers?: Record<string, string>): Promise<Page>;
  /**
   * An answer as it comes, with 304 among the answers.
   * @throws FeedError where there is none to be had
   */
  open(url: string, headers?: Record<string, string>): Promise<Response>;
  /** Counts bytes of an open answer as they are unzipped. */
  onBytes(count: number): void;
}

/** Makes a client whose requests go through the guard. */
export function createClient(options: ClientOptions): FeedClient {
  const guarded = guardedFetch(options);
  const client = ky.create({
    fetch: (input, init) => guarded(new Request(input, init)),
    signal: options.signal,
    timeout: options.patience,
    retry: {
      limit: options.attempts,
      statusCodes: [408, 429, 500, 502, 503, 504],
      afterStatusCodes: [429, 503],
      maxRetryAfter: LONGEST_REST,
      retryOnTimeout: true,
      delay: (attempt) => options.backoff * 2 ** (attempt - 1),
      shouldRetry: ({ error }) =>
        error instanceof HTTPError || error instanceof TimeoutError ? undefined : !isFinal(error),
    },
    throwHttpErrors: (status) => status !== 304,
    headers: { accept: 'application/json, application/x-ndjson;q=0.9', 'user-agent': 'Signpost (community directory)' },
    referrerPolicy: 'no-referrer',
  });
  const isFinal = (error: Error): boolean => closedBy(error) !== null || options.signal.aborted;

  async function open(url: string, headers: Record<string, string> = {}): Promise<Response> {
    try {
      return await client.get(url, { headers });
    } catch (error) {
      throw asFeedError(error, url, options);
    }
  }

  async function json(url: string, headers?: Record<string, string>): Promise<Page> {
    for (let attempt = 0; ; attempt++) {
      const answer = await open(url, headers);
      try {
        const bytes = await readWhole(answer, options.longest);
        options.onBytes(bytes.length);
        const charset = /charset=["']?([\w-]+)/i.exec(answer.headers.get('content-type') ?? '')?.[1] ?? null;
        const { text, note } = decodeFeed(bytes, charset);
        const body = answer.status === 304 ? null : parseJson(text);
        return { status: answer.status, headers: answer.headers, body, note };
      } catch (error) {
        // An answer that broke off may come whole the next time; one that is too large will not get smaller.
        if (attempt >= 1 || options.signal.aborted || error instanceof TooLargeError)
          throw asFeedError(error, url, options);
      }
    }
  }
  return { json, open, onBytes: options.onBytes };
}

class TooLargeError extends FeedError {}

async function readWhole(answer: Response, longest: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  if (answer.body === null) return new Uint8Array();
  const reader = answer.body.getReader();
  const late = setTimeout(() => reader.cancel(new FeedError('it was not done in time')), longest);
  const until = performance.now() + longest;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (performance.now() >= until)
        throw new FeedError(`the answer was not whole within ${Math.round(longest / 1000)} seconds`);
      if (done) return Buffer.concat(parts);
      size += value.length;
      if (size > MOST_BYTES) throw new TooLargeError(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MB`);
      parts.push(value);
    }
  } finally {
    clearTimeout(late);
    await reader.cancel().catch(() => undefined);
  }
}

/** The value of a JSON text. @throws FeedError that says where it ends to be JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const start = text.trimStart().slice(0, 1);
    if (start === '<') throw new FeedError('a web page was answered, and no data');
    if (start === '') throw new FeedError('the answer was empty');
    const broken = /end of JSON|Unterminated|Expected/i.test((error as Error).message);
    throw new FeedError(broken ? 'the JSON is not whole: it breaks off or holds a mistake' : 'the answer is no JSON');
  }
}

const closedBy = (error: unknown): ClosedAddressError | null => {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ClosedAddressError) return cause;
  return null;
};

/** In words for people, without the query of an address, which may hold a key. */
function asFeedError(error: unknown, url: string, { patience, signal }: ClientOptions): Error {
  if (signal.aborted) return signal.reason instanceof Error ? signal.reason : new FeedError('It was stopped.');
  const closed = closedBy(error);
  if (closed) return new FeedError(closed.message);
  const { origin, pathname } = new URL(url);
  const where = `${origin}${pathname}`;
  const why = whyOf(error, patience);
  const status = error instanceof HTTPError ? error.response.status : undefined;
  return new FeedError(`${where} could not be read: ${why}.`, status);
}

function whyOf(error: unknown, patience: number): string {
  if (error instanceof HTTPError) return `it answered ${error.response.status}`;
  if (error instanceof TimeoutError) return `no answer within ${Math.round(patience / 1000)} seconds`;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof FeedError) return cause.message;
    if ('code' in cause && typeof cause.code === 'string') return `the connection failed (${cause.code})`;
    if (!(cause.cause instanceof Error)) return cause.message;
  }
  return 'the connection failed';
}
