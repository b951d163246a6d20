import { createSearchIndex } from '../search/index.ts';
import { readVocabulary } from '../search/text/vocabulary.ts';
import { closeStore, type LogKeeper, openStore } from '../store/open.ts';
import { createDirectory, type Directory } from './directory.ts';

/**
 * Opens the directory in a process beside the server, which searches: nobody searches here, and the index of the server
 * follows what is written (follower.ts).
 * @throws what opening a file throws
 */
export function openBeside(file: string, log: LogKeeper = 'sqlite'): { directory: Directory; close: () => void } {
  const db = openStore(file, log);
  const directory = createDirectory({ db, index: createSearchIndex([], readVocabulary('')), now: () => new Date() });
  return { directory, close: () => closeStore(db) };
}
