import { REACH_KINDS } from '../../domain/reach.ts';
import { NOT_SERVED, SERVED } from '../geo/area-sets.ts';
import { chordOfMetres, earthPoint, metresOfChord } from '../geo/distance.ts';
import { type SearchCircle, searchCircle } from '../geo/search-circle.ts';
import { AREAS } from '../packed/row.ts';
import type { SharedTables } from '../segment/segment-writer.ts';
import type { KnownWords } from '../text/plan.ts';
import {
  AUTOMATIC_RADII_MILES,
  type CountsByValue,
  type Facets,
  type Hit,
  METRES_PER_MILE,
  type SearchAnswer,
  type SearchQuery,
} from '../types.ts';
import { bestFit, countMatchingVenues, findInCircle, findWithoutPlace } from './find-matches.ts';
import type { OpenSegment } from './open-segment.ts';
import type { PlanCache } from './plan-cache.ts';
import { AREA, NOT_SERVING, type Order, type PreparedQuery, REMOTE, VENUE } from './prepared-query.ts';
import { compareRanked, firstListings, type RankedListing } from './ranking.ts';
import { SegmentQuery } from './segment-query.ts';
import { countVenues } from './within.ts';

/** An automatic radius must hold so many venues, or a larger one is tried: fewer leave people without a choice. */
const ENOUGH_VENUES = 10;
const AUTOMATIC_RADII_M = AUTOMATIC_RADII_MILES.map((miles) => miles * METRES_PER_MILE);
/** What fits the words so much worse than the best within the widest automatic circle is dropped. */
const TIMES_WORSE = 30;

/** The index that a query is asked of: its segments at this moment, and what they share. */
export interface SearchedIndex {
  segments: readonly OpenSegment[];
  shared: SharedTables;
  knownWords: KnownWords;
  /** What was worked out for earlier queries on the same version of the index. */
  planCache: PlanCache;
  count: CountHits;
}

/**
 * Counts what queries find in the segments of an index: a total for each reach by its number, and the facets of the
 * listings whose reach is asked for.
 * @param queries one for each segment. Counting notes venues in them, and marks the matches of words that fail the
 *   filters.
 */
export type CountHits = (
  queries: readonly SegmentQuery[],
  circle: SearchCircle | null,
) => { byReach: Int32Array; facets: CountsByValue & { readonly facets: Facets } };

/** Answers a query (types.ts) from the segments. */
export function search(searched: SearchedIndex, query: SearchQuery): SearchAnswer {
  const { segments, shared, knownWords, planCache } = searched;
  const { place } = query;
  const plan = planCache.plan(knownWords, query.q, sizeOf(segments));
  const prepared: PreparedQuery = {
    origin: place && {
      ...earthPoint(place.latitude, place.longitude),
      latitude: place.latitude,
      longitude: place.longitude,
    },
    serving: place ? shared.areas.serving(place) : shared.areas.everywhere(),
    filter: planCache.filter(query.filters, shared.layout),
    plan,
    wantsReach: REACH_KINDS.map((kind) => query.reach.includes(kind)),
    order: orderOf(query, plan.hasWords),
  };
  if (plan.hasWords && plan.slots.length === 0) return assemble(searched, query, prepared, [], null);
  const queries = segments.map((segment) => new SegmentQuery(segment, prepared));
  const circle = plan.hasWords ? findWords(query, prepared, queries) : circleFor(query, prepared, queries);
  return assemble(searched, query, prepared, queries, circle);
}

const sizeOf = (segments: readonly OpenSegment[]): number =>
  segments.reduce((sum, { size, deletedCount }) => sum + size - deletedCount, 0);

function orderOf(query: SearchQuery, hasWords: boolean): Order {
  const order = query.sort ?? 'relevance';
  if (order === 'relevance') return hasWords ? 'relevance' : query.place ? 'distance' : 'name';
  return order === 'distance' && !query.place ? 'name' : order;
}

/**
 * The radii to try, in metres: the one that was asked for, or the automatic ones. A radius smaller than the place
 * itself would leave out part of the place; the largest is tried in any case.
 */
function radiiFor({ place, radius_m }: SearchQuery): number[] {
  if (radius_m !== null) return [radius_m];
  const spread = place?.spread_m ?? 0;
  return AUTOMATIC_RADII_M.filter((radius, at) => at === AUTOMATIC_RADII_M.length - 1 || radius >= spread);
}

/** The circle asked for, or the smallest automatic one that holds enough venues, without words. */
function circleFor(
  query: SearchQuery,
  { origin }: PreparedQuery,
  queries: readonly SegmentQuery[],
): SearchCircle | null {
  if (origin === null) return null;
  const radii = radiiFor(query);
  for (const radius of radii.slice(0, -1)) {
    const circle = searchCircle(origin, radius);
    let venues = 0;
    for (const each of queries) venues += countVenues(each, circle, ENOUGH_VENUES - venues);
    if (venues >= ENOUGH_VENUES) return circle;
  }
  return searchCircle(origin, radii.at(-1)!);
}

