/**
 * Which words stand in which listings. A posting is one integer: the number of the listing and, in the lowest five bits,
 * in which fields the word stands. Postings are in the order of the listings, which is the order of the grid, so those of
 * a circle are found by looking up where its runs begin.
 */

/** Fields that a word can stand in, as bits of a posting. */
export const TEXT_FIELDS = { name: 1, category: 2, organization: 4, summary: 8, other: 16 } as const;
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

/** First place from `from` on in rising numbers whose number is at least `value`. */
export function seek(rising: Uint32Array, from: number, value: number): number {
  let low = from;
  let step = 1;
  let high = from;
  // Galloping: what is sought one after the other mostly lies a few places on.
  while (high < rising.length && rising[high]! < value) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  if (high > rising.length) high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The fields in which a listing has the word of these postings; 0 where it has it not. */
export function fieldsIn(postings: Uint32Array, listing: number): number {
  const at = seek(postings, 0, (listing << FIELD_BITS) >>> 0);
  const posting = at < postings.length ? postings[at]! : 0;
  return posting >>> FIELD_BITS === listing ? posting & FIELD_MASK : 0;
}
