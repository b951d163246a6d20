import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { metresBetween, toMetre } from './metres.ts';

/**
 * The geography that comes with the program (data/geography, made by `npm run geography`): every postcode sector,
 * district and ward of Great Britain with its middle and spread. It answers where no table of postcodes is filled, and
 * it knows the names in any case.
 */

/** A middle and how far around it one finds nine tenths of the postcodes, in metres. Degrees are WGS84. */
export interface Middle {
  latitude: number;
  longitude: number;
  spread_m: number;
}

export interface Sector {
  /** 'E8 1'. */
  sector: string;
  outcode: string;
  /** Null where none of its postcodes has a point. */
  middle: Middle | null;
  /** Postcodes in use. */
  postcodes: number;
  /** ONS codes, the one with most postcodes first. */
  districts: string[];
  /** Null: in use. Else all of it is withdrawn: 'YYYY-MM' where it all went at once, '' where nobody knows. */
  ended: string | null;
}

export interface Outcode {
  outcode: string;
  sectors: Sector[];
  middle: Middle | null;
  districts: string[];
  /** Whether any of it is in use. */
  live: boolean;
}

interface District {
  code: string;
  name: string;
  nation: string;
  middle: Middle;
}

interface Ward {
  code: string;
  name: string;
  district: string;
  middle: Middle;
}

export interface Geography {
  sectors: ReadonlyMap<string, Sector>;
  outcodes: ReadonlyMap<string, Outcode>;
  districts: ReadonlyMap<string, District>;
  wards: ReadonlyMap<string, Ward>;
}

const FOLDER = join(import.meta.dirname, '../../data/geography');

/**
 * The rows of a table of data/geography, by the names of its columns. Only lines with a quotation mark need the parser, which
 * over all twenty thousand would take a good part of the time in which the program starts.
 */
export function geographyTable(name: string): Record<string, string>[] {
  const written = readFileSync(join(FOLDER, name), 'utf8').split(/\r?\n/);
  const [head = '', ...lines] = written.filter((line) => line !== '' && !line.startsWith('#'));
  const columns = head.split(',');
  const quoted = parse(lines.filter((line) => line.includes('"')).join('\n')).values();
  return lines.map((line) => {
    const cells = line.includes('"') ? (quoted.next().value ?? []) : line.split(',');
    const row: Record<string, string> = {};
    for (let at = 0; at < columns.length; at++) row[columns[at]!] = cells[at] ?? '';
    return row;
  });
}

const middleOf = (row: Record<string, string>): Middle => ({
  latitude: Number(row['latitude']),
  longitude: Number(row['longitude']),
  spread_m: Number(row['spread_m']),
});

let loaded: Geography | null = null;

/** The built-in geography, read on first use (a tenth of a second) and kept. */
export function geography(): Geography {
  loaded ??= load();
  return loaded;
}

/** Names of districts and wards by ONS code. */
export function builtInNames(): Map<string, string> {
  const { districts, wards } = geography();
  return new Map([...wards.values(), ...districts.values()].map(({ code, name }) => [code, name]));
}

function load(): Geography {
  const sectors = new Map<string, Sector>();
  const parts = new Map<string, Sector[]>();
  for (const row of geographyTable('sectors.csv')) {
    const sector = row['sector'] ?? '';
    const outcode = sector.slice(0, -2);
    const one: Sector = {
      sector,
      outcode,
      middle: row['latitude'] === '' ? null : middleOf(row),
      postcodes: Number(row['postcodes']),
      districts: (row['districts'] ?? '').split(' ').filter(Boolean),
      ended: row['withdrawn'] === '' ? null : /^\d/.test(row['withdrawn'] ?? '') ? (row['withdrawn'] ?? '') : '',
    };
    sectors.set(sector, one);
    const siblings = parts.get(outcode);
    if (siblings) siblings.push(one);
    else parts.set(outcode, [one]);
  }
  const districts = new Map<string, District>();
  for (const row of geographyTable('districts.csv')) {
    const { code = '', name = '', nation = '' } = row;
    districts.set(code, { code, name, nation, middle: middleOf(row) });
  }
  const wards = new Map<string, Ward>();
  for (const row of geographyTable('wards.csv')) {
    const { code = '', name = '', district = '' } = row;
    wards.set(code, { code, name, district, middle: middleOf(row) });
  }
  const outcodes = new Map([...parts].map(([outcode, all]) => [outcode, outcodeFrom(outcode, all)]));
  return { sectors, outcodes, districts, wards };
}

/** An outcode from its sectors: those in use, or where all are withdrawn, those. */
function outcodeFrom(outcode: string, all: Sector[]): Outcode {
  const live = all.some(({ ended }) => ended === null);
  const sectors = live ? all.filter(({ ended }) => ended === null) : all;
  const weights = new Map<string, number>();
  for (const { districts, postcodes } of sectors) {
    // Only the order within a sector is known, so the first district is given the most of it.
    for (const [place, code] of districts.entries()) {
      weights.set(code, (weights.get(code) ?? 0) + (postcodes || 1) / 4 ** place);
    }
  }
  const districts = [...weights].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  return { outcode, sectors, middle: middleOfSectors(sectors), districts, live };
}

/** The middle of some sectors, each weighed by its postcodes; null where none has one. */
export function middleOfSectors(sectors: readonly Sector[]): Middle | null {
  const placed = sectors.flatMap(({ middle, postcodes }) => (middle ? [{ ...middle, weight: postcodes || 1 }] : []));
  const total = placed.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  const mean = (of: 'latitude' | 'longitude') =>
    toMetre(placed.reduce((sum, each) => sum + each[of] * each.weight, 0) / total);
  const middle = { latitude: mean('latitude'), longitude: mean('longitude') };
  // A sector lies within its own spread of its middle: the edge of the one that completes nine tenths is the spread.
  const edges = placed
    .map((each) => ({ edge: metresBetween(middle, each) + each.spread_m, weight: each.weight }))
    .sort((a, b) => a.edge - b.edge);
  let within = 0;
  const last = edges.find(({ weight }) => {
    within += weight;
    return within >= 0.9 * total;
  });
  return { ...middle, spread_m: Math.round((last?.edge ?? 0) / 10) * 10 };
}
