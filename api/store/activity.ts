import type { Action, RecordKind, Role } from './changes.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** One thing that somebody did. */
export interface Deed {
  /** Its number in the history, by which older ones are asked for. */
  seq: number;
  /** ISO 8601, UTC. */
  at: string;
  record: RecordKind;
  record_id: string;
  action: Action;
  role: Role;
  reason: string | null;
  /** Who; null once erased. */
  email: string | null;
  /** What the record is called now; null where it is gone. */
  name: string | null;
}

export interface DeedQuery {
  /** Words in the address of who did it, the name of the record or the reason; '' for all. */
  q: string;
  role: Role | null;
  /** Only what is older than this line of the history; null for the newest. */
  before: number | null;
}

/**
 * What people did, the newest first; what feeds and the upkeep did by themselves is not in it.
 * @param most so many at most
 */
export const deeds = (db: Db, { q, role, before }: DeedQuery, most: number): Deed[] =>
  prepared(
    db,
    `SELECT seq, at, record, record_id, action, role, reason, email, name FROM (
       SELECT history.seq, history.at, history.record, history.record_id, history.action, history.role, history.reason,
              person.email,
              coalesce(service.name, organization.name, location.name) AS name
       FROM history
       LEFT JOIN person ON person.id = history.person
       LEFT JOIN service ON history.record = 'service' AND service.id = history.record_id
       LEFT JOIN organization ON history.record = 'organization' AND organization.id = history.record_id
       LEFT JOIN location ON history.record = 'location' AND location.id = history.record_id
       WHERE history.person IS NOT NULL AND (:before IS NULL OR history.seq < :before)
         AND (:role IS NULL OR history.role = :role)
     )
     WHERE :q = '' OR instr(lower(coalesce(email, '')), :q) > 0 OR instr(lower(coalesce(name, '')), :q) > 0
        OR instr(lower(coalesce(reason, '')), :q) > 0
     ORDER BY seq DESC LIMIT :most`,
  ).all({ q: q.trim().toLowerCase(), role, before, most }) as Deed[];
