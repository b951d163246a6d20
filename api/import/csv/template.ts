import { TABLE_COLUMNS } from './columns.ts';

/** The empty spreadsheet: headings, and one row that shows how it is filled in. */

/** A row whose name begins so shows how to fill in the others: it is never taken in. */
export const EXAMPLE = 'Example: ';

/** What a spreadsheet program reads as UTF-8, with accents as they are. */
const MARK = '\ufeff';

const quoted = (cell: string): string => (/[",;\n\r|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const row = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** The template as a CSV file, with the mark at its beginning by which Excel knows UTF-8. */
export const templateCsv = (): string =>
  MARK +
  row(TABLE_COLUMNS.map(({ name }) => name)) +
  row(TABLE_COLUMNS.map(({ name, example }) => (name === 'name' ? EXAMPLE + example : example)));
