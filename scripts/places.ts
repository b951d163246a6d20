/**
 * Makes data/geography/places.csv: `npm run places -- GEONAMES [FOLDER]`, where GEONAMES is a table of GeoNames in its own
 * layout (cities500.txt, or GB.txt), and FOLDER holds Code-GeoPoint Open, for telling which district a place lies in. Suburbs
 * and villages of data/geography/localities.csv are added. Without a folder: ../shared/postcodes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sectorOf, UNITS_IN_SECTOR } from '../api/domain/postcode-number.ts';
import { combineEditions } from '../api/geocode/import/combine.ts';
import { gather } from '../api/geocode/import/gather.ts';
import { Areas, LIVE, NO_POINT } from '../api/geocode/import/rows.ts';
import { type GeoPoint, metresBetween, middleOfPoints } from '../api/geocode/metres.ts';
import { fold } from '../api/geocode/place-name.ts';

const CREDIT = `# Contains data of GeoNames (https://www.geonames.org), licensed under CC BY 4.0; changed: a selection, with districts added.
# Districts: Contains OS data © Crown copyright and database right 2025. Contains Royal Mail data © Royal Mail copyright and
# database right 2025. Source: Office for National Statistics licensed under the Open Government Licence v3.0.
# Made by scripts/places.ts. population is empty where nobody counts it; places with a number for their id are of GeoNames.
`;
const GEOGRAPHY = join(import.meta.dirname, '../data/geography');
/** Metres within which two places of one name are one place that two lists hold. */
const SAME_PLACE = 3000;
/** Metres from a place to the postcode that is nearest to it, at most: what is farther off lies in another country. */
const FAR = 15_000;

interface PlaceRow extends GeoPoint {
  id: string;
  name: string;
  also: string[];
  population: number;
  district: string;
}

const [given, folder] = process.argv.slice(2);
if (given === undefined) throw new Error('Say which table of GeoNames: `npm run places -- cities500.txt`.');

/** Postcodes in use, in cells of a twentieth of a degree. */
const cells = new Map<string, (GeoPoint & { sector: string; district: string })[]>();
const cellOf = ({ latitude, longitude }: GeoPoint, up = 0, right = 0): string =>
  `${Math.floor(latitude * 20) + up},${Math.floor(longitude * 20) + right}`;
const areas = new Areas();
const source = resolve(folder ?? join(import.meta.dirname, '../../shared/postcodes'));
const { rows } = combineEditions(await gather(source, { areas, names: new Map(), northernIreland: false }));
for (let at = 0; at < rows.size; at++) {
  const area = areas.list[rows.area[at] as number];
  if (rows.ended[at] !== LIVE || rows.latitude[at] === NO_POINT || !area) continue;
  const point = { latitude: (rows.latitude[at] as number) / 1e5, longitude: (rows.longitude[at] as number) / 1e5 };
  const postcode = {
    ...point,
    sector: sectorOf(Math.floor((rows.number[at] as number) / UNITS_IN_SECTOR)),
    district: area.district,
  };
  const cell = cells.get(cellOf(point));
  if (cell) cell.push(postcode);
  else cells.set(cellOf(point), [postcode]);
}

/** The postcode in use that is nearest, or null where none is near. */
function nearestPostcode(point: GeoPoint): { sector: string; district: string } | null {
  let best: { sector: string; district: string } | null = null;
  let least = FAR;
  for (let up = -3; up <= 3; up++)
    for (let right = -5; right <= 5; right++)
      for (const postcode of cells.get(cellOf(point, up, right)) ?? []) {
        const away = metresBetween(point, postcode);
        if (away < least) [least, best] = [away, postcode];
      }
  return best;
}

