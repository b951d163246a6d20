import {
  OUTCODES_IN_AREA,
  outcodeNumber,
  outcodeOf,
  postcodeNumber,
  sectorNumber,
  sectorOf,
  UNITS_IN_OUTCODE,
  UNITS_IN_SECTOR,
} from '../domain/postcode-number.ts';
import type { Db } from './open.ts';

/** One postcode, as the table knows it. */
interface PostcodeRow {
  /** Degrees, WGS84; both null where it has no point. */
  latitude: number | null;
  longitude: number | null;
  /** ONS codes, null where the source gives none. */
  district: string | null;
  ward: string | null;
  /** Null: in use. Else withdrawn: 'YYYY-MM', or '' where nobody knows when. */
  ended: string | null;
}

/** A postcode in use that has a point: degrees, WGS84, and ONS codes, null where the source gives none. */
export interface TablePoint {
  latitude: number;
  longitude: number;
  district: string | null;
  ward: string | null;
}

/** Degrees. */
export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

/** Under this name `setting` says where the table comes from. */
export const POSTCODE_SOURCE = 'postcodes';

/** Coordinates are stored as integers: degrees times this, which is a metre. */
export const DEGREE = 100_000;

const monthOf = (ended: number | null): string | null => {
  if (ended === null) return null;
  return ended === 0 ? '' : `${Math.floor(ended / 100)}-${String(ended % 100).padStart(2, '0')}`;
};

/** What the geocoder asks of the table. Statements are prepared once; a table swapped in later is seen at once. */
export interface PostcodeTable {
  /** One postcode ('E8 1EA'), or null where the table lacks it. */
  find(postcode: string): PostcodeRow | null;
  /** How many postcodes, in use and withdrawn, the table has of a sector ('E8 1'). */
  countOfSector(sector: string): { live: number; ended: number };
  /** Pairs of district and ward within a sector or an outcode, in use, the most frequent first. */
  areasOf(code: string): { district: string | null; ward: string | null; count: number }[];
  /** Points of the postcodes in use within a sector or an outcode, each with its ONS codes. */
  pointsOf(code: string): TablePoint[];
  /** Those of them that lie in a box: degrees, its borders included. */
  pointsIn(code: string, box: Box): TablePoint[];
  /** How many postcodes in use have a point, by the sectors of an outcode ('E8'). */
  countBySector(outcode: string): Map<string, number>;
  /** How many postcodes in use have a point, by the outcodes that begin with these letters ('E'). */
  countByOutcode(area: string): Map<string, number>;
  /** Which table is in force: another word after every import. Null where there is none. */
  edition(): string | null;
  /** What the source calls a district or a ward, or null where it does not say. */
  nameOf(code: string): string | null;
}

interface Row {
  latitude: number | null;
  longitude: number | null;
  area: number | null;
  ended: number | null;
}

type AreaCodes = Pick<PostcodeRow, 'district' | 'ward'>;
const NO_AREA: AreaCodes = { district: null, ward: null };
const ALL_AREAS = 'SELECT id, district, ward FROM postcode_area';
const areaFrom = (row: unknown): [number, AreaCodes] => {
  const [id, district, ward] = row as [number, string | null, string | null];
  return [id, { district, ward }];
};

