import type { SearchIndex } from '../search/types.ts';
import { lastRevision } from '../store/changes.ts';
import { changedListings, goneSince, idsSince } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** So many listings are put into the index at a time, which takes a few milliseconds. */
const AT_A_TIME = 25;

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
      for (let at = 0; at < changed.length; at += AT_A_TIME) {
        yield;
        const services = changed.slice(at, at + AT_A_TIME);
        index.put(changedListings(db, { services, organizations: [], locations: [] }));
      }
      if (gone.length > 0) index.remove(gone);
      upTo = last;
    },
    made(before, after) {
      // Revisions in between are other processes' changes, which are still to be caught up with.
      if (before === upTo && !goneSince(db, before)) upTo = after;
    },
  };
}
