import type { Db } from './open.ts';
import { plainAddress } from './people.ts';
import { prepared } from './prepared.ts';

/** Whom a table that was taken in names as the keeper of a listing: to be asked, and never published. */

/** Keeps whom a table names; another name takes the place of the former. */
export function nameKeeper(db: Db, serviceId: string, email: string, now: Date): void {
  prepared(
    db,
    `INSERT INTO named_keeper (service_id, email, since) VALUES (?, ?, ?)
     ON CONFLICT (service_id) DO UPDATE SET email = excluded.email`,
  ).run(serviceId, plainAddress(email), now.toISOString());
}

/** The address that a table names for a listing; null where none does. */
export const namedKeeper = (db: Db, serviceId: string): string | null =>
  (prepared(db, 'SELECT email FROM named_keeper WHERE service_id = ?').pluck().get(serviceId) as string | undefined) ??
  null;

/** Forgets those of listings that somebody looks after by now. */
export const forgetNamedKeepers = (db: Db): number =>
  db.prepare('DELETE FROM named_keeper WHERE service_id IN (SELECT service_id FROM keeper)').run().changes;
