import { type Answer, locate, type PlaceResponse } from './api.ts';

/** A place found at once (its sealed form with what else the address must carry), or what stands in the way. */
export type Found = { href: string } | { answer: Answer<PlaceResponse>; status: number };

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
