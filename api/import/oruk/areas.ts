import { ServiceArea } from '../../domain/service.ts';
import { geography } from '../../geocode/geography.ts';
import type { Note } from '../incoming.ts';
import { objectsIn, textUnder } from './cut.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** Where somebody must live, as far as it has a code; what has none is left to words. */

const NATIONS: readonly ServiceArea[] = [
  { type: 'uk', code: 'K02000001', name: 'United Kingdom' },
  { type: 'nation', code: 'E92000001', name: 'England' },
  { type: 'nation', code: 'W92000004', name: 'Wales' },
  { type: 'nation', code: 'S92000003', name: 'Scotland' },
  { type: 'nation', code: 'N92000002', name: 'Northern Ireland' },
];

let districts: Map<string, ServiceArea | null> | undefined;

const key = (name: string): string =>
  name
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(
      /\b(london borough of|royal borough of|city of|borough of|county of|council|district|borough|city)\b/g,
      ' ',
    )
    .replace(/[^a-z]+/g, ' ')
    .trim();

/** Districts by what they are called; null for a name that two have. */
function byName(): Map<string, ServiceArea | null> {
  if (districts) return districts;
  districts = new Map();
  for (const [code, { name }] of geography().districts)
    districts.set(key(name), districts.has(key(name)) ? null : { type: 'district', code, name });
  for (const nation of NATIONS) districts.set(key(nation.name), nation);
  districts.set('uk', NATIONS[0] as ServiceArea);
  return districts;
}

function byCode(code: string, name: string): ServiceArea | null {
  const nation = NATIONS.find((each) => each.code === code);
  if (nation) return nation;
  const { districts: known, wards } = geography();
  const ward = wards.get(code);
  if (ward) return { type: 'ward', code, name: ward.name, district: ward.district };
  const district = known.get(code);
  return district ? { type: 'district', code, name: district.name ?? name } : null;
}

/**
 * The areas of a mended record.
 * @returns those with a code, and the names of those without
 */
export function areasOf(record: JsonRecord, notes: Note[]): { areas: ServiceArea[]; unknown: string[] } {
  const areas: ServiceArea[] = [];
  const unknown: string[] = [];
  for (const [index, it] of objectsIn(record['service_areas']).entries()) {
    const name = textUnder(it, 'name') ?? textUnder(it, 'service_area') ?? textUnder(it, 'extent') ?? '';
    const own = ServiceArea.safeParse({ ...(isObject(it['signpost']) ? it['signpost'] : {}), name: name.slice(0, 80) });
    const code = /\b([EWSNK]\d{8})\b/.exec(`${it['uri'] ?? ''} ${it['extent'] ?? ''}`)?.[1];
    const found = own.data ?? (code === undefined ? null : byCode(code, name)) ?? byName().get(key(name)) ?? null;
    if (found !== null) {
      if (!areas.some((area) => area.code === found.code)) areas.push(found);
    } else if (name !== '') {
      unknown.push(name);
      const words = `'${name.slice(0, 80)}' is no area with a known code; it is kept as words.`;
      notes.push({ field: `service_areas[${index}]`, words });
    }
  }
  // Part of a list would keep out people whom the rest lets in.
  return unknown.length > 0
    ? { areas: [], unknown: [...areas.map(({ name }) => name), ...unknown] }
    : { areas: areas.slice(0, 400), unknown };
}
