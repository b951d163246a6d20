import { type Listing, Location, Organization, PUBLIC_STATES, type RecordState, Service } from '../domain/service.ts';
import { type Cause, historyWriter, nextRevision } from './changes.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** A batch to be written together: all of it or nothing. Order within it does not matter. */
export interface Batch {
  organizations?: Organization[];
  locations?: Location[];
  services?: { service: Service; state: RecordState }[];
}

interface ServiceRow {
  document: string;
  organization: string;
  state: RecordState;
  last_modified: string;
  locations: string;
}

const SELECT = `
  SELECT service.document, organization.document AS organization, service.state, service.last_modified,
    (SELECT '[' || coalesce(group_concat(location.document, ',' ORDER BY at.position), '') || ']' FROM service_at_location AS at
      JOIN location ON location.id = at.location_id WHERE at.service_id = service.id) AS locations
  FROM service JOIN organization ON organization.id = service.organization_id`;

const fromRow = (row: ServiceRow): Listing => ({
  service: JSON.parse(row.document),
  organization: JSON.parse(row.organization),
  locations: JSON.parse(row.locations),
  state: row.state,
  last_modified: row.last_modified,
});

const publicStates = PUBLIC_STATES.map((state) => `'${state}'`).join(', ');

/** The ids of records that a batch has really changed. */
export interface Saved {
  services: string[];
  organizations: string[];
  locations: string[];
}

const AS_LOADED: Cause = { action: 'added', role: 'programme' };
/** What the public is told of a state: that a check is due follows from its date, and is not said. */
const shownAs = (state: RecordState): 'nothing' | 'unconfirmed' | 'published' =>
  !PUBLIC_STATES.includes(state) ? 'nothing' : state === 'unconfirmed' ? 'unconfirmed' : 'published';
/** Of a location that is confidential before and after, nobody sees a change. */
const staysHidden = (before: string, after: Location): boolean => after.confidential && JSON.parse(before).confidential;

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
export const saveBatch = (db: Db, batch: Batch, now: string, cause: Cause = AS_LOADED): Saved =>
  writeBatch(db, batch, now, cause, false).saved;

interface Written {
  saved: Saved;
  /** Organizations and locations that there were before, and that others than the services of the batch may show. */
  shared: Pick<Saved, 'organizations' | 'locations'>;
}

/**
 * The same, for records by the ten thousand.
 * @param checked whether the records are as their schemas gave them, so that they need not be checked again: that takes
 *   as long as writing them
 */
