import type { Scatter } from './ground.ts';
import { PALETTE } from './palette.ts';
import { dotsPath } from './path.ts';
import { TILE } from './projection.ts';
import { layers, SHIFT, UNITS } from './svg.ts';

/** Pixels. A sector that spreads less is a dot with this much of a wash around it. */
const SMALL_DISC = 4;

/** Where people live, as far as the built-in sectors tell: a soft disc for each, that holds most of it. */
export function drawSectors(parts: readonly Scatter[]): string {
  // By the pair of pixels that they stand on, the widest of each, so that a tile of the whole country stays small.
  const discs = new Map<number, { x: number; y: number; r: number }>();
  for (const { xs, ys, spreads } of parts) {
    for (let at = 0; at < xs.length; at++) {
      const r = spreads?.[at] ?? 0;
      const [x, y] = [xs[at] as number, ys[at] as number];
      const outside = Math.max(Math.abs(x - TILE / 2), Math.abs(y - TILE / 2)) - TILE / 2;
      if (outside > Math.max(r, SMALL_DISC)) continue;
      const key = Math.round(y / 2) * 65_536 + Math.round(x / 2);
      const known = discs.get(key);
      if (!known || known.r < r * UNITS)
        discs.set(key, { x: Math.round(x * UNITS), y: Math.round(y * UNITS), r: Math.round(r * UNITS) });
    }
  }
  const wide = [...discs.values()].filter(({ r }) => r > SMALL_DISC * UNITS);
  const circle = (share: number) =>
    wide.map(({ x, y, r }) => `<circle cx="${x}" cy="${y}" r="${Math.round(r * share)}"/>`).join('');
  const near = [...discs.values()].filter(({ x, y }) => Math.max(Math.abs(x), Math.abs(y)) < SHIFT);
  const dots = dotsPath(new Set(near.map(({ x, y }) => (y + SHIFT) * 65_536 + x + SHIFT)), SHIFT);
  if (discs.size === 0) return '';
  return (
    `<g fill="${PALETTE.wash}">${circle(1)}</g><g fill="${PALETTE.kerb}" fill-opacity=".45">${circle(0.55)}</g>` +
    layers('middles', dots, [
      [PALETTE.wash, 2 * SMALL_DISC],
      [PALETTE.dots[4], 3],
    ])
  );
}
