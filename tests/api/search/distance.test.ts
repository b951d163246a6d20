import { describe, expect, it } from 'vitest';
import { runAtOnce } from '../../../api/runtime/slices.ts';
import {
  chordOfMetres,
  chordSquared,
  EARTH_RADIUS_M,
  earthPoint,
  metresOfChord,
} from '../../../api/search/geo/distance.ts';
import { gridOrder, makeGrid, runsOf } from '../../../api/search/geo/grid.ts';
import { gridCircle } from '../../../api/search/geo/grid-circle.ts';
import { Random } from './random.ts';

const RADIANS = Math.PI / 180;

function haversine(a: [number, number], b: [number, number]): number {
  const half = (x: number) => Math.sin(x / 2) ** 2;
  const h =
    half((b[0] - a[0]) * RADIANS) + Math.cos(a[0] * RADIANS) * Math.cos(b[0] * RADIANS) * half((b[1] - a[1]) * RADIANS);
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(h));
}

const metres = (a: [number, number], b: [number, number]) =>
  metresOfChord(chordSquared(earthPoint(...a), earthPoint(...b)));

describe('distance', () => {
  it('is the known one between known points', () => {
    // St Leonard's Hospital to Homerton Hospital, and Lerwick to Scalloway, by the haversine to the metre.
    expect(metres([51.5345, -0.0787], [51.5504, -0.0461])).toBeCloseTo(
      haversine([51.5345, -0.0787], [51.5504, -0.0461]),
      1,
    );
    expect(metres([51.5, 0], [51.5, 1])).toBeCloseTo(69_220, -2);
    // A degree of longitude is a fifth shorter in Shetland than in London, which Web Mercator does not know.
    expect(metres([60.15, -1.2], [60.15, -0.2])).toBeCloseTo(55_340, -2);
  });

  it('is the haversine to two centimetres up to fifty miles, from Scilly to Unst', () => {
    const random = new Random(1);
    for (let n = 0; n < 20_000; n++) {
      const a: [number, number] = [49.8 + random.next() * 11, -8 + random.next() * 10];
      const spread = random.pick([0.001, 0.05, 0.7]);
      const b: [number, number] = [a[0] + random.bell() * spread, a[1] + random.bell() * spread * 2];
      expect(Math.abs(metres(a, b) - haversine(a, b))).toBeLessThan(0.02);
    }
  });

  it('and its squared chord rise together', () => {
    for (const radius of [0, 1, 804.672, 8046.72, 80_467.2, 1_000_000])
      expect(metresOfChord(chordOfMetres(radius))).toBeCloseTo(radius, 5);
    expect(chordOfMetres(-1)).toBeLessThan(0);
    expect(chordOfMetres(Number.NaN)).toBeLessThan(0);
    expect(chordOfMetres(1e12)).toBeGreaterThan(chordOfMetres(20_000_000));
  });
});

describe('the grid', () => {
  it('knows what a circle holds: every point inside, and nothing outside for certain inside', () => {
    const random = new Random(2);
    const count = 20_000;
    const latitudes = Int32Array.from({ length: count }, () => Math.round((50 + random.next() * 11) * 1e6));
    const longitudes = Int32Array.from({ length: count }, () => Math.round((-7.5 + random.next() * 9) * 1e6));
    const order = runAtOnce(gridOrder(latitudes, longitudes));
    expect(new Set(order).size).toBe(count);
    const sorted = (column: Int32Array) => Int32Array.from(order, (at) => column[at] as number);
    const grid = makeGrid(0, sorted(latitudes), sorted(longitudes));
    const at = (column: Int32Array, k: number) => (column[order[k] as number] as number) / 1e6;
    for (let n = 0; n < 300; n++) {
      const latitude = 49.5 + random.next() * 12;
      const longitude = -8 + random.next() * 10;
      const radius = random.pick([0, 1, 500, 804.672, 5_000, 32_186.88, 80_467.2, 700_000, 1e7, 3e7]);
      const written = runsOf(grid, gridCircle(latitude, longitude, radius));
      const outer = new Set<number>();
      const inner = new Set<number>();
      for (let k = 0; k < written; k += 4) {
        const [from = 0, innerFrom = 0, innerTo = 0, to = 0] = grid.runs.slice(k, k + 4);
        for (let record = from; record < to; record++) outer.add(record);
        for (let record = innerFrom; record < innerTo; record++) inner.add(record);
      }
      for (let k = 0; k < count; k++) {
        const inside = metres([latitude, longitude], [at(latitudes, k), at(longitudes, k)]) <= radius;
        if (inside && !outer.has(k)) expect.fail(`missed a point inside ${radius} m of ${latitude}, ${longitude}`);
        if (!inside && inner.has(k)) expect.fail(`took a point outside ${radius} m of ${latitude}, ${longitude}`);
      }
    }
  });
});
