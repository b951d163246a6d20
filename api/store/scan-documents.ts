import { setImmediate } from 'node:timers/promises';
import { IS_PUBLIC } from './documents.ts';
import type { Db } from './open.ts';

/**
 * Searches the documents of published services for what is in no index. It takes about a second for 200,000, so it is
 * done in slices, between which other requests are answered.
 */

const CLOSED = `${IS_PUBLIC} AND document ->> '$.status' <> 'active'`;
const SLICE = 4000;

/** A condition on `service`, in SQL, with the values that it names. Never put into `sql` what somebody sent. */
export interface Condition {
  sql: string;
  values: Record<string, string | number>;
}

/** The ids, in their order, of the published services for which a condition holds. */
export async function scanDocuments(db: Db, { sql, values }: Condition): Promise<string[]> {
  const last = db
    .prepare(
      `SELECT max(id) FROM (SELECT id FROM service INDEXED BY service_published WHERE ${IS_PUBLIC} AND id > :after ORDER BY id LIMIT ${SLICE})`,
    )
    .pluck();
  const found = db
    .prepare(
      `SELECT id FROM service INDEXED BY service_published WHERE ${IS_PUBLIC} AND id > :after AND id <= :upTo AND (${sql}) ORDER BY id`,
    )
    .pluck();
  const ids: string[] = [];
  for (let after = ''; ; ) {
    const upTo = last.get({ after }) as string | null;
    if (upTo === null) return ids;
    for (const id of found.all({ ...values, after, upTo }) as string[]) ids.push(id);
    after = upTo;
    await setImmediate();
  }
}

/** The same among those only whose status is not 'active'. */
export const scanClosedDocuments = (db: Db, { sql, values }: Condition): string[] =>
  db
    .prepare(`SELECT id FROM service INDEXED BY service_published_closed WHERE ${CLOSED} AND (${sql}) ORDER BY id`)
    .pluck()
    .all(values) as string[];
