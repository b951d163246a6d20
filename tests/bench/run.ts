import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { postcodeTable } from '../../api/store/postcodes.ts';
import { Random } from '../api/search/random.ts';
import { benchAside } from './aside.ts';
import { benchExports } from './exports.ts';
import { type Ground, openTable, readGround } from './ground.ts';
import type { InProcess } from './in-process.ts';
import { type Load, lengthOf, load } from './load.ts';
import type { WithMeaning } from './meaning.ts';
import { number, table, time } from './measure.ts';
import { measurePage } from './page.ts';
import { benchPages } from './pages.ts';
import { searchPaths } from './paths.ts';
import { comparePostgis } from './postgis.ts';
import { cpuOf, message, startChild, startServer, untilCalm } from './serving.ts';

/**
 * `npm run bench`: generated directories of 20,000, 200,000 and 1,000,000 listings, and for each what a search costs in
 * process and over HTTP, the page, memory, the start, and an import while searches run. Each is measured in processes of
 * its own, so that memory is that of one thing.
 *
 * -- --sizes=20000,200000   these alone
 *    --postgis              the same queries in PostgreSQL with PostGIS (up to 200,000 listings)
 *    --aside                only the search beside feeds and spreadsheets that come in, with 20,000 listings
 *    --exports              only the search beside one client that takes whole lists and handouts, with 20,000 listings
 *    --pages                   only what people open, with 20,000 listings; with --beside=DIR beside another version that is
 *                              built there, and with --nursery=16 so many MB for young objects
 *    --meaning              only what a query costs by words alone and with what they mean
 *    --write                the report goes to RESULTS.md too
 */

const GOALS: [what: string, goal: string][] = [
  ['search in process, the mix, at 20k / 200k / 1M: median', '≤ 20 / 50 / 100 µs'],
  ['its p99 at 1M', '≤ 1 ms'],
  ['against PostGIS, 200k: mix / London / words', '≥ 40 / 150 / 150 times'],
  ['HTTP share of bare Hono with the same body, 20k / 200k / 1M', '≥ 0.55 / 0.45 / 0.30'],
  ['p99 over HTTP against bare, 16 connections', '≤ 2.5 times'],
  ['growth of the median from 20k to 1M', '≤ n^0.5'],
  ['memory at 20k / 1M', '≤ 200 MB / 1 GB'],
  ['start to first answer at 20k / 1M', '≤ 1 s / 5 s'],
  ['import with everything indexed', '≥ 20,000 listings/s; search p99 meanwhile ≤ 2 times idle'],
  ['20 searchers while a feed of 9,000 or a table of 50,000 rows comes in: p99', '≤ 2 times idle'],
  ['20 searchers while one client takes whole lists and handouts, all that it may: p99', '≤ 2 times idle'],
  ['results page, complete HTML with styles', '≤ 60 KB transferred, ≤ 15 KB of JavaScript before the map'],
];

const CONNECTIONS = 16;
const REQUESTS = 3000;
/** Requests before them, so that the compiler has seen everything: a server runs for months. */
const WARMING = 8000;
/** Listings imported while searches run. */
const MORE = 5000;
const PORT = 8790;
/** Listings in the directory beside which lists come in. */
const ASIDE = 20_000;

const option = (name: string) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const flag = (name: string) => process.argv.includes(`--${name}`);
const sizes = (option('sizes') ?? '20000,200000,1000000').split(',').map(Number);
const report: string[] = [];
const say = (text: string) => {
  report.push(text);
  console.log(text);
};

