import type { ListingOnPaper } from '../domain/handout.ts';
import type { Place } from '../domain/place.ts';
import { today } from '../domain/schedule.ts';
import type { Listing } from '../domain/service.ts';
import type { Geocoder } from '../geocode/geocoder.ts';
import type { Hit, SearchIndex, SearchQuery } from '../search/types.ts';
import { findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/**
 * Finds the nearest listing to use in place of one that has closed or changed. Distances are measured from the old
 * venue, never from anybody's home.
 */

interface Parts {
  db: Db;
  index: SearchIndex;
  geocoder: Geocoder;
}

export interface NearestAlternative {
  listing: Listing;
  /** Metres from the old venue in a straight line; null where it has no venue. */
  distance_m: number | null;
}

/** How many candidates are looked at: enough that one of them is still running and open. */
const LOOKED_AT = 40;
/** Metres (30 miles): nobody is sent farther than this instead. */
const FAR = 48_280;
const REMOTE: readonly string[] = ['online', 'phone', 'at_home'];

/** Where the old venue was, as a place to search from; null where it had none. */
async function oldPlace(geocoder: Geocoder, { venues }: ListingOnPaper): Promise<Place | null> {
  const venue = venues.find(({ latitude, longitude }) => latitude !== null && longitude !== null);
  if (!venue || venue.latitude === null || venue.longitude === null) return null;
  const point = { latitude: venue.latitude, longitude: venue.longitude };
  // The venue's postcode is on the paper: it tells which areas the venue lies in.
  const located = venue.postal_code === null ? null : await geocoder.locate(venue.postal_code);
  const place = located && 'place' in located ? located.place : null;
  if (place) return { ...place, ...point };
  return geocoder.placeOf({ kind: 'point', ...point, sector: null, district: null, ward: null });
}

const query = (then: ListingOnPaper, place: Place | null, reach: SearchQuery['reach'], day: string): SearchQuery => ({
  place,
  q: '',
  filters: { category: [then.category] },
  reach,
  radius_m: place ? FAR : null,
  sort: place ? 'distance' : 'checked',
  page: 1,
  per_page: LOOKED_AT,
  today: day,
});

/**
 * Whether the people whom the old listing served are served here too: it is open to all, or serves one of the same
 * areas.
 */
const servesAlike = (
  { service: { service_areas, service_area_status } }: Listing,
  { areas }: ListingOnPaper,
): boolean =>
  (service_areas.length === 0 && service_area_status === 'said') ||
  service_areas.some(({ code, type }) => type === 'uk' || areas.includes(code));

/**
 * The nearest listing of the same category that is running, open and confirmed.
 * @param then the old listing, as it stood on the handout
 * @param exclude ids that are on the handout already
 * @returns null where nothing like it is listed
 */
export async function nearestAlternative(
  { db, index, geocoder }: Parts,
  then: ListingOnPaper,
  exclude: ReadonlySet<string>,
  now: Date,
): Promise<NearestAlternative | null> {
  const day = today(now);
  const place = await oldPlace(geocoder, then);
  const alive = (hits: readonly Hit[]): NearestAlternative[] => {
    const wanted = hits.filter(({ id }) => !exclude.has(id));
    const distances = new Map(wanted.map(({ id, distance_m }) => [id, distance_m]));
    return findListings(
      db,
      wanted.map(({ id }) => id),
    )
      .filter(({ service, state }) => service.status === 'active' && state !== 'unconfirmed' && isOpen(service, day))
      .map((listing) => ({ listing, distance_m: distances.get(listing.service.id) ?? null }));
  };
  if (place) {
    const [near] = alive(index.search(query(then, place, ['venue'], day)).hits);
    if (near) return near;
  }
  const ways = then.attending_types.filter((way) => REMOTE.includes(way));
  const elsewhere = alive(index.search(query(then, place, ['area', 'remote'], day)).hits);
  return (
    elsewhere.find(
      ({ listing }) =>
        servesAlike(listing, then) &&
        (ways.length === 0 || listing.service.attending_types.some((way) => ways.includes(way))),
    ) ?? null
  );
}

const isOpen = ({ availability: { state, until } }: Listing['service'], day: string): boolean =>
  state === 'open' || (until !== undefined && until < day);
