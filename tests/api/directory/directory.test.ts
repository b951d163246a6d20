import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { checkedDates, withChecked } from '../../../api/domain/checked.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { readVocabulary } from '../../../api/search/text/vocabulary.ts';
import { type Cause, historyOf, lastRevision } from '../../../api/store/changes.ts';
import { findListing, publicListings } from '../../../api/store/listings.ts';
import { openStore } from '../../../api/store/open.ts';
import { removeExamples, seedExamples } from '../../../api/store/seed.ts';
import { BATCH, IDS } from '../../fixtures/listings.ts';
import { NOW } from '../../helpers/clock.ts';

/** The one way that a listing changes: whole, with its reason, and in the index when it is done. */

const EDIT: Cause = { action: 'edited', role: 'moderator', reason: 'The hall has moved.' };
const ADD: Cause = { action: 'added', role: 'programme' };
const LATER = '2026-11-22T10:00:00.000Z';

let clock = NOW;
let directory: Directory;

beforeEach(() => {
  clock = NOW;
  const db = openStore(':memory:');
  const index = createSearchIndex(publicListings(db), readVocabulary(''));
  directory = createDirectory({ db, index, now: () => new Date(clock) });
  directory.change((save) => save(BATCH, ADD));
  clock = LATER;
});

const first = () => {
  const it = BATCH.services?.find(({ state }) => state === 'published');
  const listing = it && findListing(directory.db, it.service.id);
  if (!listing) throw new Error('The fixture has a published listing.');
  return listing;
};

describe('a change', () => {
  test('is in the index at once, and its reason and what was before are in the history', () => {
    const { service, state } = first();
    const size = directory.index.size;
    const saved = directory.change((save) => save({ services: [{ service, state: 'suspended' }] }, EDIT));
    expect(saved.services).toEqual([service.id]);
    expect(directory.index.size).toBe(size - 1);
    const [latest, made] = historyOf(directory.db, [service.id]);
    expect(latest).toMatchObject({ ...EDIT, at: LATER, state, record: 'service', person: null });
    expect(JSON.parse(latest?.before ?? '')).toEqual(service);
    expect(made).toMatchObject({ ...ADD, state: null, before: null });
  });

  test('that changes nothing writes nothing', () => {
    const { service, organization, locations, state, last_modified } = first();
    const same = { services: [{ service, state }], organizations: [organization], locations };
    expect(directory.change((save) => save(same, EDIT))).toEqual({ services: [], organizations: [], locations: [] });
    expect(first().last_modified).toBe(last_modified);
    expect(historyOf(directory.db, [service.id])).toHaveLength(1);
  });

  test('of an organization or a place counts for the listings that show it', () => {
    const { organization, service, last_modified } = first();
    const before = lastRevision(directory.db);
    directory.change((save) => save({ organizations: [{ ...organization, phone: '020 7946 0000' }] }, EDIT));
    expect(first().last_modified).toBe(LATER);
    expect(last_modified).not.toBe(LATER);
    const revision = directory.db.prepare('SELECT revision FROM service WHERE id = ?').pluck().get(service.id);
    expect(revision).toBeGreaterThan(before);
  });

  test('of state alone does not count as a change of what people read, unless it hides or shows it', () => {
    const { service, last_modified } = first();
    directory.change((save) => save({ services: [{ service, state: 'due' }] }, { ...EDIT, action: 'due' }));
    expect(first()).toMatchObject({ state: 'due', last_modified });
    directory.change((save) => save({ services: [{ service, state: 'archived' }] }, { ...EDIT, action: 'archived' }));
    expect(first()).toMatchObject({ state: 'archived', last_modified: LATER });
  });

  test('that fails half-way changes nothing, and what else it wrote is gone with it', () => {
    const { service } = first();
    expect(() =>
      directory.change((save) => {
        save({ services: [{ service, state: 'archived' }] }, EDIT);
        directory.db.prepare("INSERT INTO setting VALUES ('half', 'done')").run();
        save({ services: [{ service: { ...service, organization_id: IDS.nowhere }, state: 'published' }] }, EDIT);
      }),
    ).toThrow();
    expect(first().state).toBe('published');
    expect(directory.db.prepare("SELECT count(*) FROM setting WHERE name = 'half'").pluck().get()).toBe(0);
    expect(historyOf(directory.db, [service.id])).toHaveLength(1);
  });

  test('within another stands or falls with it', () => {
    const { service } = first();
    const archive = () =>
      directory.change((save) => save({ services: [{ service, state: 'archived' }] }, { ...EDIT, action: 'archived' }));
    const size = directory.index.size;
    expect(() =>
      directory.change(() => {
        archive();
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(directory.index.size).toBe(size);
    directory.change(() => archive());
    expect(directory.index.size).toBe(size - 1);
  });
});

test('the history can be neither altered nor taken away', () => {
  const { db } = directory;
  expect(() => db.prepare("UPDATE history SET reason = 'none'").run()).toThrow('append-only');
  expect(() => db.prepare('DELETE FROM history').run()).toThrow('append-only');
});

test('what is taken out for good is remembered, until it is put in again', () => {
  const seeded = openStore(':memory:');
  const count = seedExamples(seeded, new Date(NOW));
  removeExamples(seeded);
  expect(seeded.prepare('SELECT count(*) FROM withdrawn').pluck().get()).toBe(count);
  seeded.prepare("DELETE FROM setting WHERE name = 'examples'").run();
  seedExamples(seeded, new Date(NOW));
  expect(seeded.prepare('SELECT count(*) FROM withdrawn').pluck().get()).toBe(0);
});

test('each part that matters for a visit has its own day, and the listing the oldest of them', () => {
  const { service } = first();
  const day = '2026-06-01';
  const old = { ...service, assured_date: '2026-01-05' };
  const time = withChecked(old, ['time'], day);
  expect(time.assured_date).toBe('2026-01-05');
  expect(checkedDates(time)).toEqual({ time: day, place: '2026-01-05', cost: '2026-01-05', contact: '2026-01-05' });
  const rest = withChecked(time, ['place', 'cost', 'contact'], '2026-07-01');
  expect(rest.assured_date).toBe(day);
  expect(rest.checked).toEqual({ place: '2026-07-01', cost: '2026-07-01', contact: '2026-07-01' });
  const all = withChecked(rest, ['time', 'place', 'cost', 'contact'], '2026-08-01');
  expect(all.assured_date).toBe('2026-08-01');
  expect(all).not.toHaveProperty('checked');
});
