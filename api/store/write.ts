import { isTimeLimited } from '../domain/review.ts';
import { Location, Organization, PUBLIC_STATES, type RecordState, Service } from '../domain/service.ts';
import { type Cause, historyWriter, nextRevision, type RecordKind } from './changes.ts';
import { readLocation, readRecord, readService } from './documents.ts';
import { HiddenPlaces } from './hidden-places.ts';
import { addMovedService, anyOrganizationJoined, joinsFrom } from './joined-organizations.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { renewId } from './renewed-ids.ts';

/** How records come into the file. */

/** A batch to be written together: all of it or nothing. Order within it does not matter. */
export interface Batch {
  organizations?: Organization[];
  locations?: Location[];
  services?: { service: Service; state: RecordState }[];
}

/** The ids of records that a batch has really changed. */
export interface SavedIds {
  services: string[];
  organizations: string[];
  locations: string[];
}

export interface WrittenBatch {
  saved: SavedIds;
  /** Organizations and locations that there were before, and that others than the services of the batch may show. */
  shared: Pick<SavedIds, 'organizations' | 'locations'>;
  /** The number that this change took (table `revision`). */
  revision: number;
  /** Services that met in the open before, and meet at a confidential place now: they are to get a new id. */
  hidden: string[];
  /** Services that are new, or of another organization, or meet elsewhere. */
  placed: string[];
}

/** Whether a service is one of some, or belongs to one of some organizations, or meets at one of some locations. */
export const SHOWS = `
  (service.id IN (SELECT value FROM json_each(?)) OR service.organization_id IN (SELECT value FROM json_each(?))
    OR service.id IN (SELECT service_id FROM service_at_location
      WHERE location_id IN (SELECT value FROM json_each(?))))`;

const AS_LOADED: Cause = { action: 'added', role: 'programme' };
/** What the public is told of a state: that a check is due follows from its date, and is not said. */
const shownAs = (state: RecordState): 'nothing' | 'unconfirmed' | 'published' =>
  !PUBLIC_STATES.includes(state) ? 'nothing' : state === 'unconfirmed' ? 'unconfirmed' : 'published';
/** Of a location that is confidential before and after, nobody sees a change. */
const staysHidden = (before: string, after: Location): boolean =>
  after.confidential && readLocation(before).confidential;

/** Whether a document says the same as one of today's schema: an earlier one says the same in fewer words. */
const saysTheSame = (kind: RecordKind, before: string, document: string): boolean =>
  before === document || JSON.stringify(readRecord(kind, before)) === document;

/**
 * Writes organizations, locations and services in one transaction, replacing those with the same id. A record that is
 * as it was is left alone. `last_modified` says when what the public reads of a record last changed: a service's moves
 * with its organization and its locations, and with its state only where that is seen.
 * @param now ISO 8601, UTC
 * @param cause for the history
 * @returns what was changed
 * @throws z.ZodError where a record does not fit the schema, an SqliteError where it refers to what is not there;
 *   nothing is written then
 */
export const saveBatch = (db: Db, batch: Batch, now: string, cause: Cause = AS_LOADED): SavedIds =>
  writeBatch(db, batch, now, cause, false).saved;

/**
 * Gives new ids to listings whose place has become confidential. To be called once all else of the change is written, in
 * its transaction: whatever else it writes may go by the old ids.
 * @param hidden what {@link WrittenBatch} says
 * @returns which id became which
 */
export const renewHidden = (db: Db, hidden: Iterable<string>, now: string): Map<string, string> =>
  new Map([...hidden].map((old) => [old, renewId(db, old, now)] as const));

/**
 * The same, for records by the ten thousand.
 * @param checked whether the records are as their schemas gave them, so that they need not be checked again: that takes
 *   as long as writing them
 */
export const writeBatch = (db: Db, batch: Batch, now: string, cause: Cause, checked: boolean): WrittenBatch =>
  db.transaction(() => write(db, batch, now, cause, checked)).immediate();

function write(db: Db, batch: Batch, now: string, cause: Cause, checked: boolean): WrittenBatch {
  const saved: SavedIds = { services: [], organizations: [], locations: [] };
  const shared: WrittenBatch['shared'] = { organizations: [], locations: [] };
  const revision = nextRevision(db);
  const note = historyWriter(db, cause, now);

  const organization = table(db, 'organization', ORGANIZATION);
  for (const raw of batch.organizations ?? []) {
    const it = checked ? raw : Organization.parse(raw);
    const document = JSON.stringify(it);
    const before = organization.put(it.id, document, [it.name, Number(it.example), now, document, it.id]);
    if (before === 'the same') continue;
    note('organization', it.id, null, before?.document ?? null);
    saved.organizations.push(it.id);
    if (before) shared.organizations.push(it.id);
  }
  const hidden = new HiddenPlaces(db);
  const location = table(db, 'location', LOCATION);
  for (const raw of batch.locations ?? []) {
    const it = checked ? raw : Location.parse(raw);
    const { id, name, latitude = null, longitude = null, confidential } = it;
    const document = JSON.stringify(it);
    const before = location.put(id, document, [name, latitude, longitude, Number(confidential), now, document, id]);
    if (before === 'the same') continue;
    note('location', id, null, before?.document ?? null);
    saved.locations.push(id);
    if (before) hidden.changed(id, JSON.parse(before.document).confidential === true, confidential);
    if (before && !staysHidden(before.document, it)) shared.locations.push(id);
  }
  const placed: string[] = [];
  const service = services(db, revision, now);
  for (const { service: raw, state } of batch.services ?? []) {
    const it = checked ? raw : Service.parse(raw);
    const before = service.put(it, state);
    if (before === 'the same') continue;
    note('service', it.id, before?.state ?? null, before?.document ?? null);
    saved.services.push(it.id);
    const was = before && readService(before.document);
    hidden.written(it.id, was?.location_ids ?? null);
    if (was?.organization_id !== before?.organization_id || was?.location_ids.join() !== it.location_ids.join())
      placed.push(it.id);
  }
  if (shared.organizations.length + shared.locations.length > 0)
    prepared(db, `UPDATE service SET last_modified = ?, revision = ? WHERE ${SHOWS}`).run(
      now,
      revision,
      JSON.stringify([]),
      JSON.stringify(shared.organizations),
      JSON.stringify(shared.locations),
    );
  return { saved, shared, revision, hidden: hidden.newlyHidden(), placed };
}

