import type { Db } from '../../store/open.ts';
import { layoutFor } from '../../store/table-layouts.ts';
import { type CsvRead, explained, readTemplate } from '../csv/csv.ts';
import { readHeadings } from '../csv/headings.ts';
import type { RowOptions } from '../csv/reader.ts';
import { type Note, UnreadableFile } from '../incoming.ts';
import { type Found, Layout, layoutOf, type Understood, understand } from './layout.ts';
import { readOwn } from './read-own.ts';
import { type Sheet, sheetsOf } from './sheets.ts';

/** A file that was sent as a table: the template of this directory, or somebody's own table. */

/** Fewer columns than these that are understood are no list of groups. */
const LEAST_COLUMNS = 2;

/** How tables with those headings were read the last time; null where none came, or where it means nothing any more. */
const remembered =
  (db: Db) =>
  (set: string): Layout | null => {
    const kept = layoutFor(db, set);
    return kept === null ? null : (Layout.safeParse(JSON.parse(kept)).data ?? null);
  };

/** Whether a file is filled in as the template is: its first row has all headings that are needed, under their names. */
const isTemplate = ([sheet, ...others]: readonly Sheet[]): boolean =>
  others.length === 0 && sheet?.rows[0] !== undefined && readHeadings(sheet.rows[0].cells).complaints.length === 0;

export interface OwnTable {
  understood: Understood;
  layout: Layout;
  notes: string[];
  /** What keeps it from being the template filled in. */
  complaints: Note[];
}

/**
 * Looks at a file.
 * @param chosen what somebody said of it; absent: as it is understood by itself
 * @returns null where it is the template filled in, of which nothing is to be asked
 * @throws UnreadableFile
 */
export async function ownTable(
  db: Db,
  name: string,
  bytes: Uint8Array,
  chosen?: Partial<Layout>,
): Promise<OwnTable | null> {
  try {
    const { sheets, notes } = await sheetsOf(name, bytes);
    if (chosen === undefined && isTemplate(sheets)) return null;
    const understood = understand(sheets, chosen ?? {}, remembered(db));
    const known = understood.found.columns.filter(({ target }) => target !== '').length;
    const complaints = complaintsOf(sheets);
    if (chosen === undefined && known < LEAST_COLUMNS) throw new UnreadableFile(complaints);
    const layout = layoutOf(understood, chosen ?? {}, remembered(db)(understood.set));
    return { understood, layout, notes, complaints };
  } catch (error) {
    throw explained(error);
  }
}

/** What the template would need. */
function complaintsOf(sheets: readonly Sheet[]): Note[] {
  const row = sheets[0]?.rows[0];
  return readHeadings(row?.cells ?? []).complaints.map(({ column, words }) => ({
    field: column,
    column,
    ...(row && { line: row.line }),
    words,
  }));
}

/** What was found in a table, with what is to be said of the file. */
export const foundIn = ({ understood: { found }, notes }: OwnTable): Found => ({
  ...found,
  notes: [...notes, ...found.notes],
});

/**
 * Reads the rows of a file.
 * @param chosen how somebody's own table is to be read; null for the template
 * @throws UnreadableFile
 */
export async function readTable(
  name: string,
  bytes: Uint8Array,
  options: RowOptions,
  chosen: Layout | null,
): Promise<CsvRead> {
  try {
    const { sheets, notes } = await sheetsOf(name, bytes);
    if (chosen === null) return await readTemplate(sheets[0]?.rows ?? [], options, notes);
    const read = readOwn(
      understand(sheets, chosen, () => null),
      chosen,
      options,
    );
    return { ...read, notes: [...notes, ...read.notes] };
  } catch (error) {
    throw explained(error);
  }
}
