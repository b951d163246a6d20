import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** What the program keeps for itself under that name, or null. */
export const readSetting = (db: Db, name: string): string | null =>
  (prepared(db, 'SELECT value FROM setting WHERE name = ?').pluck().get(name) as string | undefined) ?? null;

/** Keeps a value under a name, in place of the old one. */
export function writeSetting(db: Db, name: string, value: string): void {
  db.prepare(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}

/**
 * The value that is kept under a name; where there is none, one is made and kept. Where several processes do so at
 * once, one comes first, and all use its value.
 * @param make called where there is none
 */
export function getOrCreateSetting(db: Db, name: string, make: () => string): string {
  const found = readSetting(db, name);
  if (found !== null) return found;
  db.prepare('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING').run(name, make());
  return readSetting(db, name) as string;
}
