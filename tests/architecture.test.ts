import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { biomeRooms, type RoomPath, readRules } from '../scripts/rooms.ts';

/** docs/architecture.md is the rule of what may import what; here the folders, the imports and the linter are held to it. */

const ROOT = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const CODE = /(?<!\.d)\.(ts|astro)$/;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'api', 'site'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => CODE.test(file) && existsSync(join(ROOT, file)));

/** The files that one imports, those of types and those that are awaited among them. */
function importsOf(file: string): string[] {
  const text = file.endsWith('.astro') ? scriptsOf(read(file)) : read(file);
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => {
    const path = fileName.startsWith('#') ? fileName.slice(1) : posix.join(posix.dirname(file), fileName);
    return /^[.#]/.test(fileName) && CODE.test(path) ? [path] : [];
  });
}

/** The frontmatter and the scripts of a component. */
const scriptsOf = (component: string): string =>
  [/^---\n([\s\S]*?)\n---/m.exec(component)?.[1] ?? '']
    .concat([...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script))
    .join('\n');

const imports = new Map(files.map((file) => [file, importsOf(file)]));
const rules = readRules();
const paths = rules.rooms.flatMap((room) => room.paths);

/** The place in the page's tables of the room that a file is in; -1 where it is in none. */
function roomOf(file: string): number {
  const path = paths
    .filter((name) => file === name || file.startsWith(`${name}/`))
    .reduce<RoomPath>((longest, name) => (name.length > longest.length ? name : longest), '');
  return rules.rooms.findIndex((room) => room.paths.includes(path));
}
const nameOf = (room: number): string => rules.rooms[room]?.paths.join(', ') ?? 'no room';

describe('the rooms', () => {
  it('hold every file', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter((file) => roomOf(file) < 0)).toEqual([]);
  });

  it('are all there', () => {
    const empty = rules.rooms.filter((_, at) => !files.some((file) => roomOf(file) === at));
    expect(empty.map((room) => room.paths)).toEqual([]);
  });

  it('may import what stands below them, so that no two need each other', () => {
    for (const [at, { mayImport }] of rules.rooms.entries())
      for (const name of mayImport) {
        const room = rules.rooms.findIndex((other) => other.paths.includes(name));
        expect(room, `${nameOf(at)} may import ${name}`).toBeGreaterThan(at);
      }
  });

  it('import only what the page allows', () => {
    const wrong: string[] = [];
    for (const [file, targets] of imports)
      for (const target of targets) {
        const [from, to] = [roomOf(file), roomOf(target)];
        const allowed = rules.rooms[from]?.mayImport.some((name) => rules.rooms[to]?.paths.includes(name));
        if (from !== to && !allowed) wrong.push(`${file} imports ${target}`);
      }
    expect(wrong).toEqual([]);
  });

  it('are what the linter goes by', () => {
    expect(read('biome.rooms.json'), 'run `node scripts/node24.mjs scripts/rooms.ts`').toBe(biomeRooms(rules));
  });
});

describe('imports', () => {
  it('lead to files that are there', () => {
    const known = new Set(files);
    expect(
      [...imports].flatMap(([file, to]) => to.filter((it) => !known.has(it)).map((it) => `${file}: ${it}`)),
    ).toEqual([]);
  });

  it('lead in no circle, not even those of types', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const follow = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
      else if (!done.has(file)) {
        for (const next of imports.get(file) ?? []) follow(next, [...way, file]);
        done.add(file);
      }
    };
    for (const file of files) follow(file, []);
    expect(circles).toEqual([]);
  });
});

describe('files that are named', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);

  it('in the documentation are there', () => {
    const pages = tracked.filter((file) => /^(docs\/.*|README|CONTRIBUTING)\.?.*\.md$/.test(file));
    expect(pages.length).toBeGreaterThan(10);
    const missing = pages.flatMap((page) =>
      [...read(page).matchAll(/`((?:api|site|tests|scripts|docs)\/[^`\s]+)`/g)]
        .map(([, path = '']) => path.replace(/[{*].*$/, ''))
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${page}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('in comments are there', () => {
    const code = tracked.filter((file) => /^(api|site|tests|scripts)\/.*\.(ts|astro|mjs)$/.test(file));
    const missing = code
      .filter((file) => existsSync(join(ROOT, file)))
      .flatMap((file) =>
        [...read(file).matchAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g)]
          .flatMap(([comment]) => [...comment.matchAll(/(?<![\w./'-])((?:[\w-]+\/)*[\w-]+\.(?:ts|md|astro))\b/g)])
          .filter(([, name = '']) => !tracked.some((path) => path === name || path.endsWith(`/${name}`)))
          .map(([, name]) => `${file}: ${name}`),
      );
    expect(missing).toEqual([]);
  });
});
