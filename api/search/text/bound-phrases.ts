import { stem } from './stem.ts';
import { isStopWord, tokens } from './tokens.ts';

/**
 * The phrases of the vocabulary that hang on a small word: 'end of life', 'drop-in', 'ME/CFS'. Small words are left out of
 * the index, so where a listing has such a phrase, the phrase is put into the index as one word of its own. Then what is
 * called so is found, and by 'end my life' it is not.
 */

/** Small words that change nothing about what a phrase means: 'after a stroke' is 'after stroke'. */
export const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the', 'and', 'or']);

/** Nobody can type it, and no correction of a typing mistake comes near it. */
const MARK = '   ';

const stemsOf = (words: readonly string[]): string[] => words.filter((word) => !ARTICLES.has(word)).map(stem);
const wordOf = (stems: readonly string[]): string => MARK + stems.join(' ');

/** The word by which a phrase that hangs on a small word is in the index; null where the phrase does not. */
export function boundWord(phrase: string): string | null {
  const words = tokens(phrase);
  const isBound = words.some((word) => isStopWord(word) && !ARTICLES.has(word));
  return isBound && words.some((word) => !isStopWord(word)) ? wordOf(stemsOf(words)) : null;
}

/**
 * The word by which a name is in the index that is small words and nothing else, 'Out and About', 'We Are With You'; null for
 * every other text. It stands for the whole name: 'about you' does not find it.
 */
export function smallName(text: string): string | null {
  const words = tokens(text);
  return words.length > 0 && words.every(isStopWord) ? MARK + words.join(' ') : null;
}

export class BoundPhrases {
  /** By the stem of the longest of its words, as stems. */
  readonly #phrases = new Map<string, string[][]>();

  /** @param terms of the vocabulary */
  constructor(terms: Iterable<string>) {
    const seen = new Set<string>();
    for (const term of terms) {
      const word = boundWord(term);
      if (word === null || seen.has(word)) continue;
      seen.add(word);
      const [longest = ''] = tokens(term)
        .filter((it) => !isStopWord(it))
        .sort((a, b) => b.length - a.length);
      const key = stem(longest);
      const phrases = this.#phrases.get(key);
      if (phrases) phrases.push(stemsOf(tokens(term)));
      else this.#phrases.set(key, [stemsOf(tokens(term))]);
    }
  }

  /** Whether a text that has this word may have a phrase. */
  mayBeIn(word: string): boolean {
    return this.#phrases.has(stem(word));
  }

  /** The words that stand in the index for the phrases of a text. */
  in(text: string): string[] {
    const stems = stemsOf(tokens(text));
    const found: string[] = [];
    for (const word of new Set(stems))
      for (const phrase of this.#phrases.get(word) ?? [])
        if (stems.some((_, at) => phrase.every((part, k) => stems[at + k] === part))) found.push(wordOf(phrase));
    return found;
  }
}
