import { expect, test } from 'vitest';
import { scatter } from '../../../api/map/ground.ts';
import { placeLabels } from '../../../api/map/labels.ts';
import { TILE, type TileAddress, worldX, worldY } from '../../../api/map/projection.ts';
import { drawTile } from '../../../api/map/tile.ts';

const HACKNEY = { latitude: 51.545, longitude: -0.055 };
const tileOf = (zoom: number): TileAddress => ({
  zoom,
  column: Math.floor(worldX(HACKNEY.longitude, zoom) / TILE),
  row: Math.floor(worldY(HACKNEY.latitude, zoom) / TILE),
});

/** Two postcodes of one street. */
const cell = {
  latitudes: [51.545, 51.5455],
  longitudes: [-0.055, -0.0555],
  districts: [1, 1],
};

/** The texts of a tile, each with where its baseline is on the world map, in half pixels. */
const textsOf = (svg: string, tile: TileAddress) =>
  [...svg.matchAll(/<text[^>]* x="(-?[\d.]+)" y="(-?[\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(([, x, y, text]) => ({
    text,
    x: Number(x) + tile.column * TILE * 2,
    y: Number(y) + tile.row * TILE * 2,
  }));

/** Fails where elements are not closed in turn, or a bare & or < stands in a text. */
function wellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [tag, slash, name, , closed] of svg.matchAll(/<(\/?)(\w+)((?:\s[\w-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (slash && open.pop() !== name) return false;
    if (!slash && !closed) open.push(name ?? tag);
  }
  const text = svg.replaceAll(/<[^<>]*>/g, '').replaceAll(/&(amp|lt|gt|quot);/g, '');
  return open.length === 0 && !/[<>&]/.test(text);
}

test.each([11, 12, 13, 14, 15, 16, 17])('zoom %i: dots alone, and no line from one to the next', (zoom) => {
  const tile = tileOf(zoom);
  const svg = drawTile(tile, [scatter(tile, cell)], []);
  const paths = [...svg.matchAll(/ d="([^"]+)"/g)].map(([, data]) => data ?? '');
  expect(paths.length).toBeGreaterThan(1);
  // Segments without length alone: nothing on the ground looks like a street.
  for (const data of paths) expect(data).toMatch(/^([Mm]-?\d+[ ]?-?\d+h0)+$/);
  expect(wellFormed(svg)).toBe(true);
});

test('a postcode is a dot at its place', () => {
  const tile = tileOf(15);
  const svg = drawTile(tile, [scatter(tile, cell)], []);
  const x = Math.round((worldX(-0.055, 15) - tile.column * TILE) * 2);
  const y = Math.round((worldY(51.545, 15) - tile.row * TILE) * 2);
  const dots = /<path d="([^"]+)" stroke="[^"]+" stroke-width="6.8"\/>/.exec(svg)?.[1] ?? '';
  // Dots go from the top down, so the southern one comes second, relative to the first.
  const [, x0, y0, dx, dy] = /^M(-?\d+)[ ]?(-?\d+)h0m(-?\d+)[ ]?(-?\d+)h0$/.exec(dots) ?? [];
  expect([Number(x0) + Number(dx), Number(y0) + Number(dy)]).toEqual([x, y]);
  expect(wellFormed(svg)).toBe(true);
});

test('at the scale of regions, dots stand for many', () => {
  const tile = tileOf(8);
  const few = drawTile(tile, [scatter(tile, { ...cell, counts: [1, 1] })], []);
  const many = drawTile(tile, [scatter(tile, { ...cell, counts: [5000, 5000] })], []);
  const widest = (svg: string) => Number(/.*stroke-width="([\d.]+)"/.exec(svg)?.[1]);
  expect(widest(many)).toBeGreaterThan(widest(few));
});

test('a label across an edge stands at the same place of the world in both tiles', () => {
  const zoom = 13;
  const tile = tileOf(zoom);
  const right = { ...tile, column: tile.column + 1 };
  // On the edge between the two, to the pixel.
  const longitude = ((right.column * TILE) / (TILE * 2 ** zoom)) * 360 - 180;
  const placed = placeLabels(
    [{ kind: 'ward', name: 'Hoxton East & Shoreditch', ...HACKNEY, longitude, weight: 1 }],
    zoom,
  );
  const drawn = [tile, right].map((one) => {
    const labels = placed.within(one.column * TILE, one.row * TILE, (one.column + 1) * TILE, (one.row + 1) * TILE);
    const svg = drawTile(one, [], labels);
    expect(wellFormed(svg)).toBe(true);
    return textsOf(svg, one);
  });
  expect(drawn[0]?.map(({ text }) => text)).toEqual(['Hoxton East', '&amp; Shoreditch']);
  expect(drawn[1]).toEqual(drawn[0]);
});

test('an empty tile is paper and nothing else, and no tile carries styles, scripts or addresses', () => {
  const tile = tileOf(12);
  const empty = drawTile(tile, [], []);
  expect(empty.length).toBeLessThan(300);
  expect(empty).toContain('fill="#fbf7ef"');
  const full = drawTile(tile, [scatter(tile, cell)], []);
  expect(full).not.toMatch(/<style|<script|style=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});

test('without a table of postcodes, sectors are discs as wide as they spread', () => {
  const tile = tileOf(13);
  const sectors = { latitudes: [51.545], longitudes: [-0.055], districts: [1], spreads: [40] };
  const svg = drawTile(tile, [scatter(tile, sectors)], []);
  expect(svg).toMatch(/<circle cx="\d+" cy="\d+" r="80"\/>/);
  const far = drawTile(
    { ...tile, column: tile.column + 2 },
    [scatter({ ...tile, column: tile.column + 2 }, sectors)],
    [],
  );
  expect(far).not.toContain('<circle');
});
