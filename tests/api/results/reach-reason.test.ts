import { expect, test } from 'vitest';
import type { Place } from '../../../api/domain/place.ts';
import { type Listing, Organization, Service } from '../../../api/domain/service.ts';
import { elsewhereReason, reachReason, reachWords } from '../../../api/results/reach-reason.ts';
import type { Hit } from '../../../api/search/types.ts';
import { IDS } from '../../fixtures/listings.ts';

const HACKNEY = { type: 'district', code: 'E09000012', name: 'Hackney' } as const;
const named = (...names: string[]) => names.map((name) => ({ ...HACKNEY, name }));

function listing(areas: object[], ways = ['in_person']): Listing {
  const service = Service.parse({
    id: IDS.class,
    organization_id: IDS.moves,
    name: 'A listing',
    summary: 'A listing for a test.',
    description: 'What happens there.',
    kind: 'activity',
    taxonomy_terms: ['movement'],
    attending_types: ways,
    service_areas: areas,
    source: { name: 'A test' },
    assured_date: '2026-10-01',
  });
  const organization = Organization.parse({ id: IDS.moves, name: 'Homerton Moves' });
  return { service, organization, locations: [], state: 'published', last_modified: '2026-11-20T09:00:00Z' };
}

const E8: Place = {
  label: 'E8 1',
  latitude: 51.545,
  longitude: -0.062,
  precision: 'postcode',
  spread_m: 0,
  outcode: 'E8',
  sector: 'E8 1',
  districts: [{ code: 'E09000012', name: 'Hackney' }],
  wards: null,
};
const TRURO: Place = { ...E8, label: 'Truro', precision: 'town', outcode: null, sector: null };

const hit = (reach: Hit['reach'], area: string | null, certain = true): Hit => ({
  id: IDS.class,
  on_border: false,
  match: 'words',
  reach,
  certain,
  area,
  distance_m: null,
  location_id: null,
});

const HERE = listing(named('Hackney'));
const THREE = listing(named('Hackney', 'Islington', 'Haringey'));
const FOUR = listing(named('Hackney', 'Islington', 'Haringey', 'Camden'));

test.each([
  [hit('venue', null), listing([]), true, 'Open to people from anywhere'],
  [hit('venue', 'Hackney'), HERE, true, 'Open to people in Hackney'],
  [hit('venue', 'Hackney', false), HERE, true, 'Open to people in Hackney, which may cover this address'],
  [hit('area', 'Hackney'), FOUR, true, 'Covers Hackney'],
  [hit('area', 'Hackney', false), HERE, true, 'Covers Hackney, which may cover this address'],
  [hit('area', null), listing([]), true, 'Open to people from anywhere'],
  [hit('remote', null), listing([], ['online']), true, 'Online, open to people from anywhere'],
  [hit('remote', 'Wales'), listing([], ['phone']), true, 'By phone, open to people in Wales'],
  [hit('remote', null), listing([], ['online', 'phone']), true, 'Online or by phone, open to people from anywhere'],
  [hit('not_serving', null), HERE, true, 'Only for people in Hackney'],
  [hit('not_serving', null), listing(named('Hackney', 'Islington')), true, 'Only for people in Hackney and Islington'],
  [hit('not_serving', null), THREE, true, 'Only for people in Hackney, Islington and Haringey'],
  [hit('not_serving', null), FOUR, true, 'Only for people in Hackney, Islington and 2 more'],
  [hit('venue', null), HERE, false, 'Open to people in Hackney'],
  [hit('area', null), THREE, false, 'Covers Hackney, Islington and Haringey'],
])('%#: %o', (one, of, placed, words) => {
  expect(reachReason(one, reachWords(of), placed ? E8 : null)).toBe(words);
});

test.each([
  [hit('venue', 'Hackney', false), HERE, 'Perhaps: this address lies on the border of Hackney'],
  [hit('area', 'Hackney', false), FOUR, 'Perhaps: this address lies on the border of Hackney'],
  [
    hit('remote', 'Wales', false),
    listing([], ['phone']),
    'By phone. Perhaps: this address lies on the border of Wales',
  ],
])('at a border, %#: %o', (one, of, words) => {
  expect(reachReason({ ...one, on_border: true }, reachWords(of), E8)).toBe(words);
});

test('what is for elsewhere and found by its name is said to be listed for there', () => {
  const elsewhere = hit('not_serving', null);
  expect(elsewhereReason(elsewhere, reachWords(HERE), TRURO)).toBe('Listed, but for Hackney');
  expect(elsewhereReason(elsewhere, reachWords(listing(named('City of London', 'Hackney'))), TRURO)).toBe(
    'Listed, but for City of London and Hackney',
  );
});

test('one that does not say where people must live is never said to be open to anybody', () => {
  const said = (more: object, ways?: string[]) => {
    const it = listing([], ways);
    return reachWords({ ...it, service: { ...it.service, ...more } });
  };
  const unsaid = said({ service_area_status: 'unsaid' });
  const ask = 'ask whether it takes people from';
  expect(reachReason(hit('unclear', null, false), unsaid, E8)).toBe(`Listed by A test; ${ask} E8`);
  expect(reachReason(hit('unclear', null, false), unsaid, TRURO)).toBe(`Listed by A test; ${ask} Truro`);
  expect(reachReason(hit('venue', null), unsaid, null)).toBe(
    'Listed by A test; ask whether it takes people from where you live',
  );
  const unread = said({ service_area_status: 'unread', service_area_words: ['Our patch'] }, ['online']);
  expect(reachReason(hit('unclear', null, false), unread, E8)).toBe(`For ‘Our patch’, says A test; ${ask} E8`);
  expect(reachReason(hit('remote', null), unread, null)).toBe(
    `Online. For ‘Our patch’, says A test; ${ask} where you live`,
  );
});
