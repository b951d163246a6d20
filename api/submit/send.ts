import { ZodError } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { keeps } from '../store/keepers.ts';
import { findListing } from '../store/listings.ts';
import { changeSubmission, findSubmission, type Submission, submissionsAbout } from '../store/submissions.ts';
import { listingOfSubmission } from './batch.ts';
import { isComplete } from './checks.ts';
import { changesBetween, type FieldChange } from './compare.ts';
import { askToConfirm } from './confirm.ts';
import { keepSubmission } from './drafts.ts';
import { type SendOutcome, sendEdit } from './edit.ts';
import { isModerators } from './rights.ts';
import { checkContextOf, mayChange, type SubmissionForm } from './submission-form.ts';

/**
 * Sends a form. A new listing waits for its address to be confirmed and for a moderator; small changes are public at
 * once.
 */

/** Sends a form, in one transaction. */
export function send(directory: Directory, form: SubmissionForm): SendOutcome {
  try {
    return sendNow(directory, form, directory.now());
  } catch (error) {
    // Passed by the checks, but not possible in a listing: it stays with whoever fills it in.
    if (error instanceof ZodError) return { outcome: 'incomplete' };
    throw error;
  }
}

function sendNow(directory: Directory, form: SubmissionForm, moment: Date): SendOutcome {
  const { db } = directory;
  return directory.change((save): SendOutcome => {
    const latest = keepSubmission(db, form, moment);
    if (!latest || !mayChange(latest)) return { outcome: 'gone' };
    if (!isComplete(latest.answers, checkContextOf(latest, moment))) return { outcome: 'incomplete' };
    const sent = { sent_at: moment.toISOString(), decision: null };
    const asKeeper = form.proved && keeps(db, latest.person, latest.service_id) && !isModerators(latest.answers);
    if (latest.kind === 'edit' && asKeeper) {
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

/** A change of the same listing by the same person that nobody has looked at yet. */
export function waitingOf(
  { db }: Directory,
  { submission, current }: SubmissionForm,
): { submission: Submission; changes: FieldChange[] }[] {
  if (!current || submission.person === null) return [];
  return submissionsAbout(db, submission.service_id)
    .filter(({ state, person }) => state === 'waiting' && person === submission.person)
    .map((sent) => ({ submission: sent, changes: changesBetween(current, listingOfSubmission(sent, current)) }));
}

/** Takes one of those back. */
export function withdrawOne(directory: Directory, form: SubmissionForm, id: string): void {
  const found = waitingOf(directory, form).find(({ submission }) => submission.id === id);
  if (found) takeBackSubmission(directory, { ...form, submission: found.submission }, true);
}

/** Takes back what was sent and is undecided, to change it or for good. */
export function takeBackSubmission(directory: Directory, form: SubmissionForm, forGood: boolean): boolean {
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
