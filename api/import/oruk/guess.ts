import { join } from 'node:path';
import { CategoryGuess } from '../../search/text/category-guess.ts';
import { readVocabularyFolder } from '../../search/text/vocabulary-folder.ts';

let guess: CategoryGuess | null = null;

/** The category that a text alone speaks of; null where it speaks of none clearly. What is known of words is read on first use. */
export function guessedCategory(text: string): string | null {
  guess ??= new CategoryGuess(readVocabularyFolder(join(import.meta.dirname, '../../../data')));
  return guess.of(text);
}
