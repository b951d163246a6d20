/**
 * Which words stand in which listings. A posting is one integer: the number of the listing and, in the lowest five bits,
 * in which fields the word stands. Postings are in the order of the listings, which is the order of the grid, so those of
 * a circle are found by looking up where its runs begin.
 */

/** Fields that a word can stand in, as bits of a posting. */
export const FIELDS = { name: 1, category: 2, organization: 4, summary: 8, other: 16 } as const;
export const FIELD_BITS = 5;
export const FIELD_MASK = 31;

export const packPosting = (listing: number, fields: number): number => ((listing << FIELD_BITS) | fields) >>> 0;

/** Postings of every word, one list after the other. */
export class Postings {
  readonly #places: Map<number, number>;
  readonly #starts: Uint32Array;
  readonly #all: Uint32Array;

  /** @param places by word number, which list is its; list n lies in `all` from starts[n] to starts[n + 1] */
  constructor(places: Map<number, number>, starts: Uint32Array, all: Uint32Array) {
    this.#places = places;
    this.#starts = starts;
    this.#all = all;
  }

  /** The postings of a word, by number of listing; empty where no listing holds it. */
  of(word: number): Uint32Array {
    const place = this.#places.get(word);
    return place === undefined ? NONE : this.#all.subarray(this.#starts[place]!, this.#starts[place + 1]!);
  }

  words(): Iterable<number> {
    return this.#places.keys();
  }

  get bytes(): number {
    return this.#all.byteLength + this.#starts.byteLength;
  }
}

const NONE = new Uint32Array(0);

/** Stretches of listing numbers, two numbers each, [from, to), in rising order: where to look. */
export type Ranges = readonly number[];

/**
 * First index from `from` on whose entry belongs to `listing` or a later one.
 * @param shift by how many bits the number of a listing is shifted in an entry: FIELD_BITS in postings
 */
export function seek(postings: Uint32Array, from: number, listing: number, shift: number): number {
  const target = listing << shift;
  let low = from;
  let step = 1;
  let high = from;
  // Galloping: stretches follow each other closely, so the next one mostly begins a few postings on.
  while (high < postings.length && postings[high]! < target) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  if (high > postings.length) high = postings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (postings[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fields in which a listing has the word of these postings; 0 where it has it not. */
export function fieldsIn(postings: Uint32Array, listing: number): number {
  const target = listing << FIELD_BITS;
  let low = 0;
  let high = postings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (postings[middle]! < target) low = middle + 1;
    else high = middle;
  }
  const posting = low < postings.length ? postings[low]! : 0;
  return posting >>> FIELD_BITS === listing ? posting & FIELD_MASK : 0;
}

/**
 * Which stretches of a rising list lie in the ranges: two places in the list for each, written to `windows`.
 * @param shift by how many bits the number of a listing is shifted in an entry: FIELD_BITS in postings
 * @returns how many numbers were written
 */
export function windowsOf(list: Uint32Array, shift: number, ranges: Ranges, windows: number[]): number {
  // Short lists are taken whole: that is quicker than looking up where each stretch begins.
  if (list.length <= ranges.length * 4) {
    windows[0] = 0;
    windows[1] = list.length;
    return 2;
  }
  let written = 0;
  let at = 0;
  for (let range = 0; range < ranges.length && at < list.length; range += 2) {
    const from = seek(list, at, ranges[range]!, shift);
    at = seek(list, from, ranges[range + 1]!, shift);
    if (at === from) continue;
    windows[written++] = from;
    windows[written++] = at;
  }
  return written;
}
