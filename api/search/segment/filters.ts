import { FACETS, type FacetName, LIST_FACETS, type ListFacet } from '../facets.ts';
import {
  ACCESS_BITS,
  ACCESS_SHIFT,
  COMING,
  checkedDay,
  DAY_SHIFT,
  dayNumber,
  type FacetLayout,
  highestAge,
  lowestAge,
  MAIN,
  MORE,
  SESSION_BITS,
  SESSIONS,
  SPANS,
  TIME_SHIFT,
  WHEN_BITS,
  WHEN_SHIFT,
} from '../packed/row.ts';
import { dayMask, timeMask, timesOfDay, weekdayMask, weekdays } from '../packed/sessions.ts';
import type { Filters } from '../types.ts';

/** `failing` says so of a listing that fits. */
export const FITS = 0;
/** `failing` says so of a listing that neither fits nor counts in any facet. */
export const FAR_OFF = -1;

/** The facets of which any value that is chosen will do, and those whose values must all hold, by their bits in a row. */
const ANY = LIST_FACETS.filter((name) => FACETS[name].chosen === 'any' && name !== 'day' && name !== 'time');
const ALL = LIST_FACETS.filter((name) => FACETS[name].chosen === 'all');
/**
 * The facets whose filter may be the only one that a listing fails. Such a listing counts in that facet alone, so that
 * the count tells what one would see with that value chosen instead. Days, times and the coming week are one
 * test, since one and the same session must fit them all. Facets of which all chosen values must hold are not among them.
 */
const GROUPS = [...ANY, 'day', 'age', 'checked'] as const;
type Group = (typeof GROUPS)[number];
const numberOf = (group: Group): number => GROUPS.indexOf(group) + 1;
const AGE = numberOf('age');
const CHECKED = numberOf('checked');

/**
 * Passed where any of these integers of a row has a bit of its mask; where there are no integers, `meetsSpans` decides.
 */
interface Test {
  group: number;
  words: readonly number[];
  masks: readonly number[];
}

/**
 * The values of the facet of the coming week that some sessions of it make, where they stand in MORE.
 * @param today the bits of today's sessions
 */
export const whenBits = (coming: number, today: number): number =>
  (((coming & today) === 0 ? 0 : 1) | (coming === 0 ? 0 : 2)) << WHEN_SHIFT;

let made = 0;

/** Filters prepared for the index: integers to compare with those of a row (packed/row.ts). */
export class Filter {
  /** No two filters have the same number: what they make of a list is kept under it. */
  readonly number = ++made;
  /** Whether there is anything to test at all. */
  readonly any: boolean;
  /** Whether days, times or the coming week are chosen; then the counts of the others of these depend on sessions. */
  readonly bySession: boolean;
  /** Which sessions of a row are meant (packed/row.ts): those of any week, or those of the coming one. */
  readonly #sessions: number;
  /** Sessions at the chosen times, on the chosen days, and today, where that is chosen; -1 where any will do. */
  readonly #times: number;
  readonly #days: number;
  readonly #when: number;
  readonly #today: number;
  readonly #layout: FacetLayout;
  /** The features that one and the same place must have (packed/row.ts). */
  readonly access: number;
  /** Bits of a row that must all be set. */
  readonly needed: readonly { word: number; mask: number }[];
  /** The filters of which one value is enough, without those that are not set. */
  readonly tests: readonly Test[];
  /** For each group that `failing` may name: the bits to count, in each integer from MAIN on. */
  readonly masks: readonly (readonly number[] | null)[];
  readonly #ageFrom: number;
  readonly #ageTo: number;
  readonly #checkedFrom: number;

  /** @param weekday of today, 0 for Monday */
  constructor(filters: Filters, layout: FacetLayout, weekday: number) {
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
    this.#times = timeMask(filters.time ?? []);
    this.#days = dayMask(filters.day ?? []);
    this.#today = weekdayMask(weekday);
    this.#when = filters.when === 'today' ? this.#today : -1;
    this.#sessions = filters.when === undefined ? SESSIONS : COMING;
    this.bySession = this.#times !== -1 || this.#days !== -1 || filters.when !== undefined;
    const meets = { words: [this.#sessions], masks: [this.#times & this.#days & this.#when] };
    if (this.bySession) tests.push({ group: numberOf('day'), ...meets });
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

  /** The bits that some values of a facet have in one integer of a row. A value that no listing has adds none. */
  #maskIn(facet: FacetName, values: readonly string[], word: number): number {
    let mask = 0;
    for (const value of values) {
      const bit = this.#layout.bitOf(facet, value);
      if (bit !== undefined && MAIN + (bit >>> 5) === word) mask |= 1 << (bit & 31);
    }
    return mask;
  }

  /** Whether the test of a group is about ages or days, which are numbers in a row. */
  isSpans(group: number): boolean {
    return group === AGE || group === CHECKED;
  }

  /** Whether the ages and the day in a row pass the test of such a group. */
  meetsSpans(group: number, spans: number): boolean {
    if (group === CHECKED) return checkedDay(spans) >= this.#checkedFrom;
    return lowestAge(spans) <= this.#ageTo && highestAge(spans) >= this.#ageFrom;
  }

  /**
   * Which sessions of a row make a value count while days, times or the coming week are chosen: those that fit what is chosen
   * of the other two. Null for a bit of anything else.
   */
  sessionsOf(word: number, bit: number): { word: number; mask: number } | null {
    if (word !== MORE || ((1 << bit) & SESSION_BITS) === 0) return null;
    if (((1 << bit) & WHEN_BITS) !== 0)
      return { word: COMING, mask: this.#times & this.#days & (bit === WHEN_SHIFT ? this.#today : -1) };
    const among = this.#when & (bit < TIME_SHIFT ? this.#times : this.#days);
    const own = bit < TIME_SHIFT ? weekdayMask(bit - DAY_SHIFT) : 0xff << ((bit - TIME_SHIFT) * 8);
    return { word: this.#sessions, mask: among & own };
  }

  /** The integer MORE of the row at `base`, with only those values of these facets that have such a session. */
  sessionFacets(rows: Int32Array, base: number): number {
    const sessions = rows[base + this.#sessions]! & this.#when;
    const coming = rows[base + COMING]! & this.#times & this.#days;
    return (
      (rows[base + MORE]! & ~SESSION_BITS) |
      (weekdays(sessions & this.#times) << DAY_SHIFT) |
      (timesOfDay(sessions & this.#days) << TIME_SHIFT) |
      whenBits(coming, this.#today)
    );
  }

  /**
   * How the row at `base` of `rows` fails: FITS, FAR_OFF, or the number of the one group that it fails.
   * @param width how many integers a row of that array has; a segment made before the layout grew has fewer
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
    const when = this.#layout.masksOf('when');
    return masks.map((mask, index) => mask | times[index]! | when[index]!);
  }
}
