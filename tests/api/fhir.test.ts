import { Fhir } from 'fhir';
import type { Bundle, FhirResource, HealthcareService, Location, OperationOutcome } from 'fhir/r4';
import { beforeAll, describe, expect, test } from 'vitest';
import { Schedule, Service } from '../../api/domain/service.ts';
import { loadClinical } from '../../api/store/clinical-seed.ts';
import { saveBatch } from '../../api/store/listings.ts';
import { loadExamples } from '../../api/store/seed.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { createWorld, type World } from '../fixtures/world.ts';

/** FHIR R4: what a clinical system reads. */

const validator = new Fhir();

/**
 * What the validator says against a resource: nothing, where it is right. It warns where a code of one's own stands, which
 * FHIR allows there, and tells which lists of codes it does not know.
 */
const faultsOf = (resource: FhirResource) =>
  validator
    .validate(resource)
    .messages.filter(
      ({ severity, message = '' }) =>
        severity !== 'info' && (severity === 'error' || !message.includes('not found in value set')),
    );

let world: World;
beforeAll(() => {
  world = createWorld();
});

async function ask<T = FhirResource>(path: string, init: RequestInit = {}, { api } = world) {
  const response = await api.request(`/fhir/R4${path}`, init);
  const text = await response.text();
  return { response, status: response.status, body: (text === '' ? null : JSON.parse(text)) as T };
}
const search = (path: string, at = world) => ask<Bundle>(path, {}, at).then(({ body }) => body);
const post = (path: string, form: Record<string, string>) =>
  ask<Bundle>(path, { method: 'POST', body: new URLSearchParams(form) });
const namesIn = ({ entry = [] }: Bundle): unknown[] =>
  entry.map(({ resource }) => (resource as HealthcareService | Location).name);

/** The class of the fixtures, with something else in it, in a directory of its own. */
async function withClass(change: object): Promise<HealthcareService> {
  const own = createWorld();
  const listing = BATCH.services?.find(({ service }) => service.id === IDS.class);
  saveBatch(
    own.db,
    { services: [{ state: 'published', service: Service.parse({ ...listing?.service, ...change }) }] },
    '2026-11-21T09:00:00.000Z',
  );
  const { body } = await ask<HealthcareService>(`/HealthcareService/${IDS.class}`, {}, own);
  expect(faultsOf(body)).toEqual([]);
  return body;
}
const schedules = (...all: object[]) => ({ schedules: all.map((it) => Schedule.parse(it)) });

