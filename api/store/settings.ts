import type { Db } from './open.ts';

/** What the program keeps for itself under that name, or null. */
export const readSetting = (db: Db, name: string): string | null =>
  (db.prepare('SELECT value FROM setting WHERE name = ?').pluck().get(name) as string | undefined) ?? null;

/** Keeps a value under a name, in place of the old one. */
export function writeSetting(db: Db, name: string, value: string): void {
  db.prepare(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}