type Value = string | number | null;

/** The statements for a table, whose columns but for the id are these. */
const statements = (name: string, columns: string) => ({
  add: `INSERT INTO ${name} (${columns}, id) VALUES (${columns.replace(/\w+/g, '?')}, ?) ON CONFLICT (id) DO NOTHING`,
  replace: `UPDATE ${name} SET ${columns.replace(/\w+/g, '$& = ?')} WHERE id = ?`,
});
const ORGANIZATION = statements('organization', 'name, example, last_modified, document');
const LOCATION = statements('location', 'name, latitude, longitude, confidential, last_modified, document');
const SERVICE = statements(
  'service',
  'organization_id, name, kind, time_limited, state, assured_date, example, last_modified, revision, document',
);

/**
 * Puts records into a table. Most records that come by the ten thousand are new: so each is put in first, and only one
 * that is there already is looked at.
 */
function table(db: Db, name: 'organization' | 'location', sql: ReturnType<typeof statements>) {
  const add = prepared(db, sql.add);
  const was = prepared(db, `SELECT document FROM ${name} WHERE id = ?`);
  const replace = prepared(db, sql.replace);
  return {
    /** @returns what was there, null for nothing */
    put(id: string, document: string, values: readonly Value[]): { document: string } | 'the same' | null {
      if (add.run(values).changes === 1) return null;
      const before = was.get(id) as { document: string };
      if (saysTheSame(name, before.document, document)) return 'the same';
      replace.run(values);
      return before;
    },
  };
}

interface Before {
  document: string;
  /** Whose it is now. */
  organization_id: string;
  state: RecordState;
  last_modified: string;
}

/** The same for services, which have a state, and places. */
function services(db: Db, revision: number, now: string) {
  const add = prepared(db, SERVICE.add);
  const was = prepared(db, 'SELECT document, state, last_modified FROM service WHERE id = ?');
  const replace = prepared(db, SERVICE.replace);
  const unlink = prepared(db, 'DELETE FROM service_at_location WHERE service_id = ?');
  const link = prepared(db, 'INSERT INTO service_at_location (service_id, location_id, position) VALUES (?, ?, ?)');
  const back = prepared(db, 'DELETE FROM withdrawn WHERE service_id = ?');
  const anyGone = prepared(db, 'SELECT 1 FROM withdrawn LIMIT 1').get() !== undefined;
  const anyJoined = anyOrganizationJoined(db);

  const write = (it: Service, state: RecordState): Before | 'the same' | null => {
    const { id, organization_id, name, kind, assured_date } = it;
    const example = Number(it.example);
    const limited = Number(isTimeLimited(it));
    const document = JSON.stringify(it);
    const values = (modified: string) =>
      [organization_id, name, kind, limited, state, assured_date, example, modified, revision, document, id] as const;
    const places = () => {
      for (const [position, location_id] of it.location_ids.entries()) link.run(id, location_id, position);
    };
    if (add.run(values(now)).changes === 1) {
      if (anyGone) back.run(id);
      places();
      return null;
    }
    const before = { ...(was.get(id) as Omit<Before, 'organization_id'>), organization_id };
    const sameWords = saysTheSame('service', before.document, document);
    if (sameWords && before.state === state) return 'the same';
    const unseen = sameWords && shownAs(before.state) === shownAs(state);
    replace.run(values(unseen ? before.last_modified : now));
    if (!sameWords) {
      unlink.run(id);
      places();
    }
    return before;
  };

  return {
    /**
     * A service of an organization that was joined into another is that one's, whoever says otherwise: its source, a form
     * that was begun before, an earlier version of it.
     * @returns what was there, null for nothing
     */
    put(said: Service, state: RecordState): Before | 'the same' | null {
      const joins = anyJoined ? joinsFrom(db, said.organization_id) : [];
      const it = joins.length > 0 ? { ...said, organization_id: joins.at(-1)!.into_id } : said;
      const before = write(it, state);
      if (joins.length > 0) addMovedService(db, joins, it.id);
      return before;
    },
  };
}
