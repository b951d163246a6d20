import { QUESTION_KEYS, unanswered } from '../../api/domain/questions.ts';
import {
  ACCESS,
  COSTS,
  JOINS,
  KINDS,
  type Listing,
  PAIN_FRIENDLY,
  type ServiceArea,
  WEEKDAYS,
} from '../../api/domain/service.ts';
import { TAXONOMY_TERMS } from '../../api/domain/taxonomy.ts';
import { geography } from '../../api/geocode/geography.ts';
import { Random } from '../api/search/random.ts';
import type { Ground, Spot } from './ground.ts';

/**
 * A directory of any size, always the same for the same seed. Most listings have one venue; one in twelve several; one
 * in twenty none. Half are open to everybody, the others to a district, its neighbours, a nation or the whole country.
 */

const TOPICS = (
  'chair yoga seated exercise walking group gardening club knitting circle pain management arthritis lunch volunteering ' +
  'befriending coffee peer support advice debt housing carers women men swimming choir singing art pottery mindfulness ' +
  'bereavement sleep memory dementia warm space cooking cycling dance drumming football history tai chi games reading ' +
  'sewing allotment parents toddlers stroke diabetes benefits employment english conversation computer photography'
).split(' ');
const SYLLABLES =
  'ba ber con da del en fi gar hol in ka lan mar ner or pel qui ra sto tan ul ver win yor zen ing ton ley ham'.split(
    ' ',
  );

/** Words of descriptions: forty thousand, the common ones far commoner than the rest, as in any language. */
function rareWord(random: Random): string {
  const rank = Math.floor(40_000 ** random.next());
  const make = new Random(rank * 7919);
  return Array.from({ length: 2 + make.below(3) }, () => make.pick(SYLLABLES)).join('');
}

const words = (random: Random, count: number, topical: number): string =>
  Array.from({ length: count }, () => (random.chance(topical) ? random.pick(TOPICS) : rareWord(random))).join(' ');

const tri = (random: Random) => {
  const roll = random.next();
  return roll < 0.35 ? 'yes' : roll < 0.5 ? 'no' : 'unknown';
};

const LOCATION_ACCESS = Object.fromEntries(ACCESS.map((feature) => [feature, 'unknown']));

function areasFor(random: Random, { district }: Spot, comes: boolean): ServiceArea[] {
  const roll = comes ? 0.5 + random.next() / 2 : random.next();
  const name = geography().districts.get(district)?.name ?? district;
  const own: ServiceArea = { type: 'district', code: district, name };
  if (roll < 0.5) return [];
  if (roll < 0.82) return [own];
  if (roll < 0.92) {
    const codes = [...geography().districts.values()];
    const at = codes.findIndex((other) => other.code === district);
    const next = codes[(at + 1) % codes.length];
    return next ? [own, { type: 'district', code: next.code, name: next.name }] : [own];
  }
  if (roll < 0.96) return [{ type: 'nation', code: 'E92000001', name: 'England' }];
  return [{ type: 'uk', code: 'K02000001', name: 'the United Kingdom' }];
}

function attendingFor(random: Random): Listing['service']['attending_types'] {
  const roll = random.next();
  if (roll < 0.92) return ['in_person'];
  if (roll < 0.95) return ['in_person', 'online'];
  if (roll < 0.98) return ['at_home'];
  return roll < 0.995 ? ['online'] : ['phone'];
}

function* locationsFor(
  random: Random,
  ground: Ground,
  first: Spot,
  count: number,
): Generator<Listing['locations'][number]> {
  for (let n = 0; n < count; n++) {
    const spot = n === 0 ? first : ground.spot(random, first.district.startsWith('E09') ? 'london' : 'elsewhere');
    yield {
      id: random.uuid(),
      name: `${random.pick(TOPICS)} hall`,
      location_type: 'physical',
      address: { address_1: '1 High Street', city: spot.sector.slice(0, -2), postal_code: spot.sector, country: 'GB' },
      latitude: spot.latitude,
      longitude: spot.longitude,
      accessibility: Object.fromEntries(ACCESS.map((feature) => [feature, tri(random)])) as typeof LOCATION_ACCESS &
        never,
      confidential: false,
      example: false,
    };
  }
}

/** The listings one after the other, so that a million need no memory but the index's. */
export function* generateListings(ground: Ground, count: number, seed = 1): Generator<Listing> {
  const random = new Random(seed);
  for (let n = 0; n < count; n++) {
    const spot = ground.spot(random);
    const attending = attendingFor(random);
    const venues = attending.includes('in_person') ? (random.chance(0.08) ? 2 + random.below(6) : 1) : 0;
    const locations = [...locationsFor(random, ground, spot, venues)];
    const number = random.below(Math.ceil(count / 5));
    const organization = {
      id: `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      name: words(new Random(number + 31), 3, 0.2),
      example: false,
    };
    const minimum = random.chance(0.4) ? random.pick([18, 50, 55, 60, 65]) : undefined;
    yield {
      organization,
      locations,
      state: 'published',
      last_modified: '2026-11-01T00:00:00Z',
      service: {
        id: random.uuid(),
        organization_id: organization.id,
        name: words(random, 3, 0.6),
        summary: words(random, 8, 0.2),
        description: words(random, 30, 0.05),
        written_in: 'en',
        kind: random.pick(KINDS),
        taxonomy_terms: [...new Set([random.pick(TAXONOMY_TERMS).code, random.pick(TAXONOMY_TERMS).code])],
        status: 'active',
        phones: [],
        eligibility: { minimum_age: minimum, restrictions: [] },
        cost_options: random.chance(0.9) ? [{ option: random.pick(COSTS), concession: random.chance(0.2) }] : [],
        attending_types: attending,
        location_ids: locations.map((location) => location.id),
        schedules: Array.from({ length: 1 + random.below(2) }, () => ({
          freq: 'WEEKLY' as const,
          interval: 1,
          byday: random.pick(WEEKDAYS),
          opens_at: `${String(9 + random.below(12)).padStart(2, '0')}:30`,
          term_time: false,
          exceptions: [],
          additional_dates: [],
        })),
        service_area_status: 'said',
        service_area_words: [],
        service_areas: areasFor(random, spot, attending.includes('at_home')),
        join: [random.pick(JOINS)],
        languages: random.chance(0.8) ? ['en'] : ['en', random.pick(['tr', 'bn', 'so', 'pl', 'es', 'ar'])],
        ...unanswered(QUESTION_KEYS),
        pain_friendly: Object.fromEntries(
          PAIN_FRIENDLY.map((practice) => [practice, random.chance(0.2) ? 'yes' : 'unknown']),
        ) as Listing['service']['pain_friendly'],
        availability: { state: 'open' },
        source: { name: 'Generated' },
        // Within five months, so that the upkeep of a server that is measured has nothing to do.
        assured_date: `2026-${String(7 + random.below(5)).padStart(2, '0')}-${String(1 + random.below(20)).padStart(2, '0')}`,
        assured_by: 'organization',
        example: false,
      },
    };
  }
}
