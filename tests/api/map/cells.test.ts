import { expect, test } from 'vitest';
import { postcodeNumber, postcodeOf } from '../../../api/domain/postcode-number.ts';
import { postcodeCells } from '../../../api/store/postcode-cells.ts';
import { LEVELS, packPoints, postcodeCellOf, unpackPoints } from '../../../api/store/postcode-cells-packing.ts';
import { Random } from '../search/random.ts';
import { fill, makeCells, storeOf, type TestPostcode } from './postcodes.ts';

const SECTORS = ['E8 1', 'E8 2', 'SO14 0', 'GL1 1', 'ZE1 0', 'TR21 0', 'W1A 1'];

/** Sectors along a line from Scilly to Shetland, each a cloud of a kilometre or two around its own middle. */
function generated(seed: number): TestPostcode[] {
  const random = new Random(seed);
  return SECTORS.flatMap((sector, at) => {
    const middle = { latitude: 49.9 + at * 1.7, longitude: -6.3 + at * 1.1 };
    const first = postcodeNumber(`${sector}AA`);
    return Array.from({ length: 300 }, (_, unit) => ({
      postcode: postcodeOf(first + unit),
      latitude: Math.round((middle.latitude + random.bell() * 0.02) * 1e5) / 1e5,
      longitude: Math.round((middle.longitude + random.bell() * 0.03) * 1e5) / 1e5,
      district: `E0900000${1 + ((at + unit) % 4)}`,
    }));
  });
}

function built(postcodes: TestPostcode[]) {
  const db = storeOf(postcodes);
  makeCells(db);
  return { db, cells: postcodeCells(db) };
}

test('a box gives every postcode in it, at its point to the metre, and each only once', () => {
  const postcodes = generated(7);
  const { cells } = built(postcodes);
  const random = new Random(8);
  let found = 0;
  for (let time = 0; time < 200; time++) {
    const at = random.pick(postcodes) as { latitude: number; longitude: number };
    const [height, width] = [random.next() * 0.1, random.next() * 0.1];
    const bounds = {
      south: at.latitude - height,
      north: at.latitude + height,
      west: at.longitude - width,
      east: at.longitude + width,
    };
    const inside = ({ latitude, longitude }: { latitude: number; longitude: number }) =>
      latitude >= bounds.south && latitude <= bounds.north && longitude >= bounds.west && longitude <= bounds.east;
    const expected = postcodes.filter((one) => inside(one as typeof at));
    const read = cells.points(bounds).flatMap((cell) =>
      Array.from(cell.districts, (_, place) => ({
        latitude: Math.round((cell.latitudes[place] as number) * 1e5) / 1e5,
        longitude: Math.round((cell.longitudes[place] as number) * 1e5) / 1e5,
      })).filter(inside),
    );
    const text = (one: { latitude: number | null; longitude: number | null }) => `${one.latitude} ${one.longitude}`;
    expect(read.map(text).sort()).toEqual([...new Set(expected.map(text))].sort());
    found += read.length;
  }
  expect(found).toBeGreaterThan(1000);
});

test('the coarse level counts the same postcodes, each square within its own cell', () => {
  const postcodes = generated(9);
  const { cells } = built(postcodes);
  const all = cells.counts({ south: 49, west: -9, north: 62, east: 3 });
  const total = all.reduce((sum, { counts }) => sum + counts.reduce((a, b) => a + b, 0), 0);
  expect(total).toBe(new Set(postcodes.map((one) => `${one.latitude} ${one.longitude}`)).size);
  const [one] = postcodes as unknown as [{ latitude: number; longitude: number }];
  const squares = all.flatMap((cell) =>
    Array.from(cell.counts, (_, at) => [cell.latitudes[at] as number, cell.longitudes[at] as number] as const),
  );
  const of = squares.filter(([latitude, longitude]) => {
    return Math.abs(latitude - one.latitude) <= 1 / 1024 && Math.abs(longitude - one.longitude) <= 1 / 512;
  });
  expect(of.length).toBe(1);
});

test('a cell of a database before 0.4.0, with lines and points of its neighbours, gives its own points', () => {
  const cell = {
    latitudes: Float64Array.of(51.51, 51.52),
    longitudes: Float64Array.of(-0.05, -0.06),
    districts: Uint16Array.of(3, 4),
  };
  const place = postcodeCellOf(LEVELS.points, 51.51, -0.05);
  const read = (body: Uint8Array) => unpackPoints(place.column, place.row, body);
  const now = packPoints(place.column, place.row, cell);
  // Three points of which two lie in the cell, their districts, and one line from the first to the third.
  const numbers = [...new Int16Array(now.buffer, 8, 4)];
  const before = new Uint8Array(8 + 12 + 4 + 4);
  new Uint32Array(before.buffer, 0, 2).set([3, 2]);
  new Int16Array(before.buffer, 8, 6).set([...numbers.slice(0, 2), 17_000, ...numbers.slice(2), 20]);
  new Uint16Array(before.buffer, 20).set([3, 4, 0, 2]);
  expect(read(before)).toEqual(read(now));
});

test('withdrawn postcodes, those without a point, and repeats of one point are left out', () => {
  const point = { latitude: 51.545, longitude: -0.055, district: 'E09000012' };
  const { cells } = built([
    { postcode: 'E8 1AA', ...point },
    { postcode: 'E8 1AB', ...point },
    { postcode: 'E8 1AD', latitude: 51.546, longitude: -0.055, district: null },
    { postcode: 'E8 1AE', latitude: 51.547, longitude: -0.055, district: 'E09000012', ended: true },
    { postcode: 'E8 1AF', latitude: null, longitude: null, district: 'E09000012' },
  ]);
  const [cell, ...more] = cells.points({ south: 51.5, west: -0.1, north: 51.6, east: 0 });
  expect(more).toEqual([]);
  expect([...(cell?.districts ?? [])]).toEqual([1, 0]);
});

test('the edition is that of the content, and an emptied table has none', () => {
  const { db, cells } = built(generated(11));
  const first = cells.edition();
  expect(first).toMatch(/^[0-9a-f]{12}$/);
  makeCells(db);
  expect(cells.edition()).toBe(first);
  fill(db, generated(12));
  makeCells(db);
  expect(cells.edition()).not.toBe(first);
  fill(db, []);
  makeCells(db);
  expect(cells.edition()).toBeNull();
  expect(cells.points({ south: 49, west: -9, north: 62, east: 3 })).toEqual([]);
});
