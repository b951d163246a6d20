import { createHmac, randomBytes } from 'node:crypto';

/**
 * How often one client may ask: a bucket of tokens for each, which fills again steadily and holds one minute's worth, so
 * that a burst of quick searches passes and a flood does not. Written out here because the libraries at hand keep the
 * client's address itself, or keep as many clients as come: this keeps a salted hash that dies with the process, and a
 * bounded number of them.
 */

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

/** An IPv6 customer has a /64 at least, so that is what counts as one client. */
function clientKey(address: string): string {
  const plain = address.replace(/^::ffff:/i, '');
  if (!plain.includes(':')) return plain;
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

/**
 * The address of the client: the connection's, or, behind proxies, the one that the outermost trusted proxy saw.
 * @param forwardedFor the X-Forwarded-For header; each proxy adds the address that it saw to its end, and what stands
 *   before those of the trusted ones may be made up by anybody
 * @param proxies how many trusted proxies stand before this server
 */
export function clientAddress(connection: string, forwardedFor: string | undefined, proxies: number): string {
  if (proxies === 0 || !forwardedFor) return connection;
  const seen = forwardedFor.split(',').map((address) => address.trim());
  return seen.at(-proxies) || seen[0] || connection;
}
