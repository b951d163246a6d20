import type { PlaceKey } from '../domain/place.ts';
import type { PostcodeTable, TablePoint } from '../store/postcodes.ts';
import type { Atlas } from './atlas.ts';
import { type GeoPoint, metresBetween, toMetre } from './metres.ts';

/**
 * What a shared address may tell of a postcode. Distances to many listings lead whoever has the link to the point that they
 * are measured from, and sector, council area and ward narrow it further; so a postcode is shared as a cell of at least
 * twenty postcodes in use, and nothing tells one of them from another.
 *
 * The cells divide the whole table: postcodes that are too few to stand by themselves join the cell next to them. A cell
 * that grew for one postcode until it held twenty would give away the few that no smaller one holds.
 */

/** Postcodes in use that a cell holds at the least: twenty, and two that the next edition of the table may withdraw. */
const FEWEST = 22;
/** Outcodes of which the cells are remembered. */
const REMEMBERED = 300;

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

interface Member extends TablePoint {
  outcode: string;
  sector: string;
}

export class SharedCells {
  readonly #atlas: Atlas;
  readonly #table: PostcodeTable;
  readonly #cells = new Map<string, Cells>();
  #source: string | null = null;

  constructor(atlas: Atlas, table: PostcodeTable) {
    this.#atlas = atlas;
    this.#table = table;
  }

  /**
   * The key that may be shared in place of one that names a place. Whatever is no single point stays as it is.
   * @returns the key of its cell; of its sector or outcode where the table knows too few postcodes around it
   */
  keyOf(key: PlaceKey): PlaceKey {
    if (key.kind !== 'point' || key.spread_m) return key;
    const sector = key.sector ?? this.#atlas.nearestSector(key);
    if (sector === null) return key;
    const cell = this.#around(sector).of(key);
    if (!cell) return this.#partOf(sector);
    const { part, district, ward, latitude, longitude, spread_m } = cell;
    return { kind: 'point', latitude, longitude, sector: part, district, ward, spread_m };
  }

  /** The smallest part of a postcode that has enough of them, by the geography that comes with the program. */
  #partOf(sector: string): PlaceKey {
    const known = this.#atlas.sector(sector);
    if (known?.middle && known.postcodes >= FEWEST) return { kind: 'sector', code: sector };
    const outcode = sector.slice(0, -2);
    if (this.#atlas.outcode(outcode)?.middle) return { kind: 'outcode', code: outcode };
    return { kind: 'sector', code: sector };
  }

