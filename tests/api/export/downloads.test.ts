import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory } from '../../../api/directory/directory.ts';
import { Service } from '../../../api/domain/service.ts';
import { readCsv } from '../../../api/import/csv/csv.ts';
import { planImport } from '../../../api/import/plan.ts';
import { findListing } from '../../../api/store/listings.ts';
import { readSeed } from '../../../api/store/seed.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';

/** The directory, and what a search finds, to take away: for a spreadsheet, and for a map. */

let world: World;
beforeEach(() => {
  world = createWorld();
});

type Row = Record<string, string>;
async function csv({ api }: World, path: string): Promise<{ response: Response; bytes: Uint8Array; rows: Row[] }> {
  const response = await api.request(path);
  expect([path, response.status]).toEqual([path, 200]);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const rows = parse(Buffer.from(bytes), { columns: true, bom: true, relax_column_count: false }) as Row[];
  return { response, bytes, rows };
}
const geojson = async ({ api }: World, path: string) => {
  const response = await api.request(path);
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('content-type')).toBe('application/geo+json');
  // biome-ignore lint/suspicious/noExplicitAny: an answer is checked by the test that asked.
  return (await response.json()) as any;
};

const HIDDEN = /Hidden House|Secret Lane|E8 2ZZ|51\.5471|0\.0712|green door/;

describe('the whole directory', () => {
  test('one row a listing, with its columns in words', async () => {
    const { response, bytes, rows } = await csv(world, '/api/v1/services.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="directory.csv"');
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(rows.map(({ id }) => id)).toEqual(
      [IDS.class, IDS.befriending, IDS.course, IDS.refugeService, IDS.elsewhere, IDS.full].sort(),
    );
    expect(rows.find(({ id }) => id === IDS.class)).toMatchObject({
      name: 'Seated exercise',
      organisation: 'Homerton Moves',
      page: `http://localhost/services/${IDS.class}`,
      'last changed': '2026-11-20T09:00:00.000Z',
    });
    expect(Buffer.from(bytes).toString()).not.toMatch(HIDDEN);
  });

  test('a feature for each place, and one without a point for what has none', async () => {
    const { type, features } = await geojson(world, '/api/v1/services.geojson');
    expect(type).toBe('FeatureCollection');
    const of = (id: string) =>
      features.filter(({ properties }: { properties: { service_id: string } }) => properties.service_id === id);
    expect(of(IDS.class)).toHaveLength(2);
    expect(of(IDS.class)[1].geometry).toEqual({ type: 'Point', coordinates: [-0.06, 51.5425] });
    expect(of(IDS.befriending)).toMatchObject([{ geometry: null, properties: { areas: ['Hackney'] } }]);
    expect(of(IDS.refugeService)).toMatchObject([{ geometry: null, properties: { name: 'Women’s refuge' } }]);
    expect(of(IDS.draft)).toEqual([]);
    expect(JSON.stringify(features)).not.toMatch(HIDDEN);
    expect(new Set(features.map(({ id }: { id: string }) => id)).size).toBe(features.length);
  });

  test('what changed since a day alone, and 304 until something does', async () => {
    for (const path of ['/api/v1/services.csv', '/api/v1/services.geojson']) {
      const first = await world.api.request(path);
      await first.text();
      const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
      expect((await world.api.request(path, { headers })).status).toBe(304);
    }
    expect((await csv(world, '/api/v1/services.csv?modified_after=2026-11-20T09:00:00Z')).rows).toHaveLength(6);
    expect((await csv(world, '/api/v1/services.csv?modified_after=2026-11-20T09:00:01Z')).rows).toEqual([]);
    expect((await geojson(world, '/api/v1/services.geojson?modified_after=2027-01-01')).features).toEqual([]);
  });

  test('every listing of the sample directory comes back from the spreadsheet as it was', async () => {
    const sample = createWorld({}, readSeed(new Date(NOW)));
    const { bytes, rows } = await csv(sample, '/api/v1/services.csv');
    expect(rows).toHaveLength(sample.index.size);
    const { records } = await readCsv(bytes, { db: sample.db, source: 'a download', today: '2026-11-21' });
    const plan = planImport(createDirectory(sample.parts), records, { feed: null });
    expect(
      plan.items.filter(({ action }) => action !== 'unchanged').map(({ name, reasons }) => [name, reasons]),
    ).toEqual([]);
    expect(plan.counts.unchanged).toBe(rows.length);
  });
});

