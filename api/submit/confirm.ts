import type { Directory } from '../directory/directory.ts';
import { type Answers, singleAnswer } from '../domain/answers.ts';
import { queueMail } from '../notify/mail.ts';
import { mailsTo } from '../store/mail.ts';
import { emailOf } from '../store/people.ts';
import { changeSubmission, findSubmission, type Submission } from '../store/submissions.ts';
import { endTokensOfOthers, issueToken, readToken, tokenState, useToken } from '../store/tokens.ts';
import type { SubmissionForm } from './submission-form.ts';

/** The mail that asks whether an address is right, and the answer to it. */

const CONFIRM_DAYS = 7;
/** So many mails may ask to confirm one form, and so many may go to one address within an hour, whatever the form. */
const MOST_CONFIRMS = 4;
const MAILS_AN_HOUR = 12;
const HOUR_MS = 3_600_000;

/**
 * Mails the link that confirms the address of a form; the same form sends a few at most.
 * @returns the answers with the mail counted in them
 */
export function askToConfirm({ db, now }: Directory, { id, person, answers }: Submission): Answers {
  const to = person === null ? null : emailOf(db, person);
  const asked = Number(singleAnswer(answers, 'confirms') || 0);
  if (to === null || asked >= MOST_CONFIRMS) return answers;
  if (mailsTo(db, to, 'confirm-listing', new Date(now().getTime() - HOUR_MS)) >= MAILS_AN_HOUR) return answers;
  const minutes = CONFIRM_DAYS * 24 * 60;
  const key = issueToken(db, { purpose: 'confirm_email', subject: id, person, minutes, once: true }, now());
  // Nothing that was typed: whoever has the address may not have asked for this, and reads it as our words.
  const values = { link: `/add/confirm/${key}`, days: String(CONFIRM_DAYS) };
  queueMail(db, { key: `confirm ${id} ${person} ${asked}`, to, template: 'confirm-listing', values }, now());
  return { ...answers, confirms: String(asked + 1) };
}

/** Sends the link that confirms once more. The page says the same whether or not it goes out. */
export function confirmAgain(directory: Directory, form: SubmissionForm): void {
  const { db, now } = directory;
  db.transaction(() => {
    const latest = findSubmission(db, form.submission.id);
    if (latest?.state !== 'unconfirmed') return;
    changeSubmission(db, latest.id, latest.version, { answers: askToConfirm(directory, latest) }, now());
  }).immediate();
}

/** What a link that confirms is about, without using it; null where it no longer works. */
export function confirming({ db, now }: Directory, token: string): Submission | null {
  const opened = readToken(db, token, 'confirm_email', now());
  const submission = opened && findSubmission(db, opened.subject);
  return submission?.state === 'unconfirmed' && submission.person === opened?.person ? submission : null;
}

/** What a link was about that has confirmed, so that whoever opens it again is told so; null for any other. */
export function confirmed({ db, now }: Directory, token: string): Submission | null {
  const found = tokenState(db, token, now());
  if (found?.purpose !== 'confirm_email' || found.standing !== 'used') return null;
  const submission = findSubmission(db, found.subject);
  // What was taken back to be changed has to be confirmed again.
  return submission && !['draft', 'unconfirmed'].includes(submission.state) ? submission : null;
}

/**
 * Confirms the address: from then on the submission waits for a moderator.
 * @returns null where the link no longer works
 */
export function confirm(directory: Directory, token: string): Submission | null {
  const { db, now } = directory;
  return db
    .transaction(() => {
      const submission = confirming(directory, token);
      if (!submission || !useToken(db, token, 'confirm_email', now())) return null;
      changeSubmission(db, submission.id, submission.version, { state: 'waiting' }, now());
      // From here on it is theirs who read the mail, and not whoever began it with their address.
      if (submission.person !== null) endTokensOfOthers(db, submission.id, submission.person, now());
      return findSubmission(db, submission.id);
    })
    .immediate();
}
