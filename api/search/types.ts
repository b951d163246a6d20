import type { Place } from '../domain/place.ts';
import type { ReachKind } from '../domain/reach.ts';
import type { Listing } from '../domain/service.ts';
import type { FacetName, FacetValue, ListFacet } from './facets.ts';

/**
 * The interface of the search engine. The engine knows nothing of HTTP or SQL, and its callers know nothing of how it
 * works.
 */

/**
 * Within one filter any value is enough, except for facets of which all chosen values must hold (facets.ts). All
 * filters must be met.
 */
export type Filters = {
  /**
   * A group of categories stands for all in it. The cost 'concession' asks for a reduced price, and a listing whose cost
   * is unknown matches none. One and the same session must fit `day`, `time` and `when`; morning begins before 12:00, afternoon
   * from 12:00, evening from 17:00, by the hour at which a session begins.
   */
  [Name in ListFacet]?: FacetValue<Name>[];
} & {
  /** It is sure to meet today, or within seven days from today on, and takes people then. */
  when?: FacetValue<'when'>;
  /** Years, both ends included; a listing fits if it takes anybody in that span. One age: both ends alike. */
  age?: { from: number; to: number };
  /** Checked on or after this day, 'YYYY-MM-DD'. */
  checked_since?: string;
};

export type Sort = 'relevance' | 'distance' | 'name' | 'checked';

export interface SearchQuery {
  /** Null: browse without a place. Everything is then listed by where it happens, without a distance. */
  place: Place | null;
  q: string;
  filters: Filters;
  /**
   * Which kinds of reach are listed. Totals count all of them in any case; facets those that are listed, but what is unclear only
   * where nothing that serves is asked for beside it.
   */
  reach: ReachKind[];
  /**
   * Metres. Null: the smallest automatic radius that reaches over the whole place and holds ten venues that fit the
   * filters.
   */
  radius_m: number | null;
  /** Null: by relevance with words, else by distance, else by name. */
  sort: Sort | null;
  /** From 1. */
  page: number;
  per_page: number;
  /** Instead of a page: so many hits of each reach, from the first on. */
  each?: number;
  /** Today in Europe/London, 'YYYY-MM-DD': how long ago something was checked, and when it meets, counts from it. */
  today: string;
  /**
   * Milliseconds since 1970: what is over by then is not to come today. Absent where nobody asks for that: then any moment of
   * the day will do.
   */
  now?: number;
}

export interface Hit {
  id: string;
  reach: ReachKind;
  /**
   * 'words': it matches what was typed, or nothing was typed. 'word_only': it only shares a word with that, and fits much
   * worse than the best. 'kept', on the first page by relevance where nothing matches: it matches the words that are left, once what
   * counted for nothing is set aside (`missing`, `set_aside`). 'related': it has none of the words, and means something alike.
   */
  match: 'words' | 'kept' | 'word_only' | 'related';
  /** False where only part of an approximate place is in the area served, and for `unclear`: 'may serve this address'. */
  certain: boolean;
  /** Whether it is not certain since the place is a postcode at the border of the area served. */
  on_border: boolean;
  /**
   * Which area made it serve the place, as people call it ('Hackney', 'the United Kingdom'); null where it is open to
   * all.
   */
  area: string | null;
  /**
   * Straight line to the nearest public location, whole metres, for `venue` and `not_serving`, and for what of `unclear` people
   * go to nearby; null without a place, and for what nobody travels to (a distance there would only mislead).
   */
  distance_m: number | null;
  /**
   * The location that `distance_m` is measured to. Without a place the main public location; null where there is none.
   */
  location_id: string | null;
}

/** Counts per value: how many listings a person would see with that value chosen beside the other filters. */
export type Facets = Record<FacetName, Record<string, number>>;
export type FacetAndValue = readonly [facet: FacetName, value: string];

/** Counts of facets, for a caller that wants them without a hundred names. */
export interface CountsByValue {
  /**
   * The counts of some values, in their order.
   * @param values always the same list: the engine remembers by it where the values lie
   */
  inOrder(values: readonly FacetAndValue[]): Int32Array;
  /** The counts of one facet, of the values that any listing has. */
  of(facet: FacetName): Record<string, number>;
}

