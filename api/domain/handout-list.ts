import { Recent } from './recent.ts';

/** A list of listings as it rides in the addresses of the site, so that gathering needs neither cookie nor account. */

/** Listings that a handout holds at most: two sheets of paper, and an address that every e-mail program carries whole. */
export const MOST_LISTINGS = 10;

/** The 16 bytes of an id in base64url: 22 characters in place of 36. */
const PACKED = /^[\w-]{21}[AQgw]$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A page names each of its listings several times. */
const packed = new Recent<string, string>(4000);

/** 'Bfm6Ny1fQmS1hV0uKZs8DA' for a UUID. */
export const packId = (id: string): string =>
  packed.get(id, () => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url'));

const unpacked = new Recent<string, string>(4000);

/** The UUID of a packed id; null for anything else. */
export function unpackId(token: string): string | null {
  if (!PACKED.test(token)) return null;
  return unpacked.get(token, () => uuidIn(token)) || null;
}

/** '' where there is none. */
function uuidIn(token: string): string {
  const hex = Buffer.from(token, 'base64url').toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return UUID.test(id) ? id : '';
}

/** After the ids, the mark of the place for which they were gathered. */
const PLACE = /~([\w-]{8})$/;

/**
 * Ids as one value of an address, in their order.
 * @param place the mark of the place for which they were gathered, eight characters of base64url; null where there was none
 */
export const packList = (ids: readonly string[], place: string | null = null): string =>
  `${ids.map(packId).join('.')}${place === null || ids.length === 0 ? '' : `~${place}`}`;

/** The mark of the place in such a value; null where it has none. */
export const placeOfList = (value: string | null | undefined): string | null => PLACE.exec(value ?? '')?.[1] ?? null;

/** The ids in such a value: each once, at most ten; what is no id is left out. */
export function unpackList(value: string | null | undefined): string[] {
  const ids = (value ?? '')
    .replace(PLACE, '')
    .split('.')
    .flatMap((packed) => unpackId(packed) ?? []);
  return [...new Set(ids)].slice(0, MOST_LISTINGS);
}
