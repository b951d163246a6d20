import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ACCESS } from '../../api/domain/service.ts';
import { TAXONOMY } from '../../api/domain/taxonomy.ts';
import { IDS } from '../fixtures/listings.ts';
import { createWorld, get, type World } from '../fixtures/world.ts';

let world: World;
beforeAll(() => {
  world = createWorld();
});

describe('a listing', () => {
  test('whole, with its organization, locations and the next four meetings', async () => {
    const { status, body } = await get(world.api, `/services/${IDS.class}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      service: { id: IDS.class, name: 'Seated exercise', pain_friendly: { seated_option: 'yes', paced: 'unknown' } },
      organization: { id: IDS.moves, charity_number: '1234567' },
      state: 'published',
      last_modified: '2026-11-20T09:00:00.000Z',
      schedule_words: ['Tuesdays, 10:30am to 12 noon'],
      review_due: '2027-05-01',
    });
    expect(body.service).not.toHaveProperty('location_ids');
    expect(body.locations.map((it: { name: string }) => it.name)).toEqual(['Far Library', 'Sunbeam Hall']);
    expect(body.next_sessions.map((it: { date: string }) => it.date)).toEqual([
      '2026-11-24',
      '2026-12-01',
      '2026-12-08',
      '2026-12-15',
    ]);
  });

  test('what was full until yesterday is open', async () => {
    const { body } = await get(world.api, `/services/${IDS.full}`);
    expect(body.service.availability).toEqual({ state: 'open' });
  });

  test('of a confidential location nothing leaves but that there is one', async () => {
    const { body } = await get(world.api, `/services/${IDS.refugeService}`);
    expect(body.locations).toEqual([
      {
        id: null,
        name: null,
        location_type: 'physical',
        confidential: true,
        example: false,
        accessibility: Object.fromEntries(ACCESS.map((it) => [it, 'unknown'])),
      },
    ]);
    const everywhere = [
      `/services/${IDS.refugeService}`,
      `/services/${IDS.refugeService}/calendar.ics`,
      `/services/${IDS.refugeService}/reach?postcode=E81EA`,
      `/organizations/${IDS.shelter}`,
      '/search?per_page=100',
      '/search?postcode=E8%201EA&reach=venue,area,remote,not_serving',
      '/search?q=hidden',
      '/search?format=geojson&per_page=100',
      '/suggest?q=hidden',
      '/suggest?q=secret',
    ];
    for (const path of everywhere) {
      const text = await (await world.api.request(`/api/v1${path}`)).text();
      for (const secret of ['Hidden House', 'Secret Lane', 'E8 2ZZ', '51.5471', '0.0712', 'green door'])
        expect(`${path}: ${text}`).not.toContain(secret);
    }
  });

  test.each([IDS.draft, IDS.nowhere, 'not-an-id'])('%s is not found', async (id) => {
    for (const path of [`/services/${id}`, `/services/${id}/calendar.ics`, `/services/${id}/reach?postcode=E8`]) {
      const { status, body } = await get(world.api, path);
      expect(status).toBe(404);
      expect(body).toMatchObject({ type: '/api/v1/docs#not-found', parameter: 'id' });
    }
  });

  test('as a calendar', async () => {
    const response = await world.api.request(`/api/v1/services/${IDS.class}/calendar.ics`);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await response.text();
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(text).toContain('SUMMARY:Seated exercise');
  });
});

describe('how one listing stands to a place', () => {
  test.each([
    [IDS.class, { kind: 'venue', why: 'Open to people in Hackney' }, IDS.hall],
    [IDS.befriending, { kind: 'area', why: 'Covers Hackney' }, null],
    [IDS.course, { kind: 'remote' }, null],
    [IDS.elsewhere, { kind: 'not_serving', why: 'Only for people in Southampton' }, IDS.church],
  ])('%s', async (id, reach, location) => {
    const { status, body } = await get(world.api, `/services/${id}/reach?postcode=E8%201EA`);
    expect(status).toBe(200);
    expect(body.reach).toMatchObject(reach);
    expect(body.location_id).toBe(location);
    const sealed = await get(world.api, `/services/${id}/reach?near=${body.place.near}`);
    expect(sealed.body.reach).toEqual(body.reach);
  });

  test('however far away', async () => {
    const { body } = await get(world.api, `/services/${IDS.full}/reach?lat=58.4&lng=-3.1`);
    expect(body.reach.kind).toBe('venue');
    expect(body.distance_m).toBeGreaterThan(700_000);
  });

  test('a place must be given', async () => {
    const { status, body } = await get(world.api, `/services/${IDS.class}/reach`);
    expect(status).toBe(400);
    expect(body.parameter).toBe('near');
  });
});

describe('an organization', () => {
  test('with its listings by name', async () => {
    const { body } = await get(world.api, `/organizations/${IDS.moves}`);
    expect(body.organization.name).toBe('Homerton Moves');
    expect(body.services.map((it: { name: string }) => it.name)).toEqual([
      'A friend at the door',
      'Living with pain, online',
      'Seated exercise',
      'Southampton singers on tour',
      'Walking group',
    ]);
  });

  test.each([IDS.quiet, IDS.nowhere])('%s lists nothing, so it is not found', async (id) => {
    expect((await get(world.api, `/organizations/${id}`)).status).toBe(404);
  });
});

test('a postcode and what it comes to', async () => {
  const { body } = await get(world.api, '/postcodes/E8%20IEA');
  expect(body).toMatchObject({ outcome: 'confirm', suggestion: 'E8 1EA', since: null, place: { label: 'E8 1' } });
});

test('the categories in their groups, each with its count', async () => {
  const { body } = await get(world.api, '/categories');
  expect(body.map((it: { code: string }) => it.code)).toEqual(TAXONOMY.map(({ code }) => code));
  const activities = body[0];
  expect(activities.terms).toContainEqual({ code: 'movement', name: 'Sport and movement', count: 2 });
  expect(activities.count).toBe(3);
});

test('the council areas in which something is listed', async () => {
  const { body } = await get(world.api, '/areas');
  expect(body).toEqual([
    { code: 'E09000012', slug: 'hackney', name: 'Hackney', count: 5, near: expect.any(String) },
    { code: 'E06000045', slug: 'southampton', name: 'Southampton', count: 1, near: expect.any(String) },
  ]);
});

describe('suggestions', () => {
  test('places first, then names', async () => {
    const { body } = await get(world.api, '/suggest?q=hom');
    expect(body.suggestions[0]).toEqual({
      kind: 'place',
      label: 'Homerton, Hackney',
      id: null,
      near: expect.any(String),
    });
    expect(body.suggestions).toContainEqual({
      kind: 'organization',
      label: 'Homerton Moves',
      id: IDS.moves,
      near: null,
    });
  });

  test('as many as asked for, none for nothing', async () => {
    expect((await get(world.api, '/suggest?q=hom&limit=1')).body.suggestions).toHaveLength(1);
    expect((await get(world.api, '/suggest')).body.suggestions).toEqual([]);
    expect((await get(world.api, '/suggest?q=hom&limit=21')).body).toMatchObject({ status: 400, parameter: 'limit' });
  });
});

test('health says how exactly postcodes are known and how to do better', async () => {
  const { body } = await get(world.api, '/health');
  expect(body).toMatchObject({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    listings: 6,
    database: 'ok',
    meaning: { state: 'off', improve: expect.stringContaining('npm run word-table') },
    postcodes: { table: 'sectors', postcodes: 0, sectors: 11_000, improve: 'Run `npm run postcodes`.' },
  });
});

test.each<[string, (world: World) => unknown]>([
  ['is gone', ({ db }) => db.close()],
  ['opens but cannot be read', ({ db }) => db.exec('DROP TABLE setting')],
  [
    'cannot say what is known of postcodes',
    ({ geocoder }) =>
      vi.spyOn(geocoder, 'precision').mockImplementationOnce(() => {
        throw new Error('database disk image is malformed');
      }),
  ],
])('health says so where the database %s', async (_, spoil) => {
  const broken = createWorld();
  spoil(broken);
  expect((await get(broken.api, '/health')).body).toMatchObject({
    status: 503,
    type: '/api/v1/docs#service-unavailable',
  });
});

describe('conditional requests', () => {
  test.each([
    `/services/${IDS.class}`,
    `/services/${IDS.class}/calendar.ics`,
    `/organizations/${IDS.moves}`,
    '/categories',
    '/openapi.json',
    '/docs',
  ])('%s has a tag, and answers 304 to who has it', async (path) => {
    const first = await world.api.request(`/api/v1${path}`);
    expect(first.status).toBe(200);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"\S+"$/);
    const again = await world.api.request(`/api/v1${path}`, { headers: { 'if-none-match': `"other", ${tag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    const other = await world.api.request(`/api/v1${path}`, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });
});