export interface SearchAnswer {
  /** The radius in force, metres; null without a place. */
  radius_m: number | null;
  /** Whether the engine chose the radius. */
  radius_auto: boolean;
  totals: Record<ReachKind, number>;
  /** How many of them match the words; all where nothing was typed. */
  matched: Record<ReachKind, number>;
  /**
   * By relevance the best matches of all kinds of reach first, then what else matches, each kind of reach in its order, then
   * what only shares a word. In any other order the kinds of reach one after the other.
   */
  hits: Hit[];
  /** How many hits of this page are among the best matches, which come first, wherever they are. */
  best: number;
  /**
   * What has none of the words and means something alike, the most alike first, wherever it is; where little matches, and by
   * relevance alone. It is no match and counts as none.
   */
  related: Hit[];
  /**
   * What is for people elsewhere, and is called what was typed or, where nothing that serves the place matches, fits it best; the
   * best first. It counts as none.
   */
  elsewhere: Hit[];
  /** A venue outside the circle that fits the words much better than all that is listed; null where there is none. */
  closer: Hit | null;
  /** Made when it is first read. */
  facets: Facets;
  /** The same counts, for a caller that asks for the same values again and again. */
  counts: CountsByValue;
  /** What was searched for instead, where a word was misspelt; else null. */
  searched_for: string | null;
  /** What may be meant where a word is misspelt, and would lead into another field of life if it is not; else null. */
  did_you_mean: string | null;
  /** The typed words and phrases that no listing has, which counted for nothing. */
  missing: readonly string[];
  /**
   * The typed words and phrases that some listing has, and none of the first that are listed on the first page, by relevance: they
   * counted for nothing here.
   */
  set_aside: readonly string[];
  /** Where typed words counted for nothing: those that are left, for which the hits are there; null where none are. */
  kept: string | null;
  page: number;
  per_page: number;
  /** How many listings there are with a reach that was asked for, on all pages. */
  total: number;
}

export interface Suggestion {
  kind: 'service' | 'organization' | 'category' | 'need';
  /** Service or organization id, or category code; null for a need, which is looked for by its name. */
  id: string | null;
  label: string;
}

export interface SearchIndex {
  /** Never throws for any query that fits the type; costs a bounded amount of work. */
  search(query: SearchQuery): SearchAnswer;
  /**
   * How like some listings are to one by what they mean, from -1 to 1, in their order: 0 where that is not known, as without a table
   * of word vectors.
   */
  likeness(id: string, others: readonly string[]): number[];
  /** Needs, categories and names for what somebody has begun to type: needs first, then the rest, best first. */
  suggest(text: string, limit: number, isOffered?: (category: string) => boolean): Suggestion[];
  /**
   * Adds or replaces listings, and takes out those whose state the public does not see. The next search sees all of it.
   */
  put(listings: Iterable<Listing>): void;
  /**
   * The same for about a thousand listings, in slices; searches see them after the last slice.
   * @param since the version of the index when the first of them was read or written
   * @returns the ids of those that somebody else has changed in the meantime; these stay as they are
   */
  putBySlices(listings: readonly Listing[], since: number): Generator<void, string[]>;
  remove(ids: Iterable<string>): void;
  /** The towns (`address.city`) of public venues with their mean point, for the geocoder. */
  towns(): { name: string; latitude: number; longitude: number; count: number }[];
  readonly size: number;
  /**
   * Makes ready what searches of that day and hour need, so that none of them waits for it: the needs that typed words are
   * compared with, and what is still to come today. To be called about once a second.
   * @param now milliseconds since 1970
   */
  prepare(today: string, now: number): Generator<void>;
  /** Whether what words mean counts too; else words alone answer. */
  readonly knowsMeaning: boolean;
  /** Goes up with every change, so that a caller can keep what it made of an answer until the next. */
  readonly version: number;
  /** The ids of what was changed after that version; null where that is no longer known. */
  changedSince(version: number): string[] | null;
  /** Resolves when nothing is being merged in the background. */
  settled(): Promise<void>;
}

/**
 * The radii that are tried in turn where none was asked for, in miles: walking distance first, then a bus ride, then a
 * county. docs/ranking.md says when a radius is enough.
 */
export const AUTOMATIC_RADII_MILES = [0.5, 1, 2, 3, 5, 10, 20] as const;
export const METRES_PER_MILE = 1609.344;

/**
 * The day so many months before another, both 'YYYY-MM-DD': what a value of the `checked` facet means as
 * `checked_since`. Where the month is too short it is the month's last day.
 */
export function monthsBefore(today: string, months: number): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}
