import type { TableRow } from '../csv/rows.ts';
import { plainText } from '../csv/values.ts';
import type { Sheet } from './sheets.ts';
import { targetOfHeading } from './targets.ts';

/** Which row of a sheet holds its headings: above it may stand a title, and a row that groups them. */

export interface Headed {
  /** Line of the headings. */
  line: number;
  /** By place; '' where there is none. */
  headings: string[];
  /** How many of them are known by name. */
  known: number;
  /** The rows under them. */
  rows: readonly TableRow[];
}

/** Rows from the top among which the headings are. */
const LOOKED_AT = 30;
/** A row with fewer cells than these is a title, or a note. */
const LEAST_CELLS = 2;

const filled = (row: TableRow | undefined): number => row?.cells.filter((cell) => cell.trim() !== '').length ?? 0;
const oneLine = (cell: string | undefined): string => (cell ?? '').replace(/\s+/g, ' ').trim();

/**
 * The headings of a row, with the group that the row above puts them in: 'Where' over 'Venue', 'Address' and
 * 'Postcode'. Of merged cells only the first holds the words. A heading that spans both rows stands in the upper one.
 */
function grouped(row: TableRow, above: TableRow): string[] {
  let group = '';
  return row.cells.map((cell, at) => {
    const upper = oneLine(above.cells[at]);
    if (upper !== '') group = upper;
    const own = oneLine(cell);
    if (own === '') return upper;
    return targetOfHeading(own) !== null || group === '' ? own : `${group} ${own}`;
  });
}

function headedAt(sheet: Sheet, at: number): Headed {
  const row = sheet.rows[at]!;
  const above = sheet.rows[at - 1];
  const plain = row.cells.map(oneLine);
  const known = (headings: readonly string[]) => new Set(headings.flatMap((it) => targetOfHeading(it) ?? [])).size;
  const alone = { line: row.line, headings: plain, known: known(plain), rows: sheet.rows.slice(at + 1) };
  if (above === undefined || filled(above) < LEAST_CELLS || above.line !== row.line - 1) return alone;
  const together = grouped(row, above);
  const count = known(together);
  return count > alone.known ? { ...alone, headings: together, known: count } : alone;
}

/**
 * Finds the headings: the row of which most are known, else the first that is as wide as what follows.
 * @param line the line where somebody says they are
 * @returns null where no row can be one
 */
export function findHeadings(sheet: Sheet, line?: number): Headed | null {
  const places = sheet.rows.slice(0, LOOKED_AT).map((_, at) => at);
  if (line !== undefined) {
    const at = sheet.rows.findIndex((row) => row.line === line);
    if (at >= 0) return headedAt(sheet, at);
  }
  const candidates = places
    .filter((at) => filled(sheet.rows[at]) >= LEAST_CELLS && at < sheet.rows.length - 1)
    .map((at) => headedAt(sheet, at));
  const best = candidates.reduce<Headed | null>((so, it) => (so === null || it.known > so.known ? it : so), null);
  if (best !== null && best.known >= LEAST_CELLS) return best;
  const widest = Math.max(...places.map((at) => filled(sheet.rows[at])), 0);
  return candidates.find(({ headings }) => headings.filter(Boolean).length > widest / 2) ?? null;
}

/**
 * The key by which a column is remembered: its heading without case and accents, and a number where several have the
 * same.
 */
export function keysOf(headings: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return headings.map((heading) => {
    const plain = plainText(heading);
    const count = (counts.get(plain) ?? 0) + 1;
    counts.set(plain, count);
    return count === 1 ? plain : `${plain} #${count}`;
  });
}
