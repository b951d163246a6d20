import type { Organization } from '../domain/service.ts';
import { readOrganization } from './documents.ts';
import type { Db } from './open.ts';

/** What a name comes to without spaces, dots and capitals. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * The organization that has one of these registered numbers and the same name, apart from how it is written; null where
 * there is none. A number alone does not do: a digit is quickly mistyped.
 */
export function organizationOfNumber(
  db: Db,
  { name, charity, company }: { name: string; charity: string | null; company: string | null },
): Organization | null {
  const of = (field: string, number: string | null): string[] =>
    number === null
      ? []
      : (db
          .prepare(`SELECT document FROM organization WHERE ${field} = ? ORDER BY id`)
          .pluck()
          .all(number) as string[]);
  const rows = [...of('charity_number', charity), ...of("document ->> '$.company_number'", company)];
  return rows.map(readOrganization).find((it) => plain(it.name) === plain(name)) ?? null;
}
