import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import ts from 'typescript';
import { expect, test } from 'vitest';

/**
 * No pattern takes more steps than a text has characters, times a constant: what a stranger writes, however long a run of
 * one character it is, holds nobody up. The steps are worked out from the patterns, and not measured.
 */

const API = join(import.meta.dirname, '../../api');

/** Read what the operator or this repository writes, and nobody else: settings, vocabularies, official tables. */
const OWN = [
  'geocode/import/code-point.ts',
  'notify/carriers.ts',
  'notify/postman.ts',
  'notify/template.ts',
  'runtime/settings.ts',
  'geocode/postcodes-io.ts',
  'search/text/needs.ts',
  'search/text/vocabulary.ts',
  'urgent/blocks.ts',
  'urgent/help.ts',
  'urgent/phrases.ts',
  'import/csv/joining-columns.ts',
  'import/oruk/languages.ts',
];
/** Their texts are cut to some hundred characters before: by the square of that they hold up nobody. */
const SHORT = ['domain/spoken/tokens.ts', 'domain/telephone/words.ts', 'urgent/words.ts'];

/** The patterns of a file, as they are written. */
function patternsIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(API, file), 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

/** What is known of the growth of a pattern's steps; nothing where that cannot be worked out quickly. */
function growthOf(pattern: string): string {
  const end = pattern.lastIndexOf('/');
  const { status, complexity } = checkSync(pattern.slice(1, end), pattern.slice(end + 1), {
    checker: 'automaton',
    timeout: 250,
  });
  return status === 'vulnerable' ? (complexity?.summary ?? status) : '';
}

test('no pattern that reads what others write grows faster than the text', () => {
  const files = (readdirSync(API, { recursive: true }) as string[]).filter(
    (file) => file.endsWith('.ts') && !OWN.includes(file) && !SHORT.includes(file),
  );
  const patterns = new Map(files.flatMap((file) => patternsIn(file).map((pattern) => [pattern, file] as const)));
  const worse = [...patterns].flatMap(([pattern, file]) => {
    const growth = growthOf(pattern);
    return growth === '' ? [] : [`${file}: ${pattern} is ${growth}`];
  });
  expect(patterns.size).toBeGreaterThan(300);
  expect(worse).toEqual([]);
});

test.each(['/[\\s,]+$/', '/^(a|a)*$/', '/\\s*,\\s*/'])('%s would be found', (pattern) => {
  expect(growthOf(pattern)).not.toBe('');
});
