import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Listing, Location, Organization, Schedule, Service } from '../../api/domain/service.ts';
import { readSeed, SEED_WRITTEN_FOR } from '../../api/store/seed.ts';

/** The listings that pairs are made from: the real feed where it lies beside the project, else the sample directory. */

const FEED = join(import.meta.dirname, '../../../shared/feeds/warm-spaces.oruk3.ndjson.gz');

// biome-ignore lint/suspicious/noExplicitAny: a record of the feed, of which only what is compared is read.
type FeedRecord = any;

const clock = (time: string | undefined) => (time && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : undefined);

/** What is compared of a record of the feed; null where its place is unknown or abroad. */
function fromFeed(record: FeedRecord): Listing | null {
  const place = record.service_at_locations[0].location;
  const address = place.addresses?.[0];
  const { latitude, longitude } = place;
  if (!(latitude > 49 && latitude < 61.5 && longitude > -9 && longitude < 2.5)) return null;
  const name = record.name.replace(/^Warm space: /, '').slice(0, 160);
  const location = Location.safeParse({
    id: place.id,
    name: place.name.slice(0, 160),
    latitude,
    longitude,
    ...(address && {
      address: {
        address_1: address.address_1.slice(0, 120),
        city: address.city.slice(0, 80),
        postal_code: address.postal_code.slice(0, 10),
      },
    }),
  });
  const schedules = (record.schedules ?? []).flatMap((schedule: FeedRecord) => {
    const { freq, byday } = schedule;
    const read = Schedule.safeParse({
      freq,
      byday,
      opens_at: clock(schedule.opens_at),
      closes_at: clock(schedule.closes_at),
    });
    return freq && byday && read.success ? [read.data] : [];
  });
  if (!location.success) return null;
  const service = Service.safeParse({
    id: record.id,
    organization_id: record.organization_id,
    name,
    summary: 'A warm space.',
    description: 'A warm space.',
    kind: 'social',
    taxonomy_terms: ['warm-spaces'],
    attending_types: ['in_person'],
    ...(URL.canParse(record.url ?? '') && /^https?:/.test(record.url) && { url: record.url.slice(0, 500) }),
    location_ids: [place.id],
    schedules,
    source: { name: 'The feed' },
    assured_date: record.assured_date,
  });
  const organization = Organization.safeParse({ id: record.organization_id, name });
  if (!service.success || !organization.success) return null;
  return {
    service: service.data,
    organization: organization.data,
    locations: [location.data],
    state: 'published',
    last_modified: record.last_modified,
  };
}

function fromSeed(): Listing[] {
  const { organizations, locations, services } = readSeed(new Date(`${SEED_WRITTEN_FOR}T12:00:00Z`));
  return services.flatMap(({ service, state }) => {
    const organization = organizations.find(({ id }) => id === service.organization_id);
    const places = service.location_ids.flatMap((id) => locations.find((location) => location.id === id) ?? []);
    return organization && places[0]?.latitude !== undefined && !places[0].confidential
      ? [{ service, organization, locations: places.slice(0, 1), state, last_modified: '2026-11-20T00:00:00Z' }]
      : [];
  });
}

/** Listings with one place each; `real` says whether they are those of the feed. */
export function readBases(): { listings: Listing[]; real: boolean } {
  if (!existsSync(FEED)) return { listings: fromSeed(), real: false };
  const lines = gunzipSync(readFileSync(FEED)).toString('utf8').split('\n').filter(Boolean);
  return { listings: lines.flatMap((line) => fromFeed(JSON.parse(line)) ?? []), real: true };
}
