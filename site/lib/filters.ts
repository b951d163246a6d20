import { FACET_NAMES, facetOf } from '#api/search/facets.ts';

/** The filters as the page shows them, in the order in which people reach for them. */
export const FILTERS = FACET_NAMES.map((name) => ({ name, ...facetOf(name) }));

/** Everything that a search address of the site may carry beside the sealed place. */
export const FILTER_NAMES: readonly string[] = FACET_NAMES;
