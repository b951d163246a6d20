import { expect, test } from 'vitest';
import { fromNationalGrid } from '#api/domain/osgb.ts';
import { metresBetween } from '#api/geocode/metres.ts';

/** Ordnance Survey's own transformation (OSTN15), as the ONS Postcode Directory and Code-Point Open's users publish it. */
const KNOWN = [
  // The worked example of 'A guide to coordinate systems in Great Britain', Caister water tower, by OSTN15.
  { easting: 651409.903, northing: 313177.27, latitude: 52.657977, longitude: 1.716038 },
  { easting: 534870, northing: 184694, latitude: 51.545033, longitude: -0.056407 },
  { easting: 385386, northing: 801193, latitude: 57.101474, longitude: -2.242851 },
  { easting: 385053, northing: 801092, latitude: 57.100556, longitude: -2.248342 },
];

test.each(KNOWN)('$easting, $northing is within 4.1 m', ({ easting, northing, ...known }) => {
  expect(metresBetween(fromNationalGrid(easting, northing), known)).toBeLessThan(4.1);
});

test('a step of a kilometre is a kilometre, give or take the scale of the projection, from Scilly to Shetland', () => {
  for (const [easting, northing] of [
    [90_000, 10_000],
    [400_000, 300_000],
    [655_000, 310_000],
    [450_000, 1_210_000],
  ] as const) {
    const here = fromNationalGrid(easting, northing);
    for (const there of [fromNationalGrid(easting + 1000, northing), fromNationalGrid(easting, northing + 1000)]) {
      expect(Math.abs(metresBetween(here, there) - 1000)).toBeLessThan(4);
    }
  }
});
