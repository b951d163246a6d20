import type { WordVectors } from '../meaning/word-vectors.ts';
import { isLightWord } from './light-words.ts';
import { LIGHT } from './listing-meaning.ts';
import { deniedKeys, isDenied } from './need-phrases.ts';
import { type Need, waysInEnglish } from './needs.ts';
import { isStopWord, tokens } from './tokens.ts';
import { type AlikeWay, WordsOfWays } from './words-of-ways.ts';

/** So many needs are taken at most, and these must be about as like what was typed as the nearest. */
const MOST = 3;
const MARGIN = 0.05;
/** From there on what was typed may say the need. */
const LEAST = 0.45;

/** The words of a text with what each counts for in what the text means. */
export const weighed = (text: string): [word: string, counts: number][] =>
  tokens(text)
    .filter((word) => !isStopWord(word))
    .map((word) => [word, isLightWord(word) ? LIGHT : 1]);

/** A need that what was typed is like. */
export interface NearNeed {
  /** Its place among the needs. */
  need: number;
  /** What listings that help with it say, as a vector. */
  vector: Float32Array;
  /** How like, from 0 to 1. */
  alike: number;
  /** The words that say it. */
  by: readonly string[];
}

/**
 * The needs by the words of all ways to say them, so that what nobody wrote down leads to the need that it says: 'my daughter left us
 * her children' is like what is said of kinship care, and listings say 'kinship carers'.
 */
export class NearestNeeds {
  readonly #helps: Float32Array[] = [];
  /** By need: the keys (formsKey) of what it must not be taken for. */
  readonly #denied: string[][] = [];
  /** By way: the need that it says. */
  readonly #needOf: number[] = [];
  readonly #words: WordsOfWays;

  private constructor(vectors: WordVectors) {
    this.#words = new WordsOfWays(vectors);
  }

  /** Makes them, with a pause after each need. */
  static *from(needs: readonly Need[], vectors: WordVectors): Generator<void, NearestNeeds> {
    const made = new NearestNeeds(vectors);
    for (const need of needs) {
      made.#add(need, vectors);
      yield;
    }
    return made;
  }

  #add(need: Need, vectors: WordVectors): void {
    for (const said of waysInEnglish(need)) {
      this.#needOf.push(this.#helps.length);
      this.#words.add(tokens(said).filter((word) => !isStopWord(word)));
    }
    this.#denied.push(deniedKeys(need));
    this.#helps.push(
      vectors.directionOf(weighed([need.name, ...need.helps].join(' '))) ?? new Float32Array(vectors.dimensions),
    );
  }

  /**
   * The needs that a text is like, the nearest first; none where it is like none.
   * @param words of the text, which may say that it is none of them
   */
  of(words: readonly string[]): NearNeed[] {
    const nearest = new Map<number, AlikeWay>();
    for (const each of this.#words.alikeTo(words, LEAST)) {
      const need = this.#needOf[each.way]!;
      if (each.alike > (nearest.get(need)?.alike ?? 0)) nearest.set(need, each);
    }
    const near = [...nearest]
      .sort(([, a], [, b]) => b.alike - a.alike)
      .filter(([need]) => !isDenied(this.#denied[need]!, words));
    const least = (near[0]?.[1].alike ?? 0) - MARGIN;
    return near
      .filter(([, { alike }]) => alike >= least)
      .slice(0, MOST)
      .map(([need, { way, alike }]) => ({
        need,
        vector: this.#helps[need]!,
        alike,
        by: this.#words.saidBy(way, words),
      }));
  }
}
