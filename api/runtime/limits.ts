import { createHmac, randomBytes } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';

/**
 * How often one client may ask: a bucket of tokens for each, which fills again steadily and holds one minute's worth, so
 * that a burst of quick searches passes and a flood does not. Written out here because the libraries at hand keep the
 * client's address itself, or keep as many clients as come: this keeps a salted hash for as long as it limits anybody, and
 * a bounded number of them.
 */

/** What an empty bucket takes to be full, whatever it holds; from then on it says nothing that a new one would not. */
const FULL_AGAIN_MS = 60_000;

/** Buckets kept at most: the longest unused goes first. 20,000 take about 4 MB. */
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

/** An IPv6 customer has a /64 at least, so that is what counts as one client, however its address is written. */
function clientKey(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  // The one way in which the URL standard writes an address: small letters, no zeros in front, the longest run as '::'.
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
 * @param perMinute requests a minute; 0: no limit
 * @param now milliseconds, never running backwards
 */
export function createRateLimiter(
  perMinute: number,
  now: () => number = performance.now.bind(performance),
): RateLimiter {
  const salt = randomBytes(32);
  const perMs = perMinute / 60_000;
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    take(client, cost = 1) {
      if (perMinute === 0) return 0;
      const key = createHmac('sha256', salt).update(clientKey(client)).digest('base64').slice(0, 22);
      const at = now();
      // In the order of last use: those behind the first that is still filling are too.
      for (const [idle, bucket] of buckets) {
        if (at - bucket.at < FULL_AGAIN_MS) break;
        buckets.delete(idle);
      }
      const old = buckets.get(key);
      const tokens = old ? Math.min(perMinute, old.tokens + (at - old.at) * perMs) : perMinute;
      const allowed = tokens >= cost;
      // Set anew, so that the order of the map is the order of last use.
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

/** An address as proxies write it, '203.0.113.1:4711' or '[2001:db8::1]:443', without what is around it. */
const bareAddress = (written: string): string =>
  written
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');

/**
 * The address of the client: the connection's, or, behind proxies, the one that the outermost trusted proxy saw. Where the
 * header has fewer than there are proxies, or no address at that place, it did not come through all of them: then what it
 * says may be made up by anybody, and the connection's own counts.
 * @param forwardedFor the X-Forwarded-For header; each proxy adds the address that it saw to its end, and what stands
 *   before those of the trusted ones may be made up by anybody
 * @param proxies how many trusted proxies stand before this server
 */
export function clientAddress(connection: string, forwardedFor: string | undefined, proxies: number): string {
  if (proxies === 0 || !forwardedFor) return connection;
  const seen = bareAddress(forwardedFor.split(',').at(-proxies) ?? '');
  return isIP(seen) === 0 ? connection : seen;
}
