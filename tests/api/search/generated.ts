import type { z } from 'zod';
import type { Place } from '../../../api/domain/place.ts';
import { REACH_KINDS } from '../../../api/domain/reach.ts';
import {
  ACCESS,
  ATTENDING_TYPES,
  COSTS,
  JOINS,
  KINDS,
  type Listing,
  Location,
  PAIN_FRIENDLY,
  Schedule,
  Service,
  type ServiceArea,
  WEEKDAYS,
} from '../../../api/domain/service.ts';
import { TAXONOMY_TERMS } from '../../../api/domain/taxonomy.ts';
import { AGE_GROUPS } from '../../../api/search/facets.ts';
import { WordVectors } from '../../../api/search/meaning/word-vectors.ts';
import { type Filters, METRES_PER_MILE, type SearchQuery, type Sort } from '../../../api/search/types.ts';
import { Random } from './random.ts';

/** Listings and queries made to be awkward: few points, often shared, on the edges of rows; every field both ways. */

/** Early and at noon of a day, and late on one before a bank holiday of Scotland. */
const MOMENTS = ['2026-11-21T00:00:00Z', '2026-11-21T12:10:00Z', '2026-11-27T23:30:00Z'].map((moment) => ({
  today: moment.slice(0, 10),
  now: Date.parse(moment),
}));

const DISTRICTS = [
  { code: 'E09000012', name: 'Hackney' },
  { code: 'E09000019', name: 'Islington' },
  { code: 'E06000045', name: 'Southampton' },
  { code: 'S12000027', name: 'Shetland Islands' },
  { code: 'W06000015', name: 'Cardiff' },
];
const WARDS = [
  { code: 'E05009374', name: 'Homerton', district: 'E09000012' },
  { code: 'E05009377', name: 'London Fields', district: 'E09000012' },
  { code: 'E05013697', name: 'Barnsbury', district: 'E09000019' },
];
/** Middle, spread in degrees, and what is known of each. */
const TOWNS = [
  {
    latitude: 51.546,
    longitude: -0.055,
    district: 0,
    outcode: 'E8',
    sectors: ['E8 1', 'E8 2'],
    wards: [0, 1],
    city: 'London',
  },
  {
    latitude: 51.54,
    longitude: -0.1,
    district: 1,
    outcode: 'N1',
    sectors: ['N1 1', 'N1 2'],
    wards: [2],
    city: 'London',
  },
  {
    latitude: 50.91,
    longitude: -1.4,
    district: 2,
    outcode: 'SO14',
    sectors: ['SO14 7'],
    wards: [],
    city: 'Southampton',
  },
  { latitude: 60.155, longitude: -1.145, district: 3, outcode: 'ZE1', sectors: ['ZE1 0'], wards: [], city: 'Lerwick' },
  { latitude: 51.48, longitude: -3.18, district: 4, outcode: 'CF10', sectors: ['CF10 1'], wards: [], city: 'Cardiff' },
];

const WORDS = (
  'chair yoga seated exercise walking group gardening club knitting circle pain management osteoarthritis arthritis joint ' +
  'lunch volunteering befriending café peer support advice debt money housing carers men women swimming choir singing art ' +
  'mindfulness depression mood anxiety sleep turkish somali memory dementia friendly warm space drop-in open garden'
).split(' ');

const NAMES_IN_OTHER_SCRIPTS = ['ইয়োগা ক্লাস', 'יאגע קלאס', '瑜伽班', 'Йога для всех', 'Côr Caerdydd'];

/** A table of word vectors: numbers that mean nothing, and that some words have in common. */
export const VECTORS: WordVectors = (() => {
  const random = new Random(99);
  const words = [...new Set([...WORDS, 'osteoarthritis', 'allotment', 'grey', 'days'])].sort();
  const dimensions = 4;
  const one = () => Math.round(random.bell() * 60);
  return new WordVectors({
    dimensions,
    words,
    scales: Float32Array.from(words, () => 0.5 + random.below(100) / 100),
    numbers: Int8Array.from({ length: words.length * dimensions }, () => Math.max(-127, Math.min(127, one()))),
    mean: Float32Array.from({ length: dimensions }, () => random.bell() * 0.1),
    covariance: Float32Array.from({ length: dimensions ** 2 }, (_, k) => (k % (dimensions + 1) === 0 ? 0.05 : 0.005)),
  });
})();

