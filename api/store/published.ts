import { IS_PUBLIC } from './documents.ts';
import type { Db } from './open.ts';

/**
 * The lists of what is published, in the order of ids, which never changes: whoever reads on from the last id that they
 * saw misses nothing that stays, whatever is added, changed or withdrawn in the meantime. Only the documents of the
 * page are read.
 */

/** Conditions for services; all that are given must hold. */
export interface ServiceConditions {
  organization_id?: string | undefined;
  /** ISO 8601, UTC, milliseconds: changed then or later. */
  modified_after?: string | undefined;
  /** With `modified_after`: or checked on these days, both included, 'YYYY-MM-DD'. */
  lapsed_from?: string | undefined;
  lapsed_to?: string | undefined;
}

/** What is known of a service without reading it. */
export interface ServiceDates {
  id: string;
  last_modified: string;
  assured_date: string;
}

const conditions = ({ organization_id, modified_after, lapsed_from }: ServiceConditions): string => {
  const changed = 'service.last_modified >= :modified_after';
  const lapsed = 'service.assured_date BETWEEN :lapsed_from AND :lapsed_to';
  return [
    IS_PUBLIC,
    ...(organization_id === undefined ? [] : ['organization_id = :organization_id']),
    ...(modified_after === undefined ? [] : [lapsed_from === undefined ? changed : `(${changed} OR ${lapsed})`]),
  ].join(' AND ');
};

/**
 * Named, since the planner would rather sort by an index of states. This one has the ids in order, and everything that
 * is asked for.
 */
const fromIndex = ({ organization_id }: ServiceConditions): string =>
  `service INDEXED BY ${organization_id === undefined ? 'service_published' : 'service_by_organization'}`;

/** Where a page begins: behind an id, or so many from the start. */
export type PageStart = { after: string } | { skip: number };

const beginning = (from: PageStart, key: string): { where: string; offset: number; after: string } =>
  'after' in from
    ? { where: ` AND ${key} > :after`, offset: 0, after: from.after }
    : { where: '', offset: from.skip, after: '' };

/** How many services. */
export const countServices = (db: Db, wanted: ServiceConditions): number =>
  db
    .prepare(`SELECT count(*) FROM ${fromIndex(wanted)} WHERE ${conditions(wanted)}`)
    .pluck()
    .get(wanted) as number;

/** A page of services, as ids with their dates. */
export function servicePage(db: Db, wanted: ServiceConditions, from: PageStart, limit: number): ServiceDates[] {
  const { where, offset, after } = beginning(from, 'id');
  return db
    .prepare(
      `SELECT id, last_modified, assured_date FROM ${fromIndex(wanted)} WHERE ${conditions(wanted)}${where} ORDER BY id LIMIT :limit OFFSET :offset`,
    )
    .all({ ...wanted, after, limit, offset }) as ServiceDates[];
}

