import type { Place } from '../domain/place.ts';
import type { Listing } from '../domain/service.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { locationPoints, type PlacePair } from '../store/published.ts';
import { placeId } from './ids.ts';
import { locationBasic, locationFull } from './publish/location.ts';
import { serviceBasic, serviceFull } from './publish/service.ts';
import type { OrukService } from './schema.ts';
import { metresBetween } from './select.ts';

/** From ids to records as they are published. */

/** How records are wanted. */
export interface Form {
  full: boolean;
  /** Where `distance_m` is measured from. */
  from?: Place | undefined;
  now: Date;
}

/** The services of those ids; one that is not published is left out. */
export const serviceRecords = (db: Db, ids: readonly string[], form: Form): OrukService[] =>
  findListings(db, ids).map((listing) => ({
    ...(form.full ? serviceFull(listing, form.now) : serviceBasic(listing, form.now)),
    ...distance(form, listing.locations),
  }));

/** The services at locations of those pairs; one of which either is not published is left out. */
export function placeRecords(db: Db, pairs: readonly PlacePair[], form: Form) {
  const listings = new Map(
    findListings(db, [...new Set(pairs.map(({ service_id }) => service_id))]).map((it) => [it.service.id, it]),
  );
  return pairs.flatMap(({ service_id, location_id }) => {
    const listing = listings.get(service_id);
    const location = listing?.locations.find(({ id }) => id === location_id);
    if (!listing || !location || location.confidential) return [];
    const id = placeId(service_id, location_id);
    const ids = { id, service_id, location_id };
    const measured = distance(form, [location]);
    if (!form.full)
      return [{ ...ids, location: locationBasic(location), service: serviceBasic(listing, form.now), ...measured }];
    const service = serviceFull(listing, form.now);
    const { schedules = [], service_at_locations: places = [] } = service;
    const here = schedules.filter(({ service_at_location_id: at }) => at === undefined || at === id);
    const published = places.find((place) => place.location_id === location_id);
    return [
      {
        ...ids,
        location: published?.location ?? locationFull(location),
        ...(here.length > 0 && { schedules: here }),
        service,
        ...measured,
      },
    ];
  });
}

function distance({ from }: Form, locations: Listing['locations']): { distance_m?: number } {
  if (!from) return {};
  const ways = locations.flatMap(({ confidential, latitude, longitude }) =>
    confidential || latitude === undefined || longitude === undefined
      ? []
      : [metresBetween(from, { latitude, longitude })],
  );
  return ways.length === 0 ? {} : { distance_m: Math.min(...ways) };
}

/** Those pairs whose location is within so many metres of a place, the nearest first. */
export function nearestPlaces(db: Db, pairs: readonly PlacePair[], from: Place, metres: number): PlacePair[] {
  const points = locationPoints(
    db,
    pairs.map(({ location_id }) => location_id),
  );
  return pairs
    .flatMap((pair) => {
      const point = points.get(pair.location_id);
      const away = point ? metresBetween(from, point) : Number.POSITIVE_INFINITY;
      return away <= metres ? [{ pair, away }] : [];
    })
    .sort((a, b) => a.away - b.away)
    .map(({ pair }) => pair);
}
