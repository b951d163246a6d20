import { Cache } from '../packed/cache.ts';
import type { FacetLayout } from '../packed/row.ts';
import type { ComingWeek } from '../packed/timetables.ts';
import { Filter } from '../segment/filters.ts';
import { type KnownWords, NOTHING_TYPED, planText, type TextPlan } from '../text/plan.ts';
import { MOST_CHARACTERS } from '../text/typed.ts';
import type { Filters } from '../types.ts';
import { readWishes, wishedFilters } from './wishes.ts';

const NO_FILTERS = '{}';
const NO_WISHES: readonly Filters[] = [];
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
  readonly #wishes = new Cache<string, readonly Filters[]>(300);
  #version = -1;
  #weekday = 0;

  /** @param version of the index (SearchIndex.version) */
  startVersion(version: number, { weekday }: ComingWeek): void {
    if (this.#weekday !== weekday) {
      this.#filters.clear();
      this.#wishes.clear();
    }
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

  /** What of the words says filters (wishes.ts), each facet by itself, but for those in force. */
  wishes(typed: string, inForce: Filters, today: string): readonly Filters[] {
    if (typed === '') return NO_WISHES;
    const text = typed.slice(0, MOST_CHARACTERS);
    const wished = this.#wishes.get(text, () => wishedFilters(readWishes(text, today)));
    return wished.filter((one) => Object.keys(one).every((name) => !(name in inForce)));
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
