import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Listing } from '../domain/service.ts';
import { completeListing } from './documents.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** Where imported listings come from: the feed, the record as it came (after repairs), and what was written for it. */

/** A listing as it was when it was last imported. */
export type ImportedListing = Omit<Listing, 'last_modified'>;

export interface RawRecord {
  /** As Open Referral UK 3.0, after repairs, with every field that Signpost does not know; null for other formats. */
  record: Record<string, unknown> | null;
  /** The listing that was written for it. A field that differs today was changed here. */
  imported: ImportedListing;
  source: Provenance;
}

interface Provenance {
  feed: string;
  /** Of the feed, for people. */
  name: string;
  url: string | null;
  /** As the source calls the record. */
  record_id: string;
  licence: string | null;
  /** When it last came and was different from before: ISO 8601, UTC. */
  at: string;
  /** Whether three complete runs have gone by without it. */
  gone: boolean;
}

/** What the next import needs to know of a record that has come before. */
export interface KnownRecord {
  service_id: string;
  hash: string;
  /** Hashes of its organization and locations as it brought them, by id. */
  shared: Record<string, string>;
  gone: boolean;
  imported: ImportedListing;
}

interface Row {
  service_id: string;
  feed: string;
  name: string;
  url: string | null;
  record_id: string;
  licence: string | null;
  at: string;
  hash: string;
  record: string | null;
  listing: Buffer;
  shared: string;
  gone: number;
}

const pack = (listing: ImportedListing): Buffer => deflateRawSync(JSON.stringify(listing));
const unpack = (bytes: Buffer): ImportedListing =>
  completeListing(JSON.parse(inflateRawSync(bytes).toString()) as ImportedListing);

const rawFrom = (row: Row): RawRecord => ({
  record: row.record === null ? null : JSON.parse(row.record),
  imported: unpack(row.listing),
  source: sourceFrom(row),
});
const sourceFrom = ({ feed, name, url, record_id, licence, at, gone }: Omit<Row, 'listing'>): Provenance => ({
  feed,
  name,
  url,
  record_id,
  licence,
  at,
  gone: gone === 1,
});

const SELECT = 'SELECT imported.*, feed.name, feed.url FROM imported JOIN feed ON feed.id = imported.feed';

/** What imported listings were when they came, by id; those that were not imported are missing. */
export function rawRecordsOf(db: Db, ids: readonly string[]): Map<string, RawRecord> {
  const rows = db.prepare(`${SELECT} WHERE service_id IN (SELECT value FROM json_each(?))`).all(JSON.stringify(ids));
  return new Map((rows as Row[]).map((row) => [row.service_id, rawFrom(row)]));
}

/** The listing that a record of a feed is here, or null. */
export const serviceOf = (db: Db, feed: string, recordId: string): string | null =>
  (db.prepare('SELECT service_id FROM imported WHERE feed = ? AND record_id = ?').pluck().get(feed, recordId) as
    | string
    | undefined) ?? null;

/** Whether the source of a listing is known to have it no more. */
export const isGone = (db: Db, serviceId: string): boolean =>
  db.prepare('SELECT gone FROM imported WHERE service_id = ?').pluck().get(serviceId) === 1;

/** Where a listing came from, for a moderator; null where it was entered here. */
export function importedFrom(db: Db, serviceId: string): Provenance | null {
  const row = db
    .prepare(
      `SELECT feed, record_id, imported.licence, at, gone, feed.name, feed.url FROM imported
       JOIN feed ON feed.id = imported.feed WHERE service_id = ?`,
    )
    .get(serviceId) as Omit<Row, 'listing'> | undefined;
  return row ? sourceFrom(row) : null;
}

