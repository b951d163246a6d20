import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Place } from '../domain/place.ts';
import type { Listing } from '../domain/service.ts';
import { csvFacts, csvHead, csvRow, type RowExtras } from '../export/csv.ts';
import { featuresOf, GEOJSON_HEAD, GEOJSON_TAIL } from '../export/geojson.ts';
import { originOf } from '../http/origin.ts';
import { BAD_REQUEST, PROBLEM_RESPONSES } from '../http/problem.ts';
import { type ApiContext, resource } from '../http/resource.ts';
import { siteAddress } from '../http/site-address.ts';
import { slicesByKey, slicesOf, textStream } from '../http/streams.ts';
import { type Freshness, freshnessOf, notModified } from '../openreferral/answer.ts';
import { keyedServices } from '../openreferral/lists.ts';
import { modifiedAfter } from '../openreferral/parameters.ts';
import { reachReason } from '../results/reach-reason.ts';
import type { Hit } from '../search/types.ts';
import { findListings } from '../store/listings.ts';
import { featureCollection } from './geojson.ts';
import { KeptRows, type RowFacts } from './kept-rows.ts';
import { opened, SearchParameters, searchQuery } from './search-query.ts';
import { viewsOf } from './views-of.ts';

/** Whole lists to download: the directory, or all that a search finds, as a spreadsheet or as points. */

const DirectoryParameters = z.strictObject({ modified_after: modifiedAfter });
const SearchAll = SearchParameters.omit({ page: true, per_page: true, each: true, format: true });

const CSV = 'text/csv; charset=utf-8';
const GEOJSON = 'application/geo+json';
const PRIVATE = { 'cache-control': 'no-store' };
/** Listings made into text at a time, which takes a few milliseconds. */
const SLICE = 25;

const COLUMNS_WORDS =
  'One row a listing, UTF-8, for any spreadsheet. The columns are those that the import takes; `before going` (what to know before relying on it, in words), `guessed` (which of them are our guess), `last changed` and `page` stand after them. A cell that a spreadsheet would take for a formula begins with an apostrophe.';
const FEATURES_WORDS =
  'RFC 7946. A feature for each place of a listing; what has no place that may be shown has one without a point.';

const text = { schema: z.string() };
const features = { schema: z.object({ type: z.literal('FeatureCollection'), features: z.array(z.looseObject({})) }) };

const directoryCsv = createRoute({
  method: 'get',
  path: '/services.csv',
  summary: 'The whole directory as a spreadsheet',
  description: COLUMNS_WORDS,
  tags: ['Listings'],
  request: { query: DirectoryParameters },
  responses: { 200: { description: 'CSV (RFC 4180).', content: { 'text/csv': text } }, ...BAD_REQUEST },
});
const directoryGeojson = createRoute({
  method: 'get',
  path: '/services.geojson',
  summary: 'The whole directory as points',
  description: FEATURES_WORDS,
  tags: ['Listings'],
  request: { query: DirectoryParameters },
  responses: { 200: { description: 'GeoJSON.', content: { [GEOJSON]: features } }, ...BAD_REQUEST },
});
const searchCsv = createRoute({
  method: 'get',
  path: '/search.csv',
  summary: 'All that a search finds, as a spreadsheet',
  description: `The parameters of /search, without pages. ${COLUMNS_WORDS} With a place also \`distance in miles\`, and how each listing stands to it (\`reach\`) and \`why\`.`,
  tags: ['Search'],
  request: { query: SearchAll },
  responses: { 200: { description: 'CSV (RFC 4180).', content: { 'text/csv': text } }, ...PROBLEM_RESPONSES },
});
const searchGeojson = createRoute({
  method: 'get',
  path: '/search.geojson',
  summary: 'All that a search finds and that is at a place, as points',
  description: 'The parameters of /search, without pages; the features of /search with `format=geojson`.',
  tags: ['Search'],
  request: { query: SearchAll },
  responses: { 200: { description: 'GeoJSON.', content: { [GEOJSON]: features } }, ...PROBLEM_RESPONSES },
});

