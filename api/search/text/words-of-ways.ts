import type { WordVectors } from '../meaning/word-vectors.ts';
import { isLightStem } from './light-words.ts';
import { stem } from './stem.ts';

/** What a light word counts for; a word that says much counts up to 12. */
const LIGHT = 2;
/** A word that fewer ways have counts no more for that. */
const FEWEST = 3;
/** What a word counts for that no way has: as much as one of so many ways. */
const UNKNOWN_AS = 30;
/** All words together count for no more: a story says other things besides. */
const MOST_COUNTED = 40;
/** Words that are less alike, by the cosine of what they mean, have nothing to do with each other. */
const LEAST_LIKE = 0.4;
/** What a word is worth that means just the same, beside the word itself. */
const OTHER_WORD = 0.8;
/** A word that is so alike to one of a way says it. */
const SAYS = 0.3;
/** So many words are remembered with what means nearly the same. */
const MOST_REMEMBERED = 1000;

/** A way to say something, as words were asked about it. */
export interface AlikeWay {
  way: number;
  /** From 0 to 1: the harmonic mean of how much of the words the way says, and how much of the way they say. */
  alike: number;
}

/** A word of ways that means nearly what another does, and how alike they are, from 0 to 1. */
interface Neighbour {
  word: number;
  alike: number;
}

/**
 * The words of the ways to say the needs, numbered as they are added, so that ways with the same words, or with words that mean
 * nearly the same, are found at once.
 */
export class WordsOfWays {
  readonly #vectors: WordVectors;
  readonly #numbers = new Map<string, number>();
  /** By word: the ways that have it, what it means, whether it only colours, and what it counts for. */
  readonly #waysOf: number[][] = [];
  readonly #directions: (Float32Array | null)[] = [];
  /** The words that mean something, and what each means, one after the other. */
  #meaning = new Uint32Array(0);
  #packed = new Float32Array(0);
  readonly #light: boolean[] = [];
  #weights = new Float32Array(0);
  /** By way: its words, and what they count for together. */
  readonly #words: number[][] = [];
  #totals = new Float32Array(0);
  readonly #remembered = new Map<string, Neighbour[]>();
  /** By way: what it says of the words asked about; how alike the last of them is, and at which stage that was. */
  #said = new Float32Array(0);
  #last = new Float32Array(0);
  #stages = new Float64Array(0);
  #stage = 0;

  constructor(vectors: WordVectors) {
    this.#vectors = vectors;
  }

  /** @param words without stop words */
  add(words: readonly string[]): void {
    const its = [...new Set(words.map((word) => this.#numberOf(word)))];
    for (const word of its) this.#waysOf[word]!.push(this.#words.length);
    this.#words.push(its);
  }

  #numberOf(word: string): number {
    const stemmed = stem(word);
    const known = this.#numbers.get(stemmed);
    if (known !== undefined) return known;
    this.#numbers.set(stemmed, this.#waysOf.length);
    const isLight = isLightStem(stemmed);
    this.#light.push(isLight);
    this.#directions.push(isLight ? null : this.#vectors.directionOf([[word, 1]]));
    return this.#waysOf.push([]) - 1;
  }

  #weigh(): void {
    this.#weights = Float32Array.from(this.#waysOf, ({ length }, word) =>
      this.#light[word] ? LIGHT : this.#weightOf(length),
    );
    this.#totals = Float32Array.from(this.#words, (its) => its.reduce((sum, word) => sum + this.#weights[word]!, 0));
    this.#meaning = Uint32Array.from(this.#directions.keys()).filter((word) => this.#directions[word] !== null);
    this.#packed = new Float32Array(this.#meaning.length * this.#vectors.dimensions);
    for (const [at, word] of this.#meaning.entries())
      this.#packed.set(this.#directions[word]!, at * this.#vectors.dimensions);
    this.#said = new Float32Array(this.#words.length);
    this.#last = new Float32Array(this.#words.length);
    this.#stages = new Float64Array(this.#words.length);
  }

  #weightOf(ways: number): number {
    return Math.log2(1 + this.#words.length / Math.max(FEWEST, ways));
  }

  /** The words of ways that mean nearly what a word does, itself among them. */
  #near(word: string): Neighbour[] {
    const before = this.#remembered.get(word);
    if (before) return before;
    const stemmed = stem(word);
    const itself = this.#numbers.get(stemmed);
    const near: Neighbour[] = itself === undefined ? [] : [{ word: itself, alike: 1 }];
    const direction = isLightStem(stemmed) ? null : this.#vectors.directionOf([[word, 1]]);
    if (direction !== null) this.#addLike(direction, itself, near);
    if (this.#remembered.size === MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(word, near);
    return near;
  }

  #addLike(direction: Float32Array, itself: number | undefined, near: Neighbour[]): void {
    const packed = this.#packed;
    const { length } = direction;
    for (let at = 0, from = 0; from < packed.length; at++, from += length) {
      let cosine = 0;
      for (let d = 0; d < length; d++) cosine += direction[d]! * packed[from + d]!;
      if (cosine <= LEAST_LIKE) continue;
      const word = this.#meaning[at]!;
      if (word !== itself) near.push({ word, alike: (OTHER_WORD * (cosine - LEAST_LIKE)) / (1 - LEAST_LIKE) });
    }
  }

