import { soundOf } from './spelling.ts';
import { formsKey } from './synonyms.ts';

/** Which of two words is more likely meant by what is none. */

/** How many letters two words share at the beginning. */
function sharedStart(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}

/** In a shorter word the first letter is never wrong: 'kids' does not become 'aids', nor 'pets' 'nets'. */
const LONG = 6;

export interface Candidate {
  word: string;
  /** 1 where it sounds as what was typed. */
  sounds: number;
  start: number;
  count: number;
}

export const candidate = (word: string, typed: string, count: number): Candidate => ({
  word,
  sounds: soundOf(word) === soundOf(typed) ? 1 : 0,
  start: sharedStart(word, typed),
  count,
});

/** Whether a word of that beginning may be meant. */
export const mayBegin = (start: number, typed: string): boolean => start > 0 || typed.length >= LONG;

/** Whether of two words with as many edits the first is more likely meant. */
export const isNearer = (one: Candidate, other: Candidate): boolean =>
  (one.sounds - other.sounds || one.start - other.start || one.count - other.count) > 0;

/**
 * Whether to put a mistake right may lead into danger, or away from it: the one word speaks of danger by itself, and another
 * one that is as likely does not, as 'raist' may be 'racist' or 'rapist'.
 * @param danger the words that do
 * @param likely the word that it would be put right into
 * @param english all words of English that are one mistake away
 */
export const mayLeadAstray = (
  danger: ReadonlySet<string>,
  typed: string,
  likely: string,
  english: readonly string[],
): boolean =>
  english.some(
    (word) =>
      danger.has(word) !== danger.has(likely) &&
      formsKey([word]) !== formsKey([likely]) &&
      !isNearer(candidate(likely, typed, 0), candidate(word, typed, 0)),
  );
