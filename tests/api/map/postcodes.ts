import { postcodeNumber } from '../../../api/domain/postcode-number.ts';
import { type Db, openStore } from '../../../api/store/open.ts';
import { groundOfTable, writeGround } from '../../../api/store/postcode-cells.ts';

/** One row for the table of postcodes of a test. */
export interface TestPostcode {
  postcode: string;
  latitude: number | null;
  longitude: number | null;
  district: string | null;
  ended?: boolean;
}

/** A store in memory with those postcodes; the cells are not made yet. */
export function storeOf(postcodes: readonly TestPostcode[]): Db {
  const db = openStore(':memory:');
  fill(db, postcodes);
  return db;
}

/** Puts those postcodes into the table in place of what it holds. */
export function fill(db: Db, postcodes: readonly TestPostcode[]): void {
  const codes = [...new Set(postcodes.map(({ district }) => district))].filter((code) => code !== null);
  db.transaction(() => {
    db.exec('DELETE FROM postcode; DELETE FROM postcode_area;');
    const area = db.prepare('INSERT INTO postcode_area (id, district) VALUES (?, ?)');
    for (const [at, code] of codes.entries()) area.run(at + 1, code);
    const row = db.prepare('INSERT INTO postcode (number, latitude, longitude, area, ended) VALUES (?, ?, ?, ?, ?)');
    for (const { postcode, latitude, longitude, district, ended } of postcodes) {
      row.run(
        postcodeNumber(postcode),
        latitude === null ? null : Math.round(latitude * 1e5),
        longitude === null ? null : Math.round(longitude * 1e5),
        district === null ? null : codes.indexOf(district) + 1,
        ended ? 202001 : null,
      );
    }
  })();
}

/** Makes the cells anew from the table. */
export const makeCells = (db: Db): void => writeGround(db, groundOfTable(db));
