import { packList, placeOfList, unpackList } from '#api/domain/handout-list.ts';
import { type Answer, type SearchResponse, type SearchResult, search, searchAtOnce } from './api.ts';
import { FILTER_NAMES } from './filters.ts';
import { addressOf, opened, sealed } from './sealed-search.ts';

/** What a search address of the site may carry; anything else is dropped rather than passed on. */
const CARRIED = ['near', 'sealed', 'q', 'radius', 'sort', 'reach', 'page', ...FILTER_NAMES, 'list', 'before', 'cards'];
/** Of the page alone, and no part of what is asked: what is gathered for handouts, and how much of each card is shown. */
const OF_THE_PAGE = ['list', 'before', 'cards'];

/** How many of each section the first page shows before 'See all'. */
const FIRST_PAGE = { venue: 10, area: 5, remote: 5, unclear: 5 } as const;
const PER_PAGE = 20;
/** So many of what only shares a word are shown on the first page. */
const MOST_WORD_ONLY = 10;

const WAYS: readonly string[] = [...Object.keys(FIRST_PAGE), 'not_serving'];

export type Way = keyof typeof FIRST_PAGE | 'not_serving';

export interface Section {
  way: Way;
  results: SearchResult[];
  total: number;
}

export interface ResultsPage {
  /** Totals, facets, place and radius: the same for every section. */
  whole: SearchResponse;
  /** What matches best, wherever it is: above the sections, and not in them again. */
  best: SearchResult[];
  sections: Section[];
  /** Where nothing matches: what is about all the words that are left, once what counted for nothing is set aside. */
  kept: SearchResult[];
  /** What has none of the words that were typed and means something alike. */
  related: SearchResult[];
  /** What only shares a word with what was typed. */
  wordOnly: SearchResult[];
  /** The one way that was asked for, with its pages; null on the first page, which shows a little of each. */
  only: Way | null;
}

const isMatch = ({ match }: SearchResult): boolean => match === 'words';
const isKept = ({ match }: SearchResult): boolean => match === 'kept';
const isWordOnly = ({ match }: SearchResult): boolean => match === 'word_only';

/** The parameters of a search that mean something, in the open, without empty ones, in a fixed order. */
export function carried(given: URLSearchParams): URLSearchParams {
  const params = opened(given);
  const kept = new URLSearchParams();
  for (const name of CARRIED) {
    for (const value of params.getAll(name)) if (value.trim() !== '') kept.append(name, value.trim());
  }
  // A way that there is not, or several of them, would be a page without a heading.
  const reach = params.getAll('reach').find((value): value is Way => WAYS.includes(value));
  kept.delete('reach');
  if (reach) kept.set('reach', reach);
  // The first page shows a few of each way: only one way has further pages.
  else kept.delete('page');
  if (kept.get('cards') !== 'short') kept.delete('cards');
  for (const name of ['list', 'before']) {
    const list = packList(unpackList(kept.get(name)), placeOfList(kept.get(name)));
    if (list) kept.set(name, list);
    else kept.delete(name);
  }
  return kept;
}

/** The same search with some parameters changed: a string sets, null removes. A change goes back to page 1. */
export function changed(params: URLSearchParams, changes: Record<string, string | null>): string {
  const next = new URLSearchParams(params);
  if (!('page' in changes)) next.delete('page');
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return addressOf('/search', next);
}

/** Whether cards are shown in four lines each, as somebody chose who reads many. */
export const showsShort = (params: URLSearchParams): boolean => params.get('cards') === 'short';

/** '½ mile' for the radius '0.5'. */
export const milesWords = (radius: string): string =>
  radius === '0.5' ? '½ mile' : radius === '1' ? '1 mile' : `${radius} miles`;

/** All that a search finds, to take away: place and words stay sealed. */
export function downloadHref(params: URLSearchParams, form: 'csv' | 'geojson'): string {
  const asked = new URLSearchParams(params);
  for (const ofThePage of ['page', ...OF_THE_PAGE]) asked.delete(ofThePage);
  return addressOf(`/api/v1/search.${form}`, asked);
}

/** The same search without one value of one filter. */
export function without(params: URLSearchParams, name: string, value: string): string {
  const next = new URLSearchParams(params);
  next.delete('page');
  next.delete(name);
  for (const kept of params.getAll(name).flatMap((it) => it.split(','))) if (kept !== value) next.append(name, kept);
  return addressOf('/search', next);
}

/** What is asked for the results page. */
function askedFor(params: URLSearchParams): URLSearchParams {
  const asked = sealed(params);
  for (const ofThePage of OF_THE_PAGE) asked.delete(ofThePage);
  if (params.has('reach')) asked.set('per_page', String(PER_PAGE));
  else asked.set('each', String(Math.max(...Object.values(FIRST_PAGE))));
  return asked;
}

function pageOf(params: URLSearchParams, whole: SearchResponse): ResultsPage {
  const only = params.get('reach') as Way | null;
  const { results, matches, related } = whole;
  const kept = results.filter(isKept);
  if (only) {
    const section = { way: only, results: results.filter(isMatch), total: matches[only] };
    return { whole, best: [], sections: [section], kept, related, wordOnly: results.filter(isWordOnly), only };
  }
  const best = results.slice(0, whole.best);
  const others = results.slice(best.length).filter(isMatch);
  const sections = Object.entries(FIRST_PAGE).map(([name, count]): Section => {
    const way = name as keyof typeof FIRST_PAGE;
    return { way, results: others.filter(({ reach }) => reach.kind === way).slice(0, count), total: matches[way] };
  });
  const wordOnly = results.filter(isWordOnly).slice(0, MOST_WORD_ONLY);
  return { whole, best, sections, kept, related, wordOnly, only };
}

/**
 * What the results page shows: a few of each way of standing to the place, or, with `reach`, all of one, by pages.
 * @param params as `carried` leaves them
 */
export async function resultsPage(params: URLSearchParams): Promise<Answer<ResultsPage>> {
  const answer = await search(askedFor(params));
  return answer.ok ? { ok: true, body: pageOf(params, answer.body) } : answer;
}

/** The same at once; null where the API would refuse it. */
export function resultsAtOnce(params: URLSearchParams): ResultsPage | null {
  const whole = searchAtOnce(askedFor(params));
  return whole && pageOf(params, whole);
}