const ground = readGround();
const folder = mkdtempSync(join(tmpdir(), 'signpost-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
say(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ` +
    `${(totalmem() / 1e9).toFixed(0)} GB. Listings and searchers at ${ground.source}. In process each query is timed once, alone; ` +
    'cpu is the time of the processor, which a busy machine does not stretch.\n',
);
say(`${table(['goal', ''], GOALS)}\n`);

if (flag('pages')) {
  const nursery = option('nursery');
  const how = { beside: option('beside') ?? null, ...(nursery && { flag: `--max-semi-space-size=${nursery}` }) };
  say(`${await benchPages(folder, PORT, ground, ASIDE, how)}\n`);
  process.exit();
}
if (flag('aside') || flag('exports')) {
  const file = join(folder, 'aside.sqlite');
  await benchImport(ASIDE, file, ground);
  if (flag('exports')) say(`${await benchExports(file, PORT, ground)}\n`);
  if (flag('aside')) say(`${await benchAside(file, PORT, ground, Number(option('rows') ?? 50_000))}\n`);
  process.exit();
}
if (flag('meaning')) {
  for (const size of sizes) await benchMeaning(size);
  process.exit();
}
const mix: { size: number; median: number }[] = [];
for (const size of sizes) {
  say(`## ${size.toLocaleString('en-GB')} listings\n`);
  await benchInProcess(size);
  const file = join(folder, `${size}.sqlite`);
  await benchImport(size, file, ground);
  await benchServer(file, ground);
  if (size === ASIDE) {
    say(`${await benchExports(file, PORT, ground)}\n`);
    say(`${await benchAside(file, PORT, ground)}\n`);
  }
  rmSync(file, { force: true });
  if (flag('postgis') && size <= 200_000) for (const line of await comparePostgis(size, ground)) say(line);
}
const [smallest, largest] = [mix[0], mix.at(-1)];
if (smallest && largest && smallest !== largest) {
  const power = Math.log(largest.median / smallest.median) / Math.log(largest.size / smallest.size);
  say(`The median of the mix grows as n^${power.toFixed(2)} from ${smallest.size} to ${largest.size} listings.\n`);
}
benchPostcodes();
if (flag('write')) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const file = join(import.meta.dirname, 'RESULTS.md');
  // What somebody has written about the figures stands before them, and stays.
  const [words = ''] = readFileSync(file, 'utf8').split(/^At commit /m);
  writeFileSync(file, `${words}At commit ${commit}. ${report.join('\n').trimEnd()}\n`);
}

async function benchInProcess(size: number): Promise<void> {
  const { child, first: it } = await startChild<InProcess>('in-process.ts', [String(size)]);
  child.kill();
  const rows = it.kinds.map(({ kind, hits, median, p99, cpu }) => [kind, ...[hits, median, p99, cpu].map(number)]);
  mix.push({ size, median: it.kinds.find(({ kind }) => kind === 'mix')?.median ?? Number.NaN });
  say(`${table(['in process, µs', 'hits', 'median', 'p99', 'cpu mean'], rows)}\n`);
  say(
    `The index takes ${it.memory.toFixed(0)} MB; its first search after it was made took ${it.first.toFixed(0)} ms.\n`,
  );
}

async function benchMeaning(size: number): Promise<void> {
  const { child, first } = await startChild<WithMeaning[]>('meaning.ts', [String(size)]);
  child.kill();
  const rows = first.map(({ kind, words, meaning }) => [
    kind,
    ...[words.median, meaning.median, words.cpu, meaning.cpu].map(number),
    (meaning.cpu / words.cpu).toFixed(2),
  ]);
  const head = [
    `${size.toLocaleString('en-GB')} listings, µs`,
    'words',
    'with meaning',
    'cpu, words',
    'with meaning',
    'times',
  ];
  say(`${table(head, rows)}\n`);
}

async function benchImport(size: number, file: string, ground: Ground): Promise<void> {
  const base = openTable();
  if (base) {
    base.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(base.name, file);
    base.close();
  }
  const { child, first } = await startChild<{ port: number; imported: number; anew: number; kept: number }>('fill.ts', [
    file,
    String(size),
    String(MORE),
  ]);
  const paths = searchPaths(ground, 500, 5);
  await load(first.port, paths, 1);
  const idle = await load(first.port, paths, 1);
  let importing = true;
  child.send('import');
  const imported = message<{ again: number }>(child).finally(() => {
    importing = false;
  });
  const busy = await load(first.port, paths, 1, undefined, () => !importing);
  const { again } = await imported;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.send('end');
  await exit;
  say(
    `Import of ${MORE.toLocaleString('en-GB')} more with everything indexed: ${number(first.imported)} listings/s; as many again while one client searched: ` +
      `${number(again)}/s. Search p99 over HTTP: idle ${number(idle.p99)} ms, during that import ${number(busy.p99)} ms ` +
      `(${(busy.p99 / idle.p99).toFixed(1)} times; median ${number(idle.median)} and ${number(busy.median)}). ` +
      `Making the index anew took ${first.anew.toFixed(1)} s, keeping it ${first.kept.toFixed(1)} s; the file is ${(statSync(file).size / 1e6).toFixed(0)} MB.\n`,
  );
}

async function benchServer(file: string, ground: Ground): Promise<void> {
  const distinct = searchPaths(ground, REQUESTS, 17);
  const repeated = Array.from({ length: REQUESTS }, (_, n) => distinct[n % 100] as string);
  const [one = ''] = distinct;
  // The first start makes ready what a new file lacks; the second is the one that counts.
  const first = await startServer(file, PORT, one);
  const making = await untilCalm(first);
  await first.stop();
  const server = await startServer(file, PORT, one);
  await untilCalm(server);
  const idle = server.memory();
  const cpu = () => cpuOf(server.pid);
  await load(server.port, searchPaths(ground, WARMING, 18), CONNECTIONS);
  const api = {
    distinct: await load(server.port, distinct, CONNECTIONS, cpu),
    repeated: await load(server.port, repeated, CONNECTIONS, cpu),
  };
  const bytes = await lengthOf(server.port, one);
  const page = await measurePage(
    server.port,
    distinct.slice(0, 200).map((path) => path.replace('/api/v1', '')),
  );
  const memory = server.memory();
  const body = join(folder, 'body.json');
  writeFileSync(body, Buffer.from(await (await fetch(`http://127.0.0.1:${server.port}${one}`)).arrayBuffer()));
  await server.stop();

  const { child, first: ports } = await startChild<Record<string, number>>('bare.ts', [body]);
  const others: [string, Load][] = [];
  for (const [name, port] of Object.entries(ports)) {
    await load(port, searchPaths(ground, WARMING, 18), CONNECTIONS);
    others.push([name, await load(port, distinct, CONNECTIONS, () => cpuOf(child.pid))]);
  }
  child.kill();
  const bare = others.find(([name]) => name === 'bare')?.[1] as Load;
  const row = (name: string, { rate, median, p99, cpu }: Load) => [
    name,
    number(rate),
    number(median),
    number(p99),
    (rate / bare.rate).toFixed(2),
    (p99 / bare.p99).toFixed(1),
    number(cpu),
    (bare.cpu / cpu).toFixed(2),
  ];
  const rows = [
    row('search, from everywhere', api.distinct),
    row('search, a hundred again and again', api.repeated),
    ...others.map(([name, figures]) => row(name === 'bare' ? 'bare Hono, the same body' : `… ${name}`, figures)),
  ];
  const head = [
    `HTTP, ${bytes} bytes, ${CONNECTIONS} connections`,
    'answers/s',
    'median ms',
    'p99 ms',
    'share',
    'p99, times',
    'cpu µs',
    'cpu share',
  ];
  say(`${table(head, rows)}\n`);
  say(
    `Beside answering, the first start made results and keys ready in ${making.toFixed(0)} s of the processor. ` +
      `Start to first answer: ${server.firstAnswer.toFixed(2)} s. The process: ${idle.toFixed(0)} MB then, ${memory.toFixed(0)} MB after all of this.\n`,
  );
  if (page) {
    const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`;
    say(
      `Results page: ${kb(page.html)} of HTML and ${kb(page.styles)} of styles (${kb(page.html + page.styles)} in all), ` +
        `${kb(page.scripts)} of JavaScript before the map, transferred; drawn in ${number(page.median)} ms, p99 ${number(page.p99)} ms.\n`,
    );
  } else say('Results page: the site is not built here.\n');
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
