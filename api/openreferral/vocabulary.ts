import { QUESTION_KEYS } from '../domain/questions.ts';
import { ACCESS, ATTENDING_TYPES, JOINS, KINDS, PAIN_FRIENDLY } from '../domain/service.ts';
import { TAXONOMY } from '../domain/taxonomy.ts';
import {
  ACCESS_LABELS,
  ATTENDING_LABELS,
  JOIN_LABELS,
  KIND_LABELS_ONE,
  PAIN_FRIENDLY_LABELS,
  QUESTION_LABELS,
} from '../domain/words/labels.ts';
import { publishedId } from './ids.ts';

/**
 * The terms for what Open Referral UK has no field for (its `attributes`). A question with three answers has one term
 * for yes and another for no, so that a reader who knows nothing about the term does not take 'no' for 'yes'. What is
 * not known has no term.
 */

/** Names of our taxonomies: also the `link_type` of the attributes that carry their terms. */
const TAXONOMY_NAMES = [
  'category',
  'kind',
  'attending_type',
  'join',
  'accessibility',
  'pain_friendly',
  'support',
] as const;
export type TaxonomyName = (typeof TAXONOMY_NAMES)[number];

export interface Term {
  id: string;
  taxonomy: TaxonomyName;
  /** As the fields of a listing have it: 'living-with-pain', 'drop_in', 'step_free'. */
  code: string;
  /** Of a question with three answers: which this is. */
  answer?: 'yes' | 'no';
  name: string;
  description: string;
  /** The group that it is in. */
  parent_id?: string;
}

export interface Taxonomy {
  id: string;
  code: TaxonomyName;
  name: string;
  description: string;
  terms: Term[];
}

const ABOUT: Record<TaxonomyName, { name: string; description: string }> = {
  category: { name: 'Signpost categories', description: 'What a listing is about: plain categories in five groups.' },
  kind: { name: 'Signpost kinds', description: 'What kind of thing a listing is.' },
  attending_type: { name: 'Signpost ways to take part', description: 'In person, online, by phone, or at home.' },
  join: { name: 'Signpost ways to join', description: 'How somebody begins: turning up, booking, or by referral.' },
  accessibility: {
    name: 'Signpost access',
    description: 'What a place has for people who need it. There is a term for yes and one for no; not known has none.',
  },
  pain_friendly: {
    name: 'Signpost pain-friendly practice',
    description:
      'What a host has declared that it does, never that it suits anybody. There is a term for yes and one for no.',
  },
  support: {
    name: 'Signpost support and safety',
    description: `${Object.values(QUESTION_LABELS).join('; ')}. There is a term for yes and one for no.`,
  },
};

const idOf = (taxonomy: TaxonomyName, code: string, answer?: string): string =>
  publishedId('taxonomy_term', taxonomy, code, ...(answer === undefined ? [] : [answer]));

const plain = <Code extends string>(
  taxonomy: TaxonomyName,
  codes: readonly Code[],
  labels: Readonly<Record<Code, string>>,
): Term[] =>
  codes.map((code) => ({
    id: idOf(taxonomy, code),
    taxonomy,
    code,
    name: labels[code],
    description: `${labels[code]}.`,
  }));

/** Two terms for each code. */
const answered = <Code extends string>(
  taxonomy: TaxonomyName,
  codes: readonly Code[],
  labels: Readonly<Record<Code, string>>,
): Term[] =>
  codes.flatMap((code) =>
    (['yes', 'no'] as const).map((answer) => ({
      id: idOf(taxonomy, code, answer),
      taxonomy,
      code,
      answer,
      name: answer === 'yes' ? labels[code] : `Not so: ${labels[code]}`,
      description:
        answer === 'yes'
          ? `${labels[code]}: yes, as declared.`
          : `${labels[code]}: no. Somebody asked, and it is not so.`,
    })),
  );

const categories: Term[] = TAXONOMY.flatMap((group) => [
  {
    id: idOf('category', group.code),
    taxonomy: 'category' as const,
    code: group.code,
    name: group.name,
    description: `A group of categories: ${group.terms.map((term) => term.name).join('; ')}.`,
  },
  ...group.terms.map((term) => ({
    id: idOf('category', term.code),
    taxonomy: 'category' as const,
    code: term.code,
    name: term.name,
    description: `${term.name}: a category in the group ${group.name}.`,
    parent_id: idOf('category', group.code),
  })),
]);

const TERMS: Record<TaxonomyName, Term[]> = {
  category: categories,
  kind: plain('kind', KINDS, KIND_LABELS_ONE),
  attending_type: plain('attending_type', ATTENDING_TYPES, ATTENDING_LABELS),
  join: plain('join', JOINS, JOIN_LABELS),
  accessibility: answered('accessibility', ACCESS, ACCESS_LABELS),
  pain_friendly: answered('pain_friendly', PAIN_FRIENDLY, PAIN_FRIENDLY_LABELS),
  support: answered('support', QUESTION_KEYS, QUESTION_LABELS),
};

/** Every taxonomy of ours, with its terms: a group before what is in it. */
export const TAXONOMIES: readonly Taxonomy[] = TAXONOMY_NAMES.map((code) => ({
  id: publishedId('taxonomy', code),
  code,
  ...ABOUT[code],
  terms: TERMS[code],
}));

const byId = new Map(TAXONOMIES.flatMap(({ terms }) => terms).map((term) => [term.id, term]));
const byName = new Map(TAXONOMIES.map((taxonomy) => [taxonomy.code, taxonomy]));

/** The term of that id; undefined where it is not one of ours. Terms of other feeds never have such ids. */
export const termOf = (id: string): Term | undefined => byId.get(id);

/**
 * The term of a code. Codes of categories change with data/seed/taxonomy.json: one that is no longer there has no term.
 */
export const termFor = (taxonomy: TaxonomyName, code: string, answer?: 'yes' | 'no'): Term | undefined =>
  byId.get(idOf(taxonomy, code, answer));

/** The taxonomy of that name. */
export const taxonomyOf = (name: TaxonomyName): Taxonomy => byName.get(name) as Taxonomy;
