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

/** Changes after which the index is worth keeping anew: fewer are caught up with in no time at the next start. */
const WORTH_KEEPING = 500;

/** The index over a file, and what keeps the two in step. */
export interface OpenIndex {
  index: SearchIndex;
  follower: Follower;
  /** Whether the index was read from the file rather than made anew. */
  wasKept: boolean;
  /** Brings in what other processes have changed. To be called about once a second. */
  follow(): Promise<void>;
  /** Keeps the index in the file where enough has changed, in slices. To be called now and then. */
  keep(): Promise<void>;
  /** Keeps it in one go, as the process ends. */
  keepNow(): void;
}

/**
 * Opens the index of a file: as it was kept, brought up to date, or made anew where nothing whole is kept.
 * @param edition which kept indexes are this program's own
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
      // Whole, and yet no index: made anew below.
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
    follow: () => runInSlices(following.catchUp()),
    async keep() {
      const { seen } = following;
      if (seen === keptAt || following.isBehind) return;
      // Once it has been quiet since the last look, so that an import is kept when it has ended and not while it runs.
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
