import { beforeAll, expect, test } from 'vitest';
import { group, harvested, type Taken } from './front-door.ts';

/** Whether a listing serves an address: what its source says of areas is a sure answer only where it is one. */

const area = (name: string, code?: string) => ({
  name,
  ...(code && { uri: `http://statistics.data.gov.uk/id/statistical-geography/${code}` }),
});
const square = {
  type: 'Polygon',
  coordinates: [
    [
      [-0.09, 51.55],
      [-0.07, 51.55],
      [-0.07, 51.56],
      [-0.09, 51.56],
      [-0.09, 51.55],
    ],
  ],
};

/** Areas as a feed has them; from where somebody asks; whether the answer is sure, and what it says. */
const CASES: readonly (readonly [areas: object[], from: string, certain: boolean, why: RegExp])[] = [
  // A district that is no more: its successor is perhaps meant, and nobody else.
  [[area('Allerdale', 'E07000026')], 'M1', true, /^Only for people in Allerdale$/],
  [[area('Allerdale', 'E07000026')], 'CA14', false, /may cover this address/],
  // Parts of postcodes.
  [[area('N4'), area('N8')], 'M1', true, /^Only for people in N4 and N8$/],
  [[area('N4'), area('N8')], 'N8', true, /^Open to people in N8$/],
  [[area('E8 2AB')], 'M1', true, /^Only for people in E8 2AB$/],
  [[area('E8 2AB')], 'E8 2', false, /may cover this address/],
  // A shape on a map.
  [[{ name: 'Round the park', extent_type: 'geojson', extent: JSON.stringify(square) }], 'M1', true, /^Only for/],
  [[{ name: 'Round the park', extent_type: 'geojson', extent: JSON.stringify(square) }], 'N4 2', false, /may cover/],
  // A border runs through what is typed.
  [[area('Bromley')], 'SE9', false, /may cover this address/],
  [[area('Bromley')], 'M1', true, /^Only for people in Bromley$/],
  // The surroundings of an area: it is served, what lies around it perhaps, and what is far off not.
  [[area('Hackney and surrounding areas')], 'E5 8', true, /^Open to people in Hackney and surrounding areas$/],
  [[area('Hackney and surrounding areas')], 'N4', false, /may cover this address/],
  [[area('Hackney and surrounding areas')], 'M1', true, /^Only for people in Hackney and surrounding areas$/],
  [[area('Truro and the surrounding villages')], 'TR4', false, /may cover this address/],
  [[area('Truro and the surrounding villages')], 'M1', true, /^Only for people in Truro and/],
  [[area('Parts of Hackney')], 'E8', false, /may cover this address/],
  [[area('Parts of Hackney')], 'M1', true, /^Only for people in parts of Hackney$/],
  // What cannot be looked up is nobody's sure answer.
  [[area('Our usual patch')], 'M1', false, /ask whether it takes people from M1$/],
  [[area('All')], 'M1', false, /ask whether it takes people from M1$/],
];

const nameOf = (index: number) => `Club number ${index}`;

let feed: Taken;
beforeAll(async () => {
  feed = await harvested(CASES.map(([service_areas], index) => group(nameOf(index), { service_areas })));
});

test.each(
  CASES.map(([areas, from, certain, why], index) => [JSON.stringify(areas), from, certain, why, index] as const),
)('%s, asked from %s', async (_, from, certain, why, index) => {
  const { service } = await feed.answer(nameOf(index));
  const path = `/api/v1/services/${service.id}/reach?postcode=${encodeURIComponent(from)}`;
  const { reach } = (await (await feed.signpost.api.request(path)).json()) as {
    reach: { certain: boolean; why: string };
  };
  expect([reach.certain, reach.why]).toEqual([certain, expect.stringMatching(why)]);
});
