import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import ts from 'typescript';

/** The patterns of the program, and whether the steps that they take grow in proportion to what they are given. */

const ROOT = join(import.meta.dirname, '../..');

/** A part of a pattern that may be met again and again: without one, the steps at each place have an end. */
const ENDLESS = /[*+]|\{\d+,\}/;

/** What is wrong with a pattern; empty where it is linear. */
export const faultsOf = (pattern: RegExp): string[] =>
  ENDLESS.test(pattern.source)
    ? analyse(pattern).reports.map(({ type, exponential }) => `${type}${exponential ? ', exponential' : ''}`)
    : [];

/** A file in pieces that can be parsed: of a page what comes first, its scripts, and its markup. */
function pieces(file: string, text: string): [name: string, code: string][] {
  if (!file.endsWith('.astro')) return [[file, text]];
  const [, before = '', markup = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [undefined, '', text];
  const scripts = [...markup.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)].map(([, script = '']) => script);
  const shown = `<>${markup.replaceAll(/<(script|style)\b[^>]*>.*?<\/\1>/gs, '')}</>`;
  return [...[before, ...scripts].map((code): [string, string] => ['script.ts', code]), ['markup.tsx', shown]];
}

/** All patterns that are written out in a folder of the program, each with the file that it stands in. */
export function patternsIn(folder: string): { file: string; pattern: RegExp }[] {
  const found: { file: string; pattern: RegExp }[] = [];
  for (const file of (readdirSync(join(ROOT, folder), { recursive: true }) as string[]).sort()) {
    if (!/\.(?:ts|astro)$/.test(file)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const pattern = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
        found.push({ file: `${folder}/${file}`, pattern });
      }
      ts.forEachChild(node, visit);
    };
    for (const [name, code] of pieces(file, readFileSync(join(ROOT, folder, file), 'utf8')))
      visit(ts.createSourceFile(name, code, ts.ScriptTarget.Latest));
  }
  return found;
}
