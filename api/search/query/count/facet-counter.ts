import { FACET_NAMES, type FacetName } from '../../facets.ts';
import { Planes } from '../../packed/planes.ts';
import { type FacetLayout, MAIN, MORE } from '../../packed/row.ts';
import type { Filter } from '../../segment/filters.ts';
import type { CountsByValue, FacetAndValue, Facets } from '../../types.ts';

/** So many rows are counted together; a multiple of eight. */
const BATCH = 256;
const IN_TURN = Int32Array.from({ length: BATCH }, (_, k) => k);

/**
 * Counts facet values. A listing has some twenty-five of them, so rows are counted in batches by bit planes
 * (packed/planes.ts); counts that are known already (prefix sums, listings that fail one test alone) are added by bit.
 */
export class Counter {
  /** Integers of a row that are counted. */
  readonly #words: number;
  readonly #planes: Planes;
  /** Counts by bit that are known already: of whole stretches, and of listings that count in one facet alone. */
  readonly bits: Int32Array;
  /**
   * The rows that wait to be counted: where each begins, what counts as its MAIN, and room for one other integer of
   * each.
   */
  readonly #waiting = new Int32Array(BATCH);
  readonly #mains = new Int32Array(BATCH);
  readonly #others = new Int32Array(BATCH);
  #count = 0;
  #rows: Int32Array = new Int32Array(0);
  #width = 0;
  #filter: Filter | null = null;

  readonly #layout: FacetLayout;

  constructor(layout: FacetLayout) {
    this.#layout = layout;
    this.#words = layout.width - MAIN;
    this.#planes = new Planes(this.#words);
    this.bits = new Int32Array(this.#words * 32);
  }

  /** Whether it has room for every value of the layout, which grows. */
  fits(layout: FacetLayout): boolean {
    return this.#words === layout.width - MAIN;
  }

  reset(): void {
    this.#planes.clear();
    this.bits.fill(0);
    this.#count = 0;
  }

  /** An empty counter of the same size. */
  another(): Counter {
    return new Counter(this.#layout);
  }

  /** Adds counts that were made before. They have fewer bits where the layout has grown since. */
  addBits(counted: Int32Array): void {
    const { bits } = this;
    for (let bit = 0; bit < counted.length; bit++) bits[bit]! += counted[bit]!;
  }

  /** Says which rows are counted from now on. */
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

  /** The same, with another integer as its MAIN. */
  addAs(base: number, main: number): void {
    this.#waiting[this.#count] = base;
    this.#mains[this.#count++] = main;
    if (this.#count === BATCH) this.#fold();
  }

  /**
   * Counts the row at `base` so many times, -1 to take it off, with another integer as its MAIN.
   * @param masks the bits to count, in each integer from MAIN on; null for all
   */
  addMasked(base: number, main: number, times: number, masks: readonly number[] | null): void {
    const filter = this.#filter!;
    for (let word = MAIN; word < this.#width; word++) {
      const mask = masks === null ? -1 : masks[word - MAIN]!;
      if (mask === 0) continue;
      let value = word === MAIN ? main : this.#rows[base + word]!;
      if (word === MORE && filter.bySession) value = filter.sessionFacets(this.#rows, base);
      for (let rest = value & mask; rest !== 0; rest &= rest - 1)
        this.bits[(word - MAIN) * 32 + 31 - Math.clz32(rest & -rest)]! += times;
    }
  }

  /** All counts by bit. */
  allBits(): Int32Array {
    if (this.#count > 0) this.#fold();
    this.#planes.moveTo(this.bits);
    return this.bits;
  }

  /** A copy of the counts, since the counter is used again. */
  counts(): FacetCounts {
    return new FacetCounts(this.allBits().slice(), this.#layout);
  }

  #fold(): void {
    const count = this.#count;
    this.#count = 0;
    const filter = this.#filter!;
    this.#planes.add(0, this.#mains, IN_TURN, 0, count);
    for (let word = MAIN + 1; word < this.#width; word++) {
      if (word !== MORE || !filter.bySession) {
        this.#planes.add(word - MAIN, this.#rows, this.#waiting, word, count);
        continue;
      }
      for (let k = 0; k < count; k++) this.#others[k] = filter.sessionFacets(this.#rows, this.#waiting[k]!);
      this.#planes.add(word - MAIN, this.#others, IN_TURN, 0, count);
    }
  }
}

/**
 * Counts by bit. They are given names when somebody asks: naming a hundred counts takes longer than counting a town.
 */
class FacetCounts implements CountsByValue {
  readonly #bits: Int32Array;
  readonly #layout: FacetLayout;
  #facets: Facets | null = null;

  constructor(bits: Int32Array, layout: FacetLayout) {
    this.#bits = bits;
    this.#layout = layout;
  }

  /** The counts by facet and value, without values that nothing has. */
  get facets(): Facets {
    this.#facets ??= Object.fromEntries(FACET_NAMES.map((name) => [name, this.of(name)])) as Facets;
    return this.#facets;
  }

  inOrder(values: readonly FacetAndValue[]): Int32Array {
    return this.#layout.bitsOf(values).map((bit) => (bit < 0 ? 0 : (this.#bits[bit] ?? 0)));
  }

  of(facet: FacetName): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { bit, value } of this.#layout.valuesOf(facet)) {
      const count = this.#bits[bit] ?? 0;
      if (count !== 0) counts[value] = count;
    }
    return counts;
  }
}
