import type { Db } from './open.ts';

/** Deletes what is kept of people when its time is over (docs/personal-data.md). Every moment is ISO 8601, UTC. */

/** Forgets the addresses of mails that have ended, and the text of those that were given up. */
export const forgetMails = (db: Db, endedBefore: string): number =>
  db
    .prepare(
      `UPDATE mail SET recipient = NULL, given = NULL, trouble = NULL
       WHERE state IN ('sent', 'failed') AND recipient IS NOT NULL AND ended_at < ?`,
    )
    .run(endedBefore).changes;

/** Deletes mails that ended so long ago that nothing can want them again. */
export const dropMails = (db: Db, endedBefore: string): number =>
  db.prepare("DELETE FROM mail WHERE state IN ('sent', 'failed') AND ended_at < ?").run(endedBefore).changes;

/** Deletes keys that were used or expired. Until then a page can say kindly what they were for. */
export const dropEndedTokens = (db: Db, before: string): number =>
  db.prepare('DELETE FROM token WHERE expires_at < :before OR used_at < :before').run({ before }).changes;

/**
 * Deletes reminders from before the last check of a listing.
 * @param before 'YYYY-MM-DD'
 */
export const dropFormerReminders = (db: Db, before: string): number =>
  db
    .prepare(
      `DELETE FROM reminder WHERE day < ?
       AND checked <> (SELECT assured_date FROM service WHERE service.id = reminder.service_id)`,
    )
    .run(before).changes;

/**
 * Forgets the addresses of people with whom the directory has nothing to do any more: they look after nothing, have
 * sent nothing that is undecided or recent, wait for no answer, and have no key and no mail. Their number stays, since
 * the history has it.
 * @param keep addresses that stay in any case
 */
export const forgetIdlePeople = (db: Db, since: string, keep: readonly string[]): number =>
  db
    .prepare(
      `UPDATE person SET email = NULL WHERE email IS NOT NULL AND since < :since
       AND email NOT IN (SELECT value FROM json_each(:keep))
       AND id NOT IN (SELECT person FROM keeper)
       AND id NOT IN (SELECT person FROM moderator)
       AND NOT EXISTS (SELECT 1 FROM token WHERE token.person = person.id)
       AND NOT EXISTS (SELECT 1 FROM mail WHERE mail.recipient = person.email)
       AND NOT EXISTS (SELECT 1 FROM submission WHERE submission.person = person.id)
       AND NOT EXISTS (SELECT 1 FROM moderator_session WHERE moderator_session.person = person.id)
       AND NOT EXISTS (SELECT 1 FROM report WHERE report.person = person.id)`,
    )
    .run({ since, keep: JSON.stringify(keep) }).changes;
