import { beforeAll, describe, expect, test } from 'vitest';
import { postcodeNumber } from '../../../api/domain/postcode-number.ts';
import { writeSetting } from '../../../api/store/settings.ts';
import { group, harvested, type Taken } from '../cases/front-door.ts';

/**
 * Who is served at a border. The point of a postcode is one of its addresses: where its neighbours are of another area, some
 * of its addresses may be too. A row of postcodes 50 m apart runs from the west to the east; at its middle a border crosses
 * it, and with the border a sector ends. A second row, of one sector, is crossed by the border of Wales and England.
 */

const HACKNEY = 'E09000012';
const ISLINGTON = 'E09000019';
const [WARD_A, WARD_B, WARD_C] = ['E05009367', 'E05009368', 'E05013701'] as const;
/** Forest of Dean and Monmouthshire, which share a sector. */
const [IN_ENGLAND, IN_WALES] = ['E07000080', 'W06000021'] as const;
const NAMES: Record<string, string> = {
  [HACKNEY]: 'Hackney',
  [ISLINGTON]: 'Islington',
  [IN_ENGLAND]: 'Forest of Dean',
  [IN_WALES]: 'Monmouthshire',
};
const METRES_IN_DEGREE = 69_200;
const [LONDON, WYE] = [
  { latitude: 51.544, longitude: -0.062 },
  { latitude: 51.6532, longitude: -2.6587 },
];

/** Postcodes by their place in the row: three wards, the first two of Hackney, the last of Islington. */
const ROW: [postcode: string, metres: number, district: string, ward: string][] = [
  ...row('E8 1', 'ABDEFGHJLN', 0, HACKNEY, WARD_A),
  ...row('E8 4', 'ABDEFGHJLN', 500, HACKNEY, WARD_B),
  ...row('N1 4', 'ABDEFGHJLN', 1000, ISLINGTON, WARD_C),
  ...row('NP16 7', 'ABDEFGHJLN', 0, IN_ENGLAND, 'E05000001'),
  ...row('NP16 7', 'PQRSTUWXYZ', 500, IN_WALES, 'W05000001'),
];

