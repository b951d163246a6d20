import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '#api/runtime/settings.ts';

/** The files of deploy/ and docs/operating.md name only what there is. */

const ROOT = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const known = new Set(SETTINGS.map(({ name }) => name));

describe('deploy/Containerfile', () => {
  const lines = read('deploy/Containerfile').split('\n');

  test('copies what there is, and all that the program is made of', () => {
    const copied = lines
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
    expect(copied).toEqual(expect.arrayContaining(['api', 'site', 'data', 'scripts', 'package.json', '.npmrc']));
  });

  test('copies nothing that git leaves out: databases, their copies, mails', () => {
    const names = (file: string) => read(file).match(/^[^#\n]*[^#\n/]/gm) ?? [];
    const inData = names('.gitignore').filter((name) => name.startsWith('data/'));
    expect(inData).toEqual(expect.arrayContaining(['data/*.sqlite*', 'data/outbox', 'data/backups']));
    expect(names('.dockerignore')).toEqual(expect.arrayContaining(inData));
  });

  test('runs commands that there are, not as root, with one volume', () => {
    const run = lines.flatMap((line) => [...line.matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name ?? ''));
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    const program = JSON.parse(lines.find((line) => line.startsWith('CMD '))?.slice(4) ?? '[]') as string[];
    expect(existsSync(join(ROOT, program.at(-1) ?? ''))).toBe(true);
    expect(lines.indexOf('USER node')).toBeGreaterThan(0);
    expect(lines.filter((line) => line.startsWith('VOLUME'))).toEqual(['VOLUME /data']);
  });
});

test.each([
  ['deploy/compose.yaml', /^ {6}([A-Z_]+): /gm],
  ['deploy/signpost.service', /^Environment=([A-Z_]+)=/gm],
  ['docs/operating.md', /`([A-Z_]{4,})(?:=[^`]*)?`/g],
])('%s names only settings that there are', (file, pattern) => {
  const others = ['NODE_ENV', 'SITE_HOST', 'SIGNPOST', 'FOLDER'];
  const named = [...read(file).matchAll(pattern)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !known.has(name) && !others.includes(name))).toEqual([]);
});

test('no proxy logs an address or a query string, and each closes /metrics', () => {
  const nginx = read('deploy/nginx.conf');
  const formats = [...nginx.matchAll(/log_format[^;]*;/g)].map(([found]) => found);
  expect(formats).toHaveLength(1);
  expect(formats.join()).not.toMatch(
    /\$(request|request_uri|uri|document_uri|args|query_string|http_referer)\b|\$remote/,
  );
  for (const [log] of nginx.matchAll(/access_log [^;]*;/g)) expect(log).toMatch(/ signpost;$| off;$/);
  // Its log of what went wrong holds whole requests, unless they are taken out.
  const caddy = read('deploy/Caddyfile');
  expect(caddy.match(/^\s*log\b.*/gm)).toEqual(['\tlog default {']);
  expect(caddy).toMatch(/^\tlog default \{\s+format filter \{\s+wrap json\s+fields \{\s+request delete\s/m);
  for (const file of ['deploy/nginx.conf', 'deploy/Caddyfile']) expect(read(file)).toMatch(/\/metrics/);
});

test('docs/operating.md names commands and files that there are', () => {
  const page = read('docs/operating.md');
  const run = [...page.matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name ?? '');
  expect(run.length).toBeGreaterThan(5);
  expect(run.filter((name) => !(name in scripts))).toEqual([]);
  const deployed = [...page.matchAll(/`deploy\/([^`]+)`/g)].map(([, name]) => name ?? '');
  expect(deployed.filter((name) => !readdirSync(join(ROOT, 'deploy')).includes(name))).toEqual([]);
});

test('what runs on a server asks only for packages that are there without those for development', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const files = ['dist/server', 'api'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.m?[jt]s$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(100);
  const asked = files.flatMap((file) =>
    [...read(file).matchAll(/^import (?!type )[^;]*? from ['"]([a-z@][^'"]*)['"];?$/gm)].map(([, name]) => name ?? ''),
  );
  const packages = asked
    .filter((name) => !name.startsWith('node:'))
    .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '');
  expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
  expect(packages).toContain('better-sqlite3');
});

test('what stays on a server weighs 250 MB at most', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { dev?: boolean }> };
  const kept = Object.keys(packages).filter(
    (path) => path !== '' && !packages[path]?.dev && existsSync(join(ROOT, path)),
  );
  const sizes = kept.map((path) =>
    readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
      // Packages inside it are in the lock by themselves; the headers of Node go by the command of docs/operating.md.
      .filter(
        (name) => !/(^|\/)node_modules\//.test(name) && !(/\/node-\w+-\w+$/.test(path) && /^include\//.test(name)),
      )
      .reduce((sum, name) => sum + lstatSync(join(ROOT, path, name)).size, 0),
  );
  expect(kept.length).toBeGreaterThan(20);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250e6);
  expect(read('docs/operating.md')).toContain('rm -rf node_modules/node-*/include');
});
