import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CategoryGuess } from '#api/search/text/category-guess.ts';
import { readVocabulary } from '#api/search/text/vocabulary.ts';
import { readVocabularyFolder } from '#api/search/text/vocabulary-folder.ts';
import { inventedListings } from '../relevance/invented-listings.ts';

const vocabulary = readVocabularyFolder(join(import.meta.dirname, '../../data'));
const guess = new CategoryGuess(vocabulary);

describe('the category that a text speaks of', () => {
  it.each([
    ['An evening for people whose husband or wife has died. Tea and listening.', 'bereavement'],
    ['We help tenants who are behind with the rent or have had an eviction notice.', 'housing'],
    ['Free sessions to stop drinking, with a keyworker and a recovery group.', 'addiction'],
    ['A café for people with Alzheimer’s, and those who care for them.', 'dementia'],
  ])('%s', (text, category) => {
    expect(guess.of(text)).toBe(category);
  });

  it.each(['', 'zzzz qqqq'])('is none for %j', (text) => {
    expect(guess.of(text)).toBeNull();
  });

  it('is none without the table of word vectors', () => {
    expect(new CategoryGuess(readVocabulary('')).of('A bereavement group')).toBeNull();
    expect(new CategoryGuess({ ...vocabulary, vectors: undefined }).of('A bereavement group')).toBeNull();
  });

  it('is mostly right where it is said, over listings that nothing was made of', () => {
    const said = inventedListings('development').flatMap(({ service }) => {
      const category = guess.of(`${service.name} ${service.summary} ${service.description}`);
      return category === null ? [] : [service.taxonomy_terms.includes(category)];
    });
    expect(said.length).toBeGreaterThan(40);
    expect(said.filter(Boolean).length / said.length).toBeGreaterThanOrEqual(0.85);
  });
});
