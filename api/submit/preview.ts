import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import type { Submission } from '../store/submissions.ts';
import { chosenOf, listingOfSubmission } from './batch.ts';
import { isComplete } from './checks.ts';
import type { SubmissionForm } from './form.ts';
import type { CheckContext } from './problems.ts';

/** What the checks of a form go by. */
export const checkContextOf = ({ kind, base }: Submission, now: Date): CheckContext => ({
  kind,
  base,
  today: today(now),
});

/** The listing that a form comes to, to be looked at before it is sent; null while answers are missing. */
export function previewOf(form: SubmissionForm, now: Date): Listing | null {
  const { submission, current } = form;
  if (!isComplete(submission.answers, checkContextOf(submission, now))) return null;
  return listingOfSubmission(submission, current, { existing: chosenOf(submission.answers) });
}
