import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import type { Submission } from '../store/submissions.ts';
import { chosenOf, listingOf } from './batch.ts';
import { isComplete } from './checks.ts';
import type { Form } from './form.ts';
import type { Checking } from './problems.ts';

/** What the checks of a form go by. */
export const checkingOf = ({ kind, base }: Submission, now: Date): Checking => ({ kind, base, today: today(now) });

/** The listing that a form comes to, to be looked at before it is sent; null while answers are missing. */
export function previewOf(form: Form, now: Date): Listing | null {
  const { submission, current } = form;
  if (!isComplete(submission.answers, checkingOf(submission, now))) return null;
  return listingOf(submission, current, { existing: chosenOf(submission.answers) });
}
