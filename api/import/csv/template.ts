import type { TaxonomyGroup } from '../../domain/taxonomy.ts';
import type { TableColumn } from './column.ts';
import { TABLE_COLUMNS } from './columns.ts';

/** The empty spreadsheet: headings, and one row that shows how it is filled in. */

/** A row whose name begins so shows how to fill in the others: it is never taken in. */
export const EXAMPLE = 'Example: ';

/** What a spreadsheet program reads as UTF-8, with accents as they are. */
const MARK = '\ufeff';

const quoted = (cell: string): string => (/[",;\n\r|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const row = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** What the example row says in a column; of categories only such as may be chosen. */
function exampleIn({ name, example }: TableColumn, offered: readonly TaxonomyGroup[]): string {
  if (name === 'name') return EXAMPLE + example;
  if (name !== 'categories') return example;
  const names = offered.flatMap(({ terms }) => terms.map((term) => term.name));
  return example.split('; ').every((it) => names.includes(it)) ? example : names.slice(0, 2).join('; ');
}

/**
 * The template as a CSV file, with the mark at its beginning by which Excel knows UTF-8.
 * @param offered the categories that may be chosen
 */
export const templateCsv = (offered: readonly TaxonomyGroup[]): string =>
  MARK + row(TABLE_COLUMNS.map(({ name }) => name)) + row(TABLE_COLUMNS.map((column) => exampleIn(column, offered)));
