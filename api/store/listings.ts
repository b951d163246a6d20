import { type Listing, type Organization, PUBLIC_STATES, type RecordState } from '../domain/service.ts';
import {
  IS_ACTIVE,
  PUBLIC_STATES_SQL,
  readLocation,
  readLocations,
  readOrganization,
  readService,
} from './documents.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { type SavedIds, SHOWS } from './write.ts';

export { type Batch, renewHidden, type SavedIds, saveBatch, writeBatch } from './write.ts';

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
  service: readService(row.document),
  organization: readOrganization(row.organization),
  locations: readLocations(row.locations),
  state: row.state,
  last_modified: row.last_modified,
});

/** Every listing that the public sees, one after the other: what the search index is built from. */
export function* publicListings(db: Db): Generator<Listing> {
  // The plus keeps SQLite from the index by state, which has another order than the table, and lets it read the table
  // from beginning to end.
  const rows = db.prepare(`${SELECT} WHERE +service.state IN (${PUBLIC_STATES_SQL})`).iterate();
  for (const row of rows) yield fromRow(row as ServiceRow);
}

/** The listing of that id in whatever state, or null. */
export const findListing = (db: Db, id: string): Listing | null => findInAnyState(db, [id])[0] ?? null;

/** The listings, in any state, that show something of what was changed. */
export function changedListings(db: Db, { services, organizations, locations }: SavedIds): Listing[] {
  if (organizations.length + locations.length === 0) return findInAnyState(db, [...new Set(services)]);
  const showing = prepared(db, `SELECT id FROM service WHERE ${SHOWS}`)
    .pluck()
    .all(JSON.stringify(services), JSON.stringify(organizations), JSON.stringify(locations)) as string[];
  return findInAnyState(db, showing);
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

/** What a row holds, or nothing where there is none. */
const ofRow = <T>(row: unknown, read: (document: string) => T): T[] =>
  row === undefined ? [] : [read((row as { document: string }).document)];

/**
 * The listings of those ids that the public sees, in the order of the ids; unknown ids are left out. A few small
 * statements for each take half as long as one that joins and gathers.
 */
export const findListings = (db: Db, ids: readonly string[]): Listing[] =>
  findInAnyState(db, ids).filter(({ state }) => PUBLIC_STATES.includes(state));

/** The same in whatever state. */
export function findInAnyState(db: Db, ids: readonly string[]): Listing[] {
  const one = prepared(db, 'SELECT document, state, last_modified FROM service WHERE id = ?');
  const organization = prepared(db, 'SELECT document FROM organization WHERE id = ?');
  const location = prepared(db, 'SELECT document FROM location WHERE id = ?');
  return ids.flatMap((id) => {
    const row = one.get(id) as Omit<ServiceRow, 'organization' | 'locations'> | undefined;
    if (!row) return [];
    const service = readService(row.document);
    return ofRow(organization.get(service.organization_id), readOrganization).map((it) => ({
      service,
      organization: it,
      locations: service.location_ids.flatMap((at) => ofRow(location.get(at), readLocation)),
      state: row.state,
      last_modified: row.last_modified,
    }));
  });
}

/** An organization with its listings that the public sees, by name; null where there is none of that id. */
export function findOrganization(db: Db, id: string): { organization: Organization; listings: Listing[] } | null {
  const document = db.prepare('SELECT document FROM organization WHERE id = ?').pluck().get(id) as string | undefined;
  if (document === undefined) return null;
  const rows = db
    .prepare(
      `${SELECT} WHERE service.organization_id = ? AND +service.state IN (${PUBLIC_STATES_SQL})
         AND ${IS_ACTIVE} ORDER BY service.name, service.id`,
    )
    .all(id) as ServiceRow[];
  return { organization: readOrganization(document), listings: rows.map(fromRow) };
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
