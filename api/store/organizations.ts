import type { Organization } from '../domain/service.ts';
import { readOrganization } from './documents.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** Organizations as they are looked up, whether or not the public sees them; one that was joined into another is none. */

const STANDS_ALONE =
  'NOT EXISTS (SELECT 1 FROM joined_organization WHERE from_id = organization.id AND undone_at IS NULL)';

const read = (documents: unknown[]): Organization[] => (documents as string[]).map(readOrganization);

export interface RegisteredNumbers {
  charity: string | null;
  company: string | null;
}

/** Those that have one of these registered numbers. */
export function organizationsOfNumber(db: Db, { charity, company }: RegisteredNumbers): Organization[] {
  const of = (field: string, number: string | null): Organization[] =>
    number === null
      ? []
      : read(
          prepared(db, `SELECT document FROM organization WHERE ${field} = ? AND ${STANDS_ALONE} ORDER BY id`)
            .pluck()
            .all(number),
        );
  const found = [...of('charity_number', charity), ...of("document ->> '$.company_number'", company)];
  return [...new Map(found.map((it) => [it.id, it])).values()];
}

/** What a name comes to without spaces, dots and capitals. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * The organization that has one of these registered numbers and the same name, apart from how it is written; null where
 * there is none. A number alone does not do: a digit is quickly mistyped.
 */
export const organizationOfNumber = (
  db: Db,
  { name, ...numbers }: RegisteredNumbers & { name: string },
): Organization | null => organizationsOfNumber(db, numbers).find((it) => plain(it.name) === plain(name)) ?? null;

/** Those of one of these names, in any case. */
export const organizationsNamed = (db: Db, names: readonly string[], limit: number): Organization[] =>
  read(
    names.flatMap((name) =>
      prepared(
        db,
        `SELECT document FROM organization WHERE name = ? COLLATE NOCASE AND ${STANDS_ALONE} ORDER BY id LIMIT ?`,
      )
        .pluck()
        .all(name, limit),
    ),
  );

/** The ids of all its listings, in whatever state. */
export const servicesOf = (db: Db, id: string): string[] =>
  prepared(db, 'SELECT id FROM service WHERE organization_id = ? ORDER BY id').pluck().all(id) as string[];

/** An organization in a list of moderators. */
export interface OrganizationRow {
  organization: Organization;
  /** How many listings it has, in whatever state. */
  listings: number;
}

const ROW = `SELECT document, (SELECT count(*) FROM service WHERE organization_id = organization.id) AS listings
  FROM organization`;
const rows = (found: unknown[]): OrganizationRow[] =>
  (found as { document: string; listings: number }[]).map(({ document, listings }) => ({
    organization: readOrganization(document),
    listings,
  }));

/** Words beyond these are not looked for. */
const MOST_WORDS = 8;
const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** The organizations whose names hold all these words, or that have this registered number or id; by name. */
export function searchOrganizations(db: Db, q: string, limit: number): OrganizationRow[] {
  const text = q.trim();
  const words = text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  if (words.length === 0) return [];
  const named = words.map(() => "name LIKE ? ESCAPE '\\'").join(' AND ');
  // The names are read from their index, so that a look through very many reads no document.
  return rows(
    db
      .prepare(
        `${ROW} WHERE id IN (SELECT id FROM organization INDEXED BY organization_by_name WHERE ${named}
           UNION SELECT id FROM organization WHERE id = ?
           UNION SELECT id FROM organization WHERE charity_number = ?
           UNION SELECT id FROM organization WHERE document ->> '$.company_number' = ?) AND ${STANDS_ALONE}
         ORDER BY name COLLATE NOCASE, id LIMIT ?`,
      )
      .all(...words.map(like), text.toLowerCase(), text.toUpperCase(), text.toUpperCase(), limit),
  );
}

/** Organizations that share a registered number with another: each number's together, those of few numbers. */
export function organizationsOfOneNumber(
  db: Db,
  limit: number,
): { number: string; organizations: OrganizationRow[] }[] {
  const shared = db
    .prepare(
      `SELECT charity_number FROM organization
       WHERE charity_number IS NOT NULL AND example = 0 AND ${STANDS_ALONE}
       GROUP BY charity_number HAVING count(*) > 1 ORDER BY charity_number LIMIT ?`,
    )
    .pluck()
    .all(limit) as string[];
  const of = db.prepare(
    `${ROW} WHERE charity_number = ? AND example = 0 AND ${STANDS_ALONE} ORDER BY listings DESC, id LIMIT 20`,
  );
  return shared.map((number) => ({ number, organizations: rows(of.all(number)) }));
}

/** An organization with the number of its listings, also where it was joined into another; null where there is none. */
export const organizationRow = (db: Db, id: string): OrganizationRow | null =>
  rows(prepared(db, `${ROW} WHERE id = ?`).all(id))[0] ?? null;
