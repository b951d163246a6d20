import { createRoute, z } from '@hono/zod-openapi';
import { idParameter } from '../../http/parameters.ts';
import { PROBLEM_RESPONSES, problem } from '../../http/problem.ts';
import { type ApiContext, resource } from '../../http/resource.ts';
import { answerLines, answerPage, freshnessOf, notModified } from '../answer.ts';
import { pageOfIds } from '../lists.ts';
import { pageRequestOf, pageSchemaOf } from '../pages.ts';
import * as take from '../parameters.ts';
import { knownTaxonomies, knownTerms } from '../publish/terms.ts';
import { OrukTaxonomy, OrukTerm } from '../schema/terms.ts';

const search = take.textParameter(200, { description: 'Words, all of which are in its name or its description.' });
const TaxonomyParameters = z.strictObject({ search, ...take.paging });
const TermParameters = z.strictObject({
  search,
  ...take.paging,
  taxonomy_id: take.textParameter(64, { description: 'Only terms of this taxonomy.' }),
  parent_id: take.textParameter(64, { description: 'Only terms right below this one.' }),
  top_only: take.yesNo('true: only terms that have none above them.'),
});

const page = (item: z.ZodType, name: string) => ({
  200: {
    description: 'A page.',
    content: {
      'application/json': { schema: pageSchemaOf(item).openapi(name) },
      'application/x-ndjson': { schema: z.string() },
    },
  },
  304: { description: 'Nothing has changed since.' },
  ...PROBLEM_RESPONSES,
});

const single = (item: z.ZodType) => ({
  200: { description: 'It.', content: { 'application/json': { schema: item } } },
  304: { description: 'Nothing has changed since.' },
  ...PROBLEM_RESPONSES,
});

const taxonomyList = createRoute({
  method: 'get',
  tags: ['Taxonomies'],
  path: '/taxonomies',
  summary: 'Taxonomies: ours, and those that listings from elsewhere brought',
  request: { query: TaxonomyParameters },
  responses: page(OrukTaxonomy, 'TaxonomyPage'),
});
const taxonomy = createRoute({
  method: 'get',
  tags: ['Taxonomies'],
  path: '/taxonomies/{id}',
  summary: 'One taxonomy, with its terms',
  request: { params: z.object({ id: idParameter('taxonomy') }), query: z.strictObject({}) },
  responses: single(OrukTaxonomy),
});
const termList = createRoute({
  method: 'get',
  tags: ['Taxonomies'],
  path: '/taxonomy_terms',
  summary: 'Taxonomy terms',
  request: { query: TermParameters },
  responses: page(OrukTerm, 'TaxonomyTermPage'),
});
const term = createRoute({
  method: 'get',
  tags: ['Taxonomies'],
  path: '/taxonomy_terms/{id}',
  summary: 'One taxonomy term',
  request: { params: z.object({ id: idParameter('term') }), query: z.strictObject({}) },
  responses: single(OrukTerm),
});

/** Whether a record holds every word. */
function holds({ name, description }: { name: string; description: string }, words = ''): boolean {
  const text = `${name} ${description}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** GET /taxonomies, /taxonomies/{id}, /taxonomy_terms, /taxonomy_terms/{id} */
export function taxonomies(parts: ApiContext) {
  const { db } = parts;
  return resource([...Object.keys(TermParameters.shape)])
    .openapi(taxonomyList, (c) => {
      const given = c.req.valid('query');
      const state = freshnessOf(c, parts);
      if (state.unchanged) return notModified(c, state) as never;
      const found = knownTaxonomies(db)
        .map(({ taxonomy_terms: _terms, ...rest }) => rest)
        .filter((it) => holds(it, given.search));
      if (given.format === 'ndjson') return answerLines(c, state, [found]) as never;
      return answerPage(
        c,
        state,
        pageOfIds(found, pageRequestOf(given), (items) => items),
      ) as never;
    })
    .openapi(taxonomy, (c) => {
      const state = freshnessOf(c, parts);
      const found = knownTaxonomies(db).find((it) => it.id === c.req.valid('param').id);
      if (!found)
        return problem(c, 'not-found', {
          parameter: 'id',
          detail: 'There is no taxonomy with that id: /api/openreferral/v3/taxonomies lists them.',
        }) as never;
      return (state.unchanged ? notModified(c, state) : c.json(found, 200, state.headers)) as never;
    })
    .openapi(termList, (c) => {
      const given = c.req.valid('query');
      const state = freshnessOf(c, parts);
      if (state.unchanged) return notModified(c, state) as never;
      const kept = knownTerms(db).filter(
        ({ term, taxonomy_id }) =>
          holds(term, given.search) &&
          (given.taxonomy_id === undefined || taxonomy_id === given.taxonomy_id) &&
          (given.parent_id === undefined || term.parent_id === given.parent_id) &&
          (!given.top_only || term.parent_id === undefined),
      );
      const found = kept.map(({ term }) => term);
      if (given.format === 'ndjson') return answerLines(c, state, [found]) as never;
      return answerPage(
        c,
        state,
        pageOfIds(found, pageRequestOf(given), (items) => items),
      ) as never;
    })
    .openapi(term, (c) => {
      const state = freshnessOf(c, parts);
      const found = knownTerms(db).find(({ term }) => term.id === c.req.valid('param').id)?.term;
      if (!found)
        return problem(c, 'not-found', {
          parameter: 'id',
          detail: 'There is no term with that id: /api/openreferral/v3/taxonomy_terms lists them.',
        }) as never;
      return (state.unchanged ? notModified(c, state) : c.json(found, 200, state.headers)) as never;
    });
}