export const VOCABULARY = `
osteoarthritis, joint pain, arthritis
low mood > depression, mood
gardening, allotment
drop-in, open door
chair yoga, seated yoga
hard of hearing, deaf
`;

/** Needs said in words that listings have, in words that they have not, and in both; one phrase says two of them. */
export const NEEDS = `
need: Low spirits
category: mental-health
clinician: persistent low mood
form: mood
neighbour: chair by the garden all day; grey days
helps: walking group; depression; art

need: Memory trouble
category: dementia
form: dementia
neighbour: where is my purse; grey days
helps: memory; friendly space
es: demencia
`;

function randomPoint(random: Random): { latitude: number; longitude: number; town: (typeof TOWNS)[number] } {
  const town = random.pick(TOWNS);
  const spread = random.chance(0.7) ? 0.02 : 0.4;
  let latitude = town.latitude + random.bell() * spread;
  let longitude = town.longitude + random.bell() * spread * 1.6;
  // Points on the lattice are shared by several listings; points on the edge of a row test which side they fall on.
  if (random.chance(0.3)) {
    latitude = Math.round(latitude * 200) / 200;
    longitude = Math.round(longitude * 100) / 100;
  } else if (random.chance(0.2)) {
    latitude = 49 + Math.round((latitude - 49) / 0.008993) * 0.008993;
  }
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)), town };
}

const nextTo = (random: Random, point: ReturnType<typeof randomPoint>) => ({
  ...point,
  latitude: Number((point.latitude + random.bell() * 0.01).toFixed(6)),
  longitude: Number((point.longitude + random.bell() * 0.02).toFixed(6)),
});

const phrase = (random: Random, words: number): string =>
  Array.from({ length: words }, () => random.pick(WORDS)).join(' ');

function randomAreas(random: Random): ServiceArea[] {
  if (random.chance(0.4)) return [];
  return Array.from({ length: 1 + random.below(3) }, (): ServiceArea => {
    const town = random.pick(TOWNS);
    switch (random.below(6)) {
      case 0:
        return { type: 'uk', code: 'K02000001', name: 'the United Kingdom' };
      case 1:
        return random.pick<ServiceArea>([
          { type: 'nation', code: 'E92000001', name: 'England' },
          { type: 'nation', code: 'S92000003', name: 'Scotland' },
          { type: 'nation', code: 'W92000004', name: 'Wales' },
        ]);
      case 2: {
        const ward = random.pick(WARDS);
        return { type: 'ward', ...ward, district: random.chance(0.8) ? ward.district : undefined };
      }
      case 3:
        return { type: 'outcode', code: town.outcode, name: town.outcode };
      case 4: {
        const sector = random.pick(town.sectors);
        return { type: 'sector', code: sector, name: sector };
      }
      default:
        return { type: 'district', ...random.pick(DISTRICTS) };
    }
  });
}

/** Breaks, days put in, and what is said of bank holidays and terms, around MOMENTS; most have none of it. */
const randomDates = (random: Random): Partial<z.input<typeof Schedule>> => ({
  ...(random.chance(0.15) && {
    exceptions: [{ from: `2026-11-${20 + random.below(4)}`, to: `2026-11-${24 + random.below(6)}` }],
  }),
  ...(random.chance(0.1) && { additional_dates: [`2026-11-${19 + random.below(11)}`] }),
  ...(random.chance(0.3) && { bank_holidays: random.pick(['open', 'closed'] as const) }),
  ...(random.chance(0.1) && { term_time: true }),
  ...(random.chance(0.1) && { dates_unknown: true }),
  ...(random.chance(0.1) && { valid_from: '2026-11-24' }),
  ...(random.chance(0.1) && { valid_to: '2026-11-23' }),
});

function randomSchedule(random: Random): Schedule {
  const opens = 8 + random.below(13);
  const closes_at = random.chance(0.5)
    ? `${String((opens + 1 + random.below(6)) % 24).padStart(2, '0')}:45`
    : undefined;
  const time = random.chance(0.8) ? `${String(opens).padStart(2, '0')}:${random.pick(['00', '30'])}` : undefined;
  const shape = random.below(4);
  const hours = { opens_at: time, ...(time !== undefined && closes_at !== undefined && { closes_at }) };
  if (shape === 0)
    return Schedule.parse({ dtstart: `2026-${random.pick([11, 12])}-${10 + random.below(20)}`, ...hours });
  const dates = { ...hours, ...randomDates(random) };
  if (shape === 1)
    return Schedule.parse({ freq: 'MONTHLY', byday: `${1 + random.below(4)}${random.pick(WEEKDAYS)}`, ...dates });
  if (shape === 2 && random.chance(0.3)) return Schedule.parse({ freq: 'MONTHLY', bymonthday: 24, ...dates });
  const days = random.some(WEEKDAYS, 3);
  return Schedule.parse({ freq: 'WEEKLY', byday: (days.length > 0 ? days : ['TU']).join(','), ...dates });
}

