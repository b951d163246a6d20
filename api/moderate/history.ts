import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import type { Listing, Location, RecordState, Service } from '../domain/service.ts';
import { type HistoryEntry, historyOf } from '../store/changes.ts';
import { readLocation, readOrganization, readRecord, readService } from '../store/documents.ts';
import { findListing } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import { findLocation, findOrganizationRecord } from '../store/records.ts';
import { formerIds } from '../store/renewed-ids.ts';
import { changesBetween, type FieldChange } from '../submit/compare.ts';

/** What happened to a listing, its organization and its venues, and the way back to how each of them was. */

export interface HistoryLine extends Omit<HistoryEntry, 'before' | 'state'> {
  /** What it is about, where that is not the listing itself: the name of the organization or venue. */
  about: string | null;
  changes: FieldChange[];
  /** Where the state changed: from and to. */
  moved: { from: RecordState | null; to: RecordState } | null;
  /** Whether what was before it can be brought back. */
  canRollBack: boolean;
}

/** At most so many lines are read: a listing that is harvested every night has a long history. */
const MOST_LINES = 200;

/** Joining is undone by taking apart, which knows what came from where. */
const NOT_ROLLED_BACK: readonly string[] = ['merged', 'taken_apart'];

/** The records that a listing is made of: itself, its organization, its venues, now and before. */
function recordsOf(db: Db, { service }: Listing): string[] {
  const own = [service.id, ...formerIds(db, service.id)];
  const befores = historyOf(db, own).flatMap(({ before }) => (before ? [readService(before)] : []));
  const versions = [service, ...befores];
  return [...new Set([...own, ...versions.flatMap((it) => [it.organization_id, ...it.location_ids])])];
}

const current = (db: Db, listing: Listing, entry: HistoryEntry): string => {
  if (entry.record === 'service') return JSON.stringify(listing.service);
  if (entry.record === 'location') return JSON.stringify(findLocation(db, entry.record_id));
  return JSON.stringify(findOrganizationRecord(db, entry.record_id) ?? listing.organization);
};

/** The listing with one of its records as it was at some time. */
function listingWith(db: Db, listing: Listing, entry: HistoryEntry, document: string): Listing {
  if (entry.record === 'organization') return { ...listing, organization: readOrganization(document) };
  if (entry.record === 'location') {
    const location = readLocation(document);
    return { ...listing, locations: [location, ...listing.locations.filter(({ id }) => id !== location.id)] };
  }
  const service = readService(document);
  return {
    ...listing,
    service,
    organization: findOrganizationRecord(db, service.organization_id) ?? listing.organization,
    locations: service.location_ids.flatMap((id) => findLocation(db, id) ?? []),
  };
}

/** What happened to a listing, the newest first. */
export function readHistory({ db }: Pick<Directory, 'db'>, listing: Listing): HistoryLine[] {
  const later = new Map<string, { document: string; state: RecordState }>();
  return historyOf(db, recordsOf(db, listing))
    .slice(0, MOST_LINES)
    .map((entry): HistoryLine => {
      const { before, state, ...rest } = entry;
      const after = later.get(entry.record_id) ?? { document: current(db, listing, entry), state: listing.state };
      later.set(entry.record_id, { document: before ?? after.document, state: state ?? after.state });
      const is = listingWith(db, listing, entry, after.document);
      const was = before === null ? null : listingWith(db, listing, entry, before);
      const moved = entry.record === 'service' && state !== after.state ? { from: state, to: after.state } : null;
      return {
        ...rest,
        about: entry.record === 'service' ? null : readRecord(entry.record, after.document).name,
        changes: was === null ? [] : changesBetween(was, is),
        moved,
        canRollBack: before !== null && before !== after.document && !NOT_ROLLED_BACK.includes(entry.action),
      };
    });
}

/** The number of the last entry in the history of a listing. A page that was drawn with a lower one is out of date. */
export const lastSeq = ({ db }: Pick<Directory, 'db'>, listing: Listing): number =>
  historyOf(db, recordsOf(db, listing))[0]?.seq ?? 0;

/** A place as it was; one that has become private since is so still, unless that is what is taken back. */
function locationBefore(db: Db, entry: HistoryEntry, before: string, entries: readonly HistoryEntry[]): Location {
  const was = readLocation(before);
  const isPrivate = findLocation(db, entry.record_id)?.confidential === true;
  const later = entries.findLast(({ record_id, seq }) => record_id === entry.record_id && seq > entry.seq);
  const after = later?.before ?? null;
  const hidThen = after === null ? isPrivate : readLocation(after).confidential;
  return { ...was, confidential: was.confidential || (isPrivate && !(hidThen && !was.confidential)) };
}

/** A listing as it was, under the id that it has now; where it meets privately, it goes on meeting there. */
function serviceBefore({ service, locations }: Listing, before: string): Service {
  const was = { ...readService(before), id: service.id };
  if (!locations.some(({ confidential }) => confidential)) return was;
  const schedules = was.schedules.map(({ location_id, ...rest }) =>
    location_id !== undefined && service.location_ids.includes(location_id) ? { ...rest, location_id } : rest,
  );
  return { ...was, location_ids: service.location_ids, schedules };
}

/**
 * Puts a record back to what it was before one entry of its history. The state of the listing stays as it is.
 * @param seen what {@link lastSeq} was when the page was drawn
 * @returns 'changed' where something has happened since; 'impossible' where there is nothing to go back to, or it
 *   refers to what is no longer there
 */
export function rollBack(
  directory: Directory,
  { person, id, seq, seen, reason }: { person: number; id: string; seq: number; seen: number; reason: string },
): 'done' | 'changed' | 'impossible' {
  const { db } = directory;
  try {
    return directory.change((save) => {
      const listing = findListing(db, id);
      if (!listing) return 'impossible';
      const entries = historyOf(db, recordsOf(db, listing));
      if (entries[0]?.seq !== seen) return 'changed';
      const entry = entries.find((candidate) => candidate.seq === seq);
      if (!entry?.before || NOT_ROLLED_BACK.includes(entry.action)) return 'impossible';
      const { before } = entry;
      const cause = { action: 'rolled_back', role: 'moderator', person, reason } as const;
      if (entry.record === 'organization') save({ organizations: [readOrganization(before)] }, cause);
      else if (entry.record === 'location') save({ locations: [locationBefore(db, entry, before, entries)] }, cause);
      else save({ services: [{ service: serviceBefore(listing, before), state: listing.state }] }, cause);
      return 'done';
    });
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_FOREIGNKEY';
    if (gone || error instanceof z.ZodError) return 'impossible';
    throw error;
  }
}
