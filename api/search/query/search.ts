import { isServing, REACH_KINDS, type ReachKind } from '../../domain/reach.ts';
import { chordOfMetres, earthPoint } from '../geo/distance.ts';
import { type SearchCircle, searchCircle } from '../geo/search-circle.ts';
import { dayNumber } from '../packed/row.ts';
import type { SharedTables } from '../segment/segment-writer.ts';
import type { KnownWords } from '../text/plan.ts';
import {
  AUTOMATIC_RADII_MILES,
  type CountsByValue,
  type Facets,
  METRES_PER_MILE,
  type SearchAnswer,
  type SearchQuery,
} from '../types.ts';
import { elsewhereHits } from './elsewhere.ts';
import {
  type BestFit,
  bestFit,
  countVenuesWithWords,
  findInCircle,
  findWithoutPlace,
  type ServesWithin,
} from './find-matches.ts';
import type { OpenSegment } from './open-segment.ts';
import { closerMatch, pageOf, Sections } from './page.ts';
import type { PlanCache } from './plan-cache.ts';
import type { Order, PreparedQuery } from './prepared-query.ts';
import { relatedHits } from './related.ts';
import { SegmentQuery } from './segment-query.ts';
import { keptFirst, setAside, wordsLeft } from './set-aside.ts';
import { countVenues } from './within.ts';

/** An automatic radius must hold so many venues, or a larger one is tried: fewer leave people without a choice. */
const ENOUGH_VENUES = 10;
/** So many of them must fit about as well as the best, or what matches best would be hidden by what only shares a word. */
const ENOUGH_MATCHES = 3;
const AUTOMATIC_RADII_M = AUTOMATIC_RADII_MILES.map((miles) => miles * METRES_PER_MILE);
/** What fits the words so much worse than the best within the widest automatic circle only shares a word with them. */
const LINE_TIMES_WORSE = 4;
/** What fits so much worse than the best does not fit about as well. */
const NEAR_TIMES_WORSE = 3;
/** What fits so much worse is dropped. What a listing means alone makes a factor of eight (meaning/agreement.ts). */
const TIMES_WORSE = 100;

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
 * Counts what queries find in the segments of an index: a total for each reach by its number, how many of these match
 * the words (all where there are none), and the facets of the listings whose reach is asked for.
 * @param queries one for each segment. Counting notes venues in them, and marks the matches of words that fail the
 *   filters.
 */
export type CountHits = (
  queries: readonly SegmentQuery[],
  circle: SearchCircle | null,
) => { byReach: Int32Array; matched: Int32Array; facets: CountsByValue & { readonly facets: Facets } };

/**
 * Answers a query (types.ts) from the segments. Where nothing matches, what matches the words that are left, once those that
 * counted for nothing are set aside, says so.
 */
export function search(searched: SearchedIndex, query: SearchQuery): SearchAnswer {
  const answer = answerTo(searched, query);
  const left = wordsLeft(query, answer);
  if (left !== null) answer.hits = keptFirst(answerTo(searched, { ...query, q: left }).hits, answer.hits);
  return answer;
}

function answerTo(searched: SearchedIndex, query: SearchQuery): SearchAnswer {
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
    wishes: planCache.wishes(query.q, query.filters, query.today).map((wish) => planCache.filter(wish, shared.layout)),
    plan,
    countsReach: REACH_KINDS.map((kind) => isCounted(kind, query.reach)),
    order: orderOf(query, plan.hasWords),
    day: dayNumber(query.today),
  };
  if (plan.hasWords && plan.slots.length === 0 && plan.meaning === null)
    return assemble(searched, query, prepared, [], null);
  const queries = segments.map((segment) => new SegmentQuery(segment, prepared));
  const circle = plan.hasWords ? findWords(query, prepared, queries) : circleFor(query, prepared, queries);
  return assemble(searched, query, prepared, queries, circle);
}

const isCounted = (kind: ReachKind, asked: readonly ReachKind[]): boolean =>
  asked.includes(kind) && (kind !== 'unclear' || !asked.some(isServing));

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
 * words much worse than the best comes after it, or is dropped. The best is taken from a circle that does not depend on the one in force,
 * so that a wider circle only ever adds listings.
 */
