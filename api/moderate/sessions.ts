import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TeamRole } from '../domain/team.ts';
import {
  beginSession,
  dropSessions,
  endSession,
  endSessions,
  findSession,
  moderatorSessions,
  type SessionRow,
  touchSession,
} from '../store/moderators.ts';
import type { Db } from '../store/open.ts';
import { emailOf } from '../store/people.ts';
import { roleOf } from '../store/team.ts';

/**
 * Sessions of moderators: kept on the server, so that they can be ended there. The browser holds 256 random bits; the
 * database holds their hash.
 */

const MINUTE = 60_000;
/** A working day. After that everybody signs in again, busy or not. */
const LONGEST_MS = 8 * 60 * MINUTE;
/** Left alone for so long, it is over: hospital and office computers are shared. */
const IDLE_MS = 60 * MINUTE;
/** How often a session in use is noted, so that reading a page does not write each time. */
const NOTED_EVERY_MS = MINUTE;

/** Somebody who may moderate, and the session in which they do. */
export interface Moderator {
  /** The number of the person (people.ts). */
  person: number;
  email: string;
  role: TeamRole;
  /** The number of the session, to tell it from others of the same person. */
  session: number;
  /** What every form of this session carries. */
  csrf: string;
}

/**
 * How far the clocks of two processes may differ. A session that begins later than that was begun while a clock was
 * wrong.
 */
const SKEW_MS = 5 * MINUTE;

const ago = (now: Date, ms: number): string => new Date(now.getTime() - ms).toISOString();
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
/** Made from the secret of the session, which cannot be worked out from it. */
const csrfOf = (secret: string): string => createHmac('sha256', secret).update('signpost form').digest('base64url');

/**
 * Begins a session.
 * @param browser the User-Agent header, of which a few words are kept
 * @returns what the cookie is to hold
 */
export function signIn(db: Db, person: number, browser: string | null, now: Date): string {
  const secret = randomBytes(32).toString('base64url');
  dropSessions(db, ago(now, LONGEST_MS), ago(now, IDLE_MS));
  beginSession(db, { hash: hashOf(secret), person, browser: nameOf(browser ?? ''), began: now.toISOString() });
  return secret;
}

/**
 * The moderator who holds a session, unless it is over, was left idle, or they are no moderator any more; else null.
 * @param secret what the cookie holds
 * @param named the addresses of the setting MODERATORS, in small letters: owners, whatever the pages say
 */
export function moderatorOfSession(
  db: Db,
  secret: string | undefined,
  named: readonly string[],
  now: Date,
): Moderator | null {
  if (!secret || !/^[\w-]{43}$/.test(secret)) return null;
  const session = findSession(db, hashOf(secret));
  if (!session || session.began <= ago(now, LONGEST_MS) || session.seen <= ago(now, IDLE_MS)) return null;
  if (session.began > ago(now, -SKEW_MS)) return null;
  const email = emailOf(db, session.person);
  const role = email === null ? null : roleOf(db, email, named);
  if (email === null || role === null) {
    endSession(db, session.person, session.id);
    return null;
  }
  if (session.seen <= ago(now, NOTED_EVERY_MS)) touchSession(db, session.id, now.toISOString());
  return { person: session.person, email, role, session: session.id, csrf: csrfOf(secret) };
}

/** Whether a form came from a page of this session. */
export function isOwnForm(moderator: Moderator, sent: unknown): boolean {
  const wanted = Buffer.from(moderator.csrf);
  const given = Buffer.from(typeof sent === 'string' ? sent : '');
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** The sessions of a moderator that are not over, the last used first. */
export const sessionsNow = (db: Db, { person }: Moderator, now: Date): SessionRow[] =>
  moderatorSessions(db, person).filter(({ began, seen }) => began > ago(now, LONGEST_MS) && seen > ago(now, IDLE_MS));

/** Ends the session of that number, where it is the moderator's own. */
export const signOut = (db: Db, { person }: Moderator, session: number): void => endSession(db, person, session);

/** Ends all sessions of a moderator, this one too. */
export const signOutEverywhere = (db: Db, { person }: Moderator): void => endSessions(db, person);

const BROWSERS: [RegExp, string][] = [
  [/Edg/, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iPhone or iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** 'Firefox on Windows': a few words, so that no fingerprint of the browser is kept. */
function nameOf(userAgent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'A browser';
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  return system ? `${browser} on ${system}` : browser;
}
