import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { TAXONOMY_TERMS } from '../../../api/domain/taxonomy.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import type { Filters } from '../../../api/search/types.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { randomListings, VOCABULARY } from './generated.ts';
import { listing, query } from './listings.ts';
import { Random } from './random.ts';

/** Questions that nobody asks by hand: a quick, clear answer, and no more work than docs/search.md says. */

describe('a very long text', () => {
  const index = createSearchIndex(randomListings(new Random(1), 300), readVocabulary(VOCABULARY));
  const ten = Array.from({ length: 2000 }, (_, n) => `w${n}ord`).join(' ');

  it('is read up to four hundred characters', () => {
    const yoga = `yoga ${ten}`;
    expect(yoga.length).toBeGreaterThan(10_000);
    expect(index.search(query({ q: yoga }))).toEqual(index.search(query({ q: yoga.slice(0, 400) })));
  });

  it('is looked for with twelve of its words', () => {
    const twelve = 'yoga choir debt sleep art carers men women money lunch club chair';
    const more = `${twelve} swimming knitting`;
    expect(index.search(query({ q: more }))).toEqual(index.search(query({ q: twelve })));
    expect(index.search(query({ q: more })).total).toBeGreaterThan(0);
  });

  it('of one word is that word cut at forty letters', () => {
    const long = listing({ name: 'a'.repeat(150) });
    const found = createSearchIndex([long, listing({ name: 'Yoga' })], { groups: [] });
    expect(found.search(query({ q: 'a'.repeat(500) })).hits.map((hit) => hit.id)).toEqual([long.service.id]);
    expect(found.search(query({ q: 'b'.repeat(500) })).total).toBe(0);
  });
});

describe('very many filters', () => {
  const listings = randomListings(new Random(2), 300);
  const index = createSearchIndex(listings, { groups: [] });

  it('of values that no listing has come to nothing', () => {
    const category = Array.from({ length: 300 }, (_, n) => `no-such-${n}`);
    const answer = index.search(query({ radius_m: 50_000, filters: { category } }));
    expect(answer.total).toBe(0);
    // What one would see with one value instead is counted all the same.
    expect(Object.keys(answer.facets.category).length).toBeGreaterThan(10);
  });

  it('three hundred times the same are one', () => {
    const filters: Filters = { language: ['tr', 'en'], category: TAXONOMY_TERMS.map(({ code }) => code) };
    const many: Filters = {
      language: Array.from({ length: 150 }, () => ['tr', 'en']).flat(),
      category: Array.from({ length: 20 }, () => filters.category!).flat(),
    };
    expect(index.search(query({ radius_m: 50_000, filters: many }))).toEqual(
      index.search(query({ radius_m: 50_000, filters })),
    );
  });
});

describe('the edges of numbers', () => {
  it.each([
    ['a circle of nothing', { radius_m: 0 }],
    ['a circle around the world', { radius_m: 1e9 }],
    ['a page far out', { page: 1e9 }],
    ['a page far out without a place', { page: 1e9, place: null }],
    ['the pole', { place: { ...query().place!, latitude: 90, longitude: 0 }, radius_m: 80_000 }],
    ['the other side', { place: { ...query().place!, latitude: -90, longitude: 180 }, radius_m: null }],
    ['no way at all', { reach: [] }],
  ])('%s', (_, rest) => {
    const index = createSearchIndex(randomListings(new Random(3), 200), { groups: [] });
    const answer = index.search(query(rest));
    expect(answer.hits.length).toBeLessThanOrEqual(20);
    expect(answer.total).toBeGreaterThanOrEqual(answer.hits.length);
  });

  it('a circle around the world holds every venue', () => {
    const listings = [listing({ name: 'Here' }), listing({ name: 'There' })];
    expect(createSearchIndex(listings, { groups: [] }).search(query({ radius_m: 1e9 })).totals.venue).toBe(2);
  });
});

describe('over HTTP', () => {
  let world: World;
  beforeAll(() => {
    world = createWorld();
  });
  const ask = (search: string) => world.api.request(`/api/v1/search?${search}`);

  it.each([
    ['a query of ten thousand characters', `q=${'yoga+'.repeat(2000)}`, 'q'],
    ['a word of five hundred letters', `q=${'a'.repeat(500)}`, 'q'],
    ['a radius below nothing', 'postcode=E8+1EA&radius=-1', 'radius'],
    ['a page beyond all', 'page=1000000001', 'page'],
  ])('%s is told what to do instead', async (_, search, parameter) => {
    const response = await ask(search);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ parameter, detail: expect.stringMatching(/\w{3}/) });
  });

  it.each([
    ['a word of two hundred letters', `q=${'a'.repeat(200)}`],
    ['three hundred filters', Array.from({ length: 300 }, () => 'kind=activity').join('&')],
    ['a circle of nothing', 'postcode=E8+1EA&radius=0'],
    ['page 1,000,000,000', 'postcode=E8+1EA&page=1000000000'],
  ])('%s is answered', async (_, search) => {
    expect((await ask(search)).status).toBe(200);
  });

  it('two thousand in flight are all answered, and leave no memory behind', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const searches = [
      'q=yoga',
      'postcode=E8+1EA',
      'postcode=E8+1EA&radius=5&day=TU',
      'q=stroek',
      'kind=activity&page=2',
    ];
    const round = async (flying = 2000): Promise<number> => {
      const answers = await Promise.all(
        Array.from({ length: flying }, (_, n) => ask(`${searches[n % searches.length]}&per_page=${1 + (n % 20)}`)),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      await Promise.all(answers.map((answer) => answer.arrayBuffer()));
      // The bytes of answers are let go of by a thread of the collector, some time after it.
      let least = Number.POSITIVE_INFINITY;
      for (let look = 0; look < 8; look++) {
        collect();
        await new Promise((resolve) => setTimeout(resolve, 50));
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        least = Math.min(least, (heapUsed + arrayBuffers) / 1e6);
      }
      return least;
    };
    // The first round compiles and fills what is kept.
    await round(500);
    const before = await round();
    expect((await round()) - before).toBeLessThan(10);
  });
});
