import { forgetMailsBeginning } from './mail.ts';
import type { Db } from './open.ts';
import { plainAddress } from './people.ts';

/** Who is told by mail when some listings change: an address for each, and the listings. */

/** Listings that one address is told of at most. */
const MOST_LISTINGS = 200;

export interface Watch {
  id: number;
  email: string;
  confirmed: boolean;
  /** 'YYYY-MM-DD': the last day on which it was looked whether there is something to tell; null before a yes. */
  looked: string | null;
}

export interface WatchedRow {
  service_id: string;
  /** What was public of it when they were last told, as JSON; null until they have confirmed. */
  shown: string | null;
  /** 'YYYY-MM-DD': since when it is no longer listed; null while it is. */
  gone: string | null;
}

/** What the keys of its mails begin with. */
export const watchMails = (id: number): string => `watch:${id}:`;

/** Keeps a wish that is still to be confirmed. @returns its number */
export function addWatch(db: Db, email: string, ids: readonly string[], now: Date): number {
  const id = Number(
    db.prepare('INSERT INTO watch (email, asked_at) VALUES (?, ?)').run(plainAddress(email), now.toISOString())
      .lastInsertRowid,
  );
  const add = db.prepare('INSERT INTO watched (watch, service_id) VALUES (?, ?)');
  for (const service of new Set(ids)) add.run(id, service);
  return id;
}

/** How many wishes of an address are still to be confirmed. */
export const unconfirmedWatches = (db: Db, email: string): number =>
  db.prepare('SELECT count(*) FROM watch WHERE email = ? AND confirmed = 0').pluck().get(plainAddress(email)) as number;

export function findWatch(db: Db, id: number): Watch | null {
  const row = db.prepare('SELECT id, email, confirmed, looked FROM watch WHERE id = ?').get(id) as
    | (Omit<Watch, 'confirmed'> & { confirmed: number })
    | undefined;
  return row ? { ...row, confirmed: row.confirmed === 1 } : null;
}

export const watchedRows = (db: Db, id: number): WatchedRow[] =>
  db.prepare('SELECT service_id, shown, gone FROM watched WHERE watch = ? ORDER BY service_id').all(id) as WatchedRow[];

/**
 * A wish is confirmed: with what its address is told of already it makes one.
 * @param today 'YYYY-MM-DD': nothing is looked for before the next day
 * @returns the number of that one
 */
export function confirmWatch(db: Db, { id, email }: Watch, today: string): number {
  const known = db.prepare('SELECT id FROM watch WHERE email = ? AND confirmed = 1').pluck().get(email) as
    | number
    | undefined;
  if (known === undefined) {
    db.prepare('UPDATE watch SET confirmed = 1, looked = ? WHERE id = ?').run(today, id);
    return id;
  }
  db.prepare(
    `INSERT INTO watched (watch, service_id)
     SELECT :known, service_id FROM watched WHERE watch = :id
       AND service_id NOT IN (SELECT service_id FROM watched WHERE watch = :known)
     LIMIT max(0, :most - (SELECT count(*) FROM watched WHERE watch = :known))`,
  ).run({ known, id, most: MOST_LISTINGS });
  dropWatch(db, id);
  return known;
}

/** Notes what a listing says, or since when it is no longer listed. */
export const noteWatched = (db: Db, watch: number, { service_id, shown, gone }: WatchedRow): void => {
  db.prepare('UPDATE watched SET shown = ?, gone = ? WHERE watch = ? AND service_id = ?').run(
    shown,
    gone,
    watch,
    service_id,
  );
};

/** A listing was joined into another: from now on it is about that one. */
export const moveWatched = (db: Db, watch: number, from: string, to: string): void => {
  db.prepare('UPDATE OR REPLACE watched SET service_id = ? WHERE watch = ? AND service_id = ?').run(to, watch, from);
};

export const dropWatched = (db: Db, watch: number, serviceId: string): boolean =>
  db.prepare('DELETE FROM watched WHERE watch = ? AND service_id = ?').run(watch, serviceId).changes > 0;

/** Those to be looked at today, by number. */
export const watchesToLookAt = (db: Db, today: string): number[] =>
  db.prepare('SELECT id FROM watch WHERE confirmed = 1 AND looked < ? ORDER BY id').pluck().all(today) as number[];

export const noteLooked = (db: Db, id: number, today: string): void => {
  db.prepare('UPDATE watch SET looked = ? WHERE id = ?').run(today, id);
};

/** Whether a mail to it was refused for good. */
export const isRefused = (db: Db, id: number): boolean =>
  db
    .prepare("SELECT 1 FROM mail WHERE key >= :start AND key < :end AND state = 'failed' LIMIT 1")
    .get({ start: watchMails(id), end: `watch:${id};` }) !== undefined;

/** Lets go of it: the address, the listings, and the address in the mails that went to it. */
export function dropWatch(db: Db, id: number): void {
  forgetMailsBeginning(db, watchMails(id));
  db.prepare('DELETE FROM watch WHERE id = ?').run(id);
}

/** Lets go of all that an address asked for. @returns whether there was anything */
export function dropWatchesOf(db: Db, email: string): boolean {
  const ids = db.prepare('SELECT id FROM watch WHERE email = ?').pluck().all(plainAddress(email)) as number[];
  for (const id of ids) dropWatch(db, id);
  return ids.length > 0;
}

/** Those that were asked for before a moment (ISO 8601, UTC) and never confirmed, by number. */
export const staleWatches = (db: Db, before: string): number[] =>
  db.prepare('SELECT id FROM watch WHERE confirmed = 0 AND asked_at < ?').pluck().all(before) as number[];
