import { expect, test } from 'vitest';
import { postcodeNumber, postcodeOf, UNITS_IN_SECTOR } from '../../../api/domain/postcode-number.ts';
import { postcodeCells } from '../../../api/store/postcode-cells.ts';
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

const near = (a: number, b: number): boolean => Math.abs(a - b) < 5e-6;

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

test('strokes link neighbours of one sector, as a plain search finds them, across the edges of cells too', () => {
  const postcodes = generated(10).filter(({ postcode }) => postcode.startsWith('E8 '));
  const { cells } = built(postcodes);
  const strokes = cells.points({ south: 49, west: -9, north: 62, east: 3 }).flatMap((cell) => {
    const point = (place: number) => ({
      latitude: cell.latitudes[place] as number,
      longitude: cell.longitudes[place] as number,
    });
    return Array.from({ length: cell.strokes.length / 2 }, (_, at) => [
      point(cell.strokes[2 * at] as number),
      point(cell.strokes[2 * at + 1] as number),
    ]);
  });
  const nameOf = (point: { latitude: number; longitude: number } | undefined): string =>
    postcodes.find(
      (one) =>
        near(one.latitude as number, point?.latitude ?? 0) && near(one.longitude as number, point?.longitude ?? 0),
    )?.postcode ?? '?';
  const metres = (a: TestPostcode, b: TestPostcode): number => {
    const narrow = Math.cos(((a.latitude as number) * Math.PI) / 180);
    const dy = (a.latitude as number) - (b.latitude as number);
    const dx = ((a.longitude as number) - (b.longitude as number)) * narrow;
    return Math.hypot(dx, dy) * 111_195;
  };
  const expected: string[] = [];
  for (const [at, a] of postcodes.entries()) {
    for (const b of postcodes.slice(at + 1)) {
      const [one, two] = [postcodeNumber(a.postcode), postcodeNumber(b.postcode)];
      const same = (c: TestPostcode) =>
        Math.floor(postcodeNumber(c.postcode) / UNITS_IN_SECTOR) === Math.floor(one / UNITS_IN_SECTOR);
      if (!same(b) || two - one > 40 || metres(a, b) > 220) continue;
      const between = postcodes.some(
        (c) => c !== a && c !== b && same(c) && metres(a, c) < metres(a, b) && metres(b, c) < metres(a, b),
      );
      if (!between) expected.push(`${a.postcode} ${b.postcode}`);
    }
  }
  const drawn = strokes.map((pair) => pair.map(nameOf).sort().join(' '));
  expect(expected.length).toBeGreaterThan(20);
  // Where two distances differ by centimetres, the metre that points are kept to decides: allow a few in a hundred.
  const off =
    drawn.filter((one) => !expected.includes(one)).length + expected.filter((one) => !drawn.includes(one)).length;
  expect(off).toBeLessThanOrEqual(expected.length * 0.04);
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
