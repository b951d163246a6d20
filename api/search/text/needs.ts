import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { taxonomyTerm } from '../../domain/taxonomy.ts';

/**
 * What people come with: needs and situations, and how a clinician, a form, a neighbour and the family say them. The files
 * (data/vocabulary/needs) are for people to read and extend: UTF-8, `#` begins a line that is a note, a need is a paragraph of lines
 * `key: value; value`, and paragraphs are set apart by an empty line.
 */

/** Who says it so. */
const VOICES = ['clinician', 'form', 'neighbour', 'family'] as const;
/** The languages in which a need may be said too. */
const LANGUAGES = ['bn', 'cy', 'es', 'pl', 'tr'] as const;
const KEYS: readonly string[] = ['need', 'category', ...VOICES, 'helps', 'not', 'shared', ...LANGUAGES];

export interface Need {
  /** What it is called on a page: 'Low mood'. */
  name: string;
  /** Codes of the taxonomy, the most fitting first. */
  categories: string[];
  /** How it is said, in lower case. */
  said: Record<(typeof VOICES)[number], string[]>;
  /** What listings that help with it say. */
  helps: string[];
  /** What it must not be taken for. */
  not: string[];
  /** Ways to say it that are said of another need too, of whatever category: which of them is meant, the words do not tell. */
  shared: string[];
  /** How it is said in other languages. */
  abroad: Record<(typeof LANGUAGES)[number], string[]>;
  /** The file and the line at which it begins, for messages. */
  where: string;
}

/** A paragraph that cannot be understood; the message names the file, the line (counted from 1) and what to write instead. */
export class NeedsError extends Error {
  constructor(where: string, mend: string) {
    super(`${where}: ${mend}`);
    this.name = 'NeedsError';
  }
}

interface Line {
  text: string;
  where: string;
}

function phrasesOf(key: string, value: string, where: string): string[] {
  const phrases = value.split(';').map((phrase) => phrase.trim());
  if (phrases.some((phrase) => phrase === ''))
    throw new NeedsError(where, `something is missing beside a ; of '${key}'.`);
  if (key === 'need') {
    if (phrases.length > 1)
      throw new NeedsError(where, 'a need has one name; other names stand under form or neighbour.');
    return phrases;
  }
  const loud = phrases.find((phrase) => phrase !== phrase.toLowerCase());
  if (loud !== undefined) throw new NeedsError(where, `write '${loud}' in lower case.`);
  const twice = phrases.find((phrase, at) => phrases.indexOf(phrase) !== at);
  if (twice !== undefined) throw new NeedsError(where, `'${twice}' is there twice; once is enough.`);
  return phrases;
}

function needOf(lines: readonly Line[]): Need {
  const where = lines[0]!.where;
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const [, key = '', value = ''] = /^(\w+):(.*)$/.exec(line.text)?.map((part) => part.trim()) ?? [];
    if (!KEYS.includes(key))
      throw new NeedsError(line.where, `a line begins with one of ${KEYS.join(', ')} and a colon.`);
    if (fields.has(key))
      throw new NeedsError(line.where, `'${key}' is there twice; put all in one line, with ; between.`);
    fields.set(key, phrasesOf(key, value, line.where));
  }
  const of = (key: string) => fields.get(key) ?? [];
  const name = of('need')[0];
  if (name === undefined) throw new NeedsError(where, `a need begins with its name: 'need: Low mood'.`);
  const categories = of('category');
  if (categories.length === 0) throw new NeedsError(where, `'${name}' has no category.`);
  const unknown = categories.find((code) => taxonomyTerm(code) === undefined);
  if (unknown !== undefined)
    throw new NeedsError(where, `there is no category '${unknown}'; data/seed/taxonomy.json has the codes.`);
  if (of('helps').length === 0)
    throw new NeedsError(where, `say under helps what listings that help with '${name}' say.`);
  const said = { clinician: of('clinician'), form: of('form'), neighbour: of('neighbour'), family: of('family') };
  const own = [name.toLowerCase(), ...VOICES.flatMap((voice) => said[voice])];
  const denied = of('not').find((phrase) => own.includes(phrase));
  if (denied !== undefined)
    throw new NeedsError(
      where,
      `'${denied}' is under not, and is how '${name}' is said; it can only be one of the two.`,
    );
  const abroad = { bn: of('bn'), cy: of('cy'), es: of('es'), pl: of('pl'), tr: of('tr') };
  return { name, categories, said, helps: of('helps'), not: of('not'), shared: of('shared'), abroad, where };
}

/**
 * Reads one file of needs.
 * @param file what messages call it
 * @throws NeedsError that names the file, the line and what to write instead
 */
export function readNeeds(text: string, file: string): Need[] {
  const needs: Need[] = [];
  let paragraph: Line[] = [];
  const end = () => {
    if (paragraph.length > 0) needs.push(needOf(paragraph));
    paragraph = [];
  };
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const content = raw.trim();
    if (content === '') end();
    else if (!content.startsWith('#')) paragraph.push({ text: content, where: `${file}, line ${index + 1}` });
  }
  end();
  return needs;
}

/** All needs of a folder, in the order of its files' names. */
const needsOf = (folder: string): Need[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => readNeeds(readFileSync(join(folder, file), 'utf8'), file));

/**
 * Reads what an operator adds.
 * @throws NeedsError where the folder cannot be opened, or something in it cannot be read
 */
function ownNeeds(folder: string): Need[] {
  try {
    return needsOf(folder);
  } catch (error) {
    if (error instanceof NeedsError) throw error;
    throw new NeedsError(
      `NEEDS_FOLDER is ${folder}`,
      'it is no folder that can be opened. Mend the path, or leave the setting out.',
    );
  }
}

/**
 * Reads all files of a folder, and of one that an operator keeps beside it.
 * @param own the path that NEEDS_FOLDER names; null where there is none
 * @throws NeedsError for what cannot be read, and where two needs have the same name
 */
export function readNeedsFolder(folder: string, own: string | null = null): Need[] {
  const needs = [...needsOf(folder), ...(own === null ? [] : ownNeeds(own))];
  const first = new Map<string, Need>();
  for (const need of needs) {
    const before = first.get(need.name.toLowerCase());
    if (before)
      throw new NeedsError(need.where, `'${need.name}' is in ${before.where} already; make one need of the two.`);
    first.set(need.name.toLowerCase(), need);
  }
  return needs;
}

/** Everything by which somebody may say a need in English, its name first. */
export const waysInEnglish = ({ name, said, shared }: Need): string[] => [
  ...new Set([name.toLowerCase(), ...VOICES.flatMap((voice) => said[voice]), ...shared]),
];

/** The same, and how it is said in other languages. */
export const waysToSay = (need: Need): string[] => [
  ...new Set([...waysInEnglish(need), ...LANGUAGES.flatMap((language) => need.abroad[language])]),
];