/** Letters that neither a Welsh nor a Gaelic name has: what holds one is the place as some third language writes it. */
const FOREIGN: Record<string, RegExp> = { WLS: /[jkqvxz]/i, SCT: /[jkqvwxyz]/i };
/** 'Caerdydd' is a name; the abbreviation CWL and a name in other letters are none. */
const isName = (name: string): boolean => /^\p{Lu}[\p{Script=Latin}' -]{2,}$/u.test(name) && /\p{Ll}/u.test(name);

/**
 * The places of a table of GeoNames: https://download.geonames.org/export/dump/readme.txt says what its columns are. Other
 * names are kept in Wales and Scotland alone, where they are those of a language of the country.
 */
function geoNamesPlaces(text: string): PlaceRow[] {
  return text.split('\n').flatMap((line): PlaceRow[] => {
    const [id, name, , also, latitude, longitude, kind, , country, , part, , , , population] = line.split('\t');
    if (!id || !name || country !== 'GB' || kind !== 'P') return [];
    const point = { latitude: Number(latitude), longitude: Number(longitude) };
    const district = part === 'NIR' ? 'N' : nearestPostcode(point)?.district;
    if (district === undefined) return [];
    const foreign = FOREIGN[part ?? ''];
    const others = foreign ? (also ?? '').split(',').filter((other) => isName(other) && !foreign.test(other)) : [];
    const folded = new Set([fold(name)]);
    const kept = others.filter((other) => !folded.has(fold(other)) && folded.add(fold(other)));
    return [{ id, name, also: kept, ...point, population: Number(population), district }];
  });
}

const isPart = (sector: string, part: string): boolean =>
  sector === part || sector.startsWith(`${part} `) || (/\d$/.test(part) && new RegExp(`^${part}[A-Z] `).test(sector));

function localities(): PlaceRow[] {
  const table = parse(readFileSync(join(GEOGRAPHY, 'localities.csv')), { columns: true, comment: '#' });
  const faults: string[] = [];
  const found = (table as Record<string, string>[]).flatMap(({ name = '', part = '', latitude, longitude }) => {
    const parts = part.split(';');
    const inside = [...cells.values()].flat().filter(({ sector }) => parts.some((each) => isPart(sector, each)));
    const point = latitude ? { latitude: Number(latitude), longitude: Number(longitude) } : middleOfPoints(inside);
    const nearest = point && nearestPostcode(point);
    if (!nearest || !parts.some((each) => isPart(nearest.sector, each))) {
      faults.push(`${name} lies nearest to ${nearest?.sector ?? 'nothing'}, which is not of ${part}.`);
      return [];
    }
    const id = `${part.split(/[ ;]/)[0]}-${fold(name)}`.toLowerCase().replaceAll(' ', '-');
    const { latitude: north, longitude: east } = point;
    return { id, name, also: [], latitude: north, longitude: east, population: 0, district: nearest.district };
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return found;
}

/** Each place once: of two that have one name and lie together, the larger. */
function once(places: PlaceRow[]): PlaceRow[] {
  const byName = new Map<string, PlaceRow[]>();
  for (const place of places.toSorted((a, b) => b.population - a.population)) {
    const others = byName.get(fold(place.name)) ?? [];
    if (others.some((other) => metresBetween(other, place) < SAME_PLACE)) continue;
    byName.set(fold(place.name), [...others, place]);
  }
  return [...byName.values()].flat();
}

const field = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const places = once([...geoNamesPlaces(readFileSync(resolve(given), 'utf8')), ...localities()]);
const lines = places
  .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.id.localeCompare(b.id))
  .map(({ id, name, also, latitude, longitude, population, district }) =>
    [id, name, also.join(';'), latitude.toFixed(4), longitude.toFixed(4), population || '', district]
      .map((each) => field(String(each)))
      .join(','),
  );
const text = `${CREDIT}id,name,also,latitude,longitude,population,district\n${lines.join('\n')}\n`;
writeFileSync(join(GEOGRAPHY, 'places.csv'), text);
console.log(`places.csv: ${lines.length.toLocaleString('en-GB')} rows, ${Math.round(text.length / 1000)} kB`);
