import { type ImportLease, takeImportLease } from '../../store/import-lease.ts';
import type { Db } from '../../store/open.ts';
import { type GroundRows, groundEdition, groundOfTable, readGround, writeGround } from '../../store/postcode-cells.ts';
import {
  eachPostcodeRow,
  type PostcodeArea,
  postcodeAreas,
  postcodeCounts,
  replacePostcodes,
} from '../../store/postcode-import.ts';
import { POSTCODE_SOURCE } from '../../store/postcodes.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { builtInNames } from '../geography.ts';
import { carryCells } from './carry-cells.ts';
import { combineEditions } from './combine.ts';
import { gather } from './gather.ts';
import type { Edition } from './layout.ts';
import { Areas, LIVE, NO_AREA, NO_POINT, PostcodeRows } from './rows.ts';

/** What the table of postcodes in force is made of. */
export interface PostcodeSource {
  /** 'Code-Point Open 2025.4.0'. */
  source: string;
  /** 'YYYY-MM', or null where the source does not say. */
  edition: string | null;
  live: number;
  withdrawn: number;
}

export interface ImportOptions {
  northernIreland?: boolean;
  /** Told what is being done, and the share of it that is done, 0 to 1. */
  onProgress?: (stage: 'reading' | 'drawing the map' | 'writing', share: number) => void;
}

/** As it is kept, with the areas ('AB') of which the table names every postcode in use. */
interface Kept extends PostcodeSource {
  complete: string[];
  /** The edition of the map's ground that was drawn from it. */
  ground: string;
}

const kept = (db: Db): Kept | null => JSON.parse(readSetting(db, POSTCODE_SOURCE) ?? 'null');

/** What the table in force is made of, or null where nothing has been imported. */
export function postcodeSource(db: Db): PostcodeSource | null {
  const found = kept(db);
  if (!found) return null;
  const { complete: _, ground: __, ...source } = found;
  return source;
}

/**
 * Imports what a file or folder holds and puts it over the table in force. The newest edition wins, whatever the order in
 * which they come; what an older one knows beside it is kept.
 * @throws BrokenFileError naming file, line and column, or ImportAtWorkError where another process is at it; the old table
 *   is whole then
 */
export async function importPostcodes(db: Db, path: string, options: ImportOptions = {}): Promise<PostcodeSource> {
  const lease = takeImportLease(db);
  try {
    return await importWith(lease, db, path, options);
  } finally {
    lease.release();
  }
}

/** Milliseconds after which a lease is made to last again: each time is a write. */
const RENEW = 10_000;

async function importWith(lease: ImportLease, db: Db, path: string, options: ImportOptions): Promise<PostcodeSource> {
  const onProgress = options.onProgress ?? (() => {});
  let renewed = performance.now();
  const areas = new Areas();
  const names = new Map<string, string>();
  const gathering = { areas, names, northernIreland: options.northernIreland ?? false };
  const editions = await gather(path, gathering, (share) => {
    onProgress('reading', share);
    if (performance.now() - renewed < RENEW) return;
    lease.renew();
    renewed = performance.now();
  });
  const before = readTable(db, areas, names);
  const { rows, source, edition, complete } = combineEditions(before ? [before, ...editions] : editions);
  forgetRetired(rows, areas);

  lease.renew();
  onProgress('drawing the map', 0);
  const ground = readGround(groundOf(rows, areas));
  onProgress('drawing the map', 1);
  const made: Kept = {
    source,
    edition,
    live: 0,
    withdrawn: 0,
    complete: [...complete].sort(),
    ground: ground.edition,
  };
  const builtIn = builtInNames();
  const name = (code: string | null) => (code === null ? null : (builtIn.get(code) ?? names.get(code) ?? null));
  const named = areas.list.map(
    ({ district, ward }): PostcodeArea => ({ district, district_name: name(district), ward, ward_name: name(ward) }),
  );
  const cell = carryCells(db, rows, areas, lease.renew);
  const { number, latitude, longitude, area, ended, size } = rows;
  replacePostcodes(db, { number, latitude, longitude, area, ended, cell, size }, named, NO_POINT, {
    hold: lease.renew,
    settle: () => {
      Object.assign(made, postcodeCounts(db));
      writeSetting(db, POSTCODE_SOURCE, JSON.stringify(made));
      writeGround(db, ground);
    },
    written: (written) => onProgress('writing', written / rows.size),
  });
  return postcodeSource(db) as PostcodeSource;
}

