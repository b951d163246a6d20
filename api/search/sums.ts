import type { Counter } from './facets.ts';
import { MAIN } from './row.ts';

/**
 * Sums of facet counts that are known beforehand, for searches without words and filters: how often each bit of the rows
 * is set in all listings before every thirty-second. What lies in the middle of a circle is then counted by a subtraction,
 * whether it is a hundred listings or a hundred thousand.
 */
export interface Sums {
  /** The listing at which they begin. */
  first: number;
  /** Bits per listing that are counted. */
  bits: number;
  /** Block by block, what comes before it. */
  before: Int32Array;
}

const BLOCK = 32;

/** Adds the counted bits of a row to `sums` from `at` on. */
function addBits(rows: Int32Array, base: number, width: number, sums: Int32Array, at: number): void {
  for (let word = MAIN; word < width; word++) {
    const offset = at + (word - MAIN) * 32;
    for (let rest = rows[base + word]!; rest !== 0; rest &= rest - 1)
      sums[offset + 31 - Math.clz32(rest & -rest)]! += 1;
  }
}

/** Sums over the listings from `first` to `end`. */
export function sumBlocks(rows: Int32Array, width: number, first: number, end: number): Sums {
  const bits = (width - MAIN) * 32;
  const blocks = Math.floor((end - first) / BLOCK);
  const before = new Int32Array((blocks + 1) * bits);
  for (let block = 0; block < blocks; block++) {
    const at = (block + 1) * bits;
    before.copyWithin(at, block * bits, at);
    const from = first + block * BLOCK;
    for (let listing = from; listing < from + BLOCK; listing++) addBits(rows, listing * width, width, before, at);
  }
  return { first, bits, before };
}

/** Sums over some listings wherever they lie. */
export function sumOf(rows: Int32Array, width: number, listings: Uint32Array): Int32Array {
  const sums = new Int32Array((width - MAIN) * 32);
  for (let k = 0; k < listings.length; k++) addBits(rows, listings[k]! * width, width, sums, 0);
  return sums;
}

/**
 * Counts the whole blocks within [from, to) by their sums.
 * @returns the stretch that was counted; empty where no whole block lies within
 */
export function countBlocks(sums: Sums, from: number, to: number, counter: Counter): [number, number] {
  const { first, bits, before } = sums;
  const low = Math.ceil((from - first) / BLOCK);
  const high = Math.floor((to - first) / BLOCK);
  if (high <= low) return [from, from];
  const into = counter.bits;
  const less = low * bits;
  const more = high * bits;
  for (let bit = 0; bit < bits; bit++) into[bit]! += before[more + bit]! - before[less + bit]!;
  return [first + low * BLOCK, first + high * BLOCK];
}
