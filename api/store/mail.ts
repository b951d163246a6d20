import { randomUUID } from 'node:crypto';
import type { Db } from './open.ts';
import { plainAddress } from './people.ts';
import { prepared } from './prepared.ts';

/** Mails: a row for each, from the moment it is wanted until well after it was sent. */

export interface MailRow {
  id: number;
  key: string;
  recipient: string;
  template: string;
  given: Record<string, string>;
  message_id: string;
  /** Counting the one under way. */
  attempts: number;
  /** ISO 8601, UTC. */
  queued_at: string;
}

/** Puts a mail into the queue; where one of that key was there before, nothing happens. */
export function insertMail(
  db: Db,
  mail: { key: string; to: string; template: string; values: Record<string, string> },
  now: Date,
): void {
  prepared(
    db,
    `INSERT INTO mail (key, recipient, template, given, message_id, state, queued_at, next_at)
     VALUES (:key, :to, :template, :values, :message_id, 'waiting', :now, :now) ON CONFLICT (key) DO NOTHING`,
  ).run({
    key: mail.key,
    to: plainAddress(mail.to),
    template: mail.template,
    values: JSON.stringify(mail.values),
    message_id: randomUUID(),
    now: now.toISOString(),
  });
}

/**
 * Takes the next mail to send, so that no other process sends it too. A mail that was taken by a process that died is
 * taken again when its time is over.
 * @param until when whoever takes it counts as gone
 */
export function claimMail(db: Db, now: Date, until: Date): MailRow | null {
  const row = db
    .prepare(
      `UPDATE mail SET state = 'sending', attempts = attempts + 1, next_at = :until
       WHERE id = (SELECT id FROM mail WHERE state IN ('waiting', 'sending') AND next_at <= :now ORDER BY next_at, id LIMIT 1)
       RETURNING id, key, recipient, template, given, message_id, attempts, queued_at`,
    )
    .get({ now: now.toISOString(), until: until.toISOString() }) as
    | (Omit<MailRow, 'given'> & { given: string })
    | undefined;
  return row ? { ...row, given: JSON.parse(row.given) } : null;
}

/**
 * Says that whoever took a mail is still at it.
 * @param attempts those when it was taken: once somebody else has taken it since, nothing is said
 */
export const holdMail = (db: Db, { id, attempts }: Pick<MailRow, 'id' | 'attempts'>, until: Date): void => {
  if (!db.open) return;
  prepared(db, "UPDATE mail SET next_at = ? WHERE id = ? AND state = 'sending' AND attempts = ?").run(
    until.toISOString(),
    id,
    attempts,
  );
};

/** It has gone out. What stood in it is let go of, since its links hold keys. */
export function markSent(db: Db, id: number, now: Date): void {
  db.prepare("UPDATE mail SET state = 'sent', given = NULL, trouble = NULL, ended_at = ? WHERE id = ?").run(
    now.toISOString(),
    id,
  );
}

/** Notes that a mail could not be sent, and is to be tried again from that moment on. */
export function markDelayed(db: Db, id: number, trouble: string, next: Date): void {
  db.prepare("UPDATE mail SET state = 'waiting', trouble = ?, next_at = ? WHERE id = ?").run(
    trouble,
    next.toISOString(),
    id,
  );
}

/** Notes that a mail cannot be sent at all. It is kept for a while, so that a moderator may have it tried again. */
export function markFailed(db: Db, id: number, trouble: string, now: Date): void {
  db.prepare("UPDATE mail SET state = 'failed', trouble = ?, ended_at = ? WHERE id = ?").run(
    trouble,
    now.toISOString(),
    id,
  );
}

/** When the next mail wants to be tried, in milliseconds since 1970; null where none is on its way. */
export function nextMailAt(db: Db): number | null {
  const next = db.prepare("SELECT min(next_at) FROM mail WHERE state IN ('waiting', 'sending')").pluck().get();
  return next === null ? null : Date.parse(next as string);
}

/**
 * What has become of the mails whose keys begin with something.
 * @param start up to and with a ':'
 * @returns null where there are none; else how many are still to be sent, and when the last one was sent or given up
 *   (ISO 8601, UTC; null where none was)
 */
export function mailsBeginning(db: Db, start: string): { waiting: number; sent: number; ended: string | null } | null {
  const { all, ...found } = prepared(
    db,
    `SELECT count(*) AS "all", count(*) FILTER (WHERE state IN ('waiting', 'sending')) AS waiting,
       count(*) FILTER (WHERE state = 'sent') AS sent, max(ended_at) AS ended
     FROM mail WHERE key >= :start AND key < :end`,
  ).get({ start, end: `${start.slice(0, -1)};` }) as {
    all: number;
    waiting: number;
    sent: number;
    ended: string | null;
  };
  return all === 0 ? null : found;
}

/** How many mails whose keys begin with that have been queued since a moment. */
export const mailsQueuedSince = (db: Db, start: string, since: Date): number =>
  db
    .prepare('SELECT count(*) FROM mail WHERE key >= :start AND key < :end AND queued_at > :since')
    .pluck()
    .get({ start, end: `${start.slice(0, -1)};`, since: since.toISOString() }) as number;

/** Lets go of the address in mails whose keys begin with that, and of those that have not gone out. */
export function forgetMailsBeginning(db: Db, start: string): void {
  const keys = { start, end: `${start.slice(0, -1)};` };
  db.prepare("DELETE FROM mail WHERE key >= :start AND key < :end AND state IN ('waiting', 'sending')").run(keys);
  db.prepare(
    'UPDATE mail SET recipient = NULL, given = NULL, trouble = NULL WHERE key >= :start AND key < :end AND recipient IS NOT NULL',
  ).run(keys);
}

/** How many mails of a template have been queued for an address since a moment. */
export const mailsTo = (db: Db, address: string, template: string, since: Date): number =>
  db
    .prepare('SELECT count(*) FROM mail WHERE recipient = ? AND template = ? AND queued_at > ?')
    .pluck()
    .get(plainAddress(address), template, since.toISOString()) as number;
