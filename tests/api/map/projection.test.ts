import { expect, test } from 'vitest';
import {
  latitudeAt,
  longitudeAt,
  metresInPixel,
  TILE,
  tileBounds,
  worldX,
  worldY,
} from '../../../api/map/projection.ts';
import { Random } from '../search/random.ts';

test('puts Greenwich and the equator where every web map puts them', () => {
  expect(worldX(0, 0)).toBe(128);
  expect(worldY(0, 0)).toBeCloseTo(128, 9);
  // Trafalgar Square is on tile 10/511/340 of the usual scheme.
  expect(Math.floor(worldX(-0.1281, 10) / TILE)).toBe(511);
  expect(Math.floor(worldY(51.508, 10) / TILE)).toBe(340);
});

test('goes there and back', () => {
  const random = new Random(1);
  for (let time = 0; time < 1000; time++) {
    const latitude = 49 + random.next() * 12;
    const longitude = -9 + random.next() * 11;
    const zoom = 6 + random.below(12);
    expect(latitudeAt(worldY(latitude, zoom), zoom)).toBeCloseTo(latitude, 9);
    expect(longitudeAt(worldX(longitude, zoom), zoom)).toBeCloseTo(longitude, 9);
  }
});

test('a pixel is worth half as much at 60° north as on the equator', () => {
  expect(metresInPixel(0, 0)).toBeCloseTo(156_543.03, 1);
  expect(metresInPixel(60, 13)).toBeCloseTo(metresInPixel(0, 13) / 2, 6);
});

test('neighbouring tiles share their edge, and a margin reaches over it', () => {
  const left = tileBounds({ zoom: 13, column: 4094, row: 2722 });
  const right = tileBounds({ zoom: 13, column: 4095, row: 2722 });
  const below = tileBounds({ zoom: 13, column: 4094, row: 2723 });
  expect(left.east).toBeCloseTo(right.west, 12);
  expect(left.south).toBeCloseTo(below.north, 12);
  const wide = tileBounds({ zoom: 13, column: 4094, row: 2722 }, TILE);
  expect(wide.east).toBeCloseTo(right.east, 12);
  expect(wide.south).toBeCloseTo(below.south, 12);
});
