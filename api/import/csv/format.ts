import type { ImportFormat } from '../format.ts';
import { readCsv } from './csv.ts';

/** The spreadsheet of this directory, as the template has it. */
export const SPREADSHEET: ImportFormat = {
  label: 'CSV',
  help: 'the spreadsheet of this directory',
  endings: ['.csv', '.txt', '.tsv'],
  holds: 'own',
  // Any text may be a table; what is none is told so when it is read.
  recognizes: () => true,
  async *read(file, { db, feed, today }) {
    const parts: Uint8Array[] = [];
    for await (const part of file.bytes()) parts.push(part);
    const { records, notes } = await readCsv(Buffer.concat(parts), { db, source: feed.name, today });
    for (const words of notes) yield { kind: 'fault', about: file.name, words, loses: false };
    for (const incoming of records) yield { kind: 'record', incoming };
  },
};
