import { standAside, stepMs } from './busy.ts';
import { sayAll } from './routes/said.ts';
import { editionOf } from './search/edition.ts';
import { findListings } from './store/listings.ts';
import type { Db } from './store/open.ts';
import { renewResults, startResults } from './store/results.ts';

/** Everything that decides what a result says. */
const SOURCES = ['api/routes', 'api/domain', 'data/seed/taxonomy.json'];

/** Services that are seen to in one transaction, at least and at most. */
const FEWEST = 4;
const MOST = 400;

/** Lets go of results that another program made: they are made anew. To be called when the file is opened. */
export const openResults = (db: Db): void => startResults(db, editionOf(SOURCES));

/**
 * Makes what searches show of listings ready in the file: of those that are new or changed, and of those whose next session
 * is over. It gives way to whoever searches.
 * @param now the clock that sessions are counted from
 */
export async function keepResults(db: Db, now: () => Date): Promise<void> {
  for (let together = FEWEST; ; ) {
    const started = performance.now();
    const moment = now();
    const seen = renewResults(db, moment.getTime(), together, (ids) =>
      findListings(db, ids).flatMap((listing) => [...sayAll(listing, moment)]),
    );
    if (seen < together) return;
    const took = performance.now() - started;
    // Half as many more at the most, so that one quick step does not make the next one long.
    together = Math.floor(Math.max(FEWEST, Math.min(MOST, together * 1.5, (together * stepMs()) / took)));
    await standAside(took);
  }
}
