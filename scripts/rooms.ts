import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';

/**
 * The rule of docs/architecture.md, which room may import which, for Biome: run this after a change of its tables.
 * tests/architecture.test.ts holds the two together.
 */

const ROOT = join(import.meta.dirname, '..');

/** A folder, or a file that stands alone, from the root: 'api/search/query', 'api/app.ts'. */
export type RoomPath = string;

export interface Room {
  /** Most rooms are one folder; layouts and components of the site are a room of two. */
  paths: readonly RoomPath[];
  /** Other rooms, by any of their paths. */
  mayImport: readonly RoomPath[];
}

export interface Rules {
  /** In the order of the page, the top first; a room may only import what stands below it. */
  rooms: readonly Room[];
  /** Packages, with the paths of the only rooms that may import them. */
  packages: readonly { names: readonly string[]; onlyIn: readonly RoomPath[] }[];
}

const inCode = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const inList = (cell: string): string[] => cell.split(',').flatMap((name) => name.trim() || []);
const fromRoot = (name: string): RoomPath => (name.startsWith('site/') ? name : `api/${name}`);

/** The cells of the table under a heading, row by row. */
function tableUnder(page: string, heading: string): string[][] {
  const section = page.split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Reads the rules from the page. */
export function readRules(page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8')): Rules {
  const roomsUnder = (folder: 'api' | 'site'): Room[] =>
    tableUnder(page, folder).map(([names = '', , mayImport = '']) => ({
      paths: inCode(names).map((name) => `${folder}/${name}`),
      mayImport: inList(mayImport).map(fromRoot),
    }));
  return {
    rooms: [...roomsUnder('site'), ...roomsUnder('api')],
    packages: tableUnder(page, 'Packages').map(([names = '', onlyIn = '']) => ({
      names: inCode(names),
      onlyIn: inList(onlyIn).map(fromRoot),
    })),
  };
}

const isFile = (path: RoomPath): boolean => /\.\w+$/.test(path);

/** What any room may read besides code, from the root. */
const DATA = ['data', 'package.json'];

/** How deep folders lie in a room, which need patterns of their own: '../../store/**' is not '../store/**'. */
function depthOf(path: RoomPath): number {
  if (isFile(path)) return 0;
  const inside = readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true });
  return Math.max(0, ...inside.filter((entry) => entry.isDirectory()).map(({ parentPath }) => below(path, parentPath)));
}
const below = (path: RoomPath, parent: string): number =>
  posix.relative(path, relative(ROOT, parent)).split('/').filter(Boolean).length + 1;

/** The patterns of what files in `folder` may not import, in the way of a .gitignore: all that leaves it, but for some. */
function patterns(folder: string, leaving: string, allowed: readonly RoomPath[], rooms: readonly RoomPath[]): string[] {
  const exceptions = [...allowed, ...DATA].map((target) => {
    const way = posix.relative(folder, target);
    const rest = isFile(target) ? '' : rooms.some((other) => other.startsWith(`${target}/`)) ? '/*' : '/**';
    return `!${way.startsWith('.') ? way : `./${way}`}${rest}`;
  });
  return [`${leaving}**`, ...exceptions];
}

/** One override of Biome: no file of that glob may import what fits the patterns. */
const override = (files: string, path: RoomPath, group: readonly string[]) => ({
  includes: [files],
  linter: {
    rules: {
      style: {
        noRestrictedImports: {
          level: 'error',
          options: { patterns: [{ group, message: `docs/architecture.md says what ${path} may import.` }] },
        },
      },
    },
  },
});

/** What biome.rooms.json must hold, as text: a line for each override. */
export function biomeRooms({ rooms, packages }: Rules): string {
  const paths = rooms.flatMap((room) => room.paths);
  const lines = rooms.flatMap(({ paths: own, mayImport }) =>
    own.flatMap((path) => {
      const allowed = mayImport.flatMap((name) => rooms.find((room) => room.paths.includes(name))?.paths ?? name);
      const others = packages
        .filter(({ onlyIn }) => !own.some((name) => onlyIn.includes(name)))
        .flatMap(({ names }) => names.flatMap((name) => [name, `${name}/**`]));
      // The site reaches the API by its alias, from any depth; the API names its files from where they are.
      if (path.startsWith('site/')) {
        const api = allowed.filter((target) => target.startsWith('api/'));
        const group = ['#api/**', ...api.map((target) => `!#${target}${isFile(target) ? '' : '/**'}`), ...others];
        return override(isFile(path) ? path : `${path}/**`, path, group);
      }
      if (isFile(path))
        return override(path, path, [
          ...patterns(posix.dirname(path), './', allowed, paths),
          '#api/**',
          '#site/**',
          ...others,
        ]);
      return Array.from({ length: depthOf(path) + 1 }, (_, depth) => {
        const folder = posix.join(path, 'x/'.repeat(depth));
        const group = [...patterns(folder, '../'.repeat(depth + 1), allowed, paths), '#api/**', '#site/**', ...others];
        return override(`${path}/${'*/'.repeat(depth)}*`, path, group);
      });
    }),
  );
  return `{ "overrides": [\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n] }\n`;
}

if (import.meta.main) writeFileSync(join(ROOT, 'biome.rooms.json'), biomeRooms(readRules()));
