import { setTimeout } from 'node:timers/promises';
import { sayOrdinarily } from './routes/said.ts';
import { editionOf } from './search/edition.ts';
import { findListings } from './store/listings.ts';
import type { Db } from './store/open.ts';
import { renewResults, startResults } from './store/results.ts';

/** Everything that decides what a result says. */
const SOURCES = ['api/routes', 'api/domain', 'data/seed/taxonomy.json'];

/** Services that are seen to in one transaction: some milliseconds. */
const TOGETHER = 50;

/** Lets go of results that another program made: they are made anew. To be called when the file is opened. */
export const openResults = (db: Db): void => startResults(db, editionOf(SOURCES));

/**
 * Makes what searches show of listings ready in the file: of those that are new or changed, and of those whose next session
 * is over. As long as it works it pauses, so that whoever searches comes first.
 * @param now the clock that sessions are counted from
 */
export async function keepResults(db: Db, now: () => Date): Promise<void> {
  for (;;) {
    const started = performance.now();
    const moment = now();
    const seen = renewResults(db, moment.getTime(), TOGETHER, (ids) =>
      findListings(db, ids).map((listing) => [listing.service.id, sayOrdinarily(listing, moment)]),
    );
    if (seen < TOGETHER) return;
    await setTimeout(performance.now() - started);
  }
}