  /** The cells among which those of a sector are: none where the table knows too few postcodes for any. */
  #around(sector: string): Cells {
    const edition = this.#table.edition();
    if (edition !== this.#source) this.#cells.clear();
    this.#source = edition;
    const outcode = sector.slice(0, -2);
    let cells = this.#cells.get(outcode);
    if (!cells) {
      cells = new Cells(divide(this.#together(outcode)));
      if (this.#cells.size >= REMEMBERED) this.#cells.clear();
      this.#cells.set(outcode, cells);
    }
    return cells;
  }

  /** The postcodes that are divided together: those of an outcode, and of others where some have too few. */
  #together(outcode: string): Member[] {
    const counts = this.#table.countByOutcode(outcode.replace(/\d.*/s, ''));
    const few = tooFew(counts);
    const outcodes = few.has(outcode) ? [...few] : [outcode];
    return outcodes.flatMap((code) =>
      [...this.#table.countBySector(code).keys()].flatMap((sector) =>
        this.#table.pointsOf(sector).map((point) => ({ ...point, outcode: code, sector })),
      ),
    );
  }
}

const nameOf = ({ latitude, longitude, sector, district, ward }: Omit<PointKey, 'kind'>): string =>
  `${latitude} ${longitude} ${sector} ${district} ${ward}`;

/** Cells, found by the postcodes that they hold. */
class Cells {
  readonly #all: readonly Cell[];
  readonly #holding = new Map<string, Cell>();

  constructor(sets: readonly (readonly Member[])[]) {
    this.#all = sets.map(cellOf);
    for (const [at, set] of sets.entries()) for (const member of set) this.#holding.set(nameOf(member), this.#all[at]!);
  }

  /**
   * The cell that holds a point. For one that is no postcode in use, the nearest of those that agree with what is known
   * of it; null where there is none at all.
   */
  of(point: PointKey): Cell | null {
    const holding = this.#holding.get(nameOf(point));
    if (holding) return holding;
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

/**
 * The outcodes that have too few postcodes, with as many more, the smallest first, as it takes for all of them together to
 * be enough.
 */
function tooFew(counts: ReadonlyMap<string, number>): Set<string> {
  const together = new Set<string>();
  let sum = 0;
  for (const [name, count] of [...counts].sort(([, a], [, b]) => a - b)) {
    if (count >= FEWEST && (sum === 0 || sum >= FEWEST)) break;
    together.add(name);
    sum += count;
  }
  return together;
}

/** What postcodes are told apart by, the widest first. */
const LEVELS: readonly ((member: Member) => string | null)[] = [
  ({ outcode }) => outcode,
  ({ sector }) => sector,
  ({ district }) => district,
  ({ ward }) => ward,
];

/**
 * Divides postcodes into sets of at least twenty that agree in as much as can be: first by outcode, sector, council area
 * and ward, then by where they lie. A group that is too small joins the set next to it. None where all are too few.
 */
function divide(points: readonly Member[], level = 0): Member[][] {
  const by = LEVELS[level];
  if (points.length < FEWEST) return [];
  if (!by) return halved(points);
  const groups = [...Map.groupBy(points, by).values()];
  const sets = groups.filter(({ length }) => length >= FEWEST).flatMap((group) => divide(group, level + 1));
  if (sets.length === 0) return halved(points);
  const middles = sets.map(middleOf);
  for (const group of groups) {
    if (group.length >= FEWEST) continue;
    const middle = middleOf(group);
    const away = middles.map((other) => metresBetween(middle, other));
    sets[away.indexOf(Math.min(...away))]?.push(...group);
  }
  return sets;
}

const middleOf = (members: readonly GeoPoint[]): GeoPoint => ({
  latitude: toMetre(members.reduce((sum, { latitude }) => sum + latitude, 0) / members.length),
  longitude: toMetre(members.reduce((sum, { longitude }) => sum + longitude, 0) / members.length),
});

/** Halves points across the longer side of their box for as long as both halves are enough. */
function halved(points: readonly Member[]): Member[][] {
  if (points.length < 2 * FEWEST) return [[...points]];
  const [south, north] = ends(points.map(({ latitude }) => latitude));
  const [west, east] = ends(points.map(({ longitude }) => longitude));
  // A degree of longitude is about 0.6 of one of latitude here.
  const axes = north - south >= 0.6 * (east - west) ? AXES : AXES.toReversed();
  for (const axis of axes) {
    const sorted = points.toSorted((a, b) => a[axis] - b[axis]);
    const at = boundary(sorted.map((point) => point[axis]));
    if (at !== null) return [...halved(sorted.slice(0, at)), ...halved(sorted.slice(at))];
  }
  return [[...points]];
}

const AXES = ['latitude', 'longitude'] as const;

/**
 * Where a sorted list of degrees is cut: where the roundest number lies between two of them, and of those equally round the
 * one nearest to the middle; null for nowhere. A cut goes by the map and not by who lives where, so that another edition of
 * the table, with a postcode more or less, is cut at the same lines: of two links of one home, from before and after, each
 * would else narrow the other. Postcodes of one building have one point, and must come to one cell.
 */
function boundary(sorted: readonly number[]): number | null {
  const middle = sorted.length / 2;
  let best: { at: number; round: number } | null = null;
  for (let at = FEWEST; at <= sorted.length - FEWEST; at++) {
    const round = roundness(sorted[at - 1]!, sorted[at]!);
    const isNearer = best !== null && Math.abs(at - middle) < Math.abs(best.at - middle);
    if (round >= 0 && (best === null || round > best.round || (round === best.round && isNearer))) best = { at, round };
  }
  return best?.at ?? null;
}

/** How often the roundest number of metres above one and up to another can be halved; -1 where both are one. */
function roundness(from: number, to: number): number {
  const [low, high] = [inMetres(from), inMetres(to)];
  return low === high ? -1 : 31 - Math.clz32(low ^ high);
}

/** A whole number, and none below zero: degrees from the south-west of these islands, a hundred thousand to the degree. */
const inMetres = (degrees: number): number => Math.round((degrees + 20) * 100_000);

const ends = (values: readonly number[]): [number, number] => [
  values.reduce((least, value) => Math.min(least, value)),
  values.reduce((most, value) => Math.max(most, value)),
];

/** What all of them agree in, or null. */
function common<Value>(members: readonly Member[], of: (member: Member) => Value): Value | null {
  const [first] = members;
  const value = first === undefined ? null : of(first);
  return members.every((member) => of(member) === value) ? value : null;
}

function cellOf(members: readonly Member[]): Cell {
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
