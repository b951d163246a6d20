import { CODES, checkedDay, dayNumber, highestAge, type Layout, lowestAge, MAIN, SESSIONS, SPANS } from './row.ts';
import { dayMask, timeMask } from './sessions.ts';
import type { FacetName, Filters } from './types.ts';

/** What `failing` says of a listing that fits. */
export const FITS = 0;
/** What it says of a listing that fits neither the search nor any facet's count. */
export const FAR_OFF = -1;

/**
 * The facets whose own filter can be the only one that a listing fails; such a listing is counted in that facet alone,
 * so that the count says what one would see with the value chosen instead. Days and times are one test, since one and
 * the same session must fit both. `access` and `pain_friendly` are not here: all their values must hold at once.
 */
const GROUPS = ['kind', 'cost', 'join', 'mode', 'category', 'language', 'day', 'age', 'checked'] as const;
type Group = (typeof GROUPS)[number];
const [KIND, COST, JOIN, MODE, CATEGORY, LANGUAGE, SESSION, AGE, CHECKED] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Filters made ready: integers to compare with those of a row (row.ts). */
export class Filter {
  /** Whether there is anything to test at all. */
  readonly any: boolean;
  /** Sessions that fit the chosen times, and those that fit the chosen days; -1 where all do. */
  readonly times: number;
  readonly days: number;
  readonly #layout: Layout;
  readonly #needed: number;
  readonly #kind: number;
  readonly #cost: number;
  readonly #join: number;
  readonly #mode: number;
  readonly #category: number[] | null;
  readonly #language: number[] | null;
  readonly #sessions: number;
  readonly #ageFrom: number;
  readonly #ageTo: number;
  readonly #checkedFrom: number;

  constructor(filters: Filters, layout: Layout) {
    this.#layout = layout;
    const fixed = (facet: FacetName, values: readonly string[] = []): number =>
      values.reduce((mask, value) => {
        const bit = layout.bitOf(facet, value);
        return bit === undefined ? mask : mask | (1 << (bit & 31));
      }, 0);
    const codes = (facet: FacetName, values: readonly string[] = []): number[] | null => {
      if (values.length === 0) return null;
      const masks = new Array<number>(layout.width - CODES).fill(0);
      for (const value of values) {
        const bit = layout.bitOf(facet, value);
        if (bit !== undefined) masks[(bit >>> 5) - (CODES - MAIN)]! |= 1 << (bit & 31);
      }
      return masks;
    };
    this.#needed = fixed('access', filters.access) | fixed('pain_friendly', filters.pain_friendly);
    this.#kind = fixed('kind', filters.kind);
    this.#cost = fixed('cost', filters.cost);
    this.#join = fixed('join', filters.join);
    this.#mode = fixed('mode', filters.mode);
    this.#category = codes('category', filters.category);
    this.#language = codes('language', filters.language);
    this.times = timeMask(filters.time ?? []);
    this.days = dayMask(filters.day ?? []);
    this.#sessions = this.times === -1 && this.days === -1 ? 0 : this.times & this.days;
    this.#ageFrom = filters.age?.from ?? Number.NEGATIVE_INFINITY;
    this.#ageTo = filters.age?.to ?? Number.POSITIVE_INFINITY;
    this.#checkedFrom = filters.checked_since ? dayNumber(filters.checked_since) : Number.NEGATIVE_INFINITY;
    const masks = this.#needed | this.#kind | this.#cost | this.#join | this.#mode | this.#sessions;
    this.any =
      masks !== 0 ||
      this.#category !== null ||
      this.#language !== null ||
      filters.age !== undefined ||
      filters.checked_since !== undefined;
  }

  /** Whether days or times are asked for, so that the other of the two must be counted anew. */
  get bySession(): boolean {
    return this.#sessions !== 0;
  }

  /**
   * How the row at `base` of `rows` fails: FITS, FAR_OFF, or the number of the one group that it fails.
   * @param width integers per row of that array
   */
  failing(rows: Int32Array, base: number, width: number): number {
    const main = rows[base + MAIN]!;
    if ((main & this.#needed) !== this.#needed) return FAR_OFF;
    let failed = FITS;
    if (this.#kind !== 0 && (main & this.#kind) === 0) failed = KIND;
    if (this.#cost !== 0 && (main & this.#cost) === 0) {
      if (failed !== FITS) return FAR_OFF;
      failed = COST;
    }
    if (this.#join !== 0 && (main & this.#join) === 0) {
      if (failed !== FITS) return FAR_OFF;
      failed = JOIN;
    }
    if (this.#mode !== 0 && (main & this.#mode) === 0) {
      if (failed !== FITS) return FAR_OFF;
      failed = MODE;
    }
    if (this.#sessions !== 0 && (rows[base + SESSIONS]! & this.#sessions) === 0) {
      if (failed !== FITS) return FAR_OFF;
      failed = SESSION;
    }
    const spans = rows[base + SPANS]!;
    if (lowestAge(spans) > this.#ageTo || highestAge(spans) < this.#ageFrom) {
      if (failed !== FITS) return FAR_OFF;
      failed = AGE;
    }
    if (checkedDay(spans) < this.#checkedFrom) {
      if (failed !== FITS) return FAR_OFF;
      failed = CHECKED;
    }
    if (this.#category !== null && !holdsAny(rows, base, width, this.#category)) {
      if (failed !== FITS) return FAR_OFF;
      failed = CATEGORY;
    }
    if (this.#language !== null && !holdsAny(rows, base, width, this.#language)) {
      if (failed !== FITS) return FAR_OFF;
      failed = LANGUAGE;
    }
    return failed;
  }

  /** For each number that `failing` gives for one group: which bits of the integers from MAIN on to count. */
  masks(): (number[] | null)[] {
    return [null, ...GROUPS.map((group) => (this.#isActive(group) ? this.#masksOf(group) : null))];
  }

  #masksOf(group: Group): number[] {
    const masks = this.#layout.masksOf(group);
    if (group !== 'day') return masks;
    const times = this.#layout.masksOf('time');
    return masks.map((mask, index) => mask | times[index]!);
  }

  #isActive(group: Group): boolean {
    switch (group) {
      case 'kind':
        return this.#kind !== 0;
      case 'cost':
        return this.#cost !== 0;
      case 'join':
        return this.#join !== 0;
      case 'mode':
        return this.#mode !== 0;
      case 'category':
        return this.#category !== null;
      case 'language':
        return this.#language !== null;
      case 'day':
        return this.#sessions !== 0;
      case 'age':
        return this.#ageFrom !== Number.NEGATIVE_INFINITY;
      case 'checked':
        return this.#checkedFrom !== Number.NEGATIVE_INFINITY;
    }
  }
}

function holdsAny(rows: Int32Array, base: number, width: number, masks: readonly number[]): boolean {
  const count = Math.min(masks.length, width - CODES);
  for (let i = 0; i < count; i++) if ((rows[base + CODES + i]! & masks[i]!) !== 0) return true;
  return false;
}
