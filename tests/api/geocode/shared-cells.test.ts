import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlaceKey } from '../../../api/domain/place.ts';
import { postcodeOf } from '../../../api/domain/postcode-number.ts';
import { sealPlace, unsealPlace } from '../../../api/domain/privacy.ts';
import { createGeocoder, type Geocoder } from '../../../api/geocode/geocoder.ts';
import { geography, type Sector } from '../../../api/geocode/geography.ts';
import { importPostcodes } from '../../../api/geocode/import/import.ts';
import { closeStore, type Db, openStore } from '../../../api/store/open.ts';
import { writeSetting } from '../../../api/store/settings.ts';
import { livePostcodes as live, tableOfCountry } from '../../fixtures/country.ts';
import { directoryCsv, directoryRow } from '../../fixtures/postcode-files.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** Whoever is sent a link to a search cannot tell from which of at least twenty postcodes it was made. */

const FEWEST = 20;
const SECRET = new Uint8Array(32).fill(7);
const geocoderOf = (db: Db): Geocoder => createGeocoder({ db, postcodesIoUrl: null, towns: () => [] });

interface TableRow {
  postcode: string;
  district: string;
  ward: string;
  lat: string;
  long: string;
  /** '202610' where it is withdrawn, else ''. */
  until: string;
}

/** All that the table holds, as the ONS Postcode Directory says it. */
const rowsOf = (db: Db): TableRow[] =>
  (
    db
      .prepare(
        `SELECT number, latitude / 1e5 AS lat, longitude / 1e5 AS long, coalesce(district, '') AS district,
           coalesce(ward, '') AS ward, coalesce(ended, '') AS until
         FROM postcode LEFT JOIN postcode_area ON postcode_area.id = area ORDER BY number`,
      )
      .all() as (Omit<TableRow, 'postcode'> & { number: number })[]
  ).map(({ number, lat, long, until, ...areas }) => ({
    postcode: postcodeOf(number),
    ...areas,
    lat: String(lat),
    long: String(long),
    until: String(until),
  }));

/** All that comes out of a link: the place behind it. What is measured from that place tells nothing more. */
async function behindLinkOf(geocoder: Geocoder, postcode: string): Promise<string> {
  const found = await geocoder.locate(postcode);
  if (!('key' in found) || !found.key) throw new Error(`${postcode} is ${found.outcome}.`);
  const key = unsealPlace(sealPlace(geocoder.shared(found.key), SECRET), SECRET) as PlaceKey;
  return JSON.stringify([geocoder.shared(key), geocoder.placeOf(geocoder.shared(key))]);
}

async function countBehind(geocoder: Geocoder, postcodes: readonly string[]): Promise<number[]> {
  const counts = new Map<string, number>();
  for (const postcode of postcodes) {
    const link = await behindLinkOf(geocoder, postcode);
    counts.set(link, (counts.get(link) ?? 0) + 1);
  }
  return [...counts.values()];
}

