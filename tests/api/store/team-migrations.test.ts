import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { isTimeLimited } from '../../../api/domain/review.ts';
import { livingOrganization } from '../../../api/store/joined-organizations.ts';
import { findListing } from '../../../api/store/listings.ts';
import { type Db, openStore } from '../../../api/store/open.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** Files of the versions before a team, named keepers, joined organizations and limits in time, opened by today's. */

const folder = temporaryFolder();
afterAll(folder.remove);
const MIGRATIONS = join(import.meta.dirname, '../../../data/migrations');
const AT = '2026-01-02T09:00:00.000Z';
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** What the listings are, and how they meet: for good, once, for a term, all of these. */
const [FOR_GOOD, ONCE, A_TERM] = [
  { freq: 'WEEKLY', byday: 'MO' },
  { dtstart: '2026-05-01' },
  { freq: 'WEEKLY', byday: 'MO', valid_to: '2026-07-01' },
];
const LISTINGS: { kind?: string; schedules?: object[] }[] = [
  {},
  { kind: 'event' },
  { schedules: [] },
  { schedules: [FOR_GOOD] },
  { schedules: [ONCE] },
  { schedules: [A_TERM, ONCE] },
  { schedules: [A_TERM, FOR_GOOD] },
];

/** A file as some version left it: a listing with its keeper, a moderator, what they did, and what waits. */
function formerFile(version: number): { file: string; db: Db } {
  const file = folder.file(`version-${version}.sqlite`);
  const db = new Database(file);
  for (const sql of readdirSync(MIGRATIONS).sort().slice(0, version))
    db.exec(readFileSync(join(MIGRATIONS, sql), 'utf8'));
  db.pragma(`user_version = ${version}`);
  const run = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values);
  for (const email of ['mo@example.org', 'keeper@example.org'])
    run('INSERT INTO person (email, since) VALUES (?, ?)', email, AT);
  for (const number of [1, 2])
    run(
      'INSERT INTO organization (id, name, document, last_modified) VALUES (?, ?, ?, ?)',
      id(number),
      `Organization ${number}`,
      JSON.stringify({ id: id(number), name: `Organization ${number}`, charity_number: '1234567' }),
      AT,
    );
  for (const [number, over] of LISTINGS.entries())
    run(
      `INSERT INTO service (id, organization_id, name, kind, state, assured_date, document, last_modified)
       VALUES (?, ?, 'Group', ?, 'published', '2026-01-01', ?, ?)`,
      id(10 + number),
      id(1),
      over.kind ?? 'social',
      JSON.stringify({
        id: id(10 + number),
        organization_id: id(1),
        name: 'Group',
        summary: 'A group.',
        description: 'A group.',
        kind: 'social',
        taxonomy_terms: ['arts'],
        attending_types: ['online'],
        source: { name: 'Organization 1' },
        assured_date: '2026-01-01',
        ...over,
      }),
      AT,
    );
  run('INSERT INTO keeper (service_id, person, since) VALUES (?, 2, ?)', id(10), AT);
  run(
    `INSERT INTO history (at, record, record_id, action, role, person) VALUES (?, 'service', ?, 'published', 'moderator', 1)`,
    AT,
    id(10),
  );
  run(`INSERT INTO moderator_session (hash, person, browser, began, seen) VALUES ('h', 1, 'Firefox', ?, ?)`, AT, AT);
  run(
    `INSERT INTO submission (id, kind, service_id, answers, person, state, version, created_at, updated_at)
     VALUES (?, 'new', ?, '{"name":"Waits"}', 2, 'waiting', 1, ?, ?)`,
    id(4),
    id(5),
    AT,
    AT,
  );
  return { file, db };
}

/** How each table is asked for all its rows, by the columns that it has now. */
function questions(db: Db): [table: string, sql: string][] {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck();
  return (tables.all() as string[]).map((table) => {
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `"${name}"`);
    return [table, `SELECT ${columns.join(', ')} FROM ${table} ORDER BY 1, 2`];
  });
}
/** Columns that hold the same under another name since: table, then, now. */
const RENAMED: Readonly<Record<string, [then: string, now: string]>> = {
  import_question: ['"feed"', '"source"'],
  asked_record: ['"feed"', '"source"'],
};
const calledNow = (asked: [table: string, sql: string][]): [table: string, sql: string][] =>
  asked.map(([table, sql]) => [table, RENAMED[table] ? sql.replace(...RENAMED[table]) : sql]);
const contents = (db: Db, asked: [table: string, sql: string][]): Record<string, unknown[]> =>
  Object.fromEntries(asked.map(([table, sql]) => [table, db.prepare(sql).raw().all()]));

test.each([23, 25, 26, 27])('a file of version %i loses nothing, and does what is new', (version) => {
  const { file, db: former } = formerFile(version);
  const asked = questions(former);
  const before = contents(former, asked);
  former.close();
  for (const table of ['person', 'organization', 'service', 'keeper', 'history', 'moderator_session', 'submission'])
    expect(before[table]?.length, table).toBeGreaterThan(0);
  const db = openStore(file);
  expect(contents(db, calledNow(asked))).toEqual(before);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const limited = db.prepare('SELECT id, time_limited FROM service ORDER BY id').raw().all() as [string, number][];
  expect(limited.map(([, it]) => it)).toEqual([0, 1, 0, 0, 1, 1, 0]);
  expect(limited.map(([of]) => Number(isTimeLimited(findListing(db, of)!.service)))).toEqual([0, 1, 0, 0, 1, 1, 0]);

  db.prepare("INSERT INTO moderator (person, role, since) VALUES (1, 'reader', ?)").run(AT);
  db.prepare("INSERT INTO named_keeper (service_id, email, since) VALUES (?, 'a@example.org', ?)").run(id(10), AT);
  db.prepare("INSERT INTO joined_organization (from_id, into_id, at, person, gained) VALUES (?, ?, ?, 1, '{}')").run(
    id(2),
    id(1),
    AT,
  );
  expect(livingOrganization(db, id(2))).toBe(id(1));
  expect(findListing(db, id(10))?.organization.charity_number).toBe('1234567');
  // What belongs to a listing goes with it.
  db.prepare('DELETE FROM service WHERE id = ?').run(id(10));
  expect(db.prepare('SELECT count(*) FROM named_keeper').pluck().get()).toBe(0);
  db.close();
});
