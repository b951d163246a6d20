import {
  ACCESS,
  ATTENDING_TYPES,
  COSTS,
  JOINS,
  KINDS,
  type Location,
  PAIN_FRIENDLY,
  WEEKDAYS,
} from '../../domain/service.ts';
import { AGE_GROUPS, CHECKED_MONTHS, type FacetAndValue, type FacetName } from '../types.ts';
import { TIMES } from './sessions.ts';

/**
 * The row of a listing: 32-bit integers, side by side in one array, so that a filter is an AND of two integers and no
 * object is touched while a hundred thousand listings are counted.
 *
 * The integers from MAIN on hold a bit for every value of every facet; they are what is counted. The first two hold the
 * facets whose values are fixed, those from CODES on categories and languages, in the order in which they are met.
 */

/** Days and times of sessions (sessions.ts). */
export const SESSIONS = 0;
/** Ages and the day of the last check: seven bits the lowest age, seven the highest, eighteen the day since 1970. */
export const SPANS = 1;
/** Number of the set of service areas (areas.ts). */
export const AREAS = 2;
/** Kind, cost, joining, mode, access, pain-friendly. */
export const MAIN = 3;
/** Age groups, checked, days, times; above them what is not counted: unconfirmed and the fallback. */
export const MORE = 4;
/** Categories with their groups, and languages. */
export const FIRST_CODES = 5;

const OFFSETS = { kind: 0, cost: 8, join: 12, mode: 16, access: 20, pain_friendly: 25 } as const;
const MORE_OFFSETS = { age: 32, checked: 39, day: 42, time: 49 } as const;
/** The first bit of categories and languages. */
const FIRST_CODE = 64;

export const CHECKED_BITS = 0x380;
export const CHECKED_SHIFT = 7;
export const DAY_TIME_BITS = 0xffc00;
export const DAY_SHIFT = 10;
export const TIME_SHIFT = 17;
/** Confirmed by nobody for too long: after all others in its section. */
export const UNCONFIRMED = 1 << 20;
/** Two bits: the way in which the listing stands where it is no venue nearby (entry.ts). */
export const FALLBACK_SHIFT = 21;
/** Where the features of a place (`accessBits`) stand in MAIN. */
export const ACCESS_SHIFT = OFFSETS.access;
export const ACCESS_BITS = ((1 << ACCESS.length) - 1) << ACCESS_SHIFT;
/** MAIN with other features of places. */
export const withFeatures = (main: number, features: number): number =>
  (main & ~ACCESS_BITS) | (features << ACCESS_SHIFT);
/** The bit of MAIN for what people go to. */
const IN_PERSON = 1 << (OFFSETS.mode + ATTENDING_TYPES.indexOf('in_person'));

/**
 * What decides how a listing stands to a place, by itself: the set of its areas, the fallback, and in the lowest bit whether
 * people go there. Rows are wide, and a search looks at this of thousands of listings whose rows it need not read.
 */
export const packReachKey = (rows: Int32Array, base: number): number =>
  (rows[base + AREAS]! << 3) |
  (((rows[base + MORE]! >>> FALLBACK_SHIFT) & 3) << 1) |
  ((rows[base + MAIN]! & IN_PERSON) === 0 ? 0 : 1);
export const areaSetOf = (reachKey: number): number => reachKey >>> 3;
export const fallbackOfKey = (reachKey: number): number => (reachKey >>> 1) & 3;
export const isVisitedByKey = (reachKey: number): boolean => (reachKey & 1) !== 0;

/** A point of a listing with several: the listing, and below it the features of the point. */
export const packRecord = (listing: number, access: number): number => (listing << ACCESS.length) | access;
export const listingOfRecord = (record: number): number => record >>> ACCESS.length;
/** The features in the lowest bits of a record. */
export const FEATURES = (1 << ACCESS.length) - 1;

const VALUES = {
  kind: KINDS,
  cost: [...COSTS, 'concession'],
  join: JOINS,
  mode: ATTENDING_TYPES,
  access: ACCESS,
  pain_friendly: PAIN_FRIENDLY,
  age: Object.keys(AGE_GROUPS),
  checked: CHECKED_MONTHS.map(String),
  day: WEEKDAYS,
  time: TIMES,
} satisfies Partial<Record<FacetName, readonly string[]>>;

type FixedFacet = keyof typeof VALUES;

/** The features that a place has for certain, a bit for each in the order of ACCESS. */
export const accessBits = ({ accessibility }: Location): number =>
  ACCESS.reduce((bits, feature, at) => (accessibility[feature] === 'yes' ? bits | (1 << at) : bits), 0);

/** Days since 1970 of a date 'YYYY-MM-DD'. */
export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

export const lowestAge = (spans: number): number => spans & 0x7f;
export const highestAge = (spans: number): number => (spans >>> 7) & 0x7f;
export const checkedDay = (spans: number): number => spans >>> 14;
export const packSpans = (lowest: number, highest: number, day: number): number =>
  lowest | (highest << 7) | (day << 14);

/** Which bit stands for which value. Grows as categories and languages are met; a bit once given stays. */
export class Layout {
  /** By bit; undefined for a bit that stands for nothing. */
  readonly values: ({ facet: FacetName; value: string } | undefined)[] = [];
  readonly #bits = new Map<FacetName, Map<string, number>>();
  readonly #byFacet = new Map<FacetName, { bit: number; value: string }[]>();
  readonly #masks = new Map<FacetName, number[]>();
  #masksFor = 0;
  readonly #lists = new WeakMap<readonly FacetAndValue[], { bits: Int32Array; size: number }>();

  constructor() {
    for (const facet of Object.keys(VALUES) as FixedFacet[]) {
      const first =
        facet in OFFSETS ? OFFSETS[facet as keyof typeof OFFSETS] : MORE_OFFSETS[facet as keyof typeof MORE_OFFSETS];
      for (const [index, value] of VALUES[facet].entries()) this.#give(facet, value, first + index);
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

  /** The bit of a value, given to it now where it has none. */
  bitFor(facet: FacetName, value: string): number {
    return this.bitOf(facet, value) ?? this.#give(facet, value, this.values.length);
  }

  /** The bit of a value, or undefined where no listing ever had it. */
  bitOf(facet: FacetName, value: string): number | undefined {
    return this.#bits.get(facet)?.get(value);
  }

  /** The bits of some values, -1 for one that no listing ever had. Kept until the layout grows, with the very list that was given. */
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

  /** The values that are no fixed ones, in the order of their bits. */
  codes(): [FacetName, string][] {
    return this.values.slice(FIRST_CODE).map((it) => [it!.facet, it!.value]);
  }

  /** How many integers a row takes. */
  get width(): number {
    return FIRST_CODES + Math.ceil((this.values.length - FIRST_CODE) / 32);
  }

  /** For each integer from MAIN on the bits of one facet. */
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
