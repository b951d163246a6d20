import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { listing, query, venue } from './listings.ts';

/** What no listing has is said, and counts in what is needed. */

const index = createSearchIndex(
  [
    'Roller skating',
    'Practice nurse',
    'Social groups for adults',
    'Wales walks',
    'Skint Mondays',
    'Winning at chess',
  ].map((name) => listing({ name })),
  readVocabulary('heart failure, hf'),
);
const asked = (q: string) => index.search(query({ q }));

describe('typed words that no listing has', () => {
  it.each([
    ['ice skating', ['ice']],
    ['heart failure nurse', ['heart failure']],
    ['autism adults social', ['autism']],
    ['skating', []],
    ['zzzz', ['zzzz']],
    ['the', []],
  ])('are named: %s', (q, missing) => {
    expect(asked(q).missing).toEqual(missing);
  });

  it('count in what is needed', () => {
    // Two of three.
    expect(asked('autism adults social').matched.venue).toBe(1);
    // One of three is no answer; it is there for who wants to look.
    const little = asked('tandem unicycle skating');
    expect(little.matched.venue).toBe(0);
    expect(little.hits.map(({ match }) => match)).toEqual(['kept']);
    expect(little).toMatchObject({ missing: ['tandem', 'unicycle'], kept: 'skating' });
  });

  it('are named too where only somebody far away has them', () => {
    const far = venue(57.15, -2.1);
    const here = createSearchIndex(
      [
        listing({ name: 'Social group for adults' }),
        listing({ name: 'Autism social group for adults' }, { locations: [far] }),
      ],
      readVocabulary('asd, autism'),
    );
    const near = here.search(query({ q: 'autism adults social' }));
    expect(near).toMatchObject({ missing: [], set_aside: ['autism'], kept: 'adults social' });
    // A word that only colours is not missed, and one that some of the first have is not either.
    expect(here.search(query({ q: 'social group adults monday' })).set_aside).toEqual([]);
    expect(here.search(query({ q: 'autism adults social', place: null })).set_aside).toEqual([]);
    expect(here.search(query({ q: 'autism' }))).toMatchObject({ set_aside: [], kept: null });
  });

  it('leave what is about all the others apart from what only shares a word', () => {
    const far = listing({ name: 'Autism group' }, { locations: [venue(57.15, -2.1)] });
    const here = createSearchIndex(
      [
        far,
        listing({ name: 'Tandem social rides' }),
        listing({ name: 'Chess club', description: 'Social.' }),
        listing({ name: 'Knitting', summary: 'A social tandem.' }),
      ],
      readVocabulary('asd, autism'),
    );
    const kinds = (q: string, place = query({ q }).place) => {
      const { hits, matched } = here.search(query({ q, place }));
      return [matched.venue, ...hits.map(({ match }) => match).sort()];
    };
    expect(kinds('zebra autism social')).toEqual([0, 'kept', 'kept', 'word_only']);
    expect(kinds('zebra autism unicycle social tandem')).toEqual([0, 'kept', 'kept', 'word_only']);
    // Somewhere else there is one: it is there for the words that are left, and so is what fits them about as well.
    expect(kinds('zebra autism social', null)).toContain('kept');
    // Where something is an answer, nothing else is.
    expect(kinds('social')).not.toContain('kept');
    expect(kinds('zebra')).toEqual([0]);
  });

  it.each(['wine', 'wages', 'skin wages'])('are not put right into words that listings have: %s', (q) => {
    expect(asked(q)).toMatchObject({ total: 0, searched_for: null, missing: q.split(' ') });
  });
});
