import type { Db } from './open.ts';

/** Spreadsheets that wait to be confirmed (migration 0013). */

export interface Upload {
  id: string;
  /** The number of the moderator. */
  person: number;
  /** The name of the file. */
  name: string;
  source: string;
  /** JSON. */
  report: string;
  /** ISO 8601, UTC. */
  made_at: string;
  expires_at: string;
  /** Null while it waits. */
  done_at: string | null;
}

const FIELDS = 'id, person, name, source, report, made_at, expires_at, done_at';

/** Keeps a file, and lets go of those whose day is over. */
export function addUpload(db: Db, upload: Omit<Upload, 'done_at'>, body: Uint8Array): void {
  db.transaction(() => {
    db.prepare('DELETE FROM csv_upload WHERE expires_at < ?').run(upload.made_at);
    db.prepare(
      `INSERT INTO csv_upload (id, person, name, source, body, report, made_at, expires_at)
       VALUES (:id, :person, :name, :source, :body, :report, :made_at, :expires_at)`,
    ).run({ ...upload, body: Buffer.from(body) });
  }).immediate();
}

/** The file of that id; null where there is none, or its day is over. */
export const findUpload = (db: Db, id: string, now: string): Upload | null =>
  (db.prepare(`SELECT ${FIELDS} FROM csv_upload WHERE id = ? AND expires_at >= ?`).get(id, now) as
    | Upload
    | undefined) ?? null;

/** What the file holds. */
export const bodyOfUpload = (db: Db, id: string): Uint8Array | null =>
  (db.prepare('SELECT body FROM csv_upload WHERE id = ?').pluck().get(id) as Uint8Array | undefined) ?? null;

/** Files whose day is not over, the newest first. */
export const uploadsNow = (db: Db, now: string): Upload[] =>
  db
    .prepare(`SELECT ${FIELDS} FROM csv_upload WHERE expires_at >= ? ORDER BY made_at DESC LIMIT 50`)
    .all(now) as Upload[];

/** What the file would do has changed, because the directory has. */
export const replaceReport = (db: Db, id: string, report: string): void => {
  db.prepare('UPDATE csv_upload SET report = ? WHERE id = ? AND done_at IS NULL').run(report, id);
};

/**
 * The file was taken in. Call it in the change that does so.
 * @returns false where somebody else was quicker
 */
export const finishUpload = (db: Db, id: string, report: string, now: string): boolean =>
  db.prepare('UPDATE csv_upload SET done_at = ?, report = ? WHERE id = ? AND done_at IS NULL').run(now, report, id)
    .changes === 1;

/** The file is not wanted. */
export const dropUpload = (db: Db, id: string): void => {
  db.prepare('DELETE FROM csv_upload WHERE id = ? AND done_at IS NULL').run(id);
};
