import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { type Listing, Location, Organization, Service } from '../../../api/domain/service.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { openStore } from '../../../api/store/open.ts';
import { NOW } from '../../helpers/clock.ts';

/** An empty directory with a fixed clock, and listings to fill it with. */

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function emptyDirectory(file = ':memory:'): Directory {
  const db = openStore(file);
  return createDirectory({ db, index: createSearchIndex([], readVocabulary('')), now: () => new Date(NOW) });
}

interface Parts {
  service?: Record<string, unknown>;
  organization?: Record<string, unknown>;
  location?: Record<string, unknown>;
}

/** A chair yoga class in Hackney, with whatever is said otherwise; its ids are made of the number. */
export function listing(number: number, { service, organization, location }: Parts = {}): Listing {
  return {
    service: Service.parse({
      id: uuid(number),
      organization_id: uuid(number + 1000),
      name: 'Chair yoga',
      summary: 'Yoga on chairs.',
      description: 'Yoga on chairs.',
      kind: 'activity',
      taxonomy_terms: ['movement'],
      attending_types: ['in_person'],
      location_ids: location === undefined || Object.keys(location).length > 0 ? [uuid(number + 2000)] : [],
      schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' }],
      source: { name: `Source ${number}` },
      assured_date: '2026-10-01',
      assured_by: 'source',
      ...service,
    }),
    organization: Organization.parse({ id: uuid(number + 1000), name: 'Homerton Moves', ...organization }),
    locations:
      location !== undefined && Object.keys(location).length === 0
        ? []
        : [
            Location.parse({
              id: uuid(number + 2000),
              name: 'Sunbeam Hall',
              address: { address_1: '12 Made-up Street', city: 'London', postal_code: 'E8 3AB' },
              latitude: 51.5425,
              longitude: -0.06,
              ...location,
            }),
          ],
    state: 'published',
    last_modified: NOW,
  };
}

/** Puts listings into a directory, as a source would. */
export const add = (directory: Directory, ...listings: Listing[]): void => {
  directory.change((save) =>
    save(
      {
        organizations: listings.map(({ organization }) => organization),
        locations: listings.flatMap(({ locations }) => locations),
        services: listings.map(({ service, state }) => ({ service, state })),
      },
      { action: 'imported', role: 'source' },
    ),
  );
};
