import { type ReachResponse, type SearchResult, type ServiceResponse, search } from './api.ts';

/** A clinical service's answer to the place at hand: whether it sees people from there, and if not, which one does. */
export interface Catchment {
  answer: 'yes' | 'maybe' | 'no';
  /** 'E8 1' */
  place: string;
  /** The clinical service of a shared subject that does serve the place; null where none is listed, or none is needed. */
  instead: SearchResult | null;
}

/** How many are looked at for the best of them. */
const CANDIDATES = 20;
/** Miles: a clinic may be far and still be the one that serves a place. */
const FAR = '20';

/**
 * The clinical service that serves a place instead. A real one never gives way to an example; then the more subjects
 * shared, the better; then the first subject of both, the order of the search.
 */
async function servingInstead(service: ServiceResponse['service'], near: string): Promise<SearchResult | null> {
  const answer = await search(
    new URLSearchParams({
      near,
      kind: 'clinical',
      category: service.taxonomy_terms.join(','),
      reach: 'venue,area,remote',
      radius: FAR,
      per_page: String(CANDIDATES),
    }),
  );
  if (!answer.ok) return null;
  const subjects = new Set(service.taxonomy_terms);
  const fit = ({ service: it }: SearchResult): number =>
    (it.example === service.example ? 100 : 0) +
    (it.taxonomy_terms[0] === service.taxonomy_terms[0] ? 10 : 0) +
    it.taxonomy_terms.filter((term) => subjects.has(term)).length;
  return (
    answer.body.results.filter(({ service: it }) => it.id !== service.id).toSorted((a, b) => fit(b) - fit(a))[0] ?? null
  );
}

/**
 * The catchment answered for a place.
 * @param near the sealed place
 */
export async function catchmentOf(
  service: ServiceResponse['service'],
  reach: ReachResponse,
  near: string,
): Promise<Catchment> {
  const answer = reach.reach.kind === 'not_serving' ? 'no' : reach.reach.certain ? 'yes' : 'maybe';
  return {
    answer,
    place: reach.place.label,
    instead: answer === 'no' ? await servingInstead(service, near) : null,
  };
}
