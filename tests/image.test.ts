import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from './helpers/folder.ts';
import { newFile } from './helpers/site.ts';

/**
 * Where no container can be made, the lines of deploy/Containerfile are done one by one in a folder, up to the server that
 * they start and the check of its health. A line of a new kind fails here until it is done too.
 */

const ROOT = join(import.meta.dirname, '..');
const folder = temporaryFolder();
const app = folder.file('app');
/** Root hands the rest to the user that the image names; anybody else is no root anyway. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
let server: ChildProcess | undefined;
afterAll(async () => {
  if (server?.exitCode === null) {
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
  folder.remove();
});

/** Each instruction on a line of its own, without comments. */
const lines = readFileSync(join(ROOT, 'deploy/Containerfile'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** Paths of the image, where they are here. */
const here = (text: string): string => text.replaceAll('/data', folder.file('data'));

/** What `npm install` and the pruning leave: the packages of the lock that are not for development alone. */
function install(): void {
  const { packages } = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const kept = Object.keys(packages).filter((path) => path.startsWith('node_modules/') && !packages[path]?.dev);
  for (const path of kept.filter((it) => existsSync(join(ROOT, it))))
    cpSync(join(ROOT, path), join(app, path), {
      recursive: true,
      filter: (name) => !/^.+\/node_modules\/(?:@[^/]+\/)?[^/]+\/(?:node_modules|include)(?:\/|$)/.test(name),
    });
}

/** Each line by its kind. */
const DO: readonly (readonly [RegExp, (...parts: string[]) => void])[] = [
  [/^FROM docker\.io\/library\/node:24-slim(?: AS build)?$/, () => {}],
  [/^WORKDIR \/app$/, () => mkdirSync(app, { recursive: true })],
  [
    /^COPY ((?!--)[\w. -]+) (\.\/|[\w-]+)$/,
    (_, names = '', to = '') => {
      for (const name of names.split(' '))
        cpSync(join(ROOT, name), join(app, to === './' ? basename(name) : to), {
          recursive: true,
          filter: (path) => !/\/data\/(?:[^/]*\.sqlite[^/]*|outbox|backups|postcodes)$/.test(path),
        });
    },
  ],
  [/^RUN npm install$/, install],
  [
    /^RUN npm run build && npm prune --omit=dev && rm -rf (.+)$/,
    (_, gone = '') => {
      cpSync(join(ROOT, 'dist'), join(app, 'dist'), { recursive: true });
      for (const path of gone.split(' ')) rmSync(join(app, path), { recursive: true, force: true });
    },
  ],
  [/^COPY --from=build \/app \/app$/, () => {}],
  [
    /^RUN mkdir \/data && chown node:node \/data$/,
    () => {
      mkdirSync(folder.file('data'));
      if (NOBODY.uid !== undefined) chownSync(folder.file('data'), NOBODY.uid, NOBODY.gid);
    },
  ],
  [/^USER node$/, () => chmodSync(folder.path, 0o755)],
  [
    /^ENV (.+)$/,
    (_, pairs = '') => {
      for (const pair of pairs.split(' ')) {
        const [name = '', value = ''] = pair.split('=');
        env[name] = here(value);
      }
    },
  ],
  [/^(?:VOLUME \/data|EXPOSE 8080)$/, () => {}],
  [/^HEALTHCHECK [^[]*CMD (\[.*\])$/, (_, words = '') => check.push(...(JSON.parse(words) as string[]))],
  [/^CMD (\[.*\])$/, (_, words = '') => command.push(...(JSON.parse(words) as string[]))],
];
const env: Record<string, string> = { PATH: '/nowhere', HOST: '127.0.0.1', PORT: '0' };
const check: string[] = [];
const command: string[] = [];

test('what the image is made of starts, is healthy, and writes nowhere but into its volume', async () => {
  for (const line of lines) {
    const found = DO.find(([pattern]) => pattern.test(line));
    expect(found, line).toBeDefined();
    found?.[1](...(found[0].exec(line) ?? []));
  }
  const node = folder.file('node');
  cpSync(process.execPath, node);
  expect([command[0], check[0]]).toEqual(['node', 'node']);
  writeFileSync(env['DATABASE'] ?? '', await newFile());
  if (NOBODY.uid !== undefined) chownSync(env['DATABASE'] ?? '', NOBODY.uid, NOBODY.gid);

  const started = spawn(node, command.slice(1), { cwd: app, env, ...NOBODY });
  server = started;
  let said = '';
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk) => (said += chunk));
  const origin = () => /Signpost is at (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1] ?? '';
  await expect.poll(origin, { timeout: 60_000 }).not.toBe('');
  const words = check.slice(1).map((it) => it.replace('http://localhost:8080', origin()));
  expect(words).not.toEqual(check.slice(1));
  await expect.poll(() => spawnSync(node, words, { env, ...NOBODY }).status, { timeout: 20_000 }).toBe(0);
  for (const path of ['/', '/search?q=chair+yoga', '/handout', '/api/v1/health'])
    expect((await fetch(origin() + path)).status, path).toBe(200);
  const copied = spawnSync(node, ['scripts/backup.ts'], { cwd: app, env, encoding: 'utf8', ...NOBODY });
  expect([copied.status, copied.stdout]).toEqual([0, expect.stringContaining(join(folder.path, 'data/backups/'))]);

  // What a shell does not know of the server's settings must not end as a restore beside the program.
  const [file = ''] = /\S+\.sqlite/.exec(copied.stdout) ?? [];
  const { DATABASE: _, ...without } = env;
  const beside = spawnSync(node, ['scripts/restore.ts', file], { cwd: app, env: without, encoding: 'utf8' });
  expect([beside.status, beside.stderr]).toEqual([1, expect.stringContaining('and DATABASE names no other')]);
  expect(existsSync(join(app, 'data/signpost.sqlite'))).toBe(false);
  started.kill('SIGTERM');
  const [code] = await once(started, 'exit');
  expect(code, said).toBe(0);
});
