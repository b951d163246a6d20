import { boundWord } from './bound-phrases.ts';
import { isLightStem } from './light-words.ts';
import { type Need, waysInEnglish, waysToSay } from './needs.ts';
import { stem } from './stem.ts';
import { formsKey } from './synonyms.ts';
import { isStopWord, tokens } from './tokens.ts';

/** A longer way to say a need is a story, which nobody types word for word. */
const LONGEST = 10;

/** A longer way is in no listing as it is. */
const LONGEST_LISTED = 5;

/** A word that is said of more needs says little of any. */
const FEW = 2;

/** A need as the words that listings say of it. */
export interface Meant {
  /** Its name and what forms call it, each as words: another way to say the same. */
  names: string[][];
  /** What listings that help with it say, each as words. */
  helps: string[][];
  /** How else it is said, each as words: what a listing for it may say. */
  ways: string[][];
  /** The keys (formsKey) of what it must not be taken for. */
  not: string[];
}

interface Said {
  /** The small words without which it means something else: 'on edge' is not 'edge'. */
  small: string[];
  meant: Meant;
}

const wordsOf = (phrase: string): string[] => tokens(phrase).filter((word) => !isStopWord(word));

/** Whether a listing that has these words of a way says it: without its small words one word is said of anything. */
const isListed = (words: readonly string[], way: string): boolean =>
  words.length <= LONGEST_LISTED && (words.length > 1 || (words.length === 1 && tokens(way).length === 1));

/** The keys of what a need must not be taken for; without a phrase that hangs on small words: 'up all night' is not 'night'. */
export const deniedKeys = ({ not }: Need): string[] =>
  not.filter((phrase) => boundWord(phrase) === null).map((phrase) => formsKey(wordsOf(phrase)));

/** Whether some words say what a need must not be taken for: 'wine tasting' is no drinking too much. */
export const isDenied = (keys: readonly string[], words: readonly string[]): boolean => {
  if (keys.length === 0) return false;
  const said = ` ${formsKey(words)} `;
  return keys.some((key) => key !== '' && said.includes(` ${key} `));
};

/** What is known of a word of the ways to say the needs. Most of them come again and again: each is worked out once. */
interface Known {
  stem: string;
  isLight: boolean;
  /** The needs of which it is said, in their order. */
  needs: Meant[];
}

/** The ways to say the needs (needs.ts), prepared to be recognised among typed words. */
export class NeedPhrases {
  readonly #byKey = new Map<string, Said[]>();
  /** The needs, in their order. */
  readonly meant: Meant[] = [];
  /** All words by which needs are said in English. */
  readonly words = new Set<string>();
  /** By the stem of a word: the needs of which it is said; none of a light word. */
  readonly #ofStem = new Map<string, Meant[]>();
  #longest = 1;

  /** @param isTerm whether words of that key (formsKey) are a term of the synonyms, which has the last word on them */
  constructor(needs: readonly Need[], isTerm: (key: string) => boolean) {
    const known = new Map<string, Known>();
    const know = (word: string): Known => {
      const before = known.get(word);
      if (before) return before;
      const stemmed = stem(word);
      const needs = this.#ofStem.get(stemmed) ?? [];
      this.#ofStem.set(stemmed, needs);
      const now = { stem: stemmed, isLight: isLightStem(stemmed), needs };
      known.set(word, now);
      return now;
    };
    for (const need of needs) {
      const names = [need.name, ...need.said.form].map(wordsOf).filter((words) => words.length > 0);
      const helps = need.helps.map(wordsOf).filter((words) => words.length > 0);
      const ways = waysToSay(need).flatMap((way) => {
        const words = wordsOf(way);
        return isListed(words, way) ? [words] : [];
      });
      const meant: Meant = { names, helps, ways, not: deniedKeys(need) };
      this.meant.push(meant);
      const english = new Set(waysInEnglish(need));
      for (const way of waysToSay(need)) {
        const all = tokens(way);
        const words = all.filter((word) => !isStopWord(word));
        if (english.has(way)) for (const word of words) this.words.add(word);
        if (words.length === 0 || words.length > LONGEST) continue;
        const its = words.map(know);
        for (const { isLight, needs } of its) if (!isLight && needs.at(-1) !== meant) needs.push(meant);
        const key = its.map((it) => it.stem).join(' ');
        if (its.every(({ isLight }) => isLight) || isTerm(key)) continue;
        this.#longest = Math.max(this.#longest, its.length);
        const said: Said = { small: its.length === 1 ? all.filter(isStopWord) : [], meant };
        const before = this.#byKey.get(key);
        if (before) before.push(said);
        else this.#byKey.set(key, [said]);
      }
    }
  }

  /** Whether it is a word of a way to say a need: then it is spelt right. */
  knows(word: string): boolean {
    return this.#ofStem.has(stem(word));
  }

  /**
   * The needs of which a word is said; none where it is said of many, and so says little.
   * @param all the words beside it, which may say that it means something else
   */
  ofWord(word: string, all: readonly string[]): Meant[] {
    const needs = this.#ofStem.get(stem(word));
    return needs === undefined || needs.length > FEW ? [] : needs.filter(({ not }) => !isDenied(not, all));
  }

  /**
   * The needs that some typed words say, and how many of the words say them; the longest phrase has it.
   * @param words without stop words
   * @param small the small words before each word, and in the last place those after the last
   * @param at the first word to look at
   */
  at(words: readonly string[], small: readonly string[][], at: number): { length: number; needs: Meant[] } | null {
    for (let length = Math.min(this.#longest, words.length - at); length > 0; length--) {
      const said = this.#byKey.get(formsKey(words.slice(at, at + length)));
      if (said === undefined) continue;
      const around = small.slice(at, at + length + 1).flat();
      const needs = said
        .filter((it) => it.small.every((word) => around.includes(word)) && !isDenied(it.meant.not, words))
        .map(({ meant }) => meant);
      if (needs.length > 0) return { length, needs };
    }
    return null;
  }
}
