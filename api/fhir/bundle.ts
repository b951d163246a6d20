import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import type { ResourceType } from './parameters.ts';

/** Lists of resources, as FHIR has them. */

/** What each resource of a bundle is called by from outside. */
const entryOf = (base: string, resource: FhirResource): BundleEntry => ({
  fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
  resource,
});

/**
 * A page of a search.
 * @param matches what was found, and `others` what was asked for beside it
 * @param given the parameters. What says where somebody is stands in no link: whoever asked by a form sends it again with the
 *   next `page`
 */
export function searchBundle(
  base: string,
  type: ResourceType,
  found: { matches: readonly FhirResource[]; others: readonly FhirResource[]; total: number },
  given: URLSearchParams,
  { page, limit }: { page: number; limit: number },
): Bundle {
  const { matches, others, total } = found;
  const address = (number: number): string => {
    const query = new URLSearchParams([...given].filter(([name]) => name !== 'near' && name !== 'page'));
    if (number > 1) query.set('page', String(number));
    return `${base}/${type}${query.size > 0 ? `?${query}` : ''}`;
  };
  const isMore = limit > 0 && page * limit < total;
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    link: [
      { relation: 'self', url: address(page) },
      ...(isMore && !given.has('near') ? [{ relation: 'next', url: address(page + 1) }] : []),
    ],
    // FHIR has no empty lists.
    ...(matches.length > 0 && {
      entry: [
        ...matches.map((resource): BundleEntry => ({ ...entryOf(base, resource), search: { mode: 'match' } })),
        ...others.map((resource): BundleEntry => ({ ...entryOf(base, resource), search: { mode: 'include' } })),
      ],
    }),
  };
}

/**
 * Resources that belong together, such as those of a handout.
 * @param made 'YYYY-MM-DD'
 */
export const collectionBundle = (
  base: string,
  id: string,
  made: string,
  resources: readonly FhirResource[],
): Bundle => ({
  resourceType: 'Bundle',
  id,
  type: 'collection',
  timestamp: `${made}T00:00:00Z`,
  ...(resources.length > 0 && { entry: resources.map((resource) => entryOf(base, resource)) }),
});
