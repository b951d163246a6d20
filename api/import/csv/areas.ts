import { lookUp } from '../../domain/look-up.ts';
import { readPostcode } from '../../domain/postcode.ts';
import type { ServiceArea } from '../../domain/service.ts';
import { geography } from '../../geocode/geography.ts';
import { UnreadableCell } from './column.ts';
import { nearestWord, plainText } from './values.ts';

/** Areas served, by name: 'Hackney', 'E8', 'Wales', 'the whole United Kingdom'. */

const NATIONS: Record<string, ServiceArea> = {
  england: { type: 'nation', code: 'E92000001', name: 'England' },
  wales: { type: 'nation', code: 'W92000004', name: 'Wales' },
  scotland: { type: 'nation', code: 'S92000003', name: 'Scotland' },
  'northern ireland': { type: 'nation', code: 'N92000002', name: 'Northern Ireland' },
};
const EVERYWHERE = new Set([
  'uk',
  'the uk',
  'united kingdom',
  'the united kingdom',
  'the whole united kingdom',
  'nationwide',
]);

/** What people put around the name of a council's area. */
const COUNCIL =
  /^(the )?((london|royal|metropolitan) )?(borough|city|county|district) (council )?of |^city of | (london borough|metropolitan borough|borough|city|county|district)?( ?council)?$/g;

let districtsByName: Map<string, ServiceArea> | null = null;

function districts(): Map<string, ServiceArea> {
  districtsByName ??= new Map(
    [...geography().districts.values()].flatMap(({ code, name }) => {
      const area: ServiceArea = { type: 'district', code, name };
      return [[plainText(name), area] as const, [plainText(name).replace(COUNCIL, ''), area] as const];
    }),
  );
  return districtsByName;
}

/** Wards of that name, in one council's area or anywhere. */
const wardsNamed = (name: string, council?: string): ServiceArea[] =>
  [...geography().wards.values()]
    .filter((ward) => (council === undefined || ward.district === council) && plainText(ward.name) === name)
    .map(({ code, name: ward, district }) => ({ type: 'ward', code, name: ward, district }));

/** The name of an area as {@link readArea} finds it again: a ward with its council. */
export function writeArea({ type, name, district }: ServiceArea): string {
  const council = type === 'ward' && district !== undefined ? geography().districts.get(district)?.name : undefined;
  return council === undefined ? name : `${name}, ${council}`;
}

/**
 * Reads one area: a nation, a council's area, a ward with its council after a comma, or a part of a postcode.
 * @throws NotRead
 */
export function readArea(typed: string): ServiceArea {
  const name = plainText(typed);
  if (EVERYWHERE.has(name)) return { type: 'uk', code: 'K02000001', name: 'the United Kingdom' };
  const known = lookUp(NATIONS, name) ?? districts().get(name) ?? districts().get(name.replace(COUNCIL, ''));
  if (known) return known;
  const code = readPostcode(typed);
  const { outcodes, sectors } = geography();
  if (code.kind === 'outcode' && outcodes.has(code.outcode))
    return { type: 'outcode', code: code.outcode, name: code.outcode };
  if (code.kind === 'sector' && sectors.has(code.sector))
    return { type: 'sector', code: code.sector, name: code.sector };
  const comma = typed.lastIndexOf(',');
  const council = comma < 0 ? undefined : districts().get(plainText(typed.slice(comma + 1)))?.code;
  const wards = council === undefined ? wardsNamed(name) : wardsNamed(plainText(typed.slice(0, comma)), council);
  if (wards.length === 1 && wards[0]) return wards[0];
  if (wards.length > 1)
    throw new UnreadableCell(
      `There are ${wards.length} wards called ‘${typed}’. Add the council: ‘${typed}, Hackney’.`,
    );
  const near = nearestWord(
    typed,
    [...geography().districts.values()].map(({ name: district }) => district),
  );
  throw new UnreadableCell(
    `‘${typed}’ is no area that is known here. ${near ? `Did you mean ‘${near}’?` : 'Write a council such as Hackney, a nation, or the first part of a postcode such as E8.'}`,
  );
}
