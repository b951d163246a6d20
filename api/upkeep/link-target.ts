import type { Directory } from '../directory/directory.ts';
import { type Listing, PUBLIC_STATES } from '../domain/service.ts';
import { type HistoryEntry, linesOfChange } from '../store/changes.ts';
import { readRecord } from '../store/documents.ts';
import { joinedInto } from '../store/joined.ts';
import { keepersOf, keeps, keepsRecord } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { type TokenSubject, tokenState } from '../store/tokens.ts';

/** Where a link of the upkeep leads, as a page shows it. Looking changes nothing: mail scanners open every link. */

export type LinkTarget =
  | { kind: 'keep'; listing: Listing }
  /** Without what of its place is kept private. */
  | { kind: 'hand_over'; listing: Listing; isPrivate: boolean }
  /** Something was done and can be taken back. */
  | { kind: 'undo'; name: string; listing: Listing | null; action: string }
  /** The key has been used or has expired; `canSend` where a new one can be sent to its owner. */
  | { kind: 'ended'; why: 'used' | 'expired'; listing: Listing | null; canSend: boolean }
  | { kind: 'unknown' };

/** The listing of a key, in any state; where it was joined into another, that one. */
export function listingOfLink(db: Db, serviceId: string): Listing | null {
  return findListing(db, joinedInto(db, serviceId) ?? serviceId);
}

/** The listing that a key of the purpose 'keep' opens, where its owner still looks after it. */
export function keptListing(db: Db, { subject, person }: TokenSubject): Listing | null {
  const listing = listingOfLink(db, subject);
  const keeps = [subject, listing?.service.id ?? ''].some((id) =>
    keepersOf(db, id).some((keeper) => keeper.person === person),
  );
  return listing && keeps ? listing : null;
}

/** The records that a change was about; of a listing that was joined into another since, that one too. */
export const recordsOf = (db: Db, lines: readonly HistoryEntry[]): string[] =>
  lines.flatMap(({ record_id }) => [record_id, joinedInto(db, record_id) ?? record_id]);

/** Whether who holds a key may see a listing now: they look after it, or everybody sees it. */
const mayBeShown = (db: Db, listing: Listing, person: number | null): boolean =>
  PUBLIC_STATES.includes(listing.state) || keeps(db, person, listing.service.id);

/** What a link leads to. Who may see what is asked anew each time, since a key outlives that somebody looks after a listing. */
export function linkTargetOf({ db, now }: Directory, token: string): LinkTarget {
  const found = tokenState(db, token, now());
  if (!found) return { kind: 'unknown' };
  const { purpose, subject, standing, person } = found;
  const ended = (why: 'used' | 'expired', listing: Listing | null, canSend: boolean): LinkTarget => ({
    kind: 'ended',
    why,
    listing: listing && mayBeShown(db, listing, person) ? listing : null,
    canSend,
  });
  if (purpose === 'undo') {
    const lines = linesOfChange(db, Number(subject));
    const line = lines.find(({ record }) => record === 'service') ?? lines[0];
    const listing = line?.record === 'service' ? listingOfLink(db, line.record_id) : null;
    if (!line) return { kind: 'unknown' };
    if (standing !== 'works') return ended(standing, listing, listing !== null);
    if (!keepsRecord(db, person, recordsOf(db, lines))) return ended('expired', listing, false);
    const name = listing?.service.name ?? (line.before === null ? '' : readRecord(line.record, line.before).name);
    return { kind: 'undo', name, listing, action: line.action };
  }
  if (purpose !== 'keep' && purpose !== 'hand_over') return { kind: 'unknown' };
  const [serviceId = '', asker] = subject.split(':');
  const listing = listingOfLink(db, serviceId);
  if (standing !== 'works' || !listing)
    return ended(standing === 'used' ? 'used' : 'expired', listing, purpose === 'keep');
  if (purpose === 'keep') return keptListing(db, found) ? { kind: 'keep', listing } : ended('expired', listing, false);
  // Whoever is asked does not look after it yet: of a place that is kept private they see that there is one.
  const open = { ...listing, locations: listing.locations.filter(({ confidential }) => !confidential) };
  return keeps(db, Number(asker), listing.service.id)
    ? { kind: 'hand_over', listing: open, isPrivate: open.locations.length < listing.locations.length }
    : ended('expired', listing, false);
}