/** Reads and writes the records of one feed; statements are prepared once. */
export function importedRecords(db: Db, feed: string) {
  const find = db.prepare('SELECT * FROM imported WHERE feed = ? AND record_id = ?');
  const owner = db.prepare('SELECT feed FROM imported WHERE service_id = ?').pluck();
  const sharedOwner = db
    .prepare(
      'SELECT 1 FROM service JOIN imported ON service_id = service.id WHERE feed = ? AND organization_id = ? LIMIT 1',
    )
    .pluck();
  const located = db
    .prepare(
      'SELECT 1 FROM service_at_location JOIN imported USING (service_id) WHERE feed = ? AND location_id = ? LIMIT 1',
    )
    .pluck();
  // Two statements instead of ON CONFLICT, whose way of resolving a conflict SQLite would use in the triggers too.
  const update = db.prepare(`
    UPDATE imported SET licence = :licence, at = :at, hash = :hash, record = :record, listing = :listing,
      shared = :shared, seen = coalesce(:seen, seen), gone = iif(:seen IS NULL, gone, 0)
    WHERE service_id = :service_id AND feed = :feed`);
  const insert = db.prepare(`
    INSERT INTO imported (service_id, feed, record_id, licence, at, hash, record, listing, shared, seen)
    VALUES (:service_id, :feed, :record_id, :licence, :at, :hash, :record, :listing, :shared, :seen)`);
  const see = db.prepare('UPDATE imported SET seen = ?, gone = 0 WHERE feed = ? AND record_id = ?');
  return {
    /** What came of that record before, or null where it is new. */
    find(recordId: string): KnownRecord | null {
      const row = find.get(feed, recordId) as Row | undefined;
      if (!row) return null;
      const { service_id, hash, shared, gone, listing } = row;
      return { service_id, hash, shared: JSON.parse(shared), gone: gone === 1, imported: unpack(listing) };
    },
    /** The feed that a service came from, or null where it did not come from any. */
    feedOfService: (id: string): string | null => (owner.get(id) as string | undefined) ?? null,
    /** Whether an organization or location is one that listings of this feed have brought. */
    brought: (id: string): boolean => sharedOwner.get(feed, id) !== undefined || located.get(feed, id) !== undefined,
    /** Remembers what was written for a record. */
    write(it: {
      service_id: string;
      record_id: string;
      licence: string | null;
      at: string;
      hash: string;
      record: Record<string, unknown> | null;
      listing: ImportedListing;
      shared: Record<string, string>;
      /** The run in which it came; null where it was read anew, and is as much there as before. */
      seen: number | null;
    }): void {
      const { record_id, ...rest } = it;
      const row = {
        ...rest,
        feed,
        record: it.record === null ? null : JSON.stringify(it.record),
        listing: pack(it.listing),
        shared: JSON.stringify(it.shared),
      };
      if (update.run(row).changes === 0) insert.run({ ...row, record_id });
    },
    /** Remembers that a record that is as it was is still there. */
    see: (recordId: string, run: number): void => {
      see.run(run, feed, recordId);
    },
  };
}

/** Writes the new id of a service into what was kept of it as it came. */
export function repackImported(db: Db, id: string, old: string): void {
  const bytes = prepared(db, 'SELECT listing FROM imported WHERE service_id = ?').pluck().get(id) as Buffer | undefined;
  if (!bytes) return;
  const { service, ...rest } = unpack(bytes);
  if (service.id !== old) return;
  prepared(db, 'UPDATE imported SET listing = ? WHERE service_id = ?').run(
    pack({ ...rest, service: { ...service, id } }),
    id,
  );
}

/** Moves the dates of services of which something is published that only their records hold. */
export function touchServices(db: Db, ids: readonly string[], at: string, revision: number): void {
  db.prepare('UPDATE service SET last_modified = ?, revision = ? WHERE id IN (SELECT value FROM json_each(?))').run(
    at,
    revision,
    JSON.stringify(ids),
  );
}

/** Hashes of the records that a run has seen so far, by record. */
export const seenInRun = (db: Db, feed: string, run: number): Map<string, string> =>
  new Map(
    db.prepare('SELECT record_id, hash FROM imported WHERE feed = ? AND seen = ?').raw().all(feed, run) as [
      string,
      string,
    ][],
  );

/** How many records were there in the last complete run. */
export const countSeen = (db: Db, feed: string, run: number): number =>
  db.prepare('SELECT count(*) FROM imported WHERE feed = ? AND seen >= ?').pluck().get(feed, run) as number;

/** Remembers that all that was there in a run was there in a later one too. */
export function seeAgain(db: Db, feed: string, since: number, run: number): void {
  db.prepare('UPDATE imported SET seen = ? WHERE feed = ? AND seen >= ?').run(run, feed, since);
}

/** The services of a feed that some complete runs have gone by without, and that have not been marked so. */
export const absentServices = (db: Db, feed: string, seenBefore: number): string[] =>
  db
    .prepare('SELECT service_id FROM imported WHERE feed = ? AND seen < ? AND gone = 0 ORDER BY service_id')
    .pluck()
    .all(feed, seenBefore) as string[];

/** Remembers that these were marked as gone. */
export function markGone(db: Db, ids: readonly string[]): void {
  db.prepare('UPDATE imported SET gone = 1 WHERE service_id IN (SELECT value FROM json_each(?))').run(
    JSON.stringify(ids),
  );
}
