import type { Directory } from '../directory/directory.ts';
import { PUBLIC_STATES } from '../domain/service.ts';
import { queueMail } from '../notify/mail.ts';
import { invitedPage } from '../notify/page-links.ts';
import { keepersOf } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { mailsQueuedSince } from '../store/mail.ts';
import { findPerson, personOf, plainAddress } from '../store/people.ts';
import { addressToAsk, isWhollyPublic } from '../submit/rights.ts';
import { MOST_IN_BULK } from './bulk.ts';

/**
 * Asks whether somebody will look after listings that nobody looks after: one mail to each address that the table which they
 * came with names as their keeper, or else that they give the public. Until the answer comes nobody is in charge of anything,
 * and the mail holds none of the words of a listing.
 */

/** Days before an address is asked again, however often its listings are chosen. */
const DAYS_BETWEEN = 30;
const DAY_MS = 86_400_000;

/** Who would be asked, and about what. */
interface Invitation {
  email: string;
  listings: { id: string; name: string }[];
}

export interface Invitations {
  invitations: Invitation[];
  /** Those about which nobody would be asked, each with the reason. */
  left: { id: string; name: string; why: string }[];
}

const startOf = (person: number): string => `invite:${person}:`;

/** Whether an address has been asked lately. */
function wasAsked({ db, now }: Directory, email: string): boolean {
  const person = findPerson(db, email);
  const since = new Date(now().getTime() - DAYS_BETWEEN * DAY_MS);
  return person !== null && mailsQueuedSince(db, startOf(person), since) > 0;
}

/** Who would be asked about some listings. Nothing is sent. Ids that name no listing are left out. */
export function invitationsFor(directory: Directory, ids: readonly string[]): Invitations {
  const { db } = directory;
  const asked = new Map<string, Invitation['listings']>();
  const left: Invitations['left'] = [];
  for (const id of ids.slice(0, MOST_IN_BULK)) {
    const listing = findListing(db, id);
    if (!listing) continue;
    const { name } = listing.service;
    const email = addressToAsk(db, listing);
    const why = !PUBLIC_STATES.includes(listing.state)
      ? 'It is not public.'
      : keepersOf(db, id).length > 0
        ? 'Somebody looks after it.'
        : !isWhollyPublic(listing)
          ? 'Its address is kept private: ask them yourself.'
          : email === undefined
            ? 'It gives no e-mail address.'
            : wasAsked(directory, email)
              ? `Its address was asked in the last ${DAYS_BETWEEN} days.`
              : null;
    if (why !== null || email === undefined) left.push({ id, name, why: why ?? '' });
    else asked.set(plainAddress(email), [...(asked.get(plainAddress(email)) ?? []), { id, name }]);
  }
  return { invitations: [...asked].map(([email, listings]) => ({ email, listings })), left };
}

/**
 * Sends the mails that {@link invitationsFor} names.
 * @returns how many
 */
export function sendInvitations(directory: Directory, ids: readonly string[]): number {
  const { db, now } = directory;
  return directory.change(() => {
    const { invitations } = invitationsFor(directory, ids);
    for (const { email, listings } of invitations) {
      const person = personOf(db, email, now());
      const link = invitedPage(
        db,
        listings.map(({ id }) => id),
        person,
        now(),
      );
      const count = listings.length === 1 ? '1 listing' : `${listings.length} listings`;
      const key = `${startOf(person)}${now().getTime()}`;
      queueMail(db, { key, to: email, template: 'invited', values: { count, link } }, now());
    }
    return invitations.length;
  });
}
