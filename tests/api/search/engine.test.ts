import { afterAll, describe, expect, it } from 'vitest';
import { ACCESS, type Listing } from '../../../api/domain/service.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readNeeds } from '../../../api/search/text/needs.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import type { FacetAndValue, Filters, SearchAnswer, SearchQuery } from '../../../api/search/types.ts';
import { NEEDS, randomListing, randomListings, randomQuery, VECTORS, VOCABULARY } from './generated.ts';
import { type PlainText, plainText } from './plain-text.ts';
import { Random } from './random.ts';
import { expectSame, referenceAnswer } from './reference.ts';

const vocabulary = { ...readVocabulary(VOCABULARY), needs: readNeeds(NEEDS, 'needs.txt'), vectors: VECTORS };

/** What the queries of this file were about, and what their answers held: none of it may be missing. */
const seen = new Map<string, number>();
function note(query: SearchQuery, answer: SearchAnswer): void {
  const see = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  see('queries');
  const filters = Object.keys(query.filters) as (keyof Filters)[];
  if (filters.length === 1) see(`${filters[0]} alone`);
  if (filters.length > 1) for (const filter of filters) see(`${filter} with others`);
  if (answer.total > 0) for (const filter of filters) see(`${filter}, with results`);
  for (const { reach, certain } of answer.hits) see(certain ? reach : `${reach}, perhaps`);
  if (query.q !== '' && answer.total > 0) see('words, with results');
  if (answer.searched_for !== null) see('put right');
  if (answer.radius_auto) see(`found ${answer.radius_m} m wide by itself`);
  else if (query.place) see(`${query.radius_m} m wide`);
  if (query.place && query.place.latitude > 60 && answer.totals.venue > 0) see('venues in Shetland');
  if (query.page > 1 && answer.hits.length > 0) see('a later page');
  if (query.each !== undefined && answer.hits.length > 0) see('the first few of each way');
  if (query.place === null) see('without a place');
  see(`by ${query.sort}`);
}

/** Some of them of listings that come later, or never. */
const SOME_VALUES: FacetAndValue[] = [
  ['kind', 'activity'],
  ...ACCESS.map((feature): FacetAndValue => ['access', feature]),
  ['category', 'exercise'],
  ['language', 'tr'],
  ['language', 'xx'],
  ['checked', '6'],
];

function agree(index: ReturnType<typeof createSearchIndex>, listings: Listing[], query: SearchQuery, text: PlainText) {
  const answer = index.search(query);
  const expected = referenceAnswer(listings, query, text);
  expectSame(answer, expected, query);
  expect([...answer.counts.inOrder(SOME_VALUES)]).toEqual(
    SOME_VALUES.map(([facet, value]) => answer.facets[facet][value] ?? 0),
  );
  note(query, answer);
}

describe('the engine answers as the reference does', () => {
  it.each([1, 2, 3])('over a directory and its queries, seed %i', (seed) => {
    const random = new Random(seed);
    const listings = randomListings(random, 300);
    const index = createSearchIndex(listings, vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 500; n++) agree(index, listings, randomQuery(random, { words: false }), text);
  });

  it.each([10, 11])('with several venues of which some have the access asked for, seed %i', (seed) => {
    const random = new Random(seed);
    const listings = randomListings(random, 400).filter(({ locations }) => locations.length !== 1);
    const index = createSearchIndex(listings, vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 150; n++) {
      const query = randomQuery(random, { words: n % 2 === 0 });
      agree(index, listings, { ...query, filters: { ...query.filters, access: random.some(ACCESS, 3) } }, text);
    }
  });

  it.each([5, 6, 12])('with words, seed %i', (seed) => {
    const random = new Random(seed);
    const listings = randomListings(random, 250);
    const index = createSearchIndex(listings, vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 200; n++) {
      const query = randomQuery(random, { words: true });
      agree(index, listings, query, text);
      // Words asked for again are read off the list that was kept (text/ranked-list.ts), from another place and without filters.
      if (n % 3 === 0) agree(index, listings, { ...randomQuery(random, { words: false }), q: query.q }, text);
    }
  });

  it.each([7, 8])('while listings come, change and go, seed %i', (seed) => {
    const random = new Random(seed);
    const current = new Map(randomListings(random, 150).map((listing) => [listing.service.id, listing]));
    const index = createSearchIndex(current.values(), vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 150; n++) {
      const ids = [...current.keys()];
      const changed = Array.from({ length: random.below(8) }, () => {
        const fresh = randomListing(random);
        return random.chance(0.5) ? fresh : { ...fresh, service: { ...fresh.service, id: random.pick(ids) } };
      });
      for (const listing of changed) current.set(listing.service.id, listing);
      index.put(changed);
      const gone = random.some(ids, 3);
      for (const id of gone) current.delete(id);
      index.remove(gone);
      agree(index, [...current.values()], randomQuery(random, { words: true }), text);
    }
  });
});

/**
 * Listings of a real city: half of them open to everybody, a third of them remote, which make long lists and full rows. Of
 * the others most serve one district, which then is a group (segment/order.ts).
 */
