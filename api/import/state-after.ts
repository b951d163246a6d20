import type { Directory } from '../directory/directory.ts';
import type { Listing } from '../domain/service.ts';
import { historyOf } from '../store/changes.ts';
import type { KnownRecord } from '../store/imported.ts';
import type { Db } from '../store/open.ts';

/** The state of a listing once its record has come again. */

/**
 * The state that a listing gets: the source's, where it is back after it was gone, or where nobody here has changed the
 * state; else the one that it has.
 */
export function stateAfter(db: Db, stored: Listing, incoming: Listing, known: KnownRecord | null): Listing['state'] {
  if (known?.gone && (stored.state === 'unconfirmed' || wasWithdrawn(db, stored))) return incoming.state;
  if (known && stored.state === known.imported.state) return incoming.state;
  return stored.state;
}

/** Whether its source, and nobody here, has taken it away. */
function wasWithdrawn(db: Db, { service, state }: Listing): boolean {
  const [last] = state === 'archived' ? historyOf(db, [service.id]) : [];
  return last?.action === 'archived' && last.role === 'source';
}

/**
 * Rows of a spreadsheet leave the state alone, except that a listing archived by undoing an import comes back with its
 * table.
 */
export function stateOfOwn({ db }: Directory, { service, state }: Listing): Listing['state'] {
  if (state !== 'archived') return state;
  const [last] = historyOf(db, [service.id]);
  return last?.action === 'undone' && last.state !== 'archived' ? 'published' : state;
}
