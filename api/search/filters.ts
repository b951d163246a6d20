import {
  ACCESS_BITS,
  ACCESS_SHIFT,
  CODES,
  checkedDay,
  dayNumber,
  highestAge,
  type Layout,
  lowestAge,
  MAIN,
  SESSIONS,
  SPANS,
} from './row.ts';
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
const numberOf = (group: Group): number => GROUPS.indexOf(group) + 1;
const AGE = numberOf('age');
const CHECKED = numberOf('checked');

/** Filters made ready: integers to compare with those of a row (row.ts). */
export class Filter {
  /** The same filters have the same key. */
  readonly key: string;
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
  /** What must all be there. */
  readonly #needed: number;
  /**
   * Of what some must be there: test k belongs to group #group[k], and holds where any of the integers #word[i] of a row
   * has a bit of #mask[i], for i from #start[k] to #start[k + 1]. Only filters that are set are among them.
   */
  readonly #group: number[] = [];
  readonly #start: number[] = [0];
  readonly #word: number[] = [];
  readonly #mask: number[] = [];
  readonly #bySpans: boolean;
  readonly #ageFrom: number;
  readonly #ageTo: number;
  readonly #checkedFrom: number;

  constructor(filters: Filters, layout: Layout) {
    this.#layout = layout;
    const access = this.#maskIn('access', filters.access ?? [], MAIN);
    this.access = (access & ACCESS_BITS) >>> ACCESS_SHIFT;
    this.#needed = access | this.#maskIn('pain_friendly', filters.pain_friendly ?? [], MAIN);
    for (const facet of ['kind', 'cost', 'join', 'mode', 'category', 'language'] as const) {
      const values = filters[facet] ?? [];
      if (values.length === 0) continue;
      const [from, to] = facet === 'category' || facet === 'language' ? [CODES, layout.width] : [MAIN, CODES - 1];
      const tests: [number, number][] = [];
      for (let word = from; word < to; word++) tests.push([word, this.#maskIn(facet, values, word)]);
      this.#test(facet, tests);
    }
    this.times = timeMask(filters.time ?? []);
    this.days = dayMask(filters.day ?? []);
    this.bySession = this.times !== -1 || this.days !== -1;
    if (this.bySession) this.#test('day', [[SESSIONS, this.times & this.days]]);
    this.#bySpans = filters.age !== undefined || Boolean(filters.checked_since);
    this.#ageFrom = filters.age?.from ?? Number.NEGATIVE_INFINITY;
    this.#ageTo = filters.age?.to ?? Number.POSITIVE_INFINITY;
    this.#checkedFrom = filters.checked_since ? dayNumber(filters.checked_since) : Number.NEGATIVE_INFINITY;
    this.any = this.#needed !== 0 || this.#group.length > 0 || this.#bySpans;
    this.key = this.any ? JSON.stringify(filters) : '';
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

  #test(group: Group, tests: readonly [word: number, mask: number][]): void {
    this.#group.push(numberOf(group));
    for (const [word, mask] of tests) {
      if (mask === 0) continue;
      this.#word.push(word);
      this.#mask.push(mask);
    }
    this.#start.push(this.#word.length);
  }

  /**
   * How the row at `base` of `rows` fails: FITS, FAR_OFF, or the number of the one group that it fails.
   * @param width integers per row of that array, which may be older than the layout and have fewer
   */
  failing(rows: Int32Array, base: number, width: number): number {
    if ((rows[base + MAIN]! & this.#needed) !== this.#needed) return FAR_OFF;
    let failed = FITS;
    const starts = this.#start;
    for (let test = 0; test < this.#group.length; test++) {
      const end = starts[test + 1]!;
      let holds = false;
      for (let i = starts[test]!; i < end && !holds; i++) {
        const word = this.#word[i]!;
        holds = word < width && (rows[base + word]! & this.#mask[i]!) !== 0;
      }
      if (holds) continue;
      if (failed !== FITS) return FAR_OFF;
      failed = this.#group[test]!;
    }
    return this.#bySpans ? this.#failingSpans(rows[base + SPANS]!, failed) : failed;
  }

  #failingSpans(spans: number, already: number): number {
    let failed = already;
    if (lowestAge(spans) > this.#ageTo || highestAge(spans) < this.#ageFrom) {
      if (failed !== FITS) return FAR_OFF;
      failed = AGE;
    }
    if (checkedDay(spans) < this.#checkedFrom) {
      if (failed !== FITS) return FAR_OFF;
      failed = CHECKED;
    }
    return failed;
  }

  /** For each number that `failing` gives for one group: which bits of the integers from MAIN on to count. */
  masks(): (number[] | null)[] {
    const masks: (number[] | null)[] = new Array(GROUPS.length + 1).fill(null);
    const set = new Set(this.#group);
    if (this.#bySpans) set.add(AGE).add(CHECKED);
    for (const group of set) masks[group] = this.#masksOf(GROUPS[group - 1]!);
    return masks;
  }

  #masksOf(group: Group): number[] {
    const masks = this.#layout.masksOf(group);
    if (group !== 'day') return masks;
    const times = this.#layout.masksOf('time');
    return masks.map((mask, index) => mask | times[index]!);
  }
}
