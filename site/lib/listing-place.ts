import { isVisited } from '#api/domain/journey.ts';
import { ATTENDING_LABELS, inOneSentence } from '#api/domain/words.ts';
import type { ReachResponse, ServiceResponse } from './api.ts';

/** What the page of a listing says of where it is. */
interface ListingPlace {
  /** Whether anybody goes to its place: a telephone line may have an office. */
  visited: boolean;
  /** The venue that is nearest to who asks, or the first, as one line; null where nobody goes to one. */
  venue: string | null;
  /** The ways of taking part; '' where it says none. */
  ways: string;
  /** In place of the venue, how it is had from there; null or '' where there is nothing to say. */
  where: string | null;
  /** How far the venue is, in metres; null where nobody goes there, or it is not known from where. */
  away: number | null;
}

/** @param standing what it is for who asks; null where that is not known */
export function placeOf(
  { service, locations }: Pick<ServiceResponse, 'service' | 'locations'>,
  standing: ReachResponse | null,
): ListingPlace {
  const visited = isVisited(service);
  const ways = inOneSentence(
    service.attending_types.map((type) => ATTENDING_LABELS[type]),
    ', ',
  );
  const shown = locations.find(({ id }) => id === standing?.location_id) ?? locations[0];
  const venue = visited && shown?.name ? [shown.name, shown.address?.postal_code].filter(Boolean).join(', ') : null;
  return {
    visited,
    venue,
    ways,
    where: venue ?? howItIsHad(visited, ways, standing),
    away: visited ? (standing?.distance_m ?? null) : null,
  };
}

/** Where it is had without a journey, how it is had; the reason says so of what serves the address that way. */
function howItIsHad(visited: boolean, ways: string, standing: ReachResponse | null): string | null {
  const kind = standing?.reach.kind;
  if (standing && (visited || kind === 'area' || kind === 'remote')) return standing.reach.why;
  return visited ? null : ways;
}
