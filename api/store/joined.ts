import type { RecordState, Service } from '../domain/service.ts';
import type { Role } from './changes.ts';
import { completeService } from './documents.ts';
import { meetsPrivately } from './hidden-places.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** Listings that were joined into others (migration 0012). */

/** Where a field of a joined listing comes from; api/matching/provenance.ts says what it means. */
interface Origin {
  from: string;
  role: Role;
  source: string;
  at: string;
}

type Origins = Partial<Record<Exclude<keyof Service, 'id'>, Origin>>;

export interface Join {
  number: number;
  from_id: string;
  into_id: string;
  /** ISO 8601, UTC. */
  at: string;
  /** The role of who joined them. */
  by: string;
  reason: string | null;
  fields: Origins;
  from_state: RecordState;
  /** The remaining listing as it would be without what was joined into it. */
  into_before: { service: Service; provenance: Origins };
  /** ISO 8601, UTC; null while they are one. */
  undone_at: string | null;
}

type Row = Omit<Join, 'fields' | 'into_before'> & { fields: string; into_before: string };
function fromRow(row: Row): Join {
  const { service, provenance }: Join['into_before'] = JSON.parse(row.into_before);
  return {
    ...row,
    fields: JSON.parse(row.fields),
    into_before: { service: completeService(service), provenance },
  };
}

/** The joins into a listing that hold, the oldest first. */
export const joinsInto = (db: Db, id: string): Join[] =>
  (prepared(db, 'SELECT * FROM joined WHERE into_id = ? AND undone_at IS NULL ORDER BY number').all(id) as Row[]).map(
    fromRow,
  );

/** The joins that hold, the newest first. */
export const recentJoins = (db: Db, limit: number): Join[] =>
  (prepared(db, 'SELECT * FROM joined WHERE undone_at IS NULL ORDER BY number DESC LIMIT ?').all(limit) as Row[]).map(
    fromRow,
  );

/** The join by which a listing went into another; null where it stands for itself. */
export function joinOf(db: Db, id: string): Join | null {
  const row = prepared(db, 'SELECT * FROM joined WHERE from_id = ? AND undone_at IS NULL').get(id) as Row | undefined;
  return row ? fromRow(row) : null;
}

/** The listing that one was joined into, however many steps on; null where it stands for itself. */
export const joinedInto = (db: Db, id: string): string | null =>
  (prepared(
    db,
    `WITH RECURSIVE step (id, depth) AS (
         SELECT into_id, 1 FROM joined WHERE from_id = ? AND undone_at IS NULL
         UNION ALL SELECT into_id, depth + 1 FROM joined JOIN step ON from_id = step.id
           WHERE undone_at IS NULL AND depth < 50)
       SELECT id FROM step ORDER BY depth DESC LIMIT 1`,
  )
    .pluck()
    .get(id) as string | undefined) ?? null;

/** Whether a listing, whose address was in the open, was joined into one that keeps a place private. */
export function leadsToPrivate(db: Db, id: string): boolean {
  const into = joinedInto(db, id);
  return into !== null && meetsPrivately(db, into);
}

/**
 * The same as {@link joinedInto} for whoever asks from outside: null, too, where a copy of the one, with its address, would
 * lead to the other, whose place is private.
 */
export const openlyJoinedInto = (db: Db, id: string): string | null =>
  leadsToPrivate(db, id) ? null : joinedInto(db, id);

/** Remembers that a listing was joined into another. */
export function addJoin(db: Db, join: Omit<Join, 'number' | 'undone_at'>): void {
  prepared(
    db,
    `INSERT INTO joined (from_id, into_id, at, by, reason, fields, from_state, into_before)
     VALUES (:from_id, :into_id, :at, :by, :reason, :fields, :from_state, :into_before)`,
  ).run({ ...join, fields: JSON.stringify(join.fields), into_before: JSON.stringify(join.into_before) });
}

/** Keeps what a joined listing is made of: which fields were taken, and what it is without them. */
export const saveJoin = (
  db: Db,
  { number, fields, into_before }: Pick<Join, 'number' | 'fields' | 'into_before'>,
): void => {
  prepared(db, 'UPDATE joined SET fields = ?, into_before = ? WHERE number = ?').run(
    JSON.stringify(fields),
    JSON.stringify(into_before),
    number,
  );
};

/** A join holds no longer. */
export const undoJoin = (db: Db, number: number, now: string): void => {
  prepared(db, 'UPDATE joined SET undone_at = ? WHERE number = ?').run(now, number);
};

/** The ids after joining: one that was joined into another is that one, and so two may have become one. */
export const livingIds = (db: Db, ids: readonly string[]): string[] => [
  ...new Set(ids.map((id) => openlyJoinedInto(db, id) ?? id)),
];
