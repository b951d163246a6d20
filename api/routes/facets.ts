import { z } from '@hono/zod-openapi';
import { ACCESS, ATTENDING_TYPES, COSTS, JOINS, KINDS, PAIN_FRIENDLY, WEEKDAYS } from '../domain/service.ts';
import { TAXONOMY } from '../domain/taxonomy.ts';
import {
  ACCESS_LABELS,
  ATTENDING_LABELS,
  COST_LABELS,
  describeLanguage,
  JOIN_LABELS,
  KIND_LABELS,
  PAIN_FRIENDLY_LABELS,
  TIME_OF_DAY_LABELS,
  WEEKDAY_LABELS,
} from '../domain/words.ts';
import type { ResponseBody } from '../http/response-body.ts';
import { AGE_GROUPS, CHECKED_MONTHS, type CountsByValue, type FacetAndValue, type FacetName } from '../search/types.ts';

const FacetValue = z.object({ value: z.string(), label: z.string(), count: z.int() }).openapi('FacetValue');
type FacetValue = z.infer<typeof FacetValue>;
/** `key`: what the index calls it, where that is something else. */
type Value = Omit<FacetValue, 'count'> & { key?: string };

const labelled = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>): Value[] =>
  values.map((value) => ({ value, label: labels[value] }));

const ageLabel = ({ from, to }: { from: number; to: number }): string => {
  if (from === 0) return `Under ${to + 1}`;
  return to === 120 ? `${from} and over` : `${from} to ${to}`;
};

/** Every value of each facet in the order of the pages; languages are those that occur. */
const VALUES: Readonly<Record<Exclude<FacetName, 'language'>, readonly Value[]>> = {
  kind: labelled(KINDS, KIND_LABELS),
  category: TAXONOMY.flatMap((group) => [group, ...group.terms]).map(({ code, name }) => ({
    value: code,
    label: name,
  })),
  cost: labelled([...COSTS, 'concession'], COST_LABELS),
  day: labelled(WEEKDAYS, WEEKDAY_LABELS),
  time: labelled(['morning', 'afternoon', 'evening'], TIME_OF_DAY_LABELS),
  access: labelled(ACCESS, ACCESS_LABELS),
  join: labelled(JOINS, JOIN_LABELS),
  age: Object.entries(AGE_GROUPS).map(([value, span]) => ({ value, label: ageLabel(span) })),
  mode: labelled(ATTENDING_TYPES, ATTENDING_LABELS),
  pain_friendly: labelled(PAIN_FRIENDLY, PAIN_FRIENDLY_LABELS),
  checked: CHECKED_MONTHS.map((months) => ({
    value: `${months}m`,
    label: `Checked in the last ${months} months`,
    key: String(months),
  })),
};

const facet = z.array(FacetValue);
export const FacetsView = z
  .object({
    kind: facet,
    category: facet,
    cost: facet,
    day: facet,
    time: facet,
    access: facet,
    language: facet,
    join: facet,
    age: facet,
    mode: facet,
    pain_friendly: facet,
    checked: facet,
  } satisfies Record<FacetName, typeof facet>)
  .openapi('Facets');

/** The beginning of a value as JSON, up to its count. */
const beginning = ({ value, label }: Value): string =>
  `{"value":${JSON.stringify(value)},"label":${JSON.stringify(label)},"count":`;

/** Every value but languages, in the order of the answer; and what is written before each count, the rest of the last included. */
const IN_ORDER: FacetAndValue[] = [];
const BEFORE: Buffer[] = [];
for (const [name, values] of Object.entries(VALUES))
  for (const [at, value] of values.entries()) {
    const opening = at > 0 ? '},' : `${IN_ORDER.length === 0 ? '{' : '}],'}"${name}":[`;
    IN_ORDER.push([name as FacetName, value.key ?? value.value]);
    BEFORE.push(Buffer.from(opening + beginning(value)));
  }
const BEFORE_LANGUAGES = Buffer.from('}],"language":[');

/** Languages that occur, each with its place among the others: comparing names by the rules of English is slow. */
const languages = new Map<string, { label: string; beginning: string }>();
const inOrderOfNames = new Intl.Collator('en');

function languageOf(value: string): { label: string; beginning: string } {
  let known = languages.get(value);
  if (!known) {
    const label = describeLanguage(value);
    known = { label, beginning: beginning({ value, label }) };
    languages.set(value, known);
  }
  return known;
}

/**
 * Writes each facet with all its values, those that would give nothing included, and a label for each: a `FacetsView` as
 * JSON, put together from pieces that never change.
 */
export function writeFacets(body: ResponseBody, counts: CountsByValue): void {
  const inOrder = counts.inOrder(IN_ORDER);
  for (let at = 0; at < inOrder.length; at++) {
    body.bytes(BEFORE[at]!);
    body.number(inOrder[at]!);
  }
  body.bytes(BEFORE_LANGUAGES);
  const spoken = Object.entries(counts.of('language'))
    .map(([value, count]) => ({ ...languageOf(value), count }))
    .sort((a, b) => inOrderOfNames.compare(a.label, b.label));
  body.text(`${spoken.map((it) => `${it.beginning}${it.count}}`).join(',')}]}`);
}
