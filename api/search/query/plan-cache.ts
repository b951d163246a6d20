import { Cache } from '../packed/cache.ts';
import type { FacetLayout } from '../packed/row.ts';
import type { ComingWeek } from '../packed/timetables.ts';
import { Filter } from '../segment/filters.ts';
import { type KnownWords, NOTHING_TYPED, planText, type TextPlan } from '../text/plan.ts';
import { MOST_CHARACTERS } from '../text/typed.ts';
import type { Filters } from '../types.ts';

const NO_FILTERS = '{}';
/** So long a key was not chosen by hand, and is not worth the memory. */
const LONGEST_KEY = 2000;

/**
 * What is worked out for a query before any listing is looked at, kept for the next query that asks the same: what
 * words mean (a typing mistake costs a walk over all known words), and filters as masks. All of it depends on the index
 * and is forgotten with every change. Nothing is kept of who asked or from where.
 */
export class PlanCache {
  readonly #plans = new Cache<string, TextPlan>(300);
  readonly #filters = new Cache<string, Filter>(300);
  #version = -1;
  #weekday = 0;

  /** @param version of the index (SearchIndex.version) */
  startVersion(version: number, { weekday }: ComingWeek): void {
    if (this.#weekday !== weekday) this.#filters.clear();
    this.#weekday = weekday;
    if (this.#version === version) return;
    this.#version = version;
    this.#plans.clear();
    this.#filters.clear();
  }

  plan(known: KnownWords, typed: string, size: number): TextPlan {
    if (typed === '') return NOTHING_TYPED;
    const text = typed.slice(0, MOST_CHARACTERS);
    return this.#plans.get(text, () => planText(known, text, size));
  }

  filter(filters: Filters, layout: FacetLayout): Filter {
    let key = NO_FILTERS;
    for (const _ in filters) {
      key = JSON.stringify(filters);
      break;
    }
    if (key.length > LONGEST_KEY) return new Filter(filters, layout, this.#weekday);
    return this.#filters.get(key, () => new Filter(filters, layout, this.#weekday));
  }
}
