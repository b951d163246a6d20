import type { Db } from '../../store/open.ts';
import type { OrukTaxonomy, OrukTerm } from '../schema.ts';
import { TAXONOMIES } from '../vocabulary.ts';
import { termView } from './attributes.ts';

/** Every taxonomy and term that a published record may name. */

const OURS: readonly OrukTaxonomy[] = TAXONOMIES.map(({ id, name, description, terms }) => ({
  id,
  name,
  description,
  taxonomy_terms: terms.map(termView),
}));

/** Each with its terms. */
export const knownTaxonomies = (_db: Db): OrukTaxonomy[] => [...OURS];

/** The terms of all taxonomies, one taxonomy after the other, what is above before what is below. */
export const knownTerms = (db: Db): OrukTerm[] =>
  knownTaxonomies(db).flatMap(({ taxonomy_terms = [] }) => taxonomy_terms);
