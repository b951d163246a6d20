import { FACET_NAMES, type FacetName, facetOf, valuesOf } from '../facets.ts';

/** Where the values of facets stand in the row of a listing (row.ts), for those that are known beforehand. */

/** A stretch of one integer of a row: as many bits from the lowest on as its facet has values. */
export interface FacetPlace {
  word: number;
  shift: number;
  size: number;
}

/** Bits of an integer. */
const WORD = 32;

/**
 * Gives facets their places: bit after bit, so that no two overlap, and none over the end of an integer.
 * @param sizes how many values each has
 * @param first the number of the first integer
 * @param together for the first integers, those that must stand there, in that order
 * @returns the places, and the number of the integer that follows them
 * @throws an Error where what must stand together does not fit
 */
export function placeFacets<Name extends string>(
  sizes: Readonly<Record<Name, number>>,
  first: number,
  together: readonly (readonly NoInfer<Name>[])[],
): { places: Record<Name, FacetPlace>; end: number } {
  const places: Partial<Record<Name, FacetPlace>> = {};
  const used: number[] = [];
  const put = (name: Name, at: number): void => {
    const shift = used[at] ?? 0;
    places[name] = { word: first + at, shift, size: sizes[name] };
    used[at] = shift + sizes[name];
    if (used[at] > WORD) throw new Error(`The values of ${name} do not fit into ${WORD} bits with what stands there.`);
  };
  for (const [at, names] of together.entries()) for (const name of names) put(name, at);
  for (const name of Object.keys(sizes) as Name[]) {
    if (places[name]) continue;
    const room = used.findIndex((bits) => bits + sizes[name] <= WORD);
    put(name, room < 0 ? used.length : room);
  }
  return { places: places as Record<Name, FacetPlace>, end: first + used.length };
}

/** The facets whose values are known beforehand; the others' get bits as they are met. */
export const PLACED_FACETS: readonly FacetName[] = FACET_NAMES.filter((name) => !facetOf(name).codes);

/** How many values each of them has. */
export const placedSizes = (): Record<FacetName, number> =>
  Object.fromEntries(PLACED_FACETS.map((name) => [name, valuesOf(name).length])) as Record<FacetName, number>;
