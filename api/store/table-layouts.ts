import type { Db } from './open.ts';

/** How tables with the same headings are read, and what they are called (migrations 0020 and 0029). */

/** What was said of tables with these headings the last time, as JSON; null where none came before. */
export const layoutFor = (db: Db, headings: string): string | null =>
  (db.prepare('SELECT layout FROM table_layout WHERE headings = ?').pluck().get(headings) as string | undefined) ??
  null;

/** Who made the last table with these headings, and its file; null where none came before. */
export const tableNamed = (db: Db, headings: string): string | null =>
  (db.prepare('SELECT name FROM table_layout WHERE headings = ?').pluck().get(headings) as string | undefined) ?? null;

/**
 * Remembers it for the next time.
 * @param layout JSON
 * @param name who made it, and what the file is called
 */
export const rememberLayout = (db: Db, headings: string, layout: string, name: string, at: string): void => {
  db.prepare(
    `INSERT INTO table_layout (headings, layout, name, at) VALUES (:headings, :layout, :name, :at)
     ON CONFLICT DO UPDATE SET layout = :layout, name = :name, at = :at`,
  ).run({ headings, layout, name, at });
};
