import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { fromNationalGrid } from '../../../api/domain/osgb.ts';
import { postcodeNumber, postcodeOf } from '../../../api/domain/postcode-number.ts';
import { geography } from '../../../api/geocode/geography.ts';
import { drawingVersion } from '../../../api/map/drawing.ts';
import { TILE, worldX, worldY } from '../../../api/map/projection.ts';
import { tileAddress, tileRoutes } from '../../../api/map/routes.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { Random } from '../search/random.ts';
import { fill, makeCells, storeOf, type TestPostcode } from './postcodes.ts';

const CODE_POINT = join(import.meta.dirname, '../../../../shared/postcodes/codepo_gb.zip');
const HACKNEY: TestPostcode[] = [
  { postcode: 'E8 1EA', latitude: 51.5448, longitude: -0.0559, district: 'E09000012' },
  { postcode: 'E8 1EB', latitude: 51.5452, longitude: -0.0555, district: 'E09000012' },
];
const TILE_OF_E8 = '/tiles/13/4094/2722.svg';

function routesOver(postcodes: readonly TestPostcode[]) {
  const db = storeOf(postcodes);
  makeCells(db);
  return { db, tiles: tileRoutes(db, geography()) };
}

test('a tile is an SVG that a browser keeps for a day and may ask about again', async () => {
  const { tiles } = routesOver(HACKNEY);
  const response = await tiles.request(TILE_OF_E8);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=86400');
  const text = await response.text();
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg".*<\/svg>$/);
  expect(text).toContain('>Homerton<');
  expect(await (await tiles.request(TILE_OF_E8)).text()).toBe(text);
  const etag = response.headers.get('etag') ?? '';
  const again = await tiles.request(TILE_OF_E8, { headers: { 'if-none-match': `"other", ${etag}` } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

test('a new table of postcodes is another edition: other tag, other picture', async () => {
  const { db, tiles } = routesOver(HACKNEY);
  const before = await tiles.request(TILE_OF_E8);
  fill(db, [{ ...(HACKNEY[0] as TestPostcode), latitude: 51.546 }]);
  makeCells(db);
  const etag = before.headers.get('etag') ?? '';
  const after = await tiles.request(TILE_OF_E8, { headers: { 'if-none-match': etag } });
  expect(after.status).toBe(200);
  expect(after.headers.get('etag')).not.toBe(etag);
  expect(await after.text()).not.toBe(await before.text());
});

test('asked for by its edition, a tile may be kept for good; by another, it may not', async () => {
  const { db, tiles } = routesOver(HACKNEY);
  const address = tileAddress(db).replace('{z}', '13').replace('{x}', '4094').replace('{y}', '2722');
  const right = await tiles.request(address);
  expect(right.status).toBe(200);
  expect(right.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const wrong = await tiles.request(`${TILE_OF_E8}?edition=sectors`);
  expect(wrong.headers.get('cache-control')).toBe('public, max-age=86400');
});

test('another palette, or another list of sectors, is another edition: no browser keeps what the old ones drew', () => {
  const folder = temporaryFolder();
  try {
    const version = () => drawingVersion([folder.path]);
    writeFileSync(folder.file('palette.ts'), "paper: '#fbf7ef'");
    writeFileSync(folder.file('sectors.csv'), 'E8 1,51.5,0\n');
    const first = version();
    expect(version()).toBe(first);
    writeFileSync(folder.file('palette.ts'), "paper: '#ffffff'");
    const second = version();
    writeFileSync(folder.file('sectors.csv'), 'E8 1,51.6,0\n');
    expect(new Set([first, second, version()]).size).toBe(3);
  } finally {
    folder.remove();
  }
  const { db } = routesOver(HACKNEY);
  expect(tileAddress(db)).toMatch(new RegExp(`edition=[0-9a-f]{12}-${drawingVersion()}$`));
});

test('without postcodes, the built-in sectors are drawn', async () => {
  const { tiles } = routesOver([]);
  const response = await tiles.request('/tiles/15/16379/10890.svg');
  expect(response.headers.get('etag')).toContain('sectors');
  const text = await response.text();
  expect(text).toContain('<circle');
  for (const zoom of [6, 10, 17]) {
    const address = `/tiles/${zoom}/${Math.floor(worldX(-0.055, zoom) / TILE)}/${Math.floor(worldY(51.545, zoom) / TILE)}.svg`;
    const { length } = gzipSync(await (await tiles.request(address)).text());
    expect(length).toBeLessThan(40_000);
  }
});

test.each([
  ['/tiles/5/15/10.svg', 'zooms 6 to 17'],
  ['/tiles/18/1/1.svg', 'zooms 6 to 17'],
  ['/tiles/6/64/20.svg', 'from 0 to 63'],
  ['/tiles/6/20/64.svg', 'from 0 to 63'],
  ['/tiles/13/4094/2722.png', 'ends with .svg'],
  ['/tiles/13/4094/2722', 'ends with .svg'],
  ['/tiles/13/-1/2722.svg', 'whole numbers'],
  ['/tiles/13/4094/27.5.svg', 'whole numbers'],
  ['/tiles/1e1/4094/2722.svg', 'whole numbers'],
  ['/tiles/013/4094/2722.svg', 'whole numbers'],
  ['/tiles/13/4094/99999999999999999999.svg', 'whole numbers'],
  ['/tiles/x/y/z.svg', 'whole numbers'],
  ['/tiles', '/tiles/{zoom}/{column}/{row}.svg'],
  ['/tiles/13/4094', '/tiles/{zoom}/{column}/{row}.svg'],
])('%s is no tile, and the answer says what is', async (address, words) => {
  const { tiles } = routesOver(HACKNEY);
  const response = await tiles.request(address);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const { detail } = (await response.json()) as { detail: string };
  expect(detail).toContain(words);
});

/** The middle of London from the official table, where that lies beside the project; else a denser one, made up. */
function densest(): TestPostcode[] {
  if (!existsSync(CODE_POINT)) return madeUp();
  const files = unzipSync(readFileSync(CODE_POINT), {
    filter: ({ name }) => /\/(w|wc|ec|sw|se|e|n|nw)\.csv$/.test(name),
  });
  return Object.values(files).flatMap((file) =>
    strFromU8(file)
      .split('\n')
      .map((line) => line.replaceAll('"', '').split(','))
      .filter(([postcode, quality]) => postcode && quality !== '90')
      .map(([postcode = '', , easting, northing, , , , , district]) => ({
        postcode,
        ...fromNationalGrid(Number(easting), Number(northing)),
        district: district || null,
      })),
  );
}

/** 40,000 postcodes in 25 square kilometres: half as many again as the West End has. */
function madeUp(): TestPostcode[] {
  const random = new Random(13);
  const first = postcodeNumber('W1A 0AA');
  return Array.from({ length: 40_000 }, (_, at) => ({
    postcode: postcodeOf(first + at),
    latitude: 51.515 + random.bell() * 0.03,
    longitude: -0.145 + random.bell() * 0.045,
    district: `E0900000${at % 4}`,
  }));
}

test('the densest tiles stay small: at most 40 kB on the way', async () => {
  for (const postcodes of [densest(), madeUp()]) {
    const { tiles } = routesOver(postcodes);
    for (let zoom = 6; zoom <= 17; zoom++) {
      const column = Math.floor(worldX(-0.145, zoom) / TILE);
      const row = Math.floor(worldY(51.515, zoom) / TILE);
      for (const [x, y] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [-1, 0],
        [0, -1],
      ] as [number, number][]) {
        const svg = await (await tiles.request(`/tiles/${zoom}/${column + x}/${row + y}.svg`)).text();
        expect(gzipSync(svg).length, `zoom ${zoom}`).toBeLessThan(40_000);
      }
    }
  }
});
