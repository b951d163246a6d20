import { ARTICLES, BoundPhrases, boundWord } from './bound-phrases.ts';
import { isEnglish } from './english.ts';
import { stem } from './stem.ts';
import { isStopWord, tokens } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A key that words share when they are forms of each other, word by word. */
export const formsKey = (words: readonly string[]): string => words.map(stem).join(' ');

/** So many synonyms of one thing are looked for at most, so that the work of a query is bounded. */
const MOST_SYNONYMS = 40;

/** Another way to say it. */
export interface Synonym {
  words: string[];
  /** True where it is a wider thing, to which the other belongs. */
  wider: boolean;
}

/** What the vocabulary says of one term. */
interface Entry {
  /** The small words of the term, without which it means something else: 'end my life' is not 'end of life'. */
  small: string[];
  /** The word by which the phrase is in the index, where it hangs on small words (bound-phrases.ts). */
  boundWord: string | null;
  synonyms: Synonym[];
}

/** The words of a term, without stop words. */
const wordsOf = (term: string): string[] => tokens(term).filter((word) => !isStopWord(word));
/**
 * The words by which listings are found that say a term. Where all but one of its words are small it is found as it is in the
 * index: 'drop-in' is not 'drop'. 'CFS' of 'ME/CFS' says it by itself.
 */
function wordsToFind(term: string): string[] {
  const words = wordsOf(term);
  const bound = boundWord(term);
  return words.length === 1 && bound !== null && isEnglish(words[0]!) ? [bound] : words;
}

/** Longer words are no abbreviations. */
const LONGEST_ABBREVIATION = 5;

/** Whether a word is made of letters of some words, in their order, from the first on: 'pnd' of 'postnatal depression'. */
function isAbbreviation(word: string, words: readonly string[]): boolean {
  if (words.length < 2 || word.length > LONGEST_ABBREVIATION || word[0] !== words[0]![0]) return false;
  let at = 0;
  for (const letter of words.join('')) if (letter === word[at]) at++;
  return at === word.length;
}
const smallWordsOf = (term: string): string[] => tokens(term).filter((word) => isStopWord(word) && !ARTICLES.has(word));

/** The vocabulary, prepared: what else to look for when somebody types a word or a phrase. */
export class Synonyms {
  readonly #byKey = new Map<string, Entry[]>();
  /** All words of the terms, as written. */
  readonly words = new Set<string>();
  /** Words that are only known to be spelt right, as written. */
  readonly spelt: ReadonlySet<string>;
  /** The stems of all words in the vocabulary, and of those that are only known to be spelt right. */
  readonly #stems = new Set<string>();
  /** How many words the longest phrase has. */
  longest = 1;
  readonly boundPhrases: BoundPhrases;

  constructor(vocabulary: Vocabulary) {
    this.boundPhrases = new BoundPhrases(vocabulary.groups.flatMap(({ from, to }) => [...from, ...to]));
    this.spelt = new Set(vocabulary.spelt);
    for (const word of this.spelt) this.#stems.add(stem(word));
    for (const { from, to } of vocabulary.groups) {
      const synonyms = to
        .map((term) => ({ words: wordsToFind(term), wider: from !== to }))
        .filter(({ words }) => words.length > 0);
      for (const { words } of synonyms)
        for (const word of words) {
          this.words.add(word);
          this.#stems.add(stem(word));
        }
      for (const term of from) {
        const words = wordsOf(term);
        this.#enter(words, { small: smallWordsOf(term), boundWord: boundWord(term), synonyms });
      }
      // A phrase that is only found by others is a phrase too: who types 'back pain' does not mean just any pain.
      if (from !== to)
        for (const { words } of synonyms)
          if (words.length > 1) this.#enter(words, { small: [], boundWord: null, synonyms: [] });
    }
  }

  #enter(words: readonly string[], entry: Entry): void {
    if (words.length === 0) return;
    for (const word of words) {
      this.words.add(word);
      this.#stems.add(stem(word));
    }
    this.longest = Math.max(this.longest, words.length);
    const key = formsKey(words);
    const entries = this.#byKey.get(key);
    if (entries) entries.push(entry);
    else this.#byKey.set(key, [entry]);
  }

  /** Whether some words, without stop words, are a term of the vocabulary. */
  hasTerm(words: readonly string[]): boolean {
    return this.hasKey(formsKey(words));
  }

  /** The same of words of which the key is known already (formsKey). */
  hasKey(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** Whether it is a word of the vocabulary, by itself or in a phrase, or one that is known to be spelt right. */
  knows(word: string): boolean {
    return this.#stems.has(stem(word));
  }

  /** The words for which an abbreviation stands; null for what is none. */
  spelledOut(word: string): readonly string[] | null {
    if (isEnglish(word)) return null;
    const others = this.of([word], [])?.synonyms ?? [];
    return others.find(({ words, wider }) => !wider && isAbbreviation(word, words))?.words ?? null;
  }

  /**
   * The synonyms of some words; undefined where the vocabulary does not have them. `bound` is true where small words
   * hold the phrase together: then its other words alone do not mean it, and `boundWords` stand for it in the index.
   * @param words without stop words
   * @param small the small words before, between and after them
   */
  of(
    words: readonly string[],
    small: readonly string[],
  ): { synonyms: Synonym[]; bound: boolean; boundWords: string[] } | undefined {
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
    const boundWords = new Set(entries.flatMap((entry) => entry.boundWord ?? []));
    const bound = entries.every((entry) => entry.small.length > 0);
    return { synonyms: [...found.values()], bound, boundWords: [...boundWords] };
  }
}