function findWords(
  query: SearchQuery,
  { origin, plan }: PreparedQuery,
  queries: readonly SegmentQuery[],
): SearchCircle | null {
  const radii = radiiFor(query);
  const widest = origin && chordOfMetres(Math.max(AUTOMATIC_RADII_M.at(-1)!, radii.at(-1)!));
  for (const each of queries) each.matches!.begin(plan);
  const best = measureOf(queries, widest);
  // Where even the best has too little of what was typed, nothing is an answer to it.
  const line = best.isEnough ? best.fit / LINE_TIMES_WORSE : Number.POSITIVE_INFINITY;
  const near = best.isEnough ? best.fit / NEAR_TIMES_WORSE : line;
  for (const { matches } of queries) matches!.draw({ near, line, least: best.fit / TIMES_WORSE });
  if (origin === null) {
    for (const each of queries) findWithoutPlace(each, each.matches!);
    return null;
  }
  for (const [at, radius] of radii.entries()) {
    const circle = searchCircle(origin, radius);
    for (const each of queries) findInCircle(each, each.matches!, circle);
    if (at === radii.length - 1 || hasEnoughVenues(queries)) return circle;
  }
  return null;
}

/**
 * The best that all else is measured by: of what serves the place; of what may, where nothing that serves it is an answer,
 * so that it is found by its name and yet puts nothing else below the line.
 */
function measureOf(queries: readonly SegmentQuery[], widest: number | null): BestFit {
  const bestOf = (serves: ServesWithin): BestFit => {
    let best: BestFit = { fit: 0, isEnough: false };
    for (const each of queries) {
      const its = bestFit(each, each.matches!, widest, serves);
      if (its.fit > best.fit) best = its;
      else if (its.fit === best.fit) best.isEnough ||= its.isEnough;
    }
    return best;
  };
  const serving = bestOf((each, listing, chord) => each.serves(listing, chord));
  if (serving.isEnough) return serving;
  const unclear = bestOf((each, listing, chord) => each.mayServe(listing, chord));
  return unclear.isEnough || serving.fit === 0 ? unclear : serving;
}

/** Whether a circle holds a choice: as many venues as without words, of which some fit about as well as the best does. */
function hasEnoughVenues(queries: readonly SegmentQuery[]): boolean {
  let missing = { listed: ENOUGH_VENUES, matched: ENOUGH_MATCHES };
  for (const each of queries) {
    const { listed, matched } = countVenuesWithWords(each, each.matches!, missing);
    missing = { listed: missing.listed - listed, matched: missing.matched - matched };
  }
  return missing.listed <= 0 && missing.matched <= 0;
}

function assemble(
  searched: SearchedIndex,
  query: SearchQuery,
  prepared: PreparedQuery,
  queries: readonly SegmentQuery[],
  circle: SearchCircle | null,
): SearchAnswer {
  const { plan } = prepared;
  const { byReach, matched, facets: counts } = searched.count(queries, circle);
  const listed = REACH_KINDS.flatMap((kind, reach) => (query.reach.includes(kind) ? [reach] : []));
  const total = listed.reduce((sum, reach) => sum + byReach[reach]!, 0);
  const counted = { prepared, queries, circle, byReach, matched, listed };
  const sections = new Sections(counted);
  const page = pageOf(query, sections);
  const isFirst = query.page === 1 && prepared.order === 'relevance';
  const aside = setAside(prepared, queries, isFirst ? page.hits : []);
  return {
    radius_m: query.place ? (circle?.radius_m ?? query.radius_m ?? AUTOMATIC_RADII_M.at(-1)!) : null,
    radius_auto: query.place !== null && query.radius_m === null,
    totals: totalsOf(byReach),
    matched: totalsOf(matched),
    best: page.best,
    hits: page.hits,
    closer: closerMatch(sections),
    elsewhere:
      query.page === 1
        ? elsewhereHits(
            counted,
            query.q,
            REACH_KINDS.some((kind, at) => isServing(kind) && matched[at]! > 0),
          )
        : [],
    related: query.page === 1 ? relatedHits(counted) : [],
    get facets() {
      return counts.facets;
    },
    counts,
    searched_for: plan.searchedFor,
    did_you_mean: plan.didYouMean,
    missing: plan.missing,
    set_aside: aside.words,
    kept: aside.words.length > 0 ? aside.kept : plan.missing.length > 0 ? plan.searchedFor : null,
    page: query.page,
    per_page: query.per_page,
    total,
  };
}

const totalsOf = (byReach: Int32Array): SearchAnswer['totals'] =>
  Object.fromEntries(REACH_KINDS.map((kind, reach) => [kind, byReach[reach]!])) as SearchAnswer['totals'];
