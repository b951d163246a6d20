import type { Directory, Save } from '../directory/directory.ts';
import { CHECKED_FIELDS, withChecked } from '../domain/checked.ts';
import { today } from '../domain/schedule.ts';
import type { RecordState, Service } from '../domain/service.ts';
import { queueMail } from '../notify/mail.ts';
import { historyOf } from '../store/changes.ts';
import { keepersOf } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/** Taking a listing out and bringing it back, as moderators do. */

/**
 * Takes a listing out of what the public sees. Who looks after what is suspended is told, and whom to ask; the reason is for
 * the history alone, since it may speak of others.
 * @param save of the change that this is part of
 * @returns false where there is no such listing
 */
export function suspendListing(
  { db, now }: Pick<Directory, 'db' | 'now'>,
  save: Save,
  id: string,
  state: 'suspended' | 'archived',
  { person, reason }: { person: number; reason: string },
): boolean {
  const listing = findListing(db, id);
  if (!listing) return false;
  save({ services: [{ service: listing.service, state }] }, { action: state, role: 'moderator', person, reason });
  if (state === 'suspended' && listing.state !== 'suspended') tellKeepers(db, [listing.service], person, now());
  return true;
}

/**
 * Tells those who look after listings that a moderator has hidden them, by one mail to each; a moderator need not be told of
 * their own doing.
 */
export function tellKeepers(
  db: Db,
  services: readonly Pick<Service, 'id' | 'name'>[],
  moderator: number,
  now: Date,
): void {
  const told = new Map<number, { email: string; names: string[] }>();
  for (const { id, name } of services)
    for (const { person, email } of keepersOf(db, id)) {
      if (person === moderator) continue;
      told.set(person, { email, names: [...(told.get(person)?.names ?? []), name] });
    }
  for (const [person, { email, names }] of told) {
    const name = names.length === 1 ? (names[0] ?? '') : `${names.length} listings that you look after`;
    const key = `suspended ${services[0]?.id ?? ''} ${now.toISOString()} ${person}`;
    queueMail(db, { key, to: email, template: 'suspended', values: { name } }, now);
  }
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
