import { type Listing, type Location, PUBLIC_STATES } from '../../domain/service.ts';

/** How a listing stands by itself, before any place is named: the part of product.md's four ways that never changes. */

/** A location to go to, or to measure from: public, with a point, and a place rather than a postal address. */
export type PublicPoint = Location & { latitude: number; longitude: number };

/** Whether a listing is in the index at all: the public may see it and it is going on. */
export const isSearchable = (listing: Listing): boolean =>
  PUBLIC_STATES.includes(listing.state) && listing.service.status === 'active';

/** The points of a listing that may be shown. A confidential location has none here, so none can leave. */
export const publicPoints = (listing: Listing): PublicPoint[] =>
  listing.locations.filter(
    (location): location is PublicPoint =>
      !location.confidential &&
      location.location_type === 'physical' &&
      location.latitude !== undefined &&
      location.longitude !== undefined,
  );

/** The way in which a listing stands, where it serves a place and is no venue near it. The numbers are packed in rows. */
export const FALLBACKS = ['none', 'area', 'remote'] as const;
export type Fallback = (typeof FALLBACKS)[number];

/**
 * 'area': it comes to people, or meets where it does not say in public; it is found by the areas it serves. 'remote':
 * online or by phone. 'none': one goes there, and too far is too far.
 *
 * What comes to people and names no area is open to everybody; if it can be had online or by phone it stands there, or
 * every search would list it as local.
 */
export function fallbackOf(listing: Listing): Fallback {
  const { attending_types, kind, service_areas } = listing.service;
  const hasPoint = publicPoints(listing).length > 0;
  const inPerson = attending_types.includes('in_person');
  const comes = attending_types.includes('at_home') || (inPerson && !hasPoint);
  // Information needs no visit: a leaflet is there for everybody it is meant for, whatever its form says.
  const remote =
    attending_types.includes('online') || attending_types.includes('phone') || (kind === 'information' && !hasPoint);
  if (comes && service_areas.length > 0) return 'area';
  if (remote) return 'remote';
  return inPerson && hasPoint ? 'none' : 'area';
}
