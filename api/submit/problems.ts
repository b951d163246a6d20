import { type Answers, singleAnswer } from '../domain/answers.ts';
import { linksIn } from './typed.ts';

/** What is still wrong with an answer: shown at the top of the page and beside the field, in the same words. */
export interface FormProblem {
  field: string;
  words: string;
}

/** What the checks depend on besides the answers. */
export interface CheckContext {
  kind: 'new' | 'edit';
  /** The answers as the form was first filled; null for a new listing. */
  base: Answers | null;
  /** 'YYYY-MM-DD' in Europe/London. */
  today: string;
}

/** Web addresses that one text may hold: more is advertising. */
const MOST_LINKS = 2;

export type Check = (answers: Answers, checking: CheckContext) => (FormProblem | null)[];

export const missing = (answers: Answers, field: string, words: string): FormProblem | null =>
  singleAnswer(answers, field) === '' ? { field, words } : null;

export function textProblem(
  answers: Answers,
  field: string,
  label: string,
  most: number,
  links = MOST_LINKS,
): FormProblem | null {
  const typed = singleAnswer(answers, field);
  if (typed.length > most)
    return { field, words: `${label} must be ${most} characters or shorter. It has ${typed.length}` };
  if (linksIn(typed) > links)
    return {
      field,
      words:
        links === 0
          ? `Take the web address out of ${label.toLowerCase()}. It has a place of its own, further on`
          : `${label} may hold ${links} web addresses at most. Take some out`,
    };
  return null;
}

export const when = (wrong: boolean, field: string, words: string): FormProblem | null =>
  wrong ? { field, words } : null;

export const isOneOf = (typed: string, known: readonly string[]): boolean => known.includes(typed);
