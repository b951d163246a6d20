import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../../api/domain/place.ts';
import { geography } from '../../api/geocode/geography.ts';
import { type Db, openStore } from '../../api/store/open.ts';
import { eachPostcode } from '../../api/store/postcodes.ts';
import type { Random } from '../api/search/random.ts';

/** Where generated listings and searchers are: as people are, but with a third of everything in London. */

const DATABASE = join(import.meta.dirname, '../..', process.env['DATABASE'] ?? 'data/signpost.sqlite');
const SHARE_IN_LONDON = 1 / 3;

export interface Spot {
  latitude: number;
  longitude: number;
  sector: string;
  district: string;
}

export interface Ground {
  /** What the points are, for the report. */
  source: string;
  spot(random: Random, where?: 'london' | 'elsewhere'): Spot;
  place(spot: Spot): Place;
}

const inLondon = (district: string) => district.startsWith('E09');

/** Real postcode points where the table is filled, else points around the middles of the built-in sectors. */
export function readGround(): Ground {
  const { districts } = geography();
  const spots = fromTable();
  const source = spots.length > 0 ? `${spots.length} postcode points` : 'points around the built-in sectors';
  const all = spots.length > 0 ? spots : aroundSectors();
  const london = all.filter((spot) => inLondon(spot.district));
  const elsewhere = all.filter((spot) => !inLondon(spot.district));
  return {
    source,
    spot: (random, where = random.chance(SHARE_IN_LONDON) ? 'london' : 'elsewhere') =>
      random.pick(where === 'london' ? london : elsewhere),
    place: ({ latitude, longitude, sector, district }) => ({
      label: sector,
      latitude,
      longitude,
      precision: 'postcode',
      spread_m: 0,
      outcode: sector.slice(0, -2),
      sector,
      districts: [{ code: district, name: districts.get(district)?.name ?? district }],
      wards: null,
    }),
  };
}

/** The database of this directory, where there is one with postcodes in it. */
export function openTable(): Db | null {
  if (!existsSync(DATABASE)) return null;
  const db = openStore(DATABASE);
  const postcodes = eachPostcode(db);
  const isEmpty = postcodes.next().done;
  postcodes.return(undefined);
  if (!isEmpty) return db;
  db.close();
  return null;
}

function fromTable(): Spot[] {
  const db = openTable();
  if (!db) return [];
  const spots: Spot[] = [];
  for (const { latitude, longitude, sector, district } of eachPostcode(db))
    if (district !== null) spots.push({ latitude, longitude, sector, district });
  db.close();
  return spots;
}

/** As many points in each sector as it has postcodes, up to a tenth of them: a hundred and seventy thousand. */
function aroundSectors(): Spot[] {
  const spots: Spot[] = [];
  for (const { sector, middle, postcodes, districts } of geography().sectors.values()) {
    const [district] = districts;
    if (!middle || postcodes === 0 || district === undefined) continue;
    const count = Math.ceil(postcodes / 10);
    for (let n = 0; n < count; n++) {
      // Sunflower: even without chance, nine tenths within the spread.
      const away = (middle.spread_m / 111_195) * Math.sqrt((n + 0.5) / (count * 0.9));
      const angle = n * 2.399963;
      const latitude = middle.latitude + away * Math.sin(angle);
      const longitude = middle.longitude + (away * Math.cos(angle)) / Math.cos((latitude * Math.PI) / 180);
      spots.push({ latitude, longitude, sector, district });
    }
  }
  return spots;
}
