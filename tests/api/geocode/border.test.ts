import { beforeAll, describe, expect, test } from 'vitest';
import { postcodeNumber } from '../../../api/domain/postcode-number.ts';
import { writeSetting } from '../../../api/store/settings.ts';
import { group, harvested, type Taken } from '../cases/front-door.ts';

/**
 * Who is served at a border. The point of a postcode is one of its addresses: where its neighbours are of another area, some
 * of its addresses may be too. A row of postcodes 50 m apart runs from the west to the east; at its middle a border crosses
 * it, and with the border a sector ends.
 */

const HACKNEY = 'E09000012';
const ISLINGTON = 'E09000019';
const [WARD_A, WARD_B, WARD_C] = ['E05009367', 'E05009368', 'E05013701'] as const;
const METRES_IN_DEGREE = 69_200;

/** Postcodes by their place in the row: three wards, the first two of Hackney, the last of Islington. */
const ROW: [postcode: string, metres: number, district: string, ward: string][] = [
  ...row('E8 1', 'ABDEFGHJLN', 0, HACKNEY, WARD_A),
  ...row('E8 4', 'ABDEFGHJLN', 500, HACKNEY, WARD_B),
  ...row('N1 4', 'ABDEFGHJLN', 1000, ISLINGTON, WARD_C),
];

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
      area.run(ids.get(ward), district, ward, district === HACKNEY ? 'Hackney' : 'Islington', `Ward ${ids.size}`);
    }
  const add = db.prepare('INSERT INTO postcode (number, latitude, longitude, area) VALUES (?, ?, ?, ?)');
  for (const [postcode, metres, , ward] of ROW) {
    const longitude = -0.062 - metres / METRES_IN_DEGREE;
    add.run(postcodeNumber(postcode), 5_154_400, Math.round(longitude * 100_000), ids.get(ward));
  }
  writeSetting(db, 'postcodes', '{"source":"invented","live":30,"complete":[],"ground":""}');
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
