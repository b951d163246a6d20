import { statSync } from 'node:fs';
import { join } from 'node:path';
import { postcodeNumber } from '../../domain/postcode-number.ts';
import { BrokenFileError } from './broken.ts';
import { codePoint } from './code-point.ts';
import { postcodeDirectory } from './directory.ts';
import type { SourceFile } from './files.ts';
import { openSource } from './files.ts';
import { type Edition, isAreaCode, type PostcodeGathering, type SourceLayout } from './layout.ts';
import { eachRecord, firstLine } from './records.ts';
import { MONTH_UNKNOWN, NO_POINT, PostcodeRows } from './rows.ts';

const KNOWN =
  'expected Code-Point Open (the zip or its folder), the ONS Postcode Directory or NSPL (a CSV, .gz or zip), ' +
  'or a list of withdrawn postcodes (postcode,lat,lng). Download Code-Point Open from ' +
  'https://osdatahub.os.uk/downloads/open/CodePointOpen.';

/**
 * Reads every edition that a path holds, whole: a file, or a folder with several beside each other.
 * @param onProgress told of the share of bytes used up, 0 to 1
 * @throws BrokenFileError where anything in them is broken, or where nothing there is in a layout that is known
 */
export async function gather(
  path: string,
  gathering: Omit<PostcodeGathering, 'read'>,
  onProgress: (share: number) => void = () => {},
): Promise<Edition[]> {
  const source = await openSource(path);
  try {
    const jobs: { bytes: number; run: (read: (bytes: number) => void) => Promise<Edition[]> }[] = [];
    const add = (files: { size: number }[], run: (typeof jobs)[number]['run']) =>
      jobs.push({ bytes: files.reduce((sum, file) => sum + file.size, 0), run });

    const areas = await codePoint.files(source);
    if (areas.length > 0) add(areas, async (read) => [await codePoint.read(source, areas, { ...gathering, read })]);
    // Each of these files is an edition of its own.
    for (const layout of [postcodeDirectory, withdrawn]) {
      for (const file of await layout.files(source)) {
        add([file], async (read) => [await layout.read(source, [file], { ...gathering, read })]);
      }
    }
    if (statSync(path).isDirectory()) {
      for (const file of source.files.filter((each) => /\.zip$/i.test(each.path))) {
        add([file], (read) => {
          let told = 0;
          return gather(join(path, file.path), gathering, (share) => {
            read(share * file.size - told);
            told = share * file.size;
          });
        });
      }
    }
    if (jobs.length === 0) throw new BrokenFileError(path, `in no layout that is known; ${KNOWN}`);

    const all = jobs.reduce((sum, job) => sum + job.bytes, 0);
    const editions: Edition[] = [];
    let used = 0;
    for (const job of jobs) {
      editions.push(
        ...(await job.run((bytes) => {
          used += bytes;
          onProgress(Math.min(1, used / all));
        })),
      );
    }
    return editions;
  } finally {
    source.close();
  }
}

/**
 * A list of withdrawn postcodes with their old points: a header 'postcode,lat,lng', after which a district and a ward
 * may follow. Such a list is no edition: it only fills in what the others lack.
 */
const withdrawn: SourceLayout = {
  async files(source) {
    const found: SourceFile[] = [];
    for (const file of source.files.filter(({ path }) => /\.csv(\.gz)?$/i.test(path))) {
      const header = await firstLine(file);
      if (/^postcode,lat,lng\b/i.test(header.join(','))) found.push(file);
    }
    return found;
  },

  async read(_source, files, { areas, read }): Promise<Edition> {
    const rows = new PostcodeRows();
    for (const file of files) {
      const header = await firstLine(file);
      await eachRecord(file, header, { header: true, read }, (record) => {
        const number = postcodeNumber(record.text(0).trim());
        if (number < 0) record.fail(0, 'expected a postcode');
        const code = (column: number) => (isAreaCode(record.text(column)) ? record.text(column) : null);
        const area = areas.number(code(3), code(4));
        if (record.text(1) === '' && record.text(2) === '') {
          rows.add(number, NO_POINT, NO_POINT, area, MONTH_UNKNOWN);
          return;
        }
        const latitude = record.number(1, 49, 61.5);
        const longitude = record.number(2, -9, 2.5);
        rows.add(number, Math.round(latitude * 1e5), Math.round(longitude * 1e5), area, MONTH_UNKNOWN);
      });
    }
    return { source: 'a list of withdrawn postcodes', edition: null, rows: rows.sorted(), complete: new Set() };
  },
};
