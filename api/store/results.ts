import { moveCursor, servicesBehind } from './cursors.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** What searches show of listings, prepared in the file (table `result`). */

/** Nearly all of a result, encoded, and when it holds. */
export interface PreparedResult {
  /** The weekday of its next session, 0 for Monday; null where none is known. */
  weekday: number | null;
  /** The areas that it serves and how it is met without a venue, in words. */
  areas: string;
  remote: string;
  /** Of one that does not say where people must live: what is known instead; '' where it says. */
  unclear: string;
  /** Milliseconds since 1970: from when and until when it holds; the end may be infinite. */
  since: number;
  until: number;
  /** JSON without its opening brace, encoded. */
  json: Buffer;
}

type Row = [
  key: string,
  weekday: number | null,
  areas: string,
  remote: string,
  unclear: string,
  since: number,
  until: number | null,
  json: Buffer,
];

/**
 * The key of a result. A listing is shown with one of its locations, mostly the nearest.
 * @param location as `locationKey` has it (api/results/prepared-result.ts)
 */
export const resultKey = (serviceId: string, location: string): string => `${serviceId} ${location}`;

/** The results of some keys, by key. The caller has to see whether they hold now. */
export function findResults(db: Db, keys: readonly string[]): Map<string, PreparedResult> {
  const rows = prepared(
    db,
    `SELECT result.key, weekday, areas, remote, unclear, since, until, body
       FROM json_each(?) AS wanted CROSS JOIN result ON result.key = wanted.value`,
  )
    .raw()
    .all(JSON.stringify(keys)) as Row[];
  return new Map(
    rows.map(([key, weekday, areas, remote, unclear, since, until, json]) => [
      key,
      { weekday, areas, remote, unclear, since, until: until ?? Number.POSITIVE_INFINITY, json },
    ]),
  );
}

/**
 * Makes the results of services that have none yet, or whose result no longer holds, all in one transaction, so that
 * none can be outdated when it is written.
 * @param now milliseconds since 1970
 * @param limit how many services at most
 * @param say prepares all that is shown of services of those ids, by key; those that the public does not see are left
 *   out
 * @returns whether all are made
 */
export function renewResults(
  db: Db,
  now: number,
  limit: number,
  say: (ids: readonly string[]) => Iterable<[key: string, result: PreparedResult]>,
): boolean {
  const unseen = (most: number) => servicesBehind(db, 'result_cursor', most);
  const over = prepared(
    db,
    "SELECT DISTINCT substr(key, 1, instr(key, ' ') - 1) FROM result WHERE until <= ? LIMIT ?",
  ).pluck();
  const keep = prepared(
    db,
    `INSERT OR REPLACE INTO result (key, weekday, areas, remote, unclear, since, until, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  // Looks first: a transaction that writes waits for others that do.
  if (unseen(1).length + over.all(now, 1).length === 0) return true;
  return db
    .transaction(() => {
      const found = unseen(limit);
      const ended = over.all(now, limit - found.length) as string[];
      for (const [key, { weekday, areas, remote, unclear, since, until, json }] of say([
        ...found.map(({ id }) => id),
        ...ended,
      ]))
        keep.run(key, weekday, areas, remote, unclear, since, Number.isFinite(until) ? until : null, json);
      const last = found.at(-1);
      if (last) moveCursor(db, 'result_cursor', last);
      return found.length + ended.length < limit;
    })
    .immediate();
}

/** Deletes the results of another edition of the program. */
export function dropResultsOfOtherEditions(db: Db, edition: string): void {
  const known = prepared(db, 'SELECT edition FROM result_cursor').pluck();
  if (known.get() === edition) return;
  db.transaction(() => {
    prepared(db, 'DELETE FROM result').run();
    prepared(db, "UPDATE result_cursor SET revision = 0, service_id = '', edition = ?").run(edition);
  }).immediate();
}