const answer = (random: Random) => random.pick(['yes', 'no', 'unknown'] as const);

export function randomListing(random: Random): Listing {
  const organization = {
    id: `00000000-0000-4000-8000-${String(random.below(30)).padStart(12, '0')}`,
    name: `${random.pick(WORDS)} trust`,
    example: false,
  };
  const attending = random.some(ATTENDING_TYPES, 2);
  const neighbours = random.chance(0.5);
  let near: ReturnType<typeof randomPoint> | null = null;
  const locations = Array.from({ length: random.chance(0.25) ? 1 + random.below(6) : random.below(2) }, () => {
    // Half of those with several have them within a mile or two, so that one circle holds some and not others.
    const point = neighbours && near !== null ? nextTo(random, near) : randomPoint(random);
    near = point;
    const { latitude, longitude, town } = point;
    const pointed = random.chance(0.95);
    return Location.parse({
      id: random.uuid(),
      name: `${random.pick(WORDS)} hall`,
      location_type: random.chance(0.95) ? 'physical' : 'postal',
      address: random.chance(0.8) ? { address_1: '1 High Street', city: town.city, postal_code: 'E8 1EA' } : undefined,
      latitude: pointed ? latitude : undefined,
      longitude: pointed ? longitude : undefined,
      confidential: random.chance(0.1),
      accessibility: Object.fromEntries(ACCESS.map((feature) => [feature, answer(random)])),
    });
  });
  const minimum = random.chance(0.4) ? random.below(70) : undefined;
  const service = Service.parse({
    id: random.uuid(),
    organization_id: organization.id,
    // Names come again and again, so that order by name has ties.
    name: random.chance(0.1) ? random.pick(NAMES_IN_OTHER_SCRIPTS) : phrase(random, 1 + random.below(3)),
    alternate_name: random.chance(0.1) ? phrase(random, 2) : undefined,
    summary: phrase(random, 5),
    description: phrase(random, 8),
    kind: random.pick(KINDS),
    taxonomy_terms: [random.pick(TAXONOMY_TERMS), random.pick(TAXONOMY_TERMS)].map((term) => term.code),
    status: random.chance(0.97) ? 'active' : 'defunct',
    eligibility: {
      minimum_age: minimum,
      maximum_age: random.chance(0.3) ? (minimum ?? 0) + random.below(50) : undefined,
    },
    cost_options: random.some(COSTS, 2).map((option) => ({ option, concession: random.chance(0.3) })),
    attending_types: attending.length > 0 ? attending : ['in_person'],
    location_ids: locations.map((location) => location.id),
    schedules: Array.from({ length: random.below(4) }, () => randomSchedule(random)),
    service_areas: random.chance(0.8) ? randomAreas(random) : [],
    service_area_status: random.chance(0.5) ? 'said' : random.pick(['unsaid', 'unread']),
    join: random.some(JOINS, 2),
    languages: random.some(['en', 'tr', 'so', 'bn', 'cy', 'yi'], 3),
    pain_friendly: Object.fromEntries(PAIN_FRIENDLY.map((practice) => [practice, answer(random)])),
    availability: random.chance(0.8)
      ? { state: random.pick(['open', 'waiting_list']) }
      : {
          state: random.pick(['full', 'paused']),
          ...(random.chance(0.6) && { until: `2026-11-${18 + random.below(11)}` }),
        },
    source: { name: 'Made up' },
    assured_date: `2026-${String(1 + random.below(11)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`,
  });
  const state = random.pick([
    'published',
    'published',
    'due',
    'unconfirmed',
    'unconfirmed',
    'draft',
    'suspended',
  ] as const);
  return { service, organization, locations, state, last_modified: '2026-11-01T00:00:00Z' };
}

export const randomListings = (random: Random, count: number): Listing[] =>
  Array.from({ length: count }, () => randomListing(random));

