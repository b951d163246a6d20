import { readAges } from '../../domain/ages.ts';
import { readPostcode } from '../../domain/postcode.ts';
import { withoutEnd } from '../../domain/trim.ts';
import { plainText } from '../csv/values.ts';
import { postcodeIn } from '../oruk/places.ts';
import type { Layout } from './layout.ts';
import type { FoundColumn } from './recognize.ts';
import type { Part, Target } from './targets.ts';
import { inOurWords, isUnderstood, takesWords } from './words.ts';

/**
 * One row of somebody's own table, as the template would have it: cells by the name of the column. Beside them stand
 * 'ages' where they could not be read, and 'keeper'.
 */

export type TemplateCells = Map<Target, string>;

/** What stands between the cells of several columns that are one of ours. */
const BETWEEN: Readonly<Record<Target, string>> = {
  address: ', ',
  description: '\n\n',
  more: '\n\n',
  when: '; ',
  time: ', ',
  day: ', ',
};

const parts = (text: string, between: RegExp | string): string[] =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean);

const oneLine = (text: string): string => parts(text, /[\r\n|]/).join(', ');

/** The row in the words of the template. */
export function templateCells(
  cells: readonly string[],
  columns: readonly FoundColumn[],
  { words, fixed }: Pick<Layout, 'words' | 'fixed'>,
): TemplateCells {
  const row: TemplateCells = new Map();
  for (const { target, place, heading } of columns) {
    const cell = (cells[place] ?? '').trim();
    if (target === '' || cell === '') continue;
    const said =
      target === 'more' ? `${heading}: ${cell}` : takesWords(target) ? inOurWords(target, cell, words) : cell;
    const before = row.get(target);
    if (said !== '') row.set(target, before === undefined ? said : `${before}${BETWEEN[target] ?? '; '}${said}`);
  }
  for (const [target, cell] of Object.entries(fixed)) if (cell !== '' && !row.has(target)) row.set(target, cell);
  takeApart(row);
  for (const part of PART_NAMES) row.delete(part);
  return row;
}

/** The longest that the schema takes; a longer one becomes the description. */
const MOST_SUMMARY = 180;

const PART_NAMES: readonly Part[] = ['day', 'time', 'starts', 'ends', 'often', 'more'];

function takeApart(row: TemplateCells): void {
  joinTimes(row);
  readAgesOf(row);
  sortContacts(row);
  findPostcode(row);
  const summary = row.get('summary') ?? '';
  if (summary.length > MOST_SUMMARY) {
    row.delete('summary');
    row.set('description', [summary, row.get('description')].filter(Boolean).join('\n\n'));
  }
  const more = row.get('more');
  if (more !== undefined) append(row, 'description', more, '\n\n');
}

function append(row: TemplateCells, target: Target, words: string, between: string): void {
  const before = row.get(target);
  row.set(target, before === undefined ? words : `${before}${between}${words}`);
}

const EVERY_WEEK = /^(weekly|every week|each week|once a week)$/i;

/** 'Monday', '10:00' and '11:30' are 'Monday 10:00 to 11:30'. */
function joinTimes(row: TemplateCells): void {
  const [day, time, starts, ends, often] = (['day', 'time', 'starts', 'ends', 'often'] as const).map((it) =>
    row.get(it),
  );
  const span = starts !== undefined && ends !== undefined ? `${starts} to ${ends}` : (starts ?? time);
  const said = [often !== undefined && EVERY_WEEK.test(often) ? undefined : often, day, span];
  const words = said.filter((part) => part !== undefined).join(' ');
  const when = row.get('when');
  if (words === '' || (when !== undefined && isUnderstood('when', when))) return;
  row.set('when', when === undefined ? words : `${words} ${when}`);
}

/** '50+', '5-11 years'; words that are no ages stay where they are. */
function readAgesOf(row: TemplateCells): void {
  const cell = row.get('ages');
  if (cell === undefined) return;
  const { minimum_age: least, maximum_age: most } = readAges(cell, 'minimum_age') ?? {};
  if (least === undefined && most === undefined) {
    if (/^(all( ages)?|any( age)?|n\/?a)$/i.test(cell)) row.delete('ages');
    return;
  }
  row.delete('ages');
  if (least !== undefined && !row.has('youngest age')) row.set('youngest age', String(least));
  if (most !== undefined && !row.has('oldest age')) row.set('oldest age', String(most));
}

const EMAIL = /(?:mailto:)?[^\s@,;<>()]{1,64}@[^\s@,;<>()]{3,190}/gi;
const WEB = /(?:https?:\/\/|www\.)[^\s,;<>]+/gi;

