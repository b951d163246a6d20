import { createHash } from 'node:crypto';

/** A short hash of a value as JSON, in which the order of keys counts. */
export const shortHash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
/** Made once at random for ids that are derived here; never changes. */
const NAMESPACE = Buffer.from('5a2c7c3e5a1e4d2f9d6e0f6b8a7d4c19', 'hex');

/** Whether it is a UUID that our own schema takes. */
export const isUuid = (text: string): boolean => UUID.test(text);

/**
 * A UUID (version 5, RFC 9562) that is the same whenever the parts are: for what a source calls by something else, or by
 * an id that means another thing here.
 */
export function importedId(...parts: string[]): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
