import { firstWhere } from '../domain/first-where.ts';
import type { PlaceKey } from '../domain/place.ts';
import type { Db } from '../store/open.ts';
import { type PostcodeTable, postcodeTable } from '../store/postcodes.ts';
import type { Atlas } from './atlas.ts';
import { AT_FIRST, type Member, middleOf } from './cell-division.ts';
import { CellSets } from './cell-sets.ts';
import type { Sector } from './geography.ts';
import { type GeoPoint, metresBetween } from './metres.ts';

/**
 * What a shared address may tell of a postcode. Distances to many listings lead whoever has the link to the point that they
 * are measured from, and sector, council area and ward narrow it further; so a postcode is shared as a cell of at least
 * twenty postcodes in use, and nothing tells one of them from another.
 */

type PointKey = Extract<PlaceKey, { kind: 'point' }>;

/** A cell: what its postcodes agree in, and their middle. */
interface Cell extends GeoPoint {
  /** 'E8 1'; 'E8' where they lie in several of its sectors; null where in several outcodes. */
  part: string | null;
  district: string | null;
  ward: string | null;
  /** Metres from the middle to the farthest of them. */
  spread_m: number;
}

export class SharedCells {
  readonly #atlas: Atlas;
  readonly #table: PostcodeTable;
  readonly #db: Db;
  #sets: CellSets;
  readonly #cells = new Map<string, Cells>();
  /** What stands for sectors and outcodes that have been asked for. */
  readonly #parts = new Map<string, PlaceKey>();
  #source: string | null = null;

  constructor(atlas: Atlas, db: Db) {
    this.#atlas = atlas;
    this.#table = postcodeTable(db);
    this.#db = db;
    this.#sets = new CellSets(db);
  }

  /**
   * The key that may be shared in place of one that names a place. What has a name of its own, as a town has, stays as it is.
   * @returns the key of its cell; where the table knows too few postcodes around it that of its sector, its outcode or its
   *   council area, the first of which has enough
   */
  keyOf(key: PlaceKey): PlaceKey {
    if (key.kind === 'sector' || key.kind === 'outcode') return this.#partOf(key.code);
    if (key.kind !== 'point' || key.spread_m) return key;
    const sector = key.sector ?? this.#atlas.nearestSector(key);
    if (sector === null) return key;
    const cell = this.#around(sector).of(key);
    if (!cell) return this.#partOf(sector);
    const { part, district, ward, latitude, longitude, spread_m } = cell;
    return { kind: 'point', latitude, longitude, sector: part, district, ward, spread_m };
  }

  #partOf(part: string): PlaceKey {
    this.#forgetFormerTable();
    const known = this.#parts.get(part) ?? this.#wideEnough(part);
    this.#parts.set(part, known);
    return known;
  }

  /** The smallest place around a part of a postcode, or that part itself, that has enough postcodes in use. */
  #wideEnough(part: string): PlaceKey {
    const sector = part.includes(' ') ? this.#atlas.sector(part) : null;
    if (sector?.middle && this.#liveIn(sector) >= AT_FIRST) return { kind: 'sector', code: part };
    const [code = part] = part.split(' ');
    const outcode = this.#atlas.outcode(code);
    const live = outcode?.sectors.reduce((sum, each) => sum + this.#liveIn(each), 0) ?? 0;
    if (outcode?.middle && live >= AT_FIRST) return { kind: 'outcode', code };
    const district = [...(sector?.districts ?? []), ...(outcode?.districts ?? [])]
      .map((each): PlaceKey => ({ kind: 'district', code: each }))
      .find((each) => this.#atlas.place(each) !== null);
    return district ?? (outcode?.middle ? { kind: 'outcode', code } : { kind: 'sector', code: part });
  }

  /** Postcodes in use: by the table, where it knows the sector, else by the geography that comes with the program. */
  #liveIn({ sector, postcodes }: Sector): number {
    return this.#atlas.covers(sector) ? this.#table.countOfSector(sector).live : postcodes;
  }

  #forgetFormerTable(): void {
    const edition = this.#table.edition();
    if (edition === this.#source) return;
    this.#source = edition;
    this.#cells.clear();
    this.#parts.clear();
    this.#sets = new CellSets(this.#db);
  }

  /** The cells among which those of a sector are: none where the table knows too few postcodes for any. */
  #around(sector: string): Cells {
    this.#forgetFormerTable();
    const outcode = sector.slice(0, -2);
    let cells = this.#cells.get(outcode);
    if (!cells) {
      cells = new Cells(this.#sets.of(outcode));
      this.#cells.set(outcode, cells);
    }
    return cells;
  }
}