/** Numbers, e-mail and web addresses, wherever somebody put them. */
function sortContacts(row: TemplateCells): void {
  for (const from of ['contact', 'phone'] as const) {
    const cell = row.get(from);
    if (
      cell === undefined ||
      (from === 'phone' && !cell.includes('@')) ||
      !/\S@\S|\d[\d\s]{8,}|www\.|https?:/i.test(cell)
    )
      continue;
    row.delete(from);
    let rest = cell;
    for (const [target, pattern] of [
      ['email', EMAIL],
      ['web page', WEB],
    ] as const) {
      const [first] = rest.match(pattern) ?? [];
      rest = rest.replace(pattern, ' ');
      if (first !== undefined && !row.has(target)) row.set(target, withoutEnd(first.replace(/^mailto:/i, ''), '.'));
    }
    const numbers = rest.match(/(?:\+44|\(?0)[\d\s()-]{8,}\d(?:\s*(?:ext|x)\.?\s*\d+)?/gi) ?? [];
    if (numbers.length > 0) append(row, 'phone', numbers.map((it) => it.trim()).join('; '), '; ');
  }
}

const POSTCODE = /\b[a-z]{1,2}\d[a-z\d]?[\s-]*\d[a-z]{2}\b/i;
const NO_PLACE = /^(online|on line|virtual(ly)?|zoom|(microsoft )?teams|via zoom|by zoom)$/i;
const BY_PHONE = /^((by |over the )?(tele)?phone)$/i;

/** The postcode of an address that has it in its words, and the lines of that address. */
function findPostcode(row: TemplateCells): void {
  for (const target of ['venue', 'address', 'address line 2', 'town', 'postcode'] as const) {
    const cell = row.get(target);
    if (cell !== undefined) row.set(target, oneLine(cell));
  }
  for (const [pattern, words] of [
    [NO_PLACE, 'Online'],
    [BY_PHONE, 'By phone'],
  ] as const)
    for (const target of ['venue', 'address'] as const)
      if (pattern.test(row.get(target) ?? '')) {
        row.delete(target);
        if (!row.has('how people take part')) row.set('how people take part', words);
      }
  const typed = row.get('postcode');
  const from = (['postcode', 'address', 'venue', 'town'] as const).find((it) => postcodeIn(row.get(it) ?? '') !== null);
  const isWhole = typed !== undefined && readPostcode(typed).kind === 'unit';
  if (from === undefined) {
    withoutPostcode(row);
    return;
  }
  if (!isWhole) row.set('postcode', postcodeIn(row.get(from)!)!);
  for (const target of ['venue', 'address', 'town'] as const) {
    const cell = row.get(target);
    if (cell === undefined || !POSTCODE.test(cell)) continue;
    const rest = withoutEnd(parts(cell.replace(POSTCODE, ''), ',').join(', '), ',.');
    if (rest === '') row.delete(target);
    else row.set(target, rest);
  }
  splitAddress(row);
}

/** 'Sunbeam Hall, 1 Made-up Street, London' is a venue, a street and a town, as far as no column says them. */
function splitAddress(row: TemplateCells): void {
  const from = row.has('address') ? 'address' : 'venue';
  const lines = parts(row.get(from) ?? '', ',');
  const venue = row.get('venue');
  if (from === 'address' && venue !== undefined && plainText(lines[0] ?? '') === plainText(venue)) lines.shift();
  if (lines.length > 1 && !row.has('town') && !/\d/.test(lines.at(-1)!)) row.set('town', lines.pop()!);
  else if (lines.length > 1 && plainText(lines.at(-1)!) === plainText(row.get('town') ?? '')) lines.pop();
  if (from === 'venue' || (venue === undefined && lines.length > 1 && !/\d/.test(lines[0]!))) {
    const name = lines.shift();
    if (name !== undefined) row.set('venue', name);
  }
  row.delete('address');
  const [first, ...others] = lines;
  if (first !== undefined) row.set('address', first);
  if (others.length > 0)
    row.set('address line 2', [others.join(', '), row.get('address line 2')].filter(Boolean).join(', '));
}

/** A place that nobody can find on a map keeps its words as its name. It has no point, and is near nothing. */
function withoutPostcode(row: TemplateCells): void {
  const words = ['venue', 'address', 'address line 2', 'town', 'county', 'postcode'].flatMap((it) => row.get(it) ?? []);
  for (const target of ['address', 'address line 2', 'town', 'county', 'postcode']) row.delete(target);
  const said = words.filter(
    (part, at) => !words.slice(0, at).some((before) => plainText(before).includes(plainText(part))),
  );
  if (said.length > 0) row.set('venue', said.join(', ').slice(0, 160));
}
