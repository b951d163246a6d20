import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDirectory } from '../../api/directory/directory.ts';
import { packId, packList } from '../../api/domain/handout-list.ts';
import { Schedule, type Service } from '../../api/domain/service.ts';
import { placeId, publishedId } from '../../api/openreferral/ids.ts';
import { type Batch, saveBatch } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { createWorld, type World } from '../fixtures/world.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { type Site, startSite } from '../helpers/site.ts';

/**
 * A place that is kept private is in nothing that leaves, nor is its id: by that two listings at one refuge would be known to
 * be at one place, and whoever learns of one would know of the other.
 */

const weekly = (byday: string, location_id?: string) =>
  Schedule.parse({ freq: 'WEEKLY', byday, opens_at: '10:00', closes_at: '11:00', location_id });

/** The usual directory; two of its listings meet at the refuge, one of them in the open too. */
const batch = structuredClone(BATCH);
for (const { service } of batch.services ?? []) {
  if (service.id === IDS.refugeService) Object.assign(service, { schedules: [weekly('MO', IDS.refuge)] });
  if (service.id === IDS.elsewhere)
    Object.assign(service, {
      location_ids: [IDS.refuge, IDS.church],
      service_areas: [],
      schedules: [weekly('WE', IDS.refuge), weekly('FR', IDS.church)],
    } satisfies Partial<Service>);
}

/** The same directory, but that the refuge is in another town, and beyond a border: Monday is a bank holiday there. */
const moved = structuredClone(batch);
for (const location of moved.locations ?? [])
  if (location.id === IDS.refuge)
    Object.assign(location, {
      name: 'Another house',
      address: { address_1: '9 Other Road', city: 'Edinburgh', postal_code: 'EH8 8DX', country: 'GB' },
      latitude: 55.952,
      longitude: -3.172,
      transportation: 'Ring first.',
    });

/** What stands of it in the file, its id in every way in which it is written, and what can be worked out from that. */
const TRACES = [
  'Hidden House',
  'Secret Lane',
  'E8 2ZZ',
  'E82ZZ',
  '51.5471',
  '-0.0712',
  'Knock twice',
  IDS.refuge,
  packId(IDS.refuge),
  ...[IDS.refugeService, IDS.elsewhere].map((service) => placeId(service, IDS.refuge)),
  ...['address', 'accessibility'].map((what) => publishedId(IDS.refuge, what)),
];
/** FHIR has names of its own for what is asked, and takes no other. */
const FHIR_IDS: Record<string, readonly string[]> = {
  HealthcareService: [IDS.refugeService, IDS.elsewhere],
  Organization: [IDS.shelter, IDS.moves],
};
const FHIR_QUERIES = [
  '?_count=100',
  '?near=51.5471|-0.0712|1|km',
  '?near=51.5471|-0.0712|50|km&_count=100',
  '?name=refuge',
  `?_id=${IDS.refugeService},${IDS.elsewhere}`,
  `?_id=${IDS.refugeService},${IDS.elsewhere}&_include=HealthcareService:location&_include=HealthcareService:organization`,
];
const expectNone = (where: string, text: string) => {
  for (const trace of TRACES) expect(text.includes(trace), `${where} holds ${trace}`).toBe(false);
};

