import { createRoute, z } from '@hono/zod-openapi';
import { nationsOfPlace } from '../domain/nation-of-place.ts';
import type { Place } from '../domain/place.ts';
import { REACH_KINDS, type ReachKind } from '../domain/reach.ts';
import { type Origin, originNear, originOf } from '../http/origin.ts';
import { SEARCHABLE_OUTCOMES } from '../http/outcomes.ts';
import { PlaceView, placeView } from '../http/place-view.ts';
import { PROBLEM_RESPONSES } from '../http/problem.ts';
import { type ApiContext, orNull, resource } from '../http/resource.ts';
import { ResponseBody } from '../http/response-body.ts';
import { sendBytes } from '../http/send-bytes.ts';
import { UrgentView, urgentView } from '../http/urgent-view.ts';
import type { SearchedDays } from '../results/prepared-result.ts';
import { elsewhereReason } from '../results/reach-reason.ts';
import { Result, type ResultViews } from '../results/results.ts';
import { matchesOf, type WayOut as Way, waysOut } from '../search/query/ways-out.ts';
import { narrowedBy, readWishes } from '../search/query/wishes.ts';
import { type Hit, type SearchAnswer as Index, METRES_PER_MILE } from '../search/types.ts';
import { FacetsView, facetsView, writeFacets } from './facets.ts';
import { featureCollection, GeoJson } from './geojson.ts';
import { opened, SearchParameters, searchQuery, sortInForce, withSealed } from './search-query.ts';
import { viewsOf } from './views-of.ts';

const WayOut = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('drop_filter'), filter: z.string(), total: z.int() }),
    z.object({ kind: z.literal('widen'), radius_miles: z.number(), total: z.int() }),
    z.object({ kind: z.literal('nearest'), result: Result }),
  ])
  .openapi('WayOut');

const ByReach = z.object(
  Object.fromEntries(REACH_KINDS.map((kind) => [kind, z.int()])) as Record<ReachKind, ReturnType<typeof z.int>>,
);

const SearchAnswer = z
  .object({
    urgent: z.array(UrgentView).openapi({
      description:
        'Help for now, above everything else: there where the words, or the categories asked for, speak of danger. Empty otherwise.',
    }),
    outcome: z.enum(SEARCHABLE_OUTCOMES).nullable().openapi({ description: 'Null where no place was given.' }),
    place: orNull(PlaceView),
    suggestion: z
      .string()
      .nullable()
      .openapi({ description: 'The postcode that was probably meant, to be confirmed.' }),
    since: z.string().nullable().openapi({ description: 'When the postcode went out of use, YYYY-MM.' }),
    radius: z
      .object({ miles: z.number(), metres: z.number(), automatic: z.boolean() })
      .nullable()
      .openapi({ description: 'Null where no place was given.' }),
    totals: ByReach.openapi({
      description: 'How many there are of each reach. Those that serve the place are `venue`, `area` and `remote`.',
    }),
    matches: ByReach.openapi({ description: 'How many of them match what was typed; all where nothing was typed.' }),
    best: z.int().openapi({
      description: 'So many results of this page are the best matches, which come first whatever their reach.',
    }),
    closer_match: orNull(Result).openapi({
      description: 'What is outside the radius and matches much better than everything inside; else null.',
    }),
    related: z.array(Result).openapi({
      description:
        'Where little matches: at most five that have none of the words and mean something alike. They count nowhere.',
    }),
    elsewhere: z.array(Result).openapi({
      description:
        'What is for people elsewhere: where it is called what was typed, or nothing that serves the place matches; at most three. They count nowhere.',
    }),
    results: z.array(Result),
    facets: FacetsView,
    searched_for: z.string().nullable().openapi({ description: 'What was searched for instead of a misspelt word.' }),
    did_you_mean: z.string().nullable().openapi({
      description:
        'What may be meant by a misspelt word that is nearer to a word of English that no listing has: ask before searching for it.',
    }),
    missing: z
      .array(z.string())
      .openapi({ description: 'The typed words and phrases that no listing has, which counted for nothing.' }),
    set_aside: z.array(z.string()).openapi({
      description:
        'The typed words and phrases that listings have elsewhere, and none of the first ten here: they counted for nothing.',
    }),
    kept: z.string().nullable().openapi({
      description:
        'Where words counted for nothing (`missing`, `set_aside`): those that are left, for which the results are there.',
    }),
    narrow_by: z.array(z.object({ filter: z.string(), value: z.string(), label: z.string(), total: z.int() })).openapi({
      description:
        'Filters that the words say (‘Tuesday mornings’, ‘step-free’, ‘in Turkish’) and that are not in force, each with how many listings it leaves.',
    }),
    page: z.object({ number: z.int(), per_page: z.int(), total: z.int(), pages: z.int() }),
    sort: z.enum(['relevance', 'distance', 'name', 'checked']),
    ways_out: z.array(WayOut).openapi({ description: 'Where nothing matches: what would find something, best first.' }),
  })
  .openapi('SearchAnswer');
type SearchAnswer = z.infer<typeof SearchAnswer>;

/** Declared for the documentation, and kept from the types, so that a typed client gets the one form that it asks for. */
const AS_GEOJSON: object = { 'application/geo+json': { schema: GeoJson } };

const route = createRoute({
  method: 'get',
  path: '/search',
  summary: 'What is near a place or serves it',
  description:
    'From one of `postcode`, `near`, or `lat` with `lng`; without any, the whole directory. A parameter with several values is repeated or takes commas. Every listing comes once, with the nearest of its locations and the reason why it is there.',
  tags: ['Search'],
  request: { query: SearchParameters },
  responses: {
    200: {
      description: 'Results, or none with ways out.',
      content: { 'application/json': { schema: SearchAnswer }, ...AS_GEOJSON },
    },
    ...PROBLEM_RESPONSES,
  },
});

