import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Db } from '../../store/open.ts';
import { prepared } from '../../store/prepared.ts';
import { currentId } from '../../store/renewed-ids.ts';
import { getOrCreateSetting } from '../../store/settings.ts';

/** What a row names, and the table that holds it. */
const TABLE = { service: 'service', organization: 'organization', venue: 'location' } as const;

/** The id of what a row names without an id of its own: the same whenever the same words come again. */
export type IdOf = (kind: keyof typeof TABLE, ...words: readonly string[]) => string;

/** Where versions up to 0.3.0 began: any fixed UUID. */
const UNKEYED = Buffer.from('5c1a4c1e7d5b4a0d9b0c6f2e8a3d7f10', 'hex');
const KEY_BYTES = 32;

/** 128 bits as a UUID of a version (RFC 9562). */
function uuidFrom(bytes: Buffer, version: 5 | 8): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/**
 * Makes the ids of one directory. They are made with a key that stands in its database and nowhere else. Without a key,
 * anybody could try every postcode until the id comes out, and so find out where a refuge is. Records that an earlier
 * version brought in under an id without a key keep it until their place becomes confidential.
 */
export function idsOf(db: Db): IdOf {
  const key = Buffer.from(
    getOrCreateSetting(db, 'id_key', () => randomBytes(KEY_BYTES).toString('base64')),
    'base64',
  );
  return (kind, ...words) => {
    const name = [kind, ...words].join('\u0000');
    const unkeyed = uuidFrom(createHash('sha1').update(UNKEYED).update(name).digest(), 5);
    const known = currentId(db, unkeyed);
    if (prepared(db, `SELECT 1 FROM ${TABLE[kind]} WHERE id = ?`).get(known) !== undefined) return known;
    return currentId(db, uuidFrom(createHmac('sha256', key).update(name).digest(), 8));
  };
}
