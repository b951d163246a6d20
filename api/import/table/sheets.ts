import { fromBufferPromise } from 'yauzl';
import { textOfTable } from '../csv/csv.ts';
import { BrokenTable, type TableRow, tableRows } from '../csv/rows.ts';

/** The sheets of a file, whatever it was saved by: rows of cells as text. */

export interface Sheet {
  name: string;
  /** Rows of nothing are left out; lines count from 1 as the spreadsheet program shows them. */
  rows: TableRow[];
}

/** Bytes of a workbook unzipped: ten thousand rows take some twenty megabytes. */
const MOST_UNZIPPED = 300 * 1024 * 1024;

/** A day that a spreadsheet counts from: what is on it is a time alone. */
const FIRST_YEAR = 1900;

/** Whether a file is a workbook of Excel, LibreOffice and the like (.xlsx), by its first bytes. */
export const isWorkbook = (beginning: Uint8Array): boolean =>
  beginning[0] === 0x50 && beginning[1] === 0x4b && beginning[2] === 3 && beginning[3] === 4;

/**
 * Takes a file apart.
 * @param name of the file: a CSV file has one sheet, which is called so
 * @returns its sheets, and what is to be said of how it was read
 * @throws NotText, BrokenTable
 */
export async function sheetsOf(name: string, bytes: Uint8Array): Promise<{ sheets: Sheet[]; notes: string[] }> {
  if (isWorkbook(bytes)) return { sheets: await sheetsOfWorkbook(bytes), notes: [] };
  const { text, notes } = textOfTable(bytes);
  const rows: TableRow[] = [];
  for await (const row of tableRows(text)) rows.push(row);
  return { sheets: [{ name, rows }], notes };
}

async function sheetsOfWorkbook(bytes: Uint8Array): Promise<Sheet[]> {
  try {
    await expectOrdinarySize(bytes);
    // Seventy files, which most starts of the program have no use for.
    const { default: readWorkbook } = await import('read-excel-file/node');
    // Numbers as they are written: a telephone number is not a quantity.
    const sheets = await readWorkbook(Buffer.from(bytes), { parseNumber: numberAsWritten });
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.flatMap((row, at) => {
        const cells = row.map(cellWords);
        return cells.some((cell) => cell !== '') ? [{ line: at + 1, cells }] : [];
      }),
    }));
  } catch (error) {
    if (error instanceof BrokenTable) throw error;
    throw new BrokenTable(
      'This workbook cannot be opened: it is broken, has a password, or is no .xlsx file. Open it in the spreadsheet program, save it again as .xlsx or ‘CSV UTF-8’, and send that file.',
    );
  }
}

/** A few kilobytes can be zipped from very many: what they would take is asked before they are unzipped. */
async function expectOrdinarySize(bytes: Uint8Array): Promise<void> {
  const zip = await fromBufferPromise(Buffer.from(bytes));
  let size = 0;
  for await (const entry of zip.eachEntry()) size += entry.uncompressedSize;
  if (size > MOST_UNZIPPED)
    throw new BrokenTable(
      'The workbook is larger than any list of groups. Save the sheet as ‘CSV UTF-8’, and send that.',
    );
}

/** '0.1' where a program has written 0.10000000000000001. */
const numberAsWritten = (digits: string): string => (digits.length > 15 ? String(Number(digits)) : digits);

const pad = (number: number): string => String(number).padStart(2, '0');

/** What a cell shows, as far as it can be known: a day as 2026-11-24, a time as 14:30, a tick as yes or no. */
function cellWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (!(value instanceof Date)) return String(value).trim();
  // Excel knows no seconds between two of its numbers: 14:30 may come as 14:29:59.999.
  const date = new Date(Math.round(value.getTime() / 60_000) * 60_000);
  const time = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  if (date.getUTCFullYear() < FIRST_YEAR) return time;
  const day = date.toISOString().slice(0, 10);
  return time === '00:00' ? day : `${day} ${time}`;
}
