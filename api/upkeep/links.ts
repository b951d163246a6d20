import type { Directory } from '../directory/directory.ts';
import { queueMail } from '../notify/mail.ts';
import { editPage, keepPage } from '../notify/page-links.ts';
import { nameOnOneLine } from '../notify/template.ts';
import { createRateLimiter } from '../runtime/limits.ts';
import { listingsKeptBy } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { mailsQueuedSince } from '../store/mail.ts';
import { emailOf, findPerson } from '../store/people.ts';
import { issueToken, tokenState } from '../store/tokens.ts';
import { formLines } from '../submit/links.ts';
import { keptListing } from './link-target.ts';

/**
 * Sends new links by mail to whoever looks after something. Everybody who asks gets the same answer, so that nobody
 * learns who looks after what, and nobody can fill somebody else's mailbox.
 */

/** So many mails with links one person gets in a day, and so many minutes are between two of them. */
const MOST_A_DAY = 6;
const MINUTES_BETWEEN = 5;
/** Listings named in one mail. */
const MOST_LISTINGS = 50;
/** So often one client address may ask in an hour. */
const ASKED_AN_HOUR = 20;

/** The limiter counts by the minute; with a clock that is sixty times slower, by the hour. */
const asking = createRateLimiter(ASKED_AN_HOUR, () => performance.now() / 60);

/**
 * Mails links to all that an address looks after, and to the forms that it has not sent, where there are any.
 * @param client the network address of who asks
 */
export function askForLinks(directory: Directory, { email, client }: { email: string; client: string }): void {
  if (asking.take(client) > 0) return;
  sendOrNot(directory, findPerson(directory.db, email));
}

/**
 * Mails fresh links to whoever had one that works no more.
 * @param token of any purpose and standing
 * @param client the network address of who asks
 */
export function askForFreshLinks(directory: Directory, { token, client }: { token: string; client: string }): void {
  if (asking.take(client) > 0) return;
  const found = tokenState(directory.db, token, directory.now());
  sendOrNot(directory, found?.person ?? null);
}

/** Where no mail is sent, a key is written that opens nothing, so that the time it takes tells nothing either. */
function sendOrNot(directory: Directory, person: number | null): void {
  directory.change(() => {
    if (person !== null && sendLinks(directory, person)) return;
    const nothing = { purpose: 'keep', subject: '', person: null, minutes: 0, once: true } as const;
    issueToken(directory.db, nothing, directory.now());
  });
}

/** @returns whether a mail goes out */
function sendLinks(directory: Directory, person: number): boolean {
  const { db, now } = directory;
  const moment = now();
  const to = emailOf(db, person);
  const kept = to === null ? [] : listingsKeptBy(db, person).slice(0, MOST_LISTINGS);
  if (to === null) return false;
  const start = `links:${person}:`;
  const since = (minutes: number) => mailsQueuedSince(db, start, new Date(moment.getTime() - minutes * 60_000));
  if (since(MINUTES_BETWEEN) > 0 || since(24 * 60) >= MOST_A_DAY) return false;
  const listings = kept.flatMap((id) => {
    const name = nameOnOneLine(findListing(db, id)?.service.name ?? '');
    return [
      name,
      `=> ${keepPage(db, id, person, moment)} It is still right, or it has stopped`,
      `=> ${editPage(db, id, person, moment)} Change what it says`,
      '',
    ];
  });
  const lines = [...listings, ...formLines(directory, person)];
  if (lines.length === 0) return false;
  const values = { listings: lines.join('\n').trim() };
  queueMail(db, { key: `${start}${moment.getTime()}`, to, template: 'links', values }, moment);
  return true;
}

/**
 * Goes from a mail to the form that changes a listing.
 * @param token a key of the purpose 'keep', which stays in force: nothing is changed yet
 * @returns the form; null where the key does not work
 */
export const toEdit = (directory: Directory, token: string): string | null =>
  directory.change(() => {
    const { db, now } = directory;
    const found = tokenState(db, token, now());
    if (found?.purpose !== 'keep' || found.standing !== 'works' || found.person === null) return null;
    const listing = keptListing(db, found);
    return listing && editPage(db, listing.service.id, found.person, now());
  });
