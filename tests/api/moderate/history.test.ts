import { beforeEach, expect, test } from 'vitest';
import { applyBulk } from '../../../api/moderate/bulk.ts';
import { lastSeq, readHistory, rollBack } from '../../../api/moderate/history.ts';
import { restore, stateBefore, suspendListing } from '../../../api/moderate/state.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { type Batch, findListing } from '../../../api/store/listings.ts';
import { currentId } from '../../../api/store/renewed-ids.ts';
import { IDS } from '../../fixtures/listings.ts';
import { changed, createDesk, type Desk, MINUTE } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const listing = () => desk.listing(IDS.class);
const edit = (batch: Batch) => {
  desk.wait(MINUTE);
  desk.directory.change((save) => save(batch, { action: 'edited', role: 'organization', person: desk.ann }));
};
const summary = (words: string) =>
  edit({ services: [{ service: changed(listing(), { summary: words }), state: listing().state }] });
const lines = () => readHistory(desk.directory, listing());
const back = (seq: number, seen = lastSeq(desk.directory, listing())) =>
  rollBack(desk.directory, { person: desk.mo, id: IDS.class, seq, seen, reason: 'As before.' });

test('each line says what was and what became of it, field by field', () => {
  summary('The second.');
  summary('The third.');
  expect(lines().slice(0, 2)).toMatchObject([
    {
      action: 'edited',
      role: 'organization',
      changes: [{ label: 'In one line', before: 'The second.', after: 'The third.' }],
    },
    { changes: [{ after: 'The second.' }] },
  ]);
});

test('any version can be brought back, and that can be taken back too', () => {
  const first = listing().service;
  summary('The second.');
  summary('The third.');
  const [third, second] = lines();
  expect(back(second?.seq ?? 0)).toBe('done');
  expect(listing().service).toEqual(first);
  expect(lines()[0]).toMatchObject({ action: 'rolled_back', role: 'moderator', person: desk.mo });
  expect(back(lines()[0]?.seq ?? 0)).toBe('done');
  expect(listing().service.summary).toBe('The third.');
  expect(back(third?.seq ?? 0)).toBe('done');
  expect(listing().service.summary).toBe('The second.');
  expect(lines().filter(({ record }) => record === 'service')).toHaveLength(6);
});

test('the organization and the venue have a way back as well', () => {
  const { organization, locations } = listing();
  const hall = locations.find(({ id }) => id === IDS.hall);
  if (!hall) throw new Error('It meets there.');
  edit({ organizations: [{ ...organization, name: 'Another name' }], locations: [{ ...hall, name: 'Another hall' }] });
  const [one, two] = lines();
  expect([one?.about, two?.about].sort()).toEqual(['Another hall', 'Another name']);
  expect(back(one?.seq ?? 0)).toBe('done');
  expect(back(two?.seq ?? 0)).toBe('done');
  expect(listing().organization.name).toBe(organization.name);
  expect(listing().locations.map(({ name }) => name)).toEqual(locations.map(({ name }) => name));
});

test('where somebody has changed it since the page was drawn, nothing is rolled back', () => {
  summary('The second.');
  const seen = lastSeq(desk.directory, listing());
  const [second] = lines();
  summary('The third.');
  expect(back(second?.seq ?? 0, seen)).toBe('changed');
  expect(listing().service.summary).toBe('The third.');
});

test('there is no way back before the beginning, nor to another listing', () => {
  const [first] = lines();
  expect(first?.canRollBack).toBe(false);
  expect(back(first?.seq ?? 0)).toBe('impossible');
  desk.directory.change((save) =>
    save(
      { services: [{ service: changed(desk.listing(IDS.befriending), { summary: 'Other.' }), state: 'published' }] },
      { action: 'edited', role: 'moderator' },
    ),
  );
  const seq = desk.db.prepare('SELECT max(seq) FROM history').pluck().get() as number;
  expect(back(seq)).toBe('impossible');
});

test('a listing in another state keeps it when its words are rolled back', () => {
  summary('The second.');
  const [second] = lines();
  desk.directory.change((save) =>
    suspendListing(desk.directory, save, IDS.class, 'suspended', { person: desk.mo, reason: 'To look.' }),
  );
  expect(lines()[0]).toMatchObject({ moved: { from: 'published', to: 'suspended' }, changes: [] });
  expect(stateBefore(desk.db, IDS.class)).toBe('published');
  expect(back(second?.seq ?? 0)).toBe('done');
  expect(listing().state).toBe('suspended');
});