describe('in a country with crowded and empty sectors, wards of one postcode, and tower blocks', () => {
  let db: Db;
  beforeAll(() => {
    db = openStore(':memory:');
    tableOfCountry(db);
  });

  test('every link stands for at least twenty postcodes in use', async () => {
    const postcodes = live(db);
    const counts = await countBehind(geocoderOf(db), postcodes);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(postcodes.length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(FEWEST);
    // As fine as that allows: where many live, hardly more.
    expect(counts.length).toBeGreaterThan(postcodes.length / 60);
  });

  test('sealed again and again, a place stays the same', async () => {
    const geocoder = geocoderOf(db);
    for (const postcode of live(db).filter((_, at) => at % 97 === 0)) {
      const found = await geocoder.locate(postcode);
      const key = 'key' in found && found.key ? geocoder.shared(found.key) : null;
      expect(geocoder.shared(unsealPlace(sealPlace(key as PlaceKey, SECRET), SECRET) as PlaceKey)).toEqual(key);
    }
  });

  test('one that has been withdrawn comes to a cell too', async () => {
    const geocoder = geocoderOf(db);
    const [first] = live(db);
    db.prepare('UPDATE postcode SET ended = 202601 WHERE number = (SELECT min(number) FROM postcode)').run();
    const withdrawn = await geocoder.locate(first as string);
    expect(withdrawn.outcome).toBe('terminated');
    expect(geocoder.shared(('key' in withdrawn && withdrawn.key) as PlaceKey)).toHaveProperty('spread_m');
  });

  test('another table makes other cells', async () => {
    const geocoder = geocoderOf(db);
    const postcode = live(db).at(-1) as string;
    const before = await behindLinkOf(geocoder, postcode);
    db.exec('DELETE FROM postcode WHERE number % 2 = 0');
    writeSetting(db, 'postcodes', '{"source":"another"}');
    const after = await behindLinkOf(geocoder, live(db).at(-1) as string);
    expect(after).not.toBe(before);
  });
});

describe('two links of one home, from before and after another edition of the table,', () => {
  const folder = temporaryFolder();
  let db: Db;
  let geocoder: Geocoder;
  const before = new Map<string, string>();

  /** An edition in which some are withdrawn, some are new, and some have come to another ward or another place. */
  const edition = (month: string, change: (row: TableRow, at: number) => Partial<TableRow>, more: TableRow[] = []) => {
    const lines = [...rowsOf(db).map((row, at) => ({ ...row, ...change(row, at) })), ...more].map(
      ({ postcode, until, ...rest }) => directoryRow(postcode, { until, ...rest }),
    );
    const file = folder.file(`${month}.csv`);
    writeFileSync(file, directoryCsv(lines));
    return importPostcodes(db, file);
  };

  beforeAll(async () => {
    db = openStore(folder.file('signpost.sqlite'));
    tableOfCountry(db);
    await edition('first', () => ({ until: '' }));
    geocoder = geocoderOf(db);
    for (const postcode of live(db)) before.set(postcode, await behindLinkOf(geocoder, postcode));
    const far = { district: 'E09001001', ward: 'E05001002', lat: '52.71', long: '-2.71', until: '' };
    await edition(
      'second',
      (row, at) => ({
        until: at % 199 === 3 ? '202610' : row.until,
        ...(at % 97 === 5 && { ward: 'E05001003' }),
        ...(at % 301 === 7 && { lat: String(Number(row.lat) + 0.001) }),
      }),
      [
        ...['SY1 9ZZ', 'SY1 3ZZ', 'SY99 2ZZ'].map((postcode) => ({ ...far, postcode })),
        ...[...'ABDEFGHJLNPQRSTUWXYZ', ...'abdefghj'].map((unit) => ({
          ...far,
          postcode: unit < 'a' ? `SY6 6A${unit}` : `SY6 6B${unit.toUpperCase()}`,
        })),
      ],
    );
  });
  afterAll(() => {
    closeStore(db);
    folder.remove();
  });

  /** Of how many postcodes in use both links of a home can be, at the least. */
  async function fewest(): Promise<{ among: number; homes: number }> {
    const together = new Map<string, number>();
    for (const postcode of live(db)) {
      const first = before.get(postcode);
      if (first === undefined) continue;
      const both = `${first} ${await behindLinkOf(geocoder, postcode)}`;
      together.set(both, (together.get(both) ?? 0) + 1);
    }
    const counts = [...together.values()];
    return { among: Math.min(...counts), homes: counts.reduce((sum, count) => sum + count, 0) };
  }

  test('do not narrow each other', async () => {
    const { among, homes } = await fewest();
    expect(before.size - homes).toBeGreaterThan(15);
    expect(among).toBeGreaterThanOrEqual(FEWEST);
  });

  test('nor do those of new postcodes, which have cells of their own or join one', async () => {
    const counts = await countBehind(geocoder, live(db));
    expect(live(db).length).toBe((await fewest()).homes + 31);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(FEWEST);
  });

  test('nor do three, nor that of a postcode that has been withdrawn', async () => {
    const gone = [...before.keys()].find((postcode) => !live(db).includes(postcode)) as string;
    const found = await geocoder.locate(gone);
    expect(found.outcome).toBe('terminated');
    const others = live(db).filter((postcode) => before.get(postcode) === before.get(gone));
    for (const other of others) expect(await behindLinkOf(geocoder, other)).toBe(await behindLinkOf(geocoder, gone));
    await edition('third', (row, at) => ({ until: row.until || (at % 211 === 9 ? '202701' : '') }));
    expect((await fewest()).among).toBeGreaterThanOrEqual(FEWEST - 1);
  });

  test('where a cell has lost its homes, it comes to the one next to it, and links stay as wide', async () => {
    const [sample] = live(db).filter((postcode) => postcode.startsWith('SY2 '));
    const own = await behindLinkOf(geocoder, sample as string);
    const inCell = new Set<string>();
    for (const postcode of live(db)) if ((await behindLinkOf(geocoder, postcode)) === own) inCell.add(postcode);
    const left = [...inCell].slice(0, 4);
    await edition('fourth', (row) => ({
      until: row.until || (inCell.has(row.postcode) && !left.includes(row.postcode) ? '202704' : ''),
    }));
    const counts = await countBehind(geocoder, live(db));
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(FEWEST);
    expect(new Set(await Promise.all(left.map((postcode) => behindLinkOf(geocoder, postcode)))).size).toBe(1);
  });
});

test('a point that a device gives comes to the cell of the postcodes around it', async () => {
  const db = openStore(':memory:');
  await importPostcodes(db, join(import.meta.dirname, '../../fixtures/postcodes.csv'));
  const point = { latitude: 51.54503, longitude: -0.05643 };
  const key = geocoderOf(db).shared({ kind: 'point', ...point, sector: null, district: null, ward: null });
  expect(key).toMatchObject({ kind: 'point', sector: 'E8 1', spread_m: expect.any(Number) });
  expect(key).not.toMatchObject(point);
});

test('where the table has too few postcodes, a link holds the sector, or the outcode where that has too few', async () => {
  const db = openStore(':memory:');
  await importPostcodes(db, join(import.meta.dirname, '../../fixtures/postcodes.csv'));
  db.exec('DELETE FROM postcode WHERE number NOT IN (SELECT min(number) FROM postcode GROUP BY number / 400)');
  const geocoder = geocoderOf(db);
  const [postcode] = live(db).filter((each) => each.startsWith('E8 1'));
  const found = await geocoder.locate(postcode as string);
  expect(geocoder.shared(('key' in found && found.key) as PlaceKey)).toEqual({ kind: 'sector', code: 'E8 1' });
});

test('a part of a postcode stands for at least twenty too: a sector of fewer for its outcode, that for its council area', async () => {
  const db = openStore(':memory:');
  const geocoder = geocoderOf(db);
  const { sectors, outcodes } = geography();
  const inUse = [...sectors.values()].filter(({ ended, middle }) => ended === null && middle);
  const sum = (wanted: (sector: Sector) => boolean) =>
    [...sectors.values()].filter(wanted).reduce((all, { postcodes }) => all + postcodes, 0);
  const seen = new Map<string, number>();
  const countIn = (key: PlaceKey): number => {
    if (!('code' in key)) return 0;
    const { kind, code } = key;
    const is: Record<string, (sector: Sector) => boolean> = {
      sector: (it) => it.sector === code,
      outcode: (it) => it.outcode === code,
      district: (it) => it.districts[0] === code,
    };
    const name = `${kind} ${code}`;
    const count = seen.get(name) ?? sum(is[kind] ?? (() => false));
    seen.set(name, count);
    return count;
  };
  const few = inUse.filter(({ postcodes }) => postcodes < FEWEST);
  const fewOutcodes = [...outcodes.values()].filter(
    ({ live: isLive, middle, sectors: own }) =>
      isLive && middle && own.reduce((all, { postcodes }) => all + postcodes, 0) < FEWEST,
  );
  expect(few.length).toBeGreaterThan(1000);
  expect(fewOutcodes.length).toBeGreaterThan(100);
  // The whole postcode, of which without a table no more is known than its sector, and the part as it was typed.
  for (const typed of [
    ...few.flatMap(({ sector }) => [sector, `${sector}AB`]),
    ...fewOutcodes.map((it) => it.outcode),
  ]) {
    const found = await geocoder.locate(typed);
    if (!('key' in found) || !found.key) continue;
    const key = geocoder.shared(found.key);
    expect([typed, geocoder.placeOf(key) !== null, countIn(key) >= FEWEST]).toEqual([typed, true, true]);
    expect(geocoder.shared(key)).toEqual(key);
  }
  expect(geocoder.shared({ kind: 'sector', code: 'E8 1' })).toEqual({ kind: 'sector', code: 'E8 1' });
});
