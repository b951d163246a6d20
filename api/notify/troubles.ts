import type { Db } from '../store/open.ts';

/** What the moderators see of mail: what waits, what does not arrive and why, and a way to have it tried again. */

export interface MailInTrouble {
  id: number;
  template: string;
  /** Null once it was forgotten. */
  recipient: string | null;
  state: 'waiting' | 'failed';
  attempts: number;
  /** ISO 8601, UTC. */
  queued_at: string;
  /** When it is tried next; null where it is not. */
  next_at: string | null;
  /** What the mail server, or this program, said. */
  trouble: string;
}

/**
 * @returns how many mails wait to go out, since when the oldest does (ISO 8601, UTC; null where none), and up to 100 that
 *   did not get through at their last attempt: those given up first, then the newest
 */
export function mailTroubles(db: Db): { waiting: number; oldest: string | null; troubles: MailInTrouble[] } {
  const { waiting, oldest } = db
    .prepare("SELECT count(*) AS waiting, min(queued_at) AS oldest FROM mail WHERE state IN ('waiting', 'sending')")
    .get() as { waiting: number; oldest: string | null };
  const troubles = db
    .prepare(
      `SELECT id, template, recipient, iif(state = 'failed', 'failed', 'waiting') AS state, attempts, queued_at,
         iif(state = 'failed', NULL, next_at) AS next_at, trouble
       FROM mail WHERE trouble IS NOT NULL AND state <> 'sent' ORDER BY state = 'failed' DESC, id DESC LIMIT 100`,
    )
    .all() as MailInTrouble[];
  return { waiting, oldest, troubles };
}

/**
 * Has a mail tried again at once that was given up, or waits for its next attempt.
 * @returns false where it cannot be: it went out, or what stood in it was forgotten
 */
export const retryMail = (db: Db, id: number, now: Date): boolean =>
  db
    .prepare(
      `UPDATE mail SET state = 'waiting', next_at = :now, queued_at = iif(state = 'failed', :now, queued_at), ended_at = NULL
       WHERE id = :id AND state IN ('waiting', 'failed') AND recipient IS NOT NULL AND given IS NOT NULL`,
    )
    .run({ id, now: now.toISOString() }).changes === 1;
