import { KINDS, WEEKDAYS } from '../../api/domain/service.ts';
import { TAXONOMY_TERMS } from '../../api/domain/taxonomy.ts';
import { type Filters, METRES_PER_MILE, type SearchQuery } from '../../api/search/types.ts';
import type { Random } from '../api/search/random.ts';
import type { Ground } from './ground.ts';

/** The kinds of query that are measured, one by one and as a mix. */
export const QUERY_KINDS = [
  'town',
  'London',
  'London + filters',
  'town + word',
  'London + word',
  'misspelt',
  'mix',
] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

const WORDS = [
  'yoga',
  'gardening',
  'walking group',
  'arthritis',
  'choir',
  'debt advice',
  'lunch club',
  'swimming',
  'stroke',
];
const MISSPELT = ['volunterring', 'stroek', 'arthritus', 'gardning', 'swiming', 'bereavment'];

function someFilters(random: Random): Filters {
  return random.pick<Filters>([
    { cost: ['free'], day: [random.pick(WEEKDAYS)] },
    { kind: [random.pick(KINDS)], access: ['step_free'] },
    { category: [random.pick(TAXONOMY_TERMS).code] },
    { time: ['morning'], age: { from: 70, to: 70 } },
    { pain_friendly: ['seated_option'], language: ['tr', 'en'] },
  ]);
}

const blank = {
  filters: {},
  sort: null,
  page: 1,
  per_page: 20,
  today: '2026-11-21',
  reach: ['venue', 'area', 'remote'],
} as const;

/** One query of a kind. A tenth of the mix is page two; a third of it, as of the listings, is in London. */
export function makeQuery(kind: QueryKind, random: Random, ground: Ground): SearchQuery {
  const at = (
    where: 'london' | 'elsewhere' | undefined,
    miles: number | null,
    rest: Partial<SearchQuery> = {},
  ): SearchQuery => ({
    ...blank,
    reach: [...blank.reach],
    q: '',
    place: ground.place(ground.spot(random, where)),
    radius_m: miles === null ? null : miles * METRES_PER_MILE,
    ...rest,
  });
  switch (kind) {
    case 'town':
      return at('elsewhere', 3);
    case 'London':
      return at('london', 5);
    case 'London + filters':
      return at('london', 5, { filters: someFilters(random) });
    case 'town + word':
      return at('elsewhere', 3, { q: random.pick(WORDS) });
    case 'London + word':
      return at('london', 5, { q: random.pick(WORDS) });
    case 'misspelt':
      return at(undefined, 5, { q: random.pick(MISSPELT) });
    case 'mix':
      return at(undefined, random.pick([null, null, null, 1, 3, 5]), {
        q: random.chance(0.4) ? random.pick(random.chance(0.1) ? MISSPELT : WORDS) : '',
        filters: random.chance(0.4) ? someFilters(random) : {},
        page: random.chance(0.1) ? 2 : 1,
      });
  }
}
