import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNeedsFolder } from './needs.ts';
import { readVocabulary, type Vocabulary } from './vocabulary.ts';

/**
 * Reads a folder of vocabulary: synonyms.txt with the words that find each other, and needs/ with what people come with.
 * @throws VocabularyError or NeedsError that says where the mistake is and what to do about it
 */
export const readVocabularyFolder = (folder: string): Vocabulary => ({
  ...readVocabulary(readFileSync(join(folder, 'synonyms.txt'), 'utf8')),
  needs: readNeedsFolder(join(folder, 'needs')),
});
