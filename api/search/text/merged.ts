/** What words come to in a segment, all synonyms and forms together: rising listings, and what each is worth. */
export interface MergedList {
  listings: Uint32Array;
  worths: Float64Array;
}

/** What a whole search text comes to: also the places in the list, by falling worth. */
export interface RankedList extends MergedList {
  byWorth: Uint32Array;
}

/** The places of some numbers, from the greatest to the least: a few hundred different ones, so they are counted out. */
export function byFalling(worths: Float64Array): Uint32Array {
  const counts = new Map<number, number>();
  for (const worth of worths) counts.set(worth, (counts.get(worth) ?? 0) + 1);
  let at = 0;
  const next = new Map<number, number>();
  for (const worth of [...counts.keys()].sort((a, b) => b - a)) {
    next.set(worth, at);
    at += counts.get(worth)!;
  }
  const places = new Uint32Array(worths.length);
  for (let place = 0; place < worths.length; place++) {
    const to = next.get(worths[place]!)!;
    places[to] = place;
    next.set(worths[place]!, to + 1);
  }
  return places;
}

/** So many keys are known to have been asked for once. */
const MOST_SEEN = 500;
/** Whole sentences are seldom asked for twice, and their keys are long. */
const LONGEST_KEY = 4000;
/** Room for all lists together, in entries of twelve or sixteen bytes. */
const LEAST_ROOM = 200_000;
const ROOM_PER_LISTING = 3;

/**
 * Merged lists of what people look for: whole search texts, and the words and phrases in them. 'Arthritis' has dozens of
 * lists of postings, for its forms and for every synonym; merged, it is one, and a search of a circle reads only its
 * stretches there. Merging goes over the whole segment, so it is done when something is asked for the second time: what
 * is typed once costs no more than its circle.
 */
export class Kept<List extends MergedList> {
  readonly #room: number;
  readonly #lists = new Map<string, List>();
  readonly #seen = new Set<string>();
  #entries = 0;

  constructor(listings: number) {
    this.#room = LEAST_ROOM + ROOM_PER_LISTING * listings;
  }

  /** The list of a key; null where it has not been worth making one. */
  get(key: string, merge: () => List): List | null {
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    if (key.length > LONGEST_KEY) return null;
    if (!this.#seen.has(key)) {
      if (this.#seen.size >= MOST_SEEN) this.#seen.clear();
      this.#seen.add(key);
      return null;
    }
    const list = merge();
    this.#entries += list.listings.length;
    this.#lists.set(key, list);
    // The oldest go; the one just made may fill the room by itself.
    for (const [old, { listings }] of this.#lists) {
      if (this.#entries <= this.#room || old === key) break;
      this.#lists.delete(old);
      this.#entries -= listings.length;
    }
    return list;
  }
}
