import { cosine, pack, type WordVectors } from '../meaning/word-vectors.ts';
import { isLightWord } from './light-words.ts';
import { LIGHT } from './listing-meaning.ts';
import { deniedKeys, isDenied } from './need-phrases.ts';
import { type Need, waysInEnglish } from './needs.ts';
import { isStopWord, tokens } from './tokens.ts';
import { WordsOfWays } from './words-of-ways.ts';

/** So many needs are taken at most, and these must be about as like what was typed as the nearest. */
const MOST = 3;
/** What the same words add to how like it is by what it means, at most. */
const WORDS_COUNT = 0.2;
const MARGIN = 0.04;
/** From there on what was typed most likely says the need. */
const LEAST = 0.7;
/** So many needs are looked at closely: those of which all that is said of them together is most like what was typed. */
const LOOKED_AT = 60;

/** Of so many it is asked whether the words say something else. */
const LOOKED_AT_LAST = 2 * MOST;

/** The words of a text with what each counts for in what the text means. */
export const weighed = (text: string): [word: string, counts: number][] =>
  tokens(text)
    .filter((word) => !isStopWord(word))
    .map((word) => [word, isLightWord(word) ? LIGHT : 1]);

/** A need that what was typed is like, as what listings that help with it say. */
export interface NearNeed {
  vector: Float32Array;
  /** How like, by what it means, from 0 to 1. */
  likeness: number;
  /** The same, and more where a way to say the need has the same words. */
  alike: number;
}

/**
 * The needs by what they mean, so that what nobody wrote down leads to the need that it says: 'my daughter left us her
 * children' is like what is said of kinship care, and listings say 'kinship carers'.
 */
export class NearestNeeds {
  readonly #dimensions: number;
  /** By need: what all ways to say it mean together; what listings that help with it say; where its ways begin. */
  readonly #middles: Int8Array;
  readonly #helps: Float32Array[] = [];
  readonly #firstWay: number[] = [0];
  /** By need: the keys (formsKey) of what it must not be taken for. */
  readonly #denied: string[][] = [];
  readonly #ways: Int8Array;
  /** By way: the need that it says. */
  readonly #needOf: number[] = [];
  readonly #words = new WordsOfWays();

  private constructor(needs: readonly Need[], ways: readonly string[][], { dimensions }: WordVectors) {
    this.#dimensions = dimensions;
    this.#middles = new Int8Array(needs.length * dimensions);
    this.#ways = new Int8Array(ways.reduce((sum, { length }) => sum + length, 0) * dimensions);
  }

  /** Makes them, with a pause after each need: all of them take a fifth of a second. */
  static *from(needs: readonly Need[], vectors: WordVectors): Generator<void, NearestNeeds> {
    const ways = needs.map(waysInEnglish);
    const made = new NearestNeeds(needs, ways, vectors);
    for (const [at, need] of needs.entries()) {
      made.#add(need, ways[at]!, vectors);
      yield;
    }
    return made;
  }

  #add(need: Need, ways: readonly string[], vectors: WordVectors): void {
    const dimensions = this.#dimensions;
    const middle = new Float32Array(dimensions);
    let way = this.#firstWay.at(-1)!;
    for (const said of ways) {
      const vector = vectors.directionOf(weighed(said));
      if (vector === null) continue;
      for (let d = 0; d < dimensions; d++) middle[d]! += vector[d]!;
      pack(vector, this.#ways, way++ * dimensions);
      this.#needOf.push(this.#helps.length);
      this.#words.add(tokens(said).filter((word) => !isStopWord(word)));
    }
    pack(middle, this.#middles, this.#helps.length * dimensions);
    this.#firstWay.push(way);
    this.#denied.push(deniedKeys(need));
    this.#helps.push(vectors.directionOf(weighed([need.name, ...need.helps].join(' '))) ?? middle);
  }

  /**
   * The needs that a text is like, the nearest first; none where it is like none.
   * @param words of the text, which may say that it is none of them
   * @param vector what the text means, of length 1
   */
  of(words: readonly string[], vector: Float32Array): NearNeed[] {
    const dimensions = this.#dimensions;
    const likenesses = this.#helps.map((_, need) => cosine(vector, this.#middles, need * dimensions));
    const lookedAt = Float64Array.from(likenesses).sort().at(-LOOKED_AT) ?? -1;
    const asked = this.#words.ask(words);
    const nearest = new Map<number, { need: number; likeness: number; alike: number }>();
    const look = (way: number): void => {
      const likeness = cosine(vector, this.#ways, way * dimensions);
      const need = this.#needOf[way]!;
      const before = nearest.get(need)?.alike ?? 0;
      if (likeness + WORDS_COUNT <= before) return;
      const alike = likeness + WORDS_COUNT * asked.alike(way);
      if (alike > before) nearest.set(need, { need, likeness, alike });
    };
    for (const [need, likeness] of likenesses.entries())
      if (likeness >= lookedAt) for (let way = this.#firstWay[need]!; way < this.#firstWay[need + 1]!; way++) look(way);
    for (const way of asked.ways) look(way);
    const near = [...nearest.values()]
      .sort((a, b) => b.alike - a.alike)
      .slice(0, LOOKED_AT_LAST)
      .filter(({ need }) => !isDenied(this.#denied[need]!, words))
      .slice(0, MOST);
    const least = Math.max(LEAST, (near[0]?.alike ?? 0) - MARGIN);
    return near
      .filter(({ alike }) => alike >= least)
      .map(({ need, likeness, alike }) => ({ vector: this.#helps[need]!, likeness, alike }));
  }
}