describe('a listing', () => {
  test('says what is known, with references that lead somewhere', async () => {
    const { body, response } = await ask<HealthcareService>(`/HealthcareService/${IDS.class}`);
    expect(response.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
    expect(faultsOf(body)).toEqual([]);
    expect(body).toMatchObject({
      resourceType: 'HealthcareService',
      id: IDS.class,
      active: true,
      name: 'Seated exercise',
      meta: { lastUpdated: '2026-11-20T09:00:00.000Z' },
      availableTime: [{ daysOfWeek: ['tue'], availableStartTime: '10:30:00', availableEndTime: '12:00:00' }],
    });
    for (const { reference = '' } of [...(body.location ?? []), ...(body.providedBy ? [body.providedBy] : [])]) {
      const { status, body: referred } = await ask(`/${reference}`);
      expect([reference, status, faultsOf(referred)]).toEqual([reference, 200, []]);
    }
  });

  test.each([
    ['every other week', { freq: 'WEEKLY', interval: 2, byday: 'TU', dtstart: '2026-11-03', opens_at: '10:00' }],
    ['the third Tuesday', { freq: 'MONTHLY', byday: '3TU', opens_at: '10:00' }],
    ['until a day', { freq: 'WEEKLY', byday: 'TU', valid_to: '2027-03-01', opens_at: '10:00' }],
    ['from a day on', { freq: 'WEEKLY', byday: 'TU', valid_from: '2027-03-02', opens_at: '10:00' }],
    ['term time', { freq: 'WEEKLY', byday: 'TU', term_time: true, opens_at: '10:00' }],
    ['some months', { freq: 'WEEKLY', byday: 'TU', bymonth: [4, 5], opens_at: '10:00' }],
    ['dates nobody knows', { freq: 'WEEKLY', byday: 'TU', dates_unknown: true, opens_at: '10:00' }],
    ['over midnight', { freq: 'WEEKLY', byday: 'FR', opens_at: '22:00', closes_at: '02:00' }],
    ['once', { dtstart: '2026-12-01', opens_at: '10:00' }],
  ])('that meets %s claims no time of every week, and says it in words', async (_, schedule) => {
    const body = await withClass(schedules(schedule));
    expect(body).not.toHaveProperty('availableTime');
    expect(body.availabilityExceptions).toMatch(/\w/);
  });

  test('day and night is all day; a break of all schedules is no service', async () => {
    const gap = { from: '2026-12-24', to: '2027-01-03', reason: 'Christmas' };
    const always = { freq: 'DAILY', opens_at: '00:00', closes_at: '00:00', exceptions: [gap] };
    const body = await withClass(schedules(always));
    expect(body.availableTime).toEqual([
      { daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], allDay: true },
    ]);
    expect(body.notAvailable).toEqual([
      { description: 'Christmas', during: { start: '2026-12-24', end: '2027-01-03' } },
    ]);
    const other = { freq: 'WEEKLY', byday: 'FR', opens_at: '10:00', closes_at: '11:00' };
    expect(await withClass(schedules(always, other))).not.toHaveProperty('notAvailable');
  });

  test('carries every caution in its comment', async () => {
    const body = await withClass({
      availability: { state: 'full', until: '2027-03-05' },
      service_areas: [],
      service_area_status: 'unsaid',
      attending_types: [],
      assured_by: 'nobody',
      example: true,
    });
    for (const words of [
      'made-up example',
      'Full until 5 March 2027',
      'not known where people must live',
      'not known how people take part',
      'not checked by this directory',
    ])
      expect(body.comment).toContain(words);
    expect(body.meta?.tag).toMatchObject([{ code: 'HTEST' }]);
    expect(body).not.toHaveProperty('coverageArea');
  });

  test('claims neither a category nor a kind that is only guessed', async () => {
    const body = await withClass({ guessed: ['taxonomy_terms', 'kind'], assured_by: 'source' });
    expect(body).not.toHaveProperty('category');
    expect(body).not.toHaveProperty('type');
  });

  test('tells kinds of numbers apart', async () => {
    const body = await withClass({
      phones: [
        { number: '020 7946 0018', extension: '5', description: 'option 2' },
        { number: '07700 900123', type: 'text' },
        { number: '020 7946 0019', type: 'textphone' },
        { number: '020 7946 0020', type: 'fax' },
      ],
      email: undefined,
      url: undefined,
    });
    expect(body.telecom?.map(({ system, value }) => `${system} ${value}`)).toEqual([
      'phone 020 7946 0018 ext. 5',
      'sms 07700 900123',
      'other 020 7946 0019',
      'fax 020 7946 0020',
    ]);
    expect(body.telecom?.[0]?.extension).toMatchObject([{ valueString: 'option 2' }]);
  });

  test('of a confidential place nothing leaves but that there is one', async () => {
    const { body } = await ask<HealthcareService>(`/HealthcareService/${IDS.refugeService}`);
    expect(body.comment).toContain('kept confidential');
    expect(body).not.toHaveProperty('location');
    expect(await ask(`/Location/${IDS.refuge}`)).toMatchObject({ status: 404 });
    expect(JSON.stringify(await search('/Location?_count=100'))).not.toContain(IDS.refuge);
  });
});