const AS_JSON = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const AS_GEOJSON_NOW = { 'content-type': 'application/geo+json', 'cache-control': 'no-store' };

/** Of an ordinary answer of twenty results. */
const EXPECTED_BYTES = 56 * 1024;

/** Where a search is from, and for what: as it was asked, with its sealed parts opened. */
type Asked = Parameters<typeof searchQuery>[0];

/** A search that has been carried out. */
interface Found {
  answer: Index;
  place: Place | null;
  moment: Date;
  days: SearchedDays;
  /** All of the answer but what is nearly all of it. */
  around: Omit<SearchAnswer, 'results' | 'facets'>;
}

function carryOut(parts: ApiContext, views: ResultViews, given: Asked, origin: Origin | null): Found {
  const moment = parts.now();
  const place = origin?.place ?? null;
  const query = searchQuery(given, place, moment);
  const answer = parts.index.search(query);
  const urgent = parts.urgent.for(query.q, query.filters.category ?? [], nationsOfPlace(query.place));
  // What somebody in danger typed is not even counted.
  if (urgent.length === 0) parts.unmet?.note(query, answer, origin?.key ?? null);
  const days = query.filters.day ?? [];
  const around = {
    urgent: urgentView(urgent),
    ...whereFrom(origin, parts),
    radius: radiusOf(answer),
    totals: answer.totals,
    matches: answer.matched,
    best: answer.best,
    closer_match: answer.closer ? (views.of([answer.closer], place, moment, days)[0] ?? null) : null,
    related: views.of(answer.related, place, moment, days),
    elsewhere: views.of(answer.elsewhere, place, moment, days, elsewhereReason),
    searched_for: answer.searched_for,
    did_you_mean: answer.did_you_mean,
    missing: [...answer.missing],
    set_aside: [...answer.set_aside],
    kept: answer.kept,
    narrow_by: narrowedBy(readWishes(query.q, query.today), answer).filter(({ filter }) => given[filter] === undefined),
    page: {
      number: answer.page,
      per_page: answer.per_page,
      total: answer.total,
      pages: Math.ceil(answer.total / answer.per_page),
    },
    sort: sortInForce(query),
    ways_out:
      matchesOf(query, answer) === 0
        ? waysOut(parts.index, query, answer).flatMap((way) =>
            wayView(way, (hit) => views.of([hit], place, moment, days)),
          )
        : [],
  };
  return { answer, place, moment, days, around };
}

/** GET /search */
export const search = (parts: ApiContext) => {
  const views = viewsOf(parts);
  return resource(Object.keys(SearchParameters.shape)).openapi(route, async (c) => {
    const given = opened(c, parts, c.req.valid('query'));
    if (given instanceof Response) return given;
    const origin = await originOf(c, parts, given);
    if (origin instanceof Response) return origin;
    const { answer, place, moment, days, around } = carryOut(parts, views, given, origin);
    if (given.format === 'geojson')
      return c.json(featureCollection(views.of(answer.hits, place, moment, days)), 200, AS_GEOJSON_NOW) as never;
    // Facets and results are nearly all of the answer: making them anew as objects costs more than the search.
    const body = new ResponseBody(EXPECTED_BYTES);
    body.text(`${JSON.stringify(around).slice(0, -1)},"facets":`);
    writeFacets(body, answer.counts);
    body.text(',"results":');
    views.write(body, answer.hits, place, moment, days);
    body.text('}');
    return sendBytes(c, body.done(), { headers: AS_JSON }, () => body.sent()) as never;
  });
};

/**
 * What GET /search answers, for the pages of this process: as an object, without writing and reading it in between.
 * @returns null where it would be refused, or where the place is not a sealed one: then the API itself is to be asked
 */
export const searchInside = (parts: ApiContext) => {
  const views = viewsOf(parts);
  return (params: URLSearchParams): SearchAnswer | null => {
    const names = new Set(params.keys());
    const asked = Object.fromEntries([...names].map((name) => [name, oneOrAll(params.getAll(name))]));
    const read = SearchParameters.safeParse(asked);
    if (!read.success || OTHER_PLACES.some((name) => read.data[name] !== undefined)) return null;
    const given = withSealed(parts, read.data);
    const origin = given?.near === undefined ? null : originNear(given.near, parts);
    if (given === null || (given.near !== undefined && origin === null)) return null;
    const { answer, place, moment, days, around } = carryOut(parts, views, given, origin);
    return {
      ...around,
      facets: facetsView(answer.counts),
      results: views.of(answer.hits, place, moment, days),
    };
  };
};

/** The ways to name a place that pages do not use, and another form of the answer. */
const OTHER_PLACES = ['postcode', 'lat', 'lng', 'format'] as const;

/** As the framework hands them to a route. */
const oneOrAll = (values: string[]): string | string[] => (values.length === 1 ? (values[0] as string) : values);

const wayView = (way: Way, resultOf: (hit: Hit) => Result[]): z.infer<typeof WayOut>[] =>
  way.kind === 'nearest' ? resultOf(way.hit).map((result) => ({ kind: way.kind, result })) : [way];

const radiusOf = ({ radius_m, radius_auto }: Index) =>
  radius_m === null
    ? null
    : { miles: Math.round((radius_m / METRES_PER_MILE) * 1000) / 1000, metres: radius_m, automatic: radius_auto };

const whereFrom = (origin: Origin | null, parts: ApiContext) => ({
  outcome: origin?.outcome ?? null,
  place: origin ? placeView(origin.place, origin.key, parts, origin.near) : null,
  suggestion: origin?.suggestion ?? null,
  since: origin?.since ?? null,
});
