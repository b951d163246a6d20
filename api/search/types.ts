import type { Place } from '../domain/place.ts';
import type { ReachKind } from '../domain/reach.ts';
import type { Listing } from '../domain/service.ts';
import type { FacetName, FacetValue, ListFacet } from './facets.ts';

/**
 * The one small interface behind which the search stands. What implements it knows nothing of HTTP or SQL; what calls it
 * knows nothing of how it is done.
 */

/** Within one filter any value will do, but where the facet says that all must hold. Filters add up. */
export type Filters = {
  /**
   * A group of categories stands for all in it. The cost 'concession' asks for a reduced price, and a listing whose cost
   * is unknown matches none. One and the same session must fit `day` and `time`; morning begins before 12:00, afternoon
   * from 12:00, evening from 17:00, by the hour at which a session begins.
   */
  [Name in ListFacet]?: FacetValue<Name>[];
} & {
  /** Years, both ends included; a listing fits if it takes anybody in that span. One age: both ends alike. */
  age?: { from: number; to: number };
  /** Checked on or after this day, 'YYYY-MM-DD'. */
  checked_since?: string;
};

export type Sort = 'relevance' | 'distance' | 'name' | 'checked';

export interface SearchQuery {
  /** Null: browse without a place; everything stands by where it happens, without a distance. */
  place: Place | null;
  q: string;
  filters: Filters;
  /** Which ways of standing to the place are listed; totals count all four whatever is listed. */
  reach: ReachKind[];
  /** Metres; null: the smallest of the automatic radii that reaches over the place and holds ten venues after filters. */
  radius_m: number | null;
  /** Null: relevance with words, else distance, else name. */
  sort: Sort | null;
  /** From 1. */
  page: number;
  per_page: number;
  /** In place of a page the first so many of each way. */
  each?: number;
  /** Today in Europe/London, 'YYYY-MM-DD': availability and ages of checks are counted from it. */
  today: string;
}

export interface Hit {
  id: string;
  reach: ReachKind;
  /** False where only part of an approximate place is in the area served: 'may serve this address'. */
  certain: boolean;
  /** The area that settled it, named for people ('Hackney', 'the United Kingdom'); null where it is open to all. */
  area: string | null;
  /**
   * Straight line to the nearest public location, whole metres, for `venue` and `not_serving`; null without a place, and
   * for `area` and `remote`, which nobody travels to (a distance there would only mislead).
   */
  distance_m: number | null;
  /** The location that distance is to; without a place the main public one, null where there is none. */
  location_id: string | null;
}

/** Counts per value: how many listings a person would see with that value chosen beside the other filters. */
export type Facets = Record<FacetName, Record<string, number>>;
export type FacetAndValue = readonly [facet: FacetName, value: string];

/** Counts of facets without the names of a hundred values being given to each. */
export interface CountsByValue {
  /** The counts of those values, in their order. @param values always the same list: where its values lie is kept with it */
  inOrder(values: readonly FacetAndValue[]): Int32Array;
  /** The values of one facet that anything has. */
  of(facet: FacetName): Record<string, number>;
}

export interface SearchAnswer {
  /** The radius in force, metres; null without a place. */
  radius_m: number | null;
  /** Whether it was worked out rather than asked for. */
  radius_auto: boolean;
  totals: Record<ReachKind, number>;
  hits: Hit[];
  /** Made when it is first read. */
  facets: Facets;
  /** The same, for whoever asks for the same values again and again. */
  counts: CountsByValue;
  /** What was searched for instead, where a word was misspelt; else null. */
  searched_for: string | null;
  page: number;
  per_page: number;
  /** Listings in the ways asked for, all pages. */
  total: number;
}

export interface Suggestion {
  kind: 'service' | 'organization' | 'category';
  /** Service or organization id, or category code. */
  id: string;
  label: string;
}

export interface SearchIndex {
  /** Never throws for any query that fits the type; costs a bounded amount of work. */
  search(query: SearchQuery): SearchAnswer;
  /** Names and categories for what somebody has begun to type, best first. */
  suggest(text: string, limit: number): Suggestion[];
  /** Adds or replaces; a listing whose state the public does not see is taken out. Seen by the next search, whole. */
  put(listings: Iterable<Listing>): void;
  /**
   * The same for a thousand or so, in slices: seen by the search after the last slice.
   * @param since the version of the index when the first of them was read or written
   * @returns the ids of those that somebody else has changed meanwhile, which are left as that somebody put them
   */
  putBySlices(listings: readonly Listing[], since: number): Generator<void, string[]>;
  remove(ids: Iterable<string>): void;
  /** The towns (`address.city`) of public venues with their mean point, for the geocoder. */
  towns(): { name: string; latitude: number; longitude: number; count: number }[];
  readonly size: number;
  /** Goes up with every change, so that what was made of an answer can be kept until the next. */
  readonly version: number;
  /** The ids of what was changed after that version; null where that is no longer known. */
  changedSince(version: number): string[] | null;
  /** Comes when nothing is being merged in the background. */
  settled(): Promise<void>;
}

/** Radii tried in turn where none was asked for, in miles (product.md). */
export const AUTOMATIC_RADII_MILES = [0.5, 1, 2, 3, 5, 10, 20] as const;
export const METRES_PER_MILE = 1609.344;

/**
 * The day so many months before another, both 'YYYY-MM-DD': what a value of the `checked` facet comes to as
 * `checked_since`. The 31st of a shorter month is its last day.
 */
export function monthsBefore(today: string, months: number): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}
