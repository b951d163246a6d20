import { withoutHurry } from './checkpoints.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { writeSetting } from './settings.ts';

/** What waits and what does not get through, in figures. */

export interface Waiting {
  /** Forms and reports that wait for a moderator. */
  forms: number;
  reports: number;
  /** Mails that have not gone out yet, and those that were given up. */
  mails: number;
  mails_failed: number;
  /** When the oldest of those that wait was wished for, ISO 8601, UTC; null where none does. */
  oldest_mail: string | null;
  /** Feeds that are harvested by themselves, and those of them whose last harvest came to nothing. */
  feeds: number;
  feeds_failing: number;
  /** When a harvest last came through, ISO 8601, UTC; null where none has. */
  last_harvest: string | null;
}

/** Counts all of it. */
export const countWaiting = (db: Db): Waiting =>
  prepared(
    db,
    `SELECT
       (SELECT count(*) FROM submission WHERE state = 'waiting') AS forms,
       (SELECT count(*) FROM report WHERE state = 'open') AS reports,
       (SELECT count(*) FROM mail WHERE state IN ('waiting', 'sending')) AS mails,
       (SELECT count(*) FROM mail WHERE state = 'failed') AS mails_failed,
       (SELECT min(queued_at) FROM mail WHERE state IN ('waiting', 'sending')) AS oldest_mail,
       (SELECT count(*) FROM feed WHERE state = 'active') AS feeds,
       (SELECT count(*) FROM feed WHERE state = 'active' AND failures > 0) AS feeds_failing,
       (SELECT max(ended_at) FROM harvest WHERE outcome = 'complete') AS last_harvest`,
  ).get() as Waiting;

/** Bytes of the file, and of it what is free to be used again. */
export function sizeOf(db: Db): { bytes: number; free: number } {
  const pragma = (name: string) => db.pragma(name, { simple: true }) as number;
  const page = pragma('page_size');
  return { bytes: pragma('page_count') * page, free: pragma('freelist_count') * page };
}

const WRITTEN = 'last_write_check';

/**
 * Writes a line into the file.
 * @returns whether that works; true also where another process is writing at the moment
 */
export function canWrite(db: Db, now: Date): boolean {
  try {
    withoutHurry(db, () => writeSetting(db, WRITTEN, now.toISOString()));
    return true;
  } catch {
    return false;
  }
}
