import { sizer, standAside } from './busy.ts';
import { sayAll } from './routes/said.ts';
import { editionOf } from './search/edition.ts';
import { withoutHurry, writeBackAside } from './store/checkpoints.ts';
import { findListings } from './store/listings.ts';
import type { Db } from './store/open.ts';
import { renewResults, startResults } from './store/results.ts';

/** Everything that decides what a result says. */
const SOURCES = ['api/routes', 'api/domain', 'data/seed/taxonomy.json'];

/** Lets go of results that another program made: they are made anew. To be called when the file is opened. */
export const openResults = (db: Db): void => startResults(db, editionOf(SOURCES));

/**
 * Makes what searches show of listings ready in the file: of those that are new or changed, and of those whose next session
 * is over. It gives way to whoever searches.
 * @param now the clock that sessions are counted from
 */
export async function keepResults(db: Db, now: () => Date): Promise<void> {
  const size = sizer();
  let writtenBack: (() => Promise<void>) | null = null;
  try {
    for (;;) {
      const some = size.next;
      const started = performance.now();
      const moment = now();
      const sayAllOf = (ids: readonly string[]) =>
        findListings(db, ids).flatMap((listing) => [...sayAll(listing, moment)]);
      // They are derived: what power failure takes, or another process is in the way of, is made later.
      const seen = withoutHurry(db, () => renewResults(db, moment.getTime(), some, sayAllOf));
      if (seen === null || seen < some) return;
      writtenBack ??= writeBackAside(db);
      const took = performance.now() - started;
      size.took(some, took);
      await standAside(took);
    }
  } finally {
    await writtenBack?.();
  }
}
