import { beforeAll, describe, expect, test } from 'vitest';
import type { Listing } from '../../../api/domain/service.ts';
import { readPhones } from '../../../api/domain/telephone/reader.ts';
import { metresBetween } from '../../../api/geocode/metres.ts';
import { toText } from '../../../api/import/oruk/markup.ts';
import { readFeedRecord } from '../../../api/import/oruk/read.ts';
import { emailsIn, mendByDay, mendClock, mendDate, mendUrl } from '../../../api/import/oruk/values.ts';
import { type PlanItem, planImport } from '../../../api/import/plan.ts';
import { pointChecker } from '../../../api/import/point-check.ts';
import { FEED } from '../../fixtures/feed.ts';
import { createSignpost } from './world.ts';

/** What real feeds get wrong, and what becomes of it: the listing, and what the report says. */

const signpost = createSignpost();
const feed = { id: 'test', name: 'A council', url: 'https://council.example.org', licence: null };
const context = { feed, points: pointChecker(signpost.db), today: '2026-11-21' };
/** Where the built-in table has the sector E8 1. */
const E8_1 = { latitude: 51.5458, longitude: -0.0619 };

function planOf(raw: unknown): PlanItem & { listing: Listing } {
  const { items } = planImport(signpost.directory, [readFeedRecord(raw, context)], { feed: 'test' });
  return items[0] as PlanItem & { listing: Listing };
}
const fieldsOf = ({ repairs }: PlanItem) => repairs.map(({ field }) => field);

const plans = {} as Record<keyof typeof FEED, ReturnType<typeof planOf>>;
beforeAll(() => {
  for (const [name, raw] of Object.entries(FEED)) plans[name as keyof typeof FEED] = planOf(raw);
});

