import { createHmac, randomBytes } from 'node:crypto';
import ky from 'ky';
import { z } from 'zod';

/**
 * A client for postcodes.io, asked only where the operator has set POSTCODES_IO_URL, since it sends the postcode away.
 * It answers 404 for an unknown, a withdrawn and a malformed postcode alike, so that the body decides.
 */

const point = { latitude: z.number().nullable(), longitude: z.number().nullable() };

const Found = z.object({
  status: z.literal(200),
  result: z.object({
    ...point,
    codes: z.object({ admin_district: z.string().nullable(), admin_ward: z.string().nullable() }),
  }),
});
const Missing = z.object({
  status: z.literal(404),
  error: z.string(),
  terminated: z.object({ ...point, year_terminated: z.number(), month_terminated: z.number() }).optional(),
});

export type PostcodesIoAnswer =
  /** Latitude and longitude are null where the postcode has no point. */
  | { kind: 'live'; latitude: number | null; longitude: number | null; district: string | null; ward: string | null }
  | { kind: 'withdrawn'; latitude: number | null; longitude: number | null; since: string }
  | { kind: 'unknown' }
  /** No answer that can be understood: nothing is known. */
  | { kind: 'failed' };

export interface PostcodesIo {
  /** Never throws: whatever goes wrong is 'failed'. Errors are not passed on, since they would contain the postcode. */
  ask: (postcode: string) => Promise<PostcodesIoAnswer>;
  /** Answers remembered. */
  readonly size: number;
}

export interface PostcodesIoOptions {
  /** Milliseconds that one attempt may take. */
  timeout?: number;
  /** Milliseconds before the first further attempt; the second waits twice as long. */
  backoff?: number;
  /** Milliseconds for which an answer is remembered, in this process only. */
  remember?: number;
  /** How many answers are. */
  most?: number;
  /** Milliseconds for which nothing is asked after a failure, so that its waits are not added to every search. */
  rest?: number;
  now?: () => number;
}

/** @param url where postcodes.io is, such as https://api.postcodes.io */
export function createPostcodesIo(url: string, options: PostcodesIoOptions = {}): PostcodesIo {
  const { timeout = 1500, backoff = 200, remember = 600_000, most = 500, rest = 30_000, now = Date.now } = options;
  const client = ky.create({
    timeout,
    retry: {
      limit: 2,
      retryOnTimeout: true,
      delay: (attempt) => backoff * 2 ** (attempt - 1),
      // A server that asks for an hour's patience is treated as one that does not answer.
      afterStatusCodes: [],
    },
    throwHttpErrors: (status) => status !== 404,
    headers: { accept: 'application/json' },
    referrerPolicy: 'no-referrer',
  });
  const base = url.replace(/(?<!\/)\/+$/, '');
  const salt = randomBytes(32);
  /** By a salted hash of the postcode, in the order in which they expire. */
  const memory = new Map<string, { answer: PostcodesIoAnswer; until: number }>();
  let restingUntil = 0;
  let sweeping: NodeJS.Timeout | undefined;

  const keyOf = (postcode: string) => createHmac('sha256', salt).update(postcode).digest('base64');

  /** Forgets what has expired, and runs again when the next answer does, so that nothing stays because nobody asks. */
  function forget(): void {
    clearTimeout(sweeping);
    const at = now();
    for (const [key, { until }] of memory) {
      if (until > at) {
        sweeping = setTimeout(forget, until - at).unref();
        return;
      }
      memory.delete(key);
    }
  }

  return {
    async ask(postcode) {
      forget();
      const key = keyOf(postcode);
      const remembered = memory.get(key);
      if (remembered) return remembered.answer;
      if (now() < restingUntil) return { kind: 'failed' };
      const answer = await request(postcode);
      if (answer.kind === 'failed') {
        restingUntil = now() + rest;
        return answer;
      }
      // A Map keeps the order of insertion: the first is the oldest.
      memory.delete(key);
      memory.set(key, { answer, until: now() + remember });
      if (memory.size > most) memory.delete(memory.keys().next().value as string);
      forget();
      return answer;
    },
    get size() {
      return memory.size;
    },
  };

  async function request(postcode: string): Promise<PostcodesIoAnswer> {
    try {
      return understood(await client.get(`${base}/postcodes/${encodeURIComponent(postcode)}`).json());
    } catch {
      return { kind: 'failed' };
    }
  }
}

function understood(body: unknown): PostcodesIoAnswer {
  const found = Found.safeParse(body);
  if (found.success) {
    const { latitude, longitude, codes } = found.data.result;
    return { kind: 'live', ...pointIn(latitude, longitude), district: codes.admin_district, ward: codes.admin_ward };
  }
  const missing = Missing.safeParse(body);
  if (!missing.success) return { kind: 'failed' };
  const { terminated } = missing.data;
  if (!terminated) return { kind: 'unknown' };
  const since = `${terminated.year_terminated}-${String(terminated.month_terminated).padStart(2, '0')}`;
  return { kind: 'withdrawn', ...pointIn(terminated.latitude, terminated.longitude), since };
}

/** Both or neither, and never 0,0, which is in the sea off Africa. */
const pointIn = (latitude: number | null, longitude: number | null) =>
  latitude === null || longitude === null || (latitude === 0 && longitude === 0)
    ? { latitude: null, longitude: null }
    : { latitude, longitude };
