/**
 * Which words are in which listings. A posting is one integer: the number of the listing, and in the lowest five bits
 * the fields in which it has the word. Postings are in the order of listings, which is the order of the grid, so that
 * those in a circle are found by looking up where its runs begin.
 */

/** The fields in which a word can be, as bits of a posting. */
export const TEXT_FIELDS = { name: 1, category: 2, organization: 4, summary: 8, other: 16 } as const;
/** The fields that say what a listing is about. */
export const MAIN_FIELDS = TEXT_FIELDS.name | TEXT_FIELDS.category | TEXT_FIELDS.summary;
export const FIELD_BITS = 5;
export const FIELD_MASK = 31;

export const packPosting = (listing: number, fields: number): number => ((listing << FIELD_BITS) | fields) >>> 0;

/** Postings of every word, one list after the other. */
export class Postings {
  readonly #places: Map<number, number>;
  readonly #starts: Uint32Array;
  readonly #all: Uint32Array;

  /**
   * @param places for the number of a word, the number of its list
   * @param starts list n is in `all` from starts[n] to starts[n + 1]
   */
  constructor(places: Map<number, number>, starts: Uint32Array, all: Uint32Array) {
    this.#places = places;
    this.#starts = starts;
    this.#all = all;
  }

  /** The postings of a word, by rising number of listing; empty where no listing has it. */
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

/** The first place in rising numbers, from `from` on, with a number of at least `value`. */
export function seek(rising: Uint32Array, from: number, value: number): number {
  let low = from;
  let step = 1;
  let high = from;
  // Galloping search: callers look for one number after another, and the next is mostly close by.
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

/** The fields in which a listing has a word, by the word's postings; 0 where it does not have it. */
export function fieldsIn(postings: Uint32Array, listing: number): number {
  const at = seek(postings, 0, (listing << FIELD_BITS) >>> 0);
  const posting = at < postings.length ? postings[at]! : 0;
  return posting >>> FIELD_BITS === listing ? posting & FIELD_MASK : 0;
}