describe('a record of the feed', () => {
  test('that has nothing wrong is taken as it is, and nothing is said', () => {
    const { action, repairs, listing } = plans.plain;
    expect([action, repairs]).toEqual(['added', []]);
    expect(listing.service).toMatchObject({
      name: 'Plain Room',
      kind: 'social',
      taxonomy_terms: ['warm-spaces'],
      attending_types: ['in_person'],
      cost_options: [],
      assured_date: '2026-09-10',
      assured_by: 'source',
      source: { name: 'A council', url: 'https://council.example.org' },
    });
    // What only repeats the hours is not said twice.
    expect(listing.service.schedules).toEqual([
      expect.objectContaining({ freq: 'WEEKLY', byday: 'MO', opens_at: '10:00', closes_at: '12:00' }),
    ]);
    expect(listing.service.schedules[0]).not.toHaveProperty('description');
  });

  test('in Welsh keeps every letter', () => {
    expect(plans.welsh.listing.service).toMatchObject({
      name: 'Neuadd Tŷ’r Ŵyl – Llŷn',
      alternate_name: 'Festival Hall',
    });
    expect(plans.welsh.repairs).toEqual([]);
  });

  test('with markup becomes plain words', () => {
    expect(plans.markup.listing.service).toMatchObject({
      name: 'Bread & Roses',
      description: 'Soup & bread.\n\n- Free\n- See the menu (https://soup.example.org/menu)',
    });
    expect(fieldsOf(plans.markup)).toContain('description');
  });

  test('with an address without scheme and two e-mails has one of each', () => {
    const { service } = plans.unschemed.listing;
    expect(service).toMatchObject({ url: 'https://www.library.example.org/warm', email: 'a@library.example.org' });
    expect(service.description).toContain('Also by e-mail: b@library.example.org');
    expect(fieldsOf(plans.unschemed)).toEqual(['url', 'email']);
  });

  test('with empty text and -1 knows nothing, and says no more', () => {
    const { service } = plans.unknowns.listing;
    expect(service).toMatchObject({ status: 'active', cost_options: [], eligibility: { restrictions: [] } });
    expect(service).not.toHaveProperty('url');
    expect(service.eligibility).not.toHaveProperty('minimum_age');
    expect(fieldsOf(plans.unknowns)).toEqual(expect.arrayContaining(['minimum_age', 'url', 'cost_options[0].amount']));
  });

  test('with its postcode in the address alone is found there, and has its point', () => {
    const [location] = plans.postcodeInText.listing.locations;
    expect(location?.address?.postal_code).toBe('E8 1EA');
    expect(metresBetween(location as typeof E8_1, E8_1)).toBeLessThan(1500);
    expect(fieldsOf(plans.postcodeInText)).toEqual([
      'service_at_locations[0].location.addresses[0].postal_code',
      'service_at_locations[0].location.latitude',
    ]);
  });

  test('with hours in prose keeps the prose, and has no session', () => {
    expect(plans.prose.listing.service).toMatchObject({
      schedules: [],
      schedule_description: 'Most Tuesdays from about ten, not in August',
    });
  });

  test.each([
    ['america', /4,7\d\d miles from E8 1EA, outside the United Kingdom/],
    ['astray', /miles from E8 1EA; the point of the postcode/],
  ] as const)('%s: the point of its postcode is used', (name, words) => {
    const [location] = plans[name].listing.locations;
    expect(metresBetween(location as typeof E8_1, E8_1)).toBeLessThan(1500);
    expect(plans[name].repairs[0]?.words).toMatch(words);
  });

  test('in America without a postcode has no point', () => {
    const [location] = plans.lostAtSea.listing.locations;
    expect(location).not.toHaveProperty('latitude');
    expect(plans.lostAtSea.repairs[0]).toMatchObject({ field: 'service_at_locations[0].location.latitude' });
  });

  test('without organization says so', () => {
    expect(plans.nobodys.listing.organization.name).toBe('Not stated (listed by A council)');
    expect(fieldsOf(plans.nobodys)).toContain('organization');
  });

  test('without a name goes by its organization; with neither it is refused', () => {
    expect(plans.nameless.listing.service.name).toBe('Friends of');
    expect(plans.nothing).toMatchObject({ action: 'refused', reasons: [{ field: 'name' }] });
  });

  test('with odd hours keeps what is plain, and guesses nothing', () => {
    const { schedules, schedule_description } = plans.hours.listing.service;
    expect(schedules).toEqual([
      expect.objectContaining({ byday: 'TU', opens_at: '14:00' }),
      expect.objectContaining({ byday: 'WE', opens_at: '09:30', closes_at: '11:00' }),
    ]);
    expect(schedules[0]).not.toHaveProperty('closes_at');
    expect(schedule_description).toBe(
      'Mondays, from midnight to midnight, which may mean open all day or closed: ask first; By arrangement',
    );
  });

  test('in broken letters is put right', () => {
    expect(plans.scrambled.listing.service).toMatchObject({
      name: 'Café Llwyd',
      description: 'You’ll be welcome – always.',
    });
  });

  test('of an area with a code serves it; of one without, the words are kept and nobody is turned away', () => {
    expect(plans.areas.listing.service.service_areas).toEqual([
      { type: 'district', code: 'E09000012', name: 'Hackney' },
    ]);
    expect(plans.somewhere.listing.service).toMatchObject({
      service_areas: [],
      eligibility: { description: 'Area served: Our valley' },
    });
  });

  test('with fees in words has the amount', () => {
    expect(plans.fees.listing.service.cost_options).toEqual([
      { option: 'paid', amount: 2.5, amount_description: 'a cup', concession: false },
    ]);
  });
});

describe('Open Referral UK 1.0', () => {
  const OLD = {
    id: 'SVC-12',
    name: 'Lunch club',
    description: 'A hot meal.',
    status: 'active',
    url: 'https://lunch.example.org',
    attending_type: 'venue',
    attending_access: 'drop-in',
    deliverable_type: 'Advice',
    organization: { id: 'ORG-1', name: 'Lunchers', description: 'We eat.', url: 'lunch.example.org' },
    eligibilitys: [{ id: 'E1', eligibility: 'Over 60s', minimum_age: 60, maximum_age: -1 }],
    regular_schedules: [{ id: 'R1', byday: 'TU', opens_at: '12:00:00', closes_at: '14:00:00', freq: '' }],
    cost_options: [{ id: 'C1', option: 'Meal', amount: 4 }],
    contacts: [{ id: 'K1', name: 'Ada', title: 'Cook', phones: [{ id: 'P1', number: '020 7946 0001' }] }],
    service_taxonomys: [{ id: 'T1', taxonomy: { id: 'esd:12', name: 'Older people', vocabulary: 'ESD' } }],
    service_at_locations: [
      {
        id: 'SL1',
        location: {
          id: 'L1',
          name: 'Hall',
          latitude: 51.5451,
          longitude: -0.0565,
          physical_addresses: [
            {
              id: 'A1',
              address_1: '1 Mare Street',
              city: 'London',
              state_province: 'Hackney',
              postal_code: 'E8 1EA',
              country: 'GB',
            },
          ],
          accessibility_for_disabilities: [{ id: 'X1', accessibility: 'Ramp at the side' }],
        },
      },
    ],
  };

  test('everything that it says has its place', () => {
    const { action, listing } = planOf(OLD);
    expect(action).toBe('added');
    expect(listing.service).toMatchObject({
      name: 'Lunch club',
      attending_types: ['in_person'],
      join: ['drop_in'],
      taxonomy_terms: ['older-people'],
      phones: [{ number: '020 7946 0001' }],
      contact_title: 'Cook',
      cost_options: [{ option: 'paid', amount: 4 }],
      eligibility: { description: 'Over 60s', minimum_age: 60 },
      schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '12:00', closes_at: '14:00' }],
    });
    expect(listing.organization).toMatchObject({ name: 'Lunchers', url: 'https://lunch.example.org' });
    expect(listing.locations[0]).toMatchObject({
      address: { postal_code: 'E8 1EA' },
      accessibility_notes: 'Ramp at the side',
    });
  });

  test('its ids, which are none that we can use, become the same ones each time', () => {
    const [one, other] = [planOf(OLD), planOf(OLD)];
    expect(one.listing.service.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/);
    expect(other.listing).toEqual(one.listing);
  });
});

