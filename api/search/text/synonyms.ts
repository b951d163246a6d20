import type { Vocabulary } from '../vocabulary.ts';
import { stem } from './stem.ts';
import { isStopWord, tokens } from './tokens.ts';

/** The words of a term that count; an empty list where it has none. */
const wordsOf = (term: string): string[] => tokens(term).filter((word) => !isStopWord(word));

/** Words with the same key are forms of each other, word by word. */
export const keyOf = (words: readonly string[]): string => words.map(stem).join(' ');

/** At most so many other ways to say one thing are looked for: the work for a query stays bounded. */
const MOST_SYNONYMS = 40;

/** The vocabulary made ready: what else to look for when somebody types a word or a phrase. */
export class Synonyms {
  readonly #byKey = new Map<string, string[][]>();
  /** Every single word that has synonyms, as written. */
  readonly words: string[] = [];
  /** Words in the longest phrase. */
  readonly longest: number;

  constructor(vocabulary: Vocabulary) {
    let longest = 1;
    for (const group of vocabulary.groups) {
      const targets = group.to.map(wordsOf).filter((words) => words.length > 0);
      for (const term of group.from) {
        const words = wordsOf(term);
        if (words.length === 0) continue;
        const key = keyOf(words);
        if (words.length === 1) this.words.push(words[0]!);
        longest = Math.max(longest, words.length);
        const known = this.#byKey.get(key) ?? [];
        const seen = new Set([key, ...known.map(keyOf)]);
        for (const target of targets) {
          const targetKey = keyOf(target);
          if (seen.has(targetKey) || known.length === MOST_SYNONYMS) continue;
          seen.add(targetKey);
          known.push(target);
        }
        this.#byKey.set(key, known);
      }
    }
    this.longest = longest;
  }

  /** The other ways to say what has that key, each as its words; undefined where the vocabulary does not know it. */
  of(key: string): readonly (readonly string[])[] | undefined {
    return this.#byKey.get(key);
  }
}