export function writeBatch(db: Db, batch: Batch, now: string, cause: Cause, checked: boolean): Written {
  const was = {
    organization: prepared(db, 'SELECT document FROM organization WHERE id = ?'),
    location: prepared(db, 'SELECT document FROM location WHERE id = ?'),
    service: prepared(db, 'SELECT document, state, last_modified FROM service WHERE id = ?'),
  };
  const organization = prepared(
    db,
    `
    INSERT INTO organization (id, name, example, document, last_modified) VALUES (:id, :name, :example, :document, :now)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, example = excluded.example, document = excluded.document,
      last_modified = excluded.last_modified`,
  );
  const location = prepared(
    db,
    `
    INSERT INTO location (id, name, latitude, longitude, confidential, document, last_modified)
    VALUES (:id, :name, :latitude, :longitude, :confidential, :document, :now)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude,
      confidential = excluded.confidential, document = excluded.document, last_modified = excluded.last_modified`,
  );
  const service = prepared(
    db,
    `
    INSERT INTO service (id, organization_id, name, kind, state, assured_date, example, document, last_modified, revision)
    VALUES (:id, :organization_id, :name, :kind, :state, :assured_date, :example, :document, :modified, :revision)
    ON CONFLICT (id) DO UPDATE SET organization_id = excluded.organization_id, name = excluded.name,
      kind = excluded.kind, state = excluded.state, assured_date = excluded.assured_date, example = excluded.example,
      document = excluded.document, last_modified = excluded.last_modified, revision = excluded.revision`,
  );
  const unlink = prepared(db, 'DELETE FROM service_at_location WHERE service_id = ?');
  const link = prepared(db, 'INSERT INTO service_at_location (service_id, position, location_id) VALUES (?, ?, ?)');
  const back = prepared(db, 'DELETE FROM withdrawn WHERE service_id = ?');
  const note = historyWriter(db, cause, now);

  return db
    .transaction(() => {
      const saved: Saved = { services: [], organizations: [], locations: [] };
      const revision = nextRevision(db);
      const shared: Saved = { services: [], organizations: [], locations: [] };

      for (const raw of batch.organizations ?? []) {
        const it = checked ? raw : Organization.parse(raw);
        const before = was.organization.get(it.id) as { document: string } | undefined;
        const document = JSON.stringify(it);
        if (before?.document === document) continue;
        organization.run({ id: it.id, name: it.name, example: Number(it.example), document, now });
        note('organization', it.id, null, before?.document ?? null);
        saved.organizations.push(it.id);
        if (before) shared.organizations.push(it.id);
      }
      for (const raw of batch.locations ?? []) {
        const it = checked ? raw : Location.parse(raw);
        const before = was.location.get(it.id) as { document: string } | undefined;
        const { id, name, latitude = null, longitude = null } = it;
        const document = JSON.stringify(it);
        if (before?.document === document) continue;
        location.run({ id, name, latitude, longitude, confidential: Number(it.confidential), document, now });
        note('location', id, null, before?.document ?? null);
        saved.locations.push(id);
        if (before && !staysHidden(before.document, it)) shared.locations.push(id);
      }
      for (const { service: raw, state } of batch.services ?? []) {
        const it = checked ? raw : Service.parse(raw);
        const before = was.service.get(it.id) as Pick<ServiceRow, 'document' | 'state' | 'last_modified'> | undefined;
        const { id, organization_id, name, kind, assured_date } = it;
        const example = Number(it.example);
        const document = JSON.stringify(it);
        const sameWords = before?.document === document;
        if (sameWords && before.state === state) continue;
        const unseen = sameWords && shownAs(before.state) === shownAs(state);
        const modified = unseen ? before.last_modified : now;
        service.run({ id, organization_id, name, kind, state, assured_date, example, document, modified, revision });
        note('service', id, before?.state ?? null, before?.document ?? null);
        saved.services.push(id);
        if (sameWords) continue;
        if (before) unlink.run(id);
        else back.run(id);
        for (const [position, location_id] of it.location_ids.entries()) link.run(id, position, location_id);
      }
      if (shared.organizations.length + shared.locations.length > 0)
        prepared(db, `UPDATE service SET last_modified = ?, revision = ? WHERE ${SHOWS}`).run(
          now,
          revision,
          JSON.stringify([]),
          JSON.stringify(shared.organizations),
          JSON.stringify(shared.locations),
        );
      return { saved, shared };
    })
    .immediate();
}

/** Every listing that the public sees, one after the other: what the search index is built from. */
export function* publicListings(db: Db): Generator<Listing> {
  // The plus: an index by state has them in another order than the table, which is read from beginning to end.
  const rows = db.prepare(`${SELECT} WHERE +service.state IN (${publicStates})`).iterate();
  for (const row of rows) yield fromRow(row as ServiceRow);
}

/** The listing of that id in whatever state, or null. */
export function findListing(db: Db, id: string): Listing | null {
  const row = prepared(db, `${SELECT} WHERE service.id = ?`).get(id) as ServiceRow | undefined;
  return row ? fromRow(row) : null;
}

/** Whether a service is one of some, or belongs to one of some organizations, or meets at one of some locations. */
const SHOWS = `
  (service.id IN (SELECT value FROM json_each(?)) OR service.organization_id IN (SELECT value FROM json_each(?))
    OR service.id IN (SELECT service_id FROM service_at_location
      WHERE location_id IN (SELECT value FROM json_each(?))))`;

