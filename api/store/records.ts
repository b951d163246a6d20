import type { Location, Organization } from '../domain/service.ts';
import { readLocation, readOrganization } from './documents.ts';
import type { Db } from './open.ts';
import { organizationsNamed } from './organizations.ts';
import { prepared } from './prepared.ts';

/** Single organizations and locations: of a moderator's page, of a spreadsheet's row. */

const ofRow = <T>(row: unknown, read: (document: string) => T): T | null =>
  row === undefined ? null : read((row as { document: string }).document);

/** The location of that id, or null. */
export function findLocation(db: Db, id: string): Location | null {
  return ofRow(prepared(db, 'SELECT document FROM location WHERE id = ?').get(id), readLocation);
}

/** The organization of that id by itself, or null. */
export function findOrganizationRecord(db: Db, id: string): Organization | null {
  return ofRow(prepared(db, 'SELECT document FROM organization WHERE id = ?').get(id), readOrganization);
}

/** The only organization of that name, in any case; null where there is none, or several. */
export function findOrganizationNamed(db: Db, name: string): Organization | null {
  const [found, another] = organizationsNamed(db, [name], 2);
  return found && !another ? found : null;
}
