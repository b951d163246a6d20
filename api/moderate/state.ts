import type { Directory, Save } from '../directory.ts';
import type { RecordState } from '../domain/service.ts';
import { type Action, historyOf } from '../store/changes.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** Taking a listing out and bringing it back, as moderators do. */

const ACTION_TO: Partial<Record<RecordState, Action>> = { suspended: 'suspended', archived: 'archived' };

/**
 * Gives a listing another state.
 * @param save of the change that this is part of
 * @returns false where there is no such listing
 */
export function setState(
  { db }: Pick<Directory, 'db'>,
  save: Save,
  id: string,
  state: RecordState,
  { person, reason }: { person: number; reason: string },
): boolean {
  const listing = findListing(db, id);
  if (!listing) return false;
  const action = ACTION_TO[state] ?? 'restored';
  save({ services: [{ service: listing.service, state }] }, { action, role: 'moderator', person, reason });
  return true;
}

/** Where a listing was before it was suspended or archived; 'published' where nothing says. */
export function stateBefore(db: Db, id: string): RecordState {
  const before = historyOf(db, [id]).find(
    ({ state }) => state !== null && state !== 'suspended' && state !== 'archived',
  );
  return before?.state ?? 'published';
}