/** The listings, in any state, that show something of what was changed. */
export function changedListings(db: Db, { services, organizations, locations }: Saved): Listing[] {
  const rows = prepared(db, `${SELECT} WHERE ${SHOWS}`).all(
    JSON.stringify(services),
    JSON.stringify(organizations),
    JSON.stringify(locations),
  ) as ServiceRow[];
  return rows.map(fromRow);
}

/** Whether services went away after a revision. */
export const goneSince = (db: Db, revision: number): boolean =>
  prepared(db, 'SELECT 1 FROM withdrawn WHERE revision > ? LIMIT 1').get(revision) !== undefined;

const idOf = (row: unknown): string => (row as { id: string }).id;

/**
 * What has changed after a revision: ids of services, and of those that are no longer there.
 * @param revision as in table `revision`
 */
export const idsSince = (db: Db, revision: number): { changed: string[]; gone: string[] } => ({
  changed: prepared(db, 'SELECT id FROM service WHERE revision > ?').all(revision).map(idOf),
  gone: prepared(db, 'SELECT service_id AS id FROM withdrawn WHERE revision > ?').all(revision).map(idOf),
});

// The plus keeps SQLite from walking an index by state, which holds every listing that there is.
const ONE_PUBLIC = `SELECT document, organization_id, state, last_modified FROM service
  WHERE id = ? AND +state IN (${publicStates})`;
const LOCATIONS_OF = `SELECT location.document FROM service_at_location AS at
  JOIN location ON location.id = at.location_id WHERE at.service_id = ? ORDER BY at.position`;

type DocumentRow = { document: string };

/**
 * The listings of those ids that the public sees, in the order of the ids; ids that name none are left out. Three small
 * statements for each take half as long as one that joins and gathers.
 */
export function findListings(db: Db, ids: readonly string[]): Listing[] {
  const one = prepared(db, ONE_PUBLIC);
  const organization = prepared(db, 'SELECT document FROM organization WHERE id = ?');
  const locations = prepared(db, LOCATIONS_OF);
  return ids.flatMap((id) => {
    const row = one.get(id) as
      | (Omit<ServiceRow, 'organization' | 'locations'> & { organization_id: string })
      | undefined;
    if (!row) return [];
    return {
      service: JSON.parse(row.document),
      organization: JSON.parse((organization.get(row.organization_id) as DocumentRow).document),
      locations: (locations.all(id) as DocumentRow[]).map(({ document }) => JSON.parse(document)),
      state: row.state,
      last_modified: row.last_modified,
    };
  });
}

/** An organization with its listings that the public sees, by name; null where there is none of that id. */
export function findOrganization(db: Db, id: string): { organization: Organization; listings: Listing[] } | null {
  const document = db.prepare('SELECT document FROM organization WHERE id = ?').pluck().get(id) as string | undefined;
  if (document === undefined) return null;
  const rows = db
    .prepare(
      `${SELECT} WHERE service.organization_id = ? AND +service.state IN (${publicStates})
         AND service.document ->> '$.status' = 'active' ORDER BY service.name, service.id`,
    )
    .all(id) as ServiceRow[];
  return { organization: JSON.parse(document), listings: rows.map(fromRow) };
}

/** How many listings there are in any state. */
export const countListings = (db: Db): number => db.prepare('SELECT count(*) FROM service').pluck().get() as number;

/** Takes the sample directory out: example listings, then the organizations and locations that nothing else uses. */
export function dropExamples(db: Db): { services: number; organizations: number; locations: number } {
  return db
    .transaction(() => ({
      services: db.prepare('DELETE FROM service WHERE example = 1').run().changes,
      organizations: db
        .prepare('DELETE FROM organization WHERE example = 1 AND id NOT IN (SELECT organization_id FROM service)')
        .run().changes,
      locations: db
        .prepare(
          "DELETE FROM location WHERE document ->> 'example' = 1 AND id NOT IN (SELECT location_id FROM service_at_location)",
        )
        .run().changes,
    }))
    .immediate();
}
