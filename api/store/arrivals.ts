import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** What arrived for moderators and still waits. */
export interface Arrivals {
  forms: number;
  reports: number;
}

/** @param since ISO 8601, UTC: only what arrived after it */
export const arrivalsSince = (db: Db, since: string): Arrivals =>
  prepared(
    db,
    `SELECT (SELECT count(*) FROM submission WHERE state = 'waiting' AND sent_at > :since) AS forms,
            (SELECT count(*) FROM report WHERE state = 'open' AND at > :since) AS reports`,
  ).get({ since }) as Arrivals;
