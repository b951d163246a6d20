import { fromNationalGrid } from '../../domain/osgb.ts';
import { postcodeAreaOf } from '../../domain/postcode.ts';
import { postcodeNumber } from '../../domain/postcode-number.ts';
import { BrokenFileError } from './broken.ts';
import type { Source, SourceFile } from './files.ts';
import { type Edition, isAreaCode, type PostcodeGathering, type SourceLayout } from './layout.ts';
import { eachRecord, firstLine, type Record } from './records.ts';
import { LIVE, NO_POINT, PostcodeRows } from './rows.ts';

/** Code-Point Open has no header row; these are its columns (Doc/Code-Point_Open_Column_Headers.csv). */
const COLUMNS = [
  'postcode',
  'positional quality',
  'easting',
  'northing',
  'country code',
  'NHS region',
  'NHS authority',
  'county',
  'district',
  'ward',
] as const;
const [POSTCODE, QUALITY, EASTING, NORTHING, DISTRICT, WARD] = [0, 1, 2, 3, 8, 9];

/** Positional quality of a postcode without coordinates. */
const NOWHERE = 90;

/** Ordnance Survey Code-Point Open: a zip or folder with a CSV for each area, or one such CSV. */
export const codePoint: SourceLayout = {
  async files(source) {
    const named = source.files.filter((file) => /(^|\/)[a-z]{1,2}\.csv$/i.test(file.path));
    const [first] = named;
    if (!first) return [];
    const fields = await firstLine(first);
    return fields.length === COLUMNS.length && postcodeNumber(fields[0] ?? '') >= 0 ? named : [];
  },

  async read(source, files, gathering): Promise<Edition> {
    const metadata = await readMetadata(source);
    const rows = new PostcodeRows(1 << 21);
    const complete = new Set<string>();
    for (const file of files) {
      const before = rows.size;
      const lines = await eachRecord(file, COLUMNS, { header: false, read: gathering.read }, (record) =>
        take(record, rows, gathering),
      );
      const area = areaNameOf(file);
      const expected = metadata.counts.get(area);
      if (expected !== undefined && rows.size - before !== expected) {
        throw new BrokenFileError(
          file.name,
          `the file ends here with ${rows.size - before} postcodes, where Doc/metadata.txt counts ${expected}. Fetch it again.`,
          { line: lines + 1 },
        );
      }
      complete.add(area);
    }
    for (const area of metadata.counts.keys()) {
      if (complete.has(area)) continue;
      throw new BrokenFileError(metadata.file, `it counts postcodes of ${area}, whose CSV is missing. Fetch it again.`);
    }
    await readCodelist(source, gathering.names);
    const source_ = `Code-Point Open${metadata.version ? ` ${metadata.version}` : ''}`;
    return { source: source_, edition: metadata.month, rows: rows.sorted(), complete };
  },
};

const areaNameOf = (file: SourceFile): string => postcodeAreaOf(file.path.replace(/^.*\//, '').toUpperCase());

function take(record: Record, rows: PostcodeRows, { areas }: PostcodeGathering): void {
  const number = postcodeNumber(record.text(POSTCODE));
  if (number < 0) record.fail(POSTCODE, 'expected a postcode');
  const quality = record.number(QUALITY, 10, NOWHERE);
  const easting = record.number(EASTING, 0, 700_000);
  const northing = record.number(NORTHING, 0, 1_300_000);
  const district = record.text(DISTRICT);
  if (district !== '' && !isAreaCode(district)) record.fail(DISTRICT, 'expected a code such as E09000012, or nothing');
  const ward = record.text(WARD);
  if (ward !== '' && !isAreaCode(ward)) record.fail(WARD, 'expected a code such as E05009372, or nothing');
  const area = areas.number(district, ward);
  if (quality === NOWHERE || easting === 0 || northing === 0) {
    rows.add(number, NO_POINT, NO_POINT, area, LIVE);
    return;
  }
  const { latitude, longitude } = fromNationalGrid(easting, northing);
  rows.add(number, Math.round(latitude * 1e5), Math.round(longitude * 1e5), area, LIVE);
}

/** Version, month and the number of postcodes in each area, where Doc/metadata.txt is there to tell. */
async function readMetadata(source: Source) {
  const file = source.files.find((each) => /(^|\/)metadata\.txt$/i.test(each.path));
  const counts = new Map<string, number>();
  if (!file) return { file: '', version: null, month: null, counts };
  let text = '';
  for await (const chunk of await file.open()) text += chunk;
  for (const [, area, count] of text.matchAll(/^[ \t]+([A-Z]{1,2})[ \t]+(\d+)[ \t\r]*$/gm))
    counts.set(area ?? '', Number(count));
  // The date of Royal Mail's own update tells which postcodes are in use; the copyright date is the next best.
  const date = /RM UPDATE DATE:\s*(\d{4})(\d\d)/.exec(text) ?? /COPYRIGHT DATE:\s*(\d{4})(\d\d)/.exec(text);
  return {
    file: file.name,
    version: /DATASET VERSION NUMBER:\s*([\d.]+)/.exec(text)?.[1] ?? null,
    month: date ? `${date[1]}-${date[2]}` : null,
    counts,
  };
}

/**
 * What the code list calls a kind of district or ward, which people leave out: 'Homerton Ward', 'Bude ED' (electoral
 * division), 'Hackney London Boro', 'Cambridge District (B)', 'City and County of the City of London'.
 */
const KIND = / (Ward|ED|London Boro|District)$/;
const STATUS = / \(B\)$/;

/** 'Homerton' of 'Homerton Ward'. */
const plainName = (name: string): string =>
  name
    .trim()
    .replace(STATUS, '')
    .replace(KIND, '')
    .replace(/^City and County of the /, '');

/**
 * Adds the names of districts and wards from Code-Point Open's Doc/Codelist.xlsx, two columns a sheet: name, code. Names
 * that are there already stay. Nothing is added where the list is missing or cannot be read: names are a courtesy, and
 * the built-in ones step in.
 */
async function readCodelist(source: Source, names: Map<string, string>): Promise<void> {
  const file = source.files.find((each) => /(^|\/)Codelist\.xlsx$/i.test(each.path));
  if (!file) return;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await file.open()) chunks.push(chunk as Buffer);
    // Seventy files, which most starts of the program have no use for.
    const { default: readSheets } = await import('read-excel-file/node');
    for (const { data } of await readSheets(Buffer.concat(chunks))) {
      for (const [name, code] of data) {
        if (typeof name !== 'string' || typeof code !== 'string' || !isAreaCode(code)) continue;
        if (!names.has(code)) names.set(code, plainName(name));
      }
    }
  } catch {
    // Left without names.
  }
}
