import { beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../../api/app.ts';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { Location, Organization, type RecordState, type Service } from '../../../api/domain/service.ts';
import { joinListings, takeApart } from '../../../api/matching/join.ts';
import { termFor } from '../../../api/openreferral/vocabulary.ts';
import { findListing } from '../../../api/store/listings.ts';
import { BATCH, IDS } from '../../fixtures/listings.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { ask, linesOf } from './world.ts';

/** Keeping a copy: everything once, nothing lost, whatever happens here meanwhile. */

let moment: string;
let world: Pick<World, 'api' | 'db'>;
let directory: Directory;

beforeEach(() => {
  moment = '2026-11-21T10:00:00.000Z';
  const { parts } = createWorld();
  const now = () => new Date(moment);
  world = { db: parts.db, api: createApi({ ...parts, now }) };
  directory = createDirectory({ db: parts.db, index: parts.index, now });
});

const found = (id: string) => {
  const listing = findListing(world.db, id);
  if (!listing) throw new Error(`There is no ${id}.`);
  return listing;
};
const save = (service: Service, state: RecordState) =>
  directory.change((write) => write({ services: [{ service, state }] }, { action: 'edited', role: 'moderator' }));
const edit = (id: string, over: Partial<Service>, state?: RecordState) => {
  const listing = found(id);
  return save({ ...listing.service, ...over }, state ?? listing.state);
};
const record = async (id: string) => (await ask(world, `/services/${id}`)).body;
const since = async (date: string): Promise<string[]> =>
  (await ask(world, `/services?modified_after=${date}&per_page=500`)).body.contents.map(({ id }: { id: string }) => id);
const withdrawn = async (query = ''): Promise<string[]> =>
  (await ask(world, `/withdrawals?per_page=500${query}`)).body.contents.map(({ id }: { id: string }) => id);

const MOVEMENT = termFor('category', 'movement')?.id ?? '';

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
/** So many more listings. */
const more = (count: number): string[] => {
  const ids = Array.from({ length: count }, (_, index) => uuid(1000 + index));
  const { service } = found(IDS.class);
  directory.change((write) =>
    write(
      {
        services: ids.map((id) => ({
          service: { ...service, id, name: `Listing ${id}` },
          state: 'published' as const,
        })),
      },
      { action: 'added', role: 'programme' },
    ),
  );
  return ids;
};

describe('the date of a record moves when it changes, and only then', () => {
  /** What may happen, and whose record it changes. */
  const HAPPENINGS: [string, () => unknown, string[]][] = [
    ['the same is saved again', () => edit(IDS.class, {}), []],
    ['a word of the service', () => edit(IDS.class, { summary: 'Gentle movement in a chair.' }), [IDS.class]],
    ['somebody checks it', () => edit(IDS.class, { assured_date: '2026-11-20' }), [IDS.class]],
    ['a check falls due', () => edit(IDS.class, {}, 'due'), []],
    ['nobody confirms it', () => edit(IDS.class, {}, 'unconfirmed'), [IDS.class]],
    [
      'its organization',
      () =>
        directory.change((write) =>
          write(
            {
              organizations: [Organization.parse({ id: IDS.shelter, name: 'Safe Roof', description: 'Another word.' })],
            },
            { action: 'edited', role: 'moderator' },
          ),
        ),
      [IDS.refugeService],
    ],
    [
      'a location',
      () => {
        const hall = found(IDS.full).locations[0];
        return directory.change((write) =>
          write(
            { locations: [Location.parse({ ...hall, transportation: 'Bus 30.' })] },
            { action: 'edited', role: 'moderator' },
          ),
        );
      },
      [IDS.class, IDS.full],
    ],
    [
      'a confidential location, of which nobody sees anything',
      () => {
        const refuge = found(IDS.refugeService).locations[0];
        return directory.change((write) =>
          write(
            { locations: [Location.parse({ ...refuge, transportation: 'The blue door.' })] },
            { action: 'edited', role: 'moderator' },
          ),
        );
      },
      [],
    ],
  ];

  test.each(HAPPENINGS)('%s', async (_, happen, changed) => {
    const ids = (BATCH.services ?? []).map(({ service }) => service.id).filter((id) => id !== IDS.draft);
    const before = new Map(await Promise.all(ids.map(async (id) => [id, await record(id)] as const)));
    moment = '2026-11-21T11:00:00.000Z';
    happen();
    moment = '2026-11-21T12:00:00.000Z';
    for (const id of ids) {
      const after = await record(id);
      const { last_modified: was, ...wordsBefore } = before.get(id);
      const { last_modified: is, ...wordsAfter } = after;
      expect([id, is !== was]).toEqual([id, changed.includes(id)]);
      expect([id, JSON.stringify(wordsAfter) !== JSON.stringify(wordsBefore)]).toEqual([id, changed.includes(id)]);
    }
    expect(await since('2026-11-21T11:00:00Z')).toEqual([...changed].sort());
    expect(await since('2026-11-21T11:00:00.001Z')).toEqual([]);
  });

  test('full until a day: the day is in the record, so that its passing changes nothing', async () => {
    edit(IDS.class, { availability: { state: 'full', until: '2026-11-22' } });
    const before = await record(IDS.class);
    expect(before.alert).toBe('Full until 22 November 2026.');
    moment = '2026-11-24T10:00:00.000Z';
    expect(await record(IDS.class)).toEqual(before);
  });

  test('a check lapses after three months, and the date moves to that midnight', async () => {
    expect(await record(IDS.class)).toMatchObject({
      assured_date: '2026-11-01',
      signpost: { assured_date: '2026-11-01' },
    });
    moment = '2027-02-01T23:59:59.000Z';
    expect((await record(IDS.class)).assured_date).toBe('2026-11-01');
    expect(await since('2027-01-15')).not.toContain(IDS.class);
    moment = '2027-02-02T00:00:00.000Z';
    const after = await record(IDS.class);
    expect(after.assured_date).toBeUndefined();
    expect(after.signpost.assured_date).toBe('2026-11-01');
    expect(after.last_modified).toBe('2027-02-02T00:00:00.000Z');
    expect(await since('2027-02-02T00:00:00Z')).toEqual([IDS.class]);
    expect(await since('2027-02-02T00:00:01Z')).toEqual([]);
    expect((await ask(world, '/services?minimal=true&modified_after=2027-02-02')).body.contents).toEqual([
      { id: IDS.class, last_modified: '2027-02-02T00:00:00.000Z', modified_date: '2027-02-02T00:00:00.000Z' },
    ]);
  });

  test('harvesting by the date of the last harvest gets every change once', async () => {
    const copy = new Map<string, string>();
    const got: string[] = [];
    let last = '1970-01-01';
    const harvest = async () => {
      const began = moment;
      for (const { id, name } of await linesOf<{ id: string; name: string }>(
        world,
        `/services?format=ndjson&modified_after=${last}`,
      )) {
        copy.set(id, name);
        got.push(id);
      }
      for (const id of await withdrawn(`&modified_after=${last}`)) copy.delete(id);
      last = began;
    };
    await harvest();
    expect(got).toHaveLength(6);
    for (let hour = 11; hour < 20; hour++) {
      moment = `2026-11-21T${hour}:00:00.000Z`;
      got.length = 0;
      const id = [IDS.class, IDS.course, IDS.full][hour % 3] ?? '';
      edit(id, { name: `Named at ${hour}` });
      moment = `2026-11-21T${hour}:30:00.000Z`;
      await harvest();
      expect(got).toEqual([id]);
      expect(copy.get(id)).toBe(`Named at ${hour}`);
    }
  });
});

describe('what has been withdrawn', () => {
  test.each(['archived', 'suspended'] as const)(
    '%s: gone from every list, told by 410 and in the list of such',
    async (state) => {
      expect(await withdrawn()).toEqual([]);
      moment = '2026-11-21T11:00:00.000Z';
      edit(IDS.class, {}, state);
      const { status, body } = await ask(world, `/services/${IDS.class}`);
      expect([status, body.type, body.withdrawn_at]).toEqual([
        410,
        '/api/v1/docs#withdrawn',
        '2026-11-21T11:00:00.000Z',
      ]);
      for (const path of ['/services', '/service_at_locations', '/organizations?full_service=true']) {
        const text = JSON.stringify((await ask(world, path)).body);
        expect([path, text.includes(IDS.class)]).toEqual([path, false]);
      }
      expect(await withdrawn()).toEqual([IDS.class]);
      expect(await withdrawn('&modified_after=2026-11-21T11:00:00Z')).toEqual([IDS.class]);
      expect(await withdrawn('&modified_after=2026-11-21T11:00:01Z')).toEqual([]);
      expect(await linesOf(world, '/withdrawals?format=ndjson')).toEqual([
        { id: IDS.class, withdrawn_at: '2026-11-21T11:00:00.000Z' },
      ]);
    },
  );

  test('its place is gone too, and one that only moved away is not there', async () => {
    const { contents } = (await ask(world, '/service_at_locations')).body;
    const there = contents.find(
      (it: { service_id: string; location_id: string }) => it.service_id === IDS.class && it.location_id === IDS.hall,
    );
    edit(IDS.class, { location_ids: [IDS.library] });
    expect((await ask(world, `/service_at_locations/${there.id}`)).status).toBe(404);
    edit(IDS.class, { location_ids: [IDS.library, IDS.hall] }, 'archived');
    expect((await ask(world, `/service_at_locations/${there.id}`)).status).toBe(410);
    edit(IDS.class, {}, 'published');
    expect((await ask(world, `/service_at_locations/${there.id}`)).status).toBe(200);
  });

  test('what never was published is not told of at all', async () => {
    expect((await ask(world, `/services/${IDS.draft}`)).status).toBe(404);
    edit(IDS.draft, {}, 'suspended');
    edit(IDS.draft, { name: 'Refused' }, 'archived');
    expect((await ask(world, `/services/${IDS.draft}`)).status).toBe(404);
    expect((await ask(world, `/services/${IDS.nowhere}`)).status).toBe(404);
    expect((await ask(world, '/services/no-id-at-all')).status).toBe(404);
    expect(await withdrawn()).toEqual([]);
    expect((await ask(world, `/organizations/${IDS.quiet}`)).status).toBe(404);
  });

  test('what comes back is harvested again and told of no more', async () => {
    moment = '2026-11-21T11:00:00.000Z';
    edit(IDS.class, {}, 'archived');
    moment = '2026-11-21T12:00:00.000Z';
    edit(IDS.class, {}, 'published');
    expect(await since('2026-11-21T12:00:00Z')).toEqual([IDS.class]);
    expect(await withdrawn()).toEqual([]);
  });

  test('what was taken out of the file altogether', async () => {
    world.db.prepare('DELETE FROM service WHERE id = ?').run(IDS.course);
    expect((await ask(world, `/services/${IDS.course}`)).status).toBe(410);
    expect(await withdrawn()).toEqual([IDS.course]);
  });

  test('one of two that were joined says which one remains, until they are taken apart', async () => {
    joinListings(directory, IDS.full, IDS.elsewhere, { role: 'moderator' });
    const { status, body } = await ask(world, `/services/${IDS.elsewhere}`);
    expect([status, body.replaced_by]).toEqual([410, IDS.full]);
    expect((await ask(world, '/withdrawals')).body.contents).toMatchObject([
      { id: IDS.elsewhere, replaced_by: IDS.full },
    ]);
    takeApart(directory, IDS.elsewhere, { role: 'moderator' });
    expect((await ask(world, `/services/${IDS.elsewhere}`)).status).toBe(200);
    expect(await withdrawn()).toEqual([]);
  });

  test('an organization with nothing left', async () => {
    edit(IDS.refugeService, {}, 'suspended');
    expect((await ask(world, `/organizations/${IDS.shelter}`)).status).toBe(410);
    expect((await ask(world, `/organizations/${IDS.nowhere}`)).status).toBe(404);
    expect(JSON.stringify((await ask(world, '/organizations')).body)).not.toContain(IDS.shelter);
  });
});

describe('reading page after page while the directory changes', () => {
  const LISTS = [
    ['services', '/services', (it: { id: string }) => it.id],
    ['services at locations', '/service_at_locations', (it: { service_id: string }) => it.service_id],
    ['what is wanted of them', `/services?organization_id=${IDS.moves}`, (it: { id: string }) => it.id],
    ['those with a term', `/services?taxonomy_term_id=${MOVEMENT}`, (it: { id: string }) => it.id],
    [
      'those with a term at locations',
      `/service_at_locations?taxonomy_term_id=${MOVEMENT}`,
      (it: { service_id: string }) => it.service_id,
    ],
  ] as const;

  test.each(LISTS)('%s: nothing that stays is passed over', async (_, path, idOf) => {
    const ids = more(60);
    const seen = new Set<string>();
    const gone = new Set<string>();
    let pages = 0;
    for (let page = 1; ; page++) {
      const { body } = await ask(world, `${path}${path.includes('?') ? '&' : '?'}per_page=7&page=${page}`);
      for (const it of body.contents) seen.add(idOf(it));
      pages += 1;
      if (body.last_page) break;
      // After each page three of those already read are withdrawn, one further on is renamed, and one is added.
      for (const id of [...seen].filter((id) => ids.includes(id) && !gone.has(id)).slice(0, 3)) {
        edit(id, {}, 'archived');
        gone.add(id);
      }
      edit(ids[59] ?? '', { name: `Renamed after page ${page}` });
      save({ ...found(IDS.class).service, id: uuid(500 + page) }, 'published');
    }
    expect(pages).toBeLessThan(40);
    for (const id of ids.filter((it) => !gone.has(it))) expect([id, seen.has(id)]).toEqual([id, true]);
    expect(gone.size).toBeGreaterThan(10);
  });

  test('two readers at once, at different times, both get everything', async () => {
    const ids = more(40);
    const page = async (number: number) => (await ask(world, `/services?per_page=5&page=${number}`)).body;
    const first = new Set<string>();
    const second = new Set<string>();
    const take = (set: Set<string>, body: { contents: { id: string }[] }) => {
      for (const { id } of body.contents) set.add(id);
    };
    take(first, await page(1));
    take(first, await page(2));
    for (const id of ids.slice(0, 4)) edit(id, {}, 'archived');
    take(second, await page(1));
    for (let number = 3; ; number++) {
      const body = await page(number);
      take(first, body);
      if (body.last_page) break;
    }
    for (let number = 2; ; number++) {
      const body = await page(number);
      take(second, body);
      if (body.last_page) break;
    }
    for (const id of ids.slice(4)) expect([id, first.has(id), second.has(id)]).toEqual([id, true, true]);
  });

  test('a stream goes on from where it is, whatever goes and comes', async () => {
    const ids = more(350);
    const response = await world.api.request('/api/openreferral/v3/services?format=ndjson');
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    let pieces = 0;
    for (let at = await reader?.read(); at && !at.done; at = await reader?.read()) {
      text += decoder.decode(at.value, { stream: true });
      pieces += 1;
      if (pieces === 1) for (const id of ids.slice(0, 50)) edit(id, {}, 'archived');
    }
    const got = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(pieces).toBeGreaterThan(2);
    expect(new Set(got).size).toBe(got.length);
    for (const id of ids.slice(50)) expect([id, got.includes(id)]).toEqual([id, true]);
  });

  test('the numbers of a quiet directory add up', async () => {
    more(13);
    const total = 19;
    for (const per_page of [1, 2, 5, 18, 19, 20, 500]) {
      const seen: string[] = [];
      const pages = Math.ceil(total / per_page);
      for (let page = 1; page <= pages; page++) {
        const { response, body } = await ask(world, `/services?per_page=${per_page}&page=${page}`);
        const { contents, ...numbers } = body;
        seen.push(...contents.map(({ id }: { id: string }) => id));
        expect(numbers).toEqual({
          total_items: total,
          total_pages: pages,
          page_number: page,
          size: Math.min(per_page, total - (page - 1) * per_page),
          first_page: page === 1,
          last_page: page === pages,
          empty: false,
        });
        const link = response.headers.get('link') ?? '';
        expect(link.includes(`page=${page + 1}>; rel="next"`)).toBe(page < pages);
      }
      expect(seen).toEqual([...new Set(seen)].sort());
      expect(seen).toHaveLength(total);
    }
    expect((await ask(world, '/services?page=999999')).body).toMatchObject({
      total_items: total,
      size: 0,
      empty: true,
      contents: [],
      last_page: true,
    });
  });
});
