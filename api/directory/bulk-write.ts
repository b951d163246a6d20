import type { Listing, Location, Organization } from '../domain/service.ts';
import { type BatchSize, createBatchSize, inSteps } from '../runtime/load.ts';
import { yieldToOthers } from '../runtime/slices.ts';
import type { SearchIndex } from '../search/types.ts';
import type { Cause } from '../store/changes.ts';
import { withoutWaiting, writeBackAside } from '../store/checkpoints.ts';
import { type Batch, changedListings, renewHidden, type SavedIds, writeBatch } from '../store/listings.ts';
import type { Db } from '../store/open.ts';
import type { Follower } from './follower.ts';
import { withholdPrivate } from './withhold.ts';

/** So many listings are put into the index together. */
const TOGETHER = 1000;

/** What a bulk write needs. */
interface BulkParts {
  db: Db;
  index: SearchIndex;
  now: () => Date;
  follower?: Follower;
}

/** How many records a bulk write has really changed. */
export interface BulkCounts {
  services: number;
  organizations: number;
  locations: number;
}

/** Writes many records while everything else goes on (Directory.bulk). */
export async function writeInBulk(
  { db, index, now, follower }: BulkParts,
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  cause: Cause,
): Promise<BulkCounts> {
  const counts: BulkCounts = { services: 0, organizations: 0, locations: 0 };
  const organizations = new Map<string, Organization>();
  const locations = new Map<string, Location>();
  /** Listings that are not in the index yet, complete or still to be read. */
  let ready: Listing[] = [];
  let since = index.version;
  let others: SavedIds = { services: [], organizations: [], locations: [] };

  const writeAndRenew = (batch: Batch, at: string) =>
    db
      .transaction(() => {
        const written = writeBatch(db, batch, at, cause, true);
        const withheld: SavedIds = { services: [], organizations: [], locations: [] };
        const save = (clean: Batch, why: Cause): void => {
          const { saved } = writeBatch(db, clean, at, why, false);
          for (const kind of ['services', 'organizations', 'locations'] as const) withheld[kind].push(...saved[kind]);
        };
        withholdPrivate(db, save, written.saved, new Set([...written.hidden, ...written.placed]));
        return { ...written, withheld, renewed: renewHidden(db, written.hidden, at) };
      })
      .immediate();

  function write(batch: Batch): void {
    const at = now().toISOString();
    const { saved, shared, withheld, revision, renewed } = withoutWaiting(db, () => writeAndRenew(batch, at));
    follower?.made(revision - 1, revision);
    counts.services += saved.services.length;
    counts.organizations += saved.organizations.length;
    counts.locations += saved.locations.length;
    others.organizations.push(...shared.organizations);
    others.locations.push(...shared.locations);
    // What was taken out of these is in the file alone.
    const reread = new Set(withheld.services);
    others.organizations.push(...withheld.organizations);
    others.locations.push(...withheld.locations);
    others.services.push(...reread);
    if (ready.length === 0) since = index.version;
    const changed = new Set(saved.services.filter((id) => !renewed.has(id) && !reread.has(id)));
    others.services.push(...renewed.values());
    index.remove(renewed.keys());
    for (const { service, state } of batch.services ?? []) {
      if (!changed.delete(service.id)) continue;
      const organization = organizations.get(service.organization_id);
      const found = service.location_ids.flatMap((id) => locations.get(id) ?? []);
      if (organization && found.length === service.location_ids.length)
        ready.push({ service, organization, locations: found, state, last_modified: at });
      else others.services.push(service.id);
    }
  }

  async function flush(): Promise<void> {
    const listings = ready;
    const again = others;
    ready = [];
    others = { services: [], organizations: [], locations: [] };
    if (listings.length > 0) again.services.push(...(await inSteps(index.putBySlices(listings, since))));
    if (again.services.length + again.organizations.length + again.locations.length > 0)
      index.put(changedListings(db, again));
  }

  async function writeAll<T>(
    records: readonly T[] | undefined,
    size: BatchSize,
    batchOf: (some: T[]) => Batch,
  ): Promise<void> {
    for (let at = 0; records && at < records.length; ) {
      const started = performance.now();
      const some = records.slice(at, at + size.next);
      at += some.length;
      write(batchOf(some));
      size.took(some.length, performance.now() - started);
      if (ready.length + others.services.length >= TOGETHER) await flush();
      await yieldToOthers();
    }
  }

  const end = follower?.begin();
  // For each kind of record: a service takes three times as long as a location.
  const sizes = { organizations: createBatchSize(), locations: createBatchSize(), services: createBatchSize() };
  const writtenBack = writeBackAside(db);
  let allThere = false;
  try {
    for await (const batch of batches) {
      // Only the records of the current batch are kept, which bounds the memory.
      organizations.clear();
      locations.clear();
      for (const it of batch.organizations ?? []) organizations.set(it.id, it);
      for (const it of batch.locations ?? []) locations.set(it.id, it);
      await writeAll(batch.organizations, sizes.organizations, (some) => ({ organizations: some }));
      await writeAll(batch.locations, sizes.locations, (some) => ({ locations: some }));
      await writeAll(batch.services, sizes.services, (some) => ({ services: some }));
    }
    await flush();
    allThere = true;
  } finally {
    await writtenBack();
    end?.(allThere);
  }
  return counts;
}
