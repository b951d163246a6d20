import { readPostcode } from '#api/domain/postcode.ts';
import { type Answer, locate, type PlaceResponse } from './api.ts';
import type { Trouble } from './outcomes.ts';
import { addressOf } from './sealed-search.ts';

/** A place found at once (its sealed form with what else the address must carry), or what stands in the way. */
export type Found = { href: string } | { answer: Answer<PlaceResponse>; status: number };

/** No more of what was typed than the api reads, and no half of a character at its end. */
export const cut = (typed: string): string => typed.slice(0, 100).toWellFormed();

/** The text fields of a form that was sent; none where it cannot be read. */
export async function formOf(request: Request): Promise<URLSearchParams> {
  const form = await request.formData().catch(() => new FormData());
  return new URLSearchParams([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

const LOOKS_LIKE_ONE = /(?<![\p{L}\d])[a-z]{1,2}\d[a-z\d]?[\s-]*\d[a-z]{2}(?![\p{L}\d])/giu;
const isPostcode = (text: string): boolean => readPostcode(text).kind === 'unit';

/**
 * The postcode that somebody typed among the words, which is taken out of them: in an address of results it would stay in the
 * browser's history. Null where there is none.
 */
export function postcodeInWords(params: URLSearchParams): string | null {
  const words = params.get('q') ?? '';
  const [postcode] = [...words.matchAll(LOOKS_LIKE_ONE)].map(([match]) => match).filter(isPostcode);
  if (!postcode) return null;
  const rest = words
    .replaceAll(LOOKS_LIKE_ONE, (match) => (isPostcode(match) ? ' ' : match))
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (rest) params.set('q', rest);
  else params.delete('q');
  return postcode;
}

/**
 * Turns what somebody typed into the address of its results, under a sealed place.
 * @param carry what else the search asked for, as `carried` leaves it
 * @returns the address to go to, or the answer that a page must put to the person first, with its HTTP status
 */
export async function findPlace(typed: string, carry: URLSearchParams): Promise<Found> {
  const answer = await locate(typed);
  if (!answer.ok) return { answer, status: answer.problem.status };
  const { outcome, place } = answer.body;
  // That a postcode was withdrawn is told before the results: in their address it would tell a few postcodes from all others.
  if (outcome === 'confirm' || outcome === 'terminated' || !place) return { answer, status: 200 };
  return { href: resultsNear(place, carry) };
}

function resultsNear({ near }: { near: string }, carry: URLSearchParams): string {
  const params = new URLSearchParams(carry);
  params.set('near', near);
  return addressOf('/search', params);
}

/**
 * Where a link that brought a postcode leads: to its results under a sealed place, or to the page that says why not. The
 * postcode is in neither address.
 * @param carry what else the link asked for; its `near` gives way to the postcode
 */
export async function leadOn(brought: string, carry: URLSearchParams): Promise<string> {
  carry.delete('near');
  postcodeInWords(carry);
  const found = await findPlace(cut(brought), carry);
  if ('href' in found) return found.href;
  const { answer } = found;
  if (answer.ok && answer.body.outcome === 'terminated' && answer.body.place)
    return resultsNear(answer.body.place, carry);
  return troubleHref(found, carry);
}

/**
 * What the page about a place that cannot be used takes from its address: nothing of what was typed, nor since when it is not
 * used any more, which may be true of one postcode alone.
 */
const TOLD = ['outcome', 'reason', 'where'] as const;

/**
 * The address of the page that says why the postcode in a link cannot be used. A repaired typo is not told there, since
 * that is a postcode too: the person types it again.
 */
function troubleHref({ answer }: Extract<Found, { answer: unknown }>, carry: URLSearchParams): string {
  const params = new URLSearchParams(carry);
  const told: Partial<Record<(typeof TOLD)[number], string | null>> = answer.ok
    ? { outcome: 'not_a_postcode' }
    : answer.problem;
  for (const name of TOLD) {
    const value = told[name];
    if (value) params.set(name, value);
  }
  return addressOf('/find', params);
}

/** What such an address tells; null where it tells nothing. */
export function toldTrouble(params: URLSearchParams): Trouble | null {
  const outcome = params.get('outcome');
  if (!outcome) return null;
  const told = Object.fromEntries(TOLD.map((name) => [name, params.get(name) ?? undefined]));
  return { ...told, outcome };
}
