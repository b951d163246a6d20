import type { Db } from './open.ts';

/**
 * Searches that found nothing near, as counts. What fewer than five have looked for never leaves this file: the query
 * itself leaves it out.
 */

/** A count is shown from so many searches on: fewer could tell what one person looked for. */
export const SHOWN_FROM = 5;

export type UnmetWhat = 'any' | 'category' | 'kind' | 'word';

/** One thing that was looked for in one outcode and not found. */
export interface UnmetCount {
  /** '2026-Q4' */
  quarter: string;
  /** 'E8'; '' where a larger place was searched from. */
  outcode: string;
  what: UnmetWhat;
  /** A category's or kind's code, or a word; '' for any search. */
  value: string;
  searches: number;
}

/** Adds to the counts, all or none. */
export function addUnmet(db: Db, counts: Iterable<UnmetCount>): void {
  const add = db.prepare(
    `INSERT INTO unmet (quarter, outcode, what, value, searches) VALUES (:quarter, :outcode, :what, :value, :searches)
     ON CONFLICT (quarter, outcode, what, value) DO UPDATE SET searches = searches + excluded.searches`,
  );
  db.transaction(() => {
    for (const count of counts) add.run(count);
  }).immediate();
}

/** The counts of a quarter that are large enough to show, the largest first. */
export const unmetOf = (db: Db, quarter: string): UnmetCount[] =>
  db
    .prepare(
      `SELECT quarter, outcode, what, value, searches FROM unmet WHERE quarter = ? AND searches >= ${SHOWN_FROM}
       ORDER BY searches DESC, outcode, what, value`,
    )
    .all(quarter) as UnmetCount[];

/** The same over all outcodes together. */
export const unmetAnywhere = (db: Db, quarter: string): Omit<UnmetCount, 'outcode'>[] =>
  db
    .prepare(
      `SELECT quarter, what, value, sum(searches) AS searches FROM unmet WHERE quarter = ?
       GROUP BY what, value HAVING sum(searches) >= ${SHOWN_FROM} ORDER BY searches DESC, what, value`,
    )
    .all(quarter) as Omit<UnmetCount, 'outcode'>[];

/** The quarters in which something was counted, the newest first. */
export const unmetQuarters = (db: Db): string[] =>
  db.prepare('SELECT DISTINCT quarter FROM unmet ORDER BY quarter DESC').pluck().all() as string[];

/** Forgets the quarters before that one. */
export function dropUnmet(db: Db, before: string): void {
  db.prepare('DELETE FROM unmet WHERE quarter < ?').run(before);
}
