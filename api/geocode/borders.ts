import type { PlaceKey } from '../domain/place.ts';
import type { PostcodeTable, TablePoint } from '../store/postcodes.ts';
import type { Geography, Middle } from './geography.ts';
import { type GeoPoint, metresBetween } from './metres.ts';
import { sectorsAround } from './sectors-around.ts';

/**
 * Which areas lie across a border from a postcode. The point of a postcode is one of its addresses, and its areas are
 * those of that one; where the nearest postcodes are of other areas, some of its addresses may be of them too.
 */

/** Postcodes around one that are looked at. */
const NEIGHBOURS = 4;
/** Sectors around one whose postcodes may be among them. */
const SECTORS = 4;
/** A neighbour lies no farther off than so many times the width that a postcode of the sector has on average. */
const WIDTHS = 2;
/** Of a tenth of its postcodes a sector's spread falls short; some lie as far again. */
const MOST_SPREADS = 2;
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
    if (part === null || district === null) return [];
    if (!key.spread_m) return this.#across(key, part, () => [key]);
    const edition = this.#table.edition();
    if (edition !== this.#source || this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#source = edition;
    const name = `${key.latitude} ${key.longitude} ${part} ${district} ${key.ward}`;
    let codes = this.#remembered.get(name);
    if (codes === undefined) {
      codes = this.#across(key, part, (points) => points.filter(inCell(key)));
      this.#remembered.set(name, codes);
    }
    return codes;
  }

  /** The areas of the nearest neighbours of some points of a sector or outcode that are not those of the key. */
  #across(
    key: PointKey,
    part: string,
    pointsMeant: (points: readonly TablePoint[]) => readonly GeoPoint[],
  ): readonly string[] {
    const reach = WIDTHS * this.#widthIn(part);
    const own = this.#table.pointsOf(part);
    const meant = pointsMeant(own);
    const all = [...own, ...this.#pointsAround(key, part, reach + (key.spread_m ?? 0))];
    const others = meant.flatMap((point) => neighboursOf(point, all, reach));
    const codes = others.flatMap(({ district, ward }) => [district, ward]);
    return [...new Set(codes)].filter(
      (code): code is string => code !== null && code !== key.district && code !== key.ward,
    );
  }

  /** The postcodes of other sectors that reach so near. */
  #pointsAround(point: GeoPoint, part: string, metres: number): TablePoint[] {
    return sectorsAround(point, SECTORS + 1)
      .filter(
        ({ sector: { sector }, away, spread_m }) => !isIn(sector, part) && away <= MOST_SPREADS * spread_m + metres,
      )
      .flatMap(({ sector: { sector } }) => this.#table.pointsOf(sector));
  }

  #widthIn(part: string): number {
    const { sectors, outcodes } = this.#geography;
    const known = part.includes(' ') ? sectors.get(part) : outcodes.get(part);
    if (!known?.middle) return 0;
    const postcodes = 'postcodes' in known ? known.postcodes : known.sectors.reduce((sum, it) => sum + it.postcodes, 0);
    return widthOfPostcode(known.middle, postcodes);
  }
}

/** Metres that a postcode is wide: as if those of a sector or outcode shared its circle evenly. */
export const widthOfPostcode = ({ spread_m }: Middle, postcodes: number): number =>
  (2 * spread_m) / Math.sqrt(Math.max(1, postcodes));

const isIn = (sector: string, part: string): boolean => sector === part || sector.startsWith(`${part} `);

/** Postcodes that a cell may stand for: those around its middle that lie in the areas in which all of them do. */
function inCell({ latitude, longitude, district, ward, spread_m = 0 }: PointKey): (point: TablePoint) => boolean {
  // The middle is rounded to about a metre, the spread to ten.
  const reach = spread_m + 2;
  return (point) =>
    point.district === district &&
    (ward === null || point.ward === ward) &&
    metresBetween(point, { latitude, longitude }) <= reach;
}

function neighboursOf(point: GeoPoint, all: readonly TablePoint[], reach: number): TablePoint[] {
  return (
    all
      .map((other) => ({ other, away: metresBetween(other, point) }))
      .filter(({ away }) => away <= reach)
      .sort((a, b) => a.away - b.away)
      // The nearest of all is the postcode itself.
      .slice(0, NEIGHBOURS + 1)
      .map(({ other }) => other)
  );
}
