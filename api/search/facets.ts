import type { Filter } from './filters.ts';
import { DAY_SHIFT, DAY_TIME_BITS, type Layout, MAIN, MORE, SESSIONS, TIME_SHIFT } from './row.ts';
import { times, weekdays } from './sessions.ts';
import type { FacetName, Facets } from './types.ts';

/**
 * So many rows are counted bit by bit before histograms are begun: to work these out takes about as long as that. Where
 * very many are to come they are begun at once.
 */
const FEW = 160;
const VERY_MANY = 2000;

/**
 * Counts of facet values. A listing has some twenty-five of them; stepping through its bits would cost as much as all
 * the rest of a search. Instead each byte of its row adds one to a histogram of 256 places, and what every bit comes to
 * is worked out once, at the end.
 */
export class Counter {
  /** Integers of a row that are counted. */
  readonly #words: number;
  /** Four histograms for each of them. */
  readonly #histograms: Int32Array;
  /** What is known by bit already: sums of whole stretches, and listings counted in one facet alone. */
  readonly bits: Int32Array;
  #used = false;
  #few = FEW;

  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#words = layout.width - MAIN;
    this.#histograms = new Int32Array(this.#words * 1024);
    this.bits = new Int32Array(this.#words * 32);
  }

  /** Whether it has a place for every value of the layout, which grows. */
  fits(layout: Layout): boolean {
    return this.#words === layout.width - MAIN;
  }

  reset(): void {
    if (this.#used) this.#histograms.fill(0);
    this.bits.fill(0);
    this.#used = false;
    this.#few = FEW;
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

  /** All counts by bit. */
  allBits(): Int32Array {
    if (this.#used) this.#unfold();
    return this.bits;
  }

  /** Says how many rows may be about to be counted, so that the quicker way is taken. */
  expect(rows: number): void {
    if (rows > VERY_MANY) this.#few = 0;
  }

  /** Counts the row at `base` in every facet, so many times (-1 takes it off again). */
  add(rows: Int32Array, base: number, width: number, times: number, filter: Filter): void {
    if (this.#few > 0) {
      this.#few--;
      for (let word = MAIN, at = 31; word < width; word++, at += 32) {
        let rest = word === MORE && filter.bySession ? sessionFacets(rows, base, filter) : rows[base + word]!;
        for (; rest !== 0; rest &= rest - 1) this.bits[at - Math.clz32(rest & -rest)]! += times;
      }
      return;
    }
    const histograms = this.#histograms;
    this.#used = true;
    for (let word = MAIN, at = 0; word < width; word++, at += 1024) {
      const value = word === MORE && filter.bySession ? sessionFacets(rows, base, filter) : rows[base + word]!;
      histograms[at + (value & 255)]! += times;
      histograms[at + 256 + ((value >>> 8) & 255)]! += times;
      histograms[at + 512 + ((value >>> 16) & 255)]! += times;
      histograms[at + 768 + (value >>> 24)]! += times;
    }
  }

  /** Counts some bits of MAIN so many times, in rows counted with them. */
  addMain(bits: number, times: number): void {
    for (let rest = bits; rest !== 0; rest &= rest - 1) this.bits[31 - Math.clz32(rest & -rest)]! += times;
  }

  /** Counts the row at `base` in the bits of some masks alone. */
  addMasked(
    rows: Int32Array,
    base: number,
    width: number,
    times: number,
    filter: Filter,
    masks: readonly number[],
  ): void {
    for (let word = MAIN; word < width; word++) {
      const mask = masks[word - MAIN]!;
      if (mask === 0) continue;
      const value = word === MORE && filter.bySession ? sessionFacets(rows, base, filter) : rows[base + word]!;
      for (let rest = value & mask; rest !== 0; rest &= rest - 1)
        this.bits[(word - MAIN) * 32 + 31 - Math.clz32(rest & -rest)]! += times;
    }
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

  /** Each histogram is folded in half eight times: the upper half is where its highest bit is set. */
  #unfold(): void {
    const folded = new Int32Array(256);
    for (let byte = 0; byte < this.#words * 4; byte++) {
      folded.set(this.#histograms.subarray(byte * 256, byte * 256 + 256));
      for (let bit = 7; bit >= 0; bit--) {
        const half = 1 << bit;
        let set = 0;
        for (let i = 0; i < half; i++) {
          set += folded[half + i]!;
          folded[i]! += folded[half + i]!;
        }
        this.bits[byte * 8 + bit]! += set;
      }
    }
  }
}

/** MORE with days counted at the chosen times, and times on the chosen days: one and the same session must fit both. */
function sessionFacets(rows: Int32Array, base: number, filter: Filter): number {
  const sessions = rows[base + SESSIONS]!;
  const days = weekdays(sessions & filter.times) << DAY_SHIFT;
  return (rows[base + MORE]! & ~DAY_TIME_BITS) | days | (times(sessions & filter.days) << TIME_SHIFT);
}
