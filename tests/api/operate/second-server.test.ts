import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importPostcodes } from '../../../api/geocode/import/import.ts';
import { saveBatch } from '../../../api/store/listings.ts';
import { closeStore } from '../../../api/store/open.ts';
import { BATCH, IDS } from '../../fixtures/listings.ts';
import { createWorld } from '../../fixtures/world.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { startSite } from '../../helpers/site.ts';
import { visitor } from '../../helpers/visitor.ts';

/** A second server that searches a copy, which is kept up to date by SQLite's own copying. */

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
