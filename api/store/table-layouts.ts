import type { Db } from './open.ts';

/** How tables with the same headings are read (migration 0020). */

/** What was said of tables with these headings the last time, as JSON; null where none came before. */
export const layoutFor = (db: Db, headings: string): string | null =>
  (db.prepare('SELECT layout FROM table_layout WHERE headings = ?').pluck().get(headings) as string | undefined) ??
  null;

/** Remembers it for the next time. */
export const rememberLayout = (db: Db, headings: string, layout: string, at: string): void => {
  db.prepare('INSERT OR REPLACE INTO table_layout (headings, layout, at) VALUES (?, ?, ?)').run(headings, layout, at);
};
