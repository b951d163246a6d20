import type { Place } from './place.ts';

/** The four nations of the United Kingdom: whom to call for help differs between them. */
export const NATIONS = ['England', 'Wales', 'Scotland', 'Northern Ireland'] as const;
export type Nation = (typeof NATIONS)[number];

/** By the first letter of an ONS code. */
const NATION_OF_CODE: Record<string, Nation> = { E: 'England', W: 'Wales', S: 'Scotland', N: 'Northern Ireland' };

/** The nations that a place may lie in; all where none is known. */
export function nationsOfPlace(place: Pick<Place, 'districts'> | null): readonly Nation[] {
  const nations = place?.districts.flatMap(({ code }) => NATION_OF_CODE[code[0] ?? ''] ?? []) ?? [];
  return nations.length > 0 ? NATIONS.filter((nation) => nations.includes(nation)) : NATIONS;
}
