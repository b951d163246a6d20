import type { Settings } from '../runtime/settings.ts';

/**
 * The address under which people find this copy: where links lead that leave the page, on paper, in a text message, in
 * a download.
 */

type Known = Pick<Settings, 'SITE_URL' | 'TRUST_PROXY'>;

/** Headers that only a proxy adds. One that adds none is not seen, which is why SITE_URL is asked for at the start. */
const OF_A_PROXY = /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/i;

/**
 * The address, without a slash at the end: SITE_URL wherever it is set, else the one that was asked for. Behind a proxy that
 * speaks TLS the scheme is the proxy's.
 * @param url as it was asked for
 */
export function siteAddress({ SITE_URL, TRUST_PROXY }: Known, url: URL, headers: Headers): string {
  if (SITE_URL !== null) return SITE_URL;
  const secure = TRUST_PROXY > 0 && headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
  return secure ? `https://${url.host}` : url.origin;
}

/**
 * The address where it may go on paper, which nobody can mend once it is printed; null where it is not known. Behind a proxy
 * the request names whatever the proxy calls this server, and that is often no address that anybody else can open.
 */
export function addressForPaper(known: Known, url: URL, headers: Headers): string | null {
  const proxied = known.TRUST_PROXY > 0 || [...headers.keys()].some((name) => OF_A_PROXY.test(name));
  return known.SITE_URL === null && proxied ? null : siteAddress(known, url, headers);
}
