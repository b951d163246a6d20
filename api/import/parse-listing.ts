import type { z } from 'zod';
import { type Listing, Location, Organization, Service } from '../domain/service.ts';
import type { Note } from './incoming.ts';

/** The listing with the schema's defaults, or what does not fit. */
export function parseListing(listing: Listing): Listing | Note[] {
  const service = Service.safeParse(listing.service);
  const organization = Organization.safeParse(listing.organization);
  const locations = listing.locations.map((it) => Location.safeParse(it));
  const notes = [
    ...notesOf(service.error, ''),
    ...notesOf(organization.error, 'organization.'),
    ...locations.flatMap(({ error }, index) => notesOf(error, `service_at_locations[${index}].location.`)),
  ];
  if (!service.data || !organization.data || notes.length > 0) return notes;
  return {
    ...listing,
    service: service.data,
    organization: organization.data,
    locations: locations.flatMap(({ data }) => data ?? []),
  };
}

const notesOf = (error: z.ZodError | undefined, prefix: string): Note[] =>
  (error?.issues ?? []).map(({ path, message }) => ({
    field:
      prefix +
      path
        .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${String(part)}`))
        .join(''),
    words: `It cannot be taken in: ${message}.`,
  }));
