import type { SearchIndex } from '../search/types.ts';
import { type Cause, lastRevision } from '../store/changes.ts';
import {
  type Batch,
  changedListings,
  goneSince,
  idsSince,
  renewHidden,
  type SavedIds,
  writeBatch,
} from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { type BulkCounts, writeInBulk } from './bulk-write.ts';
import type { Follower } from './follower.ts';
import { withholdPrivate } from './withhold.ts';

/** Writes records for a reason, and returns the ids of those that really changed. */
export type Save = (batch: Batch, cause: Cause) => SavedIds;

/** The listings, in the file and in memory, and the one way to change them. */
export interface Directory {
  readonly db: Db;
  readonly index: SearchIndex;
  now(): Date;
  /**
   * Runs some work as one change. When this returns, whatever the work saved or wrote to the database (a token, a mail,
   * a decision) is in the file and in the next search, all of it. A change within another change becomes part of that.
   * @throws what the work throws; nothing has changed then
   */
  change<T>(work: (save: Save) => T): T;
  /**
   * Writes very many records while everything else goes on: in pieces of a few milliseconds (runtime/load.ts), each a
   * transaction of its own, with pauses for whoever searches. When it ends, all of them are in the index.
   * @param batches records as their schemas give them, which are not checked again. What a service refers to must be in
   *   its own batch, in an earlier one, or in the file.
   * @returns how many records really changed
   * @throws an SqliteError where something refers to what does not exist; what was written before stays
   */
  bulk(batches: Iterable<Batch> | AsyncIterable<Batch>, cause: Cause): Promise<BulkCounts>;
}

export interface DirectoryParts extends Pick<Directory, 'db' | 'index' | 'now'> {
  /** Told of each change, so that it need not look for what is already in the index. */
  follower?: Follower;
}

/** Makes a directory of an open file and the index over it. */
export function createDirectory(parts: DirectoryParts): Directory {
  const { db, index, now, follower } = parts;
  /** What the outermost change has saved so far; null while there is none. */
  let saved: SavedIds | null = null;
  /** Listings whose place has become confidential in it. */
  const newlyHidden = new Set<string>();
  /** Listings that are new in it, or of another organization, or meet elsewhere. */
  const placed = new Set<string>();

  const save: Save = (batch, cause) => {
    const { saved: changed, hidden, placed: anew } = writeBatch(db, batch, now().toISOString(), cause, false);
    if (saved === null) throw new Error('Save only while the change runs: its work must not be async.');
    for (const id of hidden) newlyHidden.add(id);
    for (const id of anew) placed.add(id);
    saved.services.push(...changed.services);
    saved.organizations.push(...changed.organizations);
    saved.locations.push(...changed.locations);
    return changed;
  };

  return {
    db,
    index,
    now,
    change(work) {
      if (saved !== null) return db.transaction(work)(save);
      const all: SavedIds = { services: [], organizations: [], locations: [] };
      saved = all;
      try {
        let before = 0;
        let after = 0;
        const counted = db.transaction(() => {
          before = lastRevision(db);
          const result = work(save);
          withholdPrivate(db, save, all, new Set([...newlyHidden, ...placed]));
          all.services.push(...renewHidden(db, newlyHidden, now().toISOString()).values());
          after = lastRevision(db);
          return result;
        });
        const result = counted.immediate();
        index.put(changedListings(db, all));
        if (goneSince(db, before)) index.remove(idsSince(db, before).gone);
        follower?.made(before, after);
        return result;
      } finally {
        saved = null;
        newlyHidden.clear();
        placed.clear();
      }
    },
    bulk: (batches, cause) => writeInBulk(parts, batches, cause),
  };
}
