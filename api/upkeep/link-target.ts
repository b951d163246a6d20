import type { Directory } from '../directory/directory.ts';
import type { Listing } from '../domain/service.ts';
import { linesOfChange } from '../store/changes.ts';
import { readRecord } from '../store/documents.ts';
import { joinedInto } from '../store/joined.ts';
import { keepersOf } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { type TokenSubject, tokenStanding } from '../store/tokens.ts';

/** What is behind a link of the upkeep, as a page shows it. To look changes nothing: mail scanners open every link. */

export type LinkTarget =
  | { kind: 'keep'; listing: Listing }
  | { kind: 'hand_over'; listing: Listing }
  /** Something was done and can be taken back. */
  | { kind: 'undo'; name: string; listing: Listing | null; action: string }
  /** It has worked and does no more; `canSend` where a fresh one can be sent to who has it. */
  | { kind: 'ended'; why: 'used' | 'expired'; listing: Listing | null; canSend: boolean }
  | { kind: 'unknown' };

/** The listing that a key is about, in whatever state; where it was joined into another, that one. */
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

/** What a link leads to. */
export function linkTargetOf({ db, now }: Directory, token: string): LinkTarget {
  const found = tokenStanding(db, token, now());
  if (!found) return { kind: 'unknown' };
  const { purpose, subject, standing } = found;
  if (purpose === 'undo') {
    const lines = linesOfChange(db, Number(subject));
    const line = lines.find(({ record }) => record === 'service') ?? lines[0];
    const listing = line?.record === 'service' ? listingOfLink(db, line.record_id) : null;
    if (!line) return { kind: 'unknown' };
    if (standing !== 'works') return { kind: 'ended', why: standing, listing, canSend: listing !== null };
    const name = listing?.service.name ?? (line.before === null ? '' : readRecord(line.record, line.before).name);
    return { kind: 'undo', name, listing, action: line.action };
  }
  if (purpose !== 'keep' && purpose !== 'hand_over') return { kind: 'unknown' };
  const listing = listingOfLink(db, subject.split(':')[0] ?? '');
  if (standing !== 'works' || !listing)
    return { kind: 'ended', why: standing === 'used' ? 'used' : 'expired', listing, canSend: purpose === 'keep' };
  if (purpose === 'hand_over') return { kind: 'hand_over', listing };
  return keptListing(db, found)
    ? { kind: 'keep', listing }
    : { kind: 'ended', why: 'expired', listing, canSend: false };
}