/** When each of some services was changed, in the order given. */
export function findDates(db: Db, ids: readonly string[]): ServiceDates[] {
  const rows = db
    .prepare(
      `SELECT id, last_modified, assured_date FROM service INDEXED BY service_published
       WHERE id IN (SELECT value FROM json_each(?)) AND ${IS_PUBLIC}`,
    )
    .all(JSON.stringify(ids)) as ServiceDates[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Of some services those that meet the conditions, in the order given. */
export function wantedOf(db: Db, wanted: ServiceConditions, ids: readonly string[]): string[] {
  const found = new Set(
    db
      .prepare(`SELECT id FROM service INDEXED BY service_published
         WHERE id IN (SELECT value FROM json_each(:ids)) AND ${conditions(wanted)}`)
      .pluck()
      .all({ ...wanted, ids: JSON.stringify(ids) }) as string[],
  );
  return ids.filter((id) => found.has(id));
}

/** What some services are called, in the order given. */
export const serviceNames = (db: Db, ids: readonly string[]): { id: string; name: string }[] =>
  db
    .prepare(
      `SELECT service.id, service.name FROM json_each(?) AS wanted JOIN service ON service.id = wanted.value
       WHERE ${IS_PUBLIC} ORDER BY wanted.key`,
    )
    .all(JSON.stringify(ids)) as { id: string; name: string }[];

/** A service at a location that is not confidential. */
export interface PlacePair {
  service_id: string;
  location_id: string;
}

/** Compares with the few hidden locations: looking up each location would cost more. */
const SHOWN = `at.location_id NOT IN (SELECT id FROM location INDEXED BY location_confidential WHERE confidential = 1)`;

/**
 * By the primary key, which has the pairs in the order of their ids. The planner would rather read another index and
 * sort.
 */
const PLACES = (wanted: ServiceConditions): string => `
  FROM service_at_location AS at INDEXED BY sqlite_autoindex_service_at_location_1
    CROSS JOIN service INDEXED BY service_published ON service.id = at.service_id
  WHERE ${conditions(wanted)} AND ${SHOWN}`;

/** How many services at locations. */
export const countPlaces = (db: Db, wanted: ServiceConditions): number =>
  db
    .prepare(`SELECT count(*) FROM (SELECT DISTINCT at.service_id, at.location_id ${PLACES(wanted)})`)
    .pluck()
    .get(wanted) as number;

/**
 * A page of services at locations.
 * @param from behind 'service id location id', both in full with a blank between
 */
export function placePage(db: Db, wanted: ServiceConditions, from: PageStart, limit: number): PlacePair[] {
  const { where, offset, after } = beginning(from, '(at.service_id, at.location_id)');
  const [afterService = '', afterLocation = ''] = after.split(' ');
  return db
    .prepare(
      `SELECT DISTINCT at.service_id, at.location_id ${PLACES(wanted)}
         ${where.replace(':after', '(:afterService, :afterLocation)')}
       ORDER BY at.service_id, at.location_id LIMIT :limit OFFSET :offset`,
    )
    .all({ ...wanted, afterService, afterLocation, limit, offset }) as PlacePair[];
}

/** The places of some services, in the order of those services. */
export function placesOf(db: Db, serviceIds: readonly string[]): PlacePair[] {
  return db
    .prepare(
      `SELECT DISTINCT at.service_id, at.location_id FROM json_each(?) AS wanted
         JOIN service_at_location AS at ON at.service_id = wanted.value
         JOIN location ON location.id = at.location_id AND location.confidential = 0
       ORDER BY wanted.key, at.position`,
    )
    .all(JSON.stringify(serviceIds)) as PlacePair[];
}

/** The half of an id that the id of a service at a location holds, and how long it is. */
const tail = (id: string): string => `substr(${id}, 21, 3) || substr(${id}, 25, 12)`;
const TAIL = 15;

/** The services at locations whose id holds that (api/openreferral/ids.ts); nearly always one. */
export const placesWithKey = (db: Db, key: string): PlacePair[] =>
  db
    .prepare(
      `SELECT DISTINCT at.service_id, at.location_id
       FROM service INDEXED BY service_by_tail CROSS JOIN service_at_location AS at ON at.service_id = service.id
       WHERE ${tail('service.id')} = :service AND ${tail('at.location_id')} = :location`,
    )
    .all({ service: key.slice(0, TAIL), location: key.slice(TAIL) }) as PlacePair[];

/** Every place of a published service within a rectangle of degrees. */
export const placesWithin = (
  db: Db,
  box: { south: number; north: number; west: number; east: number },
): (PlacePair & { latitude: number; longitude: number })[] =>
  db
    .prepare(
      `SELECT DISTINCT at.service_id, at.location_id, location.latitude, location.longitude
       FROM location INDEXED BY location_by_point
         CROSS JOIN service_at_location AS at ON at.location_id = location.id
         CROSS JOIN service INDEXED BY service_published ON service.id = at.service_id
       WHERE location.confidential = 0 AND location.latitude BETWEEN :south AND :north
         AND location.longitude BETWEEN :west AND :east AND ${IS_PUBLIC}`,
    )
    .all(box) as (PlacePair & { latitude: number; longitude: number })[];

/** The points, in degrees, of some locations that may be published and have one. */
export function locationPoints(db: Db, ids: readonly string[]): Map<string, { latitude: number; longitude: number }> {
  const rows = db
    .prepare(
      `SELECT id, latitude, longitude FROM location
       WHERE id IN (SELECT value FROM json_each(?)) AND confidential = 0 AND latitude IS NOT NULL`,
    )
    .all(JSON.stringify(ids)) as { id: string; latitude: number; longitude: number }[];
  return new Map(rows.map(({ id, ...point }) => [id, point]));
}
