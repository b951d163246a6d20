import { AREAS, SPANS, TIMETABLE } from './row.ts';

/**
 * The rows of a segment turned on their side: for each bit of a row the set of listings that have it, 32 listings to an
 * integer. A filter is then an AND of integers for 32 listings at a time, and counting means counting ones.
 */
export interface Bitsets {
  /** How many listings are in the sets, from number 0 on. */
  size: number;
  /** By 32 × the integer of the row + the bit; undefined where no listing has it. */
  of: (Uint32Array | undefined)[];
}

/** Makes the sets of the first `size` listings, except of the integers of a row that are numbers. */
export function* makeBitsets(rows: Int32Array, width: number, size: number): Generator<void, Bitsets> {
  const bitsets: Bitsets = { size, of: new Array(width * 32).fill(undefined) };
  for (let word = 0; word < width; word++) {
    if (word !== SPANS && word !== AREAS && word !== TIMETABLE)
      for (let listing = 0; listing < size; listing++)
        for (let rest = rows[listing * width + word]!; rest !== 0; rest &= rest - 1)
          setOf(bitsets, word * 32 + lowest(rest))[listing >>> 5]! |= 1 << (listing & 31);
    yield;
  }
  return bitsets;
}

/** The set of a bit. Makes an empty one where there is none. */
export function setOf({ size, of }: Bitsets, bit: number): Uint32Array {
  let set = of[bit];
  if (set === undefined) {
    set = new Uint32Array((size + 31) >>> 5);
    of[bit] = set;
  }
  return set;
}

/** The place of the lowest bit that is set. */
export const lowest = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** How many bits are set. */
export function ones(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The bits of one integer that stand for listings in [from, to); 0 where it holds none of them. */
export function bitsWithin(word: number, from: number, to: number): number {
  const first = word << 5;
  if (to <= first || from >= first + 32 || to <= from) return 0;
  const low = from > first ? -1 << (from - first) : -1;
  return to < first + 32 ? low & ((1 << (to - first)) - 1) : low;
}
