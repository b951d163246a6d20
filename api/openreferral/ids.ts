import { hash } from 'node:crypto';

/** Ids for what has none in the store, made from what it belongs to, so that they are always the same. */

/** The namespace of these ids: a fixed, random UUID. */
const NAMESPACE = Buffer.from('5c0f8b0e6d3b4f0c9a41d1a3c6b7e2f4', 'hex');

/**
 * The UUID of a name (RFC 9562, version 5).
 * @param parts what makes it this one and no other, such as the id of a service, 'schedule' and its place in the list
 */
export function publishedId(...parts: (string | number)[]): string {
  const name = Buffer.from(parts.join('/'), 'utf8');
  const hex = hash('sha1', Buffer.concat([NAMESPACE, name]), 'hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The last 60 bits of an id after its variant: random in every version in use. The index of the store is made of it. */
const tail = (id: string): string => id.slice(20, 23) + id.slice(24, 36);

/**
 * The UUID of a service at a location (RFC 9562, version 8: of our own making). It holds half of each of the two ids, so
 * that the pair is found again without a table of ids.
 */
export function placeId(serviceId: string, locationId: string): string {
  const halves = tail(serviceId) + tail(locationId);
  const part = (from: number, to: number) => halves.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-8${part(12, 15)}-8${part(15, 18)}-${part(18, 30)}`;
}

/** The key of such an id in the store's index of services at locations; null where the id is not one of ours. */
export const placeKey = (id: string): string | null =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/.test(id)
    ? id.slice(0, 8) + id.slice(9, 13) + id.slice(15, 18) + id.slice(20, 23) + id.slice(24)
    : null;
