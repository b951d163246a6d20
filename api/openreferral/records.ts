import type { Place } from '../domain/place.ts';
import { type Listing, PUBLIC_STATES } from '../domain/service.ts';
import { withoutAddresses } from '../domain/withheld.ts';
import { privatePlacesOf } from '../store/hidden-places.ts';
import { type RawRecord, rawRecordsOf } from '../store/imported.ts';
import { importedPlaces } from '../store/imported-terms.ts';
import { findListing, findListings } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { locationPoints, type PlacePair, placesWithKey } from '../store/published.ts';
import type { OrganizationWithServices } from '../store/published-organizations.ts';
import { placeId, placeKey } from './ids.ts';
import { organizationWithRecord, withRecord } from './publish/merge.ts';
import { organizationFull } from './publish/organization.ts';
import { serviceBasic, serviceFull } from './publish/service.ts';
import type { OrukOrganization } from './schema/organization.ts';
import type { OrukService } from './schema/service.ts';
import { wholeMetresBetween } from './select.ts';

/** Makes the published records of ids: ours, and those of others with all that their sources said. */

/** How records are wanted. */
export interface RecordForm {
  full: boolean;
  /** Where `distance_m` is measured from. */
  from?: Place | undefined;
  now: Date;
}

/** The listings as they are published, whole, in their order. */
export const wholeRecords = (db: Db, listings: readonly Listing[], now: Date): OrukService[] =>
  recordsOf(db, listings, { full: true, now });

function recordsOf(db: Db, listings: readonly Listing[], { full, now }: RecordForm): OrukService[] {
  const raws = rawRecordsOf(
    db,
    listings.map(({ service }) => service.id),
  );
  const hidden = raws.size === 0 ? [] : privatePlacesOf(db, [...new Set(listings.map((it) => it.organization.id))]);
  return listings.map((listing) => {
    const raw = raws.get(listing.service.id);
    if (!raw) return full ? serviceFull(listing, now) : serviceBasic(listing, now);
    const others = hidden.flatMap((it) => (it.organization_id === listing.organization.id ? [it.location] : []));
    const record = withRecord(listing, raw, now, others.length === 0);
    const said = withoutAddresses(
      record,
      listing.locations.filter(({ confidential }) => !confidential),
      others,
    );
    return full ? said : shortened(said);
  });
}

/** The fields of one value alone. */
function shortened(record: OrukService): OrukService {
  const { organization, signpost: _extension, ...fields } = record;
  return { ...(onlyValues(fields) as OrukService), organization: onlyValues(organization) as OrukOrganization };
}

/** A record without lists and records in it. */
export const onlyValues = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => typeof value !== 'object'));

/** The services of those ids; one that is not published is left out. */
export function serviceRecords(db: Db, ids: readonly string[], form: RecordForm): OrukService[] {
  const listings = findListings(db, ids);
  return recordsOf(db, listings, form).map((record, index) => ({
    ...record,
    ...distance(form, listings[index]?.locations ?? []),
  }));
}

/** The services at locations of those pairs; one of which either is not published is left out. */
export function placeRecords(db: Db, pairs: readonly PlacePair[], form: RecordForm) {
  const listings = findListings(db, [...new Set(pairs.map(({ service_id }) => service_id))]);
  const records = new Map(wholeRecords(db, listings, form.now).map((record) => [record.id, record]));
  const byId = new Map(listings.map((listing) => [listing.service.id, listing]));
  return pairs.flatMap(({ service_id, location_id }) => {
    const record = records.get(service_id);
    const place = record?.service_at_locations?.find((it) => it.location_id === location_id);
    const location = byId.get(service_id)?.locations.find(({ id }) => id === location_id);
    if (!record || !place || !location) return [];
    const { id } = place;
    const ids = { id, service_id, location_id };
    const measured = distance(form, [location]);
    if (!form.full) return [{ ...ids, location: onlyValues(place.location), service: shortened(record), ...measured }];
    // A schedule that names another place does not belong to this one.
    const here = (record.schedules ?? []).filter((it) => (it.service_at_location_id ?? id) === id);
    return [
      { ...ids, location: place.location, ...(here.length > 0 && { schedules: here }), service: record, ...measured },
    ];
  });
}

/** The services at locations with that id: nearly always one. */
export function pairsCalled(db: Db, id: string): PlacePair[] {
  const key = placeKey(id);
  const own = key === null ? [] : placesWithKey(db, key);
  return [
    ...own.filter(({ service_id, location_id }) => placeId(service_id, location_id) === id),
    ...importedPlaces(db, id).flatMap(({ service_id, position }) => {
      const location_id = rawRecordsOf(db, [service_id]).get(service_id)?.imported.locations[position]?.id;
      return location_id === undefined ? [] : [{ service_id, location_id }];
    }),
  ];
}

/** The published listing of that id, or null. */
export function publishedListing(db: Db, id: string): Listing | null {
  const listing = findListing(db, id);
  return listing && PUBLIC_STATES.includes(listing.state) ? listing : null;
}

/** An organization as it is published by itself, whole. */
export function publishedOrganization(
  db: Db,
  { organization, service_ids, confidential }: OrganizationWithServices,
): OrukOrganization {
  const ours = organizationFull(organization);
  const [first = ''] = service_ids;
  const raw: RawRecord | undefined = confidential ? undefined : rawRecordsOf(db, [first]).get(first);
  if (!raw || raw.imported.organization.id !== organization.id) return ours;
  const came = organizationFull(raw.imported.organization);
  return organizationWithRecord(ours, came, raw.record?.['organization']);
}

function distance({ from }: RecordForm, locations: Listing['locations']): { distance_m?: number } {
  if (!from) return {};
  const ways = locations.flatMap(({ confidential, latitude, longitude }) =>
    confidential || latitude === undefined || longitude === undefined
      ? []
      : [wholeMetresBetween(from, { latitude, longitude })],
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
      const away = point ? wholeMetresBetween(from, point) : Number.POSITIVE_INFINITY;
      return away <= metres ? [{ pair, away }] : [];
    })
    .sort((a, b) => a.away - b.away)
    .map(({ pair }) => pair);
}
