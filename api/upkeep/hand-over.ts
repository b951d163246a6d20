import type { Directory } from '../directory/directory.ts';
import { queueMail } from '../notify/mail.ts';
import { handOverPage, keepPage } from '../notify/page-links.ts';
import { addKeeper, keepersOf, removeKeeper } from '../store/keepers.ts';
import { emailOf, personOf, plainAddress } from '../store/people.ts';
import { readToken, useToken } from '../store/tokens.ts';
import { keptListing, listingOfLink } from './link-target.ts';

/** 'Ask somebody else to look after this': whoever is asked says yes from their own mail, and until then nothing changes. */

/**
 * Asks somebody by mail.
 * @param token a key of the purpose 'keep'; it works no more afterwards, unless the address is refused
 * @param email of whom to ask
 * @returns 'own' where it is the asker's own address; 'ended' where the key does not work
 */
export const askToTakeOver = (directory: Directory, token: string, email: string): 'asked' | 'own' | 'ended' =>
  directory.change(() => {
    const { db, now } = directory;
    const looked = readToken(db, token, 'keep', now());
    if (looked?.person != null && plainAddress(email) === emailOf(db, looked.person)) return 'own';
    const opened = useToken(db, token, 'keep', now());
    const listing = opened && keptListing(db, opened);
    if (!listing || opened.person === null) return 'ended';
    const { id } = listing.service;
    const asked = personOf(db, email, now());
    const key = `hand-over:${id}:${opened.person}:${asked}:${now().getTime()}`;
    const link = handOverPage(db, id, opened.person, asked, now());
    // Not what it is called: its keeper may have written that a minute ago, and here it would be read as our words.
    const values = { page: `/services/${id}`, link };
    queueMail(db, { key, to: email, template: 'hand-over-confirm', values }, now());
    return 'asked';
  });

/**
 * Accepts: from now on this person looks after it, and whoever asked no longer does, and is told so.
 * @param token a key of the purpose 'hand_over', which cannot be used again
 * @returns the page on which they can say that it is right; null where the key does not work
 */
export const takeOver = (directory: Directory, token: string): string | null =>
  directory.change(() => {
    const { db, now } = directory;
    const opened = useToken(db, token, 'hand_over', now());
    const [serviceId = '', asker = ''] = opened?.subject.split(':') ?? [];
    const listing = opened && listingOfLink(db, serviceId);
    const former = Number(asker);
    // Whoever no longer looks after it cannot hand it over.
    if (!listing || opened.person === null || !keepersOf(db, serviceId).some(({ person }) => person === former))
      return null;
    const { id, name } = listing.service;
    addKeeper(db, id, opened.person, now());
    if (former !== opened.person) removeKeeper(db, serviceId, former);
    const to = emailOf(db, former);
    const key = `handed-over:${id}:${former}:${opened.person}:${now().getTime()}`;
    if (to) queueMail(db, { key, to, template: 'hand-over', values: { name, page: `/services/${id}` } }, now());
    return keepPage(db, id, opened.person, now());
  });
