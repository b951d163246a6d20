import type { Directory } from '../directory/directory.ts';
import type { Listing } from '../domain/service.ts';
import { keepPage } from '../notify/page-links.ts';
import { addKeeper } from '../store/keepers.ts';
import { readToken, useToken } from '../store/tokens.ts';
import { isWhollyPublic } from '../submit/rights.ts';
import { listingOfLink } from './link-target.ts';

/** The answer of somebody who was asked to look after listings. Their link opens a page; its button acts. */

const listingsOf = ({ db }: Directory, subject: string): Listing[] =>
  subject
    .split(',')
    .flatMap((id) => listingOfLink(db, id) ?? [])
    .filter(isWhollyPublic);

/** What a link is about that is still to be answered: as the public sees it; null where it works no more. */
export function invitedTo(directory: Directory, token: string): Listing[] | null {
  const opened = readToken(directory.db, token, 'invite', directory.now());
  return opened && listingsOf(directory, opened.subject);
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
    return listingsOf(directory, opened.subject).map(({ service: { id, name } }) => {
      addKeeper(db, id, person, now());
      return { name, page: keepPage(db, id, person, now()) };
    });
  });