/**
 * Finds what has the words, in the circle asked for or in the smallest automatic one with enough venues. What fits the
 * words much worse than the best is dropped. The best is taken from a circle that does not depend on the one in force,
 * so that a wider circle only ever adds listings.
 */
function findWords(
  query: SearchQuery,
  { origin, plan }: PreparedQuery,
  queries: readonly SegmentQuery[],
): SearchCircle | null {
  const radii = radiiFor(query);
  const widest = origin && chordOfMetres(Math.max(AUTOMATIC_RADII_M.at(-1)!, radii.at(-1)!));
  let best = 0;
  for (const each of queries) {
    each.matches!.begin(plan);
    best = Math.max(best, bestFit(each, each.matches!, widest));
  }
  for (const { matches } of queries) matches!.dropBelow(best / TIMES_WORSE);
  if (origin === null) {
    for (const each of queries) findWithoutPlace(each, each.matches!);
    return null;
  }
  for (const [at, radius] of radii.entries()) {
    const circle = searchCircle(origin, radius);
    for (const each of queries) findInCircle(each, each.matches!, circle);
    let venues = 0;
    if (at < radii.length - 1)
      for (const each of queries) venues += countMatchingVenues(each, each.matches!, ENOUGH_VENUES - venues);
    if (at === radii.length - 1 || venues >= ENOUGH_VENUES) return circle;
  }
  return null;
}

function assemble(
  searched: SearchedIndex,
  query: SearchQuery,
  prepared: PreparedQuery,
  queries: readonly SegmentQuery[],
  circle: SearchCircle | null,
): SearchAnswer {
  const { byReach, facets: counts } = searched.count(queries, circle);
  const listed = REACH_KINDS.map((_, reach) => reach).filter((reach) => prepared.wantsReach[reach]);
  const total = listed.reduce((sum, reach) => sum + byReach[reach]!, 0);
  return {
    radius_m: query.place ? (circle?.radius_m ?? query.radius_m ?? AUTOMATIC_RADII_M.at(-1)!) : null,
    radius_auto: query.place !== null && query.radius_m === null,
    totals: {
      venue: byReach[VENUE]!,
      area: byReach[AREA]!,
      remote: byReach[REMOTE]!,
      not_serving: byReach[NOT_SERVING]!,
    },
    hits: pageOf(query, prepared, queries, circle, byReach, listed),
    get facets() {
      return counts.facets;
    },
    counts,
    searched_for: prepared.plan.searchedFor,
    page: query.page,
    per_page: query.per_page,
    total,
  };
}

/** The hits of a page: the kinds of reach one after the other, and of each no more than the page needs. */
function pageOf(
  query: SearchQuery,
  prepared: PreparedQuery,
  queries: readonly SegmentQuery[],
  circle: SearchCircle | null,
  byReach: Int32Array,
  listed: readonly number[],
): Hit[] {
  const hits: Hit[] = [];
  let from = (query.page - 1) * query.per_page;
  let wanted = query.per_page;
  for (const reach of listed) {
    const inSection = byReach[reach]!;
    if (query.each !== undefined) {
      from = 0;
      wanted = query.each;
    } else if (from >= inSection) {
      from -= inSection;
      continue;
    }
    if (wanted <= 0) break;
    const upTo = Math.min(inSection, from + wanted);
    const heads = queries.map((each) => firstListings(each, reach, circle, upTo, inSection));
    const found = heads.length === 1 ? heads[0]! : heads.flat().sort(compareRanked(prepared, reach));
    for (const each of found.slice(from, upTo)) hits.push(hitOf(prepared, reach, each));
    wanted -= upTo - from;
    from = 0;
  }
  return hits;
}

function hitOf(prepared: PreparedQuery, reach: number, { query: segmentQuery, listing }: RankedListing): Hit {
  const { segment } = segmentQuery;
  const set = segment.rows[listing * segment.width + AREAS]!;
  const kind = REACH_KINDS[reach]!;
  const answer = prepared.serving.answers[set] ?? NOT_SERVED;
  const measured = prepared.origin !== null && (kind === 'venue' || reach === NOT_SERVING);
  const point = measured ? segmentQuery.nearestPoint(listing) : segmentQuery.mainPoint(listing);
  return {
    id: segment.ids.at(listing),
    reach: kind,
    certain: answer === SERVED || kind === 'not_serving',
    area: answer === NOT_SERVED ? null : (prepared.serving.areaOf(set)?.name ?? null),
    distance_m: measured ? Math.round(metresOfChord(segmentQuery.chordTo(point))) : null,
    location_id: (measured || prepared.origin === null) && point >= 0 ? segment.locationIds.at(point) : null,
  };
}
