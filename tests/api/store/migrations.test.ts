import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { changedListings, findListing } from '../../../api/store/listings.ts';
import { type Db, openStore } from '../../../api/store/open.ts';
import { placesWithKey } from '../../../api/store/published.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** A file of a former schema, with content, opened by the program of today. */

const folder = temporaryFolder();
afterAll(folder.remove);
const MIGRATIONS = join(import.meta.dirname, '../../../data/migrations');

const id = (kind: number, number: number): string =>
  `${kind}0000000-0000-4000-8${String(number).padStart(3, '0')}-${String((number * 7919) % 997).padStart(12, '0')}`;
const service = (n: number) => id(1, n);
const organization = (n: number) => id(2, n);
const location = (n: number) => id(3, n);
const COUNT = 40;

/** A file as version 13 left it: services with everything that refers to them. */
function formerFile(name: string): { file: string; db: Db } {
  const file = folder.file(name);
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  for (const sql of readdirSync(MIGRATIONS).sort().slice(0, 13)) db.exec(readFileSync(join(MIGRATIONS, sql), 'utf8'));
  db.pragma('user_version = 13');
  // Rows may come before what they refer to.
  db.pragma('foreign_keys = OFF');
  const run = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values);
  run('INSERT INTO person (email, since) VALUES (?, ?)', 'a@example.org', '2026-01-01');
  run(
    "INSERT INTO feed (id, name, state, every_hours, created_at) VALUES ('f', 'Feed', 'active', 24, '2026-01-01T00:00:00Z')",
  );
  for (let n = 0; n < COUNT; n++) {
    const long = 'é'.repeat(n * 300);
    // The second again as the third: what is written twice stays written twice.
    const places = [n, (n + 1) % COUNT, (n + 1) % COUNT];
    const document = { id: organization(n), name: `Organization ${n}`, charity_number: n % 2 ? String(n) : undefined };
    run(
      'INSERT INTO organization (id, name, example, document, last_modified) VALUES (?, ?, ?, ?, ?)',
      organization(n),
      document.name,
      n % 2,
      JSON.stringify(document),
      `2026-01-${10 + (n % 20)}`,
    );
    run(
      'INSERT INTO location (id, name, latitude, longitude, confidential, document, last_modified) VALUES (?, ?, ?, ?, ?, ?, ?)',
      location(n),
      `Hall ${n}`,
      n % 3 ? 51 + n / 100 : null,
      n % 3 ? -n / 100 : null,
      Number(n % 5 === 0),
      JSON.stringify({ id: location(n), name: `Hall ${n}`, long }),
      '2026-01-02',
    );
    run(
      `INSERT INTO service (id, organization_id, name, kind, state, assured_date, example, document, last_modified, revision)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      service(n),
      organization((n * 3) % COUNT),
      `Service ${n}`,
      n % 4 ? 'group' : 'event',
      ['published', 'due', 'unconfirmed', 'archived'][n % 4],
      `2026-0${1 + (n % 9)}-01`,
      n % 2,
      JSON.stringify({
        id: service(n),
        organization_id: organization((n * 3) % COUNT),
        name: `Service ${n}`,
        status: n % 7 ? 'active' : 'inactive',
        location_ids: places.map(location),
        long,
      }),
      `2026-02-${10 + (n % 15)}T00:00:00.000Z`,
      COUNT - n,
    );
    for (const [position, at] of places.entries())
      run('INSERT INTO service_at_location VALUES (?, ?, ?)', service(n), position, location(at));
    run('INSERT INTO match_listing (number, service_id) VALUES (?, ?)', n + 1, service(n));
    run('INSERT INTO match_key VALUES (?, ?)', n % 7, n + 1);
    run('INSERT INTO keeper VALUES (?, 1, ?)', service(n), '2026-01-01');
    run('INSERT INTO reminder VALUES (?, ?, ?, ?)', service(n), '2026-01-01', 'due', '2026-03-01');
    run(
      `INSERT INTO imported (service_id, feed, record_id, at, hash, record, listing, shared, seen)
       VALUES (?, 'f', ?, '2026-01-01', 'h', ?, x'00', '{}', 1)`,
      service(n),
      String(n),
      JSON.stringify({ service_at_locations: [{ id: `place ${n}` }], taxonomy_term: { id: `term ${n % 3}` } }),
    );
    run(
      `INSERT INTO history (at, record, record_id, action, role) VALUES ('2026-01-01', 'service', ?, 'added', 'programme')`,
      service(n),
    );
  }
  return { file, db };
}

const SAME: Record<string, string> = {
  organization: 'SELECT id, name, charity_number, example, last_modified, document FROM organization ORDER BY id',
  location: 'SELECT id, name, latitude, longitude, confidential, last_modified, document FROM location ORDER BY id',
  service: `SELECT id, organization_id, name, kind, state, assured_date, example, last_modified, revision, document
    FROM service ORDER BY id`,
  places: 'SELECT service_id, position, location_id FROM service_at_location ORDER BY service_id, position',
  ...Object.fromEntries(
    ['history', 'match_listing', 'match_key', 'keeper', 'reminder', 'imported', 'imported_term', 'imported_place'].map(
      (table) => [table, `SELECT * FROM ${table} ORDER BY 1, 2`],
    ),
  ),
  revision: 'SELECT * FROM revision',
  withdrawn: 'SELECT * FROM withdrawn',
};
const contents = (db: Db) =>
  Object.fromEntries(Object.entries(SAME).map(([name, sql]) => [name, db.prepare(sql).raw().all()]));
const count = (db: Db, table: string): number => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;

describe('a file of version 13', () => {
  it('loses nothing, and nothing in it refers to what is not there', () => {
    const { file, db: former } = formerFile('whole.sqlite');
    const before = contents(former);
    former.close();
    const db = openStore(file);
    expect(contents(db)).toEqual(before);
    expect(before['service']).toHaveLength(COUNT);
    expect(before['places']).toHaveLength(3 * COUNT);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name GLOB '*new_*'").all()).toEqual([]);
    db.close();
  });

  it('has the same tables as one that was begun today', () => {
    const { file, db: former } = formerFile('tables.sqlite');
    former.close();
    const schema = (of: Db) =>
      of.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
    const db = openStore(file);
    expect(schema(db)).toEqual(schema(openStore(':memory:')));
    db.close();
  });

  it('goes on: what belongs to a service goes with it, and what is needed cannot be taken away', () => {
    const { file, db: former } = formerFile('goes-on.sqlite');
    former.close();
    const db = openStore(file);
    expect(() => db.prepare('DELETE FROM organization WHERE id = ?').run(organization(3))).toThrow(/FOREIGN KEY/);
    expect(() => db.prepare('DELETE FROM location WHERE id = ?').run(location(3))).toThrow(/FOREIGN KEY/);
    expect(() => db.prepare("UPDATE service SET document = '{' WHERE id = ?").run(service(1))).toThrow(/CHECK/);
    expect(() => db.prepare('UPDATE history SET at = 1').run()).toThrow(/append-only/);
    expect(findListing(db, service(3))?.locations.map((it) => it.id)).toEqual([location(3), location(4), location(4)]);
    expect(
      changedListings(db, { services: [], organizations: [], locations: [location(5)] })
        .map((it) => it.service.id)
        .sort(),
    ).toEqual([service(4), service(5)]);
    const halves = [service(3), location(4)].map((it) => it.slice(20, 23) + it.slice(24)).join('');
    expect(placesWithKey(db, halves)).toEqual([{ service_id: service(3), location_id: location(4) }]);

    const tables = ['keeper', 'reminder', 'imported', 'imported_place', 'match_listing', 'match_key'];
    for (const table of tables) expect(count(db, table)).toBe(COUNT);
    db.prepare('DELETE FROM service WHERE id = ?').run(service(3));
    for (const table of tables) expect(count(db, table), table).toBe(COUNT - 1);
    expect(count(db, 'service_at_location')).toBe(3 * (COUNT - 1));
    expect(count(db, 'history')).toBe(COUNT);
    expect(db.prepare('SELECT service_id, revision FROM withdrawn').all()).toEqual([
      { service_id: service(3), revision: 2 },
    ]);
    db.close();
  });

  it('stays as it was where something in it refers to what is not there', () => {
    const { file, db: former } = formerFile('broken.sqlite');
    former.prepare('UPDATE service SET organization_id = ? WHERE id = ?').run('nobody', service(1));
    const before = contents(former);
    former.close();
    expect(() => openStore(file)).toThrow(/refers to what is not there/);
    const db = new Database(file);
    expect(db.pragma('user_version', { simple: true })).toBe(13);
    expect(contents(db)).toEqual(before);
    db.close();
  });
});
