import { firstWhere } from '../domain/first-where.ts';
import type { PlaceKey } from '../domain/place.ts';
import type { Box, PostcodeTable, TablePoint } from '../store/postcodes.ts';
import type { Geography, Middle } from './geography.ts';
import { boxAround, type GeoPoint, metresBetween } from './metres.ts';
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
/** The middle of a cell is rounded to about a metre, its spread to ten. */
const ROUNDED = 2;
/** Places that are remembered: shared cells only, never a searcher's own point. Great Britain has about so many. */
const MOST_REMEMBERED = 60_000;

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
    if (!key.spread_m) return this.#across(key, part);
    const edition = this.#table.edition();
    if (edition !== this.#source || this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#source = edition;
    const name = `${key.latitude} ${key.longitude} ${part} ${district} ${key.ward}`;
    let codes = this.#remembered.get(name);
    if (codes === undefined) {
      codes = this.#across(key, part);
      this.#remembered.set(name, codes);
    }
    return codes;
  }

  /** The areas, other than those of the key, of the nearest neighbours of each postcode that may be meant. */
  #across(key: PointKey, part: string): readonly string[] {
    const reach = WIDTHS * this.#widthIn(part);
    const spread = key.spread_m ? key.spread_m + ROUNDED : 0;
    const box = boxAround(key, spread + reach);
    const own = this.#table.pointsIn(part, box);
    const meant = key.spread_m ? own.filter(inCell(key, spread)) : [key];
    const all = [...own, ...this.#pointsAround(key, part, spread + reach, box)];
    all.sort((a, b) => a.latitude - b.latitude);
    const codes = meant
      .flatMap((point) => neighboursOf(point, all, reach))
      .flatMap(({ district, ward }) => [district, ward]);
    return [...new Set(codes)].filter(
      (code): code is string => code !== null && code !== key.district && code !== key.ward,
    );
  }

  /** The postcodes of other sectors that reach so near. */
  #pointsAround(point: GeoPoint, part: string, metres: number, box: Box): TablePoint[] {
    return sectorsAround(point, SECTORS + 1)
      .filter(
        ({ sector: { sector }, away, spread_m }) => !isIn(sector, part) && away <= MOST_SPREADS * spread_m + metres,
      )
      .flatMap(({ sector: { sector } }) => this.#table.pointsIn(sector, box));
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
function inCell({ latitude, longitude, district, ward }: PointKey, spread: number): (point: TablePoint) => boolean {
  return (point) =>
    point.district === district &&
    (ward === null || point.ward === ward) &&
    metresBetween(point, { latitude, longitude }) <= spread;
}

/** @param all from the south to the north */
function neighboursOf(point: GeoPoint, all: readonly TablePoint[], reach: number): TablePoint[] {
  const { south, north } = boxAround(point, reach);
  const near: { other: TablePoint; away: number }[] = [];
  for (let at = firstWhere(all.length, (each) => all[each]!.latitude >= south); at < all.length; at++) {
    const other = all[at]!;
    if (other.latitude > north) break;
    const away = metresBetween(other, point);
    if (away <= reach) near.push({ other, away });
  }
  near.sort((a, b) => a.away - b.away);
  // The nearest of all is the postcode itself.
  return near.slice(0, NEIGHBOURS + 1).map(({ other }) => other);
}
