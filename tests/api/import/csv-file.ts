import type { Listing } from '../../../api/domain/service.ts';
import { TABLE_COLUMNS } from '../../../api/import/csv/columns.ts';
import { readCsv } from '../../../api/import/csv/csv.ts';
import type { Incoming } from '../../../api/import/incoming.ts';
import type { Db } from '../../../api/store/open.ts';

/** Spreadsheets for the tests, and what comes of them. */

export const TODAY = '2026-11-21';

/** A row that is right in every cell; tests change what they are about. */
export const RIGHT: Readonly<Record<string, string>> = {
  name: 'Seated exercise',
  organisation: 'Homerton Moves',
  kind: 'Activity or class',
  categories: 'Sport and movement; Older people',
  summary: 'Gentle movement in a chair.',
  venue: 'Sunbeam Hall',
  address: '1 Made-up Street',
  town: 'London',
  postcode: 'E8 1EA',
  when: 'Tuesdays 10:30 to 12',
};

const quoted = (cell: string): string => (/[",;\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A table of rows under the headings that they use. */
export function tableOf(rows: readonly Readonly<Record<string, string>>[], separator = ','): string {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))]
    .map((cells) => cells.map(quoted).join(separator))
    .join('\r\n');
}

/** What an export writes of listings: every column, guarded against formulas. */
export const exported = (listings: readonly Listing[]): string =>
  tableOf(
    listings.map((listing) =>
      Object.fromEntries(
        TABLE_COLUMNS.map(({ name, write }) => {
          const cell = write(listing);
          return [name, /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell];
        }),
      ),
    ),
  );

export const read = async (db: Db, text: string | Uint8Array, source = 'A list') =>
  readCsv(typeof text === 'string' ? Buffer.from(text) : text, { db, source, today: TODAY });

/** Reads one row, with changes to the one that is right. */
export async function readRow(db: Db, changes: Record<string, string> = {}): Promise<Incoming> {
  const { records } = await read(db, tableOf([{ ...RIGHT, ...changes }]));
  const [record] = records;
  if (!record) throw new Error('The row was not read.');
  return record;
}

/** Complaints as 'column: words'. */
export const complaints = ({ reasons }: Incoming): string[] =>
  reasons.map(({ column, words }) => `${column}: ${words}`);
