import type { BulkCounts, DirectoryParts } from './directory.ts';
import type { Listing, Location, Organization } from './domain/service.ts';
import { bySlices } from './search/slices.ts';
import type { Cause } from './store/changes.ts';
import { writeBackAside } from './store/checkpoints.ts';
import { type Batch, changedListings, type Saved, writeBatch } from './store/listings.ts';

/**
 * Milliseconds that a transaction may take: longer ones write the same pages of the file less often, and keep searches
 * waiting. How many records that comes to is found out on the way.
 */
const SLICE_MS = 3;
const MOST_AT_ONCE = 400;
/** Listings that come into the index together. */
const TOGETHER = 1000;

const pause = () => new Promise((resolve) => setImmediate(resolve));

/** Writes many records beside everything else (Directory.bulk). */
export async function writeInBulk(
  { db, index, now, follower }: DirectoryParts,
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  cause: Cause,
): Promise<BulkCounts> {
  const counts: BulkCounts = { services: 0, organizations: 0, locations: 0 };
  const organizations = new Map<string, Organization>();
  const locations = new Map<string, Location>();
  /** On their way into the index: at hand, or to be read again. */
  let ready: Listing[] = [];
  let since = index.version;
  let others: Saved = { services: [], organizations: [], locations: [] };
  let atOnce = 20;

  function write(batch: Batch): void {
    const started = performance.now();
    const at = now().toISOString();
    const { saved, shared, revision } = writeBatch(db, batch, at, cause, true);
    follower?.made(revision - 1, revision);
    counts.services += saved.services.length;
    counts.organizations += saved.organizations.length;
    counts.locations += saved.locations.length;
    others.organizations.push(...shared.organizations);
    others.locations.push(...shared.locations);
    if (ready.length === 0) since = index.version;
    const changed = new Set(saved.services);
    for (const { service, state } of batch.services ?? []) {
      if (!changed.delete(service.id)) continue;
      const organization = organizations.get(service.organization_id);
      const found = service.location_ids.flatMap((id) => locations.get(id) ?? []);
      if (organization && found.length === service.location_ids.length)
        ready.push({ service, organization, locations: found, state, last_modified: at });
      else others.services.push(service.id);
    }
    const took = performance.now() - started;
    const size = (batch.services ?? batch.locations ?? batch.organizations ?? []).length;
    // Half as many more at the most, so that one quick slice does not make the next one long.
    if (size > 0) atOnce = Math.max(4, Math.min(MOST_AT_ONCE, atOnce * 1.5, (size * SLICE_MS) / Math.max(took, 0.1)));
  }

  async function flush(): Promise<void> {
    const listings = ready;
    const again = others;
    ready = [];
    others = { services: [], organizations: [], locations: [] };
    if (listings.length > 0) again.services.push(...(await bySlices(index.putBySlices(listings, since))));
    if (again.services.length + again.organizations.length + again.locations.length > 0)
      index.put(changedListings(db, again));
  }

  async function inSlices<T>(records: readonly T[] | undefined, batchOf: (some: T[]) => Batch): Promise<void> {
    for (let at = 0; records && at < records.length; ) {
      const some = records.slice(at, at + Math.ceil(atOnce));
      at += some.length;
      write(batchOf(some));
      if (ready.length + others.services.length >= TOGETHER) await flush();
      await pause();
    }
  }

  const end = follower?.begin();
  const writtenBack = writeBackAside(db);
  let allThere = false;
  try {
    for await (const batch of batches) {
      // Of earlier batches nothing is at hand any more but what this one brings: the memory stays bounded.
      organizations.clear();
      locations.clear();
      for (const it of batch.organizations ?? []) organizations.set(it.id, it);
      for (const it of batch.locations ?? []) locations.set(it.id, it);
      await inSlices(batch.organizations, (some) => ({ organizations: some }));
      await inSlices(batch.locations, (some) => ({ locations: some }));
      await inSlices(batch.services, (some) => ({ services: some }));
    }
    await flush();
    allThere = true;
  } finally {
    await writtenBack();
    end?.(allThere);
  }
  return counts;
}