describe('a search', () => {
  test('pages through everything, each once', async () => {
    const ids: unknown[] = [];
    let at: string | undefined = '/HealthcareService?_count=2';
    while (at !== undefined) {
      const body: Bundle = await search(at);
      expect(faultsOf(body)).toEqual([]);
      ids.push(...(body.entry ?? []).map(({ resource }) => resource?.id));
      at = body.link?.find(({ relation }) => relation === 'next')?.url.replace(/^.*\/fhir\/R4/, '');
      if (at === undefined) expect(ids).toHaveLength(body.total ?? 0);
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(IDS.draft);
  });

  test('by name, place, category, organization and id', async () => {
    expect(namesIn(await search('/HealthcareService?name=seat+EXERCISE'))).toEqual(['Seated exercise']);
    expect(namesIn(await search('/HealthcareService?name=tea'))).toEqual([]);
    expect(namesIn(await search(`/HealthcareService?location=Location/${IDS.hall}`))).toContain('Seated exercise');
    expect(namesIn(await search(`/HealthcareService?location=${IDS.refuge}`))).toEqual([]);
    expect(namesIn(await search(`/HealthcareService?organization=Organization/${IDS.moves}`))).toContain(
      'Seated exercise',
    );
    const listed = await search(`/HealthcareService?_id=${IDS.class},${IDS.nowhere},${IDS.draft}`);
    expect([listed.total, namesIn(listed)]).toEqual([1, ['Seated exercise']]);
    const all = await search('/HealthcareService?_count=100');
    const codes = (all.entry ?? []).map(({ resource }) =>
      (resource as HealthcareService).category?.flatMap(({ coding }) => coding?.[0] ?? []),
    );
    const [{ system, code } = {}] = codes[0] ?? [];
    const having = await search(`/HealthcareService?service-category=${encodeURIComponent(`${system}|${code}`)}`);
    expect(having.total).toBe(codes.filter((its) => its?.some((it) => it.code === code)).length);
    expect(await search('/HealthcareService?service-category=no-such-thing')).toMatchObject({ total: 0 });
    expect(namesIn(await search('/Organization?name=MOVES'))).toHaveLength(1);
    expect(namesIn(await search(`/Location?_id=${IDS.hall}`))).toEqual(['Sunbeam Hall']);
  });

  test('near a point comes by form, nearest first, and no link says where', async () => {
    const { body: hall } = await ask<Location>(`/Location/${IDS.hall}`);
    const near = `${hall.position?.latitude}|${hall.position?.longitude}|3|km`;
    const { body, response } = await post('/Location/_search', { near });
    expect(namesIn(body)[0]).toBe('Sunbeam Hall');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(body.link)).not.toContain(String(hall.position?.latitude));
    const services = await post('/HealthcareService/_search', { near, name: 'seated', _count: '1' });
    expect(namesIn(services.body)).toEqual(['Seated exercise']);
    expect(JSON.stringify(services.body.link)).not.toContain(String(hall.position?.latitude));
    const none = await post('/Location/_search', { near: '58.2|-6.4|1|km' });
    expect(none.body).toMatchObject({ total: 0 });
    expect(faultsOf(none.body)).toEqual([]);
  });

  test('brings places and organizations along where that is asked for', async () => {
    const body = await search(
      `/HealthcareService?_id=${IDS.class}&_include=HealthcareService:location&_include=HealthcareService:organization`,
    );
    expect(body.total).toBe(1);
    const kinds = (body.entry ?? []).map(({ resource, search: { mode } = {} }) => `${resource?.resourceType} ${mode}`);
    expect(new Set(kinds)).toEqual(new Set(['HealthcareService match', 'Location include', 'Organization include']));
    expect(faultsOf(body)).toEqual([]);
  });

  test.each([
    ['/HealthcareService?nmae=x', 400, 'It takes _id'],
    ['/HealthcareService?constructor=x', 400, 'It takes _id'],
    ['/HealthcareService?__proto__=x', 400, 'It takes _id'],
    ['/HealthcareService?name=a&name=b', 400, 'name: give it once'],
    ['/HealthcareService?near=here', 400, '51.545|-0.055|2|km'],
    ['/HealthcareService?near=51.5|-0.06|2|furlong', 400, '51.545|-0.055|2|km'],
    ['/Location?near=48.85|2.35|2|km', 400, 'outside of Great Britain'],
    ['/HealthcareService?_count=lots', 400, '_count: must be a whole number'],
    ['/HealthcareService?name=a&name=b', 400, 'commas'],
    ['/HealthcareService?_include=Patient:name', 400, 'HealthcareService:location'],
    ['/Location?_format=xml', 400, 'must be json'],
    [`/HealthcareService/${IDS.nowhere}`, 404, 'no HealthcareService with that id'],
    [`/HealthcareService/${IDS.draft}`, 404, 'no HealthcareService with that id'],
    ['/Bundle/zzzzz-zzzzz', 404, 'no handout'],
    ['/Patient', 404, '/fhir/R4/metadata'],
  ])('%s is answered with %i and what to do', async (path, status, words) => {
    const { body, ...answer } = await ask<OperationOutcome>(path);
    expect(answer.status).toBe(status);
    expect(faultsOf(body)).toEqual([]);
    expect(body.issue[0]?.diagnostics).toContain(words);
  });

  test('nothing can be written, and what was withdrawn is gone', async () => {
    const written = await ask('/HealthcareService', { method: 'POST', body: '{}' });
    expect([written.status, written.response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const own = createWorld();
    const listing = BATCH.services?.find(({ service }) => service.id === IDS.class);
    if (!listing) throw new Error('The fixture has no class.');
    saveBatch(own.db, { services: [{ ...listing, state: 'archived' }] }, '2026-11-21T09:00:00.000Z');
    expect(await ask(`/HealthcareService/${IDS.class}`, {}, own)).toMatchObject({ status: 410 });
  });

  test('what has not changed is not sent again', async () => {
    const { response } = await ask('/HealthcareService');
    const etag = response.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    expect((await ask('/HealthcareService', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});

test('a handout is a bundle of its listings, with places and organizations', async () => {
  const made = await world.api.request('/api/v1/handouts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [IDS.class, IDS.refugeService] }),
  });
  const { code } = (await made.json()) as { code: string };
  const { body, response } = await ask<Bundle>(`/Bundle/${code}`);
  expect(faultsOf(body)).toEqual([]);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(body).toMatchObject({ type: 'collection', id: code });
  expect(body.entry?.map(({ resource }) => resource?.resourceType)).toEqual(
    expect.arrayContaining(['HealthcareService', 'Location', 'Organization']),
  );
  expect(JSON.stringify(body)).not.toContain(IDS.refuge);
});

test('the whole sample directory is valid, and the server says what it can do', async () => {
  const sample = createWorld({}, {});
  loadExamples(sample.db, sample.now());
  loadClinical(sample.db, sample.now());
  for (const type of ['HealthcareService', 'Location', 'Organization'])
    for (let page = 1; ; page++) {
      const body = await search(`/${type}?_count=100&page=${page}`, sample);
      expect(faultsOf(body)).toEqual([]);
      expect(body.total).toBeGreaterThan(50);
      if (!body.link?.some(({ relation }) => relation === 'next')) break;
    }
  expect(faultsOf((await ask('/metadata')).body)).toEqual([]);
});

test('a path of FHIR answers other sites, and its log holds no query', async () => {
  const front = world.front();
  const response = await front.request('/fhir/R4/Location?near=51.5468|-0.0661|1|km');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect((await front.request('/fhir/R4/Location', { method: 'OPTIONS' })).status).toBe(204);
  expect(world.lines.join('\n')).toContain('/fhir/R4/Location 200');
  expect(world.lines.join('\n')).not.toContain('51.5');
});
