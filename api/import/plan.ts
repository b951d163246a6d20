import type { Directory } from '../directory/directory.ts';
import type { Listing, Location, Organization, Service } from '../domain/service.ts';
import { withholdAddresses } from '../domain/withheld.ts';
import { reimport } from '../matching/reimport.ts';
import type { Cause } from '../store/changes.ts';
import { importedRecords, type KnownRecord } from '../store/imported.ts';
import { livingOrganization } from '../store/joined-organizations.ts';
import { findListing } from '../store/listings.ts';
import { isRenewed } from '../store/renewed-ids.ts';
import { differences, sameListing } from './differences.ts';
import { importedId } from './hash.ts';
import type { Incoming, Note } from './incoming.ts';
import { parseListing } from './parse-listing.ts';
import { type SharedRecords, sharedRecords } from './shared-records.ts';
import { stateAfter, stateOfOwn } from './state-after.ts';
import { StillPrivate } from './still-private.ts';

/** What taking in some records would do, record by record. */

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

const NOT_KNOWN_AS_OPEN =
  'is new, and a place of this listing, or of one of the same name or place, is kept private. So this is kept private too, until a moderator opens it.';

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
  readonly #stillPrivate: StillPrivate;
  readonly #seen: Map<string, string>;
  readonly #now: string;

  constructor(directory: Directory, options: PlanOptions) {
    this.#directory = directory;
    this.#options = options;
    this.#records = options.feed === null ? null : importedRecords(directory.db, options.feed);
    this.#shared = sharedRecords(directory.db, options.feed, (id) => this.#records?.brought(id) ?? false);
    this.#stillPrivate = new StillPrivate(directory.db);
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
    const read = parseListing(brought);
    if (Array.isArray(read))
      return refused(...read.map((note) => ({ ...note, ...(item.line !== undefined && { line: item.line }) })));
    const { listing: kept, anew } = this.#keptPrivate(read, known);
    const { listing: parsed, fields } = withholdAddresses(kept);
    const id = this.#serviceId(parsed.service.id, key, known, anew.length > 0);
    if (id === null)
      return refused({
        field: 'id',
        words: 'A listing that was entered here has this id: what comes back from elsewhere does not change it.',
      });
    const notes: Note[] = [
      ...fields.map((field) => ({ field, words: GIVES_AWAY })),
      ...anew.map((name) => ({ field: 'service_at_locations', words: `‘${name.slice(0, 80)}’ ${NOT_KNOWN_AS_OPEN}` })),
    ];
    if (known === null && id !== parsed.service.id && anew.length === 0)
      notes.push({ field: 'id', words: 'Another source uses this id already; it got an id of its own here.' });
    const { listing, shared } = this.#settleShared({ ...parsed, service: { ...parsed.service, id } }, known, notes);
    const stored = findListing(this.#directory.db, id);
    const found = { ...item, service_id: id, repairs: [...item.repairs, ...notes], listing, shared };
    if (stored === null) return { ...found, action: 'added' };
    const settled = this.#asJoined(this.#settle(listing, stored, known), stored);
    // A record of a feed may bring fields that are only passed on.
    const bringsNothing = this.#options.feed === null || known?.hash === item.incoming.hash;
    if (bringsNothing && sameListing(stored, settled)) return { ...found, action: 'unchanged' };
    return { ...found, action: 'changed', changes: differences(stored, settled) };
  }

  /** What a moderator changes of a listing that is here they mean; a row that makes a new one may be of an old one. */
  #keptPrivate(listing: Listing, known: KnownRecord | null): ReturnType<StillPrivate['keep']> {
    const { feed } = this.#options;
    return feed === null && this.#exists(listing.service.id)
      ? { listing, anew: [] }
      : this.#stillPrivate.keep(listing, { feed, known });
  }

  /** As it will stand, where its organization was joined into that of the stored one: that this is another is no change. */
  #asJoined(listing: Listing, { organization }: Listing): Listing {
    if (listing.organization.id === organization.id) return listing;
    const living = livingOrganization(this.#directory.db, listing.organization.id);
    if (living !== organization.id) return listing;
    return { ...listing, service: { ...listing.service, organization_id: living }, organization };
  }

  /**
   * The id that the record has here; null where it is one of this directory's own. What its source calls a place that is private
   * here stands beside its address there.
   */
  #serviceId(id: string, key: string, known: KnownRecord | null, isPrivate: boolean): string | null {
    if (known) return known.service_id;
    if (this.#records === null || this.#options.feed === null) return id;
    const owner = this.#records.feedOfService(id);
    if (owner !== null || isPrivate || isRenewed(this.#directory.db, id))
      return importedId(this.#options.feed, 'service', key);
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
  #settle(listing: Listing, stored: Listing, known: KnownRecord | null): Listing {
    if (this.#options.feed === null) return { ...listing, state: stateOfOwn(this.#directory, stored) };
    const [own = listing] = reimport(this.#directory.db, listing, this.#now).listings;
    return { ...own, state: stateAfter(this.#directory.db, stored, listing, known) };
  }
}
