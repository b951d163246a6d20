import { type Bitsets, lowest, ones } from '../packed/bitsets.ts';
import { MAIN } from '../packed/row.ts';

/**
 * Facet counts that are added up beforehand, for searches without words and filters: how often each bit of the rows is
 * set in all listings before every 32nd. A run of listings is then counted by one subtraction, whether it has a hundred
 * or a hundred thousand.
 */
export interface PrefixSums {
  /** Bits per listing that are counted. */
  bits: number;
  /** For each block the counts of all listings before it. */
  before: Int32Array;
}

const BLOCK = 32;

/** Adds up the counts of the listings before `end`, from the bitsets: each integer of a set is a block. */
export function prefixSums({ of }: Bitsets, width: number, end: number): PrefixSums {
  const bits = (width - MAIN) * 32;
  const blocks = Math.floor(end / BLOCK);
  const before = new Int32Array((blocks + 1) * bits);
  const held: number[] = [];
  for (let bit = 0; bit < bits; bit++) if (of[MAIN * 32 + bit] !== undefined) held.push(bit);
  const sets = held.map((bit) => of[MAIN * 32 + bit]!);
  for (let block = 0; block < blocks; block++)
    for (let k = 0; k < sets.length; k++) {
      const at = block * bits + held[k]!;
      before[at + bits] = before[at]! + ones(sets[k]![block]!);
    }
  return { bits, before };
}

/** The counts of some listings, wherever they lie, except for deleted ones. */
export function countRows(rows: Int32Array, width: number, listings: Uint32Array, deleted: Uint8Array): Int32Array {
  const sums = new Int32Array((width - MAIN) * 32);
  for (let k = 0; k < listings.length; k++)
    if (deleted[listings[k]!] === 0) countRow(sums, rows, width, listings[k]!, 1);
  return sums;
}

/** Adds a listing to counts so many times; -1 takes it off. */
export function countRow(sums: Int32Array, rows: Int32Array, width: number, listing: number, times: number): void {
  for (let word = MAIN; word < width; word++)
    for (let rest = rows[listing * width + word]!; rest !== 0; rest &= rest - 1)
      sums[(word - MAIN) * 32 + lowest(rest)]! += times;
}

/**
 * Adds the whole blocks within [from, to).
 * @param into counts by bit, from MAIN of a row on
 * @returns the listings that were counted, from and to; both are `from` where there is no whole block
 */
export function addBlocks(sums: PrefixSums, from: number, to: number, into: Int32Array): [number, number] {
  const { bits, before } = sums;
  const low = Math.ceil(from / BLOCK);
  const high = Math.floor(to / BLOCK);
  if (high <= low) return [from, from];
  const less = low * bits;
  const more = high * bits;
  for (let bit = 0; bit < bits; bit++) into[bit]! += before[more + bit]! - before[less + bit]!;
  return [low * BLOCK, high * BLOCK];
}
