import { lowest } from '../packed/bitsets.ts';

/**
 * The listings in a circle that are in no group (segment/segment.ts), a bit for each, so that looking them up again and
 * again stays in the fastest memory; and for those with several points the features of the points in the circle. There
 * is one for each segment, which is filled by one query after the other (within.ts).
 */
export class CircleMembers {
  /** Which integers of `bits` are not 0, the first `count` of them. Integer n holds the listings from 32 n on. */
  readonly words: Uint32Array;
  count = 0;
  /** Whether `words` is sorted. */
  inOrder = false;
  readonly #bits: Int32Array;
  readonly #firstWord: number;
  readonly #features: Uint16Array;
  readonly #from: number;
  readonly #to: number;

  /**
   * @param from the first listing that is in no group
   * @param to the first listing behind it that has no point
   */
  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
    this.#firstWord = from >>> 5;
    const words = to > from ? ((to - 1) >>> 5) - this.#firstWord + 1 : 0;
    this.#bits = new Int32Array(words);
    this.words = new Uint32Array(words);
    this.#features = new Uint16Array(to - from);
  }

  clear(): void {
    for (let k = 0; k < this.count; k++) {
      const at = this.words[k]! - this.#firstWord;
      const first = (this.words[k]! << 5) - this.#from;
      for (let rest = this.#bits[at]!; rest !== 0; rest &= rest - 1) this.#features[first + lowest(rest)] = 0;
      this.#bits[at] = 0;
    }
    this.count = 0;
  }

  /** Adds a listing, or another point of it with these features. */
  add(listing: number, features: number): void {
    const word = listing >>> 5;
    const bits = this.#bits[word - this.#firstWord]!;
    if (bits === 0) this.words[this.count++] = word;
    this.#bits[word - this.#firstWord] = bits | (1 << (listing & 31));
    this.#features[listing - this.#from]! |= features;
  }

  /** Sorts `words` where there are many, so that reading by them goes from end to end. */
  putInOrder(): void {
    this.inOrder = this.count * 16 >= this.#bits.length;
    if (!this.inOrder) return;
    this.count = 0;
    for (let at = 0; at < this.#bits.length; at++)
      if (this.#bits[at] !== 0) this.words[this.count++] = at + this.#firstWord;
  }

  /** Whether a listing is in the circle. One without a point never is. */
  has(listing: number): boolean {
    return listing < this.#to && (this.#bits[(listing >>> 5) - this.#firstWord]! & (1 << (listing & 31))) !== 0;
  }

  /** The listings of an integer that are in the circle, a bit for each. */
  bitsOf(word: number): number {
    return this.#bits[word - this.#firstWord]!;
  }

  featuresOf(listing: number): number {
    return this.#features[listing - this.#from]!;
  }
}
