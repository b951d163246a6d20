import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findListing } from '#api/store/listings.ts';
import { closeStore, openStore } from '#api/store/open.ts';
import { FEED, FEED_RECORDS } from '../fixtures/feed.ts';
import { AT_NOW } from '../helpers/clock.ts';
import { type Folder, temporaryFolder } from '../helpers/folder.ts';

/** The commands, as an operator calls them. */

const SCRIPTS = join(import.meta.dirname, '../../scripts');
let folder: Folder;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('feed.ndjson'), FEED_RECORDS.map((record) => JSON.stringify(record)).join('\n'));
});
afterAll(() => folder.remove());

const run = (script: string, ...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...AT_NOW.before, join(SCRIPTS, script), ...words], {
    encoding: 'utf8',
    input: '',
    env: { ...process.env, ...AT_NOW.env, DATABASE: folder.file('signpost.sqlite'), INIT_CWD: folder.path },
  });
  return { status, stdout, stderr };
};
const look = <T>(at: (db: ReturnType<typeof openStore>) => T): T => {
  const db = openStore(folder.file('signpost.sqlite'));
  try {
    return at(db);
  } finally {
    closeStore(db);
  }
};
const count = () => look((db) => db.prepare('SELECT count(*) FROM service').pluck().get());

test('it looks first, and writes nothing until it is told to', () => {
  const { status, stdout } = run('import.ts', 'feed.ndjson', '--source', 'A council');
  expect(status).toBe(0);
  expect(stdout).toMatch(/Looking: 100 %\n/);
  expect(stdout).toMatch(/ 18 added\n +0 changed\n +0 unchanged\n +1 refused\n +\d+ with something repaired/);
  expect(stdout).toMatch(/Refused:\n.*name: It has no name, and neither has its organization\./);
  expect(stdout).toContain('Nothing was written. Add --yes to take it in.');
  expect(count()).toBe(0);
});

test('it takes them in, reports every line, and does nothing the second time', () => {
  const words = ['feed.ndjson', '--yes', '--source', 'A council', '--licence', 'CC BY 4.0', '--report', 'report.tsv'];
  const { stdout } = run('import.ts', ...words);
  expect(stdout).toMatch(/A council: complete\. 18 added/);
  expect(count()).toBe(18);
  const report = readFileSync(folder.file('report.tsv'), 'utf8').trim().split('\n');
  expect(report[0]).toBe('what\trecord\tname\tfield\twords');
  expect(report.filter((line) => line.startsWith('added\t'))).toHaveLength(18);
  expect(report).toContainEqual(
    expect.stringMatching(/^repaired\t.*\tFar Off\tservice_at_locations\[0\]\.location\.latitude\tThe point 48\.94/),
  );
  const listing = () => look((db) => findListing(db, String(FEED.plain['id'])));
  const before = listing();
  expect(before?.service.source).toEqual({ name: 'A council', licence: 'CC BY 4.0' });
  expect(run('import.ts', ...words).stdout).toMatch(/complete\. 0 added, 0 changed, 18 unchanged, 1 refused/);
  expect(listing()).toEqual(before);
});

test('what cannot be read is told in a sentence', () => {
  expect(run('import.ts')).toMatchObject({ status: 2, stderr: expect.stringContaining('npm run import -- URL|FILE') });
  expect(run('import.ts', 'nowhere.json')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no such file'),
  });
  const inside = run('import.ts', 'http://127.0.0.1:9/services', '--yes');
  expect(inside.status).toBe(1);
  expect(inside.stdout).toMatch(/is not asked: 127\.0\.0\.1 is an address of a private network/);
});

test('the spreadsheet of the directory goes the same way', () => {
  const rows = [
    'name,organisation,kind,categories,summary,cost,venue,address,town,postcode',
    'Brass,Homerton Brass,Activity or class,"Arts, music and crafts",Play.,free,Band Room,3 Made-up Lane,London,E8 1EA',
  ];
  writeFileSync(folder.file('listings.csv'), rows.join('\r\n'));
  const before = Number(count());
  const dry = run('import.ts', 'listings.csv', '--dry-run', '--report', 'rows.tsv');
  expect(dry.stdout).toMatch(/ 1 added/);
  expect(dry.stdout).toContain('Every line of the report is in ');
  expect(readFileSync(folder.file('rows.tsv'), 'utf8')).toMatch(/^what\trecord\tname\tfield\twords\n(.*\n)*added\t/);
  expect(count()).toBe(before);
  expect(run('import.ts', 'listings.csv', '--yes').stdout).toMatch(/Written: 1 listings?\./);
  expect(count()).toBe(before + 1);
});

test('feeds are registered, listed, paused and taken off', () => {
  const url = 'https://directory.example.org/api';
  expect(run('feeds.ts', 'add', url).stderr).toContain('Say whose directory it is');
  expect(run('feeds.ts', 'add', 'http://10.0.0.1/api', '--source', 'Inside').stderr).toContain('private network');
  const added = run('feeds.ts', 'add', url, '--source', 'Far Council', '--every', '12').stdout;
  const [, far = ''] = /Registered as (far-council-[0-9a-f]{16})\./.exec(added) ?? [];
  const listed = run('feeds.ts').stdout;
  expect(listed).toContain(`${far}: Far Council, every 12 hours, 0 listings\n  https://directory`);
  const [here = ''] = /^a-council-[0-9a-f]{16}(?=: )/m.exec(listed) ?? [];
  expect(run('feeds.ts', 'pause', far).stdout).toBe('Paused.\n');
  expect(run('feeds.ts', 'remove', far).stdout).toBe('Gone.\n');
  expect(run('feeds.ts', 'remove', here).stdout).toContain('Its listings stay');
  expect(run('feeds.ts', 'pause', 'nobody')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('There is no feed nobody'),
  });
});
