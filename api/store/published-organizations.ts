import type { Organization } from '../domain/service.ts';
import { IS_PUBLIC, readOrganization } from './documents.ts';
import type { Db } from './open.ts';
import type { PageStart } from './published.ts';

/** Organizations that offer something published, in the order of their ids. */

const OFFERS = `EXISTS (SELECT 1 FROM service INDEXED BY service_by_organization WHERE service.organization_id = organization.id AND ${IS_PUBLIC})`;

/** Words that must all be in the name or the description of an organization, in lower case. */
type Words = readonly string[];

const conditions = (words: Words): string =>
  [
    OFFERS,
    ...words.map(
      (_, index) =>
        `instr(lower(organization.name || ' ' || coalesce(organization.document ->> '$.description', '')), :word${index}) > 0`,
    ),
  ].join(' AND ');
const valuesOf = (words: Words) => Object.fromEntries(words.map((word, index) => [`word${index}`, word]));

/** How many have all the words. */
export const countOrganizations = (db: Db, words: Words): number =>
  db
    .prepare(`SELECT count(*) FROM organization WHERE ${conditions(words)}`)
    .pluck()
    .get(valuesOf(words)) as number;

/** The ids of a page of those that have all the words. */
export function organizationPage(db: Db, words: Words, from: PageStart, limit: number): string[] {
  const [after, offset] = 'after' in from ? [from.after, 0] : ['', from.skip];
  return db
    .prepare(
      `SELECT id FROM organization WHERE ${conditions(words)} AND id > :after ORDER BY id LIMIT :limit OFFSET :offset`,
    )
    .pluck()
    .all({ ...valuesOf(words), after, limit, offset }) as string[];
}

/** An organization with the ids of what it has published, of which there is something. */
export interface OrganizationWithServices {
  organization: Organization;
  service_ids: string[];
  /** Whether anything of it happens at a confidential location. */
  confidential: boolean;
}

/** The organizations of those ids, in that order; one that has nothing published is left out. */
export function findOfferings(db: Db, ids: readonly string[]): OrganizationWithServices[] {
  const rows = db
    .prepare(
      `SELECT organization.document, json_group_array(service.id ORDER BY service.id) AS services,
         EXISTS (SELECT 1 FROM service AS other JOIN service_at_location AS at ON at.service_id = other.id
           JOIN location ON location.id = at.location_id
           WHERE other.organization_id = organization.id AND location.confidential = 1) AS confidential
       FROM json_each(?) AS wanted JOIN organization ON organization.id = wanted.value
         JOIN service INDEXED BY service_by_organization ON service.organization_id = organization.id AND ${IS_PUBLIC}
       GROUP BY wanted.key ORDER BY wanted.key`,
    )
    .all(JSON.stringify(ids)) as { document: string; services: string; confidential: number }[];
  return rows.map(({ document, services, confidential }) => ({
    organization: readOrganization(document),
    service_ids: JSON.parse(services),
    confidential: confidential === 1,
  }));
}
