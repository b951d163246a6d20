import { expect, it } from 'vitest';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabularyFolder } from '../../../api/search/text/vocabulary-folder.ts';
import { listing, query } from './listings.ts';

/** What is said in nearly the words of a need, in none of the words that listings use, leads to what helps with it. */
it.each([
  ['checking the door fifty times', 'Steady Minds', 'Obsessive thoughts and compulsions.'],
  ['make myself sick after my meals', 'Plate by Plate', 'Eating disorders: recovery together.'],
  ['gone back to check the oven over and over again', 'Steady Minds', 'Obsessive thoughts and compulsions.'],
  ['feet keep sticking to the floor', 'Loose Limbs', "Parkinson's and exercise."],
])("'%s' leads to '%s'", (typed, name, summary) => {
  const wanted = listing({ name, summary });
  const others = [
    ['Door Fitters', 'Fifty doors a year for charity.'],
    ['Oven Club', 'Bake, check the times, eat.'],
    ['Long Table', 'Meals for neighbours.'],
    ['Floor Show', 'Dancing on Fridays.'],
    ['Allotment', 'Grow beans.'],
    ['Chess', 'Boards at noon.'],
  ].map(([other, says]) => listing({ name: other!, summary: says! }));
  const answer = createSearchIndex([...others, wanted], readVocabularyFolder('data')).search(
    query({ q: typed, place: null }),
  );
  const shown = [...answer.hits.filter(({ match }) => match === 'words'), ...answer.related];
  expect(shown.slice(0, 3).map(({ id }) => id)).toContain(wanted.service.id);
});
