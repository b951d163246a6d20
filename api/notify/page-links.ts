import type { Db } from '../store/open.ts';
import { issueToken, type Purpose } from '../store/tokens.ts';

/** The keys in the links of mails, and how long each works. */

const DAY_MINUTES = 24 * 60;

/**
 * Days. A reminder can be answered until two reminders later, or from the mail that says that the listing was taken
 * out. Mails about changes can be stopped from an old one.
 */
const DAYS = {
  keep: 120,
  edit: 14,
  undo: 14,
  hand_over: 14,
  invite: 60,
  watch_confirm: 1,
  watch: 400,
} as const satisfies Partial<Record<Purpose, number>>;

/** Those that work until they expire: a form is saved more than once, and what has stopped may be stopped again. */
const OFTEN: readonly Purpose[] = ['edit', 'watch'];

/**
 * A page of this site that is open to whoever has the key in it.
 * @param subject what the key opens
 */
function pageLink(
  db: Db,
  folder: string,
  purpose: keyof typeof DAYS,
  subject: string,
  person: number | null,
  now: Date,
): string {
  const once = !OFTEN.includes(purpose);
  const token = issueToken(db, { purpose, subject, person, minutes: DAYS[purpose] * DAY_MINUTES, once }, now);
  return `/${folder}/${token}`;
}

/** Where a keeper says that a listing is still right, that it has stopped, or that somebody else looks after it. */
export const keepPage = (db: Db, serviceId: string, person: number, now: Date): string =>
  pageLink(db, 'keep', 'keep', serviceId, person, now);

/** Where a keeper changes a listing. The key works until it expires, since a form is saved more than once. */
export const editPage = (db: Db, serviceId: string, person: number, now: Date): string =>
  pageLink(db, 'edit', 'edit', serviceId, person, now);

/**
 * Where a change is taken back.
 * @param seq of the line in the history that the change has left
 */
export const undoPage = (db: Db, seq: number, person: number | null, now: Date): string =>
  pageLink(db, 'keep', 'undo', String(seq), person, now);

/** Where somebody says that they will look after some listings. */
export const invitedPage = (db: Db, serviceIds: readonly string[], person: number, now: Date): string =>
  pageLink(db, 'keep/invited', 'invite', serviceIds.join(','), person, now);

/** Where somebody new says that they will look after a listing, which the one who asks then does no more. */
export const handOverPage = (db: Db, serviceId: string, asks: number, person: number, now: Date): string =>
  pageLink(db, 'keep', 'hand_over', `${serviceId}:${asks}`, person, now);

/** Where somebody says yes to being told of changes. */
export const watchConfirmPage = (db: Db, watch: number, now: Date): string =>
  pageLink(db, 'watch', 'watch_confirm', String(watch), null, now);

/** Where somebody sees what they are told of, and stops it. */
export const watchPage = (db: Db, watch: number, now: Date): string =>
  pageLink(db, 'watch', 'watch', String(watch), null, now);
