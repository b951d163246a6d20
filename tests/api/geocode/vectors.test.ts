import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Geocoding } from '#api/domain/place.ts';
import { postcodeNumber } from '#api/domain/postcode-number.ts';
import { createGeocoder, type Geocoder } from '#api/geocode/geocoder.ts';
import { geography } from '#api/geocode/geography.ts';
import { importPostcodes } from '#api/geocode/import/import.ts';
import { metresBetween } from '#api/geocode/metres.ts';
import { closeStore, type Db, openStore } from '#api/store/open.ts';
import { CODE_POINT, codePointFiles, directoryCsv, directoryRow, writeFolder } from '../../fixtures/postcode-files.ts';
import { hasShared, SHARED, VECTORS, type Vector } from '../../fixtures/typed.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';

/** All of Great Britain where it lies beside the project, else a handful, so that the table covers E8 1. */
function sourceIn(folder: Folder): string {
  if (hasShared) return SHARED;
  const dense = Array.from(
    { length: 200 },
    (_, at) => `E8 1${'ABDEFGHJLN'[Math.floor(at / 20)]}${'ABDEFGHJLNPQRSTUWXYZ'[at % 20]}`,
  );
  const rows = dense
    .filter((code) => code !== 'E8 1EA')
    .map((code) => `"${code}",10,534900,184700,"E92000001","","","","E09000012","E05009372"`);
  const files = codePointFiles({ ...CODE_POINT, e: [...(CODE_POINT['e'] ?? []), ...rows] });
  const gone = directoryRow('AB1 0AA', { until: '199606', lat: '57.101474', long: '-2.242851' });
  return writeFolder(folder.file('editions'), { ...files, 'onspd.csv': directoryCsv([gone]) });
}

let folder: Folder;
let db: Db;
let exact: Geocoder;
let empty: Db;
let rough: Geocoder;

beforeAll(async () => {
  folder = temporaryFolder();
  db = openStore(join(folder.path, 'signpost.sqlite'));
  await importPostcodes(db, sourceIn(folder));
  empty = openStore(':memory:');
  exact = createGeocoder({ db, postcodesIoUrl: null, towns: () => [] });
  rough = createGeocoder({ db: empty, postcodesIoUrl: null, towns: () => [] });
}, 180_000);
afterAll(() => {
  closeStore(db);
  closeStore(empty);
  folder.remove();
});

/** What each kind comes to with the table, and without it as far as can be known. */
const OUTCOMES: Record<string, [exact: Geocoding['outcome'], rough: Geocoding['outcome'][]]> = {
  live: ['found', ['approximate']],
  'live-after-repair': ['confirm', ['confirm']],
  'live-no-coordinates': ['no_point', ['no_point']],
  // Without the table only a sector that is gone as a whole is known to be.
  terminated: ['terminated', ['terminated', 'approximate']],
  unknown: ['unknown', ['unknown', 'approximate']],
  'crown-dependency': ['outside_coverage', ['outside_coverage']],
  'northern-ireland': ['outside_coverage', ['outside_coverage']],
  'non-geographic': ['no_point', ['no_point']],
  bfpo: ['no_point', ['no_point']],
  pseudo: ['no_fixed_abode', ['no_fixed_abode']],
  outcode: ['approximate', ['approximate']],
  sector: ['approximate', ['approximate']],
  'outcode-group': ['several', ['several']],
  area: ['several', ['several']],
  invalid: ['not_a_postcode', ['not_a_postcode']],
};

/** 'hackney' is no postcode, and it is a place. */
const expected = ({ input, kind }: Vector) =>
  input === 'hackney' ? (['approximate', ['approximate']] as const) : (OUTCOMES[kind] ?? (['?', ['?']] as const));