describe('single values', () => {
  test.each([
    ['www.example.org/a', 'https://www.example.org/a'],
    ['http//example.org', 'http://example.org'],
    ['https:/example.org', 'https://example.org'],
    ['http://https://example.org/x', 'https://example.org/x'],
    ['see our page', null],
    ['javascript:alert(1)', null],
    ['mailto:a@example.org', null],
    ['https://user:secret@example.org', null],
    ['http://localhost/x', null],
  ])('the web address %s', (given, wanted) => expect(mendUrl(given)).toBe(wanted));

  test.each([
    ['a@example.org', ['a@example.org']],
    [
      'Ann <ann@example.org>; bob@example.org / ANN@example.org',
      ['ann@example.org', 'bob@example.org', 'ANN@example.org'],
    ],
    ['ask inside', []],
  ])('the e-mail addresses in %s', (given, wanted) => expect(emailsIn(given)).toEqual(wanted));

  test.each([
    ['9:30', '09:30'],
    ['9.30am', '09:30'],
    ['2pm', '14:00'],
    ['12am', '00:00'],
    ['10:00:00Z', '10:00'],
    ['9', null],
    ['25:00', null],
    ['10-12', null],
    ['13pm', null],
  ])('the time %s', (given, wanted) => expect(mendClock(given)).toBe(wanted));

  test.each([
    ['2026-02-30', null],
    ['21/11/2026', '2026-11-21'],
    ['2026-11-21T09:00:00Z', '2026-11-21'],
    ['soon', null],
  ])('the date %s', (given, wanted) => expect(mendDate(given)).toBe(wanted));

  test.each([
    ['Monday, Wed', 'MO,WE'],
    ['3TH', '3TH'],
    ['weekdays', null],
  ])('the days %s', (given, wanted) => expect(mendByDay(given)).toBe(wanted));

  test.each([
    ['020 7946 0001 or 07700 900123', ['020 7946 0001', '07700 900123']],
    ['Call Ann on +44 20 7946 0001 (mornings)', ['+44 20 7946 0001']],
    ['none', []],
  ])('the numbers in %s', (given, wanted) =>
    expect(readPhones(given).phones.map(({ number }) => number)).toEqual(wanted),
  );

  test.each([
    ['5 < 6 and a <b>bold</b> word', '5 < 6 and a bold word'],
    ['<p>One</p><p><br></p><p>Two</p>', 'One\n\nTwo'],
    ['&lt;p&gt;Twice&lt;/p&gt; encoded', 'Twice\n\nencoded'],
    ['before <script>if (a < b) { go() }</script> after', 'before after'],
    ['cut off <span style="font-size', 'cut off'],
    ['<!-- nobody reads this -->Hello', 'Hello'],
    ['<a href="https://example.org">example.org</a>', 'example.org'],
    ['<a href="javascript:x()">here</a>', 'here'],
    ['<ul><li>One</li><li>Two</li></ul>', '- One\n- Two'],
    ['AT&T & Sons &unknown; &#8217;', 'AT&T & Sons &unknown; ’'],
  ])('the words of %s', (given, wanted) => expect(toText(given)).toBe(wanted));

  test('a million open tags take no longer than a million letters', () => {
    expect(toText('<b '.repeat(300_000))).toBe('');
    expect(toText('<!--'.repeat(200_000))).toBe('');
    expect(toText('<'.repeat(500_000))).toHaveLength(500_000);
  });
});
