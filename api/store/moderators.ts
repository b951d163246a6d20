import type { Db } from './open.ts';

/** Who is signed in to moderate. Times are ISO 8601, UTC. */

export interface SessionRow {
  id: number;
  person: number;
  /** 'Firefox on Windows' */
  browser: string;
  began: string;
  /** When it was last used, to the minute. */
  seen: string;
}

const COLUMNS = 'id, person, browser, began, seen';

/** Begins a session; `hash` is of what the cookie holds. */
export function beginSession(db: Db, session: Omit<SessionRow, 'id' | 'seen'> & { hash: string }): void {
  db.prepare(
    `INSERT INTO moderator_session (hash, person, browser, began, seen)
     VALUES (:hash, :person, :browser, :began, :began)`,
  ).run(session);
}

/** The session of that hash, however old; null where there is none. */
export const findSession = (db: Db, hash: string): SessionRow | null =>
  (db.prepare(`SELECT ${COLUMNS} FROM moderator_session WHERE hash = ?`).get(hash) as SessionRow | undefined) ?? null;

/** Notes that a session is in use. */
export function touchSession(db: Db, id: number, now: string): void {
  db.prepare('UPDATE moderator_session SET seen = ? WHERE id = ?').run(now, id);
}

/** The sessions of a person, the last used first. */
export const moderatorSessions = (db: Db, person: number): SessionRow[] =>
  db
    .prepare(`SELECT ${COLUMNS} FROM moderator_session WHERE person = ? ORDER BY seen DESC, id DESC`)
    .all(person) as SessionRow[];

/** Ends one session of a person; another's stays. */
export function endSession(db: Db, person: number, id: number): void {
  db.prepare('DELETE FROM moderator_session WHERE person = ? AND id = ?').run(person, id);
}

/** Ends every session of a person. */
export function endSessions(db: Db, person: number): void {
  db.prepare('DELETE FROM moderator_session WHERE person = ?').run(person);
}

/** Takes out what began or was last used too long ago to be a session any more. */
export function dropSessions(db: Db, beganBefore: string, seenBefore: string): void {
  db.prepare('DELETE FROM moderator_session WHERE began <= ? OR seen <= ?').run(beganBefore, seenBefore);
}
