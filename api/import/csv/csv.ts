import { decodeTable, NotText } from '../encoding/decode.ts';
import { unscramble } from '../encoding/unscramble.ts';
import { type Incoming, UnreadableFile } from '../incoming.ts';
import { readHeadings } from './headings.ts';
import { type RowOptions, RowReader } from './reader.ts';
import { BrokenTable, type TableRow, tableRows } from './rows.ts';
import { EXAMPLE } from './template.ts';

/** A spreadsheet saved as CSV, read into records. */

/** The text of a table, and what is to be said of how it was read. @throws NotText */
export function textOfTable(bytes: Uint8Array): { text: string; notes: string[] } {
  const decoded = decodeTable(bytes);
  const text = unscramble(decoded.text);
  const notes = decoded.note === null ? [] : [decoded.note];
  if (text !== decoded.text)
    notes.push('Letters that were written in another encoding were put right. Look at names with accents.');
  return { text, notes };
}

export interface CsvRead {
  /** One for each row, in their order. */
  records: Incoming[];
  /** What to know about the file as a whole: how it was read, and which columns were left alone. */
  notes: string[];
}

/** More rows than these are a directory of their own: it has a feed. */
const MOST_ROWS = 200_000;

/**
 * Reads a CSV file.
 * @param bytes in UTF-8, UTF-16, Windows-1252, DOS 850 or Mac Roman, with commas, semicolons or tabs
 * @throws UnreadableFile
 */
export async function readCsv(bytes: Uint8Array, options: RowOptions): Promise<CsvRead> {
  try {
    const { text, notes } = textOfTable(bytes);
    return await readTemplate(tableRows(text), options, notes);
  } catch (error) {
    throw explained(error);
  }
}

/** What is thrown for a file that cannot be taken apart, as what is shown of it. */
export const explained = (error: unknown): unknown =>
  error instanceof NotText || error instanceof BrokenTable
    ? new UnreadableFile([{ field: 'the file', words: error.message }])
    : error;

/**
 * Reads rows under the headings of the template, which are the first of them.
 * @param notes added to
 * @throws UnreadableFile, BrokenTable
 */
export async function readTemplate(
  rows: AsyncIterable<TableRow> | Iterable<TableRow>,
  options: RowOptions,
  notes: string[],
): Promise<CsvRead> {
  const records: Incoming[] = [];
  let reader: RowReader | null = null;
  for await (const row of rows) {
    if (reader) {
      if (row.cells.some((cell) => cell.startsWith(EXAMPLE))) {
        notes.push('The example row of the template was left out.');
        continue;
      }
      records.push(reader.read(row));
      if (records.length > MOST_ROWS)
        throw new BrokenTable(`The file has more than ${MOST_ROWS.toLocaleString('en-GB')} rows. Send it in parts.`);
      continue;
    }
    const { columns, complaints, ignored } = readHeadings(row.cells);
    if (complaints.length > 0)
      throw new UnreadableFile(
        complaints.map(({ column, words }) => ({ field: column, column, line: row.line, words })),
      );
    if (ignored.length > 0) notes.push(`These columns are not known and were left alone: ${ignored.join(', ')}.`);
    reader = new RowReader(options, columns);
  }
  if (!reader || records.length === 0)
    throw new BrokenTable(
      'The file has no rows. The first line holds the headings of the template, each further line a listing.',
    );
  return { records, notes };
}
