import type { Directory } from '../directory/directory.ts';
import type { Listing } from '../domain/service.ts';
import { reimport } from '../matching/reimport.ts';
import { type Cause, nextRevision } from '../store/changes.ts';
import { importedRecords, type KnownRecord, touchServices } from '../store/imported.ts';
import { findListing } from '../store/listings.ts';
import { nameKeeper } from '../store/named-keepers.ts';
import type { ImportPlan, PlanOptions } from './plan.ts';
import { stateAfter, stateOfOwn } from './state-after.ts';

const AS_IMPORTED: Cause = { action: 'imported', role: 'source' };

/**
 * Does what a plan says, in one change.
 * @returns ids of the services that were added or changed
 * @throws what saving throws; nothing is changed then
 */
export function applyImport(directory: Directory, { items, options }: ImportPlan): string[] {
  const { feed, licence = null, run = 0, cause = AS_IMPORTED } = options;
  const { db } = directory;
  const at = directory.now().toISOString();
  const records = feed === null ? null : importedRecords(db, feed);
  return directory.change((save) => {
    const touched = new Set<string>();
    const moved: string[] = [];
    const added = items.flatMap(({ action, listing }) => (action === 'added' && listing ? [listing] : []));
    for (const id of save(batchOf(added), cause).services) touched.add(id);
    for (const { action, listing, record_id, service_id, incoming, shared } of items) {
      if (action === 'refused' || service_id === null) continue;
      const key = record_id ?? service_id;
      if (incoming.keeper !== undefined) nameKeeper(db, service_id, incoming.keeper, directory.now());
      if (listing === null) {
        if (run !== null) records?.see(key, run);
        continue;
      }
      if (action !== 'added') {
        const saved = saveAgain(directory, listing, records?.find(key) ?? null, options, (batch) => save(batch, cause));
        for (const id of saved) touched.add(id);
        // Only fields that Signpost passes on have changed; they are published too, so they are kept.
        if (action === 'changed' && !saved.includes(service_id)) moved.push(service_id);
        if (action === 'changed') touched.add(service_id);
      }
      const { service, organization, locations, state } = listing;
      records?.write({
        service_id,
        record_id: key,
        licence,
        at,
        hash: incoming.hash,
        record: incoming.record ?? null,
        listing: { service, organization, locations, state },
        shared,
        seen: run,
      });
    }
    if (moved.length > 0) touchServices(db, moved, at, nextRevision(db));
    return [...touched];
  });
}

const batchOf = (listings: readonly Listing[]) => ({
  organizations: listings.map(({ organization }) => organization),
  locations: listings.flatMap(({ locations }) => locations),
  services: listings.map(({ service, state }) => ({ service, state })),
});

/** Saves a record that came before, and whatever it was joined into. @returns ids of the services that really changed */
function saveAgain(
  directory: Directory,
  listing: Listing,
  known: KnownRecord | null,
  { feed }: PlanOptions,
  save: (batch: ReturnType<typeof batchOf>) => { services: string[] },
): string[] {
  const { db, now } = directory;
  const stored = findListing(db, listing.service.id);
  if (stored === null) return save(batchOf([listing])).services;
  if (feed === null) return save(batchOf([{ ...listing, state: stateOfOwn(directory, stored) }])).services;
  const settled = reimport(db, listing, now().toISOString());
  settled.remember();
  const [own = listing, ...joined] = settled.listings;
  const { organizations, locations } = batchOf([listing]);
  const services = [{ ...own, state: stateAfter(db, stored, listing, known) }, ...joined].map(({ service, state }) => ({
    service,
    state,
  }));
  return save({ organizations, locations, services }).services;
}
