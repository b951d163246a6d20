import type { RecordState, Service } from '../domain/service.ts';
import { readService } from './documents.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** Which steps were taken with listings that nobody checks, and which listings are to be looked at at all. */

export interface ReminderRow {
  step: string;
  /** 'YYYY-MM-DD'. */
  day: string;
}

/** @param checked the oldest checked date that the steps count from, 'YYYY-MM-DD' */
export const remindersOf = (db: Db, serviceId: string, checked: string): ReminderRow[] =>
  prepared(db, 'SELECT step, day FROM reminder WHERE service_id = ? AND checked = ?').all(
    serviceId,
    checked,
  ) as ReminderRow[];

/** Keeps that a step was taken. */
export function addReminder(db: Db, serviceId: string, checked: string, { step, day }: ReminderRow): void {
  prepared(db, 'INSERT INTO reminder (service_id, checked, step, day) VALUES (?, ?, ?, ?)').run(
    serviceId,
    checked,
    step,
    day,
  );
}

/**
 * Counts reminders that are dated after today as sent today: the clock was wrong when they were, and nobody is to wait for a
 * day that may be a year off.
 */
export const recallFutureReminders = (db: Db, today: string): void => {
  prepared(db, 'UPDATE reminder SET day = :today WHERE day > :today').run({ today });
};

/** Forgets that steps were taken. */
export function dropReminders(db: Db, serviceId: string, checked: string, steps: readonly string[]): void {
  db.prepare(
    'DELETE FROM reminder WHERE service_id = ? AND checked = ? AND step IN (SELECT value FROM json_each(?))',
  ).run(serviceId, checked, JSON.stringify(steps));
}

/**
 * Ids of the listings of which something may have to be done: due or later, or long enough ago checked to become so;
 * available otherwise until a day that has passed; events. They come in small lists, so that others can be let in between,
 * and one may come twice.
 * @param today 'YYYY-MM-DD' in Europe/London
 * @param checkedBy the last day on which something may have been checked that is due today
 * @param answered the last day whose reminder allows of another step today
 */
export function* listingsToLookAt(
  db: Db,
  { today, checkedBy, answered }: { today: string; checkedBy: string; answered: string },
): Generator<string[]> {
  const ids = (sql: string, ...values: string[]) =>
    prepared(db, sql)
      .pluck()
      .all(...values) as string[];
  const days = 'SELECT DISTINCT assured_date FROM service WHERE state = ?';
  for (const day of ids(`${days} AND assured_date <= ?`, 'published', checkedBy))
    yield ids("SELECT id FROM service WHERE state = 'published' AND assured_date = ?", day);
  for (const state of ['due', 'unconfirmed'])
    for (const day of ids(days, state))
      yield ids(
        `SELECT id FROM service WHERE state = ? AND assured_date = ? AND NOT EXISTS (
           SELECT 1 FROM reminder WHERE service_id = service.id AND checked = service.assured_date AND day > ?)`,
        state,
        day,
        answered,
      );
  yield ids(
    `SELECT id FROM service WHERE document ->> '$.availability.until' < ?
       AND document ->> '$.availability.until' IS NOT NULL`,
    today,
  );
  yield ids("SELECT id FROM service WHERE kind = 'event'");
}

/** Services with their states, without what they refer to; ids that name none are left out. */
export function* servicesOf(db: Db, ids: readonly string[]): Generator<{ service: Service; state: RecordState }> {
  const rows = prepared(db, 'SELECT document, state FROM service WHERE id IN (SELECT value FROM json_each(?))').all(
    JSON.stringify(ids),
  ) as { document: string; state: RecordState }[];
  for (const { document, state } of rows) yield { service: readService(document), state };
}