describe('formulas', () => {
  const DANGEROUS = ['=HYPERLINK("http://x")', '+44 20', '-2+3', '@SUM(1)', '＝1+1', '= 1', '=1,"2"\n=3'];

  test.each(DANGEROUS)('%s is text to a spreadsheet', async (name) => {
    createDirectory(world.parts).change((save) => {
      const listing = findListing(world.db, IDS.class);
      const service = Service.parse({
        ...listing?.service,
        name,
        summary: name,
        description: name,
        contact_title: name,
      });
      save({ services: [{ service, state: 'published' }] }, { action: 'edited', role: 'moderator' });
    });
    for (const path of ['/api/v1/services.csv', '/api/v1/search.csv']) {
      const row = (await csv(world, path)).rows.find(({ id }) => id === IDS.class) ?? {};
      expect(row['name']).toBe(`'${name}`);
      for (const [column, value] of Object.entries(row))
        expect([column, value]).toEqual([column, expect.not.stringMatching(/^[=+\-@\t\r＝]/)]);
    }
  });

  test('a number is a number, west of Greenwich too; nothing else is an exception', async () => {
    const { bytes, rows } = await csv(world, '/api/v1/services.csv');
    expect(Buffer.from(bytes).toString()).not.toMatch(/(^|,|\n)"?(?:[=+@]|-(?!\d+(?:\.\d+)?[,\r]))/);
    const longitudes = rows.map(({ longitude }) => longitude ?? '').filter(Boolean);
    expect(longitudes.some((longitude) => longitude.startsWith('-'))).toBe(true);
    // Those of several venues stand in one cell, which is text.
    for (const longitude of longitudes) expect(longitude).toMatch(/^-?\d+(\.\d+)?$|^'?\S+ \| /);
  });
});

describe('all that a search finds', () => {
  test('the same listings in the same order as its pages, with the distance', async () => {
    const { rows, response } = await csv(world, '/api/v1/search.csv?postcode=E8%201EA');
    const search = await (await world.api.request('/api/v1/search?postcode=E8%201EA&per_page=100')).json();
    expect(rows.map(({ id }) => id)).toEqual(search.results.map((it: { service: { id: string } }) => it.service.id));
    const first = search.results[0];
    expect(rows[0]?.['distance in miles']).toBe((first.distance_m / 1609.344).toFixed(1));
    expect(rows.find(({ id }) => id === IDS.befriending)?.['distance in miles']).toBe('');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const points = await geojson(world, '/api/v1/search.geojson?postcode=E8%201EA');
    const page = await geojson(world, '/api/v1/search?postcode=E8%201EA&per_page=100&format=geojson');
    expect(points).toEqual(page);
    expect(points.features.length).toBeGreaterThan(0);
  });

  test('from a sealed place, with filters; without a place there is no distance', async () => {
    const { place } = await (await world.api.request('/api/v1/search?postcode=E8%201EA')).json();
    const { rows } = await csv(world, `/api/v1/search.csv?near=${encodeURIComponent(place.near)}&kind=social`);
    expect(rows.map(({ id }) => id)).toEqual([IDS.befriending]);
    const all = await csv(world, '/api/v1/search.csv?kind=social');
    expect(Object.keys(all.rows[0] ?? {})).not.toContain('distance in miles');
    expect(all.rows.map(({ id }) => id).sort()).toEqual([IDS.befriending, IDS.elsewhere].sort());
  });

  test('more than fits on any page', async () => {
    const sample = createWorld({}, readSeed(new Date(NOW)));
    expect((await csv(sample, '/api/v1/search.csv')).rows).toHaveLength(sample.index.size);
    expect((await csv(sample, '/api/v1/search.csv?q=zzqqxx')).rows).toEqual([]);
  });

  test('nothing of what is confidential', async () => {
    for (const path of ['/api/v1/search.csv?postcode=E8%201EA', '/api/v1/search.geojson?postcode=E8%201EA'])
      expect(await (await world.api.request(path)).text()).not.toMatch(HIDDEN);
  });
});
