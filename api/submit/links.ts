import type { Directory } from '../directory.ts';
import { one } from '../domain/answers.ts';
import { queueMail } from '../notify/mail.ts';
import { listingsKeptBy } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { emailOf, findPerson } from '../store/people.ts';
import { submissionsOf } from '../store/submissions.ts';
import { editPage } from '../upkeep/keys.ts';
import { beginDraft, draftKey } from './drafts.ts';

/** Links by mail, for whoever asks: to what they look after, to forms that they have not sent, to a new one. */

/** Milliseconds within which an address gets one such mail. */
const PAUSE_MS = 10 * 60_000;
/** A mail names at most so many. */
const MOST_LINKS = 40;
const IN_HAND = ['draft', 'asked', 'unconfirmed'];

/** A line of a mail that is a button. */
const button = (page: string, words: string): string => `=> ${page} ${words.replaceAll(/\s+/g, ' ')}`;

/**
 * Sends the links that belong to an address, where it is one that we know. Whoever asks learns nothing of that: there is no
 * answer, and an address that is not known gets no mail.
 */
export function sendLinks(directory: Directory, email: string): void {
  const { db, now } = directory;
  const moment = now();
  db.transaction(() => {
    const person = findPerson(db, email);
    const to = person === null ? null : emailOf(db, person);
    if (person === null || to === null) return;
    const kept = listingsKeptBy(db, person)
      .slice(0, MOST_LINKS)
      .flatMap((id) => findListing(db, id) ?? []);
    const begun = submissionsOf(db, person)
      .filter(({ state, kind }) => IN_HAND.includes(state) && kind === 'new')
      .slice(0, MOST_LINKS);
    if (kept.length + begun.length === 0) return;
    const lines = [
      ...kept.map(({ service }) => button(editPage(db, service.id, person, moment), `Change ${service.name}`)),
      ...begun.map(({ id, answers }) =>
        button(
          `/add/${draftKey(db, id, person, moment)}`,
          `Go on with ${one(answers, 'name') || 'a form that you began'}`,
        ),
      ),
      ...(kept.length > 0 ? [button(`/add/${beginDraft(directory, person)}`, 'Add another listing')] : []),
    ];
    const key = `links ${person} ${Math.floor(moment.getTime() / PAUSE_MS)}`;
    queueMail(db, { key, to, template: 'links', values: { listings: lines.join('\n') } }, moment);
  }).immediate();
}
