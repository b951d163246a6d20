import { ACCESS, ATTENDING_TYPES, type Location, type Service } from '../../domain/service.ts';
import { type FacetName, valuesOf } from '../facets.ts';
import type { FacetAndValue } from '../types.ts';
import { PLACED_FACETS, placedSizes, placeFacets } from './facet-places.ts';

/**
 * The row of a listing: 32-bit integers, side by side in one array, so that a filter is an AND of two integers and no
 * object is touched while a hundred thousand listings are counted.
 *
 * The integers from MAIN on hold a bit for every value of every facet; they are what is counted. First come the facets
 * whose values are known beforehand, from FIRST_CODES on categories and languages, in the order in which they are met.
 */

/** Days and times of sessions (sessions.ts). */
export const SESSIONS = 0;
/** Ages and the day of the last check: seven bits the lowest age, seven the highest, eighteen the day since 1970. */
export const SPANS = 1;
/** Number of the set of service areas (area-sets.ts). */
export const AREAS = 2;
/** Eighteen bits the last day on which it takes nobody, since 1970, and above them for whom alone it is (audiences.ts). */
export const STANDING = 3;
/** Number of when it meets (timetables.ts). */
export const TIMETABLE = 4;
/** The sessions of the coming week, as SESSIONS are packed: each weekday comes once in it (timetables.ts). */
export const COMING = 5;
/** Access, and how people take part; what a search may put in the place of a listing's own integer. */
export const MAIN = 6;
/** Days, times, the check and the coming week, which depend on the search; and what is not counted: unconfirmed and the fallback. */
export const MORE = 7;

/** Of MORE: whether a listing is unconfirmed, and in two bits its fallback. */
const NOT_COUNTED = 3;
const { places, end } = placeFacets({ ...placedSizes(), not_counted: NOT_COUNTED }, MAIN, [
  ['access', 'mode'],
  ['day', 'time', 'when', 'checked', 'not_counted'],
]);
/** The first integer of categories with their groups, and languages. */
export const FIRST_CODES = end;
/** The first bit of categories and languages, counted from MAIN on. */
const FIRST_CODE = (FIRST_CODES - MAIN) * 32;

/** So many bits from one on. */
const bits = (shift: number, size: number): number => ((2 ** size - 1) << shift) | 0;

export const CHECKED_SHIFT = places.checked.shift;
export const CHECKED_BITS = bits(CHECKED_SHIFT, places.checked.size);
export const DAY_SHIFT = places.day.shift;
export const TIME_SHIFT = places.time.shift;
export const WHEN_SHIFT = places.when.shift;
export const WHEN_BITS = bits(WHEN_SHIFT, places.when.size);
/** The facets that sessions decide. */
export const SESSION_BITS = bits(DAY_SHIFT, places.day.size) | bits(TIME_SHIFT, places.time.size) | WHEN_BITS;
/** Nobody has confirmed it for too long: it comes after all others of the same reach. */
export const UNCONFIRMED = 1 << places.not_counted.shift;
/** Two bits: what the listing is where it has no venue nearby (fallback.ts). */
export const FALLBACK_SHIFT = places.not_counted.shift + 1;
/** Where the features of a place (`accessBits`) stand in MAIN. */
export const ACCESS_SHIFT = places.access.shift;
export const ACCESS_BITS = bits(ACCESS_SHIFT, places.access.size);
/** MAIN with other features of places. */
export const withFeatures = (main: number, features: number): number =>
  (main & ~ACCESS_BITS) | (features << ACCESS_SHIFT);
/** The bit of MAIN that is set where people go there in person. */
const IN_PERSON = 1 << (places.mode.shift + ATTENDING_TYPES.indexOf('in_person'));

/**
 * What decides how a listing is reached, whatever the place: the set of its areas, its fallback, and in the lowest bit
 * whether people go there. Rows are wide, and a search looks at this key of thousands of listings without reading their
 * rows.
 */
export const packReachKey = (rows: Int32Array, base: number): number =>
  (rows[base + AREAS]! << 3) |
  (((rows[base + MORE]! >>> FALLBACK_SHIFT) & 3) << 1) |
  ((rows[base + MAIN]! & IN_PERSON) === 0 ? 0 : 1);
export const areaSetOf = (reachKey: number): number => reachKey >>> 3;
export const fallbackOfKey = (reachKey: number): number => (reachKey >>> 1) & 3;
export const isVisitedByKey = (reachKey: number): boolean => (reachKey & 1) !== 0;

/**
 * How many bits the features of a point may take, beside the number of its listing: that leaves room for two million
 * listings.
 */
const MOST_FEATURES = 11;
if (ACCESS.length > MOST_FEATURES)
  throw new Error(
    `The index holds ${MOST_FEATURES} features of a place; ${ACCESS.length} need wider records (row.ts).`,
  );

/**
 * A point of a listing that has several, as one integer: the number of the listing, and below it the features of the
 * point.
 */
