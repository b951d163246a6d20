import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { findFeed } from '../../../api/store/feeds.ts';
import { openStore } from '../../../api/store/open.ts';
import { bodyOfUpload, uploadsNow } from '../../../api/store/uploads.ts';
import { temporaryFolder } from '../../helpers/folder.ts';

/** A file of version 19, in which spreadsheets wait, opened by the program of today. */

const folder = temporaryFolder();
afterAll(folder.remove);
const MIGRATIONS = join(import.meta.dirname, '../../../data/migrations');

test('spreadsheets and feeds of version 19 are there as they were, and read as the template', () => {
  const file = folder.file('former.sqlite');
  const former = new Database(file);
  for (const sql of readdirSync(MIGRATIONS).sort().slice(0, 19))
    former.exec(readFileSync(join(MIGRATIONS, sql), 'utf8'));
  former.pragma('user_version = 19');
  const put = former.prepare(
    `INSERT INTO csv_upload (id, person, name, source, body, report, made_at, expires_at, done_at)
     VALUES (?, 1, 'groups.csv', 'Anytown Council', ?, '{"rows":[]}', ?, '2026-12-21T09:00:00Z', ?)`,
  );
  put.run('waits', Buffer.from('id;name'), '2026-11-20T09:00:00Z', null);
  put.run('done', Buffer.from('id;name;é'), '2026-11-21T09:00:00Z', '2026-11-21T09:05:00Z');
  former
    .prepare(
      `INSERT INTO feed (id, name, url, state, every_hours, created_at, habits)
       VALUES ('f', 'Feed', 'https://feed.example.org', 'active', 24, '2026-01-01T00:00:00Z', '{"agreed":9}')`,
    )
    .run();
  former.close();

  const db = openStore(file);
  const uploads = uploadsNow(db, '2026-11-22T09:00:00Z');
  const same = {
    person: 1,
    name: 'groups.csv',
    source: 'Anytown Council',
    report: '{"rows":[]}',
    layout: null,
    found: null,
    progress: 0,
    undone: null,
  };
  expect(uploads).toMatchObject([
    { ...same, id: 'done', done_at: '2026-11-21T09:05:00Z' },
    { ...same, id: 'waits', done_at: null },
  ]);
  expect(Buffer.from(bodyOfUpload(db, 'done')!).toString()).toBe('id;name;é');
  expect(findFeed(db, 'f')).toMatchObject({ state: 'active', habits: { agreed: 9 } });
  expect(db.pragma('foreign_key_check')).toEqual([]);
  db.close();
});
