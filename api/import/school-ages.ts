import type { Ages } from '../domain/ages.ts';
import { readPostcode } from '../domain/postcode.ts';
import { readSchoolYears } from '../domain/school-years.ts';
import { geography } from '../geocode/geography.ts';

/** How the codes of districts begin where year 7 is that of those who are 11: in England and Wales. */
const COUNTED_SO = ['E', 'W'];

function isCountedSo(postcode: string): boolean {
  const typed = readPostcode(postcode);
  const districts = typed.kind === 'unit' ? geography().sectors.get(typed.sector)?.districts : undefined;
  return districts?.every(([nation = '']) => COUNTED_SO.includes(nation)) ?? false;
}

/**
 * School years as ages.
 * @param postcodes of the places of a listing
 * @returns null where they are none, or where it is not known that all places are in England or Wales: a year 8 of
 *   Northern Ireland is a year 7 of England
 */
export const schoolAges = (words: string, postcodes: readonly string[]): Ages | null =>
  postcodes.length > 0 && postcodes.every(isCountedSo) ? readSchoolYears(words) : null;