const ofCity = (random: Random, listing: Listing): Listing => ({
  ...listing,
  state: random.chance(0.8) ? 'published' : 'unconfirmed',
  service: {
    ...listing.service,
    service_areas: random.chance(0.5) ? [] : random.chance(0.7) ? HACKNEY : listing.service.service_areas,
    attending_types: random.chance(0.3) ? ['online'] : ['in_person'],
  },
});
const HACKNEY: Listing['service']['service_areas'] = [{ type: 'district', code: 'E09000012', name: 'Hackney' }];

describe('the engine answers as the reference does where very much lies close together', () => {
  it('in groups and sums over whole blocks, cached lists, ranked words and growing circles, while some are deleted', () => {
    const random = new Random(9);
    const city = randomListings(random, 3000).map((listing) => ofCity(random, listing));
    const current = new Map(city.map((listing) => [listing.service.id, listing]));
    const index = createSearchIndex(current.values(), vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 16; n++) {
      const query = randomQuery(random, { words: n % 4 === 3 });
      const asked = { ...query, filters: n % 2 === 0 ? {} : query.filters };
      const listings = [...current.values()];
      agree(index, listings, asked, text);
      expect(index.search(asked), 'asked a second time').toEqual(referenceAnswer(listings, asked, text));
      const gone = random.some([...current.keys()], 40);
      for (const id of gone) current.delete(id);
      index.remove(gone);
      agree(index, [...current.values()], asked, text);
      // Words that hundreds have: long lists from anywhere, and integers of 32 of which a few have them.
      const worded = { ...asked, q: random.pick(['support', 'group', 'yoga', 'class choir']) };
      agree(index, [...current.values()], worded, text);
      agree(index, [...current.values()], { ...worded, filters: query.filters, place: asked.place }, text);
    }
  });

  it('where most have several venues, in several segments, while some are deleted', () => {
    const random = new Random(21);
    // Half of them for one district: rows of listings that all serve a place, or all do not.
    const crowded = (count: number) =>
      randomListings(random, count * 2)
        .filter(({ locations }) => locations.length > 1)
        .map((listing) =>
          random.chance(0.5) ? listing : { ...listing, service: { ...listing.service, service_areas: HACKNEY } },
        );
    const current = new Map<string, Listing>();
    const index = createSearchIndex([], vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 12; n++) {
      const more = crowded(n === 0 ? 1500 : 60);
      for (const listing of more) current.set(listing.service.id, listing);
      index.put(more);
      for (const words of [false, true]) {
        const query = randomQuery(random, { words });
        agree(index, [...current.values()], query, text);
        agree(index, [...current.values()], { ...query, filters: {}, radius_m: null, page: 1 }, text);
      }
      const gone = random.some([...current.keys()], 30);
      for (const id of gone) current.delete(id);
      index.remove(gone);
    }
  });

  it.each([51, 52])('while hundreds come, change and go, and segments merge beside that, seed %i', async (seed) => {
    const random = new Random(seed);
    const current = new Map<string, Listing>();
    const index = createSearchIndex([], vocabulary);
    const text = plainText(vocabulary);
    const put = (count: number) => {
      const ids = [...current.keys()];
      const listings = randomListings(random, count).map((listing) => {
        const id = ids.length > 0 && random.chance(0.4) ? random.pick(ids) : listing.service.id;
        return ofCity(random, { ...listing, service: { ...listing.service, id } });
      });
      for (const listing of listings) current.set(listing.service.id, listing);
      index.put(listings);
    };
    const compare = () => {
      const listings = [...current.values()];
      const query = randomQuery(random, { words: false });
      for (const filters of [{}, query.filters]) agree(index, listings, { ...query, filters }, text);
      agree(index, listings, randomQuery(random, { words: true }), text);
    };
    put(1200);
    for (let n = 0; n < 10; n++) {
      put(random.pick([1, 30, 150, 600]));
      const gone = random.some([...current.keys()], 250);
      for (const id of gone) current.delete(id);
      index.remove(gone);
      compare();
      if (random.chance(0.5)) await index.settled();
      compare();
    }
  });
});

describe('the queries', () => {
  const METRES = [0.5, 1, 2, 5, 10, 20].map((miles) => miles * 1609.344);
  const FILTERS = 'kind category cost when day time access language join age mode pain_friendly checked_since'.split(
    ' ',
  );
  it.each([
    ...FILTERS.flatMap((filter) => [`${filter} alone`, `${filter} with others`, `${filter}, with results`]),
    ...[
      'venue',
      'area',
      'remote',
      'unclear, perhaps',
      'not_serving',
      'venue, perhaps',
      'area, perhaps',
      'remote, perhaps',
    ],
    ...['words, with results', 'put right', 'venues in Shetland', 'a later page', 'the first few of each way'],
    ...['without a place', 'by null', 'by relevance', 'by distance', 'by name', 'by checked', '0 m wide'],
    ...METRES.flatMap((metres) => [`${metres} m wide`, `found ${metres} m wide by itself`]),
    `${50 * 1609.344} m wide`,
  ])('are about %s', (what) => {
    expect(seen.get(what) ?? 0).toBeGreaterThanOrEqual(3);
  });

  afterAll(() => seen.clear());

  it('are thousands', () => {
    expect(seen.get('queries')).toBeGreaterThan(2000);
  });
});
