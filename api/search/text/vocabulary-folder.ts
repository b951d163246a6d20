import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeTable } from '../meaning/table-file.ts';
import { WordVectors } from '../meaning/word-vectors.ts';
import { readNeedsFolder } from './needs.ts';
import { readVocabulary, type Vocabulary } from './vocabulary.ts';

/** The table of word vectors; undefined where the file is missing or not whole: words alone answer then, as before there was one. */
function readVectors(file: string): WordVectors | undefined {
  try {
    return new WordVectors(decodeTable(readFileSync(file)));
  } catch {
    return undefined;
  }
}

/**
 * Reads what is known of words: vocabulary/synonyms.txt with those that find each other, vocabulary/needs with what people come
 * with, and meaning/words.bin with what words have to do with each other.
 * @param data the folder that holds these
 * @param ownNeeds a folder with more needs; null where there is none
 * @throws VocabularyError or NeedsError that says where the mistake is and what to do about it
 */
export const readVocabularyFolder = (data: string, ownNeeds: string | null = null): Vocabulary => ({
  ...readVocabulary(readFileSync(join(data, 'vocabulary/synonyms.txt'), 'utf8')),
  needs: readNeedsFolder(join(data, 'vocabulary/needs'), ownNeeds),
  vectors: readVectors(join(data, 'meaning/words.bin')),
});
