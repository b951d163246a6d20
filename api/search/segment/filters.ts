import { FACETS, type FacetName, LIST_FACETS, type ListFacet } from '../facets.ts';
import {
  ACCESS_BITS,
  ACCESS_SHIFT,
  checkedDay,
  DAY_SHIFT,
  DAY_TIME_BITS,
  dayNumber,
  highestAge,
  type Layout,
  lowestAge,
  MAIN,
  MORE,
  SESSIONS,
  SPANS,
  TIME_SHIFT,
} from '../packed/row.ts';
import { dayMask, timeMask } from '../packed/sessions.ts';
import type { Filters } from '../types.ts';

/** What `failing` says of a listing that fits. */
export const FITS = 0;
/** What it says of a listing that fits neither the search nor any facet's count. */
export const FAR_OFF = -1;

/** The facets of which any value that is chosen will do, and those whose values must all hold, by their bits in a row. */
const ANY = LIST_FACETS.filter((name) => FACETS[name].chosen === 'any' && name !== 'day' && name !== 'time');
const ALL = LIST_FACETS.filter((name) => FACETS[name].chosen === 'all');
/**
 * The facets whose own filter can be the only one that a listing fails; such a listing is counted in that facet alone,
 * so that the count says what one would see with the value chosen instead. Days and times are one test, since one and
 * the same session must fit both. Those whose values must all hold at once are not here.
 */
const GROUPS = [...ANY, 'day', 'age', 'checked'] as const;
type Group = (typeof GROUPS)[number];
const numberOf = (group: Group): number => GROUPS.indexOf(group) + 1;
const AGE = numberOf('age');
const CHECKED = numberOf('checked');

/** Holds where any of these integers of a row has a bit of its mask; or, without integers, by `meetsSpans`. */
interface Test {
  group: number;
  words: readonly number[];
  masks: readonly number[];
}

let made = 0;

/** Filters made ready: integers to compare with those of a row (row.ts). */
export class Filter {
  /** No two have the same: what filters make of a list is remembered by it. */
  readonly number = ++made;
  /** Whether there is anything to test at all. */
  readonly any: boolean;
  /** Sessions that fit the chosen times, and those that fit the chosen days; -1 where all do. */
  readonly times: number;
  readonly days: number;
  /** Whether days or times are asked for, so that the other of the two must be counted anew. */
  readonly bySession: boolean;
  readonly #layout: Layout;
  /** Features (row.ts) that one and the same place must have. */
  readonly access: number;
  /** Bits of integers of a row that must all be there. */
  readonly needed: readonly { word: number; mask: number }[];
  /** What some value must meet; only filters that are set are among them. */
  readonly tests: readonly Test[];
  /** For each number that `failing` gives for one group: which bits of the integers from MAIN on to count. */
  readonly masks: readonly (readonly number[] | null)[];
  readonly #ageFrom: number;
  readonly #ageTo: number;
  readonly #checkedFrom: number;

  constructor(filters: Filters, layout: Layout) {
    this.#layout = layout;
    this.access = (this.#maskIn('access', filters.access ?? [], MAIN) & ACCESS_BITS) >>> ACCESS_SHIFT;
    const words = Array.from({ length: layout.width - MAIN }, (_, at) => MAIN + at);
    const masksOf = (facet: ListFacet) =>
      words
        .map((word) => ({ word, mask: this.#maskIn(facet, filters[facet] ?? [], word) }))
        .filter(({ mask }) => mask !== 0);
    this.needed = ALL.flatMap(masksOf);
    const tests: Test[] = [];
    for (const facet of ANY) {
      if ((filters[facet] ?? []).length === 0) continue;
      const held = masksOf(facet);
      tests.push({ group: numberOf(facet), words: held.map(({ word }) => word), masks: held.map(({ mask }) => mask) });
    }
    this.times = timeMask(filters.time ?? []);
    this.days = dayMask(filters.day ?? []);
    this.bySession = this.times !== -1 || this.days !== -1;
    if (this.bySession) tests.push({ group: numberOf('day'), words: [SESSIONS], masks: [this.times & this.days] });
    if (filters.age !== undefined) tests.push({ group: AGE, words: [], masks: [] });
    if (filters.checked_since) tests.push({ group: CHECKED, words: [], masks: [] });
    this.tests = tests;
    this.#ageFrom = filters.age?.from ?? Number.NEGATIVE_INFINITY;
    this.#ageTo = filters.age?.to ?? Number.POSITIVE_INFINITY;
    this.#checkedFrom = filters.checked_since ? dayNumber(filters.checked_since) : Number.NEGATIVE_INFINITY;
    this.any = this.needed.length > 0 || tests.length > 0;
    const masks: (number[] | null)[] = new Array(GROUPS.length + 1).fill(null);
    for (const { group } of tests) masks[group] = this.#masksOf(GROUPS[group - 1]!);
    this.masks = masks;
  }

  /** The bits of some values of a facet in one integer of a row. A value that no listing has gives none. */
  #maskIn(facet: FacetName, values: readonly string[], word: number): number {
    let mask = 0;
    for (const value of values) {
      const bit = this.#layout.bitOf(facet, value);
      if (bit !== undefined && MAIN + (bit >>> 5) === word) mask |= 1 << (bit & 31);
    }
    return mask;
  }

  /** Whether a group's test is about ages or days, which are numbers in a row and not bits. */
  isSpans(group: number): boolean {
    return group === AGE || group === CHECKED;
  }

  /** Whether SPANS of a row meets the test of such a group. */
  meetsSpans(group: number, spans: number): boolean {
    if (group === CHECKED) return checkedDay(spans) >= this.#checkedFrom;
    return lowestAge(spans) <= this.#ageTo && highestAge(spans) >= this.#ageFrom;
  }

  /**
   * The sessions that make a bit of MORE true where days or times are chosen: of a day those at the chosen times, of a time
   * those on the chosen days. Null for a bit of anything else.
   */
  sessionsOf(word: number, bit: number): number | null {
    if (word !== MORE || ((1 << bit) & DAY_TIME_BITS) === 0) return null;
    return bit < TIME_SHIFT
      ? this.times & (0x01010101 << (bit - DAY_SHIFT))
      : this.days & (0xff << ((bit - TIME_SHIFT) * 8));
  }

  /**
   * How the row at `base` of `rows` fails: FITS, FAR_OFF, or the number of the one group that it fails.
   * @param width integers per row of that array, which may be older than the layout and have fewer
   */
  failing(rows: Int32Array, base: number, width: number): number {
    for (const { word, mask } of this.needed) if ((rows[base + word]! & mask) !== mask) return FAR_OFF;
    let failed = FITS;
    for (const { group, words, masks } of this.tests) {
      let holds = false;
      for (let i = 0; i < words.length && !holds; i++)
        holds = words[i]! < width && (rows[base + words[i]!]! & masks[i]!) !== 0;
      if (holds || (this.isSpans(group) && this.meetsSpans(group, rows[base + SPANS]!))) continue;
      if (failed !== FITS) return FAR_OFF;
      failed = group;
    }
    return failed;
  }

  #masksOf(group: Group): number[] {
    const masks = this.#layout.masksOf(group);
    if (group !== 'day') return masks;
    const times = this.#layout.masksOf('time');
    return masks.map((mask, index) => mask | times[index]!);
  }
}
