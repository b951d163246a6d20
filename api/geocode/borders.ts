import type { PlaceKey } from '../domain/place.ts';
import type { PostcodeTable, TablePoint } from '../store/postcodes.ts';
import type { Geography } from './geography.ts';
import { type GeoPoint, metresBetween } from './metres.ts';

/**
 * Which areas lie across a border from a postcode. The point of a postcode is one of its addresses, and its areas are
 * those of that one; where the nearest postcodes are of other areas, some of its addresses may be of them too.
 */

/** Postcodes around one that are looked at. */
const NEIGHBOURS = 4;
/** Places that are remembered: shared cells only, never a searcher's own point. */
const MOST_REMEMBERED = 1000;

type PointKey = Extract<PlaceKey, { kind: 'point' }>;

export class Borders {
  readonly #geography: Geography;
  readonly #table: PostcodeTable;
  readonly #remembered = new Map<string, readonly string[]>();
  #source: string | null = null;

  constructor(geography: Geography, table: PostcodeTable) {
    this.#geography = geography;
    this.#table = table;
  }

  /**
   * The districts and wards across a border from a postcode; of a cell that several share, from any of those that may be
   * meant, so that the answer is the same for all of them and tells none apart.
   * @returns ONS codes, each once; none where the district is not known
   */
  near(key: PointKey): readonly string[] {
    const { sector: part, district } = key;
    if (part === null || district === null || !this.#straddles(part)) return [];
    if (!key.spread_m) return across([key], this.#table.pointsOf(part), key);
    const edition = this.#table.edition();
    if (edition !== this.#source || this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#source = edition;
    const name = `${key.latitude} ${key.longitude} ${part} ${district} ${key.ward}`;
    let codes = this.#remembered.get(name);
    if (codes === undefined) {
      const points = this.#table.pointsOf(part);
      codes = across(points.filter(inCell(key)), points, key);
      this.#remembered.set(name, codes);
    }
    return codes;
  }

  /** Whether a sector or an outcode lies in several districts: elsewhere no border comes near. */
  #straddles(part: string): boolean {
    const known = part.includes(' ') ? this.#geography.sectors.get(part) : this.#geography.outcodes.get(part);
    return (known?.districts.length ?? 0) > 1;
  }
}

/** Postcodes that a cell may stand for: those around its middle that lie in the areas in which all of them do. */
function inCell({ latitude, longitude, district, ward, spread_m = 0 }: PointKey): (point: TablePoint) => boolean {
  // The middle is rounded to about a metre, the spread to ten.
  const reach = spread_m + 2;
  return (point) =>
    point.district === district &&
    (ward === null || point.ward === ward) &&
    metresBetween(point, { latitude, longitude }) <= reach;
}

/** The areas of the nearest neighbours of some points that are of another district. */
function across(points: readonly GeoPoint[], all: readonly TablePoint[], { district, ward }: PointKey): string[] {
  const codes = points.flatMap((point) =>
    all
      .map((other) => ({ other, away: metresBetween(other, point) }))
      .sort((a, b) => a.away - b.away)
      // The nearest of all is the postcode itself.
      .slice(0, NEIGHBOURS + 1)
      .filter(({ other }) => other.district !== null && other.district !== district)
      .flatMap(({ other }) => [other.district, other.ward]),
  );
  return [...new Set(codes)].filter((code): code is string => code !== null && code !== ward);
}
