import type { Directory } from '../directory.ts';
import { type Answers, one } from '../domain/answers.ts';
import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import { type Alike, findAlike } from '../matching/alike.ts';
import { queueMail } from '../notify/mail.ts';
import { historyOf } from '../store/changes.ts';
import { listingsKeptBy } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { emailOf } from '../store/people.ts';
import { changeSubmission, findSubmission, type Submission, submissionsAbout } from '../store/submissions.ts';
import { issueToken, readToken, useToken } from '../store/tokens.ts';
import { undoPage } from '../upkeep/keys.ts';
import { changedGroups, chosenOf, listingOf } from './batch.ts';
import { type Checking, isComplete } from './checks.ts';
import { type Change, changesBetween } from './compare.ts';
import { baseOf, type Form, keep, mayChange } from './drafts.ts';
import type { Group } from './groups.ts';

/** Sending a form: what is new waits for an address to be confirmed and for a moderator; what is small goes out at once. */

const DAY_MINUTES = 24 * 60;
const CONFIRM_DAYS = 7;
/** Mails that ask to confirm one form. */
const MOST_CONFIRMS = 4;
/** How many that look like it are shown before it is sent. */
const MOST_ALIKE = 3;

/** What the checks of a form go by. */
export const checkingOf = ({ kind, base }: Submission, now: Date): Checking => ({ kind, base, today: today(now) });

/** The listing that a form comes to, to be looked at before it is sent; null while answers are missing. */
export function previewOf(form: Form, now: Date): Listing | null {
  const { submission, current } = form;
  if (!isComplete(submission.answers, checkingOf(submission, now))) return null;
  return listingOf(submission, current, { existing: chosenOf(submission.answers) });
}

/** What is listed already and looks like the same thing; of those that were called different, nothing more. */
export function alikeOf(directory: Directory, { submission }: Form, preview: Listing): Alike[] {
  if (submission.kind === 'edit') return [];
  const different = one(submission.answers, 'different').split(' ');
  return findAlike(directory, preview, MOST_ALIKE).filter(({ listing }) => !different.includes(listing.service.id));
}

/** Says of a listing that looks like the same thing that it is another one. */
export function callDifferent(directory: Directory, form: Form, id: string): void {
  const { db, now } = directory;
  db.transaction(() => {
    const latest = keep(db, form, now());
    if (!latest || !mayChange(latest)) return;
    const different = [...new Set([...one(latest.answers, 'different').split(' '), id])]
      .filter(Boolean)
      .slice(-20)
      .join(' ');
    changeSubmission(db, latest.id, latest.version, { answers: { ...latest.answers, different } }, now());
  }).immediate();
}

/**
 * Says of a listing that looks like the same thing that it is this: the form becomes an edit of that listing. What was left
 * empty or unknown in it stays as the listing has it; the rest waits for a moderator, since nobody knows the sender yet.
 */
export function callOurs(directory: Directory, form: Form, id: string): boolean {
  const { db, now } = directory;
  const current = findListing(db, id);
  if (!current) return false;
  return db
    .transaction(() => {
      const latest = keep(db, form, now());
      if (latest?.kind !== 'new' || !mayChange(latest)) return false;
      const base = baseOf(db, current, now());
      const typed = Object.entries(latest.answers).filter(([, value]) => value.length > 0 && value !== 'unknown');
      const answers: Answers = { ...base, ...Object.fromEntries(typed), claim: 'yes' };
      return changeSubmission(db, latest.id, latest.version, { kind: 'edit', service_id: id, base, answers }, now());
    })
    .immediate();
}

/** What came of sending. */
export type Sent =
  | { outcome: 'incomplete' | 'gone' }
  /** A mail asks whether the address is right. */
  | { outcome: 'unconfirmed' }
  /** A moderator looks at it: all of it, or what is risky; the rest is public. */
  | { outcome: 'waiting'; published: Change[]; risky: Change[] }
  | { outcome: 'published'; published: Change[] }
  | { outcome: 'unchanged' };

