import { ones } from '../../packed/bitsets.ts';

/**
 * The listings that fail one test and no other, 32 to an integer. Each counts in the values that it has of that test's
 * facet, and in a city nearly all listings fail the one filter that is set. So each value is counted over all of them
 * at once.
 */
export class SingleFailures {
  /** Which integers of the bitsets, and which bits of each. */
  #words = new Int32Array(128);
  #masks = new Int32Array(128);
  count = 0;

  add(word: number, mask: number): void {
    if (this.count === this.#words.length) {
      const [words, masks] = [this.#words, this.#masks];
      this.#words = new Int32Array(words.length * 4);
      this.#words.set(words);
      this.#masks = new Int32Array(masks.length * 4);
      this.#masks.set(masks);
    }
    this.#words[this.count] = word;
    this.#masks[this.count++] = mask;
  }

  /** How many of the listings are in any of some sets. */
  onesIn(sets: readonly Uint32Array[]): number {
    const [only] = sets;
    if (sets.length === 1 && only) return this.#onesInOne(only);
    let count = 0;
    for (let k = 0; k < this.count; k++) {
      let held = 0;
      for (const set of sets) held |= set[this.#words[k]!]!;
      count += ones(held & this.#masks[k]!);
    }
    return count;
  }

  /**
   * Four integers at a time are added into three, whose ones count for one, two and four: fewer ones to count (as in
   * packed/planes.ts).
   */
  #onesInOne(set: Uint32Array): number {
    const words = this.#words;
    const masks = this.#masks;
    let one = 0;
    let two = 0;
    let count = 0;
    let k = 0;
    for (; k + 4 <= this.count; k += 4) {
      let a = set[words[k]!]! & masks[k]!;
      let b = set[words[k + 1]!]! & masks[k + 1]!;
      let half = one ^ a;
      const twoA = (one & a) | (half & b);
      one = half ^ b;
      a = set[words[k + 2]!]! & masks[k + 2]!;
      b = set[words[k + 3]!]! & masks[k + 3]!;
      half = one ^ a;
      const twoB = (one & a) | (half & b);
      one = half ^ b;
      half = two ^ twoA;
      const four = (two & twoA) | (half & twoB);
      two = half ^ twoB;
      if (four !== 0) count += 4 * ones(four);
    }
    for (; k < this.count; k++) count += ones(set[words[k]!]! & masks[k]!);
    return count + 2 * ones(two) + ones(one);
  }
}
