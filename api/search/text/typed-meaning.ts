import { type Meaning, makeUnit, type WordVectors } from '../meaning/word-vectors.ts';
import { NearestNeeds, type NearNeed, weighed } from './nearest-needs.ts';
import type { Need } from './needs.ts';

/** What the needs that the words are like count for beside the words themselves. */
const NEEDS_COUNT = 0.4;
/** A need that is so alike was said in other words ('checking the door fifty times'), and counts more. */
const SAID = 0.6;
const SAID_COUNTS = 1;

/** What typed words mean together, drawn towards what listings say of the needs that they are like. */
export class TypedMeaning {
  readonly #vectors: WordVectors;
  readonly #making: Generator<void, NearestNeeds>;
  #nearest: NearestNeeds | undefined;

  constructor(needs: readonly Need[], vectors: WordVectors) {
    this.#making = NearestNeeds.from(needs, vectors);
    this.#vectors = vectors;
  }

  /** Makes ready what needs are compared by, in slices; what is not ready when something is typed is made at once. */
  *prepare(): Generator<void> {
    while (!this.#goOn()) yield;
  }

  /** One slice more. @returns what needs are compared by, once it is ready */
  #goOn(): NearestNeeds | undefined {
    if (this.#nearest === undefined) {
      const step = this.#making.next();
      if (step.done) this.#nearest = step.value;
    }
    return this.#nearest;
  }

  #ready(): NearestNeeds {
    for (;;) {
      const ready = this.#goOn();
      if (ready) return ready;
    }
  }

  /** The needs that some words are like, the nearest first; none where they are like none. */
  near(words: readonly string[]): NearNeed[] {
    return this.#ready().of(words);
  }

  /**
   * @param words as they are looked for (tokens.ts)
   * @param near the needs that they are like
   * @returns null where the table of word vectors has none of them
   */
  of(words: readonly string[], near: readonly NearNeed[]): Meaning | null {
    const said = this.#vectors.directionOf(weighed(words.join(' ')));
    if (said === null) return null;
    const drawn = said.slice();
    for (const { vector, alike } of near) {
      const counts = (alike * (alike >= SAID ? SAID_COUNTS : NEEDS_COUNT)) / near.length;
      for (let d = 0; d < drawn.length; d++) drawn[d]! += vector[d]! * counts;
    }
    return this.#vectors.meaningOf(makeUnit(drawn) ? drawn : said);
  }
}