/** A rectangle, as a ring of GeoJSON. */
const box = (west: number, south: number, east: number, north: number): [number, number][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
/** Around the western half of the first row, from 70 m before it to 620 m along it. */
const PATCH = { type: 'Polygon', coordinates: [box(-0.071, 51.54, -0.061, 51.548)] };
/** Around the postcodes from 110 to 550 m along the row. */
const HOLE = box(-0.07, 51.54, -0.0636, 51.548);
/** To 220 m along the row, and from 1200 m on. */
const TWO_PARTS = [[box(-0.0652, 51.538, -0.056, 51.55)], [box(-0.1, 51.538, -0.0793, 51.55)]];
const drawn = (name: string, shape: object) => ({ service_areas: [{ name, extent: JSON.stringify(shape) }] });

function row(sector: string, letters: string, from: number, district: string, ward: string): typeof ROW {
  return [...letters].map((letter, at) => [`${sector}A${letter}`, from + at * 50, district, ward]);
}

const named = (...names: string[]) => ({ service_areas: names.map((name) => ({ name })) });
const coded = (code: string) => ({
  service_areas: [{ name: 'A ward', uri: `http://statistics.data.gov.uk/id/statistical-geography/${code}` }],
});

let taken: Taken;
beforeAll(async () => {
  taken = await harvested([
    group('For Hackney', named('Hackney')),
    group('For Islington', named('Islington')),
    group('For both', named('Hackney', 'Islington')),
    group('For ward A', coded(WARD_A)),
    group('For ward B', coded(WARD_B)),
    group('For England', named('England')),
    group('For E8', named('E8')),
    group('For E8 1', named('E8 1')),
    group('For Tottenham', named('Tottenham')),
    group('For Wales', named('Wales')),
    group('For England and Wales', named('England', 'Wales')),
    group('For what is drawn', drawn('Our patch', PATCH)),
    group('For a ring', drawn('Our ring', { type: 'Polygon', coordinates: [box(-0.1, 51.52, -0.02, 51.57), HOLE] })),
    group('For two parts', drawn('Our patch', { type: 'MultiPolygon', coordinates: TWO_PARTS })),
    group('For a county', drawn('Our county', { type: 'Polygon', coordinates: [box(-0.6, 51.2, 0.4, 51.8)] })),
  ]);
  const { db } = taken.signpost;
  db.exec('DELETE FROM postcode; DELETE FROM postcode_area');
  const area = db.prepare(
    'INSERT INTO postcode_area (id, district, ward, district_name, ward_name) VALUES (?, ?, ?, ?, ?)',
  );
  const ids = new Map<string, number>();
  for (const [, , district, ward] of ROW)
    if (!ids.has(ward)) {
      ids.set(ward, ids.size + 1);
      area.run(ids.get(ward), district, ward, NAMES[district], `Ward ${ids.size}`);
    }
  const add = db.prepare('INSERT INTO postcode (number, latitude, longitude, area) VALUES (?, ?, ?, ?)');
  for (const [postcode, metres, , ward] of ROW) {
    const { latitude, longitude } = postcode.startsWith('NP') ? WYE : LONDON;
    const west = longitude - metres / METRES_IN_DEGREE;
    add.run(postcodeNumber(postcode), Math.round(latitude * 100_000), Math.round(west * 100_000), ids.get(ward));
  }
  writeSetting(db, 'postcodes', '{"source":"invented","live":50,"complete":[],"ground":""}');
});

interface Answer {
  reach: { kind: string; certain: boolean; why: string };
}

async function standing(name: string, from: string): Promise<[kind: string, certain: boolean, why: string]> {
  const { service } = await taken.answer(name);
  const answer = await taken.signpost.api.request(
    `/api/v1/services/${service.id}/reach?postcode=${encodeURIComponent(from)}`,
  );
  const { reach } = (await answer.json()) as Answer;
  return [reach.kind, reach.certain, reach.why];
}
const perhaps = (area: string) => ['venue', false, `Perhaps: this address lies on the border of ${area}`];

describe('a postcode', () => {
  test.each([
    ['E8 1AA', 'For Hackney', ['venue', true, 'Open to people in Hackney']],
    ['E8 4AN', 'For Hackney', perhaps('Hackney')],
    ['N1 4AA', 'For Hackney', perhaps('Hackney')],
    ['N1 4AN', 'For Hackney', ['not_serving', true, 'Only for people in Hackney']],
    ['N1 4AN', 'For Islington', ['venue', true, 'Open to people in Islington']],
    ['N1 4AA', 'For Islington', perhaps('Islington')],
    ['E8 4AN', 'For Islington', perhaps('Islington')],
    ['E8 1AA', 'For Islington', ['not_serving', true, 'Only for people in Islington']],
    // Where both sides are served there is no doubt.
    ['E8 4AN', 'For both', ['venue', true, 'Open to people in Hackney']],
    ['N1 4AA', 'For both', ['venue', true, 'Open to people in Islington']],
    // The border of a ward within its council is one for the ward alone.
    ['E8 1AN', 'For Hackney', ['venue', true, 'Open to people in Hackney']],
    ['E8 4AA', 'For Hackney', ['venue', true, 'Open to people in Hackney']],
    // No postcode straddles a postcode area.
    ['E8 4AN', 'For E8', ['venue', true, 'Open to people in E8']],
    ['N1 4AA', 'For E8', ['not_serving', true, 'Only for people in E8']],
    ['E8 1AN', 'For E8 1', ['venue', true, 'Open to people in E8 1']],
    ['E8 4AA', 'For E8 1', ['not_serving', true, 'Only for people in E8 1']],
    ['E8 4AN', 'For England', ['venue', true, 'Open to people in England']],
    ['E8 4AN', 'For Tottenham', ['not_serving', true, 'Only for people in Tottenham']],
    // Nations have borders too, and none where both sides are served.
    ['NP16 7AA', 'For England', ['venue', true, 'Open to people in England']],
    ['NP16 7AN', 'For England', perhaps('England')],
    ['NP16 7AP', 'For England', perhaps('England')],
    ['NP16 7AZ', 'For England', ['not_serving', true, 'Only for people in England']],
    ['NP16 7AA', 'For Wales', ['not_serving', true, 'Only for people in Wales']],
    ['NP16 7AN', 'For Wales', perhaps('Wales')],
    ['NP16 7AP', 'For Wales', perhaps('Wales')],
    ['NP16 7AZ', 'For Wales', ['venue', true, 'Open to people in Wales']],
    ['NP16 7AN', 'For England and Wales', ['venue', true, 'Open to people in England']],
    ['NP16 7AP', 'For England and Wales', ['venue', true, 'Open to people in Wales']],
  ])('%s: %s', async (from, name, expected) => {
    expect(await standing(name, from)).toEqual(expected);
  });

  test.each([
    ['E8 1AA', 'For ward A', true],
    ['E8 1AN', 'For ward A', false],
    ['E8 4AA', 'For ward A', false],
    ['E8 4AA', 'For ward B', false],
    ['E8 4AF', 'For ward B', true],
    ['E8 4AN', 'For ward B', false],
    ['N1 4AA', 'For ward B', false],
  ])('%s: %s, certain: %s', async (from, name, certain) => {
    const [kind, sure, why] = await standing(name, from);
    expect([kind, sure]).toEqual(['venue', certain]);
    if (!certain) expect(why).toMatch(/^Perhaps: this address lies on the border of /);
  });

  test.each([
    ['N1 4AN', 'For ward B'],
    ['E8 4AN', 'For ward A'],
  ])('%s: %s is a no', async (from, name) => {
    expect((await standing(name, from)).slice(0, 2)).toEqual(['not_serving', true]);
  });
});

describe('what is drawn on a map', () => {
  const INSIDE = ['venue', true, 'Open to people in Our patch'];
  const OUTSIDE = ['not_serving', true, 'Only for people in Our patch'];

  test.each([
    // 70 m from its eastern border, and 20 m on either side of its western one.
    ['E8 1AA', 'For what is drawn', perhaps('Our patch')],
    ['E8 4AD', 'For what is drawn', perhaps('Our patch')],
    ['E8 4AE', 'For what is drawn', perhaps('Our patch')],
    ['E8 1AG', 'For what is drawn', INSIDE],
    ['E8 4AN', 'For what is drawn', OUTSIDE],
    ['N1 4AA', 'For what is drawn', OUTSIDE],
    // What is left out of it is outside, and has a border of its own.
    ['E8 1AG', 'For a ring', OUTSIDE.with(2, 'Only for people in Our ring')],
    ['E8 1AA', 'For a ring', INSIDE.with(2, 'Open to people in Our ring')],
    ['E8 1AB', 'For a ring', perhaps('Our ring')],
    // Two parts: each has its inside, and what lies between them is outside.
    ['E8 1AB', 'For two parts', INSIDE],
    ['N1 4AN', 'For two parts', INSIDE],
    ['E8 4AJ', 'For two parts', OUTSIDE],
    // Sectors that lie in it whole are sure however much of the postcode is known.
    ['E8 1AA', 'For a county', INSIDE.with(2, 'Open to people in Our county')],
    ['E8 1', 'For a county', INSIDE.with(2, 'Open to people in Our county')],
    ['E8', 'For a county', INSIDE.with(2, 'Open to people in Our county')],
    ['NP16 7AA', 'For a county', OUTSIDE.with(2, 'Only for people in Our county')],
    // Of a sector through which the border runs some is inside.
    ['E8 1', 'For what is drawn', ['venue', false, 'Open to people in Our patch, which may cover this address']],
  ])('%s: %s', async (from, name, expected) => {
    expect(await standing(name, from)).toEqual(expected);
  });

  test('is published with its border, and comes back with the same answers', async () => {
    const { service } = await taken.answer('For what is drawn');
    const response = await taken.signpost.api.request(`/api/openreferral/v3/services/${service.id}`);
    const published = (await response.json()) as { service_areas: object[] };
    const again = await harvested([group('For what is drawn', { service_areas: published.service_areas })]);
    const { service: copy } = await again.answer('For what is drawn');
    expect(copy.service_areas).toEqual(service.service_areas);
    expect(service.service_areas.some(({ outline }: { outline?: object }) => outline)).toBe(true);
  });
});

describe('what is wider than a postcode', () => {
  test.each([
    // Of the sector some is Hackney, some not: part of it is no border.
    ['E8 1', 'For Hackney', ['venue', false, 'Open to people in Hackney, which may cover this address']],
    ['E8', 'For E8 1', ['venue', false, 'Open to people in E8 1, which may cover this address']],
    ['Truro', 'For Hackney', ['not_serving', true, 'Only for people in Hackney']],
    ['Hackney', 'For Hackney', ['venue', true, 'Open to people in Hackney']],
    ['Tottenham', 'For Tottenham', ['venue', false, 'Open to people in Tottenham, which may cover this address']],
  ])('%s: %s', async (from, name, expected) => {
    expect(await standing(name, from)).toEqual(expected);
  });
});

test('the link to a search from a border says the same', async () => {
  const { service } = await taken.answer('For Hackney');
  const typed = await taken.signpost.api.request('/api/v1/search?postcode=E8%204AN');
  const { place } = (await typed.json()) as { place: { near: string } };
  const answer = await taken.signpost.api.request(`/api/v1/services/${service.id}/reach?near=${place.near}`);
  expect(((await answer.json()) as Answer).reach.certain).toBe(false);
});
