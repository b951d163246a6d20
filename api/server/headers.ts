/**
 * The headers of every answer, made once: middleware that builds them for each request takes two thirds of the
 * throughput of a route that does nothing else.
 */

/** No browser tells other sites where it came from, and no page runs or loads what is not ours. */
const COMMON = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()',
} as const;

/** For /api, which programs read from anywhere. A browser shows only the documentation page. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON,
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link, Retry-After',
  'cross-origin-resource-policy': 'cross-origin',
};

/** The answer to a browser that asks before it reads from another site. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-allow-headers': 'If-None-Match, If-Modified-Since, Accept, Content-Type',
  'access-control-max-age': '86400',
};

/** 'https://a.tile.org/{z}/…' → 'https://a.tile.org'; '{s}.' stands for any subdomain. */
const originOf = (tiles: string): string => {
  const { protocol, host } = new URL(tiles.replace('{s}.', 'any-subdomain.'));
  return `${protocol}//${host.replace('any-subdomain.', '*.')}`;
};

/**
 * For pages.
 * @param tilesUrl MAP_TILES_URL: the one foreign host that pictures may come from, where an operator chose it
 * @param development lets the development server's own scripts and styles in, which it writes into the page
 * @param framedBy the sites that may show the page in a frame of theirs
 */
export function pageHeaders(
  tilesUrl: string | null,
  development = false,
  framedBy: readonly string[] = [],
): Readonly<Record<string, string>> {
  const inline = development ? " 'unsafe-inline'" : '';
  const policy = [
    "default-src 'none'",
    `script-src 'self'${inline}`,
    `style-src 'self'${inline}`,
    // data: is Leaflet's empty picture, with which it stops a tile from loading.
    `img-src 'self' data:${tilesUrl ? ` ${originOf(tilesUrl)}` : ''}`,
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${framedBy.join(' ') || "'none'"}`,
  ];
  const headers = { 'content-security-policy': policy.join('; '), 'cross-origin-opener-policy': 'same-origin' };
  if (framedBy.length === 0) return { ...COMMON, ...headers, 'cross-origin-resource-policy': 'same-origin' };
  const { 'x-frame-options': _, ...others } = COMMON;
  return {
    ...others,
    ...headers,
    // Both are asked for by pages that keep themselves apart from what does not say so.
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
  };
}
