import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '#api/runtime/settings.ts';

const ROOT = join(import.meta.dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

describe('README.md', () => {
  it.each(SETTINGS.map((setting) => [setting.name, setting] as const))(
    'describes %s as the program does',
    (name, { fallback, description }) => {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row?.split('|').map((cell) => cell.trim())).toEqual([
        '',
        `\`${name}\``,
        fallback && `\`${fallback}\``,
        description,
        '',
      ]);
    },
  );

  it('names no setting that there is not', () => {
    const named = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
    expect(named).toEqual(SETTINGS.map(({ name }) => name));
  });

  it('names only commands that there are', () => {
    const run = [...readme.matchAll(/npm run ([a-z-]+)/g)].map((match) => match[1] ?? '');
    expect(run.filter((name) => !(name in scripts))).toEqual([]);
    expect(run.length).toBeGreaterThan(3);
  });

  it('shows pictures and links to files that are there', () => {
    const files = [...readme.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
