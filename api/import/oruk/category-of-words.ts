import { categoriesOf } from './categories.ts';
import { guessedCategory } from './guess.ts';

/**
 * Categories of what has no term that is known: by its name, else by what its words sound like.
 * @param words what is said of it
 * @param inPerson whether people go there: what nothing is known of is a hobby then, and else advice
 * @returns codes, and why, to be read after 'since'
 */
export function guessCategories(name: string, words: string, inPerson: boolean): { categories: string[]; why: string } {
  const named = categoriesOf([name]).slice(0, 2);
  if (named.length > 0) return { categories: named, why: 'its name says' };
  const spoken = guessedCategory(`${name} ${words}`);
  if (spoken !== null) return { categories: [spoken], why: 'its words sound like that: a guess, to be looked at' };
  return { categories: [inPerson ? 'hobbies' : 'advice'], why: 'nothing says what it is' };
}
