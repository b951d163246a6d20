import type { RecordState } from '../domain/service.ts';
import { PUBLIC_STATES_SQL } from './documents.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

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

/** Listings of one day of checking, or some of them. */
export interface CheckedOnDay {
  /** 'YYYY-MM-DD' */
  checked: string;
  /** Whether they are limited in time, as api/domain/review.ts has it. */
  limited: boolean;
  listings: number;
  /** Of these, how many nobody looks after. */
  alone: number;
}

/** So many listings are counted between two pauses: a millisecond or two. */
const AT_ONCE = 2048;

/**
 * How many published listings were last checked on which day, the earliest first, in slices (api/runtime/slices.ts). All of
 * it is in indexes, so that no document is read.
 */
export function* countByCheck(db: Db): Generator<void, CheckedOnDay[]> {
  const next = prepared(
    db,
    `SELECT assured_date AS checked, time_limited AS limited, count(*) AS listings, sum(alone) AS alone, max(id) AS id
     FROM (SELECT assured_date, time_limited, id,
         NOT EXISTS (SELECT 1 FROM keeper WHERE keeper.service_id = service.id) AS alone
       FROM service INDEXED BY service_to_check
       WHERE state = 'published' AND (assured_date, time_limited, id) > (:checked, :limited, :id)
       ORDER BY assured_date, time_limited, id LIMIT ${AT_ONCE})
     GROUP BY assured_date, time_limited ORDER BY assured_date, time_limited`,
  );
  const days: CheckedOnDay[] = [];
  for (let last = { checked: '', limited: 0, id: '' }; ; ) {
    const found = next.all(last) as { checked: string; limited: number; listings: number; alone: number; id: string }[];
    days.push(...found.map(({ id: _, ...day }) => ({ ...day, limited: day.limited === 1 })));
    last = found.at(-1) ?? last;
    if (found.reduce((sum, { listings }) => sum + listings, 0) < AT_ONCE) return days;
    yield;
  }
}

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
