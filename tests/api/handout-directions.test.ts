import { describe, expect, test } from 'vitest';
import { directionsLink } from '../../api/handout/directions.ts';
import { paperListing } from '../../api/handout/paper.ts';
import { readSettings } from '../../api/runtime/settings.ts';
import { IDS } from '../fixtures/listings.ts';
import { createWorld, get } from '../fixtures/world.ts';

/** The way to a venue, for somebody who opens the short link on a phone. */

const world = createWorld();
const destination = async (id: string) =>
  paperListing('en', (await get(world.api, `/services/${id}`)).body, null).destination;

test('without a map that the operator has chosen, there is no link', async () => {
  expect(readSettings({}).DIRECTIONS_URL).toBeNull();
  expect(directionsLink(null, await destination(IDS.class))).toBeNull();
});

test('of a venue: by its point, or by its address', async () => {
  const way = await destination(IDS.class);
  expect(directionsLink('https://maps.example.org/?to={latitude},{longitude}', way)).toMatch(
    /^https:\/\/maps\.example\.org\/\?to=5\d\.\d{5},-?0\.\d{5}$/,
  );
  const link = directionsLink('https://maps.example.org/dir?destination={address}', way);
  expect(link).not.toMatch(/[{}\s]/);
  expect(new URL(link ?? '').searchParams.get('destination')).toBe(way?.address);
});

test('what of a venue is not known is not asked of the map', () => {
  const point = { latitude: 51.5, longitude: -0.1 };
  expect(directionsLink('https://maps.example.org/?q={address}', { address: '', point })).toBeNull();
  expect(
    directionsLink('https://maps.example.org/?to={latitude},{longitude}', { address: 'E8 1EA', point: null }),
  ).toBeNull();
});

describe('never', () => {
  test('to a confidential place', async () => {
    expect(await destination(IDS.refugeService)).toBeNull();
  });

  test('to what is had from home', async () => {
    const { body } = await get(world.api, `/services/${IDS.class}`);
    const remote = { kind: 'remote', certain: true, distance_m: null, location_id: null } as const;
    const online = { ...body, service: { ...body.service, attending_types: ['in_person', 'online'] } };
    expect(paperListing('en', online, remote).destination).toBeNull();
  });
});

test.each([
  ['https://maps.example.org/', /must contain \{latitude\} and \{longitude\}, or \{address\}/],
  ['https://maps.example.org/?to={latitude}', /must contain/],
  ['http://maps.example.org/?to={address}', /anybody on the way could read where people want to go/],
  ['maps.example.org/{address}', /must be a web address that starts with https/],
])('the setting refuses %s', (url, why) => {
  expect(() => readSettings({ DIRECTIONS_URL: url })).toThrow(why);
});
