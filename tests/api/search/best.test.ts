import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import type { SearchAnswer } from '../../../api/search/types.ts';
import { METRES_PER_MILE } from '../../../api/search/types.ts';
import { E8, listing, query, UK, venue } from './listings.ts';

/** What matches best is in sight, wherever it is; what only shares a word comes after it. */

const vocabulary = readVocabulary('');
const MILE_NORTH = METRES_PER_MILE / 111_195;
const milesOff = (miles: number) => [venue(E8.latitude + miles * MILE_NORTH, E8.longitude)];
const online = { attending_types: ['online' as const], service_areas: [UK] };

/** Twelve that have one of the words, in passing, within half a mile. */
const weak = Array.from({ length: 12 }, (_, n) =>
  listing({ name: `Voices ${n}`, summary: 'Many voices in a choir' }, { locations: milesOff(0.1 + n / 50) }),
);
const strong = listing({ name: 'Hearing Voices Circle' }, { locations: milesOff(4) });

const namesOf = (answer: SearchAnswer, all: ReturnType<typeof listing>[]) =>
  answer.hits.map(({ id }) => all.find(({ service }) => service.id === id)?.service.name);

describe('the line between what matches and what only shares a word', () => {
  it('widens the circle until what matches best is in it, and puts that first', () => {
    const answer = createSearchIndex([...weak, strong], vocabulary).search(
      query({ q: 'hearing voices', radius_m: null }),
    );
    expect(answer.radius_m).toBeGreaterThan(4 * METRES_PER_MILE);
    expect(answer.hits[0]).toMatchObject({ id: strong.service.id, match: 'words' });
    expect(answer.matched.venue).toBe(1);
    expect(new Set(answer.hits.slice(1).map(({ match }) => match))).toEqual(new Set(['word_only']));
  });

  it('names a much better match outside the radius that was chosen', () => {
    const index = createSearchIndex([...weak, strong], vocabulary);
    const near = index.search(query({ q: 'hearing voices', radius_m: METRES_PER_MILE }));
    expect(near.closer).toMatchObject({ id: strong.service.id, reach: 'venue' });
    expect(near.closer!.distance_m! / METRES_PER_MILE).toBeCloseTo(4, 1);
    const wide = index.search(query({ q: 'hearing voices', radius_m: 5 * METRES_PER_MILE }));
    expect(wide.closer).toBeNull();
    expect(index.search(query({ q: 'choir', radius_m: METRES_PER_MILE })).closer).toBeNull();
  });

  it('names none that fails a filter, is for people elsewhere, or is farther than twenty miles', () => {
    const southampton = { type: 'district' as const, code: 'E06000045', name: 'Southampton' };
    const elsewhere = listing(
      { name: 'Hearing Voices Circle', service_areas: [southampton] },
      { locations: milesOff(4) },
    );
    const near = query({ q: 'hearing voices', radius_m: METRES_PER_MILE });
    expect(createSearchIndex([...weak, elsewhere], vocabulary).search(near).closer).toBeNull();
    const free = { ...near, filters: { cost: ['free' as const] } };
    expect(createSearchIndex([...weak, strong], vocabulary).search(free).closer).toBeNull();
    const far = createSearchIndex(
      [...weak, listing({ name: 'Hearing Voices' }, { locations: milesOff(21) })],
      vocabulary,
    );
    expect(far.search(near).closer).toBeNull();
  });

  it('leaves another order as it was asked for', () => {
    const near = [...weak, listing({ name: 'Hearing voices' }, { locations: milesOff(0.9) })];
    const answer = createSearchIndex(near, vocabulary).search(query({ q: 'hearing voices', sort: 'distance' }));
    const distances = answer.hits.map(({ distance_m }) => distance_m!);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(answer.best).toBe(0);
  });
});

describe('the best matches of all sections', () => {
  const all = [
    ...Array.from({ length: 5 }, (_, n) => listing({ name: `Debt morning ${n}`, description: 'Debt and rent' })),
    listing({ name: 'Debt and rent line', summary: 'Debt and rent by phone', ...online }),
    listing({ name: 'Rent', summary: 'Online', ...online }),
  ];
  const index = createSearchIndex(all, vocabulary);

  it('come first wherever they are, and not in their sections again', () => {
    const answer = index.search(query({ q: 'debt rent' }));
    expect(answer.best).toBeGreaterThan(0);
    expect(namesOf(answer, all)[0]).toBe('Debt and rent line');
    expect(new Set(answer.hits.map(({ id }) => id)).size).toBe(answer.hits.length);
    expect(answer.hits).toHaveLength(answer.total);
  });

  it('are counted over the pages once', () => {
    const pages = [1, 2, 3, 4].flatMap((page) => index.search(query({ q: 'debt rent', page, per_page: 2 })).hits);
    expect(pages).toEqual(index.search(query({ q: 'debt rent' })).hits);
  });

  it('are none where they would come first anyway', () => {
    expect(index.search(query({ q: 'morning' })).best).toBe(0);
    expect(index.search(query({ q: 'debt rent', reach: ['remote'] })).best).toBe(0);
    expect(index.search(query()).best).toBe(0);
  });
});
