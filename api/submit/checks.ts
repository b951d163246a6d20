import { type Answers, sameAnswer } from '../domain/answers.ts';
import { what, whenCheck, who } from './checks-listing.ts';
import { forWhom, joining, where } from './checks-visit.ts';
import { STEPS, type StepKey, wasVisited } from './fields.ts';
import { giveaways } from './given-away.ts';
import type { Check, CheckContext, FormProblem } from './problems.ts';
import { lacksPlace } from './session-places.ts';

const CHECKS: Readonly<Record<StepKey, Check>> = {
  who,
  what,
  when: whenCheck,
  where,
  for: forWhom,
  joining,
  pain: () => [],
};

/** What is wrong with the answers of one step, in the order of its fields, one problem for each field. */
export function problemsOf(step: StepKey, answers: Answers, checking: CheckContext): FormProblem[] {
  const { base } = checking;
  // What a listing said before is not held against somebody who comes to change something else.
  const found = CHECKS[step](answers, checking)
    .filter((problem) => problem !== null)
    .filter(({ field }) => base === null || !sameAnswer(base, answers, field));
  found.push(...giveaways(step, answers));
  if (step === 'where' && lacksPlace(answers, base))
    found.push({ field: 'session_places', words: 'Say at which place each time is' });
  return found.filter(({ field }, index) => found.findIndex((other) => other.field === field) === index);
}

export type StepStanding = 'not started' | 'problem' | 'done';

/** How a step stands: one of an edit is done from the start. */
export function stepStandingOf(step: StepKey, answers: Answers, checking: CheckContext): StepStanding {
  if (checking.kind === 'new' && !wasVisited(answers, step)) return 'not started';
  return problemsOf(step, answers, checking).length > 0 ? 'problem' : 'done';
}

/** Whether all steps are done, so that it can be sent. */
export const isComplete = (answers: Answers, checking: CheckContext): boolean =>
  STEPS.every(({ key }) => stepStandingOf(key, answers, checking) === 'done');
