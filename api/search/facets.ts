import { isGuess, UNSORTED } from '../domain/guesses.ts';
import { type Listing, PAIN_FRIENDLY } from '../domain/service.ts';
import { TAXONOMY, taxonomyTerm } from '../domain/taxonomy.ts';
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

/**
 * The facets: by what a search is narrowed down, and what is counted beside its results. A row is all there is to say of
 * one; the parameters of the API and their description, the panel of filters, the counts, the lists of Open Referral UK
 * and the bits of the index go by it, in this order, which is that in which people reach for them.
 */
interface Facet<Value extends string> {
  /** Of the group in the panel. */
  title: string;
  /** Under the title. */
  hint?: string;
  /** Where to read on. */
  more?: { href: string; text: string };
  /** Of the parameter, which has the facet's name. */
  description: string;
  /**
   * What a listing must have of the values that are chosen: any of them, or all; or one value alone may be chosen, and
   * search-query.ts says what it comes to.
   */
  chosen: 'any' | 'all' | 'one';
  /** Every value that is known beforehand with its label, in the order of the pages. */
  values: Readonly<Record<Value, string>>;
  /** Of values that are codes, and many: they get their place in the index as they are met in listings. */
  codes?: {
    accepts(code: string): boolean;
    /** What the parameter takes, after its name. */
    mend: string;
    /** Of a value that was not known beforehand. */
    label?(code: string): string;
  };
  /**
   * The values that a listing has. Absent where the index works them out from what it holds of a listing for other
   * reasons: features by place, days and times by session, the check and the coming week by the day of the search (packed/row.ts).
   */
  of?(listing: Listing): Iterable<string>;
  /** Our taxonomy of Open Referral UK whose terms are its values, where these two say just the same. */
  taxonomy?: 'category' | 'kind' | 'attending_type' | 'join' | 'pain_friendly';
}

const facet = <Value extends string>(row: Facet<Value>): Facet<Value> => row;

/** The age groups, years, both ends included. */
export const AGE_GROUPS = {
  '0-11': { from: 0, to: 11 },
  '12-17': { from: 12, to: 17 },
  '18-24': { from: 18, to: 24 },
  '25-49': { from: 25, to: 49 },
  '50-64': { from: 50, to: 64 },
  '65-79': { from: 65, to: 79 },
  '80-120': { from: 80, to: 120 },
} as const;

/** Checked since that day so many months ago. */
export const CHECKED_MONTHS = [3, 6, 12] as const;
type CheckedValue = `${(typeof CHECKED_MONTHS)[number]}m`;

/** The ages of those whom a listing is for, years; everybody where it does not say. */
export const agesOf = ({ service: { eligibility } }: Listing): { from: number; to: number } => ({
  from: eligibility.minimum_age ?? 0,
  to: eligibility.maximum_age ?? 120,
});

function ageLabel({ from, to }: { from: number; to: number }): string {
  if (from === 0) return `Under ${to + 1}`;
  return to === 120 ? `${from} and over` : `${from} to ${to}`;
}

const labels = <Key extends string>(entries: readonly (readonly [Key, string])[]) =>
  Object.fromEntries(entries) as Record<Key, string>;
const AGES = Object.entries(AGE_GROUPS) as [keyof typeof AGE_GROUPS, { from: number; to: number }][];
const groupOf = new Map(TAXONOMY.flatMap((group) => group.terms.map((term) => [term.code, group.code] as const)));

