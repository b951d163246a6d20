import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { agreement, leastRelated, likeness } from '../../../api/search/meaning/agreement.ts';
import { decodeTable, encodeTable } from '../../../api/search/meaning/table-file.ts';
import { type Meaning, WordVectors } from '../../../api/search/meaning/word-vectors.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { E8, listing, query, venue } from './listings.ts';

const FILE = join(import.meta.dirname, '../../../data/meaning/words.bin');
const bytes = readFileSync(FILE);
const vectors = new WordVectors(decodeTable(bytes));
const vocabulary = { ...readVocabulary(''), vectors };

const meaningOf = (text: string): Meaning => {
  const vector = vectors.directionOf(text.split(' ').map((word) => [word, 1]));
  if (vector === null) throw new Error(`The table has no word of '${text}'.`);
  return vectors.meaningOf(vector);
};
const cosineOf = (one: string, other: string): number => {
  const { vector } = meaningOf(other);
  return meaningOf(one).vector.reduce((sum, value, at) => sum + value * vector[at]!, 0);
};

describe('the table of word vectors', () => {
  it('is small, knows common words and has none twice', () => {
    const { words, dimensions } = decodeTable(bytes);
    expect(bytes.length).toBeLessThan(5_000_000);
    expect(words.length).toBeGreaterThan(25_000);
    expect(new Set(words).size).toBe(words.length);
    expect(dimensions).toBe(64);
    expect(['lonely', 'debt', 'tinnitus', 'knitting'].filter((word) => vectors.numberOf(word) < 0)).toEqual([]);
  });

  it.each([
    ['ringing ears', 'tinnitus', 'football'],
    ['lonely', 'befriending', 'swimming'],
    ['evicted landlord', 'housing', 'bereavement'],
    ['husband died', 'bereavement', 'gardening'],
    ['forgetful confused mother', 'dementia', 'cycling'],
    ['owe money bailiffs', 'debt', 'choir'],
  ])('says that %s has more to do with %s than with %s', (typed, near, far) => {
    expect(cosineOf(typed, near)).toBeGreaterThan(cosineOf(typed, far) + 0.2);
  });

  it('is read as it was written, and not at all where something is missing', () => {
    const table = decodeTable(bytes);
    expect(Buffer.compare(encodeTable(table), bytes)).toBe(0);
    expect(() => decodeTable(bytes.subarray(0, -1))).toThrow('not the whole');
    expect(() => decodeTable(Buffer.from('no such thing'))).toThrow('no table');
    expect(() => decodeTable(Buffer.alloc(0))).toThrow('no table');
  });

  it('knows nothing of words that it does not have', () => {
    expect(vectors.directionOf([['zzzz', 1]])).toBeNull();
    expect(vectors.directionOf([])).toBeNull();
  });

  it('has the plural of a word that it has', () => {
    expect(vectors.numberOf('aspergers')).toBe(vectors.numberOf('asperger'));
  });
});

describe('agreement', () => {
  const meaning: Meaning = { vector: Float32Array.of(1, 0), usual: 0.1, deviation: 0.1 };
  const packed = (first: number, second: number) => Int8Array.of(first, 0, second, 0);

  it('is the mean over both vectors of a listing, and raises a fit to twice or lowers it to a quarter', () => {
    expect(likeness(meaning, packed(127, 0), 0)).toBeCloseTo(0.5);
    expect(agreement(meaning, packed(127, 127), 0)).toBe(2);
    expect(agreement(meaning, packed(-127, -127), 0)).toBe(0.25);
    expect(agreement(meaning, packed(38, 38), 0)).toBe(1);
    expect(agreement({ ...meaning }, Int8Array.of(0, 0, 0, 0, 127, 0, 127, 0), 1)).toBe(2);
  });

  it('asks of what has none of the words to be like them, and far above what is usual', () => {
    expect(leastRelated(meaning)).toBeCloseTo(0.42);
    expect(leastRelated({ ...meaning, usual: 0.4 })).toBeCloseTo(0.6);
  });
});

describe('what is related', () => {
  const tinnitus = listing({ name: 'Hum and Hiss', summary: 'A tinnitus group', taxonomy_terms: ['disability'] });
  const choir = listing({ name: 'Open Door Choir', summary: 'Singing for everybody', taxonomy_terms: ['arts'] });
  const named = listing({ name: 'The Ringing Bell', summary: 'A pub quiz', taxonomy_terms: ['social-clubs'] });
  const distant = listing(
    { name: 'Buzzing Far Off', summary: 'A tinnitus group', taxonomy_terms: ['disability'] },
    { locations: [venue(53.38, -1.47)] },
  );
  const all = [tinnitus, choir, named, distant];
  const ask = (q: string, rest = {}) => createSearchIndex(all, vocabulary).search(query({ q, ...rest }));
  const idOf = ({ service }: { service: { id: string } }) => service.id;

  it('is named apart from what has the words, and counts nowhere', () => {
    const answer = ask('noises in ears');
    expect(answer.hits).toEqual([]);
    expect(answer.total).toBe(0);
    expect(answer.facets.category).toEqual({});
    expect(answer.related).toEqual([expect.objectContaining({ id: idOf(tinnitus), match: 'related', reach: 'venue' })]);
  });

  it('is never what has one of the words, nor what fails a filter, is out of reach or not asked for', () => {
    const ringing = ask('ringing in ears');
    expect(ringing.hits.map(({ id }) => id)).toEqual([idOf(named)]);
    const related = ringing.related.map(({ id }) => id);
    expect(related[0]).toBe(idOf(tinnitus));
    expect([named, distant].filter((one) => related.includes(idOf(one)))).toEqual([]);
    expect(ask('noises in ears', { filters: { category: ['arts'] } }).related).toEqual([]);
    expect(ask('noises in ears', { reach: ['remote'] }).related).toEqual([]);
    expect(ask('noises in ears', { page: 2 }).related).toEqual([]);
    expect(ask('noises in ears', { sort: 'name' }).related).toEqual([]);
    expect(ask('').related).toEqual([]);
  });

  it('is five at the most', () => {
    const many = Array.from({ length: 9 }, (_, n) =>
      listing({ name: `Hum ${n}`, summary: 'A tinnitus group', taxonomy_terms: ['disability'] }),
    );
    const { related } = createSearchIndex(many, vocabulary).search(query({ q: 'noises in ears' }));
    expect(related).toHaveLength(5);
  });

  it('raises what means the same among what has the same words', () => {
    const point = [venue(51.545, -0.055)];
    const sea = listing(
      {
        name: 'Barometer',
        summary: 'A depression on the weather chart',
        description: 'Yacht, harbour, gale, ocean, tide and mast',
      },
      { locations: point },
    );
    const mood = listing(
      { name: 'Room', summary: 'A depression group', description: 'Talking about mood and feelings' },
      { locations: point },
    );
    const { hits } = createSearchIndex([sea, mood], vocabulary).search(query({ q: 'depression and low mood' }));
    expect(hits[0]?.id).toBe(idOf(mood));
  });

  it('is nothing without the table, and words answer as they did', () => {
    const index = createSearchIndex(all, readVocabulary(''));
    const answer = index.search(query({ q: 'ringing in ears', place: E8 }));
    expect([index.knowsMeaning, createSearchIndex([], vocabulary).knowsMeaning]).toEqual([false, true]);
    expect(answer.related).toEqual([]);
    expect(answer.hits.map(({ id }) => id)).toEqual([idOf(named)]);
  });
});
