import type { Directory, Save } from '../directory/directory.ts';
import { CHECKED_FIELDS, withChecked } from '../domain/checked.ts';
import { today } from '../domain/schedule.ts';
import type { RecordState } from '../domain/service.ts';
import { historyOf } from '../store/changes.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** Taking a listing out and bringing it back, as moderators do. */

/**
 * Takes a listing out of what the public sees.
 * @param save of the change that this is part of
 * @returns false where there is no such listing
 */
export function suspendListing(
  { db }: Pick<Directory, 'db'>,
  save: Save,
  id: string,
  state: 'suspended' | 'archived',
  { person, reason }: { person: number; reason: string },
): boolean {
  const listing = findListing(db, id);
  if (!listing) return false;
  save({ services: [{ service: listing.service, state }] }, { action: state, role: 'moderator', person, reason });
  return true;
}

/**
 * Shows a listing again. One that was archived for want of a check counts as checked by the moderator who brings it back,
 * or the next pass of the upkeep would put it away again; one that was suspended is what it was before.
 * @returns false where there is no such listing
 */
export function restore(
  { db, now }: Directory,
  save: Save,
  id: string,
  { person, reason }: { person: number; reason: string },
): boolean {
  const listing = findListing(db, id);
  if (!listing) return false;
  const cause = { action: 'restored', role: 'moderator', person, reason } as const;
  if (listing.state !== 'archived') {
    save({ services: [{ service: listing.service, state: stateBefore(db, id) }] }, cause);
    return true;
  }
  const service = withChecked(listing.service, CHECKED_FIELDS, today(now()));
  save({ services: [{ service: { ...service, assured_by: 'moderator' }, state: 'published' }] }, cause);
  return true;
}

/** Where a listing was before it was suspended or archived; 'published' where nothing says. */
export function stateBefore(db: Db, id: string): RecordState {
  const before = historyOf(db, [id]).find(
    ({ state }) => state !== null && state !== 'suspended' && state !== 'archived',
  );
  return before?.state ?? 'published';
}
