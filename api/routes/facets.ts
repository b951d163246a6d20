import { z } from '@hono/zod-openapi';
import type { ResponseBody } from '../http/response-body.ts';
import { FACET_NAMES, type FacetName, facetOf, valuesOf } from '../search/facets.ts';
import type { CountsByValue, FacetAndValue } from '../search/types.ts';

const FacetValue = z.object({ value: z.string(), label: z.string(), count: z.int() }).openapi('FacetValue');
type FacetValue = z.infer<typeof FacetValue>;
type Value = Omit<FacetValue, 'count'>;

const facet = z.array(FacetValue);
export const FacetsView = z
  .object(Object.fromEntries(FACET_NAMES.map((name) => [name, facet])) as Record<FacetName, typeof facet>)
  .openapi('Facets');

export type FacetsView = z.infer<typeof FacetsView>;

/** The facets with values that are known beforehand. Of the others only the values that occur are listed. */
const KNOWN = FACET_NAMES.filter((name) => valuesOf(name).length > 0);
const OCCURRING = FACET_NAMES.filter((name) => valuesOf(name).length === 0);

/** The beginning of a value as JSON, up to its count. */
const beginning = ({ value, label }: Value): string =>
  `{"value":${JSON.stringify(value)},"label":${JSON.stringify(label)},"count":`;

/** Every known value, in the order of the answer; and the text before each count, with the end of the one before. */
const IN_ORDER: FacetAndValue[] = [];
const BEFORE: Buffer[] = [];
for (const name of KNOWN)
  for (const [at, [value, label]] of Object.entries(facetOf(name).values).entries()) {
    const opening = at > 0 ? '},' : `${IN_ORDER.length === 0 ? '{' : '}],'}"${name}":[`;
    IN_ORDER.push([name, value]);
    BEFORE.push(Buffer.from(opening + beginning({ value, label })));
  }
const END_OF_KNOWN = Buffer.from('}]');

/** Values that occur, each with its place in the order: comparing names by the rules of English is slow. */
const occurring = new Map<string, { label: string; beginning: string }>();
const inOrderOfNames = new Intl.Collator('en');

function occurringValue(name: FacetName, value: string): { label: string; beginning: string } {
  const key = `${name} ${value}`;
  let known = occurring.get(key);
  if (!known) {
    const label = facetOf(name).codes?.label?.(value) ?? value;
    known = { label, beginning: beginning({ value, label }) };
    occurring.set(key, known);
  }
  return known;
}

/** The values of a facet that occur, by name. */
const occurringValues = (name: FacetName, counts: CountsByValue): FacetValue[] =>
  Object.entries(counts.of(name))
    .map(([value, count]) => ({ value, label: occurringValue(name, value).label, count }))
    .sort((a, b) => inOrderOfNames.compare(a.label, b.label));

/**
 * Writes each facet with all its values, also those that would find nothing, and a label for each: a `FacetsView` as
 * JSON, put together from pieces that never change.
 */
export function writeFacets(body: ResponseBody, counts: CountsByValue): void {
  const inOrder = counts.inOrder(IN_ORDER);
  for (let at = 0; at < inOrder.length; at++) {
    body.bytes(BEFORE[at]!);
    body.number(inOrder[at]!);
  }
  body.bytes(END_OF_KNOWN);
  for (const name of OCCURRING) {
    const values = occurringValues(name, counts).map(
      ({ value, count }) => `${occurringValue(name, value).beginning}${count}}`,
    );
    body.text(`,"${name}":[${values.join(',')}]`);
  }
  body.text('}');
}

/** The same as an object. */
export function facetsView(counts: CountsByValue): FacetsView {
  const inOrder = counts.inOrder(IN_ORDER);
  let at = 0;
  const known = KNOWN.map((name) => [
    name,
    Object.entries(facetOf(name).values).map(([value, label]) => ({ value, label, count: inOrder[at++] as number })),
  ]);
  const others = OCCURRING.map((name) => [name, occurringValues(name, counts)]);
  return Object.fromEntries([...known, ...others]) as FacetsView;
}
