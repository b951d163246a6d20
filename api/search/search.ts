import { REACH_KINDS } from '../domain/reach.ts';
import { NOT_SERVED, SERVED } from './areas.ts';
import { type Circled, circledAround } from './around.ts';
import { type Ask, NOT_SERVING, type Order } from './ask.ts';
import { earthPoint, metresOfChord } from './distance.ts';
import type { Shared } from './draft.ts';
import type { Counter } from './facets.ts';
import { Filter } from './filters.ts';
import { compareFound, type Found, firstOf } from './ranking.ts';
import { AREAS } from './row.ts';
import type { Segment } from './segment.ts';
import { Survey } from './survey.ts';
import { Tally } from './tally.ts';
import { type Known, planText } from './text/plan.ts';
import { AUTOMATIC_RADII_MILES, type Hit, METRES_PER_MILE, type SearchAnswer, type SearchQuery } from './types.ts';

/** Venues that an automatic radius holds at least, where there are so many (product.md). */
const ENOUGH_VENUES = 10;
/** What fits the words so much worse than the best near the place is left out. */
const LEAST_SHARE = 1 / 50;

/** What a query is asked of: the segments as they are at this moment, and what they share. */
export interface Searched {
  segments: readonly Segment[];
  shared: Shared;
  known: Known;
  /** Used again for each query. */
  counter: Counter;
}

/** Answers a query (types.ts) from the segments. */
export function search(searched: Searched, query: SearchQuery): SearchAnswer {
  const { segments, shared, known } = searched;
  const { place } = query;
  const filter = new Filter(query.filters, shared.layout);
  const plan = planText(known, query.q, sizeOf(segments));
  const ask: Ask = {
    origin: place && {
      ...earthPoint(place.latitude, place.longitude),
      latitude: place.latitude,
      longitude: place.longitude,
    },
    serving: place ? shared.areas.serving(place) : shared.areas.everywhere(),
    filter,
    masks: filter.masks(),
    plan,
    asked: REACH_KINDS.map((kind) => query.reach.includes(kind)),
    order: orderOf(query, plan.hasWords),
  };
  if (plan.hasWords && plan.any.slots.length === 0) return assemble(searched, query, ask, [], null);
  const surveys = segments.map((segment) => new Survey(segment, ask));
  const around = ask.origin ? radiusFor(query, ask, surveys) : null;
  if (plan.hasWords) {
    const best = Math.max(...surveys.map((survey) => survey.findWords(around)));
    for (const survey of surveys) survey.keepFitting(best * LEAST_SHARE);
  }
  return assemble(searched, query, ask, surveys, around);
}

const sizeOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { size, deaths }) => sum + size - deaths, 0);

function orderOf(query: SearchQuery, hasWords: boolean): Order {
  const order = query.sort ?? 'relevance';
  if (order === 'relevance') return hasWords ? 'relevance' : query.place ? 'distance' : 'name';
  return order === 'distance' && !query.place ? 'name' : order;
}

/**
 * The circle asked for, or the smallest of the automatic ones that holds enough venues. One that is smaller than the place
 * itself would leave out what is in it.
 */
function radiusFor(query: SearchQuery, ask: Ask, surveys: readonly Survey[]): Circled | null {
  const { origin } = ask;
  if (origin === null) return null;
  if (query.radius_m !== null) return circledAround(origin, query.radius_m);
  let around: Circled | null = null;
  for (const miles of AUTOMATIC_RADII_MILES) {
    around = circledAround(origin, miles * METRES_PER_MILE);
    if (around.radius_m < (query.place?.spread_m ?? 0)) continue;
    let venues = 0;
    for (const survey of surveys) venues += survey.venues(around, ENOUGH_VENUES - venues);
    if (venues >= ENOUGH_VENUES) break;
  }
  return around;
}

function assemble(
  searched: Searched,
  query: SearchQuery,
  ask: Ask,
  surveys: readonly Survey[],
  around: Circled | null,
): SearchAnswer {
  const { counter } = searched;
  const tally = new Tally(counter);
  const { totals } = tally;
  for (const survey of surveys) tally.add(survey, around);
  const ways = REACH_KINDS.map((_, way) => way).filter((way) => ask.asked[way]);
  const total = ways.reduce((sum, way) => sum + totals[way]!, 0);
  return {
    radius_m: query.place ? (around?.radius_m ?? query.radius_m ?? widestRadius) : null,
    radius_auto: query.place !== null && query.radius_m === null,
    totals: { venue: totals[0]!, area: totals[1]!, remote: totals[2]!, not_serving: totals[3]! },
    hits: pageOf(query, ask, surveys, around, totals, ways),
    facets: counter.facets(),
    searched_for: ask.plan.searchedFor,
    page: query.page,
    per_page: query.per_page,
    total,
  };
}

const widestRadius = (AUTOMATIC_RADII_MILES.at(-1) ?? 0) * METRES_PER_MILE;

/** The hits of the page asked for: the sections one after the other, and of each no more than the page needs. */
function pageOf(
  query: SearchQuery,
  ask: Ask,
  surveys: readonly Survey[],
  around: Circled | null,
  totals: Int32Array,
  ways: readonly number[],
): Hit[] {
  const hits: Hit[] = [];
  let from = (query.page - 1) * query.per_page;
  let wanted = query.per_page;
  for (const way of ways) {
    const inSection = totals[way]!;
    if (from >= inSection) {
      from -= inSection;
      continue;
    }
    if (wanted <= 0) break;
    const upTo = Math.min(inSection, from + wanted);
    const heads = surveys.map((survey) => firstOf(survey, way, around, upTo, inSection));
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
  const { chord, point } = measured ? survey.nearest(listing) : { chord: 0, point: survey.mainPoint(listing) };
  return {
    id: segment.ids[listing]!,
    reach: kind,
    certain: answer === SERVED || kind === 'not_serving',
    area: answer === NOT_SERVED ? null : (ask.serving.areaOf(set)?.name ?? null),
    distance_m: measured ? Math.round(metresOfChord(chord)) : null,
    location_id: (measured || ask.origin === null) && point >= 0 ? segment.locationIds[point]! : null,
  };
}
