import type { Place } from '../../../api/domain/place.ts';
import { type Listing, Location, Organization, Service } from '../../../api/domain/service.ts';
import type { SearchQuery } from '../../../api/search/types.ts';

/** Listings and queries for tests that name their case: what is not said is ordinary. */

export const HACKNEY = { type: 'district' as const, code: 'E09000012', name: 'Hackney' };
export const ISLINGTON = { type: 'district' as const, code: 'E09000019', name: 'Islington' };
export const UK = { type: 'uk' as const, code: 'K02000001', name: 'the United Kingdom' };

let made = 0;
const nextId = () => `20000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;

export const venue = (latitude: number, longitude: number, rest: object = {}): Location =>
  Location.parse({
    id: nextId(),
    name: 'A hall',
    latitude,
    longitude,
    address: { address_1: '1 High Street', city: 'London', postal_code: 'E8 1EA' },
    ...rest,
  });

export interface Described {
  locations?: Location[];
  organization?: string;
  state?: Listing['state'];
}

/** A listing in person at one venue in Hackney, open to everybody, but for what is said. */
export function listing(service: Partial<Service> & { name: string }, rest: Described = {}): Listing {
  const locations = rest.locations ?? [venue(51.545, -0.055)];
  const organization = Organization.parse({ id: nextId(), name: rest.organization ?? 'A trust' });
  return {
    service: Service.parse({
      id: nextId(),
      organization_id: organization.id,
      summary: 'Something to do',
      description: 'What happens there',
      kind: 'activity',
      taxonomy_terms: ['hobbies'],
      attending_types: ['in_person'],
      location_ids: locations.map((location) => location.id),
      source: { name: 'Test' },
      assured_date: '2026-10-01',
      ...service,
    }),
    organization,
    locations,
    state: rest.state ?? 'published',
    last_modified: '2026-11-01T00:00:00Z',
  };
}

export const E8: Place = {
  label: 'E8 1',
  latitude: 51.5465,
  longitude: -0.0554,
  precision: 'postcode',
  spread_m: 0,
  outcode: 'E8',
  sector: 'E8 1',
  districts: [{ code: 'E09000012', name: 'Hackney' }],
  wards: null,
};

export const query = (rest: Partial<SearchQuery> = {}): SearchQuery => ({
  place: E8,
  q: '',
  filters: {},
  reach: ['venue', 'area', 'remote'],
  radius_m: 5000,
  sort: null,
  page: 1,
  per_page: 20,
  today: '2026-11-21',
  ...rest,
});
