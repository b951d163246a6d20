import { beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../../api/app.ts';
import { createDirectory } from '../../../api/directory/directory.ts';
import { Service } from '../../../api/domain/service.ts';
import { createFront } from '../../../api/server/front.ts';
import { findListing } from '../../../api/store/listings.ts';
import { BATCH, IDS } from '../../fixtures/listings.ts';
import { createWorld, type World } from '../../fixtures/world.ts';
import { BASE } from './world.ts';

/** As a reader elsewhere meets it: from any site, asking again for what has changed, taking in what never ends. */

const NEVER_SHOWN = /Hidden House|Secret Lane|E8 2ZZ|51\.5471|0\.0712|green door|Knock twice/;

const LISTS = [
  '/services',
  '/services?full=true',
  '/services?minimal=true',
  '/services?format=ndjson&full=true',
  '/services?postcode=E8%201EA',
  '/services?postcode=E8%201EA&proximity=5000&full=true',
  '/services?search=refuge&full=true',
  '/service_at_locations',
  '/service_at_locations?full=true',
  '/service_at_locations?postcode=E8%201EA&proximity=5000',
  '/service_at_locations?format=ndjson&full=true',
  '/organizations?full=true&full_service=true',
  '/organizations?format=ndjson&full=true&full_service=true',
  '/taxonomies',
  '/taxonomy_terms',
  '/withdrawals',
];

let world: World;
let moment: string;
let front: ReturnType<World['front']>;
let lines: string[];
beforeEach(() => {
  world = createWorld({ RATE_LIMIT: '0' });
  moment = '2026-11-21T12:00:00.000Z';
  const api = createApi({ ...world.parts, now: () => new Date(moment) });
  lines = [];
  front = createFront({
    settings: world.settings,
    api,
    now: () => new Date(moment),
    tiles: null,
    pages: null,
    files: false,
    development: false,
    write: (line) => lines.push(line),
  });
});
const get = (path: string, headers: Record<string, string> = {}) => front.request(`${BASE}${path}`, { headers });
const edit = (over: Partial<Service>) =>
  createDirectory({ ...world.parts, now: () => new Date(moment) }).change((save) => {
    const listing = findListing(world.db, IDS.class);
    save(
      { services: [{ service: Service.parse({ ...listing?.service, ...over }), state: 'published' }] },
      { action: 'edited', role: 'moderator' },
    );
  });

describe('a confidential location', () => {
  test.each([...LISTS, `/services/${IDS.refugeService}`, `/organizations/${IDS.shelter}?full_service=true`])(
    'is not in %s: not its name, its address, its point nor its id',
    async (path) => {
      const text = await (await get(path)).text();
      expect(text.match(NEVER_SHOWN)).toBeNull();
      expect(text).not.toContain(IDS.refuge);
    },
  );

  test('its service is there all the same, and says that there is one', async () => {
    const record = await (await get(`/services/${IDS.refugeService}`)).json();
    expect(record).toMatchObject({ name: 'Women’s refuge', signpost: { confidential_location: true } });
    expect(record.service_at_locations).toBeUndefined();
    expect(record.service_areas).toMatchObject([
      { name: 'Hackney', signpost: { type: 'district', code: 'E09000012' } },
    ]);
  });

  test('a schedule there does not say where, and no distance to it is told', async () => {
    const refuge = BATCH.services?.find(({ service }) => service.id === IDS.refugeService);
    createDirectory({ ...world.parts, now: world.now }).change((save) =>
      save(
        {
          services: [
            {
              service: Service.parse({
                ...refuge?.service,
                schedules: [{ freq: 'WEEKLY', byday: 'MO', location_id: IDS.refuge }],
              }),
              state: 'published',
            },
          ],
        },
        { action: 'edited', role: 'moderator' },
      ),
    );
    const near = await (await get('/services?postcode=E8%201EA&full=true')).json();
    const record = near.contents.find(({ id }: { id: string }) => id === IDS.refugeService);
    expect(record.schedules[0].service_at_location_id).toBeUndefined();
    expect(record.distance_m).toBeUndefined();
    const within = await (await get('/services?postcode=E8%201EA&proximity=5000')).json();
    expect(within.contents.map(({ id }: { id: string }) => id)).not.toContain(IDS.refugeService);
  });
});

describe('from any site', () => {
  test.each(LISTS)('%s', async (path) => {
    const response = await get(path, { origin: 'https://council.example.org' });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    await response.body?.cancel();
  });

  test('before it asks, a browser learns that it may ask conditionally, and read what it needs', async () => {
    const preflight = await front.request(`${BASE}/services`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/If-None-Match.*If-Modified-Since/);
    const exposed = (await get('/services')).headers.get('access-control-expose-headers');
    expect(exposed).toMatch(/ETag/);
    expect(exposed).toMatch(/Link/);
  });

  test('nothing but reading', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const response = await front.request(`${BASE}/services/${IDS.class}`, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    }
    const head = await front.request(`${BASE}/services?format=ndjson`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test('the log holds patterns alone', async () => {
    await (await get(`/services/${IDS.class}`)).text();
    await (await get('/services?postcode=E8%201EA&search=pain')).text();
    expect(lines.join('\n')).toContain('GET /api/openreferral/v3/services/:id 200');
    expect(lines.join('\n')).toContain('GET /api/openreferral/v3/services 200');
    expect(lines.join('\n')).not.toMatch(/E8|pain|0000-4000/);
  });
});

describe('asking again', () => {
  const SINGLE = [
    `/services/${IDS.class}`,
    `/organizations/${IDS.moves}`,
    '/services',
    '/services?full=true&per_page=2',
    '/services?format=ndjson',
    '/services?minimal=true',
    '/service_at_locations',
    '/organizations',
    '/taxonomies',
    '/taxonomy_terms',
    '/withdrawals',
  ];

  test.each(SINGLE)('%s: 304 until something changes', async (path) => {
    const first = await get(path);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    await first.text();
    const again = await get(path, { 'if-none-match': etag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await get(path, { 'if-none-match': `"other", ${etag}` })).status).toBe(304);
    expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);

    const since = first.headers.get('last-modified') ?? '';
    expect(since).toMatch(/^\w{3}, \d\d \w{3} 2026 \d\d:\d\d:\d\d GMT$/);
    expect((await get(path, { 'if-modified-since': since })).status).toBe(304);
    expect((await get(path, { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' })).status).toBe(200);
    expect((await get(path, { 'if-modified-since': 'rubbish' })).status).toBe(200);

    edit({ name: 'Another name' });
    moment = '2026-11-21T12:00:05.000Z';
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
    expect((await get(path, { 'if-modified-since': since })).status).toBe(200);
  });

  test('a date is not given while a second change could have the same', async () => {
    edit({ name: 'Once' });
    expect((await get(`/services/${IDS.class}`)).headers.get('last-modified')).toBeNull();
    moment = '2026-11-21T12:00:01.000Z';
    expect((await get(`/services/${IDS.class}`)).headers.get('last-modified')).toBe('Sat, 21 Nov 2026 12:00:00 GMT');
  });

  test('another day is another answer, since checks lapse', async () => {
    const etag = (await get('/services')).headers.get('etag') ?? '';
    moment = '2026-11-22T12:00:00.000Z';
    expect((await get('/services', { 'if-none-match': etag })).status).toBe(200);
  });

  test('what is not there is not cached', async () => {
    const response = await get(`/services/${IDS.nowhere}`, { 'if-none-match': '*' });
    expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });
});

describe('all at once', () => {
  test('is made as it is read: nothing before, and little at a time', async () => {
    const listing = findListing(world.db, IDS.class);
    const many = Array.from({ length: 1500 }, (_, index) =>
      Service.parse({
        ...listing?.service,
        id: `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`,
        description: 'What happens there. '.repeat(50),
      }),
    );
    createDirectory(world.parts).change((save) =>
      save(
        { services: many.map((service) => ({ service, state: 'published' as const })) },
        { action: 'added', role: 'programme' },
      ),
    );
    const response = await get('/services?format=ndjson&full=true');
    const reader = response.body?.getReader();
    const sizes: number[] = [];
    let records = 0;
    for (let at = await reader?.read(); at && !at.done; at = await reader?.read()) {
      sizes.push(at.value.length);
      records += at.value.filter((byte: number) => byte === 10).length;
      // Half-way one is withdrawn that has not been read: had it been made beforehand, it would still come.
      if (sizes.length === 5)
        world.db.prepare("UPDATE service SET state = 'archived' WHERE id = ?").run(many[1499]?.id);
    }
    expect(records).toBe(1506 - 1);
    expect(sizes.length).toBeGreaterThan(12);
    expect(Math.max(...sizes)).toBeLessThan(1_000_000);
  });

  test('who leaves half-way costs nothing more', async () => {
    const response = await get('/services?format=ndjson');
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect((await get('/services')).status).toBe(200);
  });
});
