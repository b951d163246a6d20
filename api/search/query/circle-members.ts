import { lowest } from '../packed/bitsets.ts';

/**
 * Which listings of those in no group (segment.ts) lie in a circle: a bit for each, so that what is looked up again and
 * again takes no more room than the fastest memory has; and of those with several points the features of the points that
 * lie in it. Belongs to a segment, and is filled by one query after the other (within.ts).
 */
export class CircleMembers {
  /** Numbers of the integers of `bits` that are not 0, as many as `count` says; integer n holds listings from 32 n on. */
  readonly words: Uint32Array;
  count = 0;
  /** Whether `words` rises. */
  inOrder = false;
  readonly #bits: Int32Array;
  readonly #firstWord: number;
  readonly #features: Uint16Array;
  readonly #from: number;
  readonly #to: number;

  /** @param from the first listing that is in no group, and `to` the first after them that has no point */
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

  /** Adds a listing, or a further point of it with these features. */
  add(listing: number, features: number): void {
    const word = listing >>> 5;
    const bits = this.#bits[word - this.#firstWord]!;
    if (bits === 0) this.words[this.count++] = word;
    this.#bits[word - this.#firstWord] = bits | (1 << (listing & 31));
    this.#features[listing - this.#from]! |= features;
  }

  /** Puts `words` in order where they are many, so that what is read by them is read from end to end. */
  putInOrder(): void {
    this.inOrder = this.count * 16 >= this.#bits.length;
    if (!this.inOrder) return;
    this.count = 0;
    for (let at = 0; at < this.#bits.length; at++)
      if (this.#bits[at] !== 0) this.words[this.count++] = at + this.#firstWord;
  }

  /** Whether a listing is in it; one that has no point never is. */
  has(listing: number): boolean {
    return listing < this.#to && (this.#bits[(listing >>> 5) - this.#firstWord]! & (1 << (listing & 31))) !== 0;
  }

  /** The listings of an integer that are in it, a bit for each. */
  bitsOf(word: number): number {
    return this.#bits[word - this.#firstWord]!;
  }

  featuresOf(listing: number): number {
    return this.#features[listing - this.#from]!;
  }
}
