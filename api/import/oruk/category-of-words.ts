import { taxonomyTerm } from '../../domain/taxonomy.ts';
import { categoriesOf } from './categories.ts';
import { guessedCategory } from './guess.ts';

/**
 * Categories of what has no term that is known: by its name, else by what its words sound like.
 * @param words what is said of it
 * @returns codes, and why, as a sentence of a report; no codes where nothing says what it is, or not clearly enough
 */
export function guessCategories(name: string, words: string): { categories: string[]; said: string } {
  const named = categoriesOf([name]).slice(0, 2);
  const under = (categories: string[], why: string) => ({
    categories,
    said: `it was put under ${categories.map((code) => taxonomyTerm(code)?.name ?? code).join(', ')}, since ${why}.`,
  });
  if (named.length > 0) return under(named, 'its name says');
  const spoken = guessedCategory(`${name} ${words}`);
  if (spoken !== null) return under([spoken], 'its words sound like that: a guess, to be looked at');
  return { categories: [], said: 'nothing says what it is, so it is not sorted yet. It waits under Moderate.' };
}
