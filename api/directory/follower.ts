import type { SearchIndex } from '../search/types.ts';
import { lastRevision } from '../store/changes.ts';
import { changedListings, goneSince, idsSince } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** Listings that are brought into the index at a time: a few milliseconds. */
const AT_A_TIME = 25;

/** Keeps the index in step with the file, whoever writes to it: this process, or an import that runs beside it. */
export interface Follower {
  /** The last change of which it is certain that the index has it and all before it. */
  readonly seen: number;
  /** Brings what others have changed into the index, in slices. */
  catchUp(): Generator<void, void>;
  /**
   * Is told of a change that this process made and has brought into the index itself.
   * @param before the last revision before it, and `after` the last with it, both read within its transaction
   */
  made(before: number, after: number): void;
  /** Whether changes were made that are not in the index yet: then it must not be kept. */
  readonly isBehind: boolean;
  /**
   * Begins many changes that come into the index a little later than `made` is told of them.
   * @returns to be called at the end, with whether they all got there: else they are caught up with
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
      // What lies between belongs to others, and is still to be caught up with.
      if (before === upTo && !goneSince(db, before)) upTo = after;
    },
  };
}
