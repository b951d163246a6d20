import type { RecordState } from '../domain/service.ts';
import { PUBLIC_STATES_SQL } from './documents.ts';
import type { Db } from './open.ts';

/** Figures of the directory as a whole, for those who look after it. */

/** How many listings are in each state. */
export const countByState = (db: Db): Partial<Record<RecordState, number>> =>
  Object.fromEntries(
    db.prepare('SELECT state, count(*) FROM service GROUP BY state').raw().all() as [RecordState, number][],
  );

/** How many public listings were last checked in each quarter ('2026-Q3'), the newest first. */
export const countByQuarter = (db: Db): { quarter: string; listings: number }[] =>
  db
    .prepare(
      `SELECT substr(assured_date, 1, 4) || '-Q' || ((substr(assured_date, 6, 2) + 2) / 3) AS quarter, count(*) AS listings
       FROM service WHERE state IN (${PUBLIC_STATES_SQL}) GROUP BY quarter ORDER BY quarter DESC`,
    )
    .all() as { quarter: string; listings: number }[];

/**
 * How long it took to decide about what was sent in, hours, the shortest first: of what was decided since then.
 * @param since ISO 8601, UTC
 */
export const reviewHours = (db: Db, since: string): number[] =>
  db
    .prepare(
      `SELECT (julianday(decided_at) - julianday(sent_at)) * 24 FROM submission
       WHERE decided_at > ? AND sent_at IS NOT NULL AND state IN ('published', 'refused')
         AND decision ->> '$.person' IS NOT NULL ORDER BY 1`,
    )
    .pluck()
    .all(since) as number[];

/** The same of reports. */
export const reportHours = (db: Db, since: string): number[] =>
  db
    .prepare('SELECT (julianday(decided_at) - julianday(at)) * 24 FROM report WHERE decided_at > ? ORDER BY 1')
    .pluck()
    .all(since) as number[];
