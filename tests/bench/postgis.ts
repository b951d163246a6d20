import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REACH_KINDS } from '../../api/domain/reach.ts';
import { ACCESS } from '../../api/domain/service.ts';
import type { FacetName } from '../../api/search/facets.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import type { SearchAnswer, SearchQuery } from '../../api/search/types.ts';
import { Random } from '../api/search/random.ts';
import { generateListings } from './directory.ts';
import type { Ground } from './ground.ts';
import { number, share, table } from './measure.ts';
import { type Codes, FACETS, loadPostgis } from './postgis-rows.ts';
import { startPostgres } from './postgres.ts';
import { makeQuery, type QueryKind } from './queries.ts';

/**
 * The same queries in PostgreSQL with PostGIS over the same listings: totals, facets and the first page in one round trip
 * over a local socket, as a statement prepared once for each combination of filters.
 */

const KINDS: readonly QueryKind[] = ['town', 'London', 'London + filters', 'town + word', 'London + word', 'mix'];
const QUERIES = 60;
/** Metres. */
const EDGE_M = 0.02;

interface Answer {
  totals: Record<string, number> | null;
  facets: Record<string, number> | null;
  access: number[];
  page: { id: string; way: number }[] | null;
}

/** A statement with its values. */
function statementOf(
  query: SearchQuery,
  radius: number,
  codes: Codes,
): { name: string; text: string; values: unknown[] } {
  const { place, filters, q } = query;
  if (!place) throw new Error('The bench searches from places.');
  const values: unknown[] = [];
  const value = (it: unknown, type: string) => `$${values.push(it)}::${type}`;
  const district = place.districts[0]?.code ?? '';
  const point = `ST_SetSRID(ST_MakePoint(${value(place.longitude, 'float8')}, ${value(place.latitude, 'float8')}), 4326)::geography`;
  const within = value(radius, 'float8');
  const keys = value(['uk', `nation ${district[0]}`, `district ${district}`], 'text[]');
  const mask = (filters.access ?? []).reduce((bits, feature) => bits | (1 << ACCESS.indexOf(feature)), 0);
  const needed = value(mask, 'integer');
  // What must hold in any case, and what counts for its own facet all the same.
  const musts: string[] = [];
  const any: { facet: number; fits: string }[] = [];
  for (const facet of FACETS) {
    if (facet === 'age' || facet === 'checked' || facet === 'access') continue;
    const chosen = filters[facet as keyof typeof filters] as string[] | undefined;
    if (!chosen) continue;
    const numbers = value(
      chosen.map((it) => codes.of(facet, it)),
      'integer[]',
    );
    if (facet === 'pain_friendly') musts.push(`l.codes @> ${numbers}`);
    else any.push({ facet: FACETS.indexOf(facet), fits: `l.codes && ${numbers}` });
  }
  if (filters.age)
    any.push({
      facet: FACETS.indexOf('age'),
      fits: `(l.youngest <= ${value(filters.age.to, 'integer')} AND l.oldest >= ${value(filters.age.from, 'integer')})`,
    });
  const words = q === '' ? null : value(q.split(' ').join(' or '), 'text');
  if (words) musts.push(`l.tsv @@ websearch_to_tsquery('english', ${words})`);
  const and = musts.map((must) => ` AND ${must}`).join('');
  const fails = any.map(({ fits }, at) => `CASE WHEN ${fits} THEN 0 ELSE ${1 << at} END`).join(' + ') || '0';
  const counted = ['fails = 0', ...any.map(({ facet }, at) => `(fails = ${1 << at} AND v / 4096 = ${facet})`)].join(
    ' OR ',
  );
  const rank = words ? `ts_rank(l.tsv, websearch_to_tsquery('english', ${words}))` : '0';
  const served = `(l.keys IS NULL OR l.keys && ${keys})`;
  const text = `
    WITH near AS MATERIALIZED (
      SELECT listing, min(ST_Distance(geog, ${point}, false)) AS d, bit_or(access) AS access FROM point
      WHERE ST_DWithin(geog, ${point}, ${within}, false) AND access & ${needed} = ${needed} GROUP BY listing),
    hit AS MATERIALIZED (
      SELECT l.id, l.codes, near.d, CASE WHEN l.fallback > 0 THEN l.access ELSE near.access END AS access, l.unconfirmed, ${rank} AS rank, ${fails} AS fails,
        CASE WHEN NOT ${served} THEN 3 WHEN l.in_person THEN 0 ELSE l.fallback END AS way
      FROM near JOIN listing l ON l.n = near.listing
      WHERE (NOT ${served} OR l.in_person OR l.fallback > 0)${and}
      UNION ALL
      SELECT l.id, l.codes, NULL, l.access, l.unconfirmed, ${rank}, ${fails}, l.fallback FROM listing l
      WHERE l.fallback > 0 AND ${served} AND l.access & ${needed} = ${needed}${and}
        AND NOT EXISTS (SELECT 1 FROM near WHERE near.listing = l.n)),
    listed AS (SELECT * FROM hit WHERE way < 3)
    SELECT
      (SELECT json_object_agg(way, n) FROM (SELECT way, count(*) AS n FROM hit WHERE fails = 0 GROUP BY way) AS t) AS totals,
      (SELECT json_object_agg(v, n) FROM (SELECT v, count(*) AS n FROM listed, unnest(codes) AS v WHERE ${counted} GROUP BY v) AS f) AS facets,
      (SELECT json_build_array(${ACCESS.map((_, at) => `count(*) FILTER (WHERE access & ${1 << at} <> 0)`).join(', ')}) FROM listed WHERE fails = 0) AS access,
      (SELECT json_agg(json_build_object('id', id, 'way', way)) FROM (
        SELECT id, way FROM listed WHERE fails = 0
        ORDER BY way, ${words ? 'rank DESC,' : ''} unconfirmed, d, id
        LIMIT ${query.per_page} OFFSET ${(query.page - 1) * query.per_page}) AS p) AS page`;
  // The shape decides the statement, so that each is prepared once.
  return {
    name: `s${any.length}${musts.length}${any.map(({ facet }) => facet).join('-')}${words ? 'w' : ''}${mask ? 'a' : ''}${query.page}`,
    text,
    values,
  };
}

