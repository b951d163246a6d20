import type { Listing } from '../domain/service.ts';
import type { SearchIndex } from '../search/types.ts';
import { lastRevision } from '../store/changes.ts';
import { findInAnyState, goneSince, idsSince } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** So many listings are put into the index together: one segment each time, which is merged with others later. */
const TOGETHER = 500;
/** So many are read between two pauses, which takes about a millisecond. */
const AT_A_TIME = 8;

/** Keeps the index in step with the file, whoever writes to it: this process, or an import that runs beside it. */
export interface Follower {
  /** The last change that is in the index for certain, with all before it. */
  readonly seen: number;
  /** Puts what other processes have changed into the index, in slices. */
  catchUp(): Generator<void, void>;
  /**
   * Notes a change that this process made and has put into the index itself.
   * @param before the last revision before the change, read in its transaction
   * @param after the last revision with it, read in its transaction
   */
  made(before: number, after: number): void;
  /** Whether there are changes that are not in the index yet; then the index must not be kept. */
  readonly isBehind: boolean;
  /**
   * Begins many changes that get into the index a little after `made` is told of them.
   * @returns to be called at the end with whether all got there; else they are caught up with
   */
  begin(): (allThere: boolean) => void;
}

/** @param seen the revision that the index was made from */
export function createFollower(db: Db, index: SearchIndex, seen: number): Follower {
  let upTo = seen;
  let behind = 0;

  function* put(ids: readonly string[]): Generator<void, void> {
    const since = index.version;
    const listings: Listing[] = [];
    for (let at = 0; at < ids.length; at += AT_A_TIME) {
      yield;
      listings.push(...findInAnyState(db, ids.slice(at, at + AT_A_TIME)));
    }
    // What this process has changed while the segment was made is read again.
    const again = yield* index.putBySlices(listings, since);
    index.put(findInAnyState(db, again));
  }

  return {
    get isBehind() {
      return behind > 0;
    },
    begin() {
      const from = upTo;
      behind++;
      return (allThere) => {
        behind--;
        if (!allThere) upTo = Math.min(upTo, from);
      };
    },
    get seen() {
      return upTo;
    },
    *catchUp() {
      const last = lastRevision(db);
      if (last === upTo) return;
      const { changed, gone } = idsSince(db, upTo);
      for (let at = 0; at < changed.length; at += TOGETHER) yield* put(changed.slice(at, at + TOGETHER));
      if (gone.length > 0) index.remove(gone);
      upTo = last;
    },
    made(before, after) {
      // Revisions in between are other processes' changes, which are still to be caught up with.
      if (before === upTo && !goneSince(db, before)) upTo = after;
    },
  };
}
