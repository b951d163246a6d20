import type { Directory } from '../directory/directory.ts';
import type { Listing } from '../domain/service.ts';
import { keepPage } from '../notify/page-links.ts';
import { addKeeper } from '../store/keepers.ts';
import { emailOf, plainAddress } from '../store/people.ts';
import { readToken, type TokenSubject, useToken } from '../store/tokens.ts';
import { addressToAsk, isWhollyPublic } from '../submit/rights.ts';
import { listingOfLink } from './link-target.ts';

/** The answer of somebody who was asked to look after listings. Their link opens a page; its button acts. */

/** Those that are still to be asked about, and of this address: a link may be months old. */
function listingsOf({ db }: Directory, { subject, person }: TokenSubject): Listing[] {
  const address = person === null ? null : emailOf(db, person);
  return subject
    .split(',')
    .flatMap((id) => listingOfLink(db, id) ?? [])
    .filter((listing) => isWhollyPublic(listing) && plainAddress(addressToAsk(db, listing) ?? '') === address);
}

/** What a link is about that is still to be answered: as the public sees it; null where it works no more. */
export function invitedTo(directory: Directory, token: string): Listing[] | null {
  const opened = readToken(directory.db, token, 'invite', directory.now());
  return opened && listingsOf(directory, opened);
}

/**
 * Says yes: from now on they look after all of them.
 * @returns for each the page on which they say that it is right; null where the link works no more
 */
export const acceptInvitation = (directory: Directory, token: string): { name: string; page: string }[] | null =>
  directory.change(() => {
    const { db, now } = directory;
    const opened = useToken(db, token, 'invite', now());
    const person = opened?.person ?? null;
    if (!opened || person === null) return null;
    return listingsOf(directory, opened).map(({ service: { id, name } }) => {
      addKeeper(db, id, person, now());
      return { name, page: keepPage(db, id, person, now()) };
    });
  });
