import type { Place } from '../domain/place.ts';
import { today } from '../domain/schedule.ts';
import type { Listing, Service } from '../domain/service.ts';
import type { Geocoder } from '../geocode/geocoder.ts';
import type { Hit, SearchIndex } from '../search/types.ts';

/** Living listings like another: of its category, the most alike by what they mean, for who can reach that one. */

/** What is asked of a listing that is looked at, as it is today. */
interface Looked {
  service: Pick<Service, 'id' | 'kind' | 'availability'> & { state: string; organization: { id: string } };
}

interface Parts {
  /** What is shown of hits; of those that have gone nothing. */
  shown: (hits: readonly Hit[], place: Place | null) => readonly Looked[];
  index: SearchIndex;
  geocoder: Geocoder;
}

const MOST = 3;
/** Listings looked at: enough that some of them are alive and open, whatever has closed around. */
const LOOKED_AT = 60;

/** Where the listing itself is, as a place to search from; null where that is nowhere in public. */
function ownPlace(geocoder: Geocoder, listing: Listing): Place | null {
  const open = listing.locations.filter(({ confidential }) => !confidential);
  const { latitude, longitude } = open.find((location) => location.latitude !== undefined) ?? {};
  if (latitude === undefined || longitude === undefined) return null;
  return geocoder.placeOf({ kind: 'point', latitude, longitude, sector: null, district: null, ward: null });
}

/**
 * Up to three living listings like one, the most alike first, and no two of one organisation. What is only from the
 * organisation that the reader has before them is no choice: then there are none.
 * @param from the place searched from; null where there is none: then it is where the listing is
 * @returns hits, and the place that they are reached from
 */
export function likeThis(
  { shown, index, geocoder }: Parts,
  listing: Listing,
  from: Place | null,
  now: Date,
): { hits: Hit[]; place: Place | null } {
  const { service } = listing;
  if (service.taxonomy_terms.length === 0) return { hits: [], place: from };
  const day = today(now);
  const place = from ?? ownPlace(geocoder, listing);
  const found = index
    .search({
      place,
      q: '',
      filters: { category: service.taxonomy_terms },
      // Without a place nobody knows what can be reached, but for what is had from anywhere.
      reach: place ? ['venue', 'area', 'remote'] : ['remote'],
      radius_m: null,
      sort: place ? 'distance' : 'name',
      page: 1,
      per_page: LOOKED_AT,
      each: LOOKED_AT,
      today: day,
    })
    .hits.filter(({ id }) => id !== service.id);
  const alive = new Map(
    shown(found, place)
      .filter(
        ({ service: { availability, kind, state } }) =>
          state !== 'unconfirmed' &&
          (kind === 'volunteering') === (service.kind === 'volunteering') &&
          !['full', 'paused'].includes(availability.state),
      )
      .map((it) => [it.service.id, it.service.organization.id]),
  );
  const likeness = index.likeness(
    service.id,
    found.map(({ id }) => id),
  );
  const ranked = found
    .map((hit, at) => ({ hit, like: likeness[at] ?? 0, organization: alive.get(hit.id) }))
    .filter(({ organization }) => organization !== undefined)
    .sort((a, b) => b.like - a.like);
  const first = ranked.filter((it, at) => ranked.findIndex((other) => other.organization === it.organization) === at);
  const chosen = first.slice(0, MOST);
  const isChoice = chosen.some(({ organization }) => organization !== listing.organization.id);
  return { hits: isChoice ? chosen.map(({ hit }) => hit) : [], place };
}
