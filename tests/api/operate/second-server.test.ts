import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { importPostcodes } from '../../../api/geocode/import/import.ts';
import { saveBatch } from '../../../api/store/listings.ts';
import { closeStore } from '../../../api/store/open.ts';
import { BATCH, IDS } from '../../fixtures/listings.ts';
import { createWorld } from '../../fixtures/world.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { startSite } from '../../helpers/site.ts';
import { visitor } from '../../helpers/visitor.ts';

/** A second server that searches a copy, which another program keeps up to date. */

const FIRST = 'https://first.example.org';
const SECRET = 'a key that both servers have, long enough';

test('it answers from the copy as it is followed, sends whoever writes to the first, and writes nothing', async () => {
  const folder = temporaryFolder();
  const copy = folder.file('copy.sqlite');
  const { db, api } = createWorld({}, BATCH, folder.file('first.sqlite'));
  const made = await api.request('/api/v1/handouts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [IDS.elsewhere] }),
  });
  const { code } = (await made.json()) as { code: string };
  await importPostcodes(db, 'tests/fixtures/postcodes.csv');
  await db.backup(copy);
  const settings = { DATABASE: copy, DATABASE_NEW: '', READ_ONLY: '1', FIRST_SERVER: `${FIRST}/`, SECRET };
  const site = await startSite(settings, false);
  const digest = () => createHash('sha256').update(readFileSync(copy)).digest('hex');
  try {
    const before = digest();
    const anybody = visitor(site.origin);
    const json = async (path: string) => JSON.parse((await anybody.get(`/api/v1${path}`)).text);
    const found = async () =>
      (await json('/search?q=singers&per_page=5')).results.map((it: { service: { id: string } }) => it.service.id);
    expect(await found()).toContain(IDS.elsewhere);
    expect(await json('/health')).toMatchObject({ server: 'read_only' });
    expect(await json('/ready')).toEqual({ ready: true });
    expect((await anybody.get('/')).status).toBe(200);
    expect((await anybody.get(`/services/${IDS.elsewhere}`)).status).toBe(200);

    for (const path of [
      '/add',
      '/edit',
      '/keep/abc',
      '/report?service=1',
      '/moderate',
      '/moderate/listings',
      '/handout',
    ])
      expect((await anybody.get(path)).to, path).toBe(`${FIRST}${path}`);
    const sent = await fetch(`${site.origin}/api/v1/handouts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [IDS.elsewhere] }),
    });
    expect(sent.status).toBe(503);
    expect(await sent.json()).toMatchObject({ detail: expect.stringContaining(FIRST) });
    expect((await anybody.post('/report', { words: 'closed' })).text).toContain(FIRST);
    const tapped = await anybody.post(`/h/${code}`, { listing: IDS.elsewhere, said: 'closed' });
    expect([tapped.status, tapped.text]).toEqual([503, expect.stringContaining(FIRST)]);
    expect((await anybody.get(`/h/${code}`)).status).toBe(200);
    expect(digest()).toBe(before);

    const services = (BATCH.services ?? []).map((it) => ({ ...it, state: 'suspended' as const }));
    saveBatch(db, { services }, '2026-11-27T09:00:00.000Z');
    await db.backup(copy);
    await expect.poll(found, { timeout: 20_000 }).toEqual([]);
  } finally {
    await site.stop();
    closeStore(db);
    folder.remove();
  }
});

const PAGE = 4096;

/**
 * Puts what has changed between two states of the first file into the copy as `litestream restore -f` does (0.5.16, its
 * replica.go): page by page past SQLite, under SQLite's lock, the first page as that of a file without a log.
 */
function writePages(copy: string, before: Buffer, after: Buffer): { first: boolean } {
  const lock = new Database(copy, { timeout: 5000 });
  // Closed last: closing any handle lets go of the lock.
  const file = openSync(copy, 'r+');
  let first = false;
  try {
    lock.exec('BEGIN EXCLUSIVE');
    // With a log, that lock would be one on the log alone.
    if (lock.pragma('journal_mode', { simple: true }) === 'wal') throw new Error('The copy is held by its reader.');
    for (let at = 0; at < after.length; at += PAGE) {
      const page = Buffer.from(after.subarray(at, at + PAGE));
      if (page.equals(before.subarray(at, at + PAGE))) continue;
      if (at === 0) {
        first = true;
        page.fill(1, 18, 20);
        page.writeUInt32BE((page.readUInt32BE(24) + 1234567) % 2 ** 32, 24);
      }
      writeSync(file, page, 0, PAGE, at);
    }
    ftruncateSync(file, after.length);
    fsyncSync(file);
    lock.exec('ROLLBACK');
  } finally {
    lock.close();
    closeSync(file);
  }
  return { first };
}

test('it follows a copy that Litestream writes into in place, also where the first page says nothing of it', async () => {
  const folder = temporaryFolder();
  const copy = folder.file('copy.sqlite');
  const { db } = createWorld({}, BATCH, folder.file('first.sqlite'));
  await importPostcodes(db, 'tests/fixtures/postcodes.csv');
  const state = () => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    return readFileSync(folder.file('first.sqlite'));
  };
  let before = state();
  writeFileSync(copy, before);
  const site = await startSite(
    { DATABASE: copy, DATABASE_NEW: '', READ_ONLY: '1', FIRST_SERVER: FIRST, SECRET },
    false,
  );
  const { origin } = site;
  const named = async (): Promise<string> => (await visitor(origin).get(`/api/v1/services/${IDS.elsewhere}`)).text;
  const found = async (words: string): Promise<number> =>
    JSON.parse((await visitor(origin).get(`/api/v1/search?q=${words}`)).text).results.length;
  const firsts: boolean[] = [];
  try {
    const entry = BATCH.services?.find(({ service: { id } }) => id === IDS.elsewhere);
    if (!entry) throw new Error('The listing is not among those of the tests.');
    for (const name of ['Quilters', 'Whittlers', 'Fiddlers', 'Ramblers']) {
      await found(name);
      saveBatch(db, { services: [{ ...entry, service: { ...entry.service, name } }] }, '2026-11-27T09:00:00.000Z');
      const after = state();
      firsts.push(writePages(copy, before, after).first);
      before = after;
      await expect.poll(() => found(name), { timeout: 10_000 }).toBe(1);
      expect(await named()).toContain(name);
    }
    expect(firsts).toContain(false);
  } finally {
    await site.stop();
    closeStore(db);
    folder.remove();
  }
});
