import { fallbackOfKey } from '../packed/row.ts';
import type { Matched } from './match.ts';

/** What a search text finds in a segment, by all its words, synonyms and forms together, wherever one searches from. */
export interface RankedList {
  /** The listings that have any of the words, by rising number. */
  listings: Uint32Array;
  /** How well each fits, as a place in `fits`, which falls. */
  ranks: Uint32Array;
  fits: Float64Array;
  /** Whether it has enough of what was typed to be an answer to it, 1 or 0. */
  enough: Uint8Array;
  /** The places in the list, from the best fit to the worst. */
  byRank: Uint32Array;
  /** The listings that are reached from anywhere, by their set of areas and fallback (`anywhereKey`). */
  anywhere: ReadonlyMap<number, AnywhereMatches>;
}

/** The listings of one set of areas and one fallback, from the best fit to the worst. */
export interface AnywhereMatches {
  /** No two lists ever have the same. */
  number: number;
  listings: Uint32Array;
  ranks: Uint32Array;
}

export const anywhereKey = (set: number, fallback: number): number => set * 4 + fallback;

export const NO_MATCHES: RankedList = {
  listings: new Uint32Array(0),
  ranks: new Uint32Array(0),
  fits: new Float64Array(0),
  enough: new Uint8Array(0),
  byRank: new Uint32Array(0),
  anywhere: new Map(),
};

let made = 0;

/**
 * Ranks what was found. There are only a few hundred different fits, so listings are sorted by counting.
 * @param reachKeys of the listings of the segment (packed/row.ts)
 * @param first the first listing that may be reached from anywhere
 */
export function ranked({ listings, fits: each, enough }: Matched, reachKeys: Int32Array, first: number): RankedList {
  const numbers = new Map<number, number>();
  const ranks = new Uint32Array(listings.length);
  for (let at = 0; at < listings.length; at++) {
    const number = numbers.get(each[at]!) ?? numbers.size;
    if (number === numbers.size) numbers.set(each[at]!, number);
    ranks[at] = number;
  }
  const fits = Float64Array.from(numbers.keys()).sort().reverse();
  const rankOf = new Uint32Array(fits.length);
  for (let rank = 0; rank < fits.length; rank++) rankOf[numbers.get(fits[rank]!)!] = rank;
  const next = new Uint32Array(fits.length + 1);
  for (let at = 0; at < ranks.length; at++) {
    ranks[at] = rankOf[ranks[at]!]!;
    next[ranks[at]! + 1]!++;
  }
  for (let rank = 0; rank < fits.length; rank++) next[rank + 1]! += next[rank]!;
  const byRank = new Uint32Array(ranks.length);
  for (let at = 0; at < ranks.length; at++) byRank[next[ranks[at]!]!++] = at;

  const places = new Map<number, number[]>();
  for (let k = 0; k < byRank.length; k++) {
    const listing = listings[byRank[k]!]!;
    if (listing < first || fallbackOfKey(reachKeys[listing]!) === 0) continue;
    // Set and fallback are beside each other in a reach key, as in `anywhereKey`.
    const key = reachKeys[listing]! >>> 1;
    const list = places.get(key);
    if (list) list.push(byRank[k]!);
    else places.set(key, [byRank[k]!]);
  }
  const anywhere = new Map<number, AnywhereMatches>();
  for (const [key, its] of places)
    anywhere.set(key, {
      number: ++made,
      listings: Uint32Array.from(its, (place) => listings[place]!),
      ranks: Uint32Array.from(its, (place) => ranks[place]!),
    });
  return { listings, ranks, fits, enough, byRank, anywhere };
}

/** How many listings all kept lists may have together; each takes twelve bytes or a little more. */
const LEAST_ROOM = 200_000;
const ROOM_PER_LISTING = 3;

/** Keeps the lists of what people look for, by the keys of plans (plan.ts). */
export class RankedCache {
  readonly #room: number;
  readonly #lists = new Map<string, RankedList>();
  #held = 0;

  /** @param listings how many the segment has */
  constructor(listings: number) {
    this.#room = LEAST_ROOM + ROOM_PER_LISTING * listings;
  }

  get(key: string, make: () => RankedList): RankedList {
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = make();
    this.#held += list.listings.length;
    this.#lists.set(key, list);
    // The oldest lists go, but never the new one, which may fill all the room.
    for (const [old, { listings }] of this.#lists) {
      if (this.#held <= this.#room || old === key) break;
      this.#lists.delete(old);
      this.#held -= listings.length;
    }
    return list;
  }
}
