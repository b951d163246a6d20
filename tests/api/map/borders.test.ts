import { expect, test } from 'vitest';
import { borderSegments } from '../../../api/map/borders.ts';
import { Random } from '../search/random.ts';

const TILE = 256;
const SIZE = 8;
const LOOK = 6;

/** Points of the world around two tiles, with a district for each by the side of a slanting line that it lies on. */
function world(seed: number) {
  const random = new Random(seed);
  const points = Array.from({ length: 6000 }, () => ({
    x: random.next() * 900 - 200,
    y: random.next() * 700 - 200,
  }));
  return points.map(({ x, y }) => ({ x, y, district: x + 0.4 * y < 230 ? 1 : 2 }));
}

const seenFrom = (points: { x: number; y: number; district: number }[], left: number) => ({
  xs: points.map(({ x }) => x - left),
  ys: points.map(({ y }) => y),
  districts: points.map(({ district }) => district),
});

test('the line lies where the districts meet', () => {
  const segments = borderSegments(seenFrom(world(4), 0), TILE, SIZE, LOOK);
  expect(segments.length).toBeGreaterThan(4 * 20);
  for (let at = 0; at < segments.length; at += 2) {
    const off = (segments[at] as number) + 0.4 * (segments[at + 1] as number) - 230;
    expect(Math.abs(off)).toBeLessThan(3 * SIZE);
  }
});

test('neighbouring tiles draw the same line where they meet', () => {
  const points = world(5);
  const near = (segments: number[], left: number): string[] => {
    const texts: string[] = [];
    for (let at = 0; at < segments.length; at += 4) {
      const [x1, y1, x2, y2] = segments.slice(at, at + 4) as [number, number, number, number];
      const xs = [x1 + left, x2 + left];
      // A pixel to either side of the edge between them.
      if (Math.min(...xs) < 257 && Math.max(...xs) > 255) texts.push([xs[0], y1, xs[1], y2].join());
    }
    return texts.sort();
  };
  const moved = points.map((point) => ({ ...point, district: point.y > 60 + 0.3 * point.x ? 2 : 1 }));
  const left = near(borderSegments(seenFrom(moved, 0), TILE, SIZE, LOOK), 0);
  const right = near(borderSegments(seenFrom(moved, TILE), TILE, SIZE, LOOK), TILE);
  expect(left.length).toBeGreaterThan(0);
  expect(right).toEqual(left);
});

test('one district, or none known, has no line', () => {
  const points = world(6);
  const one = points.map((point) => ({ ...point, district: 3 }));
  const unknown = points.map((point) => ({ ...point, district: point.district - 1 }));
  expect(borderSegments(seenFrom(one, 0), TILE, SIZE, LOOK)).toEqual([]);
  expect(borderSegments(seenFrom(unknown, 0), TILE, SIZE, LOOK)).toEqual([]);
});
