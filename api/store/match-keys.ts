import { moveCursor, type Reached, servicesBehind } from './cursors.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** The keys under which listings are found that may be the same thing (migration 0012). */

/** The services that were saved since their keys were last read, the oldest first. */
export const unreadServices = (db: Db, limit: number): Reached[] => servicesBehind(db, 'match_cursor', limit);

/**
 * Replaces the keys of listings, and remembers how far the reading has come.
 * @param last the last service of them, as {@link unreadServices} gave it
 */
export function saveKeys(db: Db, listings: Iterable<{ id: string; keys: readonly number[] }>, last: Reached): void {
  const number = prepared(db, 'SELECT number FROM match_listing WHERE service_id = ?').pluck();
  const add = prepared(db, 'INSERT INTO match_listing (service_id) VALUES (?) RETURNING number').pluck();
  const clear = prepared(db, 'DELETE FROM match_key WHERE number = ?');
  const keep = prepared(db, 'INSERT INTO match_key (key, number) VALUES (?, ?)');
  db.transaction(() => {
    for (const { id, keys } of listings) {
      const known = number.get(id) as number | undefined;
      if (known !== undefined) clear.run(known);
      const own = known ?? (add.get(id) as number);
      for (const key of keys) keep.run(key, own);
    }
    moveCursor(db, 'match_cursor', last);
  }).immediate();
}

/**
 * The services that share keys with a record: first those that share most, and what fewest others have.
 * @param keys a key that more than `crowd` services have says nothing and is skipped
 * @param limit how many at most
 */
export function servicesWithKeys(db: Db, keys: readonly number[], crowd: number, limit: number): string[] {
  const holders = prepared(db, 'SELECT number FROM match_key WHERE key = ? LIMIT ?').pluck();
  const shared = new Map<number, number>();
  for (const key of keys) {
    const numbers = holders.all(key, crowd + 1) as number[];
    if (numbers.length > crowd) continue;
    // A key of few services says more: a telephone number more than the word 'yoga' in London.
    for (const number of numbers) shared.set(number, (shared.get(number) ?? 0) + 1 / numbers.length);
  }
  const best = [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit);
  const id = prepared(db, 'SELECT service_id FROM match_listing WHERE number = ?').pluck();
  return best.map(([number]) => id.get(number) as string);
}

/** How the feeds that some services were taken from call them, by service; those that were not imported are missing. */
export const importedAs = (db: Db, ids: readonly string[]): Map<string, { feed: string; record_id: string }> =>
  new Map(
    (
      prepared(
        db,
        'SELECT service_id, feed, record_id FROM imported WHERE service_id IN (SELECT value FROM json_each(?))',
      ).all(JSON.stringify(ids)) as { service_id: string; feed: string; record_id: string }[]
    ).map(({ service_id, feed, record_id }) => [service_id, { feed, record_id }]),
  );
