import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Listing, ServiceArea } from '../../api/domain/service.ts';
import { WEEKDAYS } from '../../api/domain/service.ts';
import { TAXONOMY } from '../../api/domain/taxonomy.ts';
import { AGE_GROUPS, CHECKED_MONTHS, type FacetName } from '../../api/search/facets.ts';
import { FALLBACKS, fallbackOf, isSearchable, publicPoints } from '../../api/search/packed/fallback.ts';
import { accessBits } from '../../api/search/packed/row.ts';
import { sessionBits, TIMES, timesOfDay, weekdays } from '../../api/search/packed/sessions.ts';
import { monthsBefore } from '../../api/search/types.ts';
import type { Postgres } from './postgres.ts';

/** The same listings as tables of PostGIS: one row a listing, one a point, values of facets as numbers in an array. */

export const FACETS: readonly FacetName[] = [
  'kind',
  'category',
  'cost',
  'day',
  'time',
  'language',
  'join',
  'age',
  'mode',
  'pain_friendly',
  'checked',
];
const group = new Map(TAXONOMY.flatMap(({ code, terms }) => terms.map((term) => [term.code, code] as const)));

/** Numbers of values: the facet in the upper bits, so that both are known from one number. */
export class Codes {
  readonly #numbers = new Map<string, number>();
  readonly values: { facet: FacetName; value: string }[] = [];

  of(facet: FacetName, value: string): number {
    const key = `${facet} ${value}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = FACETS.indexOf(facet) * 4096 + this.values.length;
      this.#numbers.set(key, number);
      this.values.push({ facet, value });
    }
    return number;
  }

  valueOf = (number: number) => this.values[number % 4096];
}

function codesOf({ service }: Listing, codes: Codes, today: string): number[] {
  const found = new Set<number>();
  const add = (facet: FacetName, value: string) => found.add(codes.of(facet, value));
  add('kind', service.kind);
  for (const code of service.taxonomy_terms) {
    add('category', code);
    const whole = group.get(code);
    if (whole) add('category', whole);
  }
  for (const { option, concession } of service.cost_options) {
    add('cost', option);
    if (concession) add('cost', 'concession');
  }
  const sessions = sessionBits(service.schedules);
  for (const [at, day] of WEEKDAYS.entries()) if ((weekdays(sessions) >> at) & 1) add('day', day);
  for (const [at, time] of TIMES.entries()) if ((timesOfDay(sessions) >> at) & 1) add('time', time);
  for (const language of service.languages) add('language', language);
  for (const join of service.join) add('join', join);
  const lowest = service.eligibility.minimum_age ?? 0;
  const highest = service.eligibility.maximum_age ?? 120;
  for (const [name, span] of Object.entries(AGE_GROUPS))
    if (lowest <= span.to && highest >= span.from) add('age', name);
  for (const mode of service.attending_types) add('mode', mode);
  for (const [practice, answer] of Object.entries(service.pain_friendly))
    if (answer === 'yes') add('pain_friendly', practice);
  for (const months of CHECKED_MONTHS)
    if (service.assured_date >= monthsBefore(today, months)) add('checked', `${months}m`);
  return [...found];
}

/** What would have to be true of a place, as words: the generated listings name districts, nations and the whole country. */
const keyOf = ({ type, code }: ServiceArea): string =>
  type === 'uk' ? 'uk' : type === 'nation' ? `nation ${code[0]}` : `district ${code}`;

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** Puts the listings in, with the indexes that an engineer would make. */
export async function loadPostgis(
  { client, folder }: Postgres,
  listings: Iterable<Listing>,
  today: string,
): Promise<Codes> {
  const codes = new Codes();
  await client.query(`
    CREATE TABLE listing (
      n integer PRIMARY KEY, id uuid NOT NULL, words text NOT NULL, unconfirmed boolean NOT NULL,
      in_person boolean NOT NULL, fallback smallint NOT NULL, keys text[], access integer NOT NULL,
      youngest smallint NOT NULL, oldest smallint NOT NULL, codes integer[] NOT NULL, tsv tsvector);
    CREATE TABLE point (listing integer NOT NULL, access integer NOT NULL, longitude float8, latitude float8, geog geography(Point));`);
  const listingFile = join(folder, 'listings.csv');
  const pointFile = join(folder, 'points.csv');
  const files = [listingFile, pointFile].map((file) => createWriteStream(file));
  const write = async (at: number, line: string) => {
    if (!files[at]?.write(`${line}\n`)) await once(files[at] as NodeJS.EventEmitter, 'drain');
  };
  let n = 0;
  for (const listing of listings) {
    if (!isSearchable(listing)) continue;
    const { service, organization, state } = listing;
    const points = publicPoints(listing);
    const { minimum_age: youngest = 0, maximum_age: oldest = 120 } = service.eligibility;
    const keys = service.service_areas.map(keyOf);
    const access = points.reduce((bits, point) => bits | accessBits(point), 0);
    await write(
      0,
      [
        n,
        service.id,
        quoted([service.name, organization.name, service.summary, service.description].join(' ')),
        state === 'unconfirmed',
        service.attending_types.includes('in_person'),
        FALLBACKS.indexOf(fallbackOf(listing)),
        keys.length === 0 ? '' : quoted(`{${keys.map((key) => `"${key}"`).join(',')}}`),
        access,
        youngest,
        oldest,
        quoted(`{${codesOf(listing, codes, today).join(',')}}`),
      ].join(','),
    );
    for (const point of points) await write(1, [n, accessBits(point), point.longitude, point.latitude].join(','));
    n++;
  }
  for (const file of files) {
    file.end();
    await once(file, 'close');
  }
  await client.query(`
    COPY listing (n, id, words, unconfirmed, in_person, fallback, keys, access, youngest, oldest, codes) FROM '${listingFile}' (FORMAT csv);
    COPY point (listing, access, longitude, latitude) FROM '${pointFile}' (FORMAT csv);
    UPDATE point SET geog = ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography;
    UPDATE listing SET tsv = to_tsvector('english', words);
    CREATE INDEX ON point USING gist (geog);
    CREATE INDEX ON listing USING gin (tsv);
    CREATE INDEX ON listing USING gin (codes);
    CREATE INDEX ON listing USING gin (keys) WHERE fallback > 0;
    CREATE INDEX ON listing (fallback) WHERE fallback > 0;`);
  await client.query('VACUUM FULL ANALYZE listing');
  await client.query('VACUUM FULL ANALYZE point');
  return codes;
}