export const FACETS = {
  kind: facet({
    title: 'Kind of support',
    description: 'Kinds of listing, any of them.',
    chosen: 'any',
    values: KIND_LABELS,
    // What is only guessed would leave out, and let in, by no fact.
    of: ({ service }) => (isGuess(service, 'kind') ? [] : [service.kind]),
    taxonomy: 'kind',
  }),
  category: facet({
    title: 'Subject',
    description: 'Codes of categories or of groups of them (see /categories), any of them.',
    chosen: 'any',
    values: labels(TAXONOMY.flatMap((group) => [group, ...group.terms]).map(({ code, name }) => [code, name])),
    codes: {
      accepts: (code) => taxonomyTerm(code) !== undefined,
      mend: 'there is no such category; /api/v1/categories lists them',
    },
    // A group's code stands for all in it.
    of: ({ service: { taxonomy_terms: terms } }) =>
      terms.length > 0 ? terms.flatMap((code) => [code, groupOf.get(code) ?? code]) : [UNSORTED],
    taxonomy: 'category',
  }),
  when: facet({
    title: 'Today or this week',
    hint: 'Only what is sure to meet, and is neither over nor full. This week is the next seven days',
    description:
      'When it meets next: `today`, or within the next seven days, today included; with `day` and `time`, in the same session.',
    chosen: 'one',
    values: { today: 'Today', week: 'This week' },
  }),
  day: facet({
    title: 'Day',
    description: 'Days on which it meets, any of them; with `time`, in the same session.',
    chosen: 'any',
    values: WEEKDAY_LABELS,
  }),
  time: facet({
    title: 'Time of day',
    hint: 'When a session starts',
    description: 'Time of day at which it begins, any of them.',
    chosen: 'any',
    values: TIME_OF_DAY_LABELS,
  }),
  cost: facet({
    title: 'Cost',
    description: 'What it costs, any of them.',
    chosen: 'any',
    values: COST_LABELS,
    of: ({ service }) =>
      service.cost_options.flatMap(({ option, concession }) => {
        if (!concession) return [option];
        // What is free for some is not free.
        return option === 'free' ? ['concession'] : [option, 'concession'];
      }),
  }),
  mode: facet({
    title: 'In person, online or phone',
    description: 'How people take part, any of them.',
    chosen: 'any',
    values: ATTENDING_LABELS,
    of: ({ service }) => service.attending_types,
    taxonomy: 'attending_type',
  }),
  join: facet({
    title: 'How to join',
    description: 'How to join, any of them.',
    chosen: 'any',
    values: JOIN_LABELS,
    of: ({ service }) => service.join,
    taxonomy: 'join',
  }),
  access: facet({
    title: 'Access',
    hint: 'Only places that said yes to all of these',
    description: 'Access that must be there, all of them.',
    chosen: 'all',
    values: ACCESS_LABELS,
  }),
  pain_friendly: facet({
    title: 'Pain-friendly',
    hint: 'What the group says it does. All of these',
    more: { href: '/pain#group', text: 'What pain-friendly means' },
    description: 'What a host has declared that it does, all of them.',
    chosen: 'all',
    values: PAIN_FRIENDLY_LABELS,
    of: ({ service }) => PAIN_FRIENDLY.filter((practice) => service.pain_friendly[practice] === 'yes'),
    taxonomy: 'pain_friendly',
  }),
  language: facet<string>({
    title: 'Language spoken',
    description: 'Languages spoken there, any of them: codes such as tr or bn.',
    chosen: 'any',
    values: {},
    codes: {
      accepts: (code) => /^[a-z]{2,3}$/.test(code),
      mend: 'takes codes of languages, such as tr or bn',
      label: describeLanguage,
    },
    of: ({ service }) => service.languages,
  }),
  age: facet({
    title: 'Age of the person',
    description: `An age in years, or a group: ${Object.keys(AGE_GROUPS).join(', ')}.`,
    chosen: 'one',
    values: labels(AGES.map(([name, group]) => [name, ageLabel(group)])),
    of: (listing) => {
      const { from, to } = agesOf(listing);
      return AGES.flatMap(([name, group]) => (from <= group.to && to >= group.from ? [name] : []));
    },
  }),
  checked: facet({
    title: 'Checked lately',
    description: 'Checked within so many months, by its organisation or the team of this directory.',
    chosen: 'one',
    values: labels(
      CHECKED_MONTHS.map((months) => [`${months}m` as CheckedValue, `Checked in the last ${months} months`]),
    ),
  }),
};

export type FacetName = keyof typeof FACETS;
export const FACET_NAMES = Object.keys(FACETS) as FacetName[];

type ValueOf<Row> = Row extends Facet<infer Value> ? Value : never;
export type FacetValue<Name extends FacetName> = ValueOf<(typeof FACETS)[Name]>;

/** The facets of which several values may be chosen. */
export type ListFacet = Exclude<FacetName, 'when' | 'age' | 'checked'>;
export const LIST_FACETS = FACET_NAMES.filter((name): name is ListFacet => FACETS[name].chosen !== 'one');

/** The values of a facet that are known beforehand, in their order. */
export const valuesOf = <Name extends FacetName>(name: Name): FacetValue<Name>[] =>
  Object.keys(FACETS[name].values) as FacetValue<Name>[];

/** A facet as its row says it, whatever its values are. */
export const facetOf = (name: FacetName): Facet<string> => FACETS[name] as Facet<string>;
