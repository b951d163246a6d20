import { randomUUID } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { queueMail } from '../notify/mail.ts';
import { createHourlyLimiter } from '../runtime/limits.ts';
import type { Db } from '../store/open.ts';
import { personOf, plainAddress } from '../store/people.ts';
import { roleOf } from '../store/team.ts';
import { issueToken, readToken, useToken } from '../store/tokens.ts';
import { signIn } from './sessions.ts';

/** Signing in by a link that is mailed: whoever reads the mail of a moderator is the moderator. */

/** Long enough for a slow mail server, short enough for a mailbox that somebody else may look into. */
const LINK_MINUTES = 15;
/** Links mailed to one address, and asked for from one connection, in an hour. */
const LINKS_AN_HOUR = 6;
const ASKED_AN_HOUR = 20;

const toAddress = createHourlyLimiter(LINKS_AN_HOUR);
const fromClient = createHourlyLimiter(ASKED_AN_HOUR);

/**
 * Mails a link to a moderator. Nobody can find out by it who the moderators are: the answer is the same for every
 * address, and a key is written for every address, so that the time is the same too. A key for anybody else opens
 * nothing.
 * @param next the page that they came for, to be led to; '' for the queue
 * @param client the network address of who asks
 */
export function askForLink(
  directory: Directory,
  { MODERATORS }: { MODERATORS: readonly string[] },
  { email, next, client }: { email: string; next: string; client: string },
): void {
  const { db } = directory;
  const address = plainAddress(email);
  if (fromClient.take(client) > 0 || toAddress.take(address) > 0) return;
  const now = directory.now();
  directory.change(() => {
    const person = roleOf(db, address, MODERATORS) !== null ? personOf(db, address, now) : null;
    const link = issueLink(db, person, next, now);
    if (person === null) return;
    const values = { link, minutes: String(LINK_MINUTES) };
    queueMail(db, { key: `sign-in ${randomUUID()}`, to: address, template: 'sign-in', values }, now);
  });
}

function issueLink(db: Db, person: number | null, next: string, now: Date): string {
  const wish = { purpose: 'sign_in', subject: next, person, minutes: LINK_MINUTES, once: true } as const;
  return `/moderate/sign-in/${issueToken(db, wish, now)}`;
}

/**
 * A link for a moderator whom no mail reaches, to be handed over by whoever runs the server.
 * @returns the path of the page and how many minutes it opens it, once; null where the address is no moderator's
 */
export function linkFor(
  db: Db,
  { MODERATORS }: { MODERATORS: readonly string[] },
  email: string,
  now: Date,
): { link: string; minutes: number } | null {
  const address = plainAddress(email);
  if (roleOf(db, address, MODERATORS) === null) return null;
  const link = db.transaction(() => issueLink(db, personOf(db, address, now), '', now)).immediate();
  return { link, minutes: LINK_MINUTES };
}

/** Whether the link still works. Looking at it changes nothing. */
export const isSignInLink = ({ db, now }: Directory, token: string): boolean =>
  readToken(db, token, 'sign_in', now())?.person != null;

/**
 * Signs in with a mailed link, which then works no more.
 * @param browser the User-Agent header
 * @returns what the cookie is to hold, and the page that they came for ('' for none); null where the link does not work
 */
export const useSignInLink = (
  directory: Directory,
  token: string,
  browser: string | null,
): { secret: string; next: string } | null =>
  directory.change(() => {
    const now = directory.now();
    const opened = useToken(directory.db, token, 'sign_in', now);
    if (opened?.person == null) return null;
    return { secret: signIn(directory.db, opened.person, browser, now), next: opened.subject };
  });
