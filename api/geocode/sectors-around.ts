import { firstWhere } from '../domain/first-where.ts';
import { geography, type Middle, type Sector } from './geography.ts';
import { type GeoPoint, LEAST_METRES_IN_DEGREE, metresBetween } from './metres.ts';

/** Which postcode sectors lie around a point. */

/**
 * Degrees of latitude, and of longitude that are at least as far anywhere south of 61 degrees north. Half a degree of
 * latitude is 56 km, and no use measuring further.
 */
const BOXES = [
  { high: 0.02, wide: 0.042 },
  { high: 0.1, wide: 0.21 },
  { high: 0.5, wide: 360 },
];
/** Sectors around a town that are looked at: no town has so many. */
const MOST_IN_TOWN = 400;

interface Placed {
  sector: Sector;
  middle: Middle;
}

/** A sector, and how many metres off its middle is. */
export interface SectorAround {
  sector: Sector;
  away: number;
  spread_m: number;
}

let byLatitude: Placed[] | null = null;

/** The sectors in use that have a middle, from the south to the north. */
function placedSectors(): Placed[] {
  byLatitude ??= [...geography().sectors.values()]
    .flatMap((sector) => (sector.middle && sector.ended === null ? [{ sector, middle: sector.middle }] : []))
    .sort((a, b) => a.middle.latitude - b.middle.latitude);
  return byLatitude;
}

/**
 * The sectors in use whose middles are nearest to a point, the nearest first. Boxes are looked at, each larger than the
 * one before, until all that are wanted lie no farther off than the box reaches.
 */
export function sectorsAround(point: GeoPoint, count = 12): SectorAround[] {
  const sectors = placedSectors();
  let found: SectorAround[] = [];
  for (const { high, wide } of BOXES) {
    found = [];
    const south = firstWhere(sectors.length, (at) => sectors[at]!.middle.latitude >= point.latitude - high);
    for (let at = south; at < sectors.length; at++) {
      const { sector, middle } = sectors[at]!;
      if (middle.latitude > point.latitude + high) break;
      if (Math.abs(middle.longitude - point.longitude) > wide) continue;
      found.push({ sector, away: metresBetween(point, middle), spread_m: middle.spread_m });
    }
    found.sort((a, b) => a.away - b.away);
    if ((found[count - 1]?.away ?? Number.POSITIVE_INFINITY) <= high * LEAST_METRES_IN_DEGREE) break;
  }
  return found.slice(0, count);
}

/** The sectors of which some may lie within that many metres of a point, the nearest first; one at the least. */
export function sectorsTouching(point: GeoPoint, metres: number): SectorAround[] {
  const [nearest, ...others] = sectorsAround(point, MOST_IN_TOWN);
  return nearest ? [nearest, ...others.filter(({ away, spread_m }) => away <= metres + spread_m)] : [];
}

/** The sectors in use of which a middle fits, in no order. */
export const sectorsWhere = (fits: (middle: Middle, sector: Sector) => boolean): Sector[] =>
  placedSectors().flatMap(({ sector, middle }) => (fits(middle, sector) ? [sector] : []));