/** Sends a form, in one transaction. */
export function send(directory: Directory, form: Form): Sent {
  const { db, now } = directory;
  const moment = now();
  return directory.change((save): Sent => {
    const latest = keep(db, form, moment);
    if (!latest || !mayChange(latest)) return { outcome: 'gone' };
    if (latest.kind === 'new' && !isComplete(latest.answers, checkingOf(latest, moment)))
      return { outcome: 'incomplete' };
    const sent = { sent_at: moment.toISOString(), decision: null };
    const keeps =
      form.proved && latest.person !== null && listingsKeptBy(db, latest.person).includes(latest.service_id);
    if (latest.kind === 'edit' && keeps) {
      const current = findListing(db, latest.service_id);
      return current ? sendEdit(directory, save, { ...latest, ...sent }, current) : { outcome: 'gone' };
    }
    if (form.proved) {
      changeSubmission(db, latest.id, latest.version, { ...sent, state: 'waiting' }, moment);
      return { outcome: 'waiting', published: [], risky: [] };
    }
    const answers = askToConfirm(directory, latest);
    changeSubmission(db, latest.id, latest.version, { ...sent, answers, state: 'unconfirmed' }, moment);
    return { outcome: 'unconfirmed' };
  });
}

type Save = Parameters<Parameters<Directory['change']>[0]>[0];

/** The groups of answers in which something risky shows, and the others. A venue that others share is theirs too. */
function partedByRisk(submission: Submission, changes: readonly Change[]): { risky: Group[]; small: Group[] } {
  const risky = new Set(changes.filter((change) => change.risky).map(({ field }) => field));
  const shared = one(submission.base ?? {}, 'venue_shared') === 'yes';
  const isRisky = ({ shows }: Group) =>
    shows.some((field) => risky.has(field) || (shared && /^(transportation|accessibility)/.test(field)));
  const groups = changedGroups(submission);
  return { risky: groups.filter(isRisky), small: groups.filter((group) => !isRisky(group)) };
}

/** What is small is published, what is risky is left to wait. */
function sendEdit(directory: Directory, save: Save, submission: Submission, current: Listing): Sent {
  const { db, now } = directory;
  const moment = now();
  const { id, person, version } = submission;
  const all = changesBetween(current, listingOf(submission, current));
  if (all.length === 0) {
    changeSubmission(
      db,
      id,
      version,
      { state: 'withdrawn', sent_at: submission.sent_at, decided_at: moment.toISOString() },
      moment,
    );
    return { outcome: 'unchanged' };
  }
  const { risky, small } = partedByRisk(submission, all);
  const smallOnly = listingOf(submission, current, { groups: small });
  const published = changesBetween(current, smallOnly);
  if (published.length > 0) {
    const reason = published.map(({ label }) => label).join(', ');
    save(
      {
        organizations: [smallOnly.organization],
        locations: smallOnly.locations,
        services: [{ service: smallOnly.service, state: current.state }],
      },
      { action: 'edited', role: 'organization', person, reason },
    );
    receipt(directory, submission, published, current);
  }
  const after = findListing(db, submission.service_id) ?? smallOnly;
  const waiting = changesBetween(after, listingOf(submission, after));
  if (waiting.length === 0) {
    changeSubmission(
      db,
      id,
      version,
      {
        state: 'published',
        sent_at: submission.sent_at,
        decided_at: moment.toISOString(),
        decision: { person: null, words: '' },
      },
      moment,
    );
    return { outcome: 'published', published };
  }
  // What has gone out is no change any more: only the rest is put in once a moderator says so.
  const settled = small
    .flatMap(({ fields }) => fields)
    .map((name): [string, string | readonly string[]] => [name, submission.answers[name] ?? '']);
  const base = { ...submission.base, ...Object.fromEntries(settled) };
  changeSubmission(db, id, version, { state: 'waiting', base, sent_at: submission.sent_at, decision: null }, moment);
  return { outcome: 'waiting', published, risky: risky.length > 0 ? waiting : [] };
}

