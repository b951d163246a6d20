import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** How far each job has come that derives something from every service, in the order of revision and id. */

/** A service, and its revision when it was seen. */
export interface Reached {
  id: string;
  revision: number;
}

type Cursor = 'match_cursor' | 'result_cursor';

/** The first services that a cursor has not passed yet, in order. */
export const servicesBehind = (db: Db, cursor: Cursor, limit: number): Reached[] =>
  prepared(
    db,
    `SELECT id, revision FROM service WHERE (revision, id) > (SELECT revision, service_id FROM ${cursor})
       ORDER BY revision, id LIMIT ?`,
  ).all(limit) as Reached[];

/** Remembers how far a job has come. To be called in the transaction that writes what it derived. */
export const moveCursor = (db: Db, cursor: Cursor, { revision, id }: Reached): void => {
  prepared(db, `UPDATE ${cursor} SET revision = ?, service_id = ?`).run(revision, id);
};
