import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { removeFeed } from '../../../api/store/feeds.ts';
import { findQuestion, rawAsked } from '../../../api/store/import-questions.ts';
import { openStore } from '../../../api/store/open.ts';
import { layoutFor, tableNamed } from '../../../api/store/table-layouts.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** A file of version 26, in which a feed has left something open, opened by the program of today. */

const folder = temporaryFolder();
afterAll(folder.remove);
const MIGRATIONS = join(import.meta.dirname, '../../../data/migrations');

test('what was asked and answered is there, goes with its feed, and tables are remembered', () => {
  const file = folder.file('former.sqlite');
  const former = new Database(file);
  for (const sql of readdirSync(MIGRATIONS).sort().slice(0, 26))
    former.exec(readFileSync(join(MIGRATIONS, sql), 'utf8'));
  former.pragma('user_version = 26');
  const put = (sql: string, ...given: unknown[]) => former.prepare(sql).run(...given);
  put(
    `INSERT INTO feed (id, name, url, state, every_hours, created_at, habits)
     VALUES ('f', 'Feed', 'https://feed.example.org', 'active', 24, '2026-01-01T00:00:00Z', '{}')`,
  );
  put(
    `INSERT INTO import_question VALUES ('f', 'area', 'Newcastle', '["Newcastle upon Tyne"]', 'Kent', '2026-11-01T09:00:00Z', 3)`,
  );
  put(
    "INSERT INTO asked_record VALUES ('f', 'r', ?, ?)",
    '[["area","Newcastle"]]',
    deflateRawSync('{"name":"Sewing"}'),
  );
  put("INSERT INTO table_layout VALUES ('h', '{}', '2026-11-01T09:00:00Z')");
  former.close();

  const db = openStore(file);
  expect(findQuestion(db, 'f', { kind: 'area', said: 'newcastle' })).toEqual({ answer: 'Kent' });
  expect(rawAsked(db, 'f', 'r')).toEqual({ name: 'Sewing' });
  expect([layoutFor(db, 'h'), tableNamed(db, 'h')]).toEqual(['{}', 'A table']);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  removeFeed(db, 'f');
  expect(findQuestion(db, 'f', { kind: 'area', said: 'Newcastle' })).toBeNull();
  expect(rawAsked(db, 'f', 'r')).toBeNull();
  db.close();
});