describe('the API', () => {
  let world: World;
  let code: string;
  beforeAll(async () => {
    world = createWorld({}, batch);
    const made = await world.api.request('/api/v1/handouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids: [IDS.refugeService, IDS.elsewhere, IDS.class] }),
    });
    code = ((await made.json()) as { code: string }).code;
  });

  const IDS_OF: Record<string, readonly string[]> = {
    services: [IDS.refugeService, IDS.elsewhere],
    organizations: [IDS.shelter, IDS.moves],
    service_at_locations: [
      placeId(IDS.refugeService, IDS.refuge),
      placeId(IDS.elsewhere, IDS.refuge),
      placeId(IDS.elsewhere, IDS.church),
    ],
    ...FHIR_IDS,
    Location: [IDS.refuge, IDS.church],
  };
  const QUERIES = [
    ...FHIR_QUERIES,
    '',
    '?per_page=100',
    '?postcode=E8%201EA&reach=venue,area,remote,not_serving&per_page=100',
    '?postcode=E8%201EA',
    '?q=refuge',
    '?q=singers',
    '?day=WE',
    '?days=WE&per_page=100',
    '?format=geojson&per_page=100',
    '?format=ndjson&full=true',
    '?full=true',
    '?minimal=true',
    '?modified_after=2020-01-01',
    '?near=x',
  ];

  test('says it in no answer of any route', async () => {
    const routes = [...new Set(world.api.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))];
    expect(routes.length).toBeGreaterThan(20);
    expect(routes).toContain('/fhir/R4/Location');
    let answered = 0;
    for (const route of routes) {
      const kind = /(\w+)\/:id/.exec(route)?.[1] ?? '';
      const ids = IDS_OF[kind] ?? [IDS.refuge];
      for (const id of ids)
        for (const query of QUERIES) {
          const path = `${route.replace(':id', id).replace(':code', code).replace(':postcode', 'E8')}${query}`;
          const response = await world.api.request(path);
          const text = await response.text();
          if (response.ok) answered += 1;
          // What was asked for is repeated in no answer that finds something.
          expectNone(path, response.ok ? text : text.replaceAll(id, ''));
        }
    }
    expect(answered).toBeGreaterThan(60);
    expect(world.faults).toEqual([]);
  });

  test('still says that there is a place, and when to come to the one that is open', async () => {
    const answer = await world.api.request(`/api/v1/services/${IDS.elsewhere}`);
    const { locations, next_sessions, service } = (await answer.json()) as {
      locations: { id: string | null; confidential: boolean }[];
      next_sessions: { date: string; location_id: string | null }[];
      service: { schedules: object[] };
    };
    expect(locations.map(({ id, confidential }) => [id, confidential])).toEqual([
      [null, true],
      [IDS.church, false],
    ]);
    expect(next_sessions.slice(0, 2).map(({ date, location_id }) => [date, location_id])).toEqual([
      ['2026-11-25', null],
      ['2026-11-27', IDS.church],
    ]);
    expect(service.schedules.map((it) => 'location_id' in it)).toEqual([false, true]);
  });
});

/**
 * Two directories that differ in nothing but where the refuge is answer alike, to the byte: whatever is counted, measured,
 * sorted, cached or left out, nothing of it can lead to the place.
 */
