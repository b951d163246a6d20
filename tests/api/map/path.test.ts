import { expect, test } from 'vitest';
import { dotsPath, linesPath } from '../../../api/map/path.ts';
import { Random } from '../search/random.ts';

/** Reads path data of M, m, l and h0 back into the points where the pen comes down and the segments that it draws. */
function read(data: string): { dots: string[]; segments: string[] } {
  const dots: string[] = [];
  const segments: string[] = [];
  let x = 0;
  let y = 0;
  for (const [, letter, numbers] of data.matchAll(/([Mmlh])([^Mmlh]*)/g)) {
    const [dx = 0, dy = 0] = (numbers?.match(/-?\d+/g) ?? []).map(Number);
    if (letter === 'h') dots.push(`${x},${y}`);
    else {
      const from = `${x},${y}`;
      x = letter === 'M' ? dx : x + dx;
      y = letter === 'M' ? dy : y + dy;
      if (letter === 'l') segments.push([from, `${x},${y}`].sort().join(' '));
    }
  }
  return { dots: dots.sort(), segments: segments.sort() };
}

test('dots come back as they went in, negative ones too', () => {
  const random = new Random(2);
  const points = new Set<string>();
  for (let time = 0; time < 500; time++) points.add(`${random.below(700) - 90},${random.below(700) - 90}`);
  const keys = [...points].map((point) => {
    const [x, y] = point.split(',').map(Number) as [number, number];
    return (y + 1024) * 65_536 + x + 1024;
  });
  expect(read(dotsPath(keys, 1024)).dots).toEqual([...points].sort());
  expect(dotsPath([], 1024)).toBe('');
});

test('each segment is drawn once, whatever runs they are joined to', () => {
  const random = new Random(3);
  const drawn = new Map<string, number[]>();
  for (let time = 0; time < 400; time++) {
    const [x1, y1, x2, y2] = [random.below(12), random.below(12) - 6, random.below(12), random.below(12) - 6];
    if (x1 === x2 && y1 === y2) continue;
    drawn.set([`${x1},${y1}`, `${x2},${y2}`].sort().join(' '), [x1, y1, x2, y2]);
  }
  expect(read(linesPath([...drawn.values()].flat())).segments).toEqual([...drawn.keys()].sort());
  expect(linesPath([])).toBe('');
});

test('a chain is one run', () => {
  expect(linesPath([0, 0, 4, 0, 8, 4, 4, 0, 8, 4, 8, -2])).toBe('M0 0l4 0l4 4l0-6');
});
