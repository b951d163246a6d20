import { createHash } from 'node:crypto';
import { IDENTITY_DEFAULTS, type Identity } from '../domain/identity.ts';
import type { Db } from './open.ts';
import { readSetting, writeSetting } from './settings.ts';

/** What the owners say of their copy, kept in the file; only what differs from the defaults. */

const TEXTS = 'identity';
const LOGO = 'logo';

/** A picture that stands for the directory, as it was sent in and checked. */
export interface Logo {
  type: string;
  bytes: Uint8Array;
  /** Told from the bytes: another picture has another. */
  version: string;
}

/** What the copy says of itself, defaults included. */
export function readIdentity(db: Db): Identity {
  const kept = readSetting(db, TEXTS);
  return { ...IDENTITY_DEFAULTS, ...(kept === null ? {} : (JSON.parse(kept) as Partial<Identity>)) };
}

/** Keeps what the owners say. What is empty, or as the default is, follows the default. */
export function writeIdentity(db: Db, identity: Identity): void {
  const own = Object.entries(identity).filter(
    ([name, value]) => value.length > 0 && value !== IDENTITY_DEFAULTS[name as keyof Identity],
  );
  writeSetting(db, TEXTS, JSON.stringify(Object.fromEntries(own)));
}

/** The version of the logo, to be named in its address; null where there is none. */
export const logoVersion = (db: Db): string | null => readSetting(db, LOGO)?.split(' ', 1)[0] || null;

/** The logo; null where there is none. */
export function readLogo(db: Db): Logo | null {
  const [version = '', type = '', bytes = ''] = readSetting(db, LOGO)?.split(' ') ?? [];
  return version === '' ? null : { version, type, bytes: Buffer.from(bytes, 'base64') };
}

/** Keeps a logo in place of the last; null takes it out. */
export function writeLogo(db: Db, logo: Omit<Logo, 'version'> | null): void {
  const kept = logo && [
    createHash('sha256').update(logo.bytes).digest('hex').slice(0, 12),
    logo.type,
    Buffer.from(logo.bytes).toString('base64'),
  ];
  writeSetting(db, LOGO, kept?.join(' ') ?? '');
}
