import type { TriState } from '../../domain/service.ts';
import { publishedId } from '../ids.ts';
import type { OrukAttribute, OrukTerm } from '../schema/terms.ts';
import { type TaxonomyName, type Term, taxonomyOf, termFor } from '../vocabulary.ts';
import { withoutEmpty } from './without-empty.ts';

/** A term as it is published, by itself and within an attribute. */
export const termView = ({ id, taxonomy, code, answer, name, description, parent_id }: Term): OrukTerm =>
  withoutEmpty({
    id,
    name,
    description,
    parent_id,
    taxonomy: taxonomyOf(taxonomy).name,
    taxonomy_id: taxonomyOf(taxonomy).id,
    code: answer === undefined ? code : `${code}:${answer}`,
  });

/** Says that a term holds for something. */
function attribute(linkId: string, entity: 'service' | 'location', term: Term): OrukAttribute {
  return {
    id: publishedId(linkId, 'attribute', term.id),
    link_id: linkId,
    link_type: term.taxonomy,
    link_entity: entity,
    taxonomy_term_id: term.id,
    taxonomy_term: termView(term),
  };
}

/** One attribute for each code, in their order. */
export const codedAttributes = (linkId: string, taxonomy: TaxonomyName, codes: readonly string[]): OrukAttribute[] =>
  codes.flatMap((code) => {
    const term = termFor(taxonomy, code);
    return term ? [attribute(linkId, 'service', term)] : [];
  });

/** One for each answer that is known. */
export const answeredAttributes = (
  linkId: string,
  entity: 'service' | 'location',
  taxonomy: TaxonomyName,
  answers: Readonly<Record<string, TriState>>,
): OrukAttribute[] =>
  Object.entries(answers).flatMap(([code, answer]) => {
    const term = answer === 'unknown' ? undefined : termFor(taxonomy, code, answer);
    return term ? [attribute(linkId, entity, term)] : [];
  });
