import { findListing, saveBatch } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import {
  eraseFromForms,
  eraseFromHistory,
  erasePerson,
  type PublicContact,
  publicContacts,
} from '../store/personal.ts';
import { findOrganizationRecord } from '../store/records.ts';

export interface Erased {
  /** Whether anything was kept of the person. */
  found: boolean;
  /** Where the address was shown as a public contact; with `everywhere`, it is no longer. */
  contacts: PublicContact[];
  /** Lines of the history that it was taken out of. */
  lines: number;
}

/**
 * Deletes everything that is kept of a person, or nothing.
 * @param everywhere also where the address is the public contact of a listing or an organization
 */
export const erase = (db: Db, address: string, everywhere: boolean, now: Date): Erased =>
  db
    .transaction((): Erased => {
      const found = erasePerson(db, address);
      const contacts = publicContacts(db, address);
      if (!everywhere) return { found, contacts, lines: 0 };
      for (const { record, id } of contacts) takeOut(db, record, id, now);
      eraseFromForms(db, address);
      return { found, contacts, lines: eraseFromHistory(db, address) };
    })
    .immediate();

function takeOut(db: Db, record: PublicContact['record'], id: string, now: Date): void {
  const cause = { action: 'erased', role: 'programme', reason: 'A person asked for it' } as const;
  const listing = record === 'service' ? findListing(db, id) : null;
  if (listing) {
    const { email: _, ...service } = listing.service;
    saveBatch(db, { services: [{ service, state: listing.state }] }, now.toISOString(), cause);
  }
  const organization = record === 'organization' ? findOrganizationRecord(db, id) : null;
  if (organization) {
    const { email: _, ...rest } = organization;
    saveBatch(db, { organizations: [rest] }, now.toISOString(), cause);
  }
}
