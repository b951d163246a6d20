import { REACH_KINDS } from '../../domain/reach.ts';
import { NOT_SERVED, SERVED } from '../geo/areas.ts';
import { type Circled, circledAround } from '../geo/around.ts';
import { chordOfMetres, earthPoint, metresOfChord } from '../geo/distance.ts';
import { AREAS } from '../packed/row.ts';
import type { Segment } from '../segment/segment.ts';
import type { Shared } from '../segment/segment-writer.ts';
import type { Known } from '../text/plan.ts';
import { AUTOMATIC_RADII_MILES, type Hit, METRES_PER_MILE, type SearchAnswer, type SearchQuery } from '../types.ts';
import { Tally } from './count.ts';
import type { Counter } from './facets.ts';
import type { Memories } from './plan-cache.ts';
import { type Ask, NOT_SERVING, type Order } from './prepared-query.ts';
import { compareFound, type Found, firstOf } from './ranking.ts';
import { Survey } from './segment-query.ts';
import type { Worded } from './text-matches.ts';
import { countVenues } from './within.ts';

/** Venues that an automatic radius holds at least, where there are so many (product.md). */
const ENOUGH_VENUES = 10;
const AUTOMATIC_RADII_M = AUTOMATIC_RADII_MILES.map((miles) => miles * METRES_PER_MILE);
/** What fits the words so much worse than the best within the widest automatic circle is left out. */
const TIMES_WORSE = 30;

/** What a query is asked of: the segments as they are at this moment, and what they share. */
export interface Searched {
  segments: readonly Segment[];
  shared: Shared;
  known: Known;
  /** What was worked out for earlier queries, brought up to date with the index. */
  memories: Memories;
  /** Used again for each query. */
  counter: Counter;
}

/** A segment under search: the query over it, and what has the words there where there are any. */
interface Searching {
  survey: Survey;
  worded: Worded | null;
}

/** Answers a query (types.ts) from the segments. */
export function search(searched: Searched, query: SearchQuery): SearchAnswer {
  const { segments, shared, known, memories } = searched;
  const { place } = query;
  const plan = memories.plan(known, query.q, sizeOf(segments));
  const ask: Ask = {
    origin: place && {
      ...earthPoint(place.latitude, place.longitude),
      latitude: place.latitude,
      longitude: place.longitude,
    },
    serving: place ? shared.areas.serving(place) : shared.areas.everywhere(),
    filter: memories.filter(query.filters, shared.layout),
    plan,
    asked: REACH_KINDS.map((kind) => query.reach.includes(kind)),
    order: orderOf(query, plan.hasWords),
  };
  if (plan.hasWords && plan.slots.length === 0) return assemble(searched, query, ask, [], null);
  const searching = segments.map((segment) => ({
    survey: new Survey(segment, ask),
    worded: plan.hasWords ? segment.worded : null,
  }));
  return assemble(
    searched,
    query,
    ask,
    searching,
    plan.hasWords ? findWords(query, ask, searching) : radiusFor(query, ask, searching),
  );
}

const sizeOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { size, deaths }) => sum + size - deaths, 0);

function orderOf(query: SearchQuery, hasWords: boolean): Order {
  const order = query.sort ?? 'relevance';
  if (order === 'relevance') return hasWords ? 'relevance' : query.place ? 'distance' : 'name';
  return order === 'distance' && !query.place ? 'name' : order;
}

/**
 * The radii to try, metres: the one asked for, or the automatic ones from the smallest on. One that is smaller than the
 * place itself would leave out what is in it; the largest is tried all the same.
 */
function radiiFor({ place, radius_m }: SearchQuery): number[] {
  if (radius_m !== null) return [radius_m];
  const spread = place?.spread_m ?? 0;
  return AUTOMATIC_RADII_M.filter((radius, at) => at === AUTOMATIC_RADII_M.length - 1 || radius >= spread);
}

/** The circle asked for, or the smallest automatic one that holds enough venues, without words. */
function radiusFor(query: SearchQuery, { origin }: Ask, searching: readonly Searching[]): Circled | null {
  if (origin === null) return null;
  const radii = radiiFor(query);
  for (const radius of radii.slice(0, -1)) {
    const around = circledAround(origin, radius);
    let venues = 0;
    for (const { survey } of searching) venues += countVenues(survey, around, ENOUGH_VENUES - venues);
    if (venues >= ENOUGH_VENUES) return around;
  }
  return circledAround(origin, radii.at(-1)!);
}

