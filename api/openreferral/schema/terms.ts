import { z } from '@hono/zod-openapi';
import { hsds, id, text, uri } from './fields.ts';

/** The words of a vocabulary, and what is marked with them. */

export const OrukTerm = z
  .object({
    id,
    name: text,
    description: text,
    parent_id: id.optional(),
    taxonomy: text.optional(),
    taxonomy_id: id.optional(),
    term_uri: uri.optional(),
    code: text.optional().openapi(hsds('a short name that programs know it by.')),
  })
  .openapi('TaxonomyTerm');

export const OrukTaxonomy = z
  .object({
    id,
    name: text,
    description: text,
    uri: uri.optional(),
    version: text.optional(),
    taxonomy_terms: z.array(OrukTerm).optional(),
  })
  .openapi('Taxonomy');

export const OrukAttribute = z
  .object({
    id,
    link_id: id.optional(),
    link_type: text.optional(),
    link_entity: text.optional().openapi(hsds('what `link_id` is the id of.')),
    taxonomy_term_id: id.optional(),
    taxonomy_term: OrukTerm.optional(),
  })
  .openapi('Attribute');

export type OrukTerm = z.infer<typeof OrukTerm>;
export type OrukTaxonomy = z.infer<typeof OrukTaxonomy>;
export type OrukAttribute = z.infer<typeof OrukAttribute>;
