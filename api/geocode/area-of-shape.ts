import { metresToSide, type Offset, type Outline, offsetFrom } from '../domain/outline.ts';
import type { ServiceArea } from '../domain/service-area.ts';
import { widthOfPostcode } from './borders.ts';
import { geography, type Middle, type Sector } from './geography.ts';
import { toMetre } from './metres.ts';
import { isInPolygon, type Polygon, polygonsIn, type Ring } from './polygons.ts';
import { sectorsWhere } from './sectors-around.ts';

/**
 * An area that is drawn on a map and not named: the postcode sectors that lie in it, and those through which its border runs,
 * each with that part of the border, by which a postcode there is told to lie inside, outside or at it.
 */

/** Areas that a listing has room for. */
const MOST_AREAS = 400;
/** A tenth of the postcodes of a sector lie outside its spread; hardly any at twice as far. */
const SPREADS = 2;
/** Corners of a border that are nearer to each other than this share of what is near the border are one. */
const FINENESS = 0.25;
/** Corners in one sector: more would weigh more than they say. */
const MOST_CORNERS = 240;

const ORIGIN: Offset = [0, 0];

/** West, south, east and north of a polygon. */
type Box = readonly [west: number, south: number, east: number, north: number];

interface Part {
  polygon: Polygon;
  box: Box;
}

function boxOf([around = []]: Polygon): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [x, y] of around) {
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}

/** Whether a box is nearer to a point than so many metres. */
function isNearBox([west, south, east, north]: Box, { longitude, latitude }: Middle, metres: number): boolean {
  const nearest = [Math.min(east, Math.max(west, longitude)), Math.min(north, Math.max(south, latitude))] as const;
  return Math.hypot(...offsetFrom({ longitude, latitude }, ...nearest)) <= metres;
}

/** Without the corners that lie so near to the one before that they say no more. */
function thinned(ring: Ring, middle: Middle, metres: number): { at: Ring[number]; offset: Offset }[] {
  const corners: { at: Ring[number]; offset: Offset }[] = [];
  for (const [index, at] of ring.entries()) {
    const offset = offsetFrom(middle, ...at);
    const [x, y] = corners.at(-1)?.offset ?? [Number.POSITIVE_INFINITY, 0];
    if (index === ring.length - 1 || Math.hypot(offset[0] - x, offset[1] - y) >= metres) corners.push({ at, offset });
  }
  return corners;
}

/** The lines of a ring that come so near to the middle of a sector. */
function linesNear(ring: Ring, middle: Middle, metres: number, fineness: number): number[][] {
  const lines: number[][] = [];
  let isOpen = false;
  const corners = thinned(ring, middle, fineness);
  for (let index = 1; index < corners.length; index++) {
    const [from, to] = [corners[index - 1]!, corners[index]!];
    const isNear = metresToSide(ORIGIN, from.offset, to.offset) <= metres;
    if (isNear && !isOpen) lines.push(from.at.slice(0, 2).map(toMetre));
    if (isNear) lines.at(-1)!.push(...to.at.slice(0, 2).map(toMetre));
    isOpen = isNear;
  }
  return lines;
}

/** How a sector stands to a shape: in it, outside it, or with its border in it. */
function standingOf(parts: readonly Part[], sector: Sector, middle: Middle): 'inside' | 'outside' | Outline {
  const within_m = SPREADS * middle.spread_m;
  const near = widthOfPostcode(middle, sector.postcodes);
  const fineness = near * FINENESS;
  const { longitude, latitude } = middle;
  const near_m = Math.ceil(near + fineness);
  const outlines = parts
    .filter(({ box }) => isNearBox(box, middle, within_m + near_m))
    .map(({ polygon }) => ({
      holds: isInPolygon(polygon, longitude, latitude),
      lines: polygon.flatMap((ring) => linesNear(ring, middle, within_m + near_m, fineness)),
    }));
  if (outlines.some(({ holds, lines }) => holds && lines.length === 0)) return 'inside';
  const crossed = outlines.filter(({ lines }) => lines.length > 0);
  return crossed.length === 0 ? 'outside' : { longitude, latitude, within_m, near_m, parts: crossed };
}

const cornersIn = ({ parts }: Outline): number =>
  parts.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.length / 2, 0);

type Standings = ReadonlyMap<Sector, 'inside' | Outline>;

/** The codes of what lies in a shape whole: districts or outcodes of which every sector does. */
function wholeOf(standings: Standings, codesOf: (sector: Sector) => readonly string[]): Set<string> {
  const inside = new Set([...standings.keys()].flatMap(codesOf));
  for (const code of sectorsWhere((_, sector) => standings.get(sector) !== 'inside').flatMap(codesOf))
    inside.delete(code);
  return inside;
}

/** The areas of a shape: its sectors; where those are too many, districts and outcodes for what lies in it whole. */
function areasIn(standings: Standings, said_as: string): ServiceArea[] {
  const asSector = ([{ sector }, standing]: [Sector, 'inside' | Outline]): ServiceArea => {
    const area = { type: 'sector' as const, code: sector, name: sector, said_as };
    if (standing === 'inside') return area;
    return { ...area, approximate: true, ...(cornersIn(standing) <= MOST_CORNERS && { outline: standing }) };
  };
  if (standings.size <= MOST_AREAS) return [...standings].map(asSector);
  const known = geography().districts;
  const asDistrict = (code: string) => ({
    type: 'district' as const,
    code,
    name: known.get(code)?.name ?? code,
    said_as,
  });
  const districts = wholeOf(standings, (sector) => sector.districts);
  const rest = [...standings].filter(([sector]) => !sector.districts.every((code) => districts.has(code)));
  const whole = wholeOf(standings, ({ outcode }) => [outcode]);
  const outcodes = new Set(rest.map(([{ outcode }]) => outcode).filter((code) => whole.has(code)));
  const areas = [
    ...[...districts].map(asDistrict),
    ...[...outcodes].map((code) => ({ type: 'outcode' as const, code, name: code, said_as })),
    ...rest.filter(([{ outcode }]) => !outcodes.has(outcode)).map(asSector),
  ];
  if (areas.length <= MOST_AREAS) return areas;
  const touched = new Set([...standings.keys()].flatMap((sector) => sector.districts));
  return [...touched].map((code) => ({ ...asDistrict(code), ...(!districts.has(code) && { approximate: true }) }));
}

/**
 * The areas that a shape covers, each sure where it lies in the shape, and `approximate` where only some of it may.
 * @param text GeoJSON: a Polygon, a MultiPolygon, a Feature or a collection of them
 * @param name what the area is called
 * @returns null for what is no shape of that kind, or lies outside Great Britain
 */
export function areasOfShape(text: string, name: string): ServiceArea[] | null {
  const parts = polygonsIn(text)?.map((polygon): Part => ({ polygon, box: boxOf(polygon) }));
  if (!parts) return null;
  const standings = new Map<Sector, 'inside' | Outline>();
  sectorsWhere((middle, sector) => {
    const standing = standingOf(parts, sector, middle);
    if (standing !== 'outside') standings.set(sector, standing);
    return false;
  });
  return standings.size === 0 ? null : areasIn(standings, name.slice(0, 80) || 'an area on a map');
}
