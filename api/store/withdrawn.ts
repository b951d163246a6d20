import { PUBLIC_STATES_SQL } from './documents.ts';
import type { Db } from './open.ts';
import type { PageStart } from './published.ts';

/**
 * What was published once and is no longer: hidden (archived, suspended, joined with another), or gone altogether. What was
 * never published is not among it: the history says which is which.
 */

const WAS_PUBLIC = `EXISTS (SELECT 1 FROM history WHERE history.record_id = service.id AND history.record = 'service'
  AND history.state IN (${PUBLIC_STATES_SQL}))`;

export interface Withdrawal {
  id: string;
  /** ISO 8601, UTC. */
  withdrawn_at: string;
}

/** When a service was withdrawn; null where it is published, or never was. */
export const withdrawnAt = (db: Db, id: string): string | null =>
  (db
    .prepare(
      `SELECT last_modified FROM service WHERE id = :id AND state NOT IN (${PUBLIC_STATES_SQL}) AND ${WAS_PUBLIC}
       UNION ALL SELECT at FROM withdrawn WHERE service_id = :id`,
    )
    .pluck()
    .get({ id }) as string | undefined) ?? null;

const ALL = `
  SELECT id, last_modified AS withdrawn_at FROM service INDEXED BY service_hidden
    WHERE state NOT IN (${PUBLIC_STATES_SQL}) AND last_modified >= :since AND ${WAS_PUBLIC}
  UNION ALL SELECT service_id, at FROM withdrawn WHERE at >= :since`;

/** How many were withdrawn since a moment, ISO 8601. */
export const countWithdrawals = (db: Db, since: string): number =>
  db.prepare(`SELECT count(*) FROM (${ALL})`).pluck().get({ since }) as number;

/** Those withdrawn since a moment, in the order of their ids. */
export function withdrawals(db: Db, since: string, from: PageStart, limit: number): Withdrawal[] {
  const [after, offset] = 'after' in from ? [from.after, 0] : ['', from.skip];
  return db
    .prepare(`SELECT * FROM (${ALL}) WHERE id > :after ORDER BY id LIMIT :limit OFFSET :offset`)
    .all({ since, after, limit, offset }) as Withdrawal[];
}

/** Whether an organization offered something once that is withdrawn now. */
export const organizationWithdrawn = (db: Db, id: string): boolean =>
  db
    .prepare(
      `SELECT 1 FROM service WHERE organization_id = ? AND state NOT IN (${PUBLIC_STATES_SQL}) AND ${WAS_PUBLIC}`,
    )
    .get(id) !== undefined;

/** When anything of the directory last changed, ISO 8601; the beginning of time for an empty one. */
export const lastChange = (db: Db): string =>
  db
    .prepare(
      `SELECT max(coalesce((SELECT at FROM history ORDER BY seq DESC LIMIT 1), ''),
         coalesce((SELECT at FROM withdrawn ORDER BY revision DESC LIMIT 1), ''),
         coalesce((SELECT last_modified FROM service ORDER BY revision DESC LIMIT 1), '1970-01-01T00:00:00.000Z'))`,
    )
    .pluck()
    .get() as string;
