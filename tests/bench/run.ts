import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/vocabulary.ts';
import { postcodeTable } from '../../api/store/postcodes.ts';
import { Random } from '../api/search/random.ts';
import { generateListings } from './directory.ts';
import { type Ground, openTable, readGround } from './ground.ts';
import { measureHttp } from './http.ts';
import { megabytes, number, table, time } from './measure.ts';
import { makeQuery, QUERY_KINDS } from './queries.ts';

/**
 * `npm run bench`: generated directories of 20,000 and 200,000 listings (with --full also a million), and for each what
 * a search costs in process and over HTTP, memory, and start. With --write the report goes to RESULTS.md too.
 * A number as argument stands for that size alone; --no-http leaves HTTP out.
 */

const GOALS: [what: string, goal: string][] = [
  ['search in process, the mix, at 20k / 200k / 1M: median', '≤ 20 / 50 / 100 µs'],
  ['its p99 at 1M', '≤ 1 ms'],
  ['HTTP share of bare Hono with the same body, 20k / 200k / 1M', '≥ 0.55 / 0.45 / 0.30'],
  ['p99 over HTTP against bare, 16 connections', '≤ 2.5 times'],
  ['growth of the median from 20k to 1M', '≤ n^0.5'],
  ['memory at 20k / 1M', '≤ 200 MB / 1 GB'],
  ['start to first answer at 20k / 1M', '≤ 1 s / 5 s'],
  ['import with everything indexed', '≥ 20,000 listings/s'],
];

const flags = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const given = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument));
const sizes =
  given.length > 0 ? given.map(Number) : flags.has('--full') ? [20_000, 200_000, 1_000_000] : [20_000, 200_000];
const report: string[] = [];
const say = (text: string) => {
  report.push(text);
  console.log(text);
};

const ground = readGround();
const vocabulary = readVocabulary(
  readFileSync(join(import.meta.dirname, '../../data/vocabulary/synonyms.txt'), 'utf8'),
);
say(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores, ` +
    `${(totalmem() / 1e9).toFixed(0)} GB. Listings and searchers at ${ground.source}. Single passes, each timed alone; ` +
    'cpu is the time of the processor, which a busy machine does not stretch.\n',
);
say(`${table(['goal (performance.md)', ''], GOALS)}\n`);

const mix: { size: number; median: number }[] = [];
for (const size of sizes) {
  benchSearch(size, ground);
  if (!flags.has('--no-http')) await benchHttp(size, ground);
}
const [smallest, largest] = [mix[0], mix.at(-1)];
if (smallest && largest && smallest !== largest) {
  const power = Math.log(largest.median / smallest.median) / Math.log(largest.size / smallest.size);
  say(`The median of the mix grows as n^${power.toFixed(2)} from ${smallest.size} to ${largest.size} listings.\n`);
}
benchPostcodes();
if (flags.has('--write')) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const text = `# What \`npm run bench\` printed\n\nAt commit ${commit}. ${report.join('\n')}`;
  writeFileSync(join(import.meta.dirname, 'RESULTS.md'), `${text.trimEnd()}\n`);
}

function benchSearch(size: number, ground: Ground): void {
  const before = megabytes();
  const index = createSearchIndex(generateListings(ground, size), vocabulary);
  const all = performance.now();
  const random = new Random(99);
  index.search(makeQuery('mix', random, ground));
  const first = performance.now() - all;
  const memory = megabytes() - before;
  // So that the compiler has seen every kind; the queries measured are others.
  for (let n = 0; n < 1500; n++)
    for (const kind of ['mix', 'London'] as const) index.search(makeQuery(kind, random, ground));
  const rows = QUERY_KINDS.map((kind) => {
    const queries = Array.from({ length: kind === 'misspelt' ? 200 : 1000 }, () => makeQuery(kind, random, ground));
    let hits = 0;
    const timing = time(queries, (query) => {
      hits += index.search(query).total;
    });
    if (kind === 'mix') mix.push({ size, median: timing.median });
    const figures = [hits / queries.length, timing.median, timing.p99, timing.cpu];
    return [kind, ...figures.map(number)];
  });
  say(`## ${size.toLocaleString('en-GB')} listings\n`);
  say(`${table(['in process, µs', 'hits', 'median', 'p99', 'cpu mean'], rows)}\n`);
  say(`The index takes ${memory.toFixed(0)} MB; its first search after it was made took ${first.toFixed(0)} ms.\n`);
}

async function benchHttp(size: number, ground: Ground): Promise<void> {
  const it = await measureHttp(size, ground);
  const rows = [
    ['search', number(it.apiRate), number(it.apiP99 / 1000)],
    ['bare Hono, the same body', number(it.bareRate), number(it.bareP99 / 1000)],
    ['share, times', (it.apiRate / it.bareRate).toFixed(3), number(it.apiP99 / it.bareP99)],
  ];
  say(`${table([`HTTP, ${it.bytes} bytes, 16 connections`, 'answers/s', 'p99 ms'], rows)}\n`);
  say(
    `Import, everything indexed: ${number(size / it.imported)} listings/s. Index from the store: ${it.started.toFixed(2)} s. ` +
      `The process: ${it.memory.toFixed(0)} MB.\n`,
  );
}

function benchPostcodes(): void {
  const db = openTable();
  if (!db) {
    say('Postcode look-up: the table of postcodes is not filled here.\n');
    return;
  }
  const postcodes = postcodeTable(db);
  const random = new Random(3);
  const letters = [...'ABDEFGHJLNPQRSTUWXYZ'];
  const asked = Array.from(
    { length: 20_000 },
    () => `E${1 + random.below(9)} ${random.below(10)}${random.pick(letters)}${random.pick(letters)}`,
  );
  const timing = time(asked, (postcode) => postcodes.find(postcode));
  say(`Postcode look-up: median ${number(timing.median)} µs, p99 ${number(timing.p99)} µs.\n`);
  db.close();
}
