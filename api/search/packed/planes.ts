/** Planes of a counter: each bit counts up to 2 to that power, which is more than there can be listings. */
const PLANES = 28;
const EIGHTS = 3;

/**
 * Counts how often each bit is set in very many integers, without stepping through the bits: the 32 counts of an
 * integer are kept side by side. Plane p holds bit p of each of the 32 counts. Integers are added eight at a time by
 * full adders (Harley and Seal), which takes about seven operations for an integer, and the counts are read off once,
 * at the end.
 */
export class Planes {
  readonly #counters: number;
  readonly #planes: Int32Array;
  #used = false;

  /** @param counters each counts the bits of integers of its own */
  constructor(counters: number) {
    this.#counters = counters;
    this.#planes = new Int32Array(counters * PLANES);
  }

  clear(): void {
    if (this.#used) this.#planes.fill(0);
    this.#used = false;
  }

  /**
   * Adds so many integers to a counter.
   * @param from holds them, at from[at[0] + offset], from[at[1] + offset] and so on
   */
  add(counter: number, from: Int32Array, at: Int32Array, offset: number, count: number): void {
    this.#used = true;
    const planes = this.#planes;
    const first = counter * PLANES;
    let one = planes[first]!;
    let two = planes[first + 1]!;
    let four = planes[first + 2]!;
    let k = 0;
    for (; k + 8 <= count; k += 8) {
      // A full adder of three integers: where two or three of the bits are set it carries, and keeps their parity.
      let a = from[at[k]! + offset]!;
      let b = from[at[k + 1]! + offset]!;
      let half = one ^ a;
      const twoA = (one & a) | (half & b);
      one = half ^ b;
      a = from[at[k + 2]! + offset]!;
      b = from[at[k + 3]! + offset]!;
      half = one ^ a;
      const twoB = (one & a) | (half & b);
      one = half ^ b;
      half = two ^ twoA;
      const fourA = (two & twoA) | (half & twoB);
      two = half ^ twoB;
      a = from[at[k + 4]! + offset]!;
      b = from[at[k + 5]! + offset]!;
      half = one ^ a;
      const twoC = (one & a) | (half & b);
      one = half ^ b;
      a = from[at[k + 6]! + offset]!;
      b = from[at[k + 7]! + offset]!;
      half = one ^ a;
      const twoD = (one & a) | (half & b);
      one = half ^ b;
      half = two ^ twoC;
      const fourB = (two & twoC) | (half & twoD);
      two = half ^ twoD;
      half = four ^ fourA;
      const eight = (four & fourA) | (half & fourB);
      four = half ^ fourB;
      if (eight !== 0) carry(planes, first + EIGHTS, eight);
    }
    planes[first] = one;
    planes[first + 1] = two;
    planes[first + 2] = four;
    for (; k < count; k++) carry(planes, first, from[at[k]! + offset]!);
  }

  /** Adds the counts of all counters, 32 of each, to `counts` and sets the counters back to 0. */
  moveTo(counts: Int32Array): void {
    if (!this.#used) return;
    for (let counter = 0; counter < this.#counters; counter++)
      for (let plane = 0; plane < PLANES; plane++)
        for (let rest = this.#planes[counter * PLANES + plane]!; rest !== 0; rest &= rest - 1)
          counts[counter * 32 + 31 - Math.clz32(rest & -rest)]! += 1 << plane;
    this.clear();
  }
}

/** Adds one to the counts of some bits, whose planes begin at `at`. */
function carry(planes: Int32Array, at: number, bits: number): void {
  for (let rest = bits, plane = at; rest !== 0; plane++) {
    const before = planes[plane]!;
    planes[plane] = before ^ rest;
    rest &= before;
  }
}
