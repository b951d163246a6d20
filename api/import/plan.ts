import type { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { withholdAddresses } from '../domain/private-address.ts';
import { type Listing, Location, Organization, Service } from '../domain/service.ts';
import { reimport } from '../matching/reimport.ts';
import { type Cause, historyOf, nextRevision } from '../store/changes.ts';
import { importedRecords, type KnownRecord, touchServices } from '../store/imported.ts';
import { findListing } from '../store/listings.ts';
import { nameKeeper } from '../store/named-keepers.ts';
import type { Db } from '../store/open.ts';
import { importedId } from './hash.ts';
import type { Incoming, Note } from './incoming.ts';
import { type SharedRecords, sharedRecords } from './shared-records.ts';

/** What taking in some records would do, record by record; and doing it. */

export type PlanOutcome = 'added' | 'changed' | 'unchanged' | 'refused';

export interface PlanOptions {
  /** Id of the feed that the records are of; null where they are this directory's own, as in a spreadsheet of it. */
  feed: string | null;
  /** Kept with what comes from a feed. */
  licence?: string | null;
  /** The number of the run, for telling what is gone; null where records that came before are read anew. */
  run?: number | null;
  /** For the history. */
  cause?: Cause;
  /** Hashes of the records of this run so far. Hand the same map to the plan of each batch. */
  seen?: Map<string, string>;
}

/** What becomes of one record. */
export interface PlanItem {
  record_id: string | null;
  /** Of its service here; null where it is refused. */
  service_id: string | null;
  line?: number;
  name: string;
  action: PlanOutcome;
  reasons: Note[];
  repairs: Note[];
  incoming: Incoming;
  /** What it comes to here, to be saved; null where there is nothing to save. */
  listing: Listing | null;
  /** Hashes of what it shares with others, as it brought them. */
  shared: Record<string, string>;
  /** Of a changed one: the fields that differ. */
  changes: string[];
}

export interface ImportPlan {
  items: PlanItem[];
  counts: Record<PlanOutcome, number> & { /** Records with something put right. */ repaired: number };
  options: PlanOptions;
}

const GIVES_AWAY =
  'It gave away the address of a place that is kept private. That was taken out; mend it where it comes from.';

const AS_IMPORTED: Cause = { action: 'imported', role: 'source' };

/**
 * Compares records with the directory. Nothing is written.
 * @returns an item for each record, in their order
 */
export function planImport(directory: Directory, records: Iterable<Incoming>, options: PlanOptions): ImportPlan {
  const planner = new Planner(directory, options);
  const items = [...records].map((incoming) => planner.plan(incoming));
  const counts = { added: 0, changed: 0, unchanged: 0, refused: 0, repaired: 0 };
  for (const { action, repairs } of items) {
    counts[action]++;
    if (repairs.length > 0 && action !== 'refused') counts.repaired++;
  }
  return { items, counts, options };
}

class Planner {
  readonly #directory: Directory;
  readonly #options: PlanOptions;
  readonly #records: ReturnType<typeof importedRecords> | null;
  readonly #shared: SharedRecords;
  readonly #seen: Map<string, string>;
  readonly #now: string;

  constructor(directory: Directory, options: PlanOptions) {
    this.#directory = directory;
    this.#options = options;
    this.#records = options.feed === null ? null : importedRecords(directory.db, options.feed);
    this.#shared = sharedRecords(directory.db, options.feed, (id) => this.#records?.brought(id) ?? false);
    this.#seen = options.seen ?? new Map();
    this.#now = directory.now().toISOString();
  }

  plan(incoming: Incoming): PlanItem {
    const { record_id, line, name, reasons } = incoming;
    const item = {
      record_id,
      service_id: null,
      ...(line !== undefined && { line }),
      name,
      reasons,
      repairs: incoming.repairs,
      incoming,
      listing: null,
      shared: {},
      changes: [],
    };
    if (reasons.length > 0 || incoming.listing === null) return { ...item, action: 'refused' };

    const key = record_id ?? incoming.listing.service.id;
    const earlier = this.#seen.get(key);
    if (earlier !== undefined) return this.#repeated(item, earlier === incoming.hash);
    this.#seen.set(key, incoming.hash);

    const known = this.#records?.find(key) ?? null;
    if (known && known.hash === incoming.hash && !known.gone)
      return { ...item, service_id: known.service_id, action: 'unchanged' };
    return this.#compare(item, incoming.listing, key, known);
  }

  #repeated(item: Omit<PlanItem, 'action'>, alike: boolean): PlanItem {
    if (!alike) {
      const words = 'Another record of this run has the same id and says something else; the first was taken.';
      return { ...item, action: 'refused', reasons: [{ field: 'id', words }] };
    }
    const words = 'The same record came before in this run; it was taken once.';
    return { ...item, action: 'unchanged', repairs: [{ field: 'id', words }] };
  }

  #compare(item: Omit<PlanItem, 'action'>, brought: Listing, key: string, known: KnownRecord | null): PlanItem {
    const refused = (...reasons: Note[]): PlanItem => ({ ...item, action: 'refused', reasons });
    const read = parse(brought);
    if (!Array.isArray(read)) {
      const { listing: parsed, fields } = withholdAddresses(read);
      const id = this.#serviceId(parsed.service.id, key, known);
      if (id === null)
        return refused({
          field: 'id',
          words: 'A listing that was entered here has this id: what comes back from elsewhere does not change it.',
        });
      const notes: Note[] = fields.map((field) => ({ field, words: GIVES_AWAY }));
      if (known === null && id !== parsed.service.id)
        notes.push({ field: 'id', words: 'Another source uses this id already; it got an id of its own here.' });
      const { listing, shared } = this.#settleShared({ ...parsed, service: { ...parsed.service, id } }, known, notes);
      const stored = findListing(this.#directory.db, id);
      const settled = this.#settle(listing, stored, known);
      const same = stored !== null && sameListing(stored, settled) && known?.hash === item.incoming.hash;
      const unchanged = this.#options.feed === null ? stored !== null && sameListing(stored, settled) : same;
      return {
        ...item,
        service_id: id,
        repairs: [...item.repairs, ...notes],
        action: stored === null ? 'added' : unchanged ? 'unchanged' : 'changed',
        listing,
        shared,
        changes: stored === null || unchanged ? [] : differences(stored, settled),
      };
    }
    return refused(...read.map((note) => ({ ...note, ...(item.line !== undefined && { line: item.line }) })));
  }

  /** The id that the record has here; null where it is one of this directory's own. */
  #serviceId(id: string, key: string, known: KnownRecord | null): string | null {
    if (known) return known.service_id;
    if (this.#records === null || this.#options.feed === null) return id;
    const owner = this.#records.feedOfService(id);
    if (owner !== null) return importedId(this.#options.feed, 'service', key);
    return this.#exists(id) ? null : id;
  }

  #exists = (id: string): boolean =>
    this.#directory.db.prepare('SELECT 1 FROM service WHERE id = ?').get(id) !== undefined;

  #settleShared(listing: Listing, known: KnownRecord | null, notes: Note[]) {
    const shared: Record<string, string> = {};
    const ids = new Map<string, string>();
    const settle = <T extends Organization | Location>(kind: 'organization' | 'location', it: T): T => {
      const settled = this.#shared.agreeOn(kind, it, known);
      shared[it.id] = settled.hash;
      ids.set(it.id, settled.it.id);
      notes.push(...settled.notes);
      return settled.it;
    };
    const organization = settle('organization', listing.organization);
    const locations = listing.locations.map((it) => settle('location', it));
    const service: Service = {
      ...listing.service,
      organization_id: organization.id,
      location_ids: locations.map(({ id }) => id),
      schedules: listing.service.schedules.map((schedule) =>
        schedule.location_id === undefined
          ? schedule
          : { ...schedule, location_id: ids.get(schedule.location_id) ?? schedule.location_id },
      ),
    };
    return { listing: { ...listing, service, organization, locations }, shared };
  }

  /** What the directory would hold under the record's own id. */
  #settle(listing: Listing, stored: Listing | null, known: KnownRecord | null): Listing {
    if (stored === null) return listing;
    if (this.#options.feed === null) return { ...listing, state: stateOfOwn(this.#directory, stored) };
    const [own = listing] = reimport(this.#directory.db, listing, this.#now).listings;
    return { ...own, state: stateAfter(this.#directory.db, stored, listing, known) };
  }
}

/**
 * The state that a listing gets: the source's, where it is back after it was gone, or where nobody here has changed the
 * state; else the one that it has.
 */
function stateAfter(db: Db, stored: Listing, incoming: Listing, known: KnownRecord | null): Listing['state'] {
  if (known?.gone && (stored.state === 'unconfirmed' || wasWithdrawn(db, stored))) return incoming.state;
  if (known && stored.state === known.imported.state) return incoming.state;
  return stored.state;
}

/** Whether its source, and nobody here, has taken it away. */
function wasWithdrawn(db: Db, { service, state }: Listing): boolean {
  const [last] = state === 'archived' ? historyOf(db, [service.id]) : [];
  return last?.action === 'archived' && last.role === 'source';
}

/**
 * Rows of a spreadsheet leave the state alone, except that a listing archived by undoing an import comes back with its
 * table.
 */
function stateOfOwn({ db }: Directory, { service, state }: Listing): Listing['state'] {
  if (state !== 'archived') return state;
  const [last] = historyOf(db, [service.id]);
  return last?.action === 'undone' && last.state !== 'archived' ? 'published' : state;
}

/** The names of the fields that differ: 'name' of the service, 'organization.name' of the organization. */
function differences(one: Listing, other: Listing): string[] {
  const fields = (['service', 'organization'] as const).flatMap((part) =>
    [...new Set([...Object.keys(one[part]), ...Object.keys(other[part])])].flatMap((name) => {
      const [before, after] = [one[part], other[part]].map((it) =>
        JSON.stringify((it as Record<string, unknown>)[name]),
      );
      return before === after ? [] : [part === 'service' ? name : `${part}.${name}`];
    }),
  );
  if (JSON.stringify(one.locations) !== JSON.stringify(other.locations)) fields.push('locations');
  if (one.state !== other.state) fields.push('state');
  return fields.length > 0 ? fields : ['fields that Signpost only passes on'];
}

const sameListing = (one: Listing, other: Listing): boolean => document(one) === document(other);
const document = ({ service, organization, locations, state }: Listing): string =>
  JSON.stringify([service, organization, locations, state]);

/** The listing with the schema's defaults, or what does not fit. */
function parse(listing: Listing): Listing | Note[] {
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
