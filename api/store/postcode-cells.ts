import { createHash } from 'node:crypto';
import { UNITS_IN_SECTOR } from '../domain/postcode-number.ts';
import type { Db } from './open.ts';
import {
  type CountCell,
  cellId,
  LEVELS,
  type PointCell,
  packCounts,
  packPoints,
  postcodeCellOf,
  squareInCell,
  unpackCounts,
  unpackPoints,
} from './postcode-cells-packing.ts';
import { DEGREE } from './postcodes.ts';
import { prepared } from './prepared.ts';
import { readSetting, writeSetting } from './settings.ts';

/** The setting that names the edition of the cells. */
const EDITION = 'postcode_cells';

/** Degrees, WGS84. */
interface Bounds {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** Every postcode in use with a point, in the order of their numbers; points that repeat within a sector are left out. */
interface Points {
  length: number;
  numbers: Int32Array;
  /** Degrees. */
  latitudes: Float64Array;
  longitudes: Float64Array;
  districts: Uint16Array;
  /** Ends of sectors: sector s reaches from ends[s - 1] (or 0) to ends[s]. */
  ends: number[];
}

/** What the ground is drawn from: postcodes in use that have a point, in the order of their numbers. */
export interface GroundRows {
  /** How many there are at most. */
  most: number;
  /** District of each area, by the id that the rows name; null where it has none. */
  areas: ReadonlyMap<number, string | null>;
  /** Degrees × 100,000. */
  rows: Iterable<readonly [number: number, latitude: number, longitude: number, area: number | null]>;
}

/** Those of the table in force. */
function groundInTable(db: Db): GroundRows {
  const within = 'FROM postcode WHERE ended IS NULL AND latitude IS NOT NULL';
  return {
    most: db.prepare(`SELECT count(*) ${within}`).pluck().get() as number,
    areas: new Map(db.prepare('SELECT id, district FROM postcode_area').raw().all() as [number, string | null][]),
    rows: db.prepare(`SELECT number, latitude, longitude, area ${within}`).raw().iterate() as Iterable<
      [number, number, number, number | null]
    >,
  };
}

function readPoints({ most, areas, rows }: GroundRows): Points {
  const points: Points = {
    length: 0,
    numbers: new Int32Array(most),
    latitudes: new Float64Array(most),
    longitudes: new Float64Array(most),
    districts: new Uint16Array(most),
    ends: [],
  };
  const codes = [...new Set(areas.values())].filter((code) => code !== null).sort();
  const places = new Map<string | null, number>(codes.map((code, place) => [code, place + 1]));
  const districts = new Map([...areas].map(([id, district]) => [id, places.get(district) ?? 0]));

  const seen = new Set<number>();
  let sector = -1;
  for (const [number, latitude, longitude, area] of rows) {
    const current = Math.floor(number / UNITS_IN_SECTOR);
    if (current !== sector) {
      if (points.length > 0) points.ends.push(points.length);
      sector = current;
      seen.clear();
    }
    // A sorting office has a thousand postcodes at one point, which is one dot.
    const point = latitude * 36_000_000 + longitude;
    if (seen.has(point)) continue;
    seen.add(point);
    const at = points.length++;
    points.numbers[at] = number;
    points.latitudes[at] = latitude / DEGREE;
    points.longitudes[at] = longitude / DEGREE;
    points.districts[at] = area === null ? 0 : (districts.get(area) ?? 0);
  }
  points.ends.push(points.length);
  return points;
}

/** What a cell holds while it is gathered: places in Points. */
interface Gathering {
  column: number;
  row: number;
  members: number[];
}

function gatherCells(points: Points): Gathering[] {
  const cells = new Map<number, Gathering>();
  for (let at = 0; at < points.length; at++) {
    const { column, row } = postcodeCellOf(
      LEVELS.points,
      points.latitudes[at] as number,
      points.longitudes[at] as number,
    );
    const id = cellId(LEVELS.points, column, row);
    let cell = cells.get(id);
    if (!cell) {
      cell = { column, row, members: [] };
      cells.set(id, cell);
    }
    cell.members.push(at);
  }
  return [...cells.values()];
}

const pack = (points: Points, { column, row, members }: Gathering): Uint8Array =>
  packPoints(column, row, {
    latitudes: Float64Array.from(members, (member) => points.latitudes[member] as number),
    longitudes: Float64Array.from(members, (member) => points.longitudes[member] as number),
    districts: Uint16Array.from(members, (member) => points.districts[member] as number),
  });

function* packedCounts(points: Points): Generator<{ id: number; body: Uint8Array }> {
  const cells = new Map<number, Map<number, { count: number; district: number }>>();
  for (let at = 0; at < points.length; at++) {
    const latitude = points.latitudes[at] as number;
    const longitude = points.longitudes[at] as number;
    const { column, row } = postcodeCellOf(LEVELS.counts, latitude, longitude);
    const id = cellId(LEVELS.counts, column, row);
    let cell = cells.get(id);
    if (!cell) {
      cell = new Map();
      cells.set(id, cell);
    }
    const square = squareInCell(column, row, latitude, longitude);
    const entry = cell.get(square);
    // The first district of a square stands for it: along a border either is as good.
    if (entry) entry.count++;
    else cell.set(square, { count: 1, district: points.districts[at] as number });
  }
  for (const [id, cell] of cells) {
    const entries = [...cell].sort(([a], [b]) => a - b);
    yield {
      id,
      body: packCounts(
        Uint16Array.from(entries, ([square]) => square),
        Uint16Array.from(entries, ([, { count }]) => count),
        Uint16Array.from(entries, ([, { district }]) => district),
      ),
    };
  }
}

/** The ground of the map, drawn and not yet written. */
export interface Ground {
  /** A short name that changes with the content; '' where no postcode has a point. */
  edition: string;
  cells: { id: number; body: Uint8Array }[];
}

/** Draws the ground of the map. Takes a few seconds for Great Britain, in which nothing is locked. */
export function readGround(from: GroundRows): Ground {
  const points = readPoints(from);
  const gathered = gatherCells(points).map((cell) => ({ id: cellId(LEVELS.points, cell.column, cell.row), cell }));
  const cells = gathered.sort((a, b) => a.id - b.id).map(({ id, cell }) => ({ id, body: pack(points, cell) }));
  cells.push(...packedCounts(points));
  const edition = createHash('sha256');
  for (const { id, body } of cells) edition.update(`${id} `).update(body);
  return { edition: points.length === 0 ? '' : edition.digest('hex').slice(0, 12), cells };
}

/** Puts it in the place of the old one, all of it or nothing: within the caller's transaction, where there is one. */
export function writeGround(db: Db, { edition, cells }: Ground): void {
  db.transaction(() => {
    db.exec('DELETE FROM postcode_cell');
    const insert = db.prepare('INSERT INTO postcode_cell (id, body) VALUES (?, ?)');
    for (const { id, body } of cells) insert.run(id, body);
    writeSetting(db, EDITION, edition);
  }).immediate();
}

/** The edition of the ground that is there; null where none was ever drawn. */
export const groundEdition = (db: Db): string | null => readSetting(db, EDITION);

/** Draws the ground of the map from the table in force. */
export const groundOfTable = (db: Db): Ground => readGround(groundInTable(db));

/** Reads the ground of the map. A table swapped in later is seen at once. */
export interface PostcodeCells {
  /** A short name that changes with the content; null where there is none, so that only the built-in sectors serve. */
  edition(): string | null;
  /** Cells that touch the box, each whole, so with points outside the box too. */
  points(bounds: Bounds): PointCell[];
  /** The same on the coarse level. */
  counts(bounds: Bounds): CountCell[];
}

export function postcodeCells(db: Db): PostcodeCells {
  const column = prepared(db, 'SELECT id, body FROM postcode_cell WHERE id BETWEEN ? AND ?').raw();
  function* bodies(
    level: (typeof LEVELS)['points' | 'counts'],
    bounds: Bounds,
  ): Generator<[number, number, Uint8Array]> {
    const low = postcodeCellOf(level, bounds.south, bounds.west);
    const high = postcodeCellOf(level, bounds.north, bounds.east);
    if (high.row < 0 || low.row > 4095) return;
    for (let at = Math.max(0, low.column); at <= Math.min(4095, high.column); at++) {
      const first = cellId(level, at, Math.max(0, low.row));
      const last = cellId(level, at, Math.min(4095, high.row));
      for (const [id, body] of column.all(first, last) as [number, Uint8Array][]) yield [at, id % 4096, body];
    }
  }
  return {
    edition: () => readSetting(db, EDITION) || null,
    points: (bounds) => Array.from(bodies(LEVELS.points, bounds), (cell) => unpackPoints(...cell)),
    counts: (bounds) => Array.from(bodies(LEVELS.counts, bounds), (cell) => unpackCounts(...cell)),
  };
}
