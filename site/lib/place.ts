import { readPostcode } from '#api/domain/postcode.ts';
import { type Answer, locate, type PlaceResponse } from './api.ts';
import type { Trouble } from './outcomes.ts';

/** A place found at once (its sealed form with what else the address must carry), or what stands in the way. */
export type Found = { href: string } | { answer: Answer<PlaceResponse>; status: number };

/** No more of what was typed than the api reads, and no half of a character at its end. */
export const cut = (typed: string): string => typed.slice(0, 100).toWellFormed();

/**
 * The postcode that somebody typed as words, which is taken out of them: in an address of results it would stay in the
 * browser's history. Null where the words are words.
 */
export function postcodeInWords(params: URLSearchParams): string | null {
  const words = params.get('q') ?? '';
  if (readPostcode(words).kind !== 'unit') return null;
  params.delete('q');
  return words;
}

/**
 * Turns what somebody typed into the address of its results, under a sealed place.
 * @param carry what else the search asked for, as `carried` leaves it
 * @returns the address to go to, or the answer that a page must put to the person first, with its HTTP status
 */
export async function findPlace(typed: string, carry: URLSearchParams): Promise<Found> {
  const answer = await locate(typed);
  if (!answer.ok) return { answer, status: answer.problem.status };
  const { outcome, place, since } = answer.body;
  if (outcome === 'confirm' || !place) return { answer, status: 200 };
  const params = new URLSearchParams(carry);
  params.set('near', place.near);
  // What the sealed place cannot tell by itself: that the postcode was withdrawn, and when.
  if (outcome === 'terminated') params.set('withdrawn', since ?? 'yes');
  return { href: `/search?${params}` };
}

/** What the page about a place that cannot be used takes from its address: nothing of what was typed. */
const TOLD = ['outcome', 'reason', 'where', 'since'] as const;

/**
 * The address of the page that says why the postcode in a link cannot be used. A repaired typo is not told there, since
 * that is a postcode too: the person types it again.
 */
export function troubleHref({ answer }: Extract<Found, { answer: unknown }>, carry: URLSearchParams): string {
  const params = new URLSearchParams(carry);
  const told: Partial<Record<(typeof TOLD)[number], string | null>> = answer.ok
    ? { outcome: 'not_a_postcode' }
    : answer.problem;
  for (const name of TOLD) {
    const value = told[name];
    if (value) params.set(name, value);
  }
  return `/find?${params}`;
}

/** What such an address tells; null where it tells nothing. */
export function toldTrouble(params: URLSearchParams): Trouble | null {
  const outcome = params.get('outcome');
  if (!outcome) return null;
  const told = Object.fromEntries(TOLD.map((name) => [name, params.get(name) ?? undefined]));
  return { ...told, outcome };
}
