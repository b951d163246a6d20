import { drawBorders, drawDensity, drawNeighbourhoods, NEIGHBOURHOOD_ZOOM, type Scatter } from './ground.ts';
import { LINE_HEIGHT, type PlacedLabel } from './labels.ts';
import { PALETTE } from './palette.ts';
import { dotsPath } from './path.ts';
import { latitudeAt, TILE, type TileAddress } from './projection.ts';
import { layers, SHIFT, UNITS } from './svg.ts';

/** XML's own characters, which a name may hold. */
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] as string);

/** Attributes, not a style sheet: a content security policy may forbid those, even inside a picture. */
const LINES = 'fill="none" stroke-linecap="round" stroke-linejoin="round"';
const TEXT =
  `font-family="system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" text-anchor="middle" ` +
  `stroke="${PALETTE.paper}" stroke-width="6" stroke-linejoin="round" paint-order="stroke"`;
const KINDS: Record<PlacedLabel['kind'], string> = {
  district: `fill="${PALETTE.ink}" font-weight="600"`,
  ward: `fill="${PALETTE.ink}"`,
  outcode: `fill="${PALETTE.label}" font-weight="600"`,
  sector: `fill="${PALETTE.label}" font-weight="600"`,
};

function drawLabel(label: PlacedLabel, left: number, top: number): string {
  const x = (label.x - left) * UNITS;
  const line = label.size * LINE_HEIGHT;
  // Baselines: a third of an em below the middle of each line.
  const first = label.y - top - ((label.lines.length - 1) * line) / 2 + label.size * 0.35;
  return label.lines
    .map(
      (text, at) =>
        `<text ${KINDS[label.kind]} x="${x}" y="${Math.round((first + at * line) * UNITS)}" font-size="${label.size * UNITS}">${escaped(text)}</text>`,
    )
    .join('');
}

/**
 * One tile of the map's ground.
 * @param parts what lies in the tile and groundMargin(zoom) pixels around it
 * @param labels those whose boxes touch the tile, placed on the world map of its zoom
 * @returns an SVG document that needs nothing from elsewhere
 */
export function drawTile(tile: TileAddress, parts: readonly Scatter[], labels: readonly PlacedLabel[]): string {
  const units = TILE * UNITS;
  const left = tile.column * TILE;
  const top = tile.row * TILE;
  const names = labels.map((label) => drawLabel(label, left, top)).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${TILE}" height="${TILE}" viewBox="0 0 ${units} ${units}">` +
    `<rect width="${units}" height="${units}" fill="${PALETTE.paper}"/>` +
    `<g ${LINES}>${drawGround(tile, parts)}${drawBorders(tile.zoom, parts)}</g>` +
    `${names === '' ? '' : `<g ${TEXT}>${names}</g>`}</svg>`
  );
}

function drawGround(tile: TileAddress, parts: readonly Scatter[]): string {
  if (parts.some(({ spreads }) => spreads !== null)) return drawSectors(parts);
  if (tile.zoom >= NEIGHBOURHOOD_ZOOM) return drawNeighbourhoods(tile.zoom, parts);
  return drawDensity(tile, latitudeAt((tile.row + 0.5) * TILE, tile.zoom), parts);
}

/** Pixels. A sector that spreads less is a dot with this much of a wash around it. */
const SMALL_DISC = 4;

/** Where people live, as far as the built-in sectors tell: a soft disc for each, that holds most of it. */
function drawSectors(parts: readonly Scatter[]): string {
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
    `<g fill="${PALETTE.wash}">${circle(1)}</g><g fill="${PALETTE.middle}" fill-opacity=".45">${circle(0.55)}</g>` +
    layers('middles', dots, [
      [PALETTE.wash, 2 * SMALL_DISC],
      [PALETTE.dots[4], 3],
    ])
  );
}
