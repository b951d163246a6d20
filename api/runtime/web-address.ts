import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** Web addresses that a setting may hold, and who could read what is sent there. */

/**
 * Addresses that only this computer or its own network can reach: loopback, private and link-local ones (RFC 1918,
 * 4193, 6890).
 */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('127.0.0.0', 8);
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('169.254.0.0', 16);
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

/** Whether what is sent to a host stays on this computer or its own network. A name without a dot does. */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  if (family === 0) return !host.includes('.') || host.endsWith('.localhost');
  return PRIVATE.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** Whether nobody on the way can read what is sent. */
export const isClosed = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isPrivate(hostname));

export const webAddress = z.url({ protocol: /^https?$/ });
/** Paths are put behind it. */
export const withoutSlash = (url: string): string => url.replace(/(?<!\/)\/+$/, '');