  /**
   * The ways that are like some words, in no order.
   * @param words without stop words
   * @param least how alike they must be
   */
  alikeTo(words: readonly string[], least: number): AlikeWay[] {
    if (this.#totals.length < this.#words.length) this.#weigh();
    const before = this.#stage;
    const touched: number[] = [];
    /** By word of ways: how alike it is to the one that is most so. */
    const best = new Map<number, number>();
    let total = 0;
    for (const word of new Map(words.map((each) => [stem(each), each])).values()) {
      const weight = this.#weightOfTyped(word);
      total += weight;
      this.#stage++;
      for (const { word: other, alike } of this.#near(word)) {
        if (alike > (best.get(other) ?? 0)) best.set(other, alike);
        for (const way of this.#waysOf[other]!) this.#say(way, alike, weight, before, touched);
      }
    }
    total = Math.min(total, MOST_COUNTED);
    const found: AlikeWay[] = [];
    for (const way of touched) {
      const ofWords = Math.min(1, this.#said[way]! / total);
      // However much of the way they say, it cannot be more alike than that.
      if ((2 * ofWords) / (1 + ofWords) < least) continue;
      const said = this.#words[way]!.reduce((sum, word) => sum + this.#weights[word]! * (best.get(word) ?? 0), 0);
      const ofWay = said / this.#totals[way]!;
      const alike = (2 * ofWords * ofWay) / (ofWords + ofWay);
      if (alike >= least) found.push({ way, alike });
    }
    return found;
  }

  #weightOfTyped(word: string): number {
    const stemmed = stem(word);
    const number = this.#numbers.get(stemmed);
    if (number !== undefined) return this.#weights[number]!;
    return isLightStem(stemmed) ? LIGHT : this.#weightOf(UNKNOWN_AS);
  }

  /** Counts for a way that it says the word of this stage, by the most alike of its own. */
  #say(way: number, alike: number, weight: number, before: number, touched: number[]): void {
    const at = this.#stages[way]!;
    if (at <= before) {
      touched.push(way);
      this.#said[way] = 0;
    }
    if (at !== this.#stage) {
      this.#stages[way] = this.#stage;
      this.#last[way] = 0;
    }
    if (alike <= this.#last[way]!) return;
    this.#said[way]! += (alike - this.#last[way]!) * weight;
    this.#last[way] = alike;
  }

  /** Which of some words say a way. */
  saidBy(way: number, words: readonly string[]): string[] {
    const its = new Set(this.#words[way]!);
    return words.filter((word) => this.#near(word).some((near) => near.alike >= SAYS && its.has(near.word)));
  }
}
