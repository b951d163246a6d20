import { postcodeAreaOf } from '../../domain/postcode.ts';
import { postcodeNumber } from '../../domain/postcode-number.ts';
import { BrokenFileError } from './broken.ts';
import type { SourceFile } from './files.ts';
import { type Edition, isAreaCode, type PostcodeGathering, type SourceLayout } from './layout.ts';
import { eachRecord, firstLine, type Record } from './records.ts';
import { LIVE, MONTH_UNKNOWN, NO_POINT, PostcodeRows } from './rows.ts';

/**
 * The columns that are read of the ONS Postcode Directory and the National Statistics Postcode Lookup. Their names
 * change with the editions: 'oslaua' and 'osward' until 2024, 'laua' and 'ward' in the lookup, 'lad25cd' and 'wd25cd'
 * since.
 */
const WANTED = {
  postcode: /^(pcds|pcd8|pcd7|pcd2|pcd)$/,
  introduced: /^dointr$/,
  withdrawn: /^doterm$/,
  district: /^(oslaua|laua|lad\d*cd)$/,
  ward: /^(osward|ward|wd\d*cd)$/,
  latitude: /^lat$/,
  longitude: /^long$/,
} as const;

type Columns = { [name in keyof typeof WANTED]: number };

/** The directory writes this latitude, and longitude 0, where a postcode has no point. */
const NOWHERE = 99;

function columnsOf(header: readonly string[]): Columns | null {
  const lower = header.map((name) => name.trim().toLowerCase());
  const found = Object.entries(WANTED).map(([name, pattern]) => [name, lower.findIndex((each) => pattern.test(each))]);
  return found.some(([, at]) => at === -1) ? null : (Object.fromEntries(found) as Columns);
}

/** ONS Postcode Directory or National Statistics Postcode Lookup: one CSV with a header, withdrawn postcodes included. */
export const postcodeDirectory: SourceLayout = {
  async files(source) {
    const found: SourceFile[] = [];
    for (const file of source.files.filter(({ path }) => /\.csv(\.gz)?$/i.test(path))) {
      // The archive holds the same again area by area.
      if (/(^|\/)multi_csv\//i.test(file.path)) continue;
      if (columnsOf(await firstLine(file))) found.push(file);
    }
    return found;
  },

  async read(_source, files, gathering): Promise<Edition> {
    const rows = new PostcodeRows(1 << 21);
    let latest = 0;
    for (const file of files) {
      const header = await firstLine(file);
      const columns = columnsOf(header);
      if (!columns) throw new BrokenFileError(file.name, 'its header changed while it was read.', { line: 1 });
      await eachRecord(file, header, { header: true, read: gathering.read }, (record) => {
        latest = Math.max(latest, take(record, columns, rows, gathering));
      });
    }
    const edition = latest ? `${Math.floor(latest / 100)}-${String(latest % 100).padStart(2, '0')}` : null;
    return {
      source: `ONS Postcode Directory${edition ? ` of ${edition}` : ''}`,
      edition,
      rows: rows.sorted(),
      complete: new Set(),
    };
  },
};

function monthIn(record: Record, column: number): number {
  const text = record.text(column).trim();
  if (text === '') return MONTH_UNKNOWN;
  if (!/^(19|20)\d\d(0[1-9]|1[0-2])$/.test(text)) record.fail(column, 'expected a month such as 201606, or nothing');
  return Number(text);
}

/** @returns the latest month that the row speaks of, YYYYMM: no edition is older than what it reports */
function take(
  record: Record,
  columns: Columns,
  rows: PostcodeRows,
  { areas, northernIreland }: PostcodeGathering,
): number {
  const postcode = record.text(columns.postcode).trim();
  const number = postcodeNumber(postcode);
  if (number < 0) {
    // Girobank's own code has the form of no other.
    if (postcode.replace(' ', '') === 'GIR0AA') return 0;
    record.fail(columns.postcode, 'expected a postcode');
  }
  const introduced = monthIn(record, columns.introduced);
  const withdrawn = monthIn(record, columns.withdrawn);
  const letters = postcodeAreaOf(postcode);
  const left = letters === 'BT' ? !northernIreland : /^(JE|GY|IM)$/.test(letters);
  const latitude = record.number(columns.latitude, 49, 100);
  const longitude = record.number(columns.longitude, -9, 2.5);
  if (!left) {
    const code = (column: number) => (isAreaCode(record.text(column)) ? record.text(column) : null);
    const area = areas.number(code(columns.district), code(columns.ward));
    const ended = withdrawn === MONTH_UNKNOWN ? LIVE : withdrawn;
    if (latitude >= NOWHERE) rows.add(number, NO_POINT, NO_POINT, area, ended);
    else rows.add(number, Math.round(latitude * 1e5), Math.round(longitude * 1e5), area, ended);
  }
  return Math.max(introduced, withdrawn);
}
