import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { endTokensOf } from './tokens.ts';

/** Who looks after which listing: they are asked whether it is still right, and may change it. */

export interface Keeper {
  person: number;
  email: string;
  /** ISO 8601, UTC. */
  since: string;
}

/** Who looks after a listing, the longest first. Somebody who was erased does not any more. */
export const keepersOf = (db: Db, serviceId: string): Keeper[] =>
  prepared(
    db,
    `SELECT keeper.person, person.email, keeper.since FROM keeper JOIN person ON person.id = keeper.person
     WHERE keeper.service_id = ? AND person.email IS NOT NULL ORDER BY keeper.since, keeper.person`,
  ).all(serviceId) as Keeper[];

/** Lets a person look after a listing; where they do already, nothing changes. */
export function addKeeper(db: Db, serviceId: string, person: number, now: Date): void {
  db.prepare('INSERT INTO keeper (service_id, person, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
    serviceId,
    person,
    now.toISOString(),
  );
}

/** Takes it from them again, and ends the keys to it in their mails. Call it inside a transaction. */
export function removeKeeper(db: Db, serviceId: string, person: number): void {
  db.prepare('DELETE FROM keeper WHERE service_id = ? AND person = ?').run(serviceId, person);
  endTokensOf(db, person, serviceId);
}

/** Ids of the listings that a person looks after, by name. */
export const listingsKeptBy = (db: Db, person: number): string[] =>
  db
    .prepare(
      `SELECT service.id FROM keeper JOIN service ON service.id = keeper.service_id
       WHERE keeper.person = ? ORDER BY service.name, service.id`,
    )
    .pluck()
    .all(person) as string[];
