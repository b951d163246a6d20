import type { Organization } from '../domain/service.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** Organizations that were joined into others (migration 0027). */

/** What one took over that it did not say before, by field. */
export type Gained = Partial<Omit<Organization, 'id' | 'name' | 'example'>>;

export interface OrganizationJoin {
  number: number;
  from_id: string;
  into_id: string;
  /** ISO 8601, UTC. */
  at: string;
  /** The number of the moderator. */
  person: number;
  gained: Gained;
}

const read = (row: unknown): OrganizationJoin => {
  const { undone_at: _, ...join } = row as OrganizationJoin & { gained: string; undone_at: null };
  return { ...join, gained: JSON.parse(join.gained) };
};

/** The join by which an organization went into another; null where it stands for itself. */
export function organizationJoin(db: Db, id: string): OrganizationJoin | null {
  const row = prepared(db, 'SELECT * FROM joined_organization WHERE from_id = ? AND undone_at IS NULL').get(id);
  return row === undefined ? null : read(row);
}

/** The joins that hold, the newest first. */
export const recentOrganizationJoins = (db: Db, limit: number): OrganizationJoin[] =>
  prepared(db, 'SELECT * FROM joined_organization WHERE undone_at IS NULL ORDER BY number DESC LIMIT ?')
    .all(limit)
    .map(read);

/** Whether any organization is joined: where none is, nobody need look. */
export const anyOrganizationJoined = (db: Db): boolean =>
  prepared(db, 'SELECT 1 FROM joined_organization WHERE undone_at IS NULL LIMIT 1').get() !== undefined;

/** The joins that lead from an organization on, the nearest first: empty where it stands for itself. */
export const joinsFrom = (db: Db, id: string): { number: number; into_id: string }[] =>
  prepared(
    db,
    `WITH RECURSIVE step (number, into_id, depth) AS (
       SELECT number, into_id, 1 FROM joined_organization WHERE from_id = ? AND undone_at IS NULL
       UNION ALL SELECT joined_organization.number, joined_organization.into_id, depth + 1
         FROM joined_organization JOIN step ON from_id = step.into_id WHERE undone_at IS NULL AND depth < 50)
     SELECT number, into_id FROM step ORDER BY depth`,
  ).all(id) as { number: number; into_id: string }[];

/** The organization that one was joined into, however many steps on; its own id where it stands for itself. */
export const livingOrganization = (db: Db, id: string): string => joinsFrom(db, id).at(-1)?.into_id ?? id;

/** Remembers that an organization was joined into another. */
export function addOrganizationJoin(db: Db, { gained, ...join }: Omit<OrganizationJoin, 'number'>): void {
  prepared(
    db,
    `INSERT INTO joined_organization (from_id, into_id, at, person, gained)
     VALUES (:from_id, :into_id, :at, :person, :gained)`,
  ).run({ ...join, gained: JSON.stringify(gained) });
}

/** Remembers that a listing went along with joins. */
export function addMovedService(db: Db, joins: readonly { number: number }[], serviceId: string): void {
  const add = prepared(db, 'INSERT INTO moved_service (join_number, service_id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  for (const { number } of joins) add.run(number, serviceId);
}

/**
 * A join holds no longer.
 * @param at ISO 8601, UTC
 * @returns the ids of the listings that went along with it and are still where it led them
 */
export function undoOrganizationJoin(db: Db, { number, from_id }: OrganizationJoin, at: string): string[] {
  const path = joinsFrom(db, from_id);
  const moved = prepared(
    db,
    `SELECT service_id FROM moved_service JOIN service ON service.id = service_id
     WHERE join_number = ? AND organization_id = ?`,
  )
    .pluck()
    .all(number, path.at(-1)?.into_id) as string[];
  const forget = prepared(db, 'DELETE FROM moved_service WHERE join_number = ? AND service_id = ?');
  for (const join of path) for (const id of moved) forget.run(join.number, id);
  prepared(db, 'UPDATE joined_organization SET undone_at = ? WHERE number = ?').run(at, number);
  return moved;
}
