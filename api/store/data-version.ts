import { statSync } from 'node:fs';
import { type Db, isWrittenInPlace } from './open.ts';

/**
 * Tells in some microseconds whether anything at all has been written to the file since: by this connection, or by another
 * one or another process, also past SQLite.
 * @returns a function that gives the same text for as long as nothing is written
 */
export function dataVersion(db: Db): () => string {
  const ours = db.prepare<[], number>('SELECT total_changes()').pluck();
  const theirs = db.prepare<[], number>('PRAGMA data_version').pluck();
  const written = () => statSync(db.name, { bigint: true }).mtimeNs;
  if (isWrittenInPlace(db)) return () => `${theirs.get()}-${written()}`;
  return () => `${ours.get()}-${theirs.get()}`;
}