describe('where it is', () => {
  const IDS_OF: Record<string, readonly string[]> = {
    services: [IDS.refugeService, IDS.elsewhere],
    organizations: [IDS.shelter],
    service_at_locations: [placeId(IDS.elsewhere, IDS.church)],
    ...FHIR_IDS,
    Location: [IDS.church],
  };
  const NEAR = ['postcode=E8%201EA', 'lat=51.5471&lng=-0.0712', 'lat=55.952&lng=-3.172'];
  const QUERIES = [
    '',
    ...NEAR.flatMap((near) =>
      [
        '',
        '&radius=1',
        '&sort=distance',
        '&sort=name',
        '&reach=venue,area,remote,unclear,not_serving',
        '&q=refuge',
      ].map((more) => `?${near}${more}`),
    ),
    ...NEAR.flatMap((near) => ['&proximity=100', '&proximity=50000'].map((more) => `?${near}${more}`)),
    '?q=secret+lane',
    '?q=other+road',
    '?q=edinburgh',
    '?q=EH8',
    '?q=hidden+house',
    '?search=secret',
    '?text=hidden',
    '?text=edinb',
    '?access=step_free',
    // What is typed in part or misspelt, what else may be meant, what is on, what has changed.
    ...[
      'secr',
      'hidd',
      'knoc',
      'other+ro',
      'edinb',
      'secrt+lane',
      'hiden+house',
      'edinbrugh',
      'leith',
      'E8+2Z',
      'E8+2ZZ',
    ].map((typed) => `?q=${typed}`),
    ...NEAR.flatMap((near) =>
      ['&q=hiden+house', '&when=week', '&when=today&q=refuge', '&each=20', '&page=2'].map((more) => `?${near}${more}`),
    ),
    '?modified_after=2026-11-20T08:59:59Z',
    '?modified_after=2026-11-20T09:00:00Z',
    '?modified_after=2026-11-21T00:00:00Z&format=ndjson',
    ...FHIR_QUERIES,
    '?near=55.952|-3.172|1|km',
    `?location=Location/${IDS.church}`,
  ];

  /** What comes back, without what is drawn anew each time. */
  async function answerOf({ api }: World, path: string): Promise<string> {
    const response = await api.request(path);
    const headers = [...response.headers].filter(([name]) => name !== 'date');
    const text = await response.text();
    return JSON.stringify([
      response.status,
      headers,
      text.replaceAll(/"(near|sealed)":"[^"]+"|(near|sealed)=[\w-]+/g, ''),
    ]);
  }

  /** Every address that can be read, with all that may be asked of it. */
  const pathsOf = ({ api }: World): string[] =>
    [...new Set(api.routes.filter(({ method }) => method === 'GET').map(({ path }) => path))]
      .filter((path) => !/:code|docs|openapi|template/.test(path))
      .flatMap((route) =>
        (IDS_OF[/(\w+)\/:id/.exec(route)?.[1] ?? ''] ?? ['']).flatMap((id) =>
          QUERIES.map((query) => `${route.replace(':id', id).replace(':postcode', 'E8')}${query}`),
        ),
      );

  test('nor is it told that it is another one now', async () => {
    const world = createWorld({}, batch);
    const directory = createDirectory({ ...world.parts, now: () => new Date('2026-11-21T10:00:00Z') });
    const paths = pathsOf(world).filter((_, at) => at % 3 === 0);
    const before = new Map<string, string>();
    // The tag and the day of a list move with whatever is written anywhere: they tell of nothing which.
    const said = async (path: string) =>
      (await answerOf(world, path)).replaceAll(/\["(?:etag|last-modified)",".*?"\],?/g, '');
    for (const path of paths) before.set(path, await said(path));
    const place = moved.locations?.find(({ id }) => id === IDS.refuge);
    directory.change((save) => save({ locations: [place!] }, { action: 'edited', role: 'moderator' }));
    for (const path of paths) expect(await said(path), path).toBe(before.get(path));
  });

  test('no answer of any route tells', async () => {
    const [here, there] = [createWorld({}, batch), createWorld({}, moved)];
    let found = 0;
    for (const path of pathsOf(here)) {
      const [one, other] = [await answerOf(here, path), await answerOf(there, path)];
      if (one.startsWith('[200')) found += 1;
      expect(one, path).toBe(other);
    }
    expect(found).toBeGreaterThan(100);
    expect([here.faults, there.faults]).toEqual([[], []]);

    // In the open, the same places are told apart.
    const inTheOpen = (it: Batch): World =>
      createWorld({}, { ...it, locations: it.locations?.map((location) => ({ ...location, confidential: false })) });
    const path = '/api/v1/search?postcode=E8%201EA&radius=1';
    expect(await answerOf(inTheOpen(batch), path)).not.toBe(await answerOf(inTheOpen(moved), path));
  });
});

/** What is drawn anew for each page, and tells nothing: sealed places and words, and the mark of the place of a list. */
const SEALED = /[\w-]{45,}|(?:~|%7E)[\w-]{8}(?![\w-])/g;

