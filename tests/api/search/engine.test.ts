import { describe, expect, it } from 'vitest';
import { ACCESS, type Listing } from '../../../api/domain/service.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/vocabulary.ts';
import { bruteForce } from './brute-force.ts';
import { randomListing, randomListings, randomQuery, VOCABULARY } from './generated.ts';
import { plainText } from './plain-text.ts';
import { Random } from './random.ts';

const vocabulary = readVocabulary(VOCABULARY);

describe('the engine answers as brute force does', () => {
  it.each([1, 2, 3])('over a directory and its queries, seed %i', (seed) => {
    const random = new Random(seed);
    const listings = randomListings(random, 300);
    const index = createSearchIndex(listings, vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 400; n++) {
      const query = randomQuery(random, { words: false });
      expect(index.search(query), JSON.stringify(query)).toEqual(bruteForce(listings, query, text));
    }
  });

  it.each([10, 11])('with several venues of which some have the access asked for, seed %i', (seed) => {
    const random = new Random(seed);
    const listings = randomListings(random, 400).filter(({ locations }) => locations.length !== 1);
    const index = createSearchIndex(listings, vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 300; n++) {
      const query = randomQuery(random, { words: n % 2 === 0 });
      const asked = { ...query, filters: { ...query.filters, access: random.some(ACCESS, 3) } };
      expect(index.search(asked), JSON.stringify(asked)).toEqual(bruteForce(listings, asked, text));
    }
  });

  it.each([5, 6])('with words, seed %i', (seed) => {
    const random = new Random(seed);
    const listings = randomListings(random, 250);
    const index = createSearchIndex(listings, vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 200; n++) {
      const query = randomQuery(random, { words: true });
      expect(index.search(query), JSON.stringify(query)).toEqual(bruteForce(listings, query, text));
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
      const query = randomQuery(random, { words: true });
      const listings = [...current.values()];
      expect(index.search(query), JSON.stringify(query)).toEqual(bruteForce(listings, query, text));
    }
  });
});

describe('the engine answers as brute force does where very much lies close together', () => {
  it('in sums over whole blocks, remembered lists and growing circles, while some die', () => {
    const random = new Random(9);
    const plain = randomListings(random, 4000).map((listing) => ({
      ...listing,
      state: random.chance(0.8) ? ('published' as const) : ('unconfirmed' as const),
      service: {
        ...listing.service,
        // Half of them open to everybody, a third of them remote: the long lists and the full rows of a real city.
        service_areas: random.chance(0.5) ? [] : listing.service.service_areas,
        attending_types: random.chance(0.3) ? (['online'] as const).slice() : (['in_person'] as const).slice(),
      },
    }));
    const current = new Map<string, Listing>(plain.map((listing) => [listing.service.id, listing]));
    const index = createSearchIndex(current.values(), vocabulary);
    const text = plainText(vocabulary);
    for (let n = 0; n < 12; n++) {
      const query = randomQuery(random, { words: false });
      const asked = { ...query, filters: n % 2 === 0 ? {} : query.filters };
      const listings = [...current.values()];
      const expected = bruteForce(listings, asked, text);
      expect(index.search(asked), JSON.stringify(asked)).toEqual(expected);
      expect(index.search(asked), 'asked a second time').toEqual(expected);
      const gone = random.some([...current.keys()], 40);
      for (const id of gone) current.delete(id);
      index.remove(gone);
      expect(index.search(asked), 'after some died').toEqual(bruteForce([...current.values()], asked, text));
    }
  });
});
