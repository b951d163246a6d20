import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { listing, query } from './listings.ts';

/** What a listing is called finds it, however it is written. */

const vocabulary = readVocabulary(
  readFileSync(join(import.meta.dirname, '../../../data/vocabulary/synonyms.txt'), 'utf8'),
);
const OTHERS = ['Bingo', 'Football for all', 'Kite flying', 'The living room', 'End my tenancy'];

/** The names that a search finds, best first, in a directory of one listing of that name and some others. */
function found(name: string, typed: string): (string | undefined)[] {
  const all = [name, ...OTHERS].map((each) => listing({ name: each }));
  const { hits } = createSearchIndex(all, vocabulary).search(query({ q: typed, radius_m: null }));
  return hits.map(({ id }) => all.find(({ service }) => service.id === id)?.service.name);
}

describe('what a listing is called', () => {
  it('finds it, for every phrase of the vocabulary', () => {
    const terms = [...new Set(vocabulary.groups.flatMap(({ from, to }) => [...from, ...to]))];
    const all = terms.map((name) => listing({ name }));
    const index = createSearchIndex(all, vocabulary);
    const lost = all.filter(({ service }) => {
      const { hits } = index.search(query({ q: service.name, radius_m: null, per_page: 100 }));
      return !hits.some(({ id, match }) => id === service.id && match === 'words');
    });
    expect(lost.map(({ service }) => service.name)).toEqual([]);
  });

  it.each([
    ['M.E. and CFS circle', ['me/cfs', 'ME/CFS', 'm.e. and c.f.s.']],
    ['M.E. friends', ['M.E.', 'm.e.', 'M.E. group', 'ME friends please', 'mecfs', 'chronic fatigue syndrome']],
    ['ME support group', ['M.E.', 'm.e. group', 'Somebody with ME', 'myalgic encephalomyelitis']],
    ['IT for beginners', ['I.T.', 'i.t. lessons', 'Learning IT', 'computer']],
    ['Computer mornings', ['I.T.', 'Help with IT']],
    ['A.A. meeting', ['aa', 'a.a.', 'AA']],
    ['AA meeting', ['A.A.']],
    ['Drop-in at the hall', ['dropin', 'drop in', 'drop-in', 'Drop Ins']],
    ['End of life choir', ['end of life']],
    ['Toy Library', ['toylibrary', 'toy libraries', 'library of toys']],
    ['Sunrise Choir', ['sun rise choir', 'choir sunrise']],
    ['Codependents Anonymous', ['co-dependents', 'co dependents']],
    ['Warm room', ['warmroom']],
    ['Hearing voices', ['hearingvoices']],
    ['Chair Stretching', ['stretching on a chair', 'chairstretching']],
    ['Arthritis group', ['arthritic', 'arthritics']],
    ['Rheumatism morning', ['rheumatic']],
    ['Alcohol support', ['alcoholic', 'alcoholics']],
    ['Asthma club', ['asthmatic', 'asthmatics']],
    ['Epilepsy social', ['epileptic']],
    ['Knitting circle', ['knitters', 'knitter']],
    ['Sing together', ['singers', 'singer']],
    ['Walking on Mondays', ['walkers']],
    ['Dancing', ['dancers']],
    ['Cycling', ['cyclists']],
    ['Pottery', ['potery']],
    ['Out and About', ['out and about', 'Out & About', 'out and about!']],
    ['We Are With You', ['we are with you', 'We are with you']],
    ['Who am I?', ['who am i', 'Who am I?']],
    ['HiFi evenings', ['hi fi', 'hifi', 'hi-fi']],
  ])('finds %s', (name, typed) => {
    for (const each of typed) expect(found(name, each)[0], each).toBe(name);
  });

  it('is small words alone, of which no others find it', () => {
    expect(found('With You', 'about you')).toHaveLength(OTHERS.length + 1);
    expect(found('About Bingo', 'about')).toHaveLength(OTHERS.length + 1);
    expect(found('With You', 'with you')).toEqual(['With You']);
  });

  it('is not found by words that mean something else', () => {
    expect(found('End of life choir', 'end my life')).not.toContain('End of life choir');
    expect(found('Drop of rain', 'drop-in')).toEqual([]);
    // Who wants a visit does not want to become a visitor; nor is a letter letting, or a carpet a car and a pet.
    expect(found('Befrienders wanted', 'letter')).toEqual([]);
    expect(found('Car club for pet owners', 'carpet')).toEqual([]);
    expect(found('Letting a room', 'letters')).toEqual([]);
  });

  it('is said where two words were written as one', () => {
    const index = createSearchIndex([listing({ name: 'Toy Library' })], vocabulary);
    expect(index.search(query({ q: 'toylibrary' })).searched_for).toBe('toy library');
    expect(index.search(query({ q: 'toy library' })).searched_for).toBeNull();
  });
});