describe('the pages', () => {
  const folder = temporaryFolder();
  let site: Site;
  let there: Site;
  beforeAll(async () => {
    const start = (name: string, it: Batch): Promise<Site> => {
      const file = folder.file(name);
      const db = openStore(file);
      saveBatch(db, it, '2026-11-20T09:00:00.000Z');
      closeStore(db);
      return startSite({ DATABASE: file });
    };
    [site, there] = await Promise.all([start('here.sqlite', batch), start('there.sqlite', moved)]);
  });
  afterAll(async () => {
    await Promise.all([site.stop(), there.stop()]);
    folder.remove();
  });

  test('are the same, to the byte, wherever it is', async () => {
    const list = packList([IDS.refugeService, IDS.elsewhere]);
    const sealed = async ({ origin }: Site, from: string): Promise<string> =>
      ((await (await fetch(`${origin}/api/v1/search?${from}`)).json()) as { place: { near: string } }).place.near;
    const NEAR = ['lat=51.5471&lng=-0.0712', 'lat=55.952&lng=-3.172'];
    const FROM = [
      '/search?near=NEAR',
      '/search?near=NEAR&cards=short',
      '/search?near=NEAR&reach=venue&sort=distance&radius=50',
      '/search?near=NEAR&category=advice',
      '/booklet?near=NEAR',
      '/booklet?near=NEAR&radius=1&paper=a5',
      '/embed?near=NEAR',
      `/embed?near=NEAR&only=${list}`,
      `/handout?list=${list}&near=NEAR`,
      `/services/${IDS.refugeService}?near=NEAR`,
      `/services/${IDS.elsewhere}?near=NEAR`,
      '/browse?near=NEAR',
      '/?near=NEAR',
    ];
    const paths = [
      ...NEAR.flatMap((from) => FROM.map((path) => [path, from] as const)),
      ...[
        '/',
        '/browse',
        '/browse/advice',
        '/search',
        '/booklet',
        '/embed',
        `/embed?only=${list}`,
        '/areas/hackney',
        '/areas/edinburgh',
        '/embed?area=hackney',
        '/embed?area=edinburgh',
        `/services/${IDS.refugeService}`,
        `/services/${IDS.elsewhere}`,
        `/organizations/${IDS.shelter}`,
        `/report?service=${IDS.refugeService}`,
        `/handout?list=${list}`,
        '/data',
      ].map((path) => [path, ''] as const),
    ];
    let shown = 0;
    for (const [path, from] of paths) {
      const [one, other] = await Promise.all(
        [site, there].map(async (each) => {
          const near = from === '' ? '' : await sealed(each, from);
          const response = await fetch(each.origin + path.replace('NEAR', near), { redirect: 'manual' });
          const text = (await response.text()).replaceAll(SEALED, '').replaceAll(each.origin, '');
          return [response.status, response.headers.get('location')?.replaceAll(SEALED, '') ?? '', text];
        }),
      );
      if (one?.[0] === 200) shown += 1;
      expect(one, path).toEqual(other);
    }
    expect(shown).toBeGreaterThan(35);
  });

  test('say it nowhere', async () => {
    const list = packList([IDS.refugeService, IDS.elsewhere]);
    const paths = [
      ...[IDS.refugeService, IDS.elsewhere].flatMap((id) => [`/services/${id}`, `/report?service=${id}`]),
      `/organizations/${IDS.shelter}`,
      `/handout?list=${list}`,
      '/search?q=refuge',
      '/search?q=singers',
      '/booklet',
      '/embed',
      `/embed?only=${list}`,
      '/data',
      '/developers',
    ];
    for (const path of paths) {
      const response = await fetch(site.origin + path);
      expect([path, response.status]).toEqual([path, 200]);
      expectNone(path, await response.text());
    }
    const made = await fetch(`${site.origin}/handout?list=${list}`, { method: 'POST' });
    const text = await made.text();
    expectNone('the handout', text);
    const code = /\/h\/([a-z\d]{10})/.exec(text)?.[1];
    expectNone('the short link', await (await fetch(`${site.origin}/h/${code}`)).text());
  });
});
