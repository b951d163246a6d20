import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { importPostcodes } from '../../api/geocode/import/import.ts';
import type { Batch } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { get } from '../fixtures/world.ts';

/** The one instance of a process, on a database of its own. */

const folder = mkdtempSync(join(tmpdir(), 'signpost-'));
const file = join(folder, 'test.sqlite');
let instance: typeof import('../../api/instance.ts');

beforeAll(async () => {
  const db = openStore(file);
  await importPostcodes(db, join(import.meta.dirname, '../fixtures/postcodes.csv'));
  closeStore(db);
  vi.stubEnv('DATABASE', file);
  vi.stubEnv('DATABASE_NEW', 'examples');
  instance = await import('../../api/instance.ts');
  vi.unstubAllEnvs();
});
afterAll(() => {
  instance.close();
  rmSync(folder, { recursive: true });
});

const publish = (batch: Batch) =>
  instance.directory.change((save) => save(batch, { action: 'published', role: 'moderator' }));

const found = async (words: string) =>
  (await get(instance.api, `/search?q=${words}&per_page=1`)).body.results.map(
    (it: { service: { id: string } }) => it.service.id,
  );

test('it opens filled: with the sample directory, and with the postcodes that are there', async () => {
  expect(instance.listings()).toBeGreaterThan(150);
  const { body } = await get(instance.api, '/postcodes/E8%201EA');
  expect(body).toMatchObject({ outcome: 'found', place: { label: 'E8 1', district: 'Hackney' } });
  expect(instance.geocoder.precision().table).toBe('postcodes');
});

test('what is published is found by the next search, and what is taken down is not', async () => {
  const before = instance.listings();
  expect(await found('singers%20on%20tour')).not.toContain(IDS.elsewhere);
  publish(BATCH);
  expect(instance.listings()).toBe(before + 6);
  expect(await found('singers%20on%20tour')).toContain(IDS.elsewhere);
  const services = (BATCH.services ?? []).map((it) => ({ ...it, state: 'suspended' as const }));
  publish({ services });
  expect(instance.listings()).toBe(before);
  expect(await found('singers%20on%20tour')).not.toContain(IDS.elsewhere);
  expect((await get(instance.api, `/services/${IDS.elsewhere}`)).status).toBe(404);
});

test('a changed name of an organization is found at once, in listings that were not written with it', async () => {
  publish(BATCH);
  const [organization] = BATCH.organizations ?? [];
  if (!organization) throw new Error('The fixture has an organization.');
  const theirs = (BATCH.services ?? []).flatMap(({ service }) =>
    service.organization_id === organization.id ? service.id : [],
  );
  const [first] = await found('zanzibar%20quartet');
  expect(theirs).not.toContain(first);
  publish({ organizations: [{ ...organization, name: 'Zanzibar Quartet' }] });
  expect(theirs).toContain((await found('zanzibar%20quartet'))[0]);
  publish({ services: (BATCH.services ?? []).map((it) => ({ ...it, state: 'suspended' as const })) });
});

test('what cannot be written changes nothing', async () => {
  const before = instance.listings();
  const broken = (BATCH.services ?? []).map(({ service }) => ({
    service: { ...service, organization_id: IDS.nowhere },
    state: 'published' as const,
  }));
  expect(() => publish({ services: broken })).toThrow();
  expect(instance.listings()).toBe(before);
});
