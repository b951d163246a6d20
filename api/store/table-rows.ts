import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** The rows of tables of others that are listings here (migration 0029). */

/**
 * Notes that a listing is a row of a table. Call it in the change that writes it.
 * @param upload the file that brought it; null where it came by the command line
 */
export const keepRow = (db: Db, headings: string, serviceId: string, upload: string | null): void => {
  prepared(
    db,
    `INSERT INTO table_row (headings, service_id, upload) VALUES (:headings, :service_id, :upload)
     ON CONFLICT DO UPDATE SET upload = :upload WHERE upload IS NOT :upload`,
  ).run({ headings, service_id: serviceId, upload });
};

/** The file that brought a row last; null where it is not kept any more. */
export const uploadOfRow = (db: Db, headings: string, serviceId: string): string | null =>
  (prepared(db, 'SELECT upload FROM table_row WHERE headings = ? AND service_id = ?')
    .pluck()
    .get(headings, serviceId) as string | null | undefined) ?? null;

/** The tables of which a file has brought rows, by their headings. */
export const headingsOfUpload = (db: Db, upload: string): string[] =>
  db.prepare('SELECT DISTINCT headings FROM table_row WHERE upload = ?').pluck().all(upload) as string[];

/** The rows that a file has brought are none any more, and ask nothing. */
export function forgetRows(db: Db, upload: string): void {
  db.prepare(
    `DELETE FROM asked_record WHERE (source, record_id) IN (SELECT headings, service_id FROM table_row WHERE upload = ?)`,
  ).run(upload);
  db.prepare('DELETE FROM table_row WHERE upload = ?').run(upload);
}
