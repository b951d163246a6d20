import { importedTerms } from '../../store/imported-terms.ts';
import type { Db } from '../../store/open.ts';
import { publishedId } from '../ids.ts';
import { type OrukTaxonomy, OrukTerm } from '../schema/terms.ts';
import { TAXONOMIES, termOf } from '../vocabulary.ts';
import { termView } from './attributes.ts';

/** Every taxonomy and term that a published record may name: ours, and those that records from elsewhere brought. */

const OURS: readonly OrukTaxonomy[] = TAXONOMIES.map(({ id, name, description, terms }) => ({
  id,
  name,
  description,
  taxonomy_terms: terms.map(termView),
}));

/** Of a source that does not say which taxonomy a term is of. */
const NAMELESS = 'Terms of other directories';

/** Each with its terms. */
export function knownTaxonomies(db: Db): OrukTaxonomy[] {
  const brought = new Map<string, OrukTaxonomy & { taxonomy_terms: OrukTerm[] }>();
  for (const given of importedTerms(db)) {
    const term = sound(given);
    if (term === null || termOf(term.id)) continue;
    const name = term.taxonomy ?? NAMELESS;
    const id = term.taxonomy_id ?? publishedId('taxonomy of another directory', name);
    const taxonomy = brought.get(id) ?? {
      id,
      name,
      description: `${name}: terms that listings from other directories carry.`,
      taxonomy_terms: [],
    };
    taxonomy.taxonomy_terms.push(term);
    brought.set(id, taxonomy);
  }
  return [...OURS, ...brought.values()];
}

/** The term with what the standard requires; null where it has no id that can be asked for. */
function sound(given: Record<string, unknown>): OrukTerm | null {
  const { name = given['term'], description = name } = given;
  const whole = { ...given, name, description };
  const read = OrukTerm.safeParse(whole);
  if (read.success) return whole as OrukTerm;
  const least = OrukTerm.safeParse({ id: given['id'], name, description, taxonomy: given['taxonomy'] });
  return least.success ? least.data : null;
}

/** The terms of all taxonomies, one taxonomy after the other, parents before their children. */
export const knownTerms = (db: Db): { term: OrukTerm; taxonomy_id: string }[] =>
  knownTaxonomies(db).flatMap(({ id, taxonomy_terms = [] }) =>
    taxonomy_terms.map((term) => ({ term, taxonomy_id: id })),
  );
