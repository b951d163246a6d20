import type { Directory } from '../directory/directory.ts';
import { type Answers, singleAnswer } from '../domain/answers.ts';
import type { Listing } from '../domain/service.ts';
import { type Alike, findAlike } from '../matching/alike.ts';
import { findListing } from '../store/listings.ts';
import { changeSubmission } from '../store/submissions.ts';
import { baseOf, keepSubmission } from './drafts.ts';
import { isWhollyPublic } from './rights.ts';
import { mayChange, type SubmissionForm } from './submission-form.ts';

/** Existing listings that look like what somebody sends in. */

/** How many are shown at most. */
const MOST_ALIKE = 3;

/** Existing listings that look like the same thing, without those that the sender has called different. */
export function listingsAlike(directory: Directory, { submission }: SubmissionForm, preview: Listing): Alike[] {
  if (submission.kind === 'edit') return [];
  const different = singleAnswer(submission.answers, 'different').split(' ');
  return findAlike(directory, preview, MOST_ALIKE).filter(({ listing }) => !different.includes(listing.service.id));
}

/** Says of a listing that looks like the same thing that it is another one. */
export function callDifferent(directory: Directory, form: SubmissionForm, id: string): void {
  const { db, now } = directory;
  db.transaction(() => {
    const latest = keepSubmission(db, form, now());
    if (!latest || !mayChange(latest)) return;
    const different = [...new Set([...singleAnswer(latest.answers, 'different').split(' '), id])]
      .filter(Boolean)
      .slice(-20)
      .join(' ');
    changeSubmission(db, latest.id, latest.version, { answers: { ...latest.answers, different } }, now());
  }).immediate();
}

/**
 * Says of a listing that looks like the same thing that it is this: the form becomes an edit of that listing. What was left
 * empty or unknown in it stays as the listing has it; the rest waits for a moderator, since nobody knows the sender yet.
 * @returns false where it may not be, or cannot any more
 */
export function callOurs(directory: Directory, form: SubmissionForm, id: string): boolean {
  const { db, now } = directory;
  const current = findListing(db, id);
  if (!current || !isWhollyPublic(current)) return false;
  return db
    .transaction(() => {
      const latest = keepSubmission(db, form, now());
      if (latest?.kind !== 'new' || !mayChange(latest)) return false;
      const base = baseOf(db, current, now());
      const typed = Object.entries(latest.answers).filter(([, value]) => value.length > 0 && value !== 'unknown');
      const answers: Answers = { ...base, ...Object.fromEntries(typed), claim: 'yes' };
      return changeSubmission(db, latest.id, latest.version, { kind: 'edit', service_id: id, base, answers }, now());
    })
    .immediate();
}
