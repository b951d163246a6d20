import { randomUUID } from 'node:crypto';
import { type Db, emptyLog } from './open.ts';

/** Rows to be written, by number: columns of equal length. */
export interface PostcodeColumns {
  number: Int32Array;
  /** Degrees × 100,000, or `noPoint`. */
  latitude: Int32Array;
  longitude: Int32Array;
  /** Index into the areas, or -1. */
  area: Int32Array;
  /** -1 in use, 0 withdrawn in an unknown month, else YYYYMM. */
  ended: Int32Array;
  /** As data/migrations/0025 says, or `NO_CELL`. */
  cell: Int32Array;
  size: number;
}

export interface PostcodeArea {
  district: string;
  district_name: string | null;
  ward: string | null;
  ward_name: string | null;
}

/** `cell` of a postcode for which none has been kept. */
export const NO_CELL = 0x7fffffff;

/** Rows an INSERT takes at once: most of the time goes into the calls, and 64 × 6 values are well below SQLite's limit. */
const AT_ONCE = 64;
/** Rows a transaction takes, so that a server at work on the same file waits a fraction of a second, not all the time. */
const IN_TRANSACTION = 64 * 1024;

/** All that the table holds now, row by row in the order of the numbers. */
export function* eachPostcodeRow(
  db: Db,
): Generator<
  [number: number, latitude: number | null, longitude: number | null, area: number | null, ended: number | null]
> {
  yield* db
    .prepare('SELECT number, latitude, longitude, area, ended FROM postcode')
    .raw()
    .iterate() as IterableIterator<[number, number | null, number | null, number | null, number | null]>;
}

/** The areas that the table holds now, by id. */
export const postcodeAreas = (db: Db): Map<number, PostcodeArea> =>
  new Map(
    (db.prepare('SELECT * FROM postcode_area').all() as (PostcodeArea & { id: number })[]).map((row) => [row.id, row]),
  );

/** How many postcodes the table holds. */
export const postcodeCounts = (db: Db): { live: number; withdrawn: number } =>
  db.prepare('SELECT count(*) - count(ended) AS live, count(ended) AS withdrawn FROM postcode').get() as {
    live: number;
    withdrawn: number;
  };

export interface Replacing {
  /** Runs first in every transaction: throws where this process may not write any more. */
  hold: () => void;
  /** Runs within the swap: what must change together with the table. */
  settle: () => void;
  /** Told of rows written, every now and then. */
  written: (rows: number) => void;
}

/**
 * Puts a new table of postcodes in the place of the old one. It is built beside the old one and swapped in within one
 * transaction: whatever goes wrong before, and whoever reads meanwhile, has the old table whole.
 * @param noPoint the latitude that stands for 'none'
 */
export function replacePostcodes(
  db: Db,
  rows: PostcodeColumns,
  areas: readonly PostcodeArea[],
  noPoint: number,
  { hold, settle, written }: Replacing,
): void {
  // A name of its own, so that what is written here never lands in somebody else's.
  const staging = `postcode_staging_${randomUUID().replaceAll('-', '')}`;
  const firstArea = db
    .transaction(() => {
      hold();
      dropStagings(db);
      const { sql } = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'postcode'").get() as {
        sql: string;
      };
      db.exec(sql.replace(/^CREATE TABLE "?postcode"?/, `CREATE TABLE ${staging}`));
      // Ids are never used again, so that a reader who remembers some can tell that they are of another table.
      return db.prepare('SELECT coalesce(max(id), 0) + 1 FROM postcode_area').pluck().get() as number;
    })
    .immediate();
  try {
    for (let from = 0; from < rows.size; from += IN_TRANSACTION) {
      const to = Math.min(rows.size, from + IN_TRANSACTION);
      db.transaction(() => {
        hold();
        insert(db, staging, rows, from, to, noPoint, firstArea);
      }).immediate();
      written(to);
    }
    db.transaction(() => {
      hold();
      db.exec(`DROP TABLE postcode; ALTER TABLE ${staging} RENAME TO postcode; DELETE FROM postcode_area`);
      const area = db.prepare('INSERT INTO postcode_area VALUES (:id, :district, :district_name, :ward, :ward_name)');
      for (const [id, each] of areas.entries()) area.run({ ...each, id: firstArea + id });
      settle();
    }).immediate();
  } catch (error) {
    db.exec(`DROP TABLE IF EXISTS ${staging}`);
    throw error;
  }
  // A bulk import leaves the log as long as the table; it would stay so.
  emptyLog(db);
}

/** Takes away what imports that were stopped half-way have left behind. */
function dropStagings(db: Db): void {
  const left = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'postcode_staging*'");
  for (const name of left.pluck().all()) db.exec(`DROP TABLE "${name}"`);
}

function insert(
  db: Db,
  staging: string,
  rows: PostcodeColumns,
  from: number,
  to: number,
  noPoint: number,
  firstArea: number,
): void {
  const values = (count: number) => Array.from({ length: count }, () => '(?,?,?,?,?,?)').join(',');
  const into = `INSERT INTO ${staging} (number, latitude, longitude, area, ended, cell) VALUES`;
  const many = db.prepare(`${into} ${values(AT_ONCE)}`);
  const one = db.prepare(`${into} ${values(1)}`);
  const bound: (number | null)[] = new Array(AT_ONCE * 6);
  let at = from;
  while (at < to) {
    const count = to - at >= AT_ONCE ? AT_ONCE : 1;
    for (let i = 0; i < count; i++, at++) {
      const none = rows.latitude[at] === noPoint;
      bound[i * 6] = rows.number[at] as number;
      bound[i * 6 + 1] = none ? null : (rows.latitude[at] as number);
      bound[i * 6 + 2] = none ? null : (rows.longitude[at] as number);
      bound[i * 6 + 3] = rows.area[at] === -1 ? null : firstArea + (rows.area[at] as number);
      bound[i * 6 + 4] = rows.ended[at] === -1 ? null : (rows.ended[at] as number);
      bound[i * 6 + 5] = rows.cell[at] === NO_CELL ? null : (rows.cell[at] as number);
    }
    if (count === 1) one.run(bound.slice(0, 6));
    else many.run(bound);
  }
}
