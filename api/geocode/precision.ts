import type { Db } from '../store/open.ts';
import { geography } from './geography.ts';
import { postcodeSource } from './import/import.ts';

export interface TablePrecision {
  /** 'sectors' where no table is filled and every answer is as good as its sector. */
  table: 'postcodes' | 'sectors';
  /** Postcodes in use that the table holds. */
  postcodes: number;
  /** Built-in sectors in use that have a middle: what serves where the table has nothing. */
  sectors: number;
  source: string;
  /** What an operator can do to make answers finer; null where there is nothing to do. */
  improve: string | null;
}

/** Great Britain has 1.7 million postcodes; a table well below that is a part of it. */
const WHOLE = 1_500_000;

const HOW =
  'Run `npm run postcodes` to download Code-Point Open, or `npm run postcodes -- FILE` with a copy of it, ' +
  'or put that file into data/postcodes/ before the first start.';

/** Which table of postcodes is in force, and how to have a better one. */
export function tablePrecision(db: Db): TablePrecision {
  const made = postcodeSource(db);
  const sectors = countSectors();
  if (!made || made.live === 0) {
    const source = 'the built-in postcode sectors of Great Britain';
    return { table: 'sectors', postcodes: 0, sectors, source, improve: HOW };
  }
  const part = made.live < WHOLE;
  return {
    table: 'postcodes',
    postcodes: made.live,
    sectors,
    source: made.source,
    improve: part ? `The table holds a part of Great Britain; elsewhere sectors serve. ${HOW}` : null,
  };
}

let sectorsInUse: number | null = null;

/** They come with the program, and stay the same. */
const countSectors = (): number => {
  sectorsInUse ??= geography()
    .sectors.values()
    .filter(({ middle, ended }) => middle !== null && ended === null)
    .reduce((count) => count + 1, 0);
  return sectorsInUse;
};
