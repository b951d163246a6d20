import { unpackList } from '#api/domain/handout-list.ts';
import { type Answer, type AreasResponse, areas, type PlaceResponse, type SearchResult } from './api.ts';
import { type Gathered, gatheredListings } from './handout.ts';
import { type OutcomeWords, outcomeWords } from './outcomes.ts';
import { addressOf } from './sealed-search.ts';
import { carried, type ResultsPage, resultsPage } from './search.ts';
import { sinceWords } from './since.ts';

/** The search in a frame on a page of another site. */

/** So many listings are shown there; all of them are one press away. */
const SHOWN = 8;

type Area = AreasResponse[number];

/** What the page around the frame keeps it to. */
export interface Kept {
  /** People of one council area; null for everybody. */
  area: Area | null;
  /** A list, in place of a search; empty for none. */
  only: string[];
  /** As its address names them, to be sent along with the form. */
  names: [name: string, value: string][];
}

/** What is asked of the frame, as `carried` leaves it: what somebody gathers on the site itself is no part of it. */
export function askedOf(given: URLSearchParams): URLSearchParams {
  const params = carried(given);
  params.delete('list');
  return params;
}

/** @returns what the frame is kept to; null where its address names an area in which nothing is listed */
export async function keptTo(given: URLSearchParams): Promise<Kept | null> {
  const slug = given.get('area');
  const only = unpackList(given.get('only'));
  const names = ['area', 'only'].flatMap((name): [string, string][] => {
    const value = given.get(name);
    return value ? [[name, value]] : [];
  });
  if (!slug) return { area: null, only, names };
  const all = await areas();
  const area = all.ok ? all.body.find((it) => it.slug === slug) : undefined;
  return area ? { area, only, names } : null;
}

/**
 * An address of the frame: what it is kept to, and what is asked.
 * @param params as `askedOf` leaves them
 */
export function frameAddress({ names }: Kept, params: URLSearchParams): string {
  const next = new URLSearchParams(params);
  for (const [name, value] of names) next.set(name, value);
  return addressOf('/embed', next);
}

export interface Found {
  page: ResultsPage;
  /** The first of them, the best first, then each way of being reached. */
  results: SearchResult[];
  total: number;
}

/** What the frame shows of a search: without a place that of its area, where it has one. */
export async function foundFor({ area }: Kept, params: URLSearchParams): Promise<Answer<Found>> {
  const asked = new URLSearchParams(params);
  if (area && !asked.has('near')) asked.set('near', area.near);
  const answer = await resultsPage(asked);
  if (!answer.ok) return answer;
  const { best, sections, kept, whole } = answer.body;
  const { venue, area: comes, remote } = whole.matches;
  const found = [...best, ...sections.flatMap((section) => section.results)];
  const results = (found.length > 0 ? found : kept).slice(0, SHOWN);
  return { ok: true, body: { page: answer.body, results, total: venue + comes + remote } };
}

/** Whether a search is from the area to which the frame is kept: what lies on its border is. */
export const isFromArea = ({ area }: Kept, { whole }: ResultsPage): boolean =>
  area === null || whole.place === null || whole.place.districts.some(({ code }) => code === area.code);

/** The listings of the list to which a frame is kept, with how each stands to a place. */
export const listed = ({ only }: Kept, near: string | null): Promise<Gathered[]> => gatheredListings(only, near);

/** Why there is no place to search from, and from where one could. */
export interface PlaceTrouble {
  words: OutcomeWords;
  /** A postcode to be confirmed, since what was typed looks like it. */
  suggestion: string | null;
  /** Where a postcode was that is not used any more, or what lies around one that is not known. */
  nearby: { label: string; near: string } | null;
  /** The places that bear the name. */
  choices: readonly { label: string; near: string }[];
}

export function placeTrouble(answer: Answer<PlaceResponse>, typed: string): PlaceTrouble {
  const { outcome, since, suggestion, nearby, choices } = answer.ok
    ? { ...answer.body, nearby: answer.body.place, choices: [] }
    : { suggestion: null, nearby: null, ...answer.problem };
  const trouble = { ...(!answer.ok && answer.problem), outcome: outcome ?? 'not_a_postcode', empty: typed === '' };
  const words = outcomeWords(trouble, sinceWords(since), nearby !== null);
  return { words, suggestion: suggestion ?? null, nearby, choices: choices ?? [] };
}
