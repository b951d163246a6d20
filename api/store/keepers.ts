import { joinedInto } from './joined.ts';
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

/** A listing and those that were joined into it, whose keepers are its own as long as they are one. */
const FAMILY = `WITH RECURSIVE family (id) AS (
  SELECT :id UNION SELECT from_id FROM joined JOIN family ON joined.into_id = family.id WHERE undone_at IS NULL)`;

/** Who looks after a listing, the longest first. Somebody who was erased does not any more. */
export const keepersOf = (db: Db, serviceId: string): Keeper[] =>
  prepared(
    db,
    `${FAMILY} SELECT keeper.person, person.email, min(keeper.since) AS since
     FROM keeper JOIN person ON person.id = keeper.person
     WHERE keeper.service_id IN (SELECT id FROM family) AND person.email IS NOT NULL
     GROUP BY keeper.person ORDER BY since, keeper.person`,
  ).all({ id: serviceId }) as Keeper[];

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
  const kept = db
    .prepare(
      `${FAMILY} DELETE FROM keeper WHERE person = :person AND service_id IN (SELECT id FROM family) RETURNING service_id`,
    )
    .pluck()
    .all({ id: serviceId, person }) as string[];
  for (const id of new Set([serviceId, ...kept])) endTokensOf(db, person, id);
}

/** Whether a person looks after a listing now; nobody does after none. */
export const keeps = (db: Db, person: number | null, serviceId: string): boolean =>
  person !== null && listingsKeptBy(db, person).includes(serviceId);

/** Whether a person looks after a listing that shows one of some records: itself, its organization, or a venue of it. */
export function keepsRecord(db: Db, person: number | null, ids: readonly string[]): boolean {
  if (person === null) return false;
  const kept = listingsKeptBy(db, person);
  return (
    prepared(
      db,
      `SELECT 1 FROM service LEFT JOIN service_at_location AS at ON at.service_id = service.id
       WHERE service.id IN (SELECT value FROM json_each(:kept)) AND EXISTS (SELECT 1 FROM json_each(:ids)
         WHERE value IN (service.id, service.organization_id, at.location_id)) LIMIT 1`,
    ).get({ kept: JSON.stringify(kept), ids: JSON.stringify(ids) }) !== undefined
  );
}

/** Ids of the listings that a person looks after, by name; one that was joined into another is that one. */
export function listingsKeptBy(db: Db, person: number): string[] {
  const kept = db
    .prepare(
      `SELECT service.id FROM keeper JOIN service ON service.id = keeper.service_id
       WHERE keeper.person = ? ORDER BY service.name, service.id`,
    )
    .pluck()
    .all(person) as string[];
  return [...new Set(kept.map((id) => joinedInto(db, id) ?? id))];
}
