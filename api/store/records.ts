import type { Location, Organization } from '../domain/service.ts';
import { readLocation, readOrganization } from './documents.ts';
import type { Db } from './open.ts';

/** Single records by their ids, as moderators look at them. */

/** The location of that id, or null. */
export function findLocation(db: Db, id: string): Location | null {
  const document = db.prepare('SELECT document FROM location WHERE id = ?').pluck().get(id) as string | undefined;
  return document === undefined ? null : readLocation(document);
}

/** The organization of that id by itself, or null. */
export function findOrganizationRecord(db: Db, id: string): Organization | null {
  const document = db.prepare('SELECT document FROM organization WHERE id = ?').pluck().get(id) as string | undefined;
  return document === undefined ? null : readOrganization(document);
}
