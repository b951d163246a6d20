import { OUTCODES_IN_AREA, outcodeNumber, UNITS_IN_OUTCODE } from '../domain/postcode-number.ts';
import type { Db } from './open.ts';
import { DEGREE } from './postcodes.ts';

/** A postcode with a point that is shared as a cell. */
export interface CellMember {
  number: number;
  /** Degrees, WGS84. */
  latitude: number;
  longitude: number;
  /** ONS codes, null where the source gives none. */
  district: string | null;
  ward: string | null;
  /** Null: in use. Else withdrawn. */
  ended: number | null;
  /** Null where no cell has been kept for it; else as data/migrations/0025 says. */
  cell: number | null;
}

/** Reads which postcodes are shared together. */
export interface CellMembers {
  /** The postcodes of an outcode ('E8') that are in use, and those that were when their cells were made. */
  of(outcode: string): CellMember[];
  /** Those of the cells of an area ('SY') that lie in several outcodes. */
  acrossOutcodes(area: string): CellMember[];
}

/** A table swapped in later is seen at once. */
export function cellMembers(db: Db): CellMembers {
  const select = (which: string) =>
    db.prepare(
      `SELECT number, latitude / ${DEGREE}.0 AS latitude, longitude / ${DEGREE}.0 AS longitude, district, ward, ended, cell
       FROM postcode LEFT JOIN postcode_area ON postcode_area.id = postcode.area
       WHERE number >= ? AND number < ? AND latitude IS NOT NULL AND ${which} ORDER BY number`,
    );
  const all = select('(ended IS NULL OR cell IS NOT NULL)');
  const across = select('cell < 0');
  return {
    of(outcode) {
      const first = outcodeNumber(outcode) * UNITS_IN_OUTCODE;
      return all.all(first, first + UNITS_IN_OUTCODE) as CellMember[];
    },
    acrossOutcodes(area) {
      const first = outcodeNumber(`${area}0`) * UNITS_IN_OUTCODE;
      return across.all(first, first + OUTCODES_IN_AREA * UNITS_IN_OUTCODE) as CellMember[];
    },
  };
}
