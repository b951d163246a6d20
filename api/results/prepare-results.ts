import { deriveInSteps } from '../directory/derive-in-steps.ts';
import { editionOf } from '../search/segment/edition.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { dropResultsOfOtherEditions, renewResults } from '../store/results.ts';
import { prepareResults } from './prepared-result.ts';

/** Everything that decides what a result says. */
const SOURCES = ['api/results', 'api/domain', 'data/seed/taxonomy.json'];

/**
 * Throws away results that another version of the program made, so that they are made again. To be called when the file
 * is opened.
 */
export const dropOutdatedResults = (db: Db): void => dropResultsOfOtherEditions(db, editionOf(SOURCES));

/**
 * Prepares in the file what searches show of listings that are new or have changed, or whose next session is over. It
 * stands back while anybody searches.
 * @param now the clock that sessions are counted from
 */
export async function keepResultsPrepared(db: Db, now: () => Date): Promise<void> {
  await deriveInSteps(db, (some) => {
    const moment = now();
    const sayAllOf = (ids: readonly string[]) =>
      findListings(db, ids).flatMap((listing) => [...prepareResults(listing, moment)]);
    return renewResults(db, moment.getTime(), some, sayAllOf);
  });
}