/** Reads the table of postcodes. */
export function postcodeTable(db: Db): PostcodeTable {
  let known = new Map<number, AreaCodes>();
  const find = db.prepare('SELECT latitude, longitude, area, ended FROM postcode WHERE number = ?');
  const count = db
    .prepare('SELECT count(*) - count(ended), count(ended) FROM postcode WHERE number >= ? AND number < ?')
    .raw();
  const areas = db.prepare(
    `SELECT district, ward, count(*) AS count FROM postcode LEFT JOIN postcode_area ON postcode_area.id = postcode.area
     WHERE number >= ? AND number < ? AND ended IS NULL GROUP BY area ORDER BY count DESC, area`,
  );
  const POINTS = `SELECT latitude / ${DEGREE}.0 AS latitude, longitude / ${DEGREE}.0 AS longitude, district, ward
     FROM postcode LEFT JOIN postcode_area ON postcode_area.id = postcode.area
     WHERE number >= ? AND number < ? AND ended IS NULL AND latitude IS NOT NULL`;
  const points = db.prepare(POINTS);
  const boxed = db.prepare(`${POINTS} AND latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?`);
  /** A join would take as long again as the look-up. An id that is not known is of a table swapped in since. */
  const areaOf = (id: number): AreaCodes => {
    if (!known.has(id)) known = new Map(db.prepare(ALL_AREAS).raw().all().map(areaFrom));
    return known.get(id) ?? NO_AREA;
  };
  const name = db
    .prepare(
      `SELECT max(CASE WHEN ward = :code THEN ward_name ELSE district_name END)
       FROM postcode_area WHERE district = :code OR ward = :code`,
    )
    .pluck();
  const source = db.prepare('SELECT value FROM setting WHERE name = ?').pluck();
  const groups = db
    .prepare(
      `SELECT number / CAST(? AS INTEGER), count(*) FROM postcode
       WHERE number >= ? AND number < ? AND ended IS NULL AND latitude IS NOT NULL GROUP BY 1`,
    )
    .raw();
  const counted = (span: number, from: number, to: number, name: (number: number) => string) =>
    new Map((groups.all(span, from, to) as [number, number][]).map(([number, count]) => [name(number), count]));
  const rangeOf = (code: string): [number, number] => {
    const sector = code.includes(' ');
    const span = sector ? UNITS_IN_SECTOR : UNITS_IN_OUTCODE;
    const number = sector ? sectorNumber(code) : outcodeNumber(code);
    return [number * span, (number + 1) * span];
  };
  return {
    find(postcode) {
      const row = find.get(postcodeNumber(postcode)) as Row | undefined;
      if (!row) return null;
      const { latitude, longitude } = row;
      return {
        latitude: latitude === null ? null : latitude / DEGREE,
        longitude: longitude === null ? null : longitude / DEGREE,
        ...(row.area === null ? NO_AREA : areaOf(row.area)),
        ended: monthOf(row.ended),
      };
    },
    countOfSector(sector) {
      const [live, ended] = count.get(...rangeOf(sector)) as [number, number];
      return { live, ended };
    },
    pointsOf: (code) => points.all(...rangeOf(code)) as TablePoint[],
    pointsIn: (code, { south, north, west, east }) =>
      boxed.all(...rangeOf(code), ...[south, north, west, east].map((degrees) => degrees * DEGREE)) as TablePoint[],
    countBySector: (outcode) => counted(UNITS_IN_SECTOR, ...rangeOf(outcode), sectorOf),
    countByOutcode(area) {
      const first = outcodeNumber(`${area}0`) * UNITS_IN_OUTCODE;
      return counted(UNITS_IN_OUTCODE, first, first + OUTCODES_IN_AREA * UNITS_IN_OUTCODE, outcodeOf);
    },
    edition: () => (source.get(POSTCODE_SOURCE) as string | undefined) ?? null,
    nameOf: (code) => (name.get({ code }) as string | null | undefined) ?? null,
    areasOf: (code) => areas.all(...rangeOf(code)) as ReturnType<PostcodeTable['areasOf']>,
  };
}

/** A postcode in use that has a point. */
export interface PostcodePoint {
  /** Degrees, WGS84. */
  latitude: number;
  /** Degrees, WGS84. */
  longitude: number;
  /** 'E8 1'. */
  sector: string;
  /** ONS code of its local authority district, null where the source gives none. */
  district: string | null;
}

/**
 * All postcodes in use that have a point, by sector. One and the same object is handed out each time, filled anew: take
 * what you need of it before the next step. While it runs, the connection can do nothing else.
 */
export function* eachPostcode(db: Db): Generator<PostcodePoint> {
  const districts = new Map(
    db.prepare('SELECT id, district FROM postcode_area').raw().all() as [number, string | null][],
  );
  const rows = db
    .prepare('SELECT number, latitude, longitude, area FROM postcode WHERE ended IS NULL AND latitude IS NOT NULL')
    .raw()
    .iterate() as IterableIterator<[number, number, number, number | null]>;
  const point: PostcodePoint = { latitude: 0, longitude: 0, sector: '', district: null };
  let current = -1;
  for (const [number, latitude, longitude, area] of rows) {
    const sector = Math.floor(number / UNITS_IN_SECTOR);
    if (sector !== current) point.sector = sectorOf(sector);
    current = sector;
    point.latitude = latitude / DEGREE;
    point.longitude = longitude / DEGREE;
    point.district = area === null ? null : (districts.get(area) ?? null);
    yield point;
  }
}
