import { type Bitsets, lowest } from '../packed/bitsets.ts';
import { MAIN, SPANS } from '../packed/row.ts';
import type { Filter } from './filters.ts';
import type { Segment } from './segment.ts';

/**
 * A facet value to be counted: its bit (packed/row.ts, from MAIN on). The listings that have it are those in any of the
 * sets.
 */
interface Counted {
  bit: number;
  sets: Uint32Array[];
}

/** A filter of which one value is enough. */
interface Test {
  group: number;
  /** The listings that pass are those in any of these. */
  sets: Uint32Array[];
  /**
   * Where the test is about ages or days (Filter.meetsSpans), which integers of its one set have been worked out; else
   * null.
   */
  known: Uint8Array | null;
  /** What a listing counts for if this is the only test that it fails. */
  counted: Counted[];
  /** Of the listings scanned last: those that pass this test, and those that fail it alone. */
  met: number;
  failing: number;
}

/** The filters of one query over the bitsets of one segment: 32 listings at a time. */
export class FilterScan {
  readonly tests: Test[];
  /** Of the listings scanned last, those that pass all tests. */
  fit = 0;
  readonly #segment: Segment;
  readonly #filter: Filter;
  readonly #needed: (Uint32Array | undefined)[];

  constructor(segment: Segment, filter: Filter) {
    this.#segment = segment;
    this.#filter = filter;
    this.#needed = filter.needed.flatMap(({ word, mask }) =>
      bitsOf(mask).map((bit) => segment.bitsets.of[word * 32 + bit]),
    );
    this.tests = filter.tests.map(({ group, words, masks: wanted }) => {
      const bySpans = words.length === 0 && filter.isSpans(group);
      const integers = (segment.bitsets.size + 31) >>> 5;
      return {
        group,
        sets: bySpans ? [new Uint32Array(integers)] : setsOf(segment.bitsets, words, wanted),
        known: bySpans ? new Uint8Array(integers) : null,
        counted: countedOf(segment.bitsets, filter, filter.masks[group] ?? []),
        met: 0,
        failing: 0,
      };
    });
  }

  /**
   * Scans the 32 listings of an integer, and sets `fit`, and `failing` of each test.
   * @param among the bits of the listings that are asked about
   * @returns the bits of those that fit or fail one test alone
   */
  scan(word: number, among: number): number {
    let fit = among;
    for (const set of this.#needed) fit &= set === undefined ? 0 : set[word]!;
    let failing = 0;
    for (const test of this.tests) {
      if ((fit | failing) === 0) break;
      if (test.known !== null && test.known[word] === 0) this.#workOut(test, word);
      let met = 0;
      for (const set of test.sets) met |= set[word]!;
      failing = (failing & met) | (fit & ~met);
      fit &= met;
      test.met = met;
    }
    this.fit = fit;
    if (failing !== 0) for (const test of this.tests) test.failing = failing & ~test.met;
    else for (const test of this.tests) test.failing = 0;
    return fit | failing;
  }

  /** Ages and days are numbers in a row: 32 listings are worked out together when they are first asked about. */
  #workOut({ group, sets: [set], known }: Test, word: number): void {
    const { rows, width, bitsets } = this.#segment;
    const first = word << 5;
    const end = Math.min(first + 32, bitsets.size);
    for (let listing = first; listing < end; listing++)
      if (this.#filter.meetsSpans(group, rows[listing * width + SPANS]!)) set![word]! |= 1 << (listing & 31);
    known![word] = 1;
  }
}

function bitsOf(mask: number): number[] {
  const bits: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits.push(lowest(rest));
  return bits;
}

const setsOf = ({ of }: Bitsets, words: readonly number[], masks: readonly number[]): Uint32Array[] =>
  words.flatMap((word, at) => bitsOf(masks[at]!).flatMap((bit) => of[word * 32 + bit] ?? []));

/**
 * The values to count. Where days, times or the coming week are chosen, a value of these counts the sessions that fit
 * the other two.
 */
function countedOf(bitsets: Bitsets, filter: Filter, masks: readonly number[]): Counted[] {
  return masks
    .flatMap((mask, at) => bitsOf(mask).map((bit) => ({ word: MAIN + at, bit })))
    .map(({ word, bit }) => {
      const sessions = filter.bySession ? filter.sessionsOf(word, bit) : null;
      return {
        bit: (word - MAIN) * 32 + bit,
        sets:
          sessions === null ? setsOf(bitsets, [word], [1 << bit]) : setsOf(bitsets, [sessions.word], [sessions.mask]),
      };
    })
    .filter(({ sets }) => sets.length > 0);
}