/**
 * Finds what has the words, in the circle asked for or the smallest automatic one in which enough venues are listed. What
 * fits the words much worse than the best is not listed; the best of a circle that does not depend on the one in force, so
 * that a wider circle only ever adds.
 */
function findWords(query: SearchQuery, { origin }: Ask, searching: readonly Searching[]): Circled | null {
  const radii = radiiFor(query);
  const widest = origin && chordOfMetres(Math.max(AUTOMATIC_RADII_M.at(-1)!, radii.at(-1)!));
  let best = 0;
  for (const { survey, worded } of searching) {
    worded!.begin(survey);
    best = Math.max(best, worded!.best(survey, widest));
  }
  for (const { worded } of searching) worded!.leaveOut(best / TIMES_WORSE);
  if (origin === null) {
    for (const { survey, worded } of searching) worded!.findEverywhere(survey);
    return null;
  }
  for (const [at, radius] of radii.entries()) {
    const around = circledAround(origin, radius);
    for (const { survey, worded } of searching) worded!.findNear(survey, around);
    let venues = 0;
    if (at < radii.length - 1)
      for (const { survey, worded } of searching) venues += worded!.venues(survey, ENOUGH_VENUES - venues);
    if (at === radii.length - 1 || venues >= ENOUGH_VENUES) return around;
  }
  return null;
}

function assemble(
  searched: Searched,
  query: SearchQuery,
  ask: Ask,
  searching: readonly Searching[],
  around: Circled | null,
): SearchAnswer {
  const { counter } = searched;
  const tally = new Tally(counter);
  const { totals } = tally;
  for (const { survey, worded } of searching) tally.add(survey, worded, around);
  const ways = REACH_KINDS.map((_, way) => way).filter((way) => ask.asked[way]);
  const total = ways.reduce((sum, way) => sum + totals[way]!, 0);
  const counts = counter.counts();
  return {
    radius_m: query.place ? (around?.radius_m ?? query.radius_m ?? AUTOMATIC_RADII_M.at(-1)!) : null,
    radius_auto: query.place !== null && query.radius_m === null,
    totals: { venue: totals[0]!, area: totals[1]!, remote: totals[2]!, not_serving: totals[3]! },
    hits: pageOf(query, ask, searching, around, totals, ways),
    get facets() {
      return counts.facets;
    },
    counts,
    searched_for: ask.plan.searchedFor,
    page: query.page,
    per_page: query.per_page,
    total,
  };
}

/** The hits of the page asked for: the sections one after the other, and of each no more than the page needs. */
function pageOf(
  query: SearchQuery,
  ask: Ask,
  searching: readonly Searching[],
  around: Circled | null,
  totals: Int32Array,
  ways: readonly number[],
): Hit[] {
  const hits: Hit[] = [];
  let from = (query.page - 1) * query.per_page;
  let wanted = query.per_page;
  for (const way of ways) {
    const inSection = totals[way]!;
    if (query.each !== undefined) {
      from = 0;
      wanted = query.each;
    } else if (from >= inSection) {
      from -= inSection;
      continue;
    }
    if (wanted <= 0) break;
    const upTo = Math.min(inSection, from + wanted);
    const heads = searching.map(({ survey, worded }) => firstOf(survey, worded, way, around, upTo, inSection));
    const found = heads.length === 1 ? heads[0]! : heads.flat().sort(compareFound(ask, way));
    for (const each of found.slice(from, upTo)) hits.push(hitOf(ask, way, each));
    wanted -= upTo - from;
    from = 0;
  }
  return hits;
}

function hitOf(ask: Ask, way: number, { survey, listing }: Found): Hit {
  const { segment } = survey;
  const set = segment.rows[listing * segment.width + AREAS]!;
  const kind = REACH_KINDS[way]!;
  const answer = ask.serving.answers[set] ?? NOT_SERVED;
  const measured = ask.origin !== null && (kind === 'venue' || way === NOT_SERVING);
  const point = measured ? survey.nearestPoint(listing) : survey.mainPoint(listing);
  return {
    id: segment.ids.at(listing),
    reach: kind,
    certain: answer === SERVED || kind === 'not_serving',
    area: answer === NOT_SERVED ? null : (ask.serving.areaOf(set)?.name ?? null),
    distance_m: measured ? Math.round(metresOfChord(survey.chordTo(point))) : null,
    location_id: (measured || ask.origin === null) && point >= 0 ? segment.locationIds.at(point) : null,
  };
}
