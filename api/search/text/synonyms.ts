import { stem } from './stem.ts';
import { isStopWord, tokens } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Words with the same key are forms of each other, word by word. */
export const formsKey = (words: readonly string[]): string => words.map(stem).join(' ');

/** Small words that make no difference to what a phrase means: 'after a stroke' is 'after stroke'. */
const ARTICLES = new Set(['a', 'an', 'the', 'and', 'or']);

/** At most so many other ways to say one thing are looked for: the work for a query stays bounded. */
const MOST_SYNONYMS = 40;

/** Another way to say it. */
export interface Synonym {
  words: string[];
  /** Not the same thing in other words, but a wider one that it belongs to. */
  wider: boolean;
}

/** What the vocabulary says of one term. */
interface Entry {
  /** Small words of the term, without which it means something else: 'end my life' is not 'end of life'. */
  small: string[];
  synonyms: Synonym[];
}

/** The words of a term that count; an empty list where it has none. */
const wordsOf = (term: string): string[] => tokens(term).filter((word) => !isStopWord(word));
const smallWordsOf = (term: string): string[] => tokens(term).filter((word) => isStopWord(word) && !ARTICLES.has(word));

/** The vocabulary made ready: what else to look for when somebody types a word or a phrase. */
export class Synonyms {
  readonly #byKey = new Map<string, Entry[]>();
  /** Every single word that has synonyms, as written. */
  readonly words: string[] = [];
  /** Stems of all words in its terms. */
  readonly #stems = new Set<string>();
  /** Words in the longest phrase. */
  longest = 1;

  constructor(vocabulary: Vocabulary) {
    for (const { from, to } of vocabulary.groups) {
      const synonyms = to
        .map((term) => ({ words: wordsOf(term), wider: from !== to }))
        .filter(({ words }) => words.length > 0);
      for (const { words } of synonyms) for (const word of words) this.#stems.add(stem(word));
      for (const term of from) {
        const words = wordsOf(term);
        if (words.length === 1) this.words.push(words[0]!);
        this.#enter(words, { small: smallWordsOf(term), synonyms });
      }
      // A phrase that is only ever found is one all the same: who types 'back pain' does not mean any other pain.
      if (from !== to)
        for (const { words } of synonyms) if (words.length > 1) this.#enter(words, { small: [], synonyms: [] });
    }
  }

  #enter(words: readonly string[], entry: Entry): void {
    if (words.length === 0) return;
    for (const word of words) this.#stems.add(stem(word));
    this.longest = Math.max(this.longest, words.length);
    const key = formsKey(words);
    const entries = this.#byKey.get(key);
    if (entries) entries.push(entry);
    else this.#byKey.set(key, [entry]);
  }

  /** Whether it is a word of the vocabulary, by itself or in a phrase. */
  knows(word: string): boolean {
    return this.#stems.has(stem(word));
  }

  /**
   * The other ways to say it; undefined where the vocabulary does not know it. `bound` where it is held together by small
   * words: then its other words alone do not say it.
   * @param words those that count
   * @param small the small words before, between and after them
   */
  of(words: readonly string[], small: readonly string[]): { synonyms: Synonym[]; bound: boolean } | undefined {
    const key = formsKey(words);
    const entries = this.#byKey.get(key)?.filter((entry) => entry.small.every((word) => small.includes(word)));
    if (!entries || entries.length === 0) return undefined;
    const found = new Map<string, Synonym>();
    for (const { synonyms } of entries) {
      for (const synonym of synonyms) {
        const its = formsKey(synonym.words);
        const before = found.get(its);
        if (its === key || (before ? !before.wider || synonym.wider : found.size === MOST_SYNONYMS)) continue;
        found.set(its, synonym);
      }
    }
    return { synonyms: [...found.values()], bound: entries.every((entry) => entry.small.length > 0) };
  }
}
