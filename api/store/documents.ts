import { completerOf } from '../domain/completion.ts';
import { Location, Organization, PUBLIC_STATES, Service } from '../domain/service.ts';
import type { RecordKind } from './changes.ts';

/**
 * The one way from a stored document to a record. Documents are left as they were written, by whatever version of the
 * program; here they are read up to the schema of today, so that nobody else has to think of a key that came later.
 */

/** The states in which the public sees a listing, as SQL writes a list. */
export const PUBLIC_STATES_SQL = PUBLIC_STATES.map((state) => `'${state}'`).join(', ');

/** That the public sees a row of `service`, in SQL. */
export const IS_PUBLIC = `service.state IN (${PUBLIC_STATES_SQL})`;

/** That a row of `service` is going on, in SQL. A document without a status is active, as the schema has it. */
export const IS_ACTIVE = "coalesce(service.document ->> '$.status', 'active') = 'active'";

const completeOrganization = completerOf(Organization);
const completeLocation = completerOf(Location);

/**
 * The service of a parsed document, read up to today's schema. An object that is complete already is returned itself.
 */
export const completeService: (service: object) => Service = completerOf(Service);

/** The service of a document. */
export const readService = (document: string): Service => completeService(JSON.parse(document));

/** The organization of a document. */
export const readOrganization = (document: string): Organization => completeOrganization(JSON.parse(document));

/** The location of a document. */
export const readLocation = (document: string): Location => completeLocation(JSON.parse(document));

/** The locations of documents that stand in one list, '[…]'. */
export const readLocations = (documents: string): Location[] =>
  (JSON.parse(documents) as object[]).map(completeLocation);

/** The record of a document of any kind, such as one that the history keeps. */
export function readRecord(kind: RecordKind, document: string): Service | Organization | Location {
  if (kind === 'service') return readService(document);
  return kind === 'organization' ? readOrganization(document) : readLocation(document);
}

/** A service with its organization and locations that were kept as one, each read up to today's schema. */
export const completeListing = <T extends { service: object; organization: object; locations: readonly object[] }>(
  listing: T,
): T & { service: Service; organization: Organization; locations: Location[] } => ({
  ...listing,
  service: completeService(listing.service),
  organization: completeOrganization(listing.organization),
  locations: listing.locations.map(completeLocation),
});
