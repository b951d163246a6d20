import { copyFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import type { sealPlace } from '../../api/domain/privacy.ts';
import type { Ground } from './ground.ts';
import { type Load, load } from './load.ts';
import { number, table } from './measure.ts';
import { type PageKind, pageKinds } from './page-kinds.ts';
import { searchPaths } from './paths.ts';
import { sharesOf } from './profile.ts';
import { cpuOf, type Running, SMALL_NURSERY, startChild, startServer, untilCalm } from './serving.ts';

/**
 * What people open, as answers a second and as time of the processor for each, beside bare Hono that sends the same bytes
 * and, where its folder is given, beside another version over the same listings. All of them run at the same time and
 * take turns, since a machine that others use is never twice the same.
 */

const CONNECTIONS = 16;
const INSPECTOR = 9340;
/** What a browser takes. */
const AS_A_BROWSER = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };
const headersOf = ({ compressed }: PageKind) => (compressed ? AS_A_BROWSER : {});

interface Served {
  server: Running;
  kinds: PageKind[];
}

/**
 * @param beside the folder of another version, which has been built; it fills the file, which newer ones bring up to date
 * @param flag of Node for this version, in place of that which `npm start` sets
 */
export async function benchPages(
  folder: string,
  port: number,
  ground: Ground,
  listings: number,
  { beside = null, flag = SMALL_NURSERY }: { beside?: string | null; flag?: string } = {},
): Promise<string> {
  const file = join(folder, 'pages.sqlite');
  const { child } = await startChild('fill.ts', [file, String(listings), '0'], beside ?? undefined);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.send('end');
  await ended;
  const others = join(folder, 'pages-beside.sqlite');
  if (beside) copyFileSync(file, others);
  const theirs = beside ? await serve(others, port + 1, ground, [SMALL_NURSERY], beside) : null;
  const ours = await serve(file, port, ground, [flag, `--inspect=127.0.0.1:${INSPECTOR}`]);
  try {
    const rows: string[][] = [];
    for (const [at, kind] of ours.kinds.entries()) {
      const other = theirs?.kinds[at];
      rows.push(
        await measured(kind, ours.server, other && theirs ? { kind: other, server: theirs.server } : null, folder),
      );
    }
    const head = [
      '16 connections',
      'answers/s',
      'cpu ms',
      'bytes',
      'bare cpu ms',
      'of bare',
      'before: cpu ms',
      'times',
    ];
    const width = beside ? head.length : head.length - 2;
    const shares = await sharesTable(ours);
    const memory = `The process takes ${ours.server.memory().toFixed(0)} MB after this${theirs ? `, the other ${theirs.server.memory().toFixed(0)}` : ''}.`;
    return [
      table(
        head.slice(0, width),
        rows.map((row) => row.slice(0, width)),
      ),
      '',
      shares,
      '',
      memory,
    ].join('\n');
  } finally {
    await ours.server.stop();
    await theirs?.server.stop();
  }
}

async function serve(file: string, port: number, ground: Ground, flags: string[], root?: string): Promise<Served> {
  const { sealPlace: seal } = (await import(
    join(root ?? join(import.meta.dirname, '../..'), 'api/domain/privacy.ts')
  )) as {
    sealPlace: typeof sealPlace;
  };
  const [path = ''] = searchPaths(ground, 1, 30, seal);
  const server = await startServer(file, port, path, {}, { ...(root && { root }), flags });
  await untilCalm(server);
  return { server, kinds: await pageKinds(port, ground, seal) };
}

async function measured(
  kind: PageKind,
  server: Running,
  other: { kind: PageKind; server: Running } | null,
  folder: string,
): Promise<string[]> {
  const bodies = await Promise.all(kind.paths.map((path) => bodyOf(server.port, path, headersOf(kind))));
  const files = bodies.slice(0, 8).map((body, at) => {
    const file = join(folder, `body-${at}`);
    writeFileSync(file, body);
    return file;
  });
  const { child, first: bare } = await startChild<{ port: number }>('bare-answers.ts', files);
  const barePaths = bodies.map((_, at) => `/${at % files.length}`);
  const rounds = (paths: readonly string[]) => Array.from({ length: kind.times }, () => paths).flat();
  const ask = (port: number, pid: number | undefined, paths: readonly string[], of: PageKind) =>
    load(
      port,
      rounds(paths),
      CONNECTIONS,
      () => cpuOf(pid),
      undefined,
      () => headersOf(of),
    );
  const runs = [
    () => ask(server.port, server.pid, kind.paths, kind),
    ...(other ? [() => ask(other.server.port, other.server.pid, other.kind.paths, other.kind)] : []),
    () => ask(bare.port, child.pid, barePaths, kind),
  ];
  // The first round lets the compiler see everything; the shorter of the others is less disturbed.
  for (const run of runs) await run();
  const best: Load[] = [];
  for (let round = 0; round < 2; round++)
    for (const [at, run] of runs.entries()) {
      const figures = await run();
      const before = best[at];
      best[at] =
        before && before.cpu <= figures.cpu ? { ...before, rate: Math.max(before.rate, figures.rate) } : figures;
    }
  child.kill();
  const [mine, theirs, plain] = (other ? best : [best[0], null, best[1]]) as [Load, Load | null, Load];
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0) / bodies.length;
  return [
    kind.name,
    number(mine.rate),
    number(mine.cpu / 1000),
    bytes.toFixed(0),
    number(plain.cpu / 1000),
    (plain.cpu / mine.cpu).toFixed(2),
    ...(theirs ? [number(theirs.cpu / 1000), (theirs.cpu / mine.cpu).toFixed(1)] : []),
  ];
}

async function sharesTable({ server, kinds }: Served): Promise<string> {
  const seen: [string, Map<string, number>][] = [];
  for (const kind of kinds) {
    const paths = Array.from({ length: kind.times }, () => kind.paths).flat();
    const shares = await sharesOf(INSPECTOR, () =>
      load(server.port, paths, CONNECTIONS, undefined, undefined, () => headersOf(kind)),
    );
    seen.push([kind.name, shares]);
  }
  const parts = ['search', 'facets', 'api', 'render', 'compress', 'send', 'garbage', 'the rest'];
  return table(
    ['share of the processor, %', ...parts],
    seen.map(([name, shares]) => [name, ...parts.map((part) => ((shares.get(part) ?? 0) * 100).toFixed(0))]),
  );
}

/** The bytes of an answer as they travel. */
const bodyOf = (port: number, path: string, headers: Record<string, string>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    get({ port, path, headers, host: '127.0.0.1' }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => resolve(Buffer.concat(parts)));
    }).on('error', reject);
  });
