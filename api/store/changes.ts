import type { RecordState } from '../domain/service.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** The history of listings, which only grows, and the number that each change of the directory takes. */

/** Who did it, as far as the history says: never by name. */
export type Role = 'organization' | 'moderator' | 'source' | 'public' | 'programme';

export type Action =
  | 'added'
  | 'submitted'
  | 'edited'
  | 'published'
  | 'refused'
  | 'confirmed'
  | 'reminded'
  | 'due'
  | 'unconfirmed'
  | 'archived'
  | 'suspended'
  | 'restored'
  | 'stopped'
  | 'merged'
  | 'taken_apart'
  | 'rolled_back'
  | 'imported'
  | 'reopened'
  | 'undone'
  | 'erased'
  | 'renewed';

/** What happened, by whom, and why. */
export interface Cause {
  action: Action;
  role: Role;
  /** The number of a person (people.ts). */
  person?: number | null;
  /** In words for people; never an address or a name of a person. */
  reason?: string;
}

export type RecordKind = 'service' | 'organization' | 'location';

export interface HistoryEntry {
  seq: number;
  /** ISO 8601, UTC. */
  at: string;
  record: RecordKind;
  record_id: string;
  action: Action;
  role: Role;
  person: number | null;
  reason: string | null;
  /** A service's state before; null where it was new, and for what has no state. */
  state: RecordState | null;
  /** The record before the change, as JSON; null where it was new. */
  before: string | null;
}

/** The number for everything that the running transaction changes. Call it inside one. */
export const nextRevision = (db: Db): number =>
  (prepared(db, 'UPDATE revision SET value = value + 1 RETURNING value').get() as { value: number }).value;

/** The number of the last change. */
export const lastRevision = (db: Db): number =>
  (prepared(db, 'SELECT value FROM revision').get() as { value: number }).value;

/** Writes lines of the history: call the result inside the transaction of the change itself. */
export function historyWriter(db: Db, { action, role, person = null, reason = null }: NullableCause, at: string) {
  // A line here can never be taken away, so nobody's address may get into one, whoever typed it.
  const words = reason?.replace(/[^\s<>,;:()]+/g, (word) => (/.@./s.test(word) ? '(an e-mail address)' : word)) ?? null;
  const insert = prepared(
    db,
    `INSERT INTO history (at, record, record_id, action, role, person, reason, state, before)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (record: RecordKind, id: string, state: RecordState | null, before: string | null): void => {
    insert.run(at, record, id, action, role, person, words, state, before);
  };
}
type NullableCause = Omit<Cause, 'reason'> & { reason?: string | null };

/** What happened to records, the newest first. */
export const historyOf = (db: Db, ids: readonly string[]): HistoryEntry[] =>
  db
    .prepare('SELECT * FROM history WHERE record_id IN (SELECT value FROM json_each(?)) ORDER BY seq DESC')
    .all(JSON.stringify(ids)) as HistoryEntry[];

/**
 * All that happened in the change of which one line is known: the lines that were written with it, the newest first; empty
 * where there is no such line.
 */
export const linesOfChange = (db: Db, seq: number): HistoryEntry[] =>
  db
    .prepare(
      `SELECT other.* FROM history AS line JOIN history AS other
         ON other.at = line.at AND other.action = line.action AND other.role = line.role AND other.person IS line.person
         AND other.seq BETWEEN line.seq - 20 AND line.seq + 20
       WHERE line.seq = ? ORDER BY other.seq DESC`,
    )
    .all(seq) as HistoryEntry[];

/** Whether a record came from a list of somebody else, by a feed or a spreadsheet. */
export const wasImported = (db: Db, recordId: string): boolean =>
  prepared(db, "SELECT 1 FROM history WHERE record_id = ? AND action = 'imported' LIMIT 1").get(recordId) !== undefined;

/** The number of the newest line about a record; 0 where there is none. */
export const newestLine = (db: Db, recordId: string): number =>
  (db.prepare('SELECT max(seq) FROM history WHERE record_id = ?').pluck().get(recordId) as number | null) ?? 0;

/** The number of the newest line of all. */
export const lastLine = (db: Db): number =>
  db.prepare('SELECT coalesce(max(seq), 0) FROM history').pluck().get() as number;

/** Lines from one number to another, both among them, the newest first. */
export const linesBetween = (db: Db, first: number, last: number): HistoryEntry[] =>
  db.prepare('SELECT * FROM history WHERE seq BETWEEN ? AND ? ORDER BY seq DESC').all(first, last) as HistoryEntry[];
