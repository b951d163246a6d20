import { postcodeNumber } from '../../domain/postcode-number.ts';
import type { SourceFile } from './files.ts';
import { type Edition, isAreaCode, type SourceLayout } from './layout.ts';
import { eachRecord, firstLine } from './records.ts';
import { MONTH_UNKNOWN, NO_POINT, PostcodeRows } from './rows.ts';

/**
 * A list of withdrawn postcodes with their old points: a header 'postcode,lat,lng', after which a district and a ward
 * may follow. Such a list is no edition: it only fills in what the others lack.
 */
export const withdrawn: SourceLayout = {
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
