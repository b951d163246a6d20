import { clockStanding } from './clock.ts';
import type { Db } from './open.ts';

/** Spreadsheets that wait to be confirmed, and those that can still be undone (migrations 0013 and 0020). */

export interface Upload {
  id: string;
  /** The number of the moderator. */
  person: number;
  /** The name of the file. */
  name: string;
  source: string;
  /** JSON of what it would do or did; 'null' while its columns are being agreed on. */
  report: string;
  /** ISO 8601, UTC. */
  made_at: string;
  /** Until then it can be confirmed; once it was taken in, until then it can be undone. */
  expires_at: string;
  /** Null while it waits. */
  done_at: string | null;
  /** JSON of how it is to be read; null for the template of this directory. */
  layout: string | null;
  /** JSON of what was found in it; null for the template. */
  found: string | null;
  /** Rows that have been taken in so far. */
  progress: number;
  /** JSON of what undoing it did; null where it was not undone. */
  undone: string | null;
}

const FIELDS = 'id, person, name, source, report, made_at, expires_at, done_at, layout, found, progress, undone';

type NewUpload = Omit<Upload, 'done_at' | 'progress' | 'undone' | 'layout' | 'found'> &
  Partial<Pick<Upload, 'layout' | 'found'>>;

/** Keeps a file, and lets go of those whose time is over, where the clock can be believed. */
export function addUpload(db: Db, upload: NewUpload, body: Uint8Array): void {
  db.transaction(() => {
    if (clockStanding(db, new Date(upload.made_at)).state === 'right')
      db.prepare('DELETE FROM csv_upload WHERE expires_at < ?').run(upload.made_at);
    db.prepare(
      `INSERT INTO csv_upload (id, person, name, source, body, report, made_at, expires_at, layout, found)
       VALUES (:id, :person, :name, :source, :body, :report, :made_at, :expires_at, :layout, :found)`,
    ).run({ layout: null, found: null, ...upload, body: Buffer.from(body) });
  }).immediate();
}

/** The file of that id; null where there is none, or its time is over. */
export const findUpload = (db: Db, id: string, now: string): Upload | null =>
  (db.prepare(`SELECT ${FIELDS} FROM csv_upload WHERE id = ? AND expires_at >= ?`).get(id, now) as
    | Upload
    | undefined) ?? null;

/** What the file holds. */
export const bodyOfUpload = (db: Db, id: string): Uint8Array | null =>
  (db.prepare('SELECT body FROM csv_upload WHERE id = ?').pluck().get(id) as Uint8Array | undefined) ?? null;

/** Files whose time is not over, the newest first. */
export const uploadsNow = (db: Db, now: string): Upload[] =>
  db
    .prepare(`SELECT ${FIELDS} FROM csv_upload WHERE expires_at >= ? ORDER BY made_at DESC LIMIT 50`)
    .all(now) as Upload[];

/** What the file would do is known, or has changed, because the directory or the way it is read has. */
export const replaceReport = (db: Db, id: string, report: string): void => {
  db.prepare('UPDATE csv_upload SET report = ? WHERE id = ? AND done_at IS NULL').run(report, id);
};

/** How the file is to be read, and what is found in it then. */
export const arrangeUpload = (db: Db, id: string, layout: string, found: string): void => {
  db.prepare("UPDATE csv_upload SET layout = ?, found = ?, report = 'null' WHERE id = ? AND done_at IS NULL").run(
    layout,
    found,
    id,
  );
};

/** So many rows have been taken in, with these lines of the history. Call it in the change that writes them. */
export const noteProgress = (db: Db, id: string, rows: number, [first, last]: readonly [number, number]): void => {
  db.prepare(
    `UPDATE csv_upload SET progress = progress + :rows,
       lines = iif(:last < :first, lines, json_insert(lines, '$[#]', json_array(:first, :last))) WHERE id = :id`,
  ).run({ id, rows, first, last });
};

/** The lines of the history that taking it in has written: first and last of each piece. */
export const linesOfUpload = (db: Db, id: string): [number, number][] =>
  JSON.parse((db.prepare('SELECT lines FROM csv_upload WHERE id = ?').pluck().get(id) as string | undefined) ?? '[]');

/**
 * The file was taken in. Call it in the change that does so; what it holds goes.
 * @param until ISO 8601: until then it can be undone
 * @returns false where somebody else was quicker
 */
export const finishUpload = (db: Db, id: string, report: string, now: string, until: string): boolean =>
  db
    .prepare(
      `UPDATE csv_upload SET done_at = ?, report = ?, expires_at = ?, body = x'', found = NULL WHERE id = ? AND done_at IS NULL`,
    )
    .run(now, report, until, id).changes === 1;

/** Of those lines only these are left to be undone. Call it in the change that undoes the others. */
export const keepLines = (db: Db, id: string, lines: readonly (readonly [number, number])[]): void => {
  db.prepare('UPDATE csv_upload SET lines = ? WHERE id = ?').run(JSON.stringify(lines), id);
};

/** It was undone, and came to this (JSON). @returns false where it was before */
export const markUploadUndone = (db: Db, id: string, undone: string): boolean =>
  db.prepare('UPDATE csv_upload SET undone = ? WHERE id = ? AND undone IS NULL').run(undone, id).changes === 1;

/** The file is not wanted. */
export const dropUpload = (db: Db, id: string): void => {
  db.prepare('DELETE FROM csv_upload WHERE id = ? AND done_at IS NULL').run(id);
};
