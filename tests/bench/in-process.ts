import { join } from 'node:path';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabularyFolder } from '../../api/search/text/vocabulary-folder.ts';
import { Random } from '../api/search/random.ts';
import { generateListings } from './directory.ts';
import { readGround } from './ground.ts';
import { megabytes, type Timing, time } from './measure.ts';
import { makeQuery, QUERY_KINDS } from './queries.ts';

/** What a search costs without HTTP, in a process of its own: so many listings, given as argument. */
export interface InProcess {
  kinds: ({ kind: string; hits: number } & Timing)[];
  /** Megabytes of the index. */
  memory: number;
  /** Milliseconds of the very first search. */
  first: number;
}

const size = Number(process.argv[2]);
const ground = readGround();
const vocabulary = readVocabularyFolder(join(import.meta.dirname, '../../data'));
const before = megabytes();
const index = createSearchIndex(generateListings(ground, size), vocabulary);
const random = new Random(99);
const start = performance.now();
index.search(makeQuery('mix', random, ground));
const first = performance.now() - start;
const memory = megabytes() - before;
// So that the compiler has seen every kind; the queries measured are others.
for (let n = 0; n < 1500; n++)
  for (const kind of ['mix', 'London'] as const) index.search(makeQuery(kind, random, ground));
const kinds = QUERY_KINDS.map((kind) => {
  const queries = Array.from({ length: kind === 'misspelt' ? 200 : 1000 }, () => makeQuery(kind, random, ground));
  let hits = 0;
  const timing = time(queries, (query) => {
    hits += index.search(query).total;
  });
  return { kind, hits: hits / queries.length, ...timing };
});
process.send?.({ kinds, memory, first } satisfies InProcess);
