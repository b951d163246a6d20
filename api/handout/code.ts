import { randomInt } from 'node:crypto';

/**
 * The code of a short link: what is random about it is all that keeps it from being guessed. 28^10 is 3 × 10^14: with a
 * million handouts and 600 tries a minute, a guesser needs a year for the first hit, and finds a list of public listings.
 */

/** No 0, o, 1, i or l, which look alike on paper and on the phone; no vowels, so that no word comes of it. */
export const ALPHABET = '23456789bcdfghjkmnpqrstvwxyz';
const CODE_LENGTH = 10;

/** A new code, from the operating system's own randomness. */
export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

const CODE = new RegExp(`^[${ALPHABET}]{${CODE_LENGTH}}$`);

/** The code that somebody has typed from paper, in any case and with or without the hyphen; null where it is none. */
export function readCode(typed: string): string | null {
  const code = typed.toLowerCase().replace(/[\s-]/g, '');
  return CODE.test(code) ? code : null;
}

/** As it stands on paper, easier to copy: 'k7mfq-3xwrn'. */
export const codeOnPaper = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;
