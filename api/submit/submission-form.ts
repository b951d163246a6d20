import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import type { Submission } from '../store/submissions.ts';
import { chosenOf, listingOfSubmission } from './batch.ts';
import { isComplete } from './checks.ts';
import type { CheckContext } from './problems.ts';

/** A form as a page shows it. */
export interface SubmissionForm {
  /** The key in its address. */
  token: string;
  /** The submission that it is saved as; for an edit that nobody has begun yet, the one that it would be. */
  submission: Submission;
  /** Whether it is kept already. */
  begun: boolean;
  /** The listing that it changes, as who holds the key may see it; null for a new one, and where they may not any more. */
  current: Listing | null;
  /** Whether whoever has the key reads the mail of the address in the form. */
  proved: boolean;
}

/** Whether the sender may still change it. */
export const mayChange = ({ state }: Submission): boolean => state === 'draft' || state === 'asked';

/** What the checks of a form go by. */
export const checkContextOf = ({ kind, base }: Submission, now: Date): CheckContext => ({
  kind,
  base,
  today: today(now),
});

/** The listing that a form makes, to look at before it is sent; null while answers are missing. */
export function previewOf(form: SubmissionForm, now: Date): Listing | null {
  const { submission, current } = form;
  if (!isComplete(submission.answers, checkContextOf(submission, now))) return null;
  return listingOfSubmission(submission, current, { existing: chosenOf(submission.answers) });
}