/** The rows that the map's ground is drawn from, before they are in the table. */
function groundOf(all: PostcodeRows, areas: Areas): GroundRows {
  function* rows(): Generator<[number: number, latitude: number, longitude: number, area: number]> {
    for (let at = 0; at < all.size; at++) {
      const latitude = all.latitude[at] as number;
      if (all.ended[at] === LIVE && latitude !== NO_POINT)
        yield [all.number[at] as number, latitude, all.longitude[at] as number, all.area[at] as number];
    }
  }
  return { most: all.size, areas: new Map(areas.list.map(({ district }, id) => [id, district])), rows: rows() };
}

/**
 * Draws the map's ground anew where it is not that of the table in force: an import by an earlier version was ended
 * between the two. A table that is swapped in meanwhile brings its own.
 * @param begin told that it will take a few seconds, before it does
 */
export function mendGround(db: Db, begin: () => void): void {
  const before = readSetting(db, POSTCODE_SOURCE);
  const found = kept(db);
  if (!found || found.ground === groundEdition(db)) return;
  begin();
  const ground = groundOfTable(db);
  db.transaction(() => {
    if (readSetting(db, POSTCODE_SOURCE) !== before) return;
    writeGround(db, ground);
    writeSetting(db, POSTCODE_SOURCE, JSON.stringify({ ...found, ground: ground.edition }));
  }).immediate();
}

/** The table in force as an edition, or null where it is empty. */
function readTable(db: Db, areas: Areas, names: Map<string, string>): Edition | null {
  const found = kept(db);
  if (!found) return null;
  const numbers = new Map<number, number>();
  for (const [id, { district, district_name, ward, ward_name }] of postcodeAreas(db)) {
    numbers.set(id, areas.number(district, ward));
    if (district_name !== null && !names.has(district)) names.set(district, district_name);
    if (ward !== null && ward_name !== null && !names.has(ward)) names.set(ward, ward_name);
  }
  const rows = new PostcodeRows(1 << 21);
  for (const [number, latitude, longitude, area, ended] of eachPostcodeRow(db)) {
    const areaNow = area === null ? NO_AREA : (numbers.get(area) ?? NO_AREA);
    rows.add(number, latitude ?? NO_POINT, longitude ?? NO_POINT, areaNow, ended ?? LIVE);
  }
  return { source: found.source, edition: found.edition, rows, complete: new Set(found.complete) };
}

/**
 * A withdrawn postcode keeps the codes of its time. Where no postcode in use has them any more (Northamptonshire's
 * districts of 2014), they would match no area that a service can give, so they are dropped: the ward, or both.
 */
function forgetRetired(rows: PostcodeRows, areas: Areas): void {
  const districts = new Set<string>();
  const wards = new Set<string>();
  for (let at = 0; at < rows.size; at++) {
    const area = areas.list[rows.area[at] as number];
    if (!area || rows.ended[at] !== LIVE) continue;
    districts.add(area.district);
    if (area.ward !== null) wards.add(area.ward);
  }
  // Numbering a new pair lengthens the list, so only those that were there are looked at.
  const now = areas.list
    .slice()
    .map(({ district, ward }) =>
      districts.has(district) ? areas.number(district, ward !== null && wards.has(ward) ? ward : null) : NO_AREA,
    );
  for (let at = 0; at < rows.size; at++) {
    const area = rows.area[at] as number;
    if (area !== NO_AREA && rows.ended[at] !== LIVE) rows.area[at] = now[area] as number;
  }
}