test('shown again: what was suspended is what it was; what was archived counts as checked today', () => {
  const cause = { person: desk.mo, reason: 'Looked at.' };
  const { service } = listing();
  desk.directory.change((save) => suspendListing(desk.directory, save, IDS.class, 'suspended', cause));
  desk.directory.change((save) => restore(desk.directory, save, IDS.class, cause));
  expect(listing()).toMatchObject({ state: 'published', service });
  desk.directory.change((save) => suspendListing(desk.directory, save, IDS.class, 'archived', cause));
  desk.directory.change((save) => restore(desk.directory, save, IDS.class, cause));
  expect(listing()).toMatchObject({
    state: 'published',
    service: { assured_date: '2026-11-21', assured_by: 'moderator' },
  });
});

test('who looks after what a moderator suspends is told whom to ask, and not the reason', () => {
  const { db, now } = desk.directory;
  for (const id of [IDS.class, IDS.befriending]) {
    addKeeper(db, id, desk.ann, now());
    addKeeper(db, id, desk.mo, now());
  }
  const cause = { person: desk.mo, reason: 'A neighbour rang.' };
  desk.directory.change((save) => suspendListing(desk.directory, save, IDS.class, 'suspended', cause));
  desk.directory.change((save) => suspendListing(desk.directory, save, IDS.befriending, 'archived', cause));
  expect(desk.mails().map(({ to, template }) => [to, template])).toEqual([['ann@example.org', 'suspended']]);
  expect(JSON.stringify(desk.mails())).not.toContain('neighbour');
  // Several at once: one mail.
  desk.wait(1);
  desk.directory.change((save) => restore(desk.directory, save, IDS.class, cause));
  desk.directory.change((save) => restore(desk.directory, save, IDS.befriending, cause));
  applyBulk(desk.directory, desk.ed, [IDS.class, IDS.befriending], {
    what: 'state',
    state: 'suspended',
    reason: 'So.',
  });
  expect(desk.mails().map(({ to, given }) => [to, given.name])).toEqual([
    ['ann@example.org', 'Seated exercise'],
    ['mo@example.org', '2 listings that you look after'],
    ['ann@example.org', '2 listings that you look after'],
  ]);
});

test('what has become private is not opened again by taking back what was before', () => {
  const [hall] = listing().locations;
  summary('The second.');
  edit({ locations: [{ ...hall!, transportation: 'Ring first.' }] });
  const [directions, second] = lines();
  edit({ locations: [{ ...hall!, transportation: 'Ring first.', confidential: true }] });
  const id = currentId(desk.directory.db, IDS.class);
  const now = () => desk.listing(id);
  const seen = () => lastSeq(desk.directory, now());
  const undo = (seq: number) =>
    rollBack(desk.directory, { person: desk.mo, id, seq, seen: seen(), reason: 'As before.' });
  // Its text, as it was under its former id.
  expect(undo(second!.seq)).toBe('done');
  expect(now().service.summary).not.toBe('The second.');
  expect(findListing(desk.directory.db, IDS.class)).toBeNull();
  // Its place, as it was in the open.
  expect(undo(directions!.seq)).toBe('done');
  expect(now().locations[0]?.confidential).toBe(true);
  expect(now().locations[0]?.transportation).toBe(hall!.transportation);
  // Another place, private from the start, and back to where it met.
  desk.directory.change((save) =>
    save({ locations: [{ ...hall!, id: IDS.draft, confidential: true }] }, { action: 'edited', role: 'moderator' }),
  );
  edit({ services: [{ service: { ...now().service, location_ids: [IDS.draft] }, state: 'published' }] });
  edit({ locations: [{ ...hall!, confidential: false }] });
  const [moved] = readHistory(desk.directory, now()).filter(({ record }) => record === 'service');
  expect(undo(moved!.seq)).toBe('done');
  expect(now().locations.map(({ confidential }) => confidential)).toEqual([true]);
});

test('that it became private can be taken back', () => {
  const [hall] = listing().locations;
  edit({ locations: [{ ...hall!, confidential: true }] });
  const id = currentId(desk.directory.db, IDS.class);
  const hid = readHistory(desk.directory, desk.listing(id)).find(({ record }) => record === 'location');
  const seen = lastSeq(desk.directory, desk.listing(id));
  expect(rollBack(desk.directory, { person: desk.mo, id, seq: hid!.seq, seen, reason: 'A mistake.' })).toBe('done');
  expect(desk.listing(id).locations[0]).toEqual(hall);
});
