import type { Filter } from './filters.ts';
import { DAY_SHIFT, DAY_TIME_BITS, type Layout, MAIN, MORE, SESSIONS, TIME_SHIFT } from './row.ts';
import { times, weekdays } from './sessions.ts';
import type { FacetName, Facets } from './types.ts';

/** Rows wait until so many are there, a multiple of eight. */
const BATCH = 256;
/** Planes of a counter: a bit of it counts up to 2 to that power, more than listings can be numbered. */
const PLANES = 28;
const EIGHTS = 3;
const IN_TURN = Int32Array.from({ length: BATCH }, (_, k) => k);

/**
 * Counts of facet values. A listing has some twenty-five of them; stepping through its bits would cost as much as all
 * the rest of a search. Instead the 32 bits of an integer are counted side by side: plane p holds bit p of each of the 32
 * counts, and rows are added eight at a time by full adders (Harley and Seal), some seven operations for 32 counts and a
 * row. What every bit comes to is worked out once, at the end.
 */
export class Counter {
  /** Integers of a row that are counted. */
  readonly #words: number;
  readonly #planes: Int32Array;
  /** What is known by bit already: sums of whole stretches, and listings counted in one facet alone. */
  readonly bits: Int32Array;
  /** Where the rows begin that wait to be added, what stands for MAIN of each, and for one other integer if need be. */
  readonly #waiting = new Int32Array(BATCH);
  readonly #mains = new Int32Array(BATCH);
  readonly #others = new Int32Array(BATCH);
  #count = 0;
  #used = false;
  #rows: Int32Array = new Int32Array(0);
  #width = 0;
  #filter: Filter | null = null;

  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#words = layout.width - MAIN;
    this.#planes = new Int32Array(this.#words * PLANES);
    this.bits = new Int32Array(this.#words * 32);
  }

  /** Whether it has a place for every value of the layout, which grows. */
  fits(layout: Layout): boolean {
    return this.#words === layout.width - MAIN;
  }

  reset(): void {
    if (this.#used) this.#planes.fill(0);
    this.bits.fill(0);
    this.#count = 0;
    this.#used = false;
  }

  /** An empty one of the same size. */
  another(): Counter {
    return new Counter(this.#layout);
  }

  /** Adds what was counted before, bit by bit. Counts made before the layout grew have fewer bits. */
  addBits(counted: Int32Array): void {
    const { bits } = this;
    for (let bit = 0; bit < counted.length; bit++) bits[bit]! += counted[bit]!;
  }

  /** Says of which rows those are that are added next. */
  begin(rows: Int32Array, width: number, filter: Filter): void {
    if (this.#count > 0) this.#fold();
    this.#rows = rows;
    this.#width = width;
    this.#filter = filter;
  }

  /** Counts the row at `base` in every facet. */
  add(base: number): void {
    this.addAs(base, this.#rows[base + MAIN]!);
  }

  /** The same with something else for MAIN. */
  addAs(base: number, main: number): void {
    this.#waiting[this.#count] = base;
    this.#mains[this.#count++] = main;
    if (this.#count === BATCH) this.#fold();
  }

  /**
   * Counts the row at `base`, with something for MAIN, so many times (-1 takes it off again), in the bits of some masks
   * alone where there are any.
   */
  addMasked(base: number, main: number, times: number, masks: readonly number[] | null): void {
    const filter = this.#filter!;
    for (let word = MAIN; word < this.#width; word++) {
      const mask = masks === null ? -1 : masks[word - MAIN]!;
      if (mask === 0) continue;
      let value = word === MAIN ? main : this.#rows[base + word]!;
      if (word === MORE && filter.bySession) value = sessionFacets(this.#rows, base, filter);
      for (let rest = value & mask; rest !== 0; rest &= rest - 1)
        this.bits[(word - MAIN) * 32 + 31 - Math.clz32(rest & -rest)]! += times;
    }
  }

  /** All counts by bit. */
  allBits(): Int32Array {
    if (this.#count > 0) this.#fold();
    if (this.#used) this.#unfold();
    return this.bits;
  }

  /** The counts by facet and value; values that nothing has are left out. */
  facets(): Facets {
    const bits = this.allBits();
    const facets: Facets = {
      kind: {},
      category: {},
      cost: {},
      day: {},
      time: {},
      access: {},
      language: {},
      join: {},
      age: {},
      mode: {},
      pain_friendly: {},
      checked: {},
    };
    const { values } = this.#layout;
    for (let bit = 0; bit < values.length; bit++) {
      const count = bits[bit]!;
      if (count === 0) continue;
      const value = values[bit];
      if (value) facets[value.facet as FacetName][value.value] = count;
    }
    return facets;
  }

  #fold(): void {
    const count = this.#count;
    this.#count = 0;
    this.#used = true;
    const filter = this.#filter!;
    this.#foldWord(this.#mains, IN_TURN, 0, count);
    for (let word = MAIN + 1; word < this.#width; word++) {
      const first = (word - MAIN) * PLANES;
      if (word !== MORE || !filter.bySession) {
        this.#foldWord(this.#rows.subarray(word), this.#waiting, first, count);
        continue;
      }
      for (let k = 0; k < count; k++) this.#others[k] = sessionFacets(this.#rows, this.#waiting[k]!, filter);
      this.#foldWord(this.#others, IN_TURN, first, count);
    }
  }

  /** Adds some integers of an array to the planes from `first` on. */
  #foldWord(from: Int32Array, at: Int32Array, first: number, count: number): void {
    const planes = this.#planes;
    let one = planes[first]!;
    let two = planes[first + 1]!;
    let four = planes[first + 2]!;
    let k = 0;
    for (; k + 8 <= count; k += 8) {
      // A full adder of three integers: where two or three of the bits are set it carries, and keeps their parity.
      let a = from[at[k]!]!;
      let b = from[at[k + 1]!]!;
      let half = one ^ a;
      const twoA = (one & a) | (half & b);
      one = half ^ b;
      a = from[at[k + 2]!]!;
      b = from[at[k + 3]!]!;
      half = one ^ a;
      const twoB = (one & a) | (half & b);
      one = half ^ b;
      half = two ^ twoA;
      const fourA = (two & twoA) | (half & twoB);
      two = half ^ twoB;
      a = from[at[k + 4]!]!;
      b = from[at[k + 5]!]!;
      half = one ^ a;
      const twoC = (one & a) | (half & b);
      one = half ^ b;
      a = from[at[k + 6]!]!;
      b = from[at[k + 7]!]!;
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
    for (; k < count; k++) carry(planes, first, from[at[k]!]!);
  }

  /** Moves what the planes hold into the counts by bit. */
  #unfold(): void {
    for (let word = 0; word < this.#words; word++)
      for (let plane = 0; plane < PLANES; plane++)
        for (let rest = this.#planes[word * PLANES + plane]!; rest !== 0; rest &= rest - 1)
          this.bits[word * 32 + 31 - Math.clz32(rest & -rest)]! += 1 << plane;
    this.#planes.fill(0);
    this.#used = false;
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

/** MORE with days counted at the chosen times, and times on the chosen days: one and the same session must fit both. */
function sessionFacets(rows: Int32Array, base: number, filter: Filter): number {
  const sessions = rows[base + SESSIONS]!;
  const days = weekdays(sessions & filter.times) << DAY_SHIFT;
  return (rows[base + MORE]! & ~DAY_TIME_BITS) | days | (times(sessions & filter.days) << TIME_SHIFT);
}
