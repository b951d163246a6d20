import { describe, expect, test } from 'vitest';
import { areasNamed } from '../../api/geocode/area-named.ts';
import { readFeedRecord } from '../../api/import/oruk/read.ts';
import { planImport } from '../../api/import/plan.ts';
import { pointChecker } from '../../api/import/point-check.ts';
import { readKeysInSteps } from '../../api/matching/alike.ts';
import { beginDraft } from '../../api/submit/drafts.ts';
import { FEED } from '../fixtures/feed.ts';
import { BATCH } from '../fixtures/listings.ts';
import { createWorld, get } from '../fixtures/world.ts';
import { complaints, readRow } from './import/csv-file.ts';
import { createSignpost } from './import/world.ts';
import { CLASS, openCounter } from './submit/counter.ts';

/**
 * Names that every object of the language answers to, typed where a table is looked into: they mean nothing there, and are
 * treated as any other word that nobody knows.
 */
const NAMES = ['constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty'];

describe.each(NAMES)('%s', (name) => {
  test('is a word to search for', async () => {
    const { api, faults } = createWorld();
    expect((await get(api, `/search?q=${name}`)).status).toBe(200);
    expect((await get(api, `/suggest?q=${name}`)).status).toBe(200);
    expect(faults).toEqual([]);
  });

  test('is neither true nor false', async () => {
    const { api } = createWorld();
    const answer = await api.request(`/api/openreferral/v3/services?minimal=${name}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('minimal: must be true or false.');
  });

  test('is no area of the form', async () => {
    const counter = openCounter();
    const token = beginDraft(counter.directory);
    const typed = { ...CLASS.for, served: 'areas', served_areas: name };
    await counter.leave(counter.form(token), 'for', typed);
    expect(counter.form(token).submission.answers).toMatchObject({
      served_areas: name,
      served_codes: '',
      served_trouble: expect.stringContaining(`We do not know the area ‘${name}’`),
    });
  });

  test('is no area of a spreadsheet, nor one that a moderator names', async () => {
    const { db } = createWorld();
    expect(complaints(await readRow(db, { areas_served: name })).join()).toContain(`‘${name}’ is no area`);
    expect(areasNamed(name)).toEqual({ kind: 'unknown', name });
  });

  test('is a name that a listing, its venue and its organization may have', async () => {
    const batch = structuredClone(BATCH);
    for (const { service } of batch.services ?? []) service.name = `${name} club`;
    for (const place of batch.locations ?? []) place.name = name;
    for (const organization of batch.organizations ?? []) organization.name = name;
    const { db, api, faults } = createWorld({}, batch);
    await readKeysInSteps(db);
    expect((await get(api, `/search?q=${name}`)).body.totals.venue).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  test('stays in a feed what it was', () => {
    const signpost = createSignpost();
    const feed = { id: 'test', name: 'A council', url: 'https://council.example.org', licence: null };
    const context = { feed, points: pointChecker(signpost.db), today: '2026-11-21' };
    const raw = { ...FEED.plain, description: `<p>&${name};</p>`, attending_access: name, [name]: 'anything' };
    const { items } = planImport(signpost.directory, [readFeedRecord(raw, context)], { feed: 'test' });
    expect(items[0]?.listing?.service.description).toBe(`&${name};`);
  });
});
