import type { Location } from '../domain/service.ts';
import { IS_PUBLIC, readLocation } from './documents.ts';
import type { Db } from './open.ts';

/** Locations at which something published happens and that are not confidential, in the order of their ids. */

const SHOWN = `location.confidential = 0 AND EXISTS (SELECT 1 FROM service_at_location AS at
  JOIN service ON service.id = at.service_id WHERE at.location_id = location.id AND ${IS_PUBLIC})`;

/** How many. */
export const countLocations = (db: Db): number =>
  db.prepare(`SELECT count(*) FROM location WHERE ${SHOWN}`).pluck().get() as number;

/** The ids of a page of them. */
export const locationPage = (db: Db, skip: number, limit: number): string[] =>
  db
    .prepare(`SELECT id FROM location WHERE ${SHOWN} ORDER BY id LIMIT :limit OFFSET :skip`)
    .pluck()
    .all({ skip, limit }) as string[];

/** Those of these ids, in that order. */
export const findLocations = (db: Db, ids: readonly string[]): Location[] =>
  (
    db
      .prepare(
        `SELECT location.document FROM json_each(?) AS wanted JOIN location ON location.id = wanted.value
         WHERE ${SHOWN} ORDER BY wanted.key`,
      )
      .pluck()
      .all(JSON.stringify(ids)) as string[]
  ).map(readLocation);

/** The ids of the published services at a location, in their order; none where it may not be shown. */
export const servicesAt = (db: Db, locationId: string): string[] =>
  db
    .prepare(
      `SELECT DISTINCT service.id FROM location JOIN service_at_location AS at ON at.location_id = location.id
         JOIN service ON service.id = at.service_id
       WHERE location.id = ? AND location.confidential = 0 AND ${IS_PUBLIC} ORDER BY service.id`,
    )
    .pluck()
    .all(locationId) as string[];
