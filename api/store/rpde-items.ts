import type { Db } from './open.ts';

/** What a feed that is paged by what has changed has said so far (migration 0021). */

/** Items by their keys; null for one that is no more. */
export type RpdeChanges = ReadonlyMap<string, unknown>;

/** The items of a feed as its last complete harvest left them. */
export function* rpdeItems(db: Db, feed: string): Generator<[key: string, content: unknown]> {
  const rows = db.prepare('SELECT key, content FROM rpde_item WHERE feed = ?').raw().all(feed) as [string, string][];
  for (const [key, content] of rows) yield [key, JSON.parse(content)];
}

/** Keeps what has changed; `anew`: it was read from its beginning, and nothing else is there. */
export function keepRpdeItems(db: Db, feed: string, changes: RpdeChanges, anew: boolean): void {
  const put = db.prepare('INSERT OR REPLACE INTO rpde_item (feed, key, content) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM rpde_item WHERE feed = ? AND key = ?');
  db.transaction(() => {
    if (anew) db.prepare('DELETE FROM rpde_item WHERE feed = ?').run(feed);
    for (const [key, content] of changes) {
      if (content !== null) put.run(feed, key, JSON.stringify(content));
      else if (!anew) drop.run(feed, key);
    }
  }).immediate();
}
