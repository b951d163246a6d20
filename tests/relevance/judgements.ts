import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The judged queries, as a person reads and edits them: a text file for each theme in judgements/, its first line the
 * name of the theme. A query is a block of lines, and blocks are set apart by an empty line:
 *
 *   query: bad back
 *   near: E9 6SR              (left out: no place)
 *   must: Warm Water Hour | Marshside Community Physiotherapy
 *   good: …
 *   may: …
 *   not: …                    (must not be among the first ten)
 *   nothing                   (whatever is not named under 'may' must not come)
 *
 * Listings stand by their name, or by their other name where the name is in another script. Judge by reading the
 * listings, as a link worker would who has the person beside them, and not by what the search gives. The queries were
 * written and judged before any was asked; then what came and had not been judged was read once more, and some of it
 * (a pain group that can be joined by video from anywhere) got the grade that it had been overlooked for.
 */

/** Those that the search is held to; and others that nothing may be tuned to, which tell how it does on what is new. */
export type JudgedSet = 'judgements' | 'held-out' | 'development' | 'test';

/** What a listing is worth to who asked. */
export const GRADES = { must: 3, good: 2, may: 1 } as const;

export interface Judged {
  theme: string;
  query: string;
  /** A postcode as typed; null: without a place. */
  near: string | null;
  /** Grades by name of listing. */
  grades: Map<string, number>;
  not: Set<string>;
  /** Only what is graded may come at all. */
  nothing: boolean;
}

/** A block that cannot be understood, named by its file and its first line. */
class JudgementError extends Error {}

const isGrade = (key: string): key is keyof typeof GRADES => Object.hasOwn(GRADES, key);

function readBlock(theme: string, block: string, where: string): Judged {
  const judged: Judged = { theme, query: '', near: null, grades: new Map(), not: new Set(), nothing: false };
  for (const line of block.split('\n')) {
    const [, key = line, value = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
    const names = value.split('|').map((name) => name.trim());
    if (key === 'query') judged.query = value;
    else if (key === 'near') judged.near = value;
    else if (key === 'nothing') judged.nothing = true;
    else if (isGrade(key) || key === 'not') {
      for (const name of names) {
        if (judged.grades.has(name) || judged.not.has(name))
          throw new JudgementError(`${where}: '${name}' is judged twice for '${judged.query}'.`);
        if (isGrade(key)) judged.grades.set(name, GRADES[key]);
        else judged.not.add(name);
      }
    } else throw new JudgementError(`${where}: '${line}' is none of query, near, must, good, may, not, nothing.`);
  }
  if (judged.query === '') throw new JudgementError(`${where}: a block has no query.`);
  if (judged.grades.size === 0 && !judged.nothing)
    throw new JudgementError(`${where}: '${judged.query}' has no judgement; say 'nothing' where nothing may come.`);
  return judged;
}

/**
 * Every judged query of a set, theme by theme.
 * @throws JudgementError that names the file and the query
 */
export function readJudgements(set: JudgedSet = 'judgements'): Judged[] {
  const folder = join(import.meta.dirname, set);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => {
      const [heading = '', ...blocks] = readFileSync(join(folder, file), 'utf8').trim().split(/\n\n+/);
      return blocks.map((block) => readBlock(heading.replace(/^#\s*/, ''), block, file));
    });
}
