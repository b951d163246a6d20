import type { Area, Place, PlaceKey } from '../domain/place.ts';
import { postcodeAreaOf } from '../domain/postcode.ts';
import type { PostcodeTable } from '../store/postcodes.ts';
import type { Geography, Middle, Outcode, Sector } from './geography.ts';
import { type GeoPoint, metresBetween, middleOfPoints } from './metres.ts';

/** A town, as the directory's own venues show it. */
export interface DirectoryTown extends GeoPoint {
  name: string;
  count: number;
}

/**
 * Metres around a town's mean point that count as the town. The directory knows only its own venues there, which say
 * nothing of where the town ends; 3 km is the built-up radius of a town of about 100,000.
 */
const TOWN_SPREAD = 3000;

/** Metres beyond twice the spread of the nearest sector at which a point is at sea or in another country. */
const FAR = 20_000;

/** Turns codes into places: by the table of postcodes where it knows, else by the built-in geography. */
export class Atlas {
  readonly geography: Geography;
  readonly #table: PostcodeTable;
  readonly #towns: () => DirectoryTown[];
  #wardsOf: Map<string, Area[]> | null = null;
  #byLatitude: { sector: Sector; middle: Middle }[] | null = null;

  constructor(geography: Geography, table: PostcodeTable, towns: () => DirectoryTown[]) {
    this.geography = geography;
    this.#table = table;
    this.#towns = towns;
  }

  /** A sector that exists or did, from the built-in geography or, where it is newer than that, from the table. */
  sector(code: string): Sector | null {
    const known = this.geography.sectors.get(code);
    if (known) return known;
    const areas = this.#table.areasOf(code);
    if (areas.length === 0) return null;
    const postcodes = areas.reduce((sum, { count }) => sum + count, 0);
    const districts = [...new Set(areas.flatMap(({ district }) => district ?? []))];
    const middle = middleOfPoints(this.#table.pointsOf(code));
    return { sector: code, outcode: code.slice(0, -2), middle, postcodes, districts, ended: null };
  }

  /** An outcode that exists or did, likewise. */
  outcode(code: string): Outcode | null {
    const known = this.geography.outcodes.get(code);
    if (known) return known;
    const areas = this.#table.areasOf(code);
    if (areas.length === 0) return null;
    const districts = [...new Set(areas.flatMap(({ district }) => district ?? []))];
    return { outcode: code, sectors: [], middle: middleOfPoints(this.#table.pointsOf(code)), districts, live: true };
  }

  /** Outcodes in use whose letters are these, in the order of their numbers: 'E' gives E1, E1W, E2 … */
  outcodesOfArea(area: string): string[] {
    return [...this.geography.outcodes.values()]
      .filter(({ outcode, live, middle }) => live && middle && postcodeAreaOf(outcode) === area)
      .map(({ outcode }) => outcode)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }

  /** Whether the table knows this sector, so that a postcode it lacks there does not exist. */
  covers(code: string): boolean {
    const { live } = this.#table.countOfSector(code);
    // Half of them: a newer edition lacks a few, and a sample has only a few.
    return live > 0 && live >= (this.geography.sectors.get(code)?.postcodes ?? 0) / 2;
  }

  name(code: string): string {
    return (
      this.geography.districts.get(code)?.name ??
      this.geography.wards.get(code)?.name ??
      this.#table.nameOf(code) ??
      code
    );
  }

  /** The place behind a key, or null where its code means nothing here (any more). */
  place(key: PlaceKey): Place | null {
    switch (key.kind) {
      case 'point':
        return this.#point(key);
      case 'sector':
        return this.#part(this.sector(key.code), key.code, 'sector');
      case 'outcode':
        return this.#part(this.outcode(key.code), key.code, 'outcode');
      case 'ward':
        return this.#ward(key.code);
      case 'district':
        return this.#district(key.code);
      case 'town':
        return this.#town(key.code);
    }
  }

  #areas = (codes: readonly string[]): Area[] => codes.map((code) => ({ code, name: this.name(code) }));

  /** A postcode's point; where the sector is not given, as when a device says where it is, that of the nearest postcode. */
  #point(key: Extract<PlaceKey, { kind: 'point' }>): Place | null {
    if (key.sector === null) return this.#somewhere(key);
    const { sector: code, latitude, longitude, spread_m = 0 } = key;
    const isSector = code.includes(' ');
    // Some postcodes have a point and no district (B29 6XE), and some cells lie in several: it is one of its sector's.
    const districts = key.district
      ? [key.district]
      : ((isSector ? this.sector(code) : this.outcode(code))?.districts ?? []);
    return {
      label: code,
      latitude,
      longitude,
      precision: 'postcode',
      spread_m,
      outcode: isSector ? code.slice(0, -2) : code,
      sector: isSector ? code : null,
      districts: this.#areas(districts),
      wards: key.ward ? this.#areas([key.ward]) : null,
    };
  }

  #somewhere({ latitude, longitude, spread_m = 0 }: GeoPoint & { spread_m?: number }): Place | null {
    const nearest = this.#nearestPostcode({ latitude, longitude });
    if (!nearest) return null;
    const { sector, district, ward } = nearest;
    return {
      label: `near ${sector.sector}`,
      latitude,
      longitude,
      precision: 'postcode',
      spread_m,
      outcode: sector.outcode,
      sector: sector.sector,
      districts: this.#areas(district ? [district] : sector.districts),
      wards: ward ? this.#areas([ward]) : null,
    };
  }

  /** The sector of the postcode that is nearest to a point; null at sea and abroad. */
  nearestSector(point: GeoPoint): string | null {
    return this.#nearestPostcode(point)?.sector.sector ?? null;
  }

  #nearestPostcode(point: GeoPoint): { sector: Sector; district: string | null; ward: string | null } | null {
    const around = this.#sectorsAround(point);
    const [first] = around;
    if (!first || first.away > FAR + 2 * first.spread_m) return null;
    const nearest = around
      .flatMap(({ sector }) => this.#table.pointsOf(sector.sector).map((each) => ({ ...each, sector })))
      .map((each) => ({ ...each, away: metresBetween(each, point) }))
      .reduce<{ away: number; sector: Sector; district: string | null; ward: string | null } | null>(
        (best, each) => (best && best.away <= each.away ? best : each),
        null,
      );
    return nearest ?? { sector: first.sector, district: null, ward: null };
  }

  #part(part: Sector | Outcode | null, code: string, precision: 'sector' | 'outcode'): Place | null {
    if (!part?.middle) return null;
    const areas = this.#table.areasOf(code);
    const counted = areas.reduce((sum, { count }) => sum + count, 0);
    const expected = 'postcodes' in part ? part.postcodes : part.sectors.reduce((sum, each) => sum + each.postcodes, 0);
    const known = counted > 0 && counted >= expected / 2;
    const unique = (codes: (string | null)[]) => [...new Set(codes.filter((each) => each !== null))];
    return {
      label: code,
      ...part.middle,
      precision,
      outcode: part.outcode,
      sector: precision === 'sector' ? code : null,
      districts: this.#areas(known ? unique(areas.map(({ district }) => district)) : part.districts),
      wards: known ? this.#areas(unique(areas.map(({ ward }) => ward))) : null,
    };
  }

