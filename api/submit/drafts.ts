import { createHash, randomUUID } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { type Answers, multipleAnswers, sameAnswer, singleAnswer } from '../domain/answers.ts';
import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import type { Geocoder } from '../geocode/geocoder.ts';
import { queueMail } from '../notify/mail.ts';
import { keeps } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { mailsTo } from '../store/mail.ts';
import type { Db } from '../store/open.ts';
import { emailOf, personOf } from '../store/people.ts';
import {
  addSubmission,
  changeSubmission,
  findSubmission,
  isSharedVenue,
  openEdit,
  type Submission,
  type SubmissionChange,
} from '../store/submissions.ts';
import { endTokensOfOthers, issueToken, readToken } from '../store/tokens.ts';
import { STEP_FIELDS, type StepKey } from './fields.ts';
import { choose } from './offers.ts';
import { PLACE_NUMBERS, placeField } from './places.ts';
import { prefilledAnswers } from './prefill.ts';
import { resolveAnswers } from './resolve-answers.ts';
import { claims, isModerators, listingForHolder } from './rights.ts';
import { mayChange, type SubmissionForm } from './submission-form.ts';
import { isEmail } from './typed.ts';

/** Forms that are being filled in: begun, found again by the key in their address, and saved step by step. */

const DAY_MINUTES = 24 * 60;
/** How long a form is kept that nobody touches, and how long its key works. */
export const DRAFT_DAYS = 30;
/** How long after a decision the sender's own address stays with what was sent. */
export const SENDER_DAYS = 90;
/** Mails about forms that one address gets within an hour, whoever begins them and whatever else they write there later. */
const MAILS_AN_HOUR = 5;
/** So many addresses one form may send mail to: a slip or two can be corrected, and nobody can write to the world. */
const MOST_ADDRESSES = 3;
const HOUR_MS = 3_600_000;

/**
 * Begins a form for something new.
 * @param person to whom alone the key is mailed: what is known of them is offered in the form
 * @returns the key to it
 */
export function beginDraft({ db, now }: Directory, person: number | null = null): string {
  const moment = now();
  return db
    .transaction(() => {
      const id = randomUUID();
      const answers: Answers = person === null ? {} : { email: emailOf(db, person) ?? '' };
      addSubmission(db, { id, kind: 'new', service_id: randomUUID(), answers, base: null, person }, moment);
      return draftKey(db, id, person, moment);
    })
    .immediate();
}

/**
 * A key to a form.
 * @param person to whom alone the key is mailed: using it then shows that they read that mail
 */
export const draftKey = (db: Db, id: string, person: number | null, now: Date): string =>
  issueToken(db, { purpose: 'draft', subject: id, person, minutes: DRAFT_DAYS * DAY_MINUTES, once: false }, now);

/** The form behind a key in the address of /add; null where it is unknown, too old or for something else. */
export function openDraft({ db, now }: Directory, token: string): SubmissionForm | null {
  const opened = readToken(db, token, 'draft', now());
  const submission = opened && findSubmission(db, opened.subject);
  if (!submission) return null;
  const { kind, person, answers } = submission;
  const proved = person !== null && opened.person === person;
  const current = kind === 'edit' ? listingForHolder(db, submission, proved) : null;
  // What has been sent shows how it stands, and nothing of the listing.
  if (kind === 'edit' && current === null && (mayChange(submission) || !claims(answers))) return null;
  return {
    token,
    submission,
    begun: true,
    current,
    proved,
  };
}

/**
 * Takes a form into the hands of who has shown that its address is theirs: from the first thing that they save, so that
 * nobody else reads what they type. To look is not enough: a scanner of mail looks too, while its owner is typing elsewhere.
 */
export const takeForm = ({ db, now }: Directory, { submission: { id, person }, proved }: SubmissionForm): void => {
  if (proved && person !== null) endTokensOfOthers(db, id, person, now());
};

/** The form to change a listing, behind a key that was mailed to who looks after it; nothing is kept until something is saved. */
export function openEditing({ db, now }: Directory, token: string): SubmissionForm | null {
  const opened = readToken(db, token, 'edit', now());
  if (!opened || opened.person === null) return null;
  const { subject: service_id, person } = opened;
  const current = keeps(db, person, service_id) ? findListing(db, service_id) : null;
  if (!current) return null;
  const begun = openEdit(db, service_id, person);
  return {
    token,
    submission: begun ?? blankEdit(db, current, person, now()),
    begun: begun !== null,
    current,
    proved: true,
  };
}

function blankEdit(db: Db, current: Listing, person: number, now: Date): Submission {
  const at = now.toISOString();
  const base = baseOf(db, current, now);
  return {
    id: randomUUID(),
    kind: 'edit',
    service_id: current.service.id,
    state: 'draft',
    answers: base,
    base,
    person,
    version: 1,
    created_at: at,
    updated_at: at,
    sent_at: null,
    decided_at: null,
    decision: null,
  };
}

