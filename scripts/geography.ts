/**
 * Makes data/geography from editions of postcodes: `npm run geography -- FOLDER`, where the folder holds Code-Point Open
 * and, beside it, lists of withdrawn postcodes, ONS Postcode Directories, and a districts.csv (code,name) with the names
 * of the ONS. Without a folder: ../shared/postcodes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sectorOf, UNITS_IN_SECTOR } from '../api/domain/postcode-number.ts';
import { combineEditions } from '../api/geocode/import/combine.ts';
import { gather } from '../api/geocode/import/gather.ts';
import { Areas, LIVE, NO_POINT, type PostcodeRows } from '../api/geocode/import/rows.ts';
import { type GeoPoint, middleOfPoints } from '../api/geocode/metres.ts';

const CREDIT = `# Contains OS data © Crown copyright and database right 2025.
# Contains Royal Mail data © Royal Mail copyright and database right 2025.
# Source: Office for National Statistics licensed under the Open Government Licence v3.0.
# Made by scripts/geography.ts; spread_m is the radius in metres around the mean point that holds 90 % of the postcodes.
`;
const NATIONS: Record<string, string> = { E: 'England', W: 'Wales', S: 'Scotland' };

const source = resolve(process.argv[2] ?? join(import.meta.dirname, '../../shared/postcodes'));
const target = join(import.meta.dirname, '../data/geography');

/** Rows with a point, and all rows, that belong to one sector, district or ward. */
class Group {
  points: GeoPoint[] = [];
  districts = new Map<string, number>();
  ended = new Set<number>();
  live = 0;

  take(rows: PostcodeRows, at: number, district: string | null): void {
    if (district) this.districts.set(district, (this.districts.get(district) ?? 0) + 1);
    if (rows.ended[at] === LIVE) this.live++;
    else this.ended.add(rows.ended[at] as number);
    if (rows.latitude[at] === NO_POINT) return;
    this.points.push({
      latitude: (rows.latitude[at] as number) / 1e5,
      longitude: (rows.longitude[at] as number) / 1e5,
    });
  }

  /** latitude,longitude,spread_m; four decimals are 11 m. */
  middle(): string {
    const middle = middleOfPoints(this.points);
    if (!middle) return ',,';
    return `${Number(middle.latitude.toFixed(4))},${Number(middle.longitude.toFixed(4))},${middle.spread_m}`;
  }
}

const groupIn = <Key>(groups: Map<Key, Group>, key: Key): Group => {
  const group = groups.get(key) ?? new Group();
  groups.set(key, group);
  return group;
};

const names = new Map<string, string>();
const districtNames = join(source, 'districts.csv');
if (existsSync(districtNames)) {
  for (const { code, name } of parse(readFileSync(districtNames), { columns: true }) as Record<string, string>[]) {
    // 'Bristol, City of' stands so in an index; people say Bristol.
    if (code && name) names.set(code, name.replace(/, (City|County) of$/, ''));
  }
}
const areas = new Areas();
const { rows } = combineEditions(await gather(source, { areas, names, northernIreland: false }));

const sectors = new Map<number, Group>();
const withdrawn = new Map<number, Group>();
const districts = new Map<string, Group>();
const wards = new Map<string, Group>();
const districtOfWard = new Map<string, string>();
const live: (GeoPoint & { district: string })[] = [];
for (let at = 0; at < rows.size; at++) {
  const sector = Math.floor((rows.number[at] as number) / UNITS_IN_SECTOR);
  const area = areas.list[rows.area[at] as number] ?? null;
  if (rows.ended[at] !== LIVE) {
    groupIn(withdrawn, sector).take(rows, at, null);
    continue;
  }
  groupIn(sectors, sector).take(rows, at, area?.district ?? null);
  if (!area || rows.latitude[at] === NO_POINT) continue;
  groupIn(districts, area.district).take(rows, at, null);
  live.push({
    latitude: (rows.latitude[at] as number) / 1e5,
    longitude: (rows.longitude[at] as number) / 1e5,
    district: area.district,
  });
  if (area.ward === null) continue;
  groupIn(wards, area.ward).take(rows, at, null);
  districtOfWard.set(area.ward, area.district);
}

/** District of the postcode in use that is nearest: where a withdrawn sector lies today. */
function districtAt(point: GeoPoint): string {
  const scale = Math.cos((point.latitude * Math.PI) / 180) ** 2;
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const each of live) {
    const away = (each.latitude - point.latitude) ** 2 + scale * (each.longitude - point.longitude) ** 2;
    if (away < least) [least, best] = [away, each.district];
  }
  return best;
}

const sectorLines = [...sectors].map(([number, group]): [number, string] => {
  const codes = [...group.districts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([code]) => code);
  return [number, `${sectorOf(number)},${group.middle()},${group.live},${codes.join(' ')},`];
});
for (const [number, group] of withdrawn) {
  const mean = middleOfPoints(group.points);
  if (sectors.has(number) || !mean) continue;
  const [month] = group.ended;
  const when =
    group.ended.size === 1 && month ? `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}` : 'unknown';
  sectorLines.push([number, `${sectorOf(number)},${group.middle()},0,${districtAt(mean)},${when}`]);
}

/** Names with a comma stand in quotation marks. */
const field = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const byCode = (groups: Map<string, Group>) => [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
const write = (name: string, header: string, lines: string[]) => {
  const text = `${CREDIT}${header}\n${lines.join('\n')}\n`;
  writeFileSync(join(target, name), text);
  console.log(`${name}: ${lines.length.toLocaleString('en-GB')} rows, ${Math.round(text.length / 1000)} kB`);
};

mkdirSync(target, { recursive: true });
write(
  'sectors.csv',
  'sector,latitude,longitude,spread_m,postcodes,districts,withdrawn',
  sectorLines.sort(([a], [b]) => a - b).map(([, line]) => line),
);
write(
  'districts.csv',
  'code,name,latitude,longitude,spread_m,nation',
  byCode(districts).map(
    ([code, group]) => `${code},${field(names.get(code) ?? code)},${group.middle()},${NATIONS[code[0] ?? ''] ?? ''}`,
  ),
);
write(
  'wards.csv',
  'code,name,district,latitude,longitude,spread_m',
  byCode(wards).map(
    ([code, group]) => `${code},${field(names.get(code) ?? code)},${districtOfWard.get(code)},${group.middle()}`,
  ),
);
