import { createHash } from 'node:crypto';

/** Names from which ids are made: any fixed UUID will do, but it must never change, or the next upload would add all anew. */
const NAMESPACE = Buffer.from('5c1a4c1e7d5b4a0d9b0c6f2e8a3d7f10', 'hex');

/**
 * The same id for the same words, always: what a row without an id is known by when it comes again (UUID version 5,
 * RFC 9562).
 */
export function idOf(...parts: readonly string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(parts.join('\u0000')).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
