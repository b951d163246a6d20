import {
  AUTOMATIC_RADII_MILES,
  type Filters,
  type Hit,
  METRES_PER_MILE,
  type SearchAnswer,
  type SearchIndex,
  type SearchQuery,
} from '../types.ts';

/** A change to a search that found nothing, and what it would find. */
export type WayOut =
  | { kind: 'drop_filter'; filter: keyof Filters | 'q'; total: number }
  | { kind: 'widen'; radius_miles: number; total: number }
  /** The nearest venue of all, which lies outside the circle. */
  | { kind: 'nearest'; hit: Hit };

/** The widest radius that may be asked for, miles: the API takes no larger one. */
const WIDEST_MILES = 50;
const RADII_MILES = [...AUTOMATIC_RADII_MILES, WIDEST_MILES];
/** Metres: more than between any two points of the United Kingdom. */
const ANYWHERE_M = 1_500_000;
/** More choices would only confuse. */
const MOST = 5;

/** Whether a filter asks for anything; an empty list does not. */
const isOn = (value: Filters[keyof Filters]): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined;

/**
 * The ways out of an empty answer, best first: a wider circle or the nearest venue, then one filter fewer, last without
 * the words. Each has been tried, so that its total is what the person will see. Takes at most fifteen searches.
 * @returns an empty list where there is none, or where something matched
 */
export function waysOut(index: SearchIndex, query: SearchQuery, answer: SearchAnswer): WayOut[] {
  if (matchesOf(query, answer) > 0 || query.reach.length === 0) return [];
  const first: SearchQuery = { ...query, page: 1, per_page: 1 };
  const total = (changed: Partial<SearchQuery>) => matchesOf(query, index.search({ ...first, ...changed }));

  const drops: WayOut[] = [];
  for (const filter of Object.keys(query.filters) as (keyof Filters)[]) {
    if (!isOn(query.filters[filter])) continue;
    const { [filter]: _, ...filters } = query.filters;
    const count = total({ filters });
    if (count > 0) drops.push({ kind: 'drop_filter', filter, total: count });
  }
  if (query.q.trim() !== '') {
    const count = total({ q: '' });
    // The words say what somebody came for, so they are given up last.
    if (count > 0) drops.push({ kind: 'drop_filter', filter: 'q', total: count });
  }

  const widen: WayOut[] = [];
  const radius = answer.radius_m;
  if (query.place && radius !== null) {
    for (const miles of RADII_MILES) {
      if (miles * METRES_PER_MILE <= radius) continue;
      const count = total({ radius_m: miles * METRES_PER_MILE });
      if (count === 0) continue;
      widen.push({ kind: 'widen', radius_miles: miles, total: count });
      break;
    }
    if (query.reach.includes('venue')) {
      const [hit] = index.search({ ...first, reach: ['venue'], radius_m: ANYWHERE_M, sort: 'distance' }).hits;
      if (hit?.match === 'words') widen.push({ kind: 'nearest', hit });
    }
  }
  const words = drops.filter((way) => way.kind === 'drop_filter' && way.filter === 'q');
  const others = drops.filter((way) => !words.includes(way)).sort((a, b) => totalOf(b) - totalOf(a));
  return [...widen, ...others, ...words].slice(0, MOST);
}

/** How many of the kinds of reach asked for match. What only may serve the place is no answer, unless it alone is asked for. */
export const matchesOf = ({ reach }: SearchQuery, { matched }: SearchAnswer): number =>
  reach.filter((kind) => kind !== 'unclear' || reach.length === 1).reduce((sum, kind) => sum + matched[kind], 0);

const totalOf = (way: WayOut): number => (way.kind === 'nearest' ? 1 : way.total);
