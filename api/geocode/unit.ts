import type { Geocoding, PlaceKey } from '../domain/place.ts';
import type { TypedPostcode } from '../domain/postcode.ts';
import type { PostcodeTable } from '../store/postcodes.ts';
import type { Atlas } from './atlas.ts';
import type { Middle } from './geography.ts';

type Unit = Extract<TypedPostcode, { kind: 'unit' }>;

/** Finds postcodes, sectors and outcodes by the table and the built-in geography alone. */
export class UnitLocator {
  readonly #atlas: Atlas;
  readonly #table: PostcodeTable;

  constructor(atlas: Atlas, table: PostcodeTable) {
    this.#atlas = atlas;
    this.#table = table;
  }

  /** A whole postcode. */
  locate({ postcode, sector, outcode }: Unit): Geocoding {
    const row = this.#table.find(postcode);
    if (!row) return this.#lacking(sector, outcode);
    const { latitude, longitude, district, ward, ended } = row;
    if (latitude === null || longitude === null) {
      if (ended !== null) return this.#withdrawn(ended, { kind: 'sector', code: sector });
      return { outcome: 'no_point', reason: 'no_coordinates', nearby: this.nearby([sector, outcode]) };
    }
    const key: PlaceKey = { kind: 'point', latitude, longitude, sector, district, ward };
    if (ended !== null) return this.#withdrawn(ended, key);
    const place = this.#atlas.place(key);
    return place ? { outcome: 'found', place, key } : { outcome: 'unknown', nearby: null };
  }

  /** A postcode that is not in the table: unknown where the table has its sector, else as good as the sector. */
  #lacking(sector: string, outcode: string): Geocoding {
    if (this.#atlas.covers(sector)) return { outcome: 'unknown', nearby: this.nearby([sector, outcode]) };
    return this.sector(sector, 'table') ?? { outcome: 'unknown', nearby: this.nearby([outcode]) };
  }

  /** A sector, typed as such or as all that is known of a postcode; null where it does not exist. */
  sector(code: string, why: 'typed' | 'table'): Geocoding | null {
    const sector = this.#atlas.sector(code);
    return sector && this.#part({ kind: 'sector', code }, sector.ended, sector.middle, why);
  }

  /** An outcode; null where it does not exist. */
  outcode(code: string): Geocoding | null {
    const outcode = this.#atlas.outcode(code);
    if (!outcode) return null;
    const ends = new Set(outcode.sectors.map(({ ended }) => ended ?? ''));
    const ended = outcode.live ? null : ends.size === 1 ? ([...ends][0] ?? '') : '';
    return this.#part({ kind: 'outcode', code }, ended, outcode.middle, 'typed');
  }

  #part(key: PlaceKey, ended: string | null, middle: Middle | null, why: 'typed' | 'table'): Geocoding {
    if (ended !== null) return this.#withdrawn(ended, key);
    const place = middle && this.#atlas.place(key);
    if (!place) {
      const nearby = key.kind === 'sector' ? this.nearby([key.code.slice(0, -2)]) : null;
      return { outcome: 'no_point', reason: 'no_coordinates', nearby };
    }
    return { outcome: 'approximate', why, place, key };
  }

  /** @param ended 'YYYY-MM', or '' where nobody knows when */
  #withdrawn(ended: string, key: PlaceKey): Geocoding {
    const place = this.#atlas.place(key);
    return { outcome: 'terminated', since: ended || null, place, key: place && key };
  }

  /** The first of these sectors and outcodes that is in use and has a middle, to be offered in place of what is not known. */
  nearby(codes: string[]): { label: string; key: PlaceKey } | null {
    for (const code of codes) {
      const part = code.includes(' ') ? this.#atlas.sector(code) : this.#atlas.outcode(code);
      const gone = part && ('live' in part ? !part.live : part.ended !== null);
      if (!part?.middle || gone) continue;
      return { label: code, key: { kind: code.includes(' ') ? 'sector' : 'outcode', code } };
    }
    return null;
  }
}
