import type { Location } from '../domain/service.ts';
import { mayName, withholdAddresses } from '../domain/withheld.ts';
import type { Cause } from '../store/changes.ts';
import {
  documentsOf,
  meetingAt,
  organizationsTouched,
  type PrivatePlace,
  privateListings,
  privatePlacesOf,
} from '../store/hidden-places.ts';
import { type Batch, findListing, type SavedIds } from '../store/listings.ts';
import type { Db } from '../store/open.ts';

/**
 * Whatever is written, and by whom: what an organization and its listings say gives none of the addresses away that one of them
 * keeps private. Texts are compared where they are written, so that a place that becomes private is private in what was said of
 * it before, too.
 */

/** Writes records for a reason (Directory.change). */
type Write = (batch: Batch, cause: Cause) => unknown;

const CAUSE: Cause = {
  action: 'edited',
  role: 'programme',
  reason: 'It gave away the address of a place that is kept private',
};

/**
 * Takes such addresses out. To be called in the transaction of a change, once all else of it is written.
 * @param saved what it has written
 * @param placed listings that are new in it, meet elsewhere or privately now, or are of another organization: where they keep
 *   a place private, all of their organization is looked at
 */
export function withholdPrivate(db: Db, save: Write, saved: SavedIds, placed: ReadonlySet<string>): void {
  if (saved.services.length + saved.organizations.length + saved.locations.length === 0) return;
  const places = privatePlacesOf(db, organizationsTouched(db, saved));
  if (places.length === 0) return;
  const shownBy = new Set(saved.services);
  for (const id of meetingAt(db, saved.locations)) shownBy.add(id);
  for (const { service_id } of places) shownBy.add(service_id);
  // A place that is new, is another one now, or has come to another organization may have been named there before.
  const isWritten = ({ service_id, location }: PrivatePlace) =>
    placed.has(service_id) || saved.locations.includes(location.id);
  for (const organization of new Set(places.flatMap((it) => (isWritten(it) ? [it.organization_id] : []))))
    for (const id of namedBy(db, organization, places)) shownBy.add(id);
  for (const id of shownBy) {
    // One after the other: they share what their organization says.
    const listing = findListing(db, id);
    if (!listing) continue;
    const others = ofOrganization(places, listing.organization.id).filter(
      (it) => !listing.locations.some((own) => own.id === it.id),
    );
    const { listing: clean, fields } = withholdAddresses(listing, others);
    if (fields.length === 0) continue;
    const { service, state, organization, locations } = clean;
    save({ organizations: [organization], locations, services: [{ service, state }] }, CAUSE);
  }
}

/** The same for all that was written before: for a file of a former version, at a start. */
export const withholdEverywhere = ({ db, change }: { db: Db; change: (work: (save: Write) => void) => void }): void =>
  change((save) => {
    const hidden = privateListings(db);
    withholdPrivate(db, save, { services: hidden, organizations: [], locations: [] }, new Set(hidden));
  });

const ofOrganization = (places: readonly PrivatePlace[], organization: string): Location[] =>
  places.flatMap(({ organization_id, location }) => (organization_id === organization ? [location] : []));

/** The listings of an organization that may name one of its private places: it may have thousands. */
function namedBy(db: Db, organization: string, places: readonly PrivatePlace[]): string[] {
  const ofIts = ofOrganization(places, organization);
  return [...documentsOf(db, organization)].flatMap(([id, document]) => (mayName(document, ofIts) ? [id] : []));
}
