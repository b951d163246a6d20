import { UNSORTED } from '#api/domain/guesses.ts';
import { RECORD_STATES } from '#api/domain/service.ts';
import { taxonomyTerm } from '#api/domain/taxonomy.ts';
import { directory } from '#api/instance.ts';
import { REGISTER_SORTS, type RegisterQuery } from '#api/store/register.ts';
import { numberIn } from '../page-number.ts';
import { today } from '../today.ts';

/** What moderators look for among all listings, out of an address or a form. */

/**
 * The search that some parameters stand for.
 * @param given the value of a parameter; '' for none
 */
export function registerQuery(given: (name: string) => string, per_page: number): RegisterQuery {
  const category = given('category');
  return {
    q: given('q').slice(0, 300),
    state: RECORD_STATES.find((state) => state === given('state')) ?? null,
    among: taxonomyTerm(category) || category === UNSORTED ? inCategory(category) : null,
    unkept: given('kept') === 'nobody',
    source: given('source').slice(0, 160),
    sort: REGISTER_SORTS.find((sort) => sort === given('sort')) ?? 'name',
    page: numberIn(given('page')),
    per_page,
  };
}

/** How many listings that the public sees wait to be sorted. */
export const countUnsorted = (): number => inCategory(UNSORTED).length;

/** The ids of what the public finds in a category: the index in memory knows, where the file would be read through. */
const inCategory = (code: string): string[] =>
  directory.index
    .search({
      place: null,
      q: '',
      filters: { category: [code] },
      reach: ['venue', 'area', 'remote', 'not_serving'],
      radius_m: null,
      sort: 'name',
      page: 1,
      per_page: Math.max(1, directory.index.size),
      today: today(),
    })
    .hits.map(({ id }) => id);
