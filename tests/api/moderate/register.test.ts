import { beforeEach, expect, test } from 'vitest';
import { addKeeper } from '../../../api/store/keepers.ts';
import { type RegisterQuery, searchRegister, searchSent, sourcesOf } from '../../../api/store/register.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const look = (over: Partial<RegisterQuery> = {}) =>
  searchRegister(desk.db, { q: '', state: null, among: null, sort: 'name', page: 1, per_page: 50, ...over });
const ids = (q: string) => look({ q }).rows.map(({ id }) => id);

test('everything is there, in every state, with a count for each', () => {
  const { total, states, rows } = look();
  expect(total).toBe(7);
  expect(states).toEqual({ awaiting_review: 1, due: 1, published: 5 });
  expect(rows.map(({ name }) => name)).toEqual(rows.map(({ name }) => name).sort((a, b) => a.localeCompare(b)));
  expect(look({ state: 'awaiting_review' })).toMatchObject({ total: 1, rows: [{ id: IDS.draft }] });
});

test('by words of its name, its organization or its venue; by any id; by its keeper', () => {
  expect(ids('SEATED exer')).toEqual([IDS.class]);
  expect(ids('sunbeam')).toContain(IDS.class);
  expect(ids('homerton seated')).toEqual([IDS.class]);
  expect(ids(IDS.class)).toEqual([IDS.class]);
  expect(ids(`https://signpost.example.org/services/${IDS.class}`)).toEqual([IDS.class]);
  expect(ids(IDS.hall)).toContain(IDS.class);
  expect(ids(IDS.moves)).toContain(IDS.class);
  expect(ids('ann@')).toEqual([]);
  addKeeper(desk.db, IDS.course, desk.ann, desk.directory.now());
  expect(ids('ANN@example')).toEqual([IDS.course]);
});

test('what looks like a pattern or like SQL is text', () => {
  for (const q of ['%', '_', "'", "' OR 1=1 --", '\\', '100%']) expect(ids(q)).toEqual([]);
});

test('among some, and in pages', () => {
  expect(look({ among: [IDS.class, IDS.draft, IDS.nowhere] }).total).toBe(2);
  const pages = [1, 2, 3].map((page) => look({ page, per_page: 3 }).rows.map(({ id }) => id));
  expect(new Set(pages.flat()).size).toBe(7);
});

test('those that nobody looks after', () => {
  addKeeper(desk.db, IDS.course, desk.ann, desk.directory.now());
  expect(look({ unkept: true }).total).toBe(6);
  desk.db.prepare('UPDATE person SET email = NULL WHERE id = ?').run(desk.ann);
  expect(look({ unkept: true }).total).toBe(7);
});

test('those of one source, and which sources have many', () => {
  const { service, state } = desk.listing(IDS.course);
  const source = { name: 'A council’s list' };
  desk.directory.change((save) =>
    save({ services: [{ service: { ...service, source }, state }] }, { action: 'imported', role: 'moderator' }),
  );
  expect(look({ source: source.name }).rows.map(({ id }) => id)).toEqual([IDS.course]);
  expect(look({ source: source.name, q: 'seated' }).total).toBe(0);
  expect(look({ source: 'Nobody’s list' }).total).toBe(0);
  expect(sourcesOf(desk.db, 1)).toContainEqual({ name: source.name, listings: 1 });
  expect(sourcesOf(desk.db, 2).map(({ name }) => name)).not.toContain(source.name);
});

test('what was sent in, by its name or its sender, and no form that was not sent', () => {
  const sent = desk.sendNew(IDS.class, { name: 'Quiet chess' });
  for (const q of ['chess', 'ANN@example', sent.id])
    expect(searchSent(desk.db, q, 9).map(({ id }) => id)).toEqual([sent.id]);
  expect(searchSent(desk.db, '%', 9)).toEqual([]);
  expect(searchSent(desk.db, '', 9)).toEqual([]);
  desk.db.prepare("UPDATE submission SET state = 'draft'").run();
  expect(searchSent(desk.db, 'chess', 9)).toEqual([]);
});