function randomPlace(random: Random): Place {
  const { latitude, longitude, town } = randomPoint(random);
  const district = DISTRICTS[town.district]!;
  const ward = WARDS[random.pick(town.wards.length > 0 ? town.wards : [0])]!;
  const sector = random.pick(town.sectors);
  const approximate = random.chance(0.3);
  const straddles = random.chance(0.15);
  return {
    label: sector,
    latitude,
    longitude,
    precision: approximate ? 'sector' : 'postcode',
    spread_m: approximate ? random.pick([700, 2_500, 9_000]) : 0,
    outcode: random.chance(0.9) ? town.outcode : null,
    sector: random.chance(0.8) ? sector : null,
    districts: random.chance(0.05) ? [] : straddles ? [district, DISTRICTS[random.below(5)]!] : [district],
    wards: random.chance(0.4) ? null : straddles ? WARDS.slice(0, 2) : [ward],
  };
}

function randomFilters(random: Random): Filters {
  const filters: Filters = {};
  // None, one alone, or a handful together.
  const share = random.pick([0, 0.06, 0.06, 0.2]);
  const on = () => random.chance(share);
  if (on()) filters.kind = random.some(KINDS, 3);
  if (on())
    filters.category = random.some([...TAXONOMY_TERMS.map((term) => term.code), 'support', 'give', 'nothing-such'], 8);
  if (on()) filters.cost = random.some([...COSTS, 'concession'] as const, 2);
  if (on()) filters.when = random.pick(['today', 'week']);
  if (on()) filters.day = random.some(WEEKDAYS, 3);
  if (on()) filters.time = random.some(['morning', 'afternoon', 'evening'] as const, 2);
  if (on()) filters.access = random.some(ACCESS, 2);
  if (on()) filters.language = random.some(['en', 'tr', 'bn', 'xx'], 2);
  if (on()) filters.join = random.some(JOINS, 2);
  if (on()) {
    const from = random.below(90);
    filters.age = random.chance(0.5) ? { from, to: from } : random.pick(Object.values(AGE_GROUPS));
  }
  if (on()) filters.mode = random.some(ATTENDING_TYPES, 2);
  if (on()) filters.pain_friendly = random.some(PAIN_FRIENDLY, 2);
  if (on()) filters.checked_since = `2026-0${1 + random.below(9)}-15`;
  return filters;
}

const TYPED = [
  'yoga',
  'chair yoga',
  'joint pain',
  'low mood',
  'gardn',
  'volunterring',
  'walki',
  'knitting turkish',
  'cafe',
  'the',
  'zzzz',
  'pain zzzz',
  'allotment',
  'choir debt dementia sleep',
  'step-free yoga',
  'art today',
  'free walking group this week for my nan who is 86',
  'choir in turkish at the weekend',
  'йога',
  '瑜伽',
  "women's group",
  'hackney',
  'osteoartritis',
  'trust',
  'dropin',
  'drop-in walkers',
  'yoga on a chair',
  'seatedyoga art',
  'knitters',
  'hard of hearing',
  'swim ming club',
  'friendlyspace',
  'art hritis',
  'persistent low mood walking',
  'grey days',
  'where is my purse',
  'where was a purse',
  'demencia',
  'a chair by the garden, all day long',
  'prse',
];

export function randomQuery(random: Random, options: { words: boolean }): SearchQuery {
  const sorts: (Sort | null)[] = [null, null, null, 'relevance', 'distance', 'name', 'checked'];
  const radius = random.pick([null, null, 0, 0.5, 1, 2, 5, 10, 20, 50]);
  const reach = random.chance(0.5) ? (['venue', 'area', 'remote', 'unclear'] as const) : random.some(REACH_KINDS, 5);
  return {
    place: random.chance(0.85) ? randomPlace(random) : null,
    q:
      options.words && random.chance(0.8)
        ? random.chance(0.5)
          ? random.pick(TYPED)
          : phrase(random, 1 + random.below(3))
        : '',
    filters: randomFilters(random),
    reach: [...reach],
    radius_m: radius === null ? null : radius * METRES_PER_MILE,
    sort: random.pick(sorts),
    page: random.chance(0.7) ? 1 : random.chance(0.9) ? 1 + random.below(5) : 10 ** 9,
    per_page: random.pick([5, 10, 20, 100]),
    ...(random.chance(0.15) && { each: 1 + random.below(6) }),
    ...random.pick(MOMENTS),
  };
}