describe.each(VECTORS)('$input ($kind)', (vector) => {
  test('with the table', async () => {
    const answer = await exact.locate(vector.input);
    expect(answer.outcome).toBe(expected(vector)[0]);
    if (typeof vector.lat === 'number' && typeof vector.lng === 'number') {
      const place = 'place' in answer ? answer.place : null;
      const known = { latitude: vector.lat, longitude: vector.lng };
      expect(place && metresBetween(place, known)).toBeLessThan(4.1);
      expect(place?.districts.map(({ code }) => code)).toEqual([vector.district]);
      expect(place?.wards?.map(({ code }) => code)).toEqual([vector.ward]);
      expect(place).toMatchObject({ precision: 'postcode', spread_m: 0, label: vector.normalised?.slice(0, -2) });
    }
    if (vector.kind === 'live-after-repair') expect(answer).toMatchObject({ suggestion: vector.normalised });
    if (vector.terminated) expect(answer).toMatchObject({ since: vector.terminated });
    if (vector.outcodes && answer.outcome === 'several') {
      expect(answer.choices.map(({ label }) => label)).toEqual(vector.outcodes);
    }
    if (answer.outcome === 'not_a_postcode') expect(answer.empty).toBe(vector.input.trim() === '');
  });

  test('without the table', async () => {
    const answer = await rough.locate(vector.input);
    expect(expected(vector)[1]).toContain(answer.outcome);
    if (answer.outcome === 'approximate' && typeof vector.lat === 'number' && typeof vector.lng === 'number') {
      const { place, why } = answer;
      expect(why).toBe('table');
      expect(place.spread_m).toBeGreaterThan(0);
      expect(place.districts.map(({ code }) => code)).toContain(vector.district);
      // Nine tenths lie within the spread, and the rest not many times as far.
      expect(metresBetween(place, { latitude: vector.lat, longitude: vector.lng })).toBeLessThan(3 * place.spread_m);
    }
  });

  test('no answer holds a whole postcode, but for the suggestion that is to be confirmed', async () => {
    for (const geocoder of [exact, rough]) {
      const { suggestion: _, ...answer } = (await geocoder.locate(vector.input)) as Geocoding & { suggestion?: string };
      expect(JSON.stringify(answer)).not.toMatch(/[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?![a-z])/);
    }
  });

  test('a key brings its place back', async () => {
    for (const geocoder of [exact, rough]) {
      const answer = await geocoder.locate(vector.input);
      if ('key' in answer && answer.key) expect(geocoder.placeOf(answer.key)).toEqual(answer.place);
      for (const { key } of 'choices' in answer ? answer.choices : []) expect(geocoder.placeOf(key)).not.toBeNull();
    }
  });
});

test('a postcode that does not exist is unknown where the table knows its sector, with the sector offered', async () => {
  const code = hasShared ? 'E8 4ZZ' : 'E8 1ZZ';
  const sector = code.slice(0, -2);
  expect(await exact.locate(code)).toEqual({
    outcome: 'unknown',
    nearby: { label: sector, key: { kind: 'sector', code: sector } },
  });
  expect(await rough.locate(code)).toMatchObject({ outcome: 'approximate', why: 'table', place: { label: sector } });
});

test('a point without a district may lie in any of its sector', async () => {
  const answer = await exact.locate('B29 6XE');
  expect(answer).toMatchObject({ outcome: 'found', place: { label: 'B29 6', wards: null } });
  expect('place' in answer && answer.place?.districts.map(({ name }) => name)).toEqual(['Birmingham']);
});

test('the built-in sectors agree with the table', () => {
  const { sectors } = geography();
  const rows = db
    .prepare('SELECT number, latitude, longitude FROM postcode WHERE ended IS NULL AND latitude IS NOT NULL')
    .raw()
    .all() as [number, number, number][];
  const within = new Map<string, [inside: number, all: number]>();
  const first = Math.floor(postcodeNumber('E1 0AA') / 400);
  const last = Math.floor(postcodeNumber('E9 9ZZ') / 400);
  for (const [code, { middle }] of sectors) {
    const number = Math.floor(postcodeNumber(`${code}AA`) / 400);
    if (!middle || number < first || number > last) continue;
    const points = rows.filter(([each]) => Math.floor(each / 400) === number);
    const away = points.map(([, latitude, longitude]) =>
      metresBetween(middle, { latitude: latitude / 1e5, longitude: longitude / 1e5 }),
    );
    within.set(code, [away.filter((metres) => metres <= middle.spread_m + 15).length, away.length]);
  }
  const known = [...within.values()].filter(([, all]) => all > 0);
  expect(known.length).toBeGreaterThan(0);
  for (const [inside, all] of known) expect(inside / all).toBeGreaterThanOrEqual(hasShared ? 0.89 : 0.5);
});

test('precision is said, and how to better it', () => {
  expect(exact.precision()).toMatchObject({ table: 'postcodes', source: 'Code-Point Open 2025.4.0' });
  expect(exact.precision().improve === null).toBe(hasShared);
  expect(exact.precision().postcodes).toBe(hasShared ? 1_745_849 : 205);
  expect(rough.precision()).toMatchObject({ table: 'sectors', postcodes: 0 });
  expect(rough.precision().sectors).toBeGreaterThan(10_000);
  expect(rough.precision().improve).toContain('npm run postcodes');
});
