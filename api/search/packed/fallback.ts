import { isGuess } from '../../domain/guesses.ts';
import { type Listing, type Location, PUBLIC_STATES } from '../../domain/service.ts';

/**
 * What of a listing's reach does not depend on any place: whether it is searched at all, where its venues are, and what
 * it is where no venue is near (docs/ranking.md).
 */

/**
 * A location that people can go to and that distances are measured to: public, with a point, and more than a postal
 * address.
 */
export type PublicPoint = Location & { latitude: number; longitude: number };

/** Whether a listing is in the index: the public may see it, and it is going on. */
export const isSearchable = (listing: Listing): boolean =>
  PUBLIC_STATES.includes(listing.state) && listing.service.status === 'active';

/** The points of a listing that may be shown. A confidential location has none here, so none can leak. */
export const publicPoints = (listing: Listing): PublicPoint[] =>
  listing.locations.filter(
    (location): location is PublicPoint =>
      !location.confidential &&
      location.location_type === 'physical' &&
      location.latitude !== undefined &&
      location.longitude !== undefined,
  );

const isInformation = ({ service }: Listing): boolean => service.kind === 'information' && !isGuess(service, 'kind');

/** The reach of a listing that serves the place and has no venue nearby. The numbers are packed in rows. */
export const FALLBACKS = ['none', 'area', 'remote'] as const;
export type Fallback = (typeof FALLBACKS)[number];

/**
 * 'area': it comes to people, or does not say in public where it meets, and is found by the areas it serves. 'remote':
 * online or by phone. 'none': people have to go there, and beyond the circle it is not found.
 *
 * Where nobody has said how people take part, it is found by area too, and says that it is to be asked.
 *
 * What comes to people and names no area is open to everybody. If it is also online or by phone, 'remote' is what it
 * is: or every search would list it as local.
 */
export function fallbackOf(listing: Listing): Fallback {
  const { attending_types, service_areas } = listing.service;
  const hasPoint = publicPoints(listing).length > 0;
  const inPerson = attending_types.includes('in_person');
  const comes = attending_types.includes('at_home') || (inPerson && !hasPoint);
  // Nobody has to go anywhere for information: a leaflet is there for everybody it is meant for, whatever its record
  // says.
  const remote =
    attending_types.includes('online') || attending_types.includes('phone') || (isInformation(listing) && !hasPoint);
  if (comes && service_areas.length > 0) return 'area';
  if (remote) return 'remote';
  return inPerson && hasPoint ? 'none' : 'area';
}
