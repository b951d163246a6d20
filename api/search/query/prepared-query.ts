import { REACH_KINDS } from '../../domain/reach.ts';
import { type Serving, UNKNOWN } from '../geo/area-sets.ts';
import type { EarthPoint } from '../geo/distance.ts';
import type { Filter } from '../segment/filters.ts';
import type { TextPlan } from '../text/plan.ts';

/** A query, prepared for the segments. */
export interface PreparedQuery {
  /** Null without a place. */
  origin: (EarthPoint & { latitude: number; longitude: number }) | null;
  serving: Serving;
  filter: Filter;
  /** The filters that the words say and that are not in force, one for each facet. */
  wishes: readonly Filter[];
  plan: TextPlan;
  /**
   * For each reach by its number whether facets count it: what is asked for, but what is unclear only where nothing that
   * serves is asked for beside it.
   */
  countsReach: readonly boolean[];
  order: Order;
  /** Today as days since 1970. */
  day: number;
}

/** The kinds of reach by number, in the order in which they are listed. */
export const REACHES: readonly number[] = [...REACH_KINDS.keys()];
export const VENUE = REACH_KINDS.indexOf('venue');
export const AREA = REACH_KINDS.indexOf('area');
export const REMOTE = REACH_KINDS.indexOf('remote');
export const UNCLEAR = REACH_KINDS.indexOf('unclear');
export const NOT_SERVING = REACH_KINDS.indexOf('not_serving');
/** The listing is not found from the place at all. */
export const NO_REACH = -1;

/** How a listing is reached that serves the place, or of which nobody knows whether it does. */
export const reachOfAnswer = (answer: number | undefined, reach: number): number =>
  answer === UNKNOWN ? UNCLEAR : reach;

/** The order that is in force, once it is known whether there are words and a place. */
export type Order = 'relevance' | 'distance' | 'name' | 'checked';

/** Whether equals are ordered by name; else by distance, then id. */
export const endsByName = (query: PreparedQuery, reach: number): boolean =>
  query.origin === null || reach === AREA || reach === REMOTE || query.order === 'name' || query.order === 'checked';