export const packRecord = (listing: number, access: number): number => (listing << ACCESS.length) | access;
export const listingOfPointRecord = (record: number): number => record >>> ACCESS.length;
/** The features in the lowest bits of a record. */
export const FEATURES = (1 << ACCESS.length) - 1;

/** The features that a place is known to have, a bit for each in the order of ACCESS. */
export const accessBits = ({ accessibility }: Location): number =>
  ACCESS.reduce((bits, feature, at) => (accessibility[feature] === 'yes' ? bits | (1 << at) : bits), 0);

/** Days since 1970 of a date 'YYYY-MM-DD'. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

export const lowestAge = (spans: number): number => spans & 0x7f;
export const highestAge = (spans: number): number => (spans >>> 7) & 0x7f;
export const checkedDay = (spans: number): number => spans >>> 14;
export const packSpans = (lowest: number, highest: number, day: number): number =>
  lowest | (highest << 7) | (day << 14);

const DAY_BITS = 18;
/** The last day of what has no end. */
const FOR_EVER = 2 ** DAY_BITS - 1;

/** Until when a listing is full or paused, and for whom alone it is. */
export function packStanding({ state, until }: Service['availability'], audiences: number): number {
  const isClosed = state === 'full' || state === 'paused';
  const lastDay = until === undefined ? FOR_EVER : dayNumber(until);
  return (isClosed ? lastDay : 0) | (audiences << DAY_BITS);
}
/** @param day since 1970 */
export const isFullOn = (standing: number, day: number): boolean => lastFullDay(standing) >= day;
/** The last day on which it takes nobody, since 1970; 0 where it takes people. */
export const lastFullDay = (standing: number): number => standing & FOR_EVER;
export const keptFor = (standing: number): number => standing >>> DAY_BITS;

/** Which bit stands for which value. It grows as new categories and languages come in; a bit keeps its value. */
export class FacetLayout {
  /** By bit; undefined where a bit stands for nothing. */
  readonly values: ({ facet: FacetName; value: string } | undefined)[] = [];
  readonly #bits = new Map<FacetName, Map<string, number>>();
  readonly #byFacet = new Map<FacetName, { bit: number; value: string }[]>();
  readonly #masks = new Map<FacetName, number[]>();
  #masksFor = 0;
  readonly #lists = new WeakMap<readonly FacetAndValue[], { bits: Int32Array; size: number }>();

  constructor() {
    for (const facet of PLACED_FACETS) {
      const { word, shift } = places[facet];
      for (const [index, value] of valuesOf(facet).entries())
        this.#give(facet, value, (word - MAIN) * 32 + shift + index);
    }
    this.values.length = FIRST_CODE;
  }

  #give(facet: FacetName, value: string, bit: number): number {
    this.values[bit] = { facet, value };
    const bits = this.#bits.get(facet);
    if (bits) bits.set(value, bit);
    else this.#bits.set(facet, new Map([[value, bit]]));
    const others = this.#byFacet.get(facet);
    if (others) others.push({ bit, value });
    else this.#byFacet.set(facet, [{ bit, value }]);
    return bit;
  }

  /** The bit of a value. A new value is given one. */
  bitFor(facet: FacetName, value: string): number {
    return this.bitOf(facet, value) ?? this.#give(facet, value, this.values.length);
  }

  /** The bit of a value; undefined where no listing ever had it. */
  bitOf(facet: FacetName, value: string): number | undefined {
    return this.#bits.get(facet)?.get(value);
  }

  /**
   * The bits of some values; -1 where no listing ever had the value. The answer is kept for the same list of values
   * until the layout grows.
   */
  bitsOf(values: readonly FacetAndValue[]): Int32Array {
    const known = this.#lists.get(values);
    if (known?.size === this.values.length) return known.bits;
    const bits = Int32Array.from(values, ([facet, value]) => this.bitOf(facet, value) ?? -1);
    this.#lists.set(values, { bits, size: this.values.length });
    return bits;
  }

  /** The values of a facet with their bits. */
  valuesOf(facet: FacetName): readonly { bit: number; value: string }[] {
    return this.#byFacet.get(facet) ?? [];
  }

  /** The values that were met in listings, in the order of their bits. */
  codes(): [FacetName, string][] {
    return this.values.slice(FIRST_CODE).map((it) => [it!.facet, it!.value]);
  }

  /** How many integers a row takes. */
  get width(): number {
    return FIRST_CODES + Math.ceil((this.values.length - FIRST_CODE) / 32);
  }

  /** The bits of one facet in each integer of a row, from MAIN on. */
  masksOf(facet: FacetName): number[] {
    if (this.#masksFor !== this.values.length) {
      this.#masks.clear();
      this.#masksFor = this.values.length;
    }
    const known = this.#masks.get(facet);
    if (known) return known;
    const masks = new Array<number>(this.width - MAIN).fill(0);
    for (const [bit, value] of this.values.entries()) if (value?.facet === facet) masks[bit >>> 5]! |= 1 << (bit & 31);
    this.#masks.set(facet, masks);
    return masks;
  }
}
