import { join } from 'node:path';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabularyFolder } from '../../api/search/text/vocabulary-folder.ts';
import { Random } from '../api/search/random.ts';
import { generateListings } from './directory.ts';
import { readGround } from './ground.ts';
import { type Timing, time } from './measure.ts';
import { makeQuery, QUERY_KINDS, type QueryKind } from './queries.ts';

/** What a query costs by words alone and with what they mean, in a process of its own: so many listings, given as argument. */
export interface WithMeaning {
  kind: QueryKind | 'sentences';
  words: Timing;
  meaning: Timing;
}

/** What people type in whole: each is a text of its own, so that its plan is made anew. */
const WHO = ['my mum', 'my husband', 'an old neighbour', 'my son', 'a friend', 'my gran', 'my sister', 'a client'];
const WHAT = [
  'cannot sleep',
  'feels low since the funeral',
  'is in debt',
  'keeps falling',
  'has back pain',
  'wants to sing',
  'needs a lift to hospital',
  'is drinking again',
  'sees nobody all week',
  'has arthritis',
];
const WHERE = ['on Mondays', 'near here', 'for free', 'in the evening', 'by phone', 'with other people'];
const SENTENCES = WHO.flatMap((who) => WHAT.flatMap((what) => WHERE.map((where) => `${who} ${what} ${where}`)));
/** Asked before the clock runs, so that the compiler has seen everything. */
const WARMING = 80;
const QUERIES = 400;

const size = Number(process.argv[2]);
const ground = readGround();
const vocabulary = readVocabularyFolder(join(import.meta.dirname, '../../data'));
const [words, meaning] = [{ ...vocabulary, vectors: undefined }, vocabulary].map((each) =>
  createSearchIndex(generateListings(ground, size), each),
) as [ReturnType<typeof createSearchIndex>, ReturnType<typeof createSearchIndex>];

const kinds = [...QUERY_KINDS, 'sentences'] as const;
const rows = kinds.map((kind): WithMeaning => {
  const random = new Random(41);
  const sentence = (n: number) => ({ ...makeQuery('London + word', random, ground), q: SENTENCES[n]! });
  const queries = Array.from({ length: QUERIES }, (_, n) =>
    kind === 'sentences' ? sentence(n) : makeQuery(kind, random, ground),
  );
  for (const index of [words, meaning]) for (const query of queries.splice(0, WARMING / 2)) index.search(query);
  // One after the other for each query, so that a busy machine stretches both.
  const costs = {
    words: time(queries, (query) => words.search(query)),
    meaning: time(queries, (query) => meaning.search(query)),
  };
  return { kind, ...costs };
});
process.send?.(rows);
