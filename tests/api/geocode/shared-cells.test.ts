import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PlaceKey } from '../../../api/domain/place.ts';
import { sealPlace, unsealPlace } from '../../../api/domain/privacy.ts';
import { createGeocoder, type Geocoder } from '../../../api/geocode/geocoder.ts';
import { importPostcodes } from '../../../api/geocode/import/import.ts';
import { type Db, openStore } from '../../../api/store/open.ts';
import { writeSetting } from '../../../api/store/settings.ts';
import { livePostcodes as live, tableOfCountry } from '../../fixtures/country.ts';

/** Whoever is sent a link to a search cannot tell from which of at least twenty postcodes it was made. */

const FEWEST = 20;
const SECRET = new Uint8Array(32).fill(7);
const geocoderOf = (db: Db): Geocoder => createGeocoder({ db, postcodesIoUrl: null, towns: () => [] });

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

  test('two links of one home, from before and after another edition of the table, hardly narrow each other', async () => {
    const changed = openStore(':memory:');
    tableOfCountry(changed);
    const geocoder = geocoderOf(changed);
    const before = new Map<string, string>();
    for (const postcode of live(changed)) before.set(postcode, await behindLinkOf(geocoder, postcode));
    // About as many as a quarter of a year takes away.
    changed.exec('UPDATE postcode SET ended = 202610 WHERE ended IS NULL AND number % 199 = 3');
    writeSetting(changed, 'postcodes', '{"source":"the next edition"}');
    const rest = live(changed);
    expect(before.size - rest.length).toBeGreaterThan(15);
    const together = new Map<string, number>();
    for (const postcode of rest) {
      const both = `${before.get(postcode)} ${await behindLinkOf(geocoder, postcode)}`;
      together.set(both, (together.get(both) ?? 0) + 1);
    }
    const narrowed = [...together.values()].filter((count) => count < FEWEST).reduce((sum, count) => sum + count, 0);
    expect(narrowed).toBeLessThan(rest.length / 100);
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
