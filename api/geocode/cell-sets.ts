import { outcodeOf, sectorOf, UNITS_IN_OUTCODE, UNITS_IN_SECTOR } from '../domain/postcode-number.ts';
import { type CellMember, type CellMembers, cellMembers } from '../store/cell-members.ts';
import type { Db } from '../store/open.ts';
import { type PostcodeTable, postcodeTable } from '../store/postcodes.ts';
import { AT_FIRST, divide, type Member } from './cell-division.ts';

/** The letters that an outcode begins with: 'SY' of 'SY99'. */
export const areaOf = (outcode: string): string => outcode.replace(/\d.*/s, '');

/** The sets of postcodes that one edition of the table is divided into: as they have been kept, else worked out from it. */
export class CellSets {
  readonly #members: CellMembers;
  readonly #table: PostcodeTable;
  readonly #tooFew = new Map<string, ReadonlySet<string>>();

  constructor(db: Db) {
    this.#members = cellMembers(db);
    this.#table = postcodeTable(db);
  }

  /** All sets with a postcode of an outcode ('E8'), and others beside them; none where the table knows too few. */
  of(outcode: string): Member[][] {
    const own = this.#members.of(outcode);
    if (own.some(({ cell }) => cell !== null)) return this.#kept(outcode, own);
    const few = this.#fewIn(areaOf(outcode));
    const together = few.has(outcode) ? [...few].flatMap((code) => this.#members.of(code)) : own;
    return divide(together.map(memberOf));
  }

  #fewIn(area: string): ReadonlySet<string> {
    const few = this.#tooFew.get(area) ?? tooFew(this.#table.countByOutcode(area));
    this.#tooFew.set(area, few);
    return few;
  }

  #kept(outcode: string, own: readonly CellMember[]): Member[][] {
    const isAcross = own.some(({ cell }) => cell !== null && cell < 0);
    const across = isAcross ? this.#members.acrossOutcodes(areaOf(outcode)) : [];
    const known = [...own.filter(({ cell }) => cell !== null && cell >= 0), ...across];
    const sets = Map.groupBy(known, ({ number, cell }) => ((cell as number) < 0 ? cell : number - (cell as number)));
    return [...sets.values()].map((set) => set.map(memberOf));
  }
}

const memberOf = ({ number, latitude, longitude, district, ward, ended }: CellMember): Member => ({
  number,
  latitude,
  longitude,
  district,
  ward,
  ...partsOf(number),
  isLive: ended === null,
});

/** The parts that a postcode is of, by its number. */
export const partsOf = (number: number): { outcode: string; sector: string } => ({
  outcode: outcodeOf(Math.floor(number / UNITS_IN_OUTCODE)),
  sector: sectorOf(Math.floor(number / UNITS_IN_SECTOR)),
});

/**
 * The outcodes that have too few postcodes, with as many more, the smallest first, as it takes for all of them together to
 * be enough.
 */
function tooFew(counts: ReadonlyMap<string, number>): Set<string> {
  const together = new Set<string>();
  let sum = 0;
  for (const [name, count] of [...counts].sort(([, a], [, b]) => a - b)) {
    if (count >= AT_FIRST && (sum === 0 || sum >= AT_FIRST)) break;
    together.add(name);
    sum += count;
  }
  return together;
}
