import { readPostcode } from '../domain/postcode.ts';
import { repairs } from '../domain/repair.ts';
import { Atlas } from '../geocode/atlas.ts';
import { geography } from '../geocode/geography.ts';
import { type GeoPoint, metresBetween } from '../geocode/metres.ts';
import type { Db } from '../store/open.ts';
import { postcodeTable } from '../store/postcodes.ts';

/** A point that came with a record, held against the postcode that came with it. */

/** Metres: two miles. */
const TOO_FAR = 2 * 1609.344;

/** What is known of postcodes and of the country. */
export interface PointChecker {
  /**
   * Where a postcode is, and within how many metres; 'gone' where it is not in use and was, with its old point; null
   * where its point is not known; undefined where there is no such postcode.
   */
  find(postcode: string): { point: GeoPoint; spread: number; gone: boolean } | null | undefined;
  /** The name of the district that a postcode is in, or null. */
  district(postcode: string): string | null;
  /** Whether a point is on land of the United Kingdom, or near it. */
  isInside(point: GeoPoint): boolean;
}

/** Made over the table of postcodes, and the built-in sectors where that has none. */
export function pointChecker(db: Db): PointChecker {
  const table = postcodeTable(db);
  const atlas = new Atlas(geography(), table, () => []);
  return {
    find(postcode) {
      const typed = readPostcode(postcode);
      if (typed.kind !== 'unit') return undefined;
      const row = table.find(typed.postcode);
      if (row) {
        const { latitude, longitude, ended } = row;
        return latitude === null || longitude === null
          ? null
          : { point: { latitude, longitude }, spread: 0, gone: ended !== null };
      }
      // Other tables than Great Britain's may be lacking.
      if (typed.realm !== 'great_britain') return null;
      if (atlas.covers(typed.sector)) return undefined;
      const middle = atlas.sector(typed.sector)?.middle;
      if (!middle) return undefined;
      const { latitude, longitude, spread_m } = middle;
      return { point: { latitude, longitude }, spread: 2 * spread_m, gone: false };
    },
    district(postcode) {
      const typed = readPostcode(postcode);
      if (typed.kind !== 'unit') return null;
      const code = table.find(typed.postcode)?.district ?? atlas.sector(typed.sector)?.districts[0];
      return code === undefined ? null : atlas.name(code);
    },
    isInside: (point) =>
      inNorthernIreland(point) ||
      (point.latitude > 49 &&
        point.latitude < 61.5 &&
        point.longitude > -9 &&
        point.longitude < 2.5 &&
        atlas.place({ kind: 'point', ...point, sector: null, district: null, ward: null }) !== null),
  };
}

/** Roughly: the built-in sectors do not go there. */
const inNorthernIreland = ({ latitude, longitude }: GeoPoint): boolean =>
  latitude > 54 && latitude < 55.4 && longitude > -8.2 && longitude < -5.4;

/** What was found out about a postcode, or about a point. */
export interface PointNote {
  field: 'postal_code' | 'latitude';
  words: string;
}

const miles = (metres: number): string => {
  const count = metres / 1609.344;
  return `${count < 10 ? count.toFixed(1) : Math.round(count).toLocaleString('en-GB')} miles`;
};

/**
 * The point to use: the given one, unless it lies outside the United Kingdom or more than two miles from its postcode;
 * then the postcode's.
 * @returns no point where there is none to be had; a sentence for each thing put right
 */
export function checkPoint(
  { latitude, longitude, postcode }: { latitude: number | null; longitude: number | null; postcode: string | null },
  points: PointChecker,
): { point: GeoPoint | null; notes: PointNote[] } {
  const notes: PointNote[] = [];
  const ofPostcode = (words: string) => notes.push({ field: 'postal_code', words });
  const ofPoint = (words: string) => notes.push({ field: 'latitude', words });
  const known = postcode === null ? undefined : points.find(postcode);
  const given =
    latitude === null || longitude === null || (latitude === 0 && longitude === 0) ? null : { latitude, longitude };
  if (postcode !== null && known === undefined)
    ofPostcode(`Nobody knows the postcode ${postcode}; the point was not checked against it.`);
  if (known?.gone) ofPostcode(`The postcode ${postcode} is no longer in use.`);
  if (given === null) {
    if (!known) return { point: null, notes };
    ofPoint(`There was no point; that of ${postcode} is used.`);
    return { point: known.point, notes };
  }
  if (known) {
    const away = metresBetween(given, known.point);
    if (away <= TOO_FAR + known.spread) return { point: given, notes };
    const where = points.isInside(given) ? '' : ', outside the United Kingdom';
    ofPoint(
      `The point ${given.latitude}, ${given.longitude} is ${miles(away)} from ${postcode}${where}; the point of the postcode is used.`,
    );
    return { point: known.point, notes };
  }
  if (points.isInside(given)) return { point: given, notes };
  const swapped = { latitude: given.longitude, longitude: given.latitude };
  if (points.isInside(swapped)) {
    ofPoint('Latitude and longitude stood in each other’s place.');
    return { point: swapped, notes };
  }
  ofPoint(
    `The point ${given.latitude}, ${given.longitude} is outside the United Kingdom, and there is no postcode to take its place: it has none now.`,
  );
  return { point: null, notes };
}

/**
 * What a postcode that cannot be one was meant to be: the one reading of slips such as C02 for CO2 that exists, and that
 * lies near the point where there is one. Null where there is none, or more than one.
 */
export function meantPostcode(
  typed: string,
  { latitude, longitude }: { latitude: number | null; longitude: number | null },
  points: PointChecker,
): string | null {
  const compact = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const near = (point: GeoPoint) =>
    latitude === null || longitude === null || metresBetween({ latitude, longitude }, point) <= TOO_FAR;
  const found = repairs(compact).flatMap((reading) => {
    if (reading.kind !== 'unit') return [];
    const known = points.find(reading.postcode);
    return known && !known.gone && near(known.point) ? [reading.postcode] : [];
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}
