import { expect, test } from 'vitest';
import { geography } from '../../../api/geocode/geography.ts';
import { labelLines, type MapLabel, placeLabels } from '../../../api/map/labels.ts';
import { mapLabels } from '../../../api/map/painter.ts';
import { HIGHEST_ZOOM, LOWEST_ZOOM, TILE, worldX, worldY } from '../../../api/map/projection.ts';

const labels = mapLabels(geography());

test('the built-in geography names districts, wards, outcodes and sectors, and no sorting offices', () => {
  const names = new Map(labels.map((label) => [`${label.kind} ${label.name}`, label]));
  for (const name of ['district Hackney', 'outcode E8', 'sector E8 1', 'ward Homerton'])
    expect(names.has(name)).toBe(true);
  expect(names.has('sector N81 1')).toBe(false);
  expect(names.has('outcode N81')).toBe(false);
});

for (let zoom = LOWEST_ZOOM; zoom <= HIGHEST_ZOOM; zoom++) {
  test(`zoom ${zoom}: no label overlaps another, anywhere in the country`, () => {
    const { all } = placeLabels(labels, zoom);
    expect(all.length).toBeGreaterThan(20);
    const sorted = all.toSorted((a, b) => a.x - a.width / 2 - (b.x - b.width / 2));
    let overlaps = 0;
    for (const [at, label] of sorted.entries()) {
      for (const other of sorted.slice(at + 1)) {
        if (other.x - other.width / 2 >= label.x + label.width / 2) break;
        if (Math.abs(other.y - label.y) < (other.height + label.height) / 2) overlaps++;
      }
    }
    expect(overlaps).toBe(0);
  });
}

test('a label is given to every tile that its box touches, and to no other', () => {
  const zoom = 13;
  const placed = placeLabels(labels, zoom);
  const hackney = { x: Math.floor(worldX(-0.055, zoom) / TILE), y: Math.floor(worldY(51.545, zoom) / TILE) };
  const around = placed.within(
    (hackney.x - 1) * TILE,
    (hackney.y - 1) * TILE,
    (hackney.x + 2) * TILE,
    (hackney.y + 2) * TILE,
  );
  let crossing = 0;
  for (const label of around) {
    let given = 0;
    let touched = 0;
    for (let x = hackney.x - 2; x <= hackney.x + 2; x++) {
      for (let y = hackney.y - 2; y <= hackney.y + 2; y++) {
        const [left, top] = [x * TILE, y * TILE];
        if (placed.within(left, top, left + TILE, top + TILE).includes(label)) given++;
        const overX = Math.min(left + TILE, label.x + label.width / 2) - Math.max(left, label.x - label.width / 2);
        const overY = Math.min(top + TILE, label.y + label.height / 2) - Math.max(top, label.y - label.height / 2);
        if (overX > 0 && overY > 0) touched++;
      }
    }
    expect(given).toBe(touched);
    if (given > 1) crossing++;
  }
  expect(crossing).toBeGreaterThan(3);
});

test('where there is room for one only, it is the weightier', () => {
  const place = { kind: 'district', latitude: 51.5, longitude: -0.1 } satisfies Partial<MapLabel>;
  const two: MapLabel[] = [
    { ...place, name: 'Lesser', weight: 1 },
    { ...place, name: 'Greater', weight: 2 },
  ];
  const { all } = placeLabels(two, 8);
  expect(all.map(({ lines }) => lines)).toEqual([['Greater']]);
});

test('long names are set in two lines of about the same length', () => {
  expect(labelLines('Hackney')).toEqual(['Hackney']);
  expect(labelLines('Bournemouth, Christchurch and Poole')).toEqual(['Bournemouth,', 'Christchurch and Poole']);
  expect(labelLines('Llanfairpwllgwyngyllgogerychwyrn')).toEqual(['Llanfairpwllgwyngyllgogerychwyrn']);
});
