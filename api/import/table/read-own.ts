import { toldOf } from '../../store/import-questions.ts';
import type { CsvRead } from '../csv/csv.ts';
import type { RowOptions } from '../csv/reader.ts';
import { BrokenTable } from '../csv/rows.ts';
import { plainText } from '../csv/values.ts';
import { dataRows, type Layout, type Understood } from './layout.ts';
import { OwnRowReader } from './own-row.ts';
import { type TemplateCells, templateCells } from './row-cells.ts';

/** The rows of somebody's own table, read as rows of the template. */

interface OwnRow {
  line: number;
  cells: TemplateCells;
}

/** What makes two rows one listing on two days. */
const SAME = ['name', 'organisation', 'venue', 'address', 'postcode'];

const identity = (cells: TemplateCells): string => SAME.map((it) => plainText(cells.get(it) ?? '')).join('\u0000');

/** Whether two rows say the same but for when it is. */
const differInTimes = (one: TemplateCells, other: TemplateCells): boolean =>
  [...new Set([...one.keys(), ...other.keys()])].every(
    (target) => target === 'when' || plainText(one.get(target) ?? '') === plainText(other.get(target) ?? ''),
  );

/** One listing for rows that differ in their times alone: a class on Mondays and on Fridays. */
function together(rows: readonly OwnRow[]): { rows: OwnRow[]; joined: number } {
  const first = new Map<string, OwnRow>();
  const kept: OwnRow[] = [];
  for (const row of rows) {
    const key = identity(row.cells);
    const before = first.get(key);
    const times = row.cells.get('when');
    if (before && times !== undefined && before.cells.has('when') && differInTimes(before.cells, row.cells)) {
      const so = before.cells.get('when') ?? '';
      if (!so.split(' | ').includes(times)) before.cells.set('when', `${so} | ${times}`);
      continue;
    }
    first.set(key, before ?? row);
    kept.push(row);
  }
  return { rows: kept, joined: rows.length - kept.length };
}

/**
 * Reads a table as it was understood and corrected.
 * @throws BrokenTable where it has no rows
 */
export function readOwn({ found, headed, set }: Understood, layout: Layout, options: RowOptions): CsvRead {
  const columns = found.columns.map((column) => ({ ...column, target: layout.columns[column.key] ?? column.target }));
  const down = columns.filter(({ key }) => layout.down.includes(key)).map(({ place }) => place);
  const above = new Map<number, string>();
  const all = dataRows(headed).map(({ line, cells }): OwnRow => {
    const whole = [...cells];
    for (const place of down) {
      if ((whole[place] ?? '').trim() === '') whole[place] = above.get(place) ?? '';
      above.set(place, whole[place] ?? '');
    }
    return { line, cells: templateCells(whole, columns, layout) };
  });
  if (all.length === 0) throw new BrokenTable('There are no rows under its headings.');
  const { rows, joined } = together(all);
  const reader = new OwnRowReader(options, set, toldOf(options.db, set));
  const records = rows.map(({ line, cells }) => reader.read(line, cells));
  const notes = [...found.notes];
  if (joined > 0)
    notes.push(
      `${joined.toLocaleString('en-GB')} rows say the same as another but for the time: each was put with it, as one listing.`,
    );
  return { records, notes };
}
