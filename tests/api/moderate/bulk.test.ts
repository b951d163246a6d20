import { beforeEach, expect, test } from 'vitest';
import { applyBulk, type BulkChange, bulkMark, previewBulk, undoBulk } from '../../../api/moderate/bulk.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { IDS } from '../../fixtures/listings.ts';
import { changed, createDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});
const ALL = [IDS.class, IDS.befriending, IDS.course];
const add: BulkChange = { what: 'category', mode: 'add', code: 'nature' };
const service = (id: string) => desk.listing(id).service;
const lines = (change: BulkChange, ids: readonly string[] = ALL) => previewBulk(desk.directory, ids, change);

test('a preview says of each listing what it was, what it would be, or why it stays; and changes nothing', () => {
  const [first] = lines(add);
  expect(first).toMatchObject({ name: 'Seated exercise', left: null });
  expect(first?.after).toContain('ardening');
  expect(historyOf(desk.db, ALL).every(({ action }) => action === 'added')).toBe(true);
  const only = service(IDS.class).taxonomy_terms;
  expect(only).toHaveLength(1);
  expect(lines({ what: 'category', mode: 'remove', code: only[0] as string })[0]?.left).toBe(
    'It is its only category.',
  );
  expect(lines({ what: 'category', mode: 'add', code: only[0] as string })[0]?.left).toBe('It is so already.');
});

test('it is done as one, with its reason in each history, and undone as one', () => {
  const before = ALL.map(service);
  const id = applyBulk(desk.directory, desk.mo, ALL, add) as number;
  for (const it of ALL) expect(service(it).taxonomy_terms).toContain('nature');
  expect(historyOf(desk.db, [IDS.course])[0]).toMatchObject({ action: 'edited', role: 'moderator', person: desk.mo });
  expect(undoBulk(desk.directory, desk.ed, id)).toEqual({ back: 3, left: [] });
  expect(ALL.map(service)).toEqual(before);
  expect(undoBulk(desk.directory, desk.ed, id), 'a second time').toBeNull();
});

test('undoing leaves what somebody has changed since, and names it', () => {
  const id = applyBulk(desk.directory, desk.mo, ALL, add) as number;
  desk.directory.change((save) =>
    save(
      { services: [{ service: changed(desk.listing(IDS.class), { summary: 'New since.' }), state: 'published' }] },
      { action: 'edited', role: 'organization' },
    ),
  );
  expect(undoBulk(desk.directory, desk.mo, id)).toEqual({ back: 2, left: ['Seated exercise'] });
  expect(service(IDS.class)).toMatchObject({ summary: 'New since.' });
  expect(service(IDS.class).taxonomy_terms).toContain('nature');
});

test('a listing that was changed after the preview makes another mark', () => {
  const mark = bulkMark(lines(add));
  expect(bulkMark(lines(add))).toBe(mark);
  applyBulk(desk.directory, desk.ed, [IDS.class], { what: 'category', mode: 'only', code: 'nature' });
  expect(bulkMark(lines(add))).not.toBe(mark);
});

test('an area is added or set, and never narrows by itself what is open to all', () => {
  const area = { type: 'district', code: 'E09000019', name: 'Islington' } as const;
  expect(
    lines({ what: 'area', mode: 'add', areas: [area] }, [IDS.class, IDS.full]).map(({ after, left }) => [after, left]),
  ).toEqual([
    ['Hackney and Islington', null],
    ['Anywhere', 'It is open to people from anywhere; adding an area would narrow it.'],
  ]);
  applyBulk(desk.directory, desk.mo, ALL, { what: 'area', mode: 'only', areas: [area] });
  for (const id of ALL) expect(service(id).service_areas).toEqual([area]);
  applyBulk(desk.directory, desk.mo, ALL, { what: 'area', mode: 'everywhere' });
  for (const id of ALL) expect(service(id).service_areas).toEqual([]);
});

test('a venue moves, and the sessions there with it', () => {
  const [from, to] = [IDS.hall, IDS.church].map((id) =>
    JSON.parse(desk.db.prepare('SELECT document FROM location WHERE id = ?').pluck().get(id) as string),
  );
  desk.directory.change((save) =>
    save(
      {
        services: [
          {
            service: changed(desk.listing(IDS.class), {
              schedules: service(IDS.class).schedules.map((it) => ({ ...it, location_id: IDS.hall })),
            }),
            state: 'published',
          },
        ],
      },
      { action: 'edited', role: 'moderator' },
    ),
  );
  const at = [IDS.class, IDS.befriending];
  expect(lines({ what: 'venue', from, to }, at)[1]?.left).toBe('It is not at Sunbeam Hall.');
  applyBulk(desk.directory, desk.mo, at, { what: 'venue', from, to });
  expect(service(IDS.class).location_ids).toEqual([IDS.library, IDS.church]);
  expect(service(IDS.class).schedules.map((it) => it.location_id)).toEqual([IDS.church]);
  expect(desk.listing(IDS.class).locations.map(({ id }) => id)).toEqual([IDS.library, IDS.church]);
});

test('many are found right together, and put back as they were', () => {
  desk.directory.change((save) => {
    const { service } = desk.listing(IDS.course);
    save({ services: [{ service, state: 'unconfirmed' }] }, { action: 'unconfirmed', role: 'programme' });
  });
  const checked: BulkChange = { what: 'checked', day: '2026-11-21' };
  expect(lines(checked, [IDS.course, IDS.draft]).map(({ left }) => left)).toEqual([
    null,
    'It is not public. Show it again first.',
  ]);
  const id = applyBulk(desk.directory, desk.mo, [IDS.course, IDS.draft], checked) as number;
  expect(desk.listing(IDS.course)).toMatchObject({
    state: 'published',
    service: { assured_date: '2026-11-21', assured_by: 'moderator' },
  });
  expect(historyOf(desk.db, [IDS.course])[0]).toMatchObject({ action: 'confirmed', reason: 'Found right' });
  expect(undoBulk(desk.directory, desk.mo, id)).toEqual({ back: 1, left: [] });
  expect(desk.listing(IDS.course).state).toBe('unconfirmed');
});

test('many are taken out together with a reason, and come back unless somebody was there since', () => {
  const out: BulkChange = { what: 'state', state: 'archived', reason: 'The list was withdrawn' };
  const size = desk.directory.index.size;
  const id = applyBulk(desk.directory, desk.mo, [IDS.draft, ...ALL], out) as number;
  expect(ALL.map((it) => desk.listing(it).state)).toEqual(['archived', 'archived', 'archived']);
  expect(desk.listing(IDS.draft).state).toBe('awaiting_review');
  expect(desk.directory.index.size).toBe(size - 3);
  expect(historyOf(desk.db, [IDS.class])[0]).toMatchObject({
    action: 'archived',
    person: desk.mo,
    reason: 'Archived: The list was withdrawn',
  });
  expect(lines(out)[0]?.left).toBe('It is so already.');
  desk.directory.change((save) =>
    save(
      { services: [{ service: service(IDS.course), state: 'suspended' }] },
      { action: 'suspended', role: 'moderator' },
    ),
  );
  expect(undoBulk(desk.directory, desk.mo, id)).toEqual({ back: 2, left: ['Living with pain, online'] });
  expect(ALL.map((it) => desk.listing(it).state)).toEqual(['published', 'published', 'suspended']);
});
