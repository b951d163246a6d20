import { createHmac, randomBytes } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

/**
 * How often one client may ask: each has a bucket of tokens that fills steadily and holds one minute's worth, so that a
 * burst of quick searches passes and a flood does not. It is our own because the libraries for it keep the client's
 * address, or any number of clients. This one keeps a salted hash for as long as it limits anybody, and a bounded
 * number of them.
 */

/** How long an empty bucket takes to fill, whatever its size. A full one says no more than a new one. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** So many buckets are kept; the longest unused goes first. 20,000 take about 4 MB. */
const MOST_CLIENTS = 20_000;

export interface RateLimiter {
  /**
   * Takes from a client's bucket.
   * @param client its network address
   * @param cost tokens; 1 for an ordinary request
   * @returns 0 where the request may pass, else the whole seconds after which it may
   */
  take(client: string, cost?: number): number;
  /** Clients remembered. */
  readonly size: number;
}

/** An IPv6 customer has at least a /64, so that counts as one client, however its address is written. */
function clientKey(address: string): string {
  const bare = address.replace(/%.*/s, '');
  if (!isIPv6(bare)) return bare;
  // The way in which the URL standard writes an address: small letters, no leading zeros, '::' for the longest run of
  // zeros.
  const plain = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(plain) ?? [];
  if (high !== undefined && low !== undefined) {
    const bytes = [high, low].flatMap((half) => [Number.parseInt(half, 16) >> 8, Number.parseInt(half, 16) & 255]);
    return bytes.join('.');
  }
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  if (tail !== undefined) while (groups.length + rest.length < 8) groups.push('0');
  return [...groups, ...rest].slice(0, 4).join(':');
}

/**
 * Makes a limiter.
 * @param tokens that a client has in a minute; 0: no limit
 * @param now milliseconds, never running backwards
 */
export function createRateLimiter(tokens: number, now: () => number = () => performance.now()): RateLimiter {
  return limiterOver(MINUTE_MS, tokens, now);
}

/** The same for what may be done less often: so many tokens in an hour. */
export const createHourlyLimiter = (tokens: number, now: () => number = () => performance.now()): RateLimiter =>
  limiterOver(HOUR_MS, tokens, now);

function limiterOver(fullAgainMs: number, most: number, now: () => number): RateLimiter {
  const salt = randomBytes(32);
  const perMs = most / fullAgainMs;
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    take(client, cost = 1) {
      if (most === 0) return 0;
      const key = createHmac('sha256', salt).update(clientKey(client)).digest('base64').slice(0, 22);
      const at = now();
      // Buckets are in the order of last use: all behind the first that is still filling are filling too.
      for (const [idle, bucket] of buckets) {
        if (at - bucket.at < fullAgainMs) break;
        buckets.delete(idle);
      }
      const old = buckets.get(key);
      const tokens = old ? Math.min(most, old.tokens + (at - old.at) * perMs) : most;
      const allowed = tokens >= cost;
      // Deleted and set again, so that the map stays in the order of last use.
      buckets.delete(key);
      buckets.set(key, { tokens: allowed ? tokens - cost : tokens, at });
      if (buckets.size > MOST_CLIENTS) buckets.delete(buckets.keys().next().value ?? '');
      return allowed ? 0 : Math.max(1, Math.ceil((cost - tokens) / perMs / 1000));
    },
    get size() {
      return buckets.size;
    },
  };
}

/** The bare address of how proxies write it, '203.0.113.1:4711' or '[2001:db8::1]:443'. */
const bareAddress = (written: string): string =>
  written
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');

/**
 * The address of the client: the connection's, or, behind proxies, the one that the outermost trusted proxy saw. Where
 * the header has fewer addresses than there are proxies, or none at that place, the request did not come through all of
 * them. Anybody may have made the header up then, and the connection's own address counts.
 * @param forwardedFor the X-Forwarded-For header. Each proxy adds the address that it saw to the end; what is before
 *   those of the trusted ones may be made up.
 * @param proxies how many trusted proxies are before this server
 */
export function clientAddress(connection: string, forwardedFor: string | undefined, proxies: number): string {
  if (proxies === 0 || !forwardedFor) return connection;
  const seen = bareAddress(forwardedFor.split(',').at(-proxies) ?? '');
  return isIP(seen) === 0 ? connection : seen;
}
