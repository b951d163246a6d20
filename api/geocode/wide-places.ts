import type { Area, Place, PlaceKey } from '../domain/place.ts';
import { gazetteer } from './gazetteer.ts';
import { type Geography, type Middle, middleOfSectors, type Sector } from './geography.ts';
import { countyKey, searchableCounties } from './larger-areas.ts';
import type { GeoPoint } from './metres.ts';
import { fold } from './place-name.ts';
import { sectorsTouching, sectorsWhere } from './sectors-around.ts';

/** Wards, districts, towns and counties as places to search from: what is part of no one outcode. */

/** A town as the directory's own venues show it. */
export interface DirectoryTown extends GeoPoint {
  name: string;
  count: number;
}

type WideKind = Extract<PlaceKey['kind'], 'ward' | 'district' | 'town' | 'county'>;

/**
 * Metres around a town's mean point that count as the town, where the gazetteer lacks it. The directory knows only its own
 * venues there, which say nothing of where the town ends; 3 km is the built-up radius of a town of about 100,000.
 */
const TOWN_SPREAD = 3000;
/** Places that are remembered. */
const MOST_REMEMBERED = 1000;

/** What a town is called: with its district, unless that says no more. */
export const townLabel = ({ name }: { name: string }, district: string): string =>
  ` ${fold(district)} `.includes(` ${fold(name)} `) ? name : `${name}, ${district}`;

/** Makes places of the codes of wide areas. */
export class WidePlaces {
  readonly #geography: Geography;
  readonly #areas: (codes: readonly string[]) => Area[];
  readonly #towns: () => DirectoryTown[];
  readonly #remembered = new Map<string, Place>();
  #wardsOf: Map<string, Area[]> | null = null;

  /** @param areas names districts by their codes */
  constructor(geography: Geography, areas: (codes: readonly string[]) => Area[], towns: () => DirectoryTown[]) {
    this.#geography = geography;
    this.#areas = areas;
    this.#towns = towns;
  }

  /** The place, or null where its code means nothing here (any more). */
  place(kind: WideKind, code: string): Place | null {
    const key = `${kind} ${code}`;
    const known = this.#remembered.get(key);
    if (known) return known;
    const place = this.#made(kind, code);
    // The middle of a town of the directory moves with its venues.
    if (place && (kind !== 'town' || gazetteer().byId.has(code))) {
      if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
      this.#remembered.set(key, place);
    }
    return place;
  }

  #made(kind: WideKind, code: string): Place | null {
    switch (kind) {
      case 'ward':
        return this.#ward(code);
      case 'district':
        return this.#district(code);
      case 'town':
        return this.#town(code);
      case 'county':
        return this.#county(code);
    }
  }

  #ward(code: string): Place | null {
    const ward = this.#geography.wards.get(code);
    if (!ward) return null;
    const districts = this.#areas([ward.district]);
    const label = `${ward.name}, ${districts[0]?.name}`;
    const sectors = sectorsTouching(ward.middle, ward.middle.spread_m).map(({ sector }) => sector);
    return wide(label, ward.middle, 'ward', districts, [{ code, name: ward.name }], sectors);
  }

  #district(code: string): Place | null {
    const district = this.#geography.districts.get(code);
    if (!district) return null;
    this.#wardsOf ??= Map.groupBy(this.#geography.wards.values(), (ward) => ward.district) as Map<string, Area[]>;
    const wards = (this.#wardsOf.get(code) ?? []).map((ward) => ({ code: ward.code, name: ward.name }));
    const sectors = sectorsWhere((_, { districts }) => districts.includes(code));
    return wide(district.name, district.middle, 'district', this.#areas([code]), wards, sectors);
  }

  /** A town of the gazetteer, or of the directory. */
  #town(code: string): Place | null {
    const known = gazetteer().byId.get(code);
    if (known) {
      const [district] = this.#areas([known.district]);
      return this.#around(townLabel(known, district?.name ?? ''), known, [known.district]);
    }
    const town = this.#towns().find((each) => each.name === code);
    return town ? this.#around(code, { ...town, spread_m: TOWN_SPREAD }, []) : null;
  }

  #around(label: string, { latitude, longitude, spread_m }: Middle, own: readonly string[]): Place {
    const touching = sectorsTouching({ latitude, longitude }, spread_m);
    const inside = touching.filter(({ away }, index) => index === 0 || away <= spread_m);
    const districts = [...new Set([...own, ...inside.flatMap(({ sector }) => sector.districts)])];
    const sectors = touching.map(({ sector }) => sector);
    return wide(label, { latitude, longitude, spread_m }, 'town', this.#areas(districts), null, sectors);
  }

  #county(key: string): Place | null {
    const county = searchableCounties().find((each) => countyKey(each) === key);
    if (!county) return null;
    const { label, districts } = county;
    const sectors = sectorsWhere((_, sector) => sector.districts.some((code) => districts.includes(code)));
    const middle = middleOfSectors(sectors.filter(({ districts: [first = ''] }) => districts.includes(first)));
    return middle && wide(label, middle, 'county', this.#areas(districts), null, sectors);
  }
}

const wide = (
  label: string,
  middle: Middle,
  precision: Place['precision'],
  districts: Area[],
  wards: Area[] | null,
  sectors: readonly Sector[],
): Place => ({
  label,
  ...middle,
  precision,
  outcode: null,
  sector: null,
  districts,
  wards,
  sectors: sectors.map(({ sector }) => sector),
});
