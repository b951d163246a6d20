import { createHash } from 'node:crypto';
import { z } from 'zod';
import { BrokenTable, type TableRow } from '../csv/rows.ts';
import { plainText } from '../csv/values.ts';
import { findHeadings, type Headed, keysOf } from './heading-row.ts';
import { type FoundColumn, recognizeColumns } from './recognize.ts';
import type { Sheet } from './sheets.ts';
import { isTarget } from './targets.ts';
import { takesWords, type UnknownWord, unknownWords } from './words.ts';

/** How somebody's own table is to be read: which sheet and columns, and what its words mean. */

export const Layout = z.object({
  /** Name of the sheet; absent: the one of which most is understood. */
  sheet: z.string().optional(),
  /** Line of the headings; absent: told from the rows. */
  heading: z.number().int().optional(),
  /** What each column is, by its key (heading-row.ts). */
  columns: z.record(z.string(), z.string().refine(isTarget)).default({}),
  /** Keys of columns whose empty cells mean what stands above them, as where cells were merged. */
  down: z.array(z.string()).default([]),
  /** By column of the template: what a row says there that has no cell of its own. */
  fixed: z.record(z.string(), z.string()).default({}),
  /** What words mean, by column of the template; '' leaves a word out. */
  words: z.record(z.string(), z.record(z.string(), z.string())).default({}),
});
export type Layout = z.infer<typeof Layout>;

/** What was found in a file, beside what was understood of it: for the page, before anything is written. */
export interface Found {
  sheets: { name: string; rows: number }[];
  sheet: string;
  heading: number;
  /** The rows from the top, to choose the headings by. */
  top: { line: number; words: string }[];
  /** Rows under the headings. */
  rows: number;
  columns: FoundColumn[];
  words: UnknownWord[];
  /** Whether a table with these headings was read before. */
  before: boolean;
  notes: string[];
}

export interface Understood {
  found: Found;
  headed: Headed;
  /** Stands for the set of its headings: the layout is remembered under it. */
  set: string;
}

const TOP = 15;
const SHORT = 120;

/** The same for tables with the same headings in any order: they are read alike. */
const setOf = ({ headings }: Headed): string =>
  createHash('sha256')
    .update(JSON.stringify(keysOf(headings).filter(Boolean).sort()))
    .digest('base64url')
    .slice(0, 22);

function chooseSheet(sheets: readonly Sheet[], { sheet, heading }: Partial<Layout>): { sheet: Sheet; headed: Headed } {
  const named = sheets.find(({ name }) => name === sheet);
  const all = (named ? [named] : sheets).flatMap((it) => {
    const headed = findHeadings(it, named ? heading : undefined);
    return headed ? [{ sheet: it, headed }] : [];
  });
  const known = ({ headed }: { headed: Headed }) => headed.known * 1_000_000 + headed.rows.length;
  const [best] = all.sort((one, other) => known(other) - known(one));
  if (best) return best;
  throw new BrokenTable(
    'No row of it can be the headings of a table. The headings stand in one row, and each row under them is a listing.',
  );
}

/**
 * Finds out what a table says, as far as that can be known without asking.
 * @param chosen what somebody said of it just now
 * @param remembered what somebody said of a table with the same headings, by the set of them
 * @throws BrokenTable where there are no headings
 */
export function understand(
  sheets: readonly Sheet[],
  chosen: Partial<Layout>,
  remembered: (set: string) => Layout | null,
): Understood {
  const { sheet, headed } = chooseSheet(sheets, chosen);
  const set = setOf(headed);
  const before = remembered(set);
  const by = chosen.columns ? 'you' : 'before';
  const columns = recognizeColumns(headed, chosen.columns ?? before?.columns ?? {}, by);
  const words = columns.flatMap(({ target, place }) =>
    takesWords(target)
      ? unknownWords(
          target,
          headed.rows.map(({ cells }) => cells[place]?.trim() ?? ''),
        )
      : [],
  );
  const found: Found = {
    sheets: sheets.map(({ name, rows }) => ({ name, rows: rows.length })),
    sheet: sheet.name,
    heading: headed.line,
    top: sheet.rows.slice(0, TOP).map(({ line, cells }) => ({
      line,
      words: cells
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join(' · ')
        .slice(0, SHORT),
    })),
    rows: dataRows(headed).length,
    columns,
    words,
    before: before !== null,
    notes: notesOf(headed),
  };
  return { found, headed, set };
}

const isEmpty = (cell: string): boolean => cell.trim() === '';

/**
 * Whether a row is a listing, and not a banner between rows ('Mondays') or the headings again, as on each printed page.
 */
function isRowOf({ headings }: Headed, { cells }: TableRow): boolean {
  const said = cells.filter((cell) => !isEmpty(cell));
  if (said.length <= 1 && headings.filter(Boolean).length > 2) return false;
  return !headings.every(
    (heading, at) => plainText(heading) === plainText(cells[at] ?? '') || isEmpty(cells[at] ?? ''),
  );
}

/** The rows that are listings. */
export const dataRows = (headed: Headed): TableRow[] => headed.rows.filter((row) => isRowOf(headed, row));

function notesOf(headed: Headed): string[] {
  const others = headed.rows.filter((row) => !isRowOf(headed, row));
  if (others.length === 0) return [];
  const shown = others
    .slice(0, 3)
    .map(({ line, cells }) => `‘${cells.find((cell) => !isEmpty(cell)) ?? ''}’ (line ${line})`);
  const more = others.length > shown.length ? `, and ${others.length - shown.length} more` : '';
  return [`Rows with one cell alone, or with the headings again, were left out: ${shown.join(', ')}${more}.`];
}

/** The layout that a page shows, to be sent back as it is or corrected. */
export function layoutOf({ found }: Understood, chosen: Partial<Layout>, before: Layout | null): Layout {
  const words: Layout['words'] = {};
  for (const { target, word, guess } of found.words) {
    const key = plainText(word) || word;
    const said = chosen.words?.[target]?.[key] ?? before?.words[target]?.[key] ?? (guess || undefined);
    if (said !== undefined) words[target] = { ...words[target], [key]: said };
  }
  return {
    sheet: found.sheet,
    heading: found.heading,
    columns: Object.fromEntries(found.columns.map(({ key, target }) => [key, target])),
    down: chosen.down ?? before?.down ?? [],
    fixed: chosen.fixed ?? before?.fixed ?? {},
    words,
  };
}
