import { describe, expect, test } from 'vitest';
import { ACCESS, WEEKDAYS } from '../../../api/domain/service.ts';
import { FACET_NAMES, valuesOf } from '../../../api/search/facets.ts';
import { type FacetPlace, PLACED_FACETS, placedSizes, placeFacets } from '../../../api/search/packed/facet-places.ts';
import { FacetLayout } from '../../../api/search/packed/row.ts';
import { Random } from './random.ts';

/** No two values of facets have the same bit, whatever values there are. */

const TOGETHER = [
  ['access', 'mode'],
  ['day', 'time', 'checked', 'not_counted'],
] as const;

/** Every bit of every place, by name: an integer times 32, and the bit in it. */
const bitsOf = (places: Record<string, FacetPlace>): [name: string, bit: number][] =>
  Object.entries(places).flatMap(([name, { word, shift, size }]) =>
    Array.from({ length: size }, (_, at): [string, number] => [name, word * 32 + shift + at]),
  );

function expectApart(sizes: Record<string, number>): void {
  const { places, end } = placeFacets(sizes, 3, TOGETHER);
  for (const [name, size] of Object.entries(sizes)) expect([name, places[name]?.size]).toEqual([name, size]);
  const bits = bitsOf(places).map(([, bit]) => bit);
  expect(new Set(bits).size).toBe(bits.length);
  for (const [name, { word, shift, size }] of Object.entries(places)) {
    expect(shift + size, name).toBeLessThanOrEqual(32);
    expect(word, name).toBeLessThan(end);
  }
  for (const [at, names] of TOGETHER.entries()) for (const name of names) expect(places[name]?.word).toBe(3 + at);
}

const SIZES = { ...placedSizes(), not_counted: 3 };

describe('places of facets', () => {
  test('as they are', () => {
    expectApart(SIZES);
  });

  test.each(PLACED_FACETS)('with a further value of %s', (name) => {
    expectApart({ ...SIZES, [name]: SIZES[name] + 1 });
  });

  test('with a further value of each, and with a further facet', () => {
    const more = Object.fromEntries(Object.entries(SIZES).map(([name, size]) => [name, size + 1]));
    expectApart(more);
    expectApart({ ...more, childcare: 2 });
  });

  test('with any number of values and facets', () => {
    const random = new Random(7);
    for (let round = 0; round < 200; round++) {
      const others = Array.from({ length: random.below(12) }, (_, at) => [`other ${at}`, 1 + random.below(32)]);
      expectApart({ ...SIZES, access: 1 + random.below(20), ...Object.fromEntries(others) });
    }
  });

  test('what must stand together and does not fit is told', () => {
    expect(() => placeFacets({ ...SIZES, access: 30 }, 3, TOGETHER)).toThrow(/The values of mode do not fit/);
    expect(() => placeFacets({ ...SIZES, kind: 33 }, 3, TOGETHER)).toThrow(/The values of kind do not fit/);
  });
});

test('in the index every value has a bit of its own, and keeps it when others are met', () => {
  const layout = new FacetLayout();
  const bits = () => FACET_NAMES.flatMap((name) => valuesOf(name).flatMap((value) => layout.bitOf(name, value) ?? []));
  const before = bits();
  expect(new Set(before).size).toBe(before.length);
  expect(before).toHaveLength(PLACED_FACETS.flatMap((name) => valuesOf(name)).length);
  const met = [...valuesOf('category'), ...Array.from({ length: 100 }, (_, at) => `language ${at}`)].map((value, at) =>
    layout.bitFor(at % 2 ? 'category' : 'language', value),
  );
  expect(new Set([...before, ...met]).size).toBe(before.length + met.length);
  expect(bits()).toEqual(expect.arrayContaining(before));
});

test('what is packed by its place in a list has the order of that list', () => {
  expect(valuesOf('day')).toEqual([...WEEKDAYS]);
  expect(valuesOf('access')).toEqual(ACCESS);
  expect(valuesOf('time')).toEqual(['morning', 'afternoon', 'evening']);
});
