import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeStore, type Db, openStore } from '../../../api/store/open.ts';
import { seedExamples } from '../../../api/store/seed.ts';
import { NOW } from '../../helpers/clock.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { findSqliteTool } from '../../helpers/sqlite-tool.ts';

/** What an operator does to the file with the sqlite3 of the system, which is older than the SQLite of the program. */

const MIGRATIONS = join(import.meta.dirname, '../../../data/migrations');
const folder = temporaryFolder();
const file = folder.file('signpost.sqlite');
let tool: string;

/** Runs the tool and gives what it printed; fails where it complains. */
function ask(database: string, command: string, input?: string): string {
  const { status, stdout, stderr } = spawnSync(tool, [database, command].filter(Boolean), {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(input !== undefined && { input }),
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

/** A form in each standing, the first without base and decision. */
function putForms(db: Db): void {
  const states = ['draft', 'unconfirmed', 'waiting', 'asked', 'published', 'refused', 'withdrawn'];
  for (const [n, state] of states.entries())
    db.prepare(
      `INSERT INTO submission (id, kind, service_id, state, answers, base, created_at, updated_at, decision)
       VALUES (?, 'new', ?, ?, '{}', ?, ?, ?, ?)`,
    ).run(`form-${n}`, `service-${n}`, state, n % 2 ? '{"a":1}' : null, NOW, NOW, n % 3 ? '{"words":"é"}' : null);
}

/** Every row of every ordinary table. */
function contents(db: Db): Record<string, unknown[]> {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name")
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((name) => [name, db.prepare(`SELECT * FROM "${name}" ORDER BY 1, 2`).raw().all()]),
  );
}

beforeAll(() => {
  tool = findSqliteTool();
  const db = openStore(file);
  seedExamples(db, new Date(NOW));
  putForms(db);
  closeStore(db);
});
afterAll(folder.remove);

describe('the sqlite3 of the system', () => {
  it('finds the file sound', () => {
    expect(ask(file, 'PRAGMA integrity_check;')).toBe('ok\n');
    expect(ask(file, 'PRAGMA foreign_key_check;')).toBe('');
  });

  it('dumps it, and reads it back whole', () => {
    const copy = folder.file('copy.sqlite');
    ask(copy, '', ask(file, '.dump'));
    const [before, after] = [file, copy].map((name) => new Database(name, { readonly: true })) as [Db, Db];
    expect(contents(after)).toEqual(contents(before));
    expect(contents(after)['submission']).toHaveLength(7);
    before.close();
    after.close();
  });
});

it('every rule about JSON lets a null through, or stands on a column that has none', () => {
  const db = openStore(':memory:');
  const schema = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL").pluck().all();
  const rules = (schema as string[]).flatMap((sql) => sql.split('\n').filter((line) => line.includes('json_valid')));
  expect(rules.length).toBeGreaterThan(5);
  expect(rules.filter((line) => !/NOT NULL|IS NULL OR json_valid/.test(line))).toEqual([]);
  db.close();
});

it('the file is its owner’s alone, also one that was not', () => {
  const open = folder.file('open-to-all.sqlite');
  closeStore(openStore(open));
  const rights = () => statSync(open).mode & 0o777;
  expect(rights()).toBe(0o600);
  chmodSync(open, 0o644);
  const db = openStore(open);
  db.exec('CREATE TABLE anything (x)');
  expect([rights(), statSync(`${open}-wal`).mode & 0o777]).toEqual([0o600, 0o600]);
  closeStore(db);
});

it('a file of version 16 keeps its forms, and is sound for the tool afterwards', () => {
  const former = folder.file('former.sqlite');
  const old = new Database(former);
  for (const sql of readdirSync(MIGRATIONS).sort().slice(0, 16)) old.exec(readFileSync(join(MIGRATIONS, sql), 'utf8'));
  old.pragma('user_version = 16');
  putForms(old);
  const before = contents(old)['submission'];
  old.close();
  const db = openStore(former);
  expect(contents(db)['submission']).toEqual(before);
  expect(() => db.prepare("UPDATE submission SET base = '{'").run()).toThrow(/CHECK/);
  closeStore(db);
  expect(ask(former, 'PRAGMA integrity_check;')).toBe('ok\n');
});
