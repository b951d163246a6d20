import { BlockList, isIP } from 'node:net';

/** Addresses that are no public server's: loopback, private and local networks, clouds' metadata, what is set apart. */

const closed = new BlockList();
for (const [address, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(address, prefix, 'ipv4');
// Within what is open at all (2000::/3): Teredo and 6to4, which carry an IPv4 address, benchmarking, documentation.
for (const [address, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(address, prefix, 'ipv6');

const open = new BlockList();
open.addSubnet('2000::', 3, 'ipv6');

/** Whether an address, as resolved or written, belongs to no public server; so does what is no address. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*/s, '');
  const version = isIP(bare);
  if (version === 4) return closed.check(bare, 'ipv4');
  if (version !== 6) return true;
  return !open.check(bare, 'ipv6') || closed.check(bare, 'ipv6');
}