/** GET /services.csv, /services.geojson, /search.csv, /search.geojson */
export function downloads(parts: ApiContext) {
  const { db, index, now } = parts;
  const views = viewsOf(parts);
  const kept = new KeptRows(db, index);

  const pageOf = (c: Context) => {
    const origin = siteAddress(parts.settings, new URL(c.req.url), c.req.raw.headers);
    return (id: string) => `${origin}/services/${id}`;
  };
  const everything = (modified_after: string | undefined): Iterable<Listing[]> => {
    const { read, keyOf } = keyedServices(parts, { modified_after });
    const ids = slicesByKey((after) => read(after === null ? { skip: 0 } : { after }, SLICE), keyOf);
    return mapped(ids, (slice) =>
      findListings(
        db,
        slice.map(({ id }) => id),
      ),
    );
  };
  const found = async (c: Context, asked: z.output<typeof SearchAll>) => {
    const given = opened(c, parts, asked);
    if (given instanceof Response) return given;
    const origin = await originOf(c, parts, given);
    if (origin instanceof Response) return origin;
    const everyHit = { ...given, each: undefined, page: 1, per_page: Math.max(1, index.size) };
    const query = searchQuery(everyHit, origin?.place ?? null, now());
    // What only shares a word with what was typed is for the page, where it stands under a heading that says so.
    const hits = index.search(query).hits.filter(({ match }) => match === 'words');
    return { place: origin?.place ?? null, hits, days: query.filters.day ?? [] };
  };

  return resource(Object.keys(SearchAll.shape))
    .openapi(directoryCsv, (c) => {
      const state = freshnessOf(c, parts);
      if (state.unchanged) return notModified(c, state) as never;
      const page = pageOf(c);
      const rows = mapped(everything(c.req.valid('query').modified_after), (listings) =>
        listings.map((listing) => csvRow(csvFacts(listing), { page: page(listing.service.id) })).join(''),
      );
      return download(c, state, 'directory.csv', CSV, around(csvHead(false), rows, '')) as never;
    })
    .openapi(directoryGeojson, (c) => {
      const state = freshnessOf(c, parts);
      if (state.unchanged) return notModified(c, state) as never;
      const page = pageOf(c);
      const slices = mapped(everything(c.req.valid('query').modified_after), (listings) =>
        listings.flatMap((listing) => featuresOf(listing, page(listing.service.id))),
      );
      return download(c, state, 'directory.geojson', GEOJSON, collection(slices)) as never;
    })
    .openapi(searchCsv, async (c) => {
      const answer = await found(c, c.req.valid('query'));
      if (answer instanceof Response) return answer as never;
      const { place, hits } = answer;
      const page = pageOf(c);
      const rows = mapped(slicesOf(hits, SLICE), (slice) => {
        const facts = kept.of(slice.map(({ id }) => id));
        return slice
          .map((hit) => {
            const known = facts.get(hit.id);
            return known ? csvRow(known, { page: page(hit.id), stands: standsTo(place, hit, known) }) : '';
          })
          .join('');
      });
      return download(c, HERE, 'search.csv', CSV, around(csvHead(place !== null), rows, '')) as never;
    })
    .openapi(searchGeojson, async (c) => {
      const answer = await found(c, c.req.valid('query'));
      if (answer instanceof Response) return answer as never;
      const { place, hits, days } = answer;
      const slices = mapped(
        slicesOf(hits, SLICE),
        (slice) => featureCollection(views.of(slice, place, now(), days)).features,
      );
      return download(c, HERE, 'search.geojson', GEOJSON, collection(slices)) as never;
    });
}

/** An answer that depends on a place belongs to nobody but the one who asked. */
const HERE: Freshness = { headers: PRIVATE, unchanged: false };

function standsTo(place: Place | null, hit: Hit, { words }: RowFacts): RowExtras['stands'] {
  if (place === null) return undefined;
  return { distance_m: hit.distance_m, reach: hit.reach, why: reachReason(hit, words, place) };
}

const download = (c: Context, { headers }: Freshness, name: string, type: string, pieces: Iterator<string>): Response =>
  c.body(textStream(pieces), 200, {
    ...headers,
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
  });

function* mapped<From, To>(slices: Iterable<From>, view: (slice: From) => To): Generator<To> {
  for (const slice of slices) yield view(slice);
}

function* around(head: string, pieces: Iterable<string>, tail: string): Generator<string> {
  yield head;
  for (const piece of pieces) if (piece !== '') yield piece;
  if (tail !== '') yield tail;
}

function* collection(slices: Iterable<readonly object[]>): Generator<string> {
  let first = true;
  const pieces = mapped(slices, (features) => {
    if (features.length === 0) return '';
    const piece = (first ? '' : ',\n') + features.map((it) => JSON.stringify(it)).join(',\n');
    first = false;
    return piece;
  });
  yield* around(GEOJSON_HEAD, pieces, GEOJSON_TAIL);
}
