import { fold, MAX_WORD } from '../search/text/tokens.ts';

/** What somebody typed, word by word, as phrases of danger are looked for in it. */

/** So much of a text is read. */
const MOST_CHARACTERS = 1000;
const MOST_WORDS = 60;

/** Signs inside a word may stand for letters: 'su1cide', 'r@pe', 'k*ll'. */
const WORD = /[\p{L}\p{N}@$*][\p{L}\p{M}\p{N}@$*!'\u2019\u02bc`]*/gu;
const APOSTROPHES = /['\u2019\u02bc`]/g;

/** The words of a text, folded, without apostrophes, each with the word that it may belong to: "mum's" is 'mums' or 'mum'. */
export function wordsTyped(text: string): string[][] {
  return (fold(text.slice(0, MOST_CHARACTERS)).match(WORD) ?? []).slice(0, MOST_WORDS).flatMap((found) => {
    const word = found.slice(0, MAX_WORD);
    const whole = word.replace(APOSTROPHES, '').replace(/(?<!!)!+$/, '');
    const owner = word.replace(/['\u2019\u02bc`]s$/, '').replace(APOSTROPHES, '');
    if (whole === '') return [];
    return [owner === whole ? [whole] : [whole, owner]];
  });
}
