import groups from '../../data/seed/taxonomy.json' with { type: 'json' };

/** A category: one of a few plain ones, in five groups (the groups can be searched too: each stands for all in it). */
export interface TaxonomyTerm {
  code: string;
  name: string;
}

export interface TaxonomyGroup extends TaxonomyTerm {
  terms: TaxonomyTerm[];
}

/** The five groups with their categories, in the order in which pages show them. */
export const TAXONOMY: readonly TaxonomyGroup[] = groups;

/** Every category, without the groups, in the same order. */
export const TAXONOMY_TERMS: readonly TaxonomyTerm[] = groups.flatMap((group) => group.terms);

const byCode = new Map([...groups, ...TAXONOMY_TERMS].map((term) => [term.code, term]));

/** The category or group of that code, or undefined where there is none. */
export const taxonomyTerm = (code: string): TaxonomyTerm | undefined => byCode.get(code);

/** The codes that a code stands for: itself, or, for a group, all in it. Empty where there is no such code. */
export const taxonomyCodes = (code: string): string[] => {
  const group = groups.find((candidate) => candidate.code === code);
  if (group) return group.terms.map((term) => term.code);
  return byCode.has(code) ? [code] : [];
};