  #ward(code: string): Place | null {
    const ward = this.geography.wards.get(code);
    if (!ward) return null;
    const district = { code: ward.district, name: this.name(ward.district) };
    const label = `${ward.name}, ${district.name}`;
    return this.#wide(label, ward.middle, 'ward', [district], [{ code, name: ward.name }]);
  }

  #district(code: string): Place | null {
    const district = this.geography.districts.get(code);
    if (!district) return null;
    this.#wardsOf ??= Map.groupBy(this.geography.wards.values(), (ward) => ward.district) as Map<string, Area[]>;
    const wards = (this.#wardsOf.get(code) ?? []).map((ward) => ({ code: ward.code, name: ward.name }));
    return this.#wide(district.name, district.middle, 'district', [{ code, name: district.name }], wards);
  }

  #town(name: string): Place | null {
    const town = this.#towns().find((each) => each.name === name);
    if (!town) return null;
    const [nearest, ...others] = this.#sectorsAround(town, 400);
    const near = others.filter(({ away }) => away <= TOWN_SPREAD);
    const districts = [...new Set([nearest, ...near].flatMap((each) => each?.sector.districts ?? []))];
    const middle = { latitude: town.latitude, longitude: town.longitude, spread_m: TOWN_SPREAD };
    return this.#wide(name, middle, 'town', this.#areas(districts), null);
  }

  #wide(label: string, middle: Middle, precision: Place['precision'], districts: Area[], wards: Area[] | null): Place {
    return { label, ...middle, precision, outcode: null, sector: null, districts, wards };
  }

  /**
   * The sectors in use whose middles are nearest to a point, the nearest first. Boxes are looked at, each larger than the
   * one before, until all that are wanted lie no farther off than the box reaches.
   */
  #sectorsAround(point: GeoPoint, count = 12): { sector: Sector; away: number; spread_m: number }[] {
    this.#byLatitude ??= [...this.geography.sectors.values()]
      .flatMap((sector) => (sector.middle && sector.ended === null ? [{ sector, middle: sector.middle }] : []))
      .sort((a, b) => a.middle.latitude - b.middle.latitude);
    const sectors = this.#byLatitude;
    let found: { sector: Sector; away: number; spread_m: number }[] = [];
    for (const { high, wide } of BOXES) {
      found = [];
      for (let at = firstFrom(sectors, point.latitude - high); at < sectors.length; at++) {
        const { sector, middle } = sectors[at]!;
        if (middle.latitude > point.latitude + high) break;
        if (Math.abs(middle.longitude - point.longitude) > wide) continue;
        found.push({ sector, away: metresBetween(point, middle), spread_m: middle.spread_m });
      }
      found.sort((a, b) => a.away - b.away);
      if ((found[count - 1]?.away ?? Number.POSITIVE_INFINITY) <= high * METRES_IN_DEGREE) break;
    }
    return found.slice(0, count);
  }
}

/**
 * Degrees of latitude, and of longitude that are at least as far anywhere south of 61 degrees north. Half a degree of
 * latitude is 56 km, and no use measuring further.
 */
const BOXES = [
  { high: 0.02, wide: 0.042 },
  { high: 0.1, wide: 0.21 },
  { high: 0.5, wide: 360 },
];
/** A little less than there are in a degree of latitude. */
const METRES_IN_DEGREE = 111_000;

/** The first of the sectors that lies no farther south. */
function firstFrom(sectors: readonly { middle: GeoPoint }[], latitude: number): number {
  let low = 0;
  let high = sectors.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sectors[middle]!.middle.latitude < latitude) low = middle + 1;
    else high = middle;
  }
  return low;
}
