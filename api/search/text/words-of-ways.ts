import { isLightStem } from './light-words.ts';
import { stem } from './stem.ts';

/** A word that is in more ways leads to none by itself. */
const FEW = 60;
/** What a light word counts for; a word that says much counts up to 14. */
const LIGHT = 1;

/** Some words, asked about: how many of them each way has. */
export interface AskedWords {
  /** The ways that have one of the words that few ways have. */
  ways: readonly number[];
  /** How alike a way is by its words, from 0 to 1: the cosine of both, a rare word counting more. */
  alike(way: number): number;
}

/** The words of the ways to say the needs, numbered as they are added, so that those with the same words are found at once. */
export class WordsOfWays {
  readonly #numbers = new Map<string, number>();
  /** By word: the ways that have it, and the square of what it counts for. */
  readonly #waysOf: number[][] = [];
  readonly #squares: number[] = [];
  /** By way: its words, and the length of them all; worked out when they are first asked about. */
  readonly #words: number[][] = [];
  readonly #lengths: number[] = [];
  /** By word: the square of what it counts for where it is asked about, else 0. */
  #asked = new Float64Array(0);

  /** @param words without stop words */
  add(words: readonly string[]): void {
    const its = [...new Set(words.map(stem))].map((each) => this.#numberOf(each));
    for (const word of its) this.#waysOf[word]!.push(this.#words.length);
    this.#words.push(its);
  }

  #numberOf(stemmed: string): number {
    const known = this.#numbers.get(stemmed);
    if (known !== undefined) return known;
    this.#numbers.set(stemmed, this.#waysOf.length);
    return this.#waysOf.push([]) - 1;
  }

  #weigh(): void {
    for (const [stemmed, word] of this.#numbers)
      this.#squares[word] = isLightStem(stemmed) ? LIGHT : this.#squareOf(this.#waysOf[word]!.length);
    for (const [way, its] of this.#words.entries())
      this.#lengths[way] = Math.sqrt(its.reduce((sum, word) => sum + this.#squares[word]!, 0));
    this.#asked = new Float64Array(this.#waysOf.length);
  }

  #squareOf(ways: number): number {
    return Math.log2(1 + this.#words.length / ways) ** 2;
  }

  /**
   * Asks about some words, until the next are asked about.
   * @param words without stop words
   */
  ask(words: readonly string[]): AskedWords {
    if (this.#asked.length < this.#waysOf.length) this.#weigh();
    this.#asked.fill(0);
    const ways: number[] = [];
    let squares = 0;
    for (const stemmed of new Set(words.map(stem))) {
      const word = this.#numbers.get(stemmed);
      const isLight = isLightStem(stemmed);
      // A word that no way has says something else.
      const square =
        word === undefined ? (isLight ? LIGHT : this.#squareOf(Math.sqrt(this.#words.length))) : this.#squares[word]!;
      squares += square;
      if (word === undefined) continue;
      this.#asked[word] = square;
      if (!isLight && this.#waysOf[word]!.length <= FEW) ways.push(...this.#waysOf[word]!);
    }
    const length = Math.sqrt(squares);
    const alike = (way: number): number => {
      let shared = 0;
      for (const word of this.#words[way]!) shared += this.#asked[word]!;
      return shared === 0 ? 0 : shared / (length * this.#lengths[way]!);
    };
    return { ways, alike };
  }
}
