import type { ServiceArea } from '../domain/service-area.ts';
import { geography, type Middle, type Sector } from './geography.ts';
import { boxAround, metresBetween } from './metres.ts';
import { sectorsWhere } from './sectors-around.ts';

/**
 * 'Hackney and surrounding areas': the area that is named is served as ever; how far 'surrounding' goes nobody but the
 * service knows, so that what lies around is perhaps served, and what is farther off is not.
 */

/** Ten miles, in metres: whoever lives farther from every part of a place lives in no surroundings of it. */
const SURROUNDINGS = 16_093;
/** What is larger than so many sectors is said to be its districts. */
const MOST_SECTORS = 60;

const isOf = (sector: Sector, { type, code, district }: ServiceArea): boolean => {
  if (type === 'sector') return sector.sector === code;
  if (type === 'outcode') return sector.outcode === code;
  return sector.districts.includes(type === 'ward' ? (district ?? '') : code);
};

/** Points all over an area: the middles of its sectors, or its own. */
function pointsOf(area: ServiceArea): Middle[] {
  const ward = area.type === 'ward' ? geography().wards.get(area.code)?.middle : undefined;
  if (ward) return [ward];
  return sectorsWhere((_, sector) => isOf(sector, area)).flatMap(({ middle }) => middle ?? []);
}

/** The sectors in use of which some may lie within ten miles of any of those points. */
function sectorsWithin(points: readonly Middle[]): Sector[] {
  const boxes = points.map((point) => ({ point, box: boxAround(point, SURROUNDINGS) }));
  return sectorsWhere(({ latitude, longitude, ...rest }) =>
    boxes.some(
      ({ point, box }) =>
        latitude >= box.south &&
        latitude <= box.north &&
        longitude >= box.west &&
        longitude <= box.east &&
        metresBetween(point, { latitude, longitude, ...rest }) <= SURROUNDINGS,
    ),
  );
}

/**
 * The areas, and approximately what lies around them: sectors around a small place, else whole districts.
 * @param said_as what all of it is called
 * @returns null where nothing lies around them, or nobody knows what: a nation
 */
export function withSurroundings(areas: readonly ServiceArea[], said_as: string): ServiceArea[] | null {
  if (areas.some(({ type }) => type === 'uk' || type === 'nation')) return null;
  const named = new Set(areas.map(({ code }) => code));
  const around = sectorsWithin(areas.flatMap(pointsOf));
  const about = { said_as, approximate: true };
  const isSmall = around.length <= MOST_SECTORS && areas.every(({ type }) => type !== 'district');
  const codes = new Set(isSmall ? around.map(({ sector }) => sector) : around.flatMap(({ districts }) => districts));
  const known = geography().districts;
  const beside = [...codes]
    .filter((code) => !named.has(code))
    .map((code): ServiceArea => {
      const name = known.get(code)?.name ?? code;
      return { type: isSmall ? 'sector' : 'district', code, name, ...about };
    });
  return beside.length === 0 ? null : [...areas.map((area) => ({ ...area, said_as })), ...beside];
}
