import { inSteps, letIn, stepMs } from './busy.ts';
import type { BulkCounts, DirectoryParts } from './directory.ts';
import type { Listing, Location, Organization } from './domain/service.ts';
import type { Cause } from './store/changes.ts';
import { writeBackAside } from './store/checkpoints.ts';
import { type Batch, changedListings, type Saved, writeBatch } from './store/listings.ts';

/** Records of one transaction at most: larger ones write hardly fewer pages of the file for each. */
const MOST_AT_ONCE = 2000;
const FEWEST_AT_ONCE = 4;
/** Listings that come into the index together. */
const TOGETHER = 1000;

interface Size {
  /** How many next. */
  readonly next: number;
  took(records: number, milliseconds: number): void;
}

/**
 * How many records fit into one transaction, by what the last ones took: longer ones write the same pages of the file less
 * often, and keep searches waiting.
 */
function sizer(): Size {
  let size = 20;
  let each = 0;
  return {
    get next(): number {
      const fitting = each > 0 ? stepMs() / each : size;
      // Half as many more at the most, so that one quick step does not make the next one long.
      return Math.ceil(Math.max(FEWEST_AT_ONCE, Math.min(MOST_AT_ONCE, size * 1.5, fitting)));
    },
    took(records, milliseconds) {
      size = records;
      each = milliseconds / records;
    },
  };
}

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

  function write(batch: Batch): void {
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
    size: Size,
    batchOf: (some: T[]) => Batch,
  ): Promise<void> {
    for (let at = 0; records && at < records.length; ) {
      const started = performance.now();
      const some = records.slice(at, at + size.next);
      at += some.length;
      write(batchOf(some));
      size.took(some.length, performance.now() - started);
      if (ready.length + others.services.length >= TOGETHER) await flush();
      await letIn();
    }
  }

  const end = follower?.begin();
  // Each kind by itself: a service takes three times what a location does.
  const sizes = { organizations: sizer(), locations: sizer(), services: sizer() };
  const writtenBack = writeBackAside(db);
  let allThere = false;
  try {
    for await (const batch of batches) {
      // Of earlier batches nothing is at hand any more but what this one brings: the memory stays bounded.
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
