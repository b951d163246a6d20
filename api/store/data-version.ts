import type { Db } from './open.ts';

/**
 * Tells in a microsecond whether anything at all has been written to the file since: by this connection, or by another one
 * or another process.
 * @returns a function that gives the same text for as long as nothing is written
 */
export function dataVersion(db: Db): () => string {
  const ours = db.prepare<[], number>('SELECT total_changes()').pluck();
  const theirs = db.prepare<[], number>('PRAGMA data_version').pluck();
  return () => `${ours.get()}-${theirs.get()}`;
}