/** The answers that a listing gives, with what the form has to know beside them. */
export function baseOf(db: Db, current: Listing, now: Date): Answers {
  const shared = PLACE_NUMBERS.map((place) => {
    const venue = current.locations[place - 1]?.id ?? '';
    return [placeField('venue_shared', place), isSharedVenue(db, current.service.id, venue) ? 'yes' : ''];
  });
  return { ...prefilledAnswers(current, today(now)), ...Object.fromEntries(shared) };
}

/** A short hash of the saved answers of a step. A page with another one was made before somebody changed them. */
export const stepMark = (answers: Answers, step: StepKey): string =>
  createHash('sha256')
    .update(JSON.stringify(STEP_FIELDS[step].map((name) => [name, answers[name] ?? ''])))
    .digest('base64url')
    .slice(0, 12);

/** What happened to a step that was sent: it was saved, or another tab or visit had saved it in the meantime. */
export type SaveOutcome =
  | { outcome: 'saved'; form: SubmissionForm }
  | { outcome: 'conflict'; form: SubmissionForm }
  | { outcome: 'gone' };

/**
 * Saves the answers of a step as they were typed, right or wrong, with what they come to, in one transaction.
 * @param mark of the page that they were typed into
 * @returns 'conflict' where the step was changed meanwhile: nothing is saved then
 */
export async function saveStep(
  directory: Directory,
  geocoder: Pick<Geocoder, 'locate'>,
  form: SubmissionForm,
  step: StepKey,
  typed: Answers,
  mark: string,
): Promise<SaveOutcome> {
  const { db, now } = directory;
  const moment = now();
  const before = { ...form.submission.answers, ...typed };
  const settled = await resolveAnswers(step, before, { geocoder, today: today(moment), base: form.submission.base });
  return db
    .transaction((): SaveOutcome => {
      const latest = keepSubmission(db, form, moment);
      if (!latest || !mayChange(latest)) return { outcome: 'gone' };
      const fields = STEP_FIELDS[step];
      const same = fields.every((name) => sameAnswer(latest.answers, typed, name));
      if (!same && stepMark(latest.answers, step) !== mark)
        return { outcome: 'conflict', form: { ...form, submission: latest, begun: true } };
      const visited = [...new Set([...multipleAnswers(latest.answers, 'visited'), step])];
      const chosen = step === 'who' || step === 'where' ? choose(db, form, step, typed) : {};
      const answers: Answers = { ...latest.answers, ...typed, ...settled, ...chosen, visited };
      const from = step === 'who' ? sender(directory, latest, answers, moment) : null;
      const person = from ? from.person : latest.person;
      const kept = from ? { ...answers, mailed: from.mailed } : answers;
      const change: SubmissionChange = person === latest.person ? { answers: kept } : handedOn(latest, kept, person);
      changeSubmission(db, latest.id, latest.version, change, moment);
      const submission = findSubmission(db, latest.id);
      return submission
        ? {
            outcome: 'saved',
            form: { ...form, submission, begun: true, proved: form.proved && person === latest.person },
          }
        : { outcome: 'gone' };
    })
    .immediate();
}

/**
 * What becomes of a form when another address is written into it: whoever has that was asked nothing yet, and a venue that
 * was chosen among the listings of the former is not theirs to see.
 */
const handedOn = ({ state }: Submission, answers: Answers, person: number | null): SubmissionChange => ({
  answers: { ...answers, venue: '', chosen_venue: '' },
  person,
  state: state === 'asked' ? 'draft' : state,
});

/** The submission as it is kept now; one that was not is kept from here on. */
export function keepSubmission(db: Db, { submission, begun, proved }: SubmissionForm, now: Date): Submission | null {
  const other = begun || submission.person === null ? null : openEdit(db, submission.service_id, submission.person);
  if (!begun && !other) addSubmission(db, submission, now);
  const kept = findSubmission(db, other?.id ?? submission.id);
  if (kept && proved && submission.person !== null) endTokensOfOthers(db, kept.id, submission.person, now);
  return kept;
}

/**
 * Finds whose address it is, and how many addresses have had mail about this form. A new address is sent the link back.
 */
function sender(
  { db }: Directory,
  { id, kind, person }: Submission,
  answers: Answers,
  now: Date,
): { person: number | null; mailed: string } {
  const email = singleAnswer(answers, 'email');
  const mailed = Number(singleAnswer(answers, 'mailed') || 0);
  // What a moderator mends stays theirs, whoever's address stands in it.
  if (person !== null && (kind === 'edit' || isModerators(answers))) return { person, mailed: String(mailed) };
  if (!isEmail(email)) return { person: null, mailed: String(mailed) };
  const found = personOf(db, email, now);
  const often =
    mailsTo(db, email, 'draft', new Date(now.getTime() - HOUR_MS)) >= MAILS_AN_HOUR || mailed >= MOST_ADDRESSES;
  if (found === person || often) return { person: found, mailed: String(mailed) };
  const link = `/add/${draftKey(db, id, found, now)}`;
  const values = { link, days: String(DRAFT_DAYS) };
  queueMail(db, { key: `draft ${id} ${found}`, to: email, template: 'draft', values }, now);
  return { person: found, mailed: String(mailed + 1) };
}
