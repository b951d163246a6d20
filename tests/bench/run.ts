import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/vocabulary.ts';
import { Random } from '../api/search/random.ts';
import { generateListings } from './directory.ts';
import { readGround } from './ground.ts';
import { megabytes, number, table, time } from './measure.ts';
import { makeQuery, QUERY_KINDS } from './queries.ts';

const full = process.argv.includes('--full');
const only = process.argv.find((argument) => /^\d+$/.test(argument));
const sizes = only ? [Number(only)] : full ? [20_000, 200_000, 1_000_000] : [20_000, 200_000];
const ground = readGround();
const vocabulary = readVocabulary(
  readFileSync(join(import.meta.dirname, '../../data/vocabulary/synonyms.txt'), 'utf8'),
);
console.log(ground.source);

for (const size of sizes) {
  const before = megabytes();
  const start = performance.now();
  const index = createSearchIndex(generateListings(ground, size), vocabulary);
  const built = (performance.now() - start) / 1000;
  const memory = megabytes() - before;
  const random = new Random(99);
  for (let n = 0; n < 300; n++) index.search(makeQuery('mix', random, ground));
  const rows = QUERY_KINDS.map((kind) => {
    const queries = Array.from({ length: kind === 'misspelt' ? 100 : 1000 }, () => makeQuery(kind, random, ground));
    let hits = 0;
    const timing = time(queries, (query) => {
      hits += index.search(query).total;
    });
    return [kind, number(hits / queries.length), number(timing.median), number(timing.p99), number(timing.cpu)];
  });
  console.log(`\n${size} listings, built in ${built.toFixed(1)} s with their making, ${memory.toFixed(0)} MB`);
  console.log(table(['query', 'hits', 'median µs', 'p99 µs', 'cpu µs'], rows));
}
