import type { RecordState } from '../domain/service.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/** Every listing in whatever state, as moderators look for them. */

export interface RegisterRow {
  id: string;
  name: string;
  organization: string;
  state: RecordState;
  /** 'YYYY-MM-DD'; null where nobody says that it was checked. */
  checked: string | null;
  /** ISO 8601, UTC. */
  last_modified: string;
}

/** What is looked for. Whatever is left empty or null does not matter; the rest must all hold. */
export interface RegisterQuery {
  /** An id; a keeper's address or part of it, with its @; or words of the names of listing, organization or venue. */
  q: string;
  state: RecordState | null;
  /** Only some ids; null for all. */
  among: readonly string[] | null;
  /** Only those that nobody looks after. */
  unkept?: boolean;
  /** Only those of this source, by its name. */
  source?: string;
  sort: (typeof REGISTER_SORTS)[number];
  /** From 1. */
  page: number;
  per_page: number;
}

export const REGISTER_SORTS = ['name', 'checked', 'changed'] as const;

const ORDER = {
  name: 'name COLLATE NOCASE, id',
  checked: 'assured_date, id',
  changed: 'last_modified DESC, id',
} satisfies Record<RegisterQuery['sort'], string>;

/** All that is asked of many listings is in this index, so that no document is read: 200,000 are 1.4 GB. */
const FROM = 'FROM service INDEXED BY service_by_revision';

/** As the index has it. */
const SOURCE = "document ->> '$.source.name'";

/** The sources that so many listings or more are from, by name: lists and directories, rather than groups of their own. */
export const sourcesOf = (db: Db, least: number): { name: string; listings: number }[] =>
  db
    .prepare(
      `SELECT ${SOURCE} AS name, count(*) AS listings FROM service INDEXED BY service_by_source
       GROUP BY ${SOURCE} HAVING listings >= ? ORDER BY name COLLATE NOCASE`,
    )
    .all(least) as { name: string; listings: number }[];

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
/** Words beyond these are not looked for. */
const MOST_WORDS = 8;

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Conditions for what was typed: each word in the name of the listing, of its organization, or of one of its venues. */
function typed(q: string): { conditions: string[]; values: string[] } {
  const id = UUID.exec(q)?.[0]?.toLowerCase();
  if (id)
    return {
      conditions: [
        `(service.id = ? OR organization_id = ? OR service.id IN
          (SELECT service_id FROM service_at_location WHERE location_id = ?))`,
      ],
      values: [id, id, id],
    };
  if (q.includes('@'))
    return {
      conditions: [
        `service.id IN (SELECT service_id FROM keeper JOIN person ON person.id = keeper.person
          WHERE person.email LIKE ? ESCAPE '\\')`,
      ],
      values: [like(q.toLowerCase())],
    };
  const words = q.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  return {
    conditions: words.map(
      () => `(name LIKE ? ESCAPE '\\'
        OR organization_id IN (SELECT id FROM organization INDEXED BY organization_by_name WHERE name LIKE ? ESCAPE '\\')
        OR service.id IN (SELECT service_id FROM service_at_location WHERE location_id IN
          (SELECT id FROM location INDEXED BY location_by_point WHERE name LIKE ? ESCAPE '\\')))`,
    ),
    values: words.flatMap((word) => [like(word), like(word), like(word)]),
  };
}

/** One page of the listings that fit, and how many fit in each state, whatever state was asked for. */
export function searchRegister(
  db: Db,
  query: RegisterQuery,
): { rows: RegisterRow[]; total: number; states: Partial<Record<RecordState, number>> } {
  const { conditions, values } = typed(query.q.trim());
  if (query.among) {
    conditions.push('service.id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(query.among));
  }
  if (query.source) {
    conditions.push(`service.id IN (SELECT id FROM service INDEXED BY service_by_source WHERE ${SOURCE} = ?)`);
    values.push(query.source);
  }
  if (query.unkept)
    conditions.push(`NOT EXISTS (SELECT 1 FROM keeper JOIN person ON person.id = keeper.person
      WHERE keeper.service_id = service.id AND person.email IS NOT NULL)`);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const counted = db
    .prepare(`SELECT state, count(*) ${FROM} ${where} GROUP BY state`)
    .raw()
    .all(...values);
  const states: Partial<Record<RecordState, number>> = Object.fromEntries(counted as [RecordState, number][]);
  const { state, page, per_page } = query;
  const total = state ? (states[state] ?? 0) : Object.values(states).reduce((sum, count) => sum + count, 0);
  const also = state ? `${where ? `${where} AND` : 'WHERE'} state = ?` : where;
  const ids = db
    .prepare(
      `SELECT service.id, name, state, assured_date, last_modified, organization_id ${FROM} ${also}
       ORDER BY ${ORDER[query.sort]} LIMIT ? OFFSET ?`,
    )
    .all(...values, ...(state ? [state] : []), per_page, (page - 1) * per_page) as (Omit<
    RegisterRow,
    'organization' | 'checked'
  > & {
    organization_id: string;
    assured_date: string;
  })[];
  const nameOf = db.prepare('SELECT name FROM organization WHERE id = ?').pluck();
  const checkerOf = db.prepare("SELECT json_extract(document, '$.assured_by') FROM service WHERE id = ?").pluck();
  const rows = ids.map(({ organization_id, assured_date, ...row }) => ({
    ...row,
    checked: checkerOf.get(row.id) === 'nobody' ? null : assured_date,
    organization: nameOf.get(organization_id) as string,
  }));
  return { rows, total, states };
}

/** The state of a listing, or null where there is none of that id. */
export const stateOf = (db: Db, id: string): RecordState | null =>
  (prepared(db, 'SELECT state FROM service WHERE id = ?').pluck().get(id) as RecordState | undefined) ?? null;

/** What was sent in, as it is found by the names in it, its sender's address, or an id. */
export interface SentRow {
  id: string;
  name: string;
  organization: string;
  state: 'waiting' | 'asked' | 'published' | 'refused' | 'withdrawn';
  /** ISO 8601, UTC. */
  sent_at: string;
}

/** What was sent in and fits what was typed, the newest first; forms that were never sent are nobody's business. */
export function searchSent(db: Db, q: string, limit: number): SentRow[] {
  const text = q.trim();
  if (text === '') return [];
  return db
    .prepare(
      `SELECT submission.id, submission.answers ->> '$.name' AS name,
         coalesce(submission.answers ->> '$.organization_name', '') AS organization, state, sent_at
       FROM submission LEFT JOIN person ON person.id = submission.person
       WHERE state IN ('waiting', 'asked', 'published', 'refused', 'withdrawn') AND sent_at IS NOT NULL
         AND (submission.id = :id OR service_id = :id OR person.email LIKE :like ESCAPE '\\'
           OR submission.answers ->> '$.name' LIKE :like ESCAPE '\\'
           OR submission.answers ->> '$.organization_name' LIKE :like ESCAPE '\\')
       ORDER BY sent_at DESC, submission.id LIMIT :limit`,
    )
    .all({ id: UUID.exec(text)?.[0]?.toLowerCase() ?? '', like: like(text), limit }) as SentRow[];
}
