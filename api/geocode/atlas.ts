import type { Area, Place, PlaceKey } from '../domain/place.ts';
import { postcodeAreaOf } from '../domain/postcode.ts';
import type { PostcodeTable } from '../store/postcodes.ts';
import { Borders } from './borders.ts';
import type { Geography, Outcode, Sector } from './geography.ts';
import { type GeoPoint, metresBetween, middleOfPoints } from './metres.ts';
import { sectorsAround } from './sectors-around.ts';
import { type DirectoryTown, WidePlaces } from './wide-places.ts';

/** Metres beyond twice the spread of the nearest sector at which a point is at sea or in another country. */
const FAR = 20_000;

/** Turns codes into places: by the table of postcodes where it knows, else by the built-in geography. */
export class Atlas {
  readonly geography: Geography;
  readonly #table: PostcodeTable;
  readonly #wide: WidePlaces;
  readonly #borders: Borders;

  constructor(geography: Geography, table: PostcodeTable, towns: () => DirectoryTown[]) {
    this.geography = geography;
    this.#table = table;
    this.#borders = new Borders(geography, table);
    this.#wide = new WidePlaces(geography, (codes) => this.#areas(codes), towns);
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
      default:
        return this.#wide.place(key.kind, key.code);
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
    const bordering = this.#borders.near(key);
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
      ...(bordering.length > 0 && { bordering }),
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
    const around = sectorsAround(point);
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
}
