import { nationOf } from '../domain/nations.ts';
import { geography, geographyTable } from './geography.ts';
import { bare, fold } from './place-name.ts';

/** Areas that are made of districts, and districts that are no more: data/geography/larger-areas.csv and its neighbours. */

/**
 * 'county': with a council of its own, or a metropolitan one. 'ceremonial': what people call a county or a part of the
 * country. 'inner': a part of London. 'wider': the old county around a council of its name, for telling where a town lies. 'combined': a combined authority. 'care': an integrated care board. 'health': a health
 * board of Scotland or Wales.
 */
export type LargerKind = 'region' | 'county' | 'ceremonial' | 'inner' | 'combined' | 'care' | 'health' | 'wider';

export interface LargerArea {
  kind: LargerKind;
  /** ONS code, where it has one. */
  code: string | null;
  name: string;
  /** The name, with what it is where another area has it too: 'West Midlands region'. */
  label: string;
  /** All that it is called, the name first. */
  names: string[];
  /** ONS codes of the districts that it is made of. */
  districts: string[];
  /** Of districts that belong to it in part, or by some accounts. */
  partly: string[];
}

/** A district that was abolished or was given another code. */
interface FormerDistrict {
  code: string;
  name: string;
  names: string[];
  /** ONS code of what stands in its place. */
  successor: string;
  year: string;
  /** Whether that has the same borders. */
  same: boolean;
}

interface LargerAreas {
  areas: readonly LargerArea[];
  former: readonly FormerDistrict[];
  /** What districts are called beside their official names, by ONS code. */
  otherNames: ReadonlyMap<string, string[]>;
}

/** Kinds that people take for a part of the country: what one can search from, and what a name alone means. */
export const SPOKEN: readonly LargerKind[] = ['region', 'county', 'ceremonial', 'inner'];

/** Whether two areas are made of the same districts. */
const isSameArea = (a: LargerArea, b: LargerArea): boolean =>
  a.districts.length === b.districts.length &&
  a.partly.length === b.partly.length &&
  a.districts.every((code) => b.districts.includes(code)) &&
  a.partly.every((code) => b.partly.includes(code));

let loaded: LargerAreas | null = null;

/** The tables, read on first use and kept. */
export function largerAreas(): LargerAreas {
  loaded ??= load();
  return loaded;
}

const list = (cell: string | undefined): string[] => (cell ?? '').split(';').filter((part) => part !== '');

function load(): LargerAreas {
  const codes = new Map([...geography().districts.values()].map(({ code, name }) => [name, code]));
  const districtCalled = (name: string): string => {
    const code = codes.get(name);
    if (code === undefined) throw new Error(`data/geography names a district ‘${name}’ that districts.csv lacks.`);
    return code;
  };
  const areas: LargerArea[] = [];
  for (const row of geographyTable('larger-areas.csv')) {
    const { kind, code = '', name = '' } = row;
    const districts = new Set<string>();
    const partly = new Set<string>();
    for (const member of list(row['members'])) {
      const isPart = member.startsWith('~');
      const called = isPart ? member.slice(1) : member;
      const larger = codes.has(called) ? undefined : areas.find((area) => area.name === called);
      for (const district of larger?.districts ?? [districtCalled(called)]) (isPart ? partly : districts).add(district);
      for (const district of larger?.partly ?? []) partly.add(district);
    }
    areas.push({
      kind: kind as LargerKind,
      code: code || null,
      name,
      label: name,
      names: [name, ...list(row['also'])],
      districts: [...districts],
      partly: [...partly],
    });
  }
  for (const area of areas) {
    const isShared = areas.some(
      (other) => SPOKEN.includes(other.kind) && other.name === area.name && !isSameArea(other, area),
    );
    if (SPOKEN.includes(area.kind) && isShared) area.label = `${area.name} ${area.kind}`;
  }
  const former = geographyTable('former-districts.csv').map(
    ({ code = '', name = '', also, successor = '', year = '', same }): FormerDistrict => ({
      code,
      name,
      names: [name, ...list(also)],
      successor: districtCalled(successor),
      year,
      same: same === 'yes',
    }),
  );
  const otherNames = new Map(geographyTable('other-names.csv').map(({ code = '', names }) => [code, list(names)]));
  return { areas, former, otherNames };
}

/**
 * Whether a district lies in what has that name: in itself, a larger area or a nation. Areas that are only partly there count.
 * @param name folded
 */
export function liesIn(district: string, name: string): boolean {
  const { areas, otherNames } = largerAreas();
  const official = geography().districts.get(district)?.name ?? '';
  if ([official, bare(fold(official)), ...(otherNames.get(district) ?? [])].some((each) => fold(each) === name))
    return true;
  if (fold(nationOf(district)?.name ?? '') === name) return true;
  return areas.some(
    ({ names, districts, partly }) =>
      (districts.includes(district) || partly.includes(district)) && names.some((each) => fold(each) === name),
  );
}

/** What brings a county back as a place: its code, or its folded name. */
export const countyKey = ({ code, name }: LargerArea): string => code ?? fold(name);

/** The counties and regions that one can search from. London is not among them: no one point of it is near to anybody. */
export const searchableCounties = (): LargerArea[] =>
  largerAreas().areas.filter(
    ({ kind, name, districts }) => SPOKEN.includes(kind) && name !== 'London' && districts.length > 0,
  );
