import { expect, test } from 'vitest';
import type { PlaceKey } from '#api/domain/place.ts';
import { isMarkOf, markOfPlace, newSecret, sealPlace, unsealPlace } from '#api/domain/privacy.ts';

const secret = new Uint8Array(32).fill(7);

const KEYS: PlaceKey[] = [
  { kind: 'point', latitude: 51.54503, longitude: -0.05643, sector: 'E8 1', district: 'E09000012', ward: 'E05009372' },
  { kind: 'point', latitude: 60.8, longitude: -0.9, sector: null, district: null, ward: null },
  { kind: 'point', latitude: 49.9, longitude: -6.3, sector: 'TR21 0', district: 'E06000053', ward: null },
  { kind: 'sector', code: 'EC1A 1' },
  { kind: 'outcode', code: 'E8' },
  { kind: 'ward', code: 'W05001800' },
  { kind: 'district', code: 'S12000033' },
  { kind: 'town', code: 'Ynys Môn' },
];

const through = (key: PlaceKey) => unsealPlace(sealPlace(key, secret), secret);

test.each(KEYS)('%j comes back as it was, but for where in its cell a point is', (key) => {
  if (key.kind !== 'point') return expect(through(key)).toEqual(key);
  const { latitude, longitude, ...rest } = key;
  const { latitude: y, longitude: x, ...same } = through(key) as typeof key;
  expect(same).toEqual(rest);
  expect(Math.abs(y - latitude)).toBeLessThanOrEqual(0.001_01);
  expect(Math.abs(x - longitude)).toBeLessThanOrEqual(0.001_51);
});

test('every point of a cell is sealed as the same place, so that distances from it lead to the cell and no further', () => {
  const rest = { kind: 'point', sector: 'E8 1', district: 'E09000012', ward: 'E05009372' } as const;
  const cells = new Set<string>();
  for (let north = 0; north < 20; north++)
    for (let east = 0; east < 20; east++)
      cells.add(
        JSON.stringify(through({ ...rest, latitude: 51.5441 + north * 0.00009, longitude: -0.0569 + east * 0.000_14 })),
      );
  expect(cells.size).toBe(1);
});

test('sealed again it stays where it is, however often', () => {
  const once = through(KEYS[0] as PlaceKey) as PlaceKey;
  expect(through(through(once) as PlaceKey)).toEqual(once);
});

test('a token is short, fit for an address, and never the same twice', () => {
  const tokens = KEYS.map((key) => sealPlace(key, secret));
  for (const token of tokens) expect(token).toMatch(/^[\w-]{40,79}$/);
  const [key] = KEYS as [PlaceKey];
  expect(sealPlace(key, secret)).not.toBe(sealPlace(key, secret));
});

test('nothing of the place stands in it', () => {
  const [key] = KEYS as [PlaceKey];
  const bytes = Buffer.from(sealPlace(key, secret), 'base64url').toString('latin1');
  for (const part of ['E8', 'E09000012', '51.5', '5154503']) expect(bytes).not.toContain(part);
});

test('what was forged, cut, changed or sealed with another secret is nothing', () => {
  const [key] = KEYS as [PlaceKey];
  const token = sealPlace(key, secret);
  expect(unsealPlace(token, newSecret())).toBeNull();
  for (let at = 0; at < token.length - 1; at++) {
    const other = token[at] === 'A' ? 'B' : 'A';
    expect(unsealPlace(token.slice(0, at) + other + token.slice(at + 1), secret), `changed at ${at}`).toBeNull();
  }
  for (const foreign of [
    '',
    'E8 1EA',
    token.slice(0, 50),
    `${token}AAAA`,
    'A'.repeat(62),
    'A'.repeat(100_000),
    '../..',
    '%00',
  ]) {
    expect(unsealPlace(foreign, secret), foreign.slice(0, 20)).toBeNull();
  }
});

test('a secret of any length serves, and a new one is 32 random bytes', () => {
  const short = new TextEncoder().encode('sixteen letters!');
  const key: PlaceKey = { kind: 'outcode', code: 'E8' };
  expect(unsealPlace(sealPlace(key, short), short)).toEqual(key);
  expect(newSecret()).toHaveLength(32);
  expect(newSecret()).not.toEqual(newSecret());
});

test('a mark knows its place again, is another each time, and leads nowhere under another key', () => {
  const [one, other] = [KEYS[0], KEYS[3]].map((key) => sealPlace(key as PlaceKey, secret)) as [string, string];
  const mark = markOfPlace(one, secret) ?? '';
  expect(mark).toMatch(/^[\w-]{8}$/);
  expect(new Set([mark, ...[1, 2, 3].map(() => markOfPlace(one, secret))]).size).toBe(4);
  expect(isMarkOf(mark, sealPlace(KEYS[0] as PlaceKey, secret), secret)).toBe(true);
  expect(isMarkOf(mark, other, secret)).toBe(false);
  const key = newSecret();
  expect(isMarkOf(mark, sealPlace(KEYS[0] as PlaceKey, key), key)).toBe(false);
  for (const wrong of ['', 'AAAAAAAA', '~~~~~~~~', mark.slice(0, 4)]) expect(isMarkOf(wrong, one, secret)).toBe(false);
  expect([markOfPlace('no token', secret), isMarkOf(mark, 'no token', secret)]).toEqual([null, false]);
});
