import type { TableColumn } from './column.ts';
import { TABLE_COLUMNS } from './columns.ts';
import { nearestWord, plainText } from './values.ts';

/** Which column of the file is which. */

/** Columns that an export adds and that nobody fills in. */
const PASSED_OVER = new Set([
  'page',
  'distance in miles',
  'reach',
  'why',
  'state',
  'before going',
  'guessed',
  'last changed',
  'next session',
  'notes',
]);

export interface Headings {
  /** By place in the row; null: passed over. */
  columns: (TableColumn | null)[];
  /** What is wrong, each with what to do. Nothing of the file is read while there is any. */
  complaints: { column: string; words: string }[];
  /** Unknown headings, whose columns are passed over. */
  ignored: string[];
}

/** The column that a heading names by its own name or another that people give it; null where none does. */
export const columnCalled = (heading: string): TableColumn | null => byName.get(plainText(heading)) ?? null;

const byName = new Map<string, TableColumn>();
for (const column of TABLE_COLUMNS) for (const name of column.also ?? []) byName.set(plainText(name), column);
for (const column of TABLE_COLUMNS) byName.set(plainText(column.name), column);
const NAMES = TABLE_COLUMNS.map(({ name }) => name);

/** Reads the first row of a table. */
export function readHeadings(cells: readonly string[]): Headings {
  const headings: Headings = { columns: [], complaints: [], ignored: [] };
  const found = new Map<TableColumn, string>();
  for (const [at, cell] of cells.entries()) {
    const typed = cell.trim();
    const column = columnCalled(typed);
    headings.columns.push(column);
    if (column) {
      const before = found.get(column);
      if (before !== undefined)
        headings.complaints.push({
          column: typed,
          words: `There are two columns for ‘${column.name}’: ‘${before}’ and ‘${typed}’. Take one of them out.`,
        });
      found.set(column, typed);
    } else if (typed !== '' && !PASSED_OVER.has(plainText(typed))) {
      const near = nearestWord(typed, NAMES);
      if (near !== null && !cells.some((other) => plainText(other) === plainText(near)))
        headings.complaints.push({
          column: typed,
          words: `There is no column ‘${typed}’. Did you mean ‘${near}’? Write it so, or take the column out.`,
        });
      else headings.ignored.push(typed);
    } else if (typed === '') headings.ignored.push(`column ${at + 1}, without a heading`);
  }
  // A file that names listings by their id need not say everything again.
  const updates = [...found.keys()].some(({ name }) => name === 'id');
  for (const column of TABLE_COLUMNS)
    if (column.required && !found.has(column) && !updates)
      headings.complaints.push({
        column: column.name,
        words: `The column ‘${column.name}’ is missing. ${column.help}`,
      });
  return headings;
}
