import { OUTCODES_IN_AREA, UNITS_IN_OUTCODE } from '../../domain/postcode-number.ts';
import type { Db } from '../../store/open.ts';
import { NO_CELL } from '../../store/postcode-import.ts';
import { postcodeTable } from '../../store/postcodes.ts';
import { AT_FIRST, divide, FEWEST, type Member, setNextTo } from '../cell-division.ts';
import { areaOf, CellSets, partsOf } from '../cell-sets.ts';
import { type Areas, LIVE, NO_POINT, type PostcodeRows } from './rows.ts';

/**
 * Takes the cells of shared addresses over into another edition of the table. Whoever has two links of one home, made before
 * and after, knows a postcode that both stand for; so a cell may grow, and never lets go of a postcode. New postcodes make
 * cells of their own where they are enough, and join one else. A cell of which too few are left in use joins another.
 */

/** Numbers that the postcodes of one area ('SY') span. */
const UNITS_IN_AREA = OUTCODES_IN_AREA * UNITS_IN_OUTCODE;

/**
 * The cells of a new table, as the column `cell` holds them (data/migrations/0025), while the old one is still in force.
 * @param rows of the new table, by number, each number once
 * @param onArea called before each area
 * @returns one for each row; NO_CELL where an area had none before
 */
export function carryCells(db: Db, rows: PostcodeRows, areas: Areas, onArea: () => void): Int32Array {
  const sets = new CellSets(db);
  const table = postcodeTable(db);
  const cells = new Int32Array(rows.size).fill(NO_CELL);
  for (let from = 0, to = 0; from < rows.size; from = to) {
    const area = Math.floor((rows.number[from] as number) / UNITS_IN_AREA);
    while (to < rows.size && Math.floor((rows.number[to] as number) / UNITS_IN_AREA) === area) to += 1;
    onArea();
    const letters = areaOf(partsOf(rows.number[from] as number).outcode);
    const before = [...table.countByOutcode(letters).keys()].flatMap((outcode) => sets.of(outcode));
    write(cells, rows, from, carried(before, membersOf(rows, from, to, areas)));
  }
  return cells;
}

/** Those with a point. */
function* membersOf(rows: PostcodeRows, from: number, to: number, areas: Areas): Generator<Member> {
  for (let at = from; at < to; at += 1) {
    if (rows.latitude[at] === NO_POINT) continue;
    const number = rows.number[at] as number;
    const { district = null, ward = null } = areas.list[rows.area[at] as number] ?? {};
    const [latitude, longitude] = [(rows.latitude[at] as number) / 100_000, (rows.longitude[at] as number) / 100_000];
    yield { number, latitude, longitude, district, ward, ...partsOf(number), isLive: rows.ended[at] === LIVE };
  }
}

/** What a point key tells postcodes apart by: two that agree in it are answered with one cell. */
const nameOf = ({ latitude, longitude, sector, district, ward }: Member): string =>
  `${latitude} ${longitude} ${sector} ${district} ${ward}`;

/** The sets of an area: none where there were none before, or too few are in use. */
function carried(before: readonly Member[][], members: Iterable<Member>): Member[][] {
  const setBefore = new Map(before.flatMap((set) => set.map(({ number }) => [number, firstOf(set)])));
  const sets = new Map<number, Member[]>();
  const newcomers: Member[] = [];
  for (const member of members) {
    const first = setBefore.get(member.number);
    if (first === undefined) {
      if (member.isLive) newcomers.push(member);
    } else if (!sets.get(first)?.push(member)) sets.set(first, [member]);
  }
  if (sets.size === 0) return [];
  return enough(joined([...sets.values()], newcomers));
}

const firstOf = (set: readonly Member[]): number =>
  set.reduce((least, { number }) => Math.min(least, number), Infinity);

/** The sets with those that came new. Sets come together that a point key could not tell apart any more. */
function joined(before: readonly Member[][], newcomers: readonly Member[]): Member[][] {
  const sets = new Set(before);
  const named = new Map<string, Member[]>();
  for (const set of before)
    for (const name of new Set(set.map(nameOf))) {
      const other = named.get(name);
      if (other === undefined || other === set) {
        named.set(name, set);
        continue;
      }
      set.push(...other);
      sets.delete(other);
      for (const moved of other) named.set(nameOf(moved), set);
    }
  const unplaced = newcomers.filter((member) => !named.get(nameOf(member))?.push(member));
  const own: Member[][] = [];
  for (const group of Map.groupBy(unplaced, ({ outcode }) => outcode).values()) {
    if (group.length >= AT_FIRST) own.push(...divide(group));
    else for (const same of Map.groupBy(group, nameOf).values()) setNextTo(same, [...sets]).push(...same);
  }
  return [...sets, ...own];
}

const inUse = (set: readonly Member[]): number => set.filter(({ isLive }) => isLive).length;

/** The sets, of which those that have too few in use have joined others. */
function enough(all: readonly Member[][]): Member[][] {
  let sets = all;
  for (let few = sets.find((set) => inUse(set) < FEWEST); few; few = sets.find((set) => inUse(set) < FEWEST)) {
    const small = few;
    const others = sets.filter((set) => set !== small);
    if (others.length === 0) return [];
    setNextTo(small, others).push(...small);
    sets = others;
  }
  return [...sets];
}

/** @param from the row from which the area of the sets begins */
function write(cells: Int32Array, rows: PostcodeRows, from: number, sets: readonly Member[][]): void {
  const cellOf = new Map<number, number>();
  for (const [at, set] of sets.entries()) {
    const first = firstOf(set);
    const isAcross = new Set(set.map(({ outcode }) => outcode)).size > 1;
    for (const { number } of set) cellOf.set(number, isAcross ? -1 - at : number - first);
  }
  for (let at = from, left = cellOf.size; left > 0; at += 1) {
    const cell = cellOf.get(rows.number[at] as number);
    if (cell === undefined) continue;
    cells[at] = cell;
    left -= 1;
  }
}
