import { type Listing, Location, Organization, Service } from '#api/domain/service.ts';

const HALL = '5f0c2c1e-6a52-4f0e-9c42-8f1f4d5d0a01';
const ORGANIZATION = '5f0c2c1e-6a52-4f0e-9c42-8f1f4d5d0a04';

/** A published class that meets at these times, at a hall with this postcode. */
export function listingAt(schedules: readonly object[], postcode = 'E8 1EA'): Listing {
  const hall = Location.parse({
    id: HALL,
    name: 'Sunbeam Hall',
    address: { address_1: '1 Mare Street', city: 'London', postal_code: postcode },
  });
  const service = Service.parse({
    id: '5f0c2c1e-6a52-4f0e-9c42-8f1f4d5d0a03',
    organization_id: ORGANIZATION,
    name: 'Seated exercise',
    summary: 'Gentle movement on a chair, with tea.',
    description: 'Come as you are.',
    kind: 'activity',
    taxonomy_terms: ['movement'],
    attending_types: ['in_person'],
    location_ids: [HALL],
    schedules,
    source: { name: 'Themselves' },
    assured_date: '2026-11-01',
  });
  return {
    service,
    organization: Organization.parse({ id: ORGANIZATION, name: 'Hackney Movers' }),
    locations: [hall],
    state: 'published',
    last_modified: '2026-11-02T10:00:00.000Z',
  };
}
