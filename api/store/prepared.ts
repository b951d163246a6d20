import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

const made = new WeakMap<Db, Map<string, Statement>>();

/** A statement that is prepared once for a file: for what is asked for hundreds of listings in a row. */
export function prepared(db: Db, sql: string): Statement {
  let statements = made.get(db);
  if (!statements) {
    statements = new Map();
    made.set(db, statements);
  }
  let statement = statements.get(sql);
  if (!statement) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement;
}