/** Where the two answers differ, in words; empty where they agree. */
function differences(query: SearchQuery, ours: SearchAnswer, theirs: Answer, codes: Codes): string[] {
  const found: string[] = [];
  for (const [way, kind] of REACH_KINDS.entries())
    if (ours.totals[kind] !== (theirs.totals?.[way] ?? 0)) found.push(`total of ${kind}`);
  if (Object.keys(query.filters).length > 0) return found;
  const facets = new Map<FacetName, Record<string, number>>(FACETS.map((facet) => [facet, {}]));
  for (const [code, count] of Object.entries(theirs.facets ?? {})) {
    const known = codes.valueOf(Number(code));
    const facet = known && facets.get(known.facet);
    if (facet) facet[known.value] = count;
  }
  for (const [facet, counts] of facets)
    for (const value of new Set([...Object.keys(counts), ...Object.keys(ours.facets[facet])]))
      if ((counts[value] ?? 0) !== (ours.facets[facet][value] ?? 0)) found.push(`${facet} ${value}`);
  for (const [at, feature] of ACCESS.entries())
    if ((ours.facets.access[feature] ?? 0) !== theirs.access[at]) found.push(`access ${feature}`);
  const venues = ours.hits.filter(({ reach }) => reach === 'venue').map(({ id }) => id);
  const others = (theirs.page ?? []).filter(({ way }) => way === 0).map(({ id }) => id);
  if (venues.join() !== others.join()) found.push('venues of the first page');
  return found;
}

