import type { Db } from './open.ts';

/** People who have written to the directory: an address for each number, in this one place. */

/** An address as it is kept and compared: small letters, nothing around it. */
export const plainAddress = (email: string): string => email.trim().toLowerCase();

/** The number of whoever has that address; somebody new gets one. */
export function personOf(db: Db, email: string, now: Date): number {
  const address = plainAddress(email);
  db.prepare('INSERT INTO person (email, since) VALUES (?, ?) ON CONFLICT (email) DO NOTHING').run(
    address,
    now.toISOString(),
  );
  return db.prepare('SELECT id FROM person WHERE email = ?').pluck().get(address) as number;
}

/** The number of whoever has that address, or null: nobody is made. */
export const findPerson = (db: Db, email: string): number | null =>
  (db.prepare('SELECT id FROM person WHERE email = ?').pluck().get(plainAddress(email)) as number | undefined) ?? null;

/** The address of a person; null once erased, and where there is nobody of that number. */
export const emailOf = (db: Db, person: number): string | null =>
  (db.prepare('SELECT email FROM person WHERE id = ?').pluck().get(person) as string | null | undefined) ?? null;
