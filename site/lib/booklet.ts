import { TAXONOMY } from '#api/domain/taxonomy.ts';
import { type Answer, type SearchResponse, type SearchResult, search } from './api.ts';
import { sealed } from './sealed-search.ts';
import { helpForListing, isPrivateListing } from './urgent.ts';

/** All that serves an area, by subject, to be printed and laid out. */

/** A booklet holds so many listings: some dozen pages. */
const MOST_IN_BOOKLET = 100;
/** Miles, where nobody chose: an area, and not the half of a mile in which there are ten. */
const RADIUS = '2';

interface Subject {
  code: string;
  name: string;
  results: SearchResult[];
}

export interface Booklet {
  whole: SearchResponse;
  subjects: Subject[];
  /** How many are in it, and how many more serve the place than it holds. */
  count: number;
  more: number;
  /** Who answers in place of what is left out, since others may see a paper: 'Name 0808 …'; empty where nothing is. */
  inPlace: string[];
}

/** How far a booklet looks, in miles; null where it is for no place. */
export const radiusOf = (params: URLSearchParams): string | null =>
  params.has('near') ? (params.get('radius') ?? RADIUS) : null;

/**
 * What serves the place of a search, by subject, each listing under the first of its own.
 * @param params as `carried` leaves them; a page of the results, their order and what was gathered mean nothing on paper
 */
export async function booklet(params: URLSearchParams): Promise<Answer<Booklet>> {
  const query = sealed(params);
  for (const name of ['page', 'list', 'before', 'cards', 'sort']) query.delete(name);
  const radius = radiusOf(params);
  if (radius !== null) query.set('radius', radius);
  query.set('reach', 'venue,area,remote');
  query.set('per_page', String(MOST_IN_BOOKLET));
  const answer = await search(query);
  if (!answer.ok) return answer;
  const { results, matches } = answer.body;
  const found = results.filter(({ match }) => match === 'words');
  const printed = found.filter(({ service }) => !isPrivateListing(service));
  const groups = [...TAXONOMY, { code: 'other', name: 'Other', terms: [] }];
  const groupOf = ({ service }: SearchResult) =>
    TAXONOMY.find(({ terms }) => terms.some(({ code }) => code === service.taxonomy_terms[0]))?.code ?? 'other';
  const subjects = groups
    .map(({ code, name }) => ({ code, name, results: printed.filter((result) => groupOf(result) === code) }))
    .filter(({ results: own }) => own.length > 0);
  const total = matches.venue + matches.area + matches.remote;
  const inPlace = found
    .filter(({ service }) => isPrivateListing(service))
    .flatMap(({ service }) => helpForListing(service))
    .flatMap((danger) => (danger.private ? danger.contacts : []))
    .flatMap(({ name, phone }) => (phone ? [`${name} ${phone}`] : []));
  return {
    ok: true,
    body: {
      whole: answer.body,
      subjects,
      count: printed.length,
      more: total - found.length,
      inPlace: [...new Set(inPlace)],
    },
  };
}
