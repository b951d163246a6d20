import type { ImportFormat } from '../format.ts';
import { UnreadableFile } from '../incoming.ts';
import { ownTable, readTable } from './read-table.ts';
import { isWorkbook } from './sheets.ts';

/** Tables: the template of this directory filled in, or somebody's own whose columns were agreed on before. */
const table = (about: Pick<ImportFormat, 'label' | 'help' | 'endings' | 'recognizes'>): ImportFormat => ({
  ...about,
  holds: 'own',
  async *read(file, { db, feed, today }) {
    const parts: Uint8Array[] = [];
    for await (const part of file.bytes()) parts.push(part);
    const body = Buffer.concat(parts);
    const own = await ownTable(db, file.name, body);
    if (own && !own.understood.found.before)
      throw new UnreadableFile([
        ...own.complaints,
        {
          field: 'the file',
          words:
            'Its columns are not those of the template. Send it on the moderators’ page Import, where you say once what each of them is; after that it is read here too.',
        },
      ]);
    const { records, notes } = await readTable(file.name, body, { db, source: feed.name, today }, own?.layout ?? null);
    for (const words of notes) yield { kind: 'fault', about: file.name, words, loses: false };
    for (const incoming of records) yield { kind: 'record', incoming };
  },
});

/** The workbooks of Excel, LibreOffice and the like. */
export const WORKBOOK: ImportFormat = table({
  label: 'Excel',
  help: 'a workbook',
  endings: ['.xlsx'],
  recognizes: isWorkbook,
});

/** Tables as text. */
export const SPREADSHEET: ImportFormat = table({
  label: 'CSV',
  help: 'the spreadsheet of this directory, or one whose columns were agreed on',
  endings: ['.csv', '.txt', '.tsv'],
  // Any text may be a table; what is none is told so when it is read.
  recognizes: () => true,
});
