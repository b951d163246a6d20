import type { Statement } from 'better-sqlite3';
import type { Db } from './open.ts';

const known = new WeakMap<Db, Map<string, Statement>>();

/**
 * A statement, prepared once for each open file: preparing one takes longer than most of them run. For `get`, `all` and
 * `run` alone: one that is being iterated over cannot be run again meanwhile.
 */
export function prepared(db: Db, sql: string): Statement {
  let statements = known.get(db);
  if (!statements) {
    statements = new Map();
    known.set(db, statements);
  }
  let statement = statements.get(sql);
  if (!statement) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement;
}
