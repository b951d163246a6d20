import { randomUUID } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import { singleAnswer } from '../domain/answers.ts';
import { findListing } from '../store/listings.ts';
import { addSubmission, findSubmission, openEdit } from '../store/submissions.ts';
import { baseOf } from '../submit/drafts.ts';
import { claims, isModerators } from '../submit/rights.ts';
import type { SubmissionForm } from '../submit/submission-form.ts';
import { publishSubmission } from './decide.ts';

/** A moderator's own change of a listing, in the form that everybody fills in, behind their session and nowhere else. */

/**
 * Begins one, or goes on with one begun. Sent, it is public at once, as theirs (`publishOwn`).
 * @param person the number of the moderator
 * @returns the id of the form; null where there is no such listing
 */
export function beginEdit({ db, now }: Directory, id: string, person: number): string | null {
  const moment = now();
  return db
    .transaction(() => {
      const current = findListing(db, id);
      if (!current) return null;
      const begun = openEdit(db, id, person, true);
      if (begun) return begun.id;
      const base = baseOf(db, current, moment);
      const submission = randomUUID();
      const answers = { ...base, moderating: 'yes' };
      addSubmission(db, { id: submission, kind: 'edit', service_id: id, answers, base, person }, moment);
      return submission;
    })
    .immediate();
}

/**
 * The form of that id, for the moderator who began it.
 * @param person the number of who is signed in
 * @returns null where it is another's, or neither a change of a listing nor a copy that mends what was sent in
 */
export function openModeratorsForm({ db }: Directory, id: string, person: number): SubmissionForm | null {
  const submission = findSubmission(db, id);
  if (submission?.person !== person) return null;
  const { kind, service_id, answers } = submission;
  const isCopy = isModerators(answers) && singleAnswer(answers, 'mends') !== '';
  if (!isCopy && (kind !== 'edit' || claims(answers))) return null;
  const current = findListing(db, service_id);
  if (kind === 'edit' && !current) return null;
  return { token: '', submission, begun: true, current, proved: true };
}

/**
 * Publishes what a moderator has just sent in themselves. Where that cannot be, it waits in the queue like any other.
 * @param person the number of the moderator
 * @returns whether it is public
 */
export function publishOwn(directory: Directory, id: string, person: number): boolean {
  const form = openModeratorsForm(directory, id, person);
  if (form?.submission.state !== 'waiting') return false;
  return publishSubmission(directory, { id, version: form.submission.version, person, words: '' }) === 'done';
}
