import { cosine, pack, type WordVectors } from '../meaning/word-vectors.ts';
import { isLightWord } from './light-words.ts';
import { LIGHT } from './listing-meaning.ts';
import { deniedKeys, isDenied } from './need-phrases.ts';
import { type Need, waysInEnglish } from './needs.ts';
import { isStopWord, tokens } from './tokens.ts';

/** So many needs are taken at most, and these must be about as like what was typed as the nearest. */
const MOST = 3;
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

/** A need that what was typed is like, as what listings that help with it say; `counts` is how like, from 0 to 1. */
export interface NearNeed {
  vector: Float32Array;
  counts: number;
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
    const near = likenesses
      .flatMap((likeness, need) => (likeness >= lookedAt ? [need] : []))
      .map((need) => ({ need, likeness: this.#nearestWay(need, vector) }))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, LOOKED_AT_LAST)
      .filter(({ need }) => !isDenied(this.#denied[need]!, words))
      .slice(0, MOST);
    const least = Math.max(LEAST, (near[0]?.likeness ?? 0) - MARGIN);
    return near
      .filter(({ likeness }) => likeness >= least)
      .map(({ need, likeness }) => ({ vector: this.#helps[need]!, counts: likeness }));
  }

  #nearestWay(need: number, vector: Float32Array): number {
    let likeness = 0;
    for (let way = this.#firstWay[need]!; way < this.#firstWay[need + 1]!; way++)
      likeness = Math.max(likeness, cosine(vector, this.#ways, way * this.#dimensions));
    return likeness;
  }
}
