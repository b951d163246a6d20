import { isVisited } from '#api/domain/journey.ts';
import { describeDistance } from '#api/domain/words.ts';
import type { SearchResult } from './api.ts';

/** How a listing stands to whoever asks, as every kind of card says it. */
export interface CardStanding {
  /** Why it is not for the address; null where it is, or may be. */
  notHere: string | null;
  /** What has to be asked before it is relied on, in place of an answer; null where nothing has. */
  ask: string | null;
  /** That it comes, covers the area, or is had from home; null for a venue. */
  comes: string | null;
  /** 'About 2 miles away'; null where nothing is measured. */
  away: string | null;
}

/** Metres, a tenth of a mile: of what is nearer 'about' would say nothing. */
const NEAR = 161;

/** @param approximate whether the place is not a single postcode */
export function cardStanding(
  { service, reach, distance_m = null }: Pick<SearchResult, 'service'> & Partial<SearchResult>,
  approximate: boolean,
): CardStanding {
  // Nobody is to read it as an answer: the question stands where 'not for this address' does.
  const unsure = reach !== undefined && (reach.kind === 'unclear' || (reach.kind === 'venue' && !reach.certain));
  return {
    notHere: reach?.kind === 'not_serving' ? reach.why : null,
    ask: unsure ? reach.why : null,
    comes: reach && (reach.kind === 'area' || reach.kind === 'remote') ? reach.why : null,
    away:
      distance_m === null || !isVisited(service)
        ? null
        : `${approximate && distance_m > NEAR ? 'About ' : ''}${describeDistance(distance_m)} away`,
  };
}
