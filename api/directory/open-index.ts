import { giveWay, inSteps } from '../runtime/load.ts';
import { runAtOnce, runInSlices } from '../runtime/slices.ts';
import { createSearchIndex, type KeepableIndex } from '../search/index.ts';
import { indexEdition } from '../search/segment/edition.ts';
import type { Vocabulary } from '../search/text/vocabulary.ts';
import type { SearchIndex } from '../search/types.ts';
import { lastRevision } from '../store/changes.ts';
import { publicListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { indexStore } from '../store/search-index.ts';
import { createFollower, type Follower } from './follower.ts';

/**
 * After so many changes the index is written to the file again: catching up with fewer takes no time at the next start.
 */
const WORTH_KEEPING = 500;

/** The index over a file, and what keeps the two in step. */
export interface OpenIndex {
  index: SearchIndex;
  follower: Follower;
  /** Whether the index was read from the file. */
  wasKept: boolean;
  /** Puts what other processes have changed into the index. To be called about once a second. */
  follow(): Promise<void>;
  /** Writes the index to the file if enough has changed, in slices. To be called now and then. */
  keep(): Promise<void>;
  /** Writes the index to the file in one go, when the process ends. */
  keepNow(): void;
}

/**
 * Opens the index of a file: reads it and brings it up to date, or makes it from the listings where no complete one is
 * kept.
 * @param edition which kept indexes this program can read
 */
export function openIndex(db: Db, vocabulary: Vocabulary, edition = indexEdition()): OpenIndex {
  const store = indexStore(db, edition);
  const found = store.read();
  const revision = lastRevision(db);
  let wasKept = false;
  let keptAt = -1;
  let index: KeepableIndex | null = null;
  let follower: Follower | null = null;
  if (found) {
    try {
      index = createSearchIndex([], vocabulary, found.restored);
      follower = createFollower(db, index, found.revision);
      runAtOnce(follower.catchUp());
      keptAt = found.revision;
      wasKept = true;
    } catch {
      // The bytes are complete and yet no index; it is made again below.
      index = null;
    }
  }
  const ready = index ?? createSearchIndex(publicListings(db), vocabulary);
  const following = (wasKept ? follower : null) ?? createFollower(db, ready, revision);

  function* write(): Generator<void, void> {
    const { seen } = following;
    yield* store.write(ready.snapshot(), seen);
    keptAt = seen;
  }
  let changesAt = -1;
  return {
    index: ready,
    follower: following,
    wasKept,
    follow: () => inSteps(following.catchUp(), giveWay),
    async keep() {
      const { seen } = following;
      if (seen === keptAt || following.isBehind) return;
      // Written once nothing has changed since the last look: after an import, and not during it.
      const quiet = seen === changesAt;
      changesAt = seen;
      if (!quiet || (keptAt >= 0 && seen - keptAt < WORTH_KEEPING && ready.size > WORTH_KEEPING)) return;
      await ready.settled();
      if (!following.isBehind) await runInSlices(write());
    },
    keepNow() {
      if (following.seen !== keptAt && !following.isBehind) runAtOnce(write());
    },
  };
}
