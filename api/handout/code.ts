import { randomInt } from 'node:crypto';

/**
 * The code of a short link. Only its randomness keeps it from being guessed: there are 28^10 codes, or 3 × 10^14. With
 * a million handouts and 600 tries a minute, a guesser needs about a year for one hit, and then sees a list of public
 * listings.
 */

/**
 * Without 0, o, 1, i and l, which look alike on paper and on the phone; without vowels, so that no code spells a word.
 */
export const ALPHABET = '23456789bcdfghjkmnpqrstvwxyz';
const CODE_LENGTH = 10;

/** A new code, from the operating system's own randomness. */
export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

const CODE = new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`);

/** Reads a code typed from paper, in upper or lower case, with or without the hyphen; null where it is no code. */
export function readCode(typed: string): string | null {
  const code = typed.toLowerCase().replace(/[\s-]/g, '');
  return CODE.test(code) ? code : null;
}

/** The code as it is printed, with a hyphen that makes it easier to copy: 'k7mfq-3xwrn'. */
export const codeOnPaper = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;