const nameOf = ({ latitude, longitude, sector, district, ward }: Omit<PointKey, 'kind'>): string =>
  `${latitude} ${longitude} ${sector} ${district} ${ward}`;

/** A point as a whole number. Those of postcodes lie on a grid of a hundred thousandths of a degree. */
const numberOf = ({ latitude, longitude }: GeoPoint): number =>
  Math.round((latitude + 90) * 1e5) * 4e7 + Math.round((longitude + 180) * 1e5);

/**
 * Cells, found by the points that they hold. They stay in memory once they have been asked for, so a point takes ten bytes:
 * those of all of Great Britain take some 25 MB, and making those of one outcode takes a hundred times as long as a search.
 */
class Cells {
  readonly #all: readonly Cell[];
  /** Points in ascending order, and beside each which cell holds it. */
  readonly #points: Float64Array;
  readonly #holding: Uint16Array;
  /** Points that several cells hold, by all that tells the postcodes there apart. */
  readonly #named = new Map<string, Cell>();

  constructor(sets: readonly (readonly Member[])[]) {
    this.#all = sets.map(cellOf);
    const held = sets.flatMap((set, at) => set.map((member) => ({ point: numberOf(member), at, member })));
    held.sort((a, b) => a.point - b.point);
    this.#points = Float64Array.from(held, ({ point }) => point);
    this.#holding = Uint16Array.from(held, ({ at }) => at);
    for (const same of Map.groupBy(held, ({ point }) => point).values()) {
      if (same.every(({ at }) => at === same[0]?.at)) continue;
      for (const { member, at } of same) this.#named.set(nameOf(member), this.#all[at]!);
    }
  }

  /**
   * The cell that holds a point. For one that is no postcode in use, the nearest of those that agree with what is known
   * of it; null where there is none at all.
   */
  of(point: PointKey): Cell | null {
    const number = numberOf(point);
    const at = firstWhere(this.#points.length, (each) => this.#points[each]! >= number);
    if (this.#points[at] === number) return this.#named.get(nameOf(point)) ?? this.#all[this.#holding[at]!]!;
    const fitting = this.#all.filter(
      ({ part, district, ward }) =>
        (part === null || point.sector === null || point.sector.startsWith(part)) &&
        (district === null || point.district === null || district === point.district) &&
        (ward === null || point.ward === null || ward === point.ward),
    );
    return nearest(fitting.length > 0 ? fitting : this.#all, point);
  }
}

const nearest = (cells: readonly Cell[], point: GeoPoint): Cell | null =>
  cells.reduce<{ cell: Cell; away: number } | null>((best, cell) => {
    const away = metresBetween(cell, point);
    return best && best.away <= away ? best : { cell, away };
  }, null)?.cell ?? null;

/** What all of them agree in, or null. */
function common<Value>(members: readonly Member[], of: (member: Member) => Value): Value | null {
  const [first] = members;
  const value = first === undefined ? null : of(first);
  return members.every((member) => of(member) === value) ? value : null;
}

/** The cell of a set: what those of it that are in use agree in. */
function cellOf(set: readonly Member[]): Cell {
  const members = set.filter(({ isLive }) => isLive);
  const middle = middleOf(members);
  const farthest = members.reduce((most, point) => Math.max(most, metresBetween(middle, point)), 0);
  return {
    ...middle,
    part: common(members, ({ sector }) => sector) ?? common(members, ({ outcode }) => outcode),
    district: common(members, ({ district }) => district),
    ward: common(members, ({ ward }) => ward),
    spread_m: Math.max(10, Math.ceil(farthest / 10) * 10),
  };
}
