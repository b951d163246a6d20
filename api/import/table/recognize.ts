import { readPostcode } from '../../domain/postcode.ts';
import type { TableRow } from '../csv/rows.ts';
import { plainText } from '../csv/values.ts';
import { postcodeIn } from '../oruk/places.ts';
import { type Headed, keysOf } from './heading-row.ts';
import { type Target, targetOfHeading } from './targets.ts';
import { isUnderstood } from './words.ts';

/** Which column of a sheet is which: by its heading, else by what stands in it. */

export interface FoundColumn {
  /** By which it is remembered (heading-row.ts). */
  key: string;
  heading: string;
  /** In the row, from 0. */
  place: number;
  target: Target;
  /** How that was told. */
  by: 'name' | 'content' | 'before' | 'you' | 'nothing';
  /** Some different cells of it. */
  samples: string[];
  /** Rows in which it says something. */
  filled: number;
}

/** Cells of a column that are looked at. */
const LOOKED_AT = 200;
/** This share of them must be of one kind. */
const MOST_OF_THEM = 0.7;
/** With fewer cells than these, they say nothing of the rest. */
const FEWEST = 3;
const SAMPLES = 3;
const SHORT = 80;

const EMAIL = /^[^\s@]{1,64}@[^\s@]{3,190}$/;
const WEB = /^(https?:\/\/|www\.)\S+$/i;
const PHONE = /^[\d\s()+/,;-]{10,60}$/;
const DAY = /^(every )?(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(days?|s)?\b/i;
const TIME = /\b\d{1,2}([.:]\d\d)? ?([ap]m)? ?(-|–|to) ?\d{1,2}([.:]\d\d)? ?([ap]m)?\b/i;
const COST = /^(free|no charge|donation|£\s?\d)/i;

const TELLING: readonly (readonly [Target, (cell: string) => boolean])[] = [
  ['postcode', (cell) => readPostcode(cell).kind === 'unit'],
  ['email', (cell) => EMAIL.test(cell)],
  ['web page', (cell) => WEB.test(cell)],
  ['phone', (cell) => PHONE.test(cell) && (cell.match(/\d/g)?.length ?? 0) >= 10],
  ['contact', (cell) => /\S@\S/.test(cell) || /\d[\d\s]{9,}/.test(cell)],
  ['when', (cell) => DAY.test(cell) && TIME.test(cell)],
  ['day', (cell) => DAY.test(cell)],
  ['address', (cell) => postcodeIn(cell) !== null],
  ['cost', (cell) => COST.test(cell)],
];

const cellsAt = (rows: readonly TableRow[], place: number): string[] =>
  rows.flatMap(({ cells }) => cells[place]?.trim() || []);

const mostly = (cells: readonly string[], holds: (cell: string) => boolean): boolean =>
  cells.length > 0 && cells.filter(holds).length >= cells.length * MOST_OF_THEM;

const byContent = (cells: readonly string[]): Target | null =>
  cells.length < FEWEST ? null : (TELLING.find(([, holds]) => mostly(cells, holds))?.[0] ?? null);

/**
 * What a heading means beside what stands under it and beside the other columns: 'Type' is one of our kinds or a category
 * of theirs, 'Contact' a role or a number, 'Time' a part of when something is or all of it.
 */
function meant(target: Target, cells: readonly string[], others: ReadonlySet<Target>): Target {
  if (target === 'kind' && !mostly(cells, (cell) => isUnderstood('kind', cell))) return 'categories';
  if (target === 'contact' && !mostly(cells, (cell) => /\S@\S|\d[\d\s]{8,}/.test(cell)) && cells.length > 0) return ''; // A name, which nobody was asked about.
  if (target === 'when' && others.has('day') && !mostly(cells, (cell) => DAY.test(cell))) return 'time';
  if (target === 'time' && !others.has('day')) return 'when';
  if (target === 'starts' && cells.length > 0 && mostly(cells, (cell) => DAY.test(cell))) return 'when';
  return target;
}

/**
 * Tells the columns of a sheet.
 * @param before targets by key, as somebody chose them when a table with these headings came before, or just now
 * @param by who chose them
 */
export function recognizeColumns(
  { headings, rows }: Headed,
  before: Readonly<Record<string, Target>>,
  by: 'before' | 'you',
): FoundColumn[] {
  const keys = keysOf(headings);
  const named = headings.map(targetOfHeading);
  const others = new Set(named.filter((it) => it !== null));
  const taken = new Set<Target>(Object.values(before));
  const columns = headings.map((heading, place): FoundColumn => {
    const all = cellsAt(rows, place);
    const cells = all.slice(0, LOOKED_AT);
    const samples = [...new Set(cells)]
      .slice(0, SAMPLES)
      .map((it) => (it.length > SHORT ? `${it.slice(0, SHORT)}…` : it));
    const key = keys[place]!;
    const column = { key, heading, place, samples, filled: all.length };
    const chosen = Object.hasOwn(before, key) ? before[key] : undefined;
    if (chosen !== undefined) return { ...column, target: chosen, by };
    const name = named[place] ?? null;
    if (name === null) return { ...column, target: '', by: 'nothing' };
    const target = meant(name, cells, others);
    if (target !== '' && taken.has(target) && !SEVERAL.has(target)) return { ...column, target: '', by: 'nothing' };
    taken.add(target);
    return { ...column, target, by: 'name' };
  });
  // What stands in a column counts once all names have been read: a second e-mail address is not the first.
  return columns
    .map((column): FoundColumn => {
      if (column.by !== 'nothing') return column;
      const target = byContent(cellsAt(rows, column.place).slice(0, LOOKED_AT));
      if (target === null || taken.has(target)) return column;
      taken.add(target);
      return { ...column, target, by: 'content' };
    })
    .filter(({ heading, filled }) => plainText(heading) !== '' || filled > 0);
}

/** What may stand in several columns: it is put together. */
const SEVERAL: ReadonlySet<Target> = new Set(['address', 'phone', 'description', 'more', 'categories', 'when', 'day']);