/** Tells who changed it, and whoever else looks after it would ask, what people see now. */
function receipt(
  { db, now }: Directory,
  { id, person, version, service_id }: Submission,
  changes: readonly Change[],
  current: Listing,
): void {
  const to = person === null ? null : emailOf(db, person);
  if (to === null) return;
  const ids = [service_id, ...current.locations.map((location) => location.id), current.organization.id];
  const [line] = historyOf(db, ids);
  if (!line) return;
  const undo = undoPage(db, line.seq, person, now());
  const flat = (text: string) => text.replaceAll('\n', '; ') || 'nothing';
  const words = changes.map(({ label, before, after }) => `${label}: ${flat(after)} (before: ${flat(before)})`);
  queueMail(
    db,
    {
      key: `changed ${id} ${version}`,
      to,
      template: 'changed-receipt',
      values: {
        name: current.service.name,
        changes: words.join('\n'),
        page: `/services/${service_id}`,
        undo,
      },
    },
    now(),
  );
}

/**
 * Mails the link that confirms the address of a form; the same form sends a few at most.
 * @returns the answers with the mail counted in them
 */
function askToConfirm({ db, now }: Directory, { id, person, answers }: Submission): Answers {
  const to = person === null ? null : emailOf(db, person);
  const asked = Number(one(answers, 'confirms') || 0);
  if (to === null || asked >= MOST_CONFIRMS) return answers;
  const minutes = CONFIRM_DAYS * DAY_MINUTES;
  const key = issueToken(db, { purpose: 'confirm_email', subject: id, person, minutes, once: true }, now());
  const values = { name: one(answers, 'name'), link: `/add/confirm/${key}`, days: String(CONFIRM_DAYS) };
  queueMail(db, { key: `confirm ${id} ${person} ${asked}`, to, template: 'confirm-listing', values }, now());
  return { ...answers, confirms: String(asked + 1) };
}

/** Sends the link that confirms once more. The page says the same whether or not it goes out. */
export function confirmAgain(directory: Directory, form: Form): void {
  const { db, now } = directory;
  db.transaction(() => {
    const latest = findSubmission(db, form.submission.id);
    if (latest?.state !== 'unconfirmed') return;
    changeSubmission(db, latest.id, latest.version, { answers: askToConfirm(directory, latest) }, now());
  }).immediate();
}

/** What a link that confirms is about, looked at and not used; null where it works no longer. */
export function confirming({ db, now }: Directory, token: string): Submission | null {
  const opened = readToken(db, token, 'confirm_email', now());
  const submission = opened && findSubmission(db, opened.subject);
  return submission?.state === 'unconfirmed' && submission.person === opened?.person ? submission : null;
}

/** Confirms the address: from here on it waits for a moderator. @returns null where the link works no longer */
export function confirm(directory: Directory, token: string): Submission | null {
  const { db, now } = directory;
  return db
    .transaction(() => {
      const submission = confirming(directory, token);
      if (!submission || !useToken(db, token, 'confirm_email', now())) return null;
      changeSubmission(db, submission.id, submission.version, { state: 'waiting' }, now());
      return findSubmission(db, submission.id);
    })
    .immediate();
}

/** What the same person has changed of the same listing, and nobody has looked at yet. */
export function waitingOf(
  { db }: Directory,
  { submission, current }: Form,
): { submission: Submission; changes: Change[] }[] {
  if (!current || submission.person === null) return [];
  return submissionsAbout(db, submission.service_id)
    .filter(({ state, person }) => state === 'waiting' && person === submission.person)
    .map((sent) => ({ submission: sent, changes: changesBetween(current, listingOf(sent, current)) }));
}

/** Takes one of those back. */
export function withdrawOne(directory: Directory, form: Form, id: string): void {
  const found = waitingOf(directory, form).find(({ submission }) => submission.id === id);
  if (found) takeBack(directory, { ...form, submission: found.submission }, true);
}

/** Takes back what was sent and not decided, to change it; or for good. */
export function takeBack(directory: Directory, form: Form, forGood: boolean): boolean {
  const { db, now } = directory;
  return db
    .transaction(() => {
      const latest = findSubmission(db, form.submission.id);
      if (!latest || !['draft', 'unconfirmed', 'waiting', 'asked'].includes(latest.state)) return false;
      const state = forGood ? 'withdrawn' : 'draft';
      const decided_at = forGood ? now().toISOString() : null;
      return changeSubmission(db, latest.id, latest.version, { state, decided_at }, now());
    })
    .immediate();
}