/** Compares both at one size; the lines of the report. */
export async function comparePostgis(size: number, ground: Ground): Promise<string[]> {
  const vocabulary = readVocabulary(
    readFileSync(join(import.meta.dirname, '../../data/vocabulary/synonyms.txt'), 'utf8'),
  );
  const random = new Random(123);
  const postgres = await startPostgres();
  try {
    const index = createSearchIndex(generateListings(ground, size), vocabulary);
    // Both have been at work before anything is timed.
    for (let n = 0; n < 1000; n++)
      for (const kind of ['mix', 'London'] as const) index.search(makeQuery(kind, random, ground));
    const codes = await loadPostgis(postgres, generateListings(ground, size), '2026-11-21');
    const rows: string[][] = [];
    let compared = 0;
    let edges = 0;
    const wrong: string[] = [];
    for (const kind of KINDS) {
      // Twice: what is timed is not the first of its kind for either.
      const queries = Array.from({ length: QUERIES * 2 }, () => makeQuery(kind, random, ground));
      const ours: number[] = [];
      const theirs: number[] = [];
      const hits = { ours: 0, theirs: 0 };
      const answers = queries.map((query, at) => {
        const start = performance.now();
        const answer = index.search(query);
        if (at >= QUERIES) ours.push((performance.now() - start) * 1000);
        return answer;
      });
      for (const [at, query] of queries.entries()) {
        const answer = answers[at] as SearchAnswer;
        // It is told the radius that Signpost has worked out.
        const statement = statementOf(query, answer.radius_m ?? 0, codes);
        const asked = performance.now();
        const { rows: found } = await postgres.client.query<Answer>(statement);
        const took = performance.now() - asked;
        const [other] = found;
        if (!other || at < QUERIES) continue;
        theirs.push(took * 1000);
        hits.ours += answer.total;
        hits.theirs += [0, 1, 2].reduce((sum, way) => sum + (other.totals?.[way] ?? 0), 0);
        if (query.q !== '') continue;
        compared++;
        const differing = differences(query, answer, other, codes);
        if (differing.length === 0) continue;
        // Signpost measures in whole centimetres, so what lies on the very edge of a circle may be on either side of it.
        const radius = answer.radius_m ?? 0;
        const nearby = [radius - EDGE_M, radius + EDGE_M].map(async (at) => {
          const { rows } = await postgres.client.query<Answer>(statementOf(query, at, codes));
          return rows[0] !== undefined && differences(query, answer, rows[0], codes).length === 0;
        });
        if ((await Promise.all(nearby)).includes(true)) edges++;
        else wrong.push(`${kind}: ${differing.slice(0, 4).join(', ')}`);
      }
      const [mine, other] = [share(ours, 0.5), share(theirs, 0.5)];
      rows.push([
        kind,
        number(hits.ours / QUERIES),
        number(hits.theirs / QUERIES),
        number(mine),
        number(other),
        number(other / mine),
        number(share(theirs, 0.99) / share(ours, 0.99)),
      ]);
    }
    const head = [`beside ${postgres.version}, µs`, 'hits', 'its hits', 'median', 'its median', 'times', 'p99, times'];
    return [
      `${table(head, rows)}\n`,
      `${compared} of these answers are without words and were compared: all totals, and without filters also every facet ` +
        `and the venues of the first page in their order${edges > 0 ? ` (${edges} with a listing within two centimetres of the edge of the circle, and equal with that much more or less)` : ''}. ${wrong.length === 0 ? 'All agree.' : `${wrong.length} differ: ${[...new Set(wrong)].slice(0, 5).join('; ')}.`} ` +
        'With words the two mean different things (it has stems alone; Signpost has synonyms, typing mistakes and weights), ' +
        'so only the numbers of hits stand beside each other. It is told the automatic radius, which Signpost works out.\n',
    ];
  } finally {
    await postgres.stop();
  }
}
