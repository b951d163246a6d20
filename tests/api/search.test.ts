import { beforeAll, describe, expect, test } from 'vitest';
import { sealPlace } from '../../api/domain/privacy.ts';
import type { Listing } from '../../api/domain/service.ts';
import { nextSession } from '../../api/results/views.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { createWorld, E8_1, get, TYPED, type World } from '../fixtures/world.ts';

let world: World;
beforeAll(() => {
  world = createWorld();
});
const search = (query: string) => get(world.api, `/search?${query}`);
const idOf = (result: { service: { id: string } }) => result.service.id;

describe('from a postcode', () => {
  test('each listing comes once, with how it stands to the place and why', async () => {
    const { status, body } = await search('postcode=E8%201EA&reach=venue,area,remote,not_serving&radius=5');
    expect(status).toBe(200);
    expect(body.outcome).toBe('found');
    const standing = Object.fromEntries(
      body.results.map((it: { service: { id: string }; reach: object }) => [it.service.id, it.reach]),
    );
    expect(standing).toEqual({
      [IDS.class]: { kind: 'venue', certain: true, why: 'Open to people in Hackney' },
      [IDS.full]: { kind: 'venue', certain: true, why: 'Open to people from anywhere' },
      [IDS.befriending]: { kind: 'area', certain: true, why: 'Covers Hackney' },
      [IDS.refugeService]: { kind: 'area', certain: true, why: 'Covers Hackney' },
      [IDS.course]: { kind: 'remote', certain: true, why: 'Online, open to people in the United Kingdom' },
      [IDS.elsewhere]: { kind: 'not_serving', certain: true, why: 'Only for people in Southampton' },
    });
    expect(body.totals).toEqual({ venue: 2, area: 2, remote: 1, unclear: 0, not_serving: 1 });
    expect(body.page).toEqual({ number: 1, per_page: 20, total: 6, pages: 1 });
  });

  test('the first few of each way come in one answer', async () => {
    const whole = (await search('postcode=E8%201EA&radius=5')).body;
    const { body } = await search('postcode=E8%201EA&radius=5&each=1');
    const firsts = ['venue', 'area', 'remote'].map((kind) =>
      whole.results.find((it: { reach: { kind: string } }) => it.reach.kind === kind),
    );
    expect(body.results.map(idOf)).toEqual(firsts.map(idOf));
    expect(body.totals).toEqual(whole.totals);
    const wrong = await search('each=21');
    expect([wrong.status, wrong.body.parameter]).toEqual([400, 'each']);
  });

  test('a card shows the nearest of the locations, its next meeting, and what is over is over', async () => {
    const { body } = await search('postcode=E8%201EA&radius=5&reach=venue');
    const byId = new Map(body.results.map((it: { service: { id: string } }) => [it.service.id, it]));
    expect(byId.get(IDS.class)).toMatchObject({
      location: { id: IDS.hall, name: 'Sunbeam Hall', latitude: 51.5425 },
      distance_m: expect.any(Number),
      next_session: {
        date: '2026-11-24',
        starts: '2026-11-24T10:30:00+00:00',
        words: 'Tuesday 24 November, 10:30am to 12 noon',
        check_first: false,
      },
      service: {
        organization: { id: IDS.moves, name: 'Homerton Moves' },
        address_line: 'Sunbeam Hall, E8 3AB',
        schedule_words: ['Tuesdays, 10:30am to 12 noon'],
        accessibility: { step_free: 'yes', hearing_loop: 'no', parking: 'unknown' },
        state: 'published',
      },
    });
    expect(byId.get(IDS.full)).toMatchObject({
      next_session: null,
      service: { availability: { state: 'open' }, state: 'due', schedule_words: ['When the weather is kind'] },
    });
  });

  test('the place is no finer than its sector and its point is rounded', async () => {
    const { body } = await search('postcode=e81ea');
    const { near, ...place } = body.place;
    expect(place).toEqual({
      label: 'E8 1',
      sector: 'E8 1',
      district: 'Hackney',
      districts: [{ code: 'E09000012', name: 'Hackney' }],
      precision: 'postcode',
      spread_m: 0,
      latitude: 51.55,
      longitude: -0.07,
    });
    const again = await search(`near=${near}`);
    expect(again.body.place).toMatchObject(place);
    // A sealed place is the middle of its cell: the same results, and distances that lead to the cell and no further.
    const [sealed, exact] = [again.body.results, body.results];
    expect(sealed.map(idOf)).toEqual(exact.map(idOf));
    for (const [at, { distance_m }] of exact.entries())
      if (distance_m !== null) expect(Math.abs(sealed[at].distance_m - distance_m)).toBeLessThanOrEqual(160);
  });

  test('who asks for a weekday is told the next session on it', () => {
    const [published] = BATCH.services ?? [];
    const schedules = (['MO', 'TU', 'WE'] as const).map((byday) => ({ ...published?.service.schedules[0], byday }));
    const listing = { service: { ...published?.service, schedules }, locations: [] as Listing['locations'] } as Listing;
    const monday = new Date('2026-11-23T09:00:00Z');
    const dates = (days: ('MO' | 'TU' | 'WE' | 'SU')[]) => nextSession(listing, monday, undefined, days)?.date;
    expect(dates([])).toBe('2026-11-23');
    expect(dates(['WE'])).toBe('2026-11-25');
    expect(dates(['WE', 'TU'])).toBe('2026-11-24');
    expect(dates(['SU'])).toBe('2026-11-23');
  });

  test.each([
    ['E8 1EA', 'found', null, null],
    ['E8 IEA', 'confirm', 'E8 1EA', null],
    ['E8', 'approximate', null, null],
    ['AB1 0AA', 'terminated', null, '1996-06'],
  ])('%s is %s', async (postcode, outcome, suggestion, since) => {
    const { status, body } = await search(`postcode=${encodeURIComponent(postcode)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome, suggestion, since, place: { near: expect.any(String) } });
  });

  test.each([
    ['SW1', 404, 'several', 'several-places'],
    ['AB1 0AB', 404, 'terminated', 'terminated-postcode'],
    ['E8 1ZZ', 404, 'unknown', 'unknown-place'],
    ['E98 7ZZ', 404, 'no_point', 'no-point'],
    ['BF1 1AA', 404, 'no_point', 'no-point'],
    ['JE2 4WD', 404, 'outside_coverage', 'outside-coverage'],
    ['ZZ99 3VZ', 404, 'no_fixed_abode', 'no-fixed-abode'],
    ['asdf', 400, 'not_a_postcode', 'not-a-postcode'],
  ])('%s cannot be listed: %i %s', async (postcode, status, outcome, code) => {
    for (const path of [
      `/search?postcode=${encodeURIComponent(postcode)}`,
      `/postcodes/${encodeURIComponent(postcode)}`,
    ]) {
      const { response, body } = await get(world.api, path);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(body).toMatchObject({ status, outcome, type: `/api/v1/docs#${code}`, parameter: 'postcode' });
      expect(body.detail).not.toContain(postcode);
    }
  });

  test('all ten outcomes are among the cases above', () => {
    expect(new Set(Object.values(TYPED).map(({ outcome }) => outcome)).size).toBe(10);
  });

  test('choices and what is nearby can be passed on', async () => {
    const several = await search('postcode=SW1');
    expect(several.body.choices).toEqual([
      { label: 'SW1A', near: expect.any(String) },
      { label: 'SW1E', near: expect.any(String) },
    ]);
    const unknown = await search('postcode=E8%201ZZ');
    expect(unknown.body.nearby).toEqual({ label: 'E8 1', near: expect.any(String) });
  });
});

describe('from elsewhere', () => {
  test('a point in degrees', async () => {
    const { body } = await search('lat=51.5468&lng=-0.0661');
    expect(body.place.near).toEqual(expect.any(String));
    expect(body.totals.venue).toBe(2);
  });

  test.each([
    ['lat=51.5', 'lng'],
    ['lng=-0.1', 'lat'],
    ['postcode=E8&lat=51.5&lng=-0.1', 'postcode'],
    ['near=abc&lat=51.5&lng=-0.1', 'near'],
    ['postcode=E8&near=abc', 'postcode'],
    ['near=abc', 'near'],
  ])('%s is refused, and the sentence names %s', async (query, parameter) => {
    const { status, body } = await search(query);
    expect(status).toBe(400);
    expect(body.parameter).toBe(parameter);
  });

  test('a point off the map is outside the coverage', async () => {
    const { status, body } = await search('lat=48.85&lng=2.35');
    expect(status).toBe(404);
    expect(body.outcome).toBe('outside_coverage');
  });

  test('a place sealed with another key is refused', async () => {
    const foreign = sealPlace({ kind: 'outcode', code: 'E8' }, new Uint8Array(32).fill(8));
    expect((await search(`near=${foreign}`)).body).toMatchObject({ status: 400, parameter: 'near' });
  });

  test('without a place everything is listed, without outcome and distance', async () => {
    const { body } = await search('');
    expect(body).toMatchObject({ outcome: null, place: null, radius: null, sort: 'name', page: { total: 6 } });
    const singers = body.results.find((it: { service: { id: string } }) => it.service.id === IDS.elsewhere);
    expect(singers).toMatchObject({ distance_m: null, reach: { why: 'Open to people in Southampton' } });
    expect(singers.location.name).toBe('Corner Church');
  });
});

describe('parameters', () => {
  test.each([
    ['kind=social', [IDS.befriending, IDS.elsewhere]],
    ['kind=social&kind=information', [IDS.befriending, IDS.course, IDS.elsewhere]],
    ['kind=social,information', [IDS.befriending, IDS.course, IDS.elsewhere]],
    ['category=befriending', [IDS.befriending]],
    ['cost=free', [IDS.befriending]],
    ['day=TU&time=morning', [IDS.class]],
    ['access=step_free', [IDS.class, IDS.full]],
    ['language=tr', [IDS.class]],
    ['join=drop_in', [IDS.class]],
    ['mode=online', [IDS.course]],
    ['pain_friendly=seated_option', [IDS.class]],
    ['q=refuge', [IDS.refugeService]],
    ['reach=remote', [IDS.course]],
  ])('%s', async (query, ids) => {
    const { body } = await search(query);
    expect(body.results.map((it: { service: { id: string } }) => it.service.id).sort()).toEqual([...ids].sort());
    expect(body.page.total).toBe(ids.length);
  });

  test('an empty field of a form counts as not given', async () => {
    const { status, body } = await search('q=&kind=&radius=&sort=&age=&page=&format=&postcode=&near=&lat=&lng=');
    expect(status).toBe(200);
    expect(body.page.total).toBe(6);
  });

  test('age takes years and groups', async () => {
    expect((await search('age=67')).status).toBe(200);
    expect((await search('age=65-79')).status).toBe(200);
  });

  test.each([
    ['kind=dance', 'kind', 'activity'],
    ['category=nothing', 'category', '/api/v1/categories'],
    ['cost=cheap', 'cost', 'concession'],
    ['day=tuesday', 'day', 'TU'],
    ['time=night', 'time', 'evening'],
    ['access=lift', 'access', 'step_free'],
    ['language=Turkish', 'language', 'tr'],
    ['join=walk', 'join', 'drop_in'],
    ['age=old', 'age', '65-79'],
    ['age=300', 'age', '65-79'],
    ['age=constructor', 'age', '65-79'],
    ['mode=letter', 'mode', 'online'],
    ['pain_friendly=yes', 'pain_friendly', 'paced'],
    ['checked=1y', 'checked', '6m'],
    ['reach=all', 'reach', 'not_serving'],
    ['radius=51', 'radius', '50'],
    ['radius=-1', 'radius', '50'],
    ['radius=near', 'radius', '50'],
    ['lat=north&lng=0', 'lat', '90'],
    ['sort=best', 'sort', 'distance'],
    ['page=0', 'page', '1'],
    ['page=1.5', 'page', '1'],
    ['per_page=101', 'per_page', '100'],
    ['per_page=0', 'per_page', '100'],
    ['format=xml', 'format', 'geojson'],
    ['q=a&q=b', 'q', 'once'],
    [`q=${'x'.repeat(201)}`, 'q', '200'],
    [`near=${'x'.repeat(401)}`, 'near', '400'],
    [
      `language=${Array.from({ length: 61 }, (_, i) => `a${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`)}`,
      'language',
      '60',
    ],
  ])('%s: the sentence names the parameter and what it takes', async (query, parameter, mend) => {
    const { status, body } = await search(query);
    expect(status).toBe(400);
    expect(body.type).toBe('/api/v1/docs#invalid-parameter');
    expect(body.parameter).toBe(parameter);
    expect(body.errors[0].detail).toMatch(new RegExp(`^${parameter}: `));
    expect(body.detail).toContain(mend);
  });

  test('all wrong parameters are named at once', async () => {
    const { body } = await search('kind=dance&radius=99&colour=red');
    expect(body.errors.map((it: { parameter: string }) => it.parameter)).toEqual(['kind', 'radius', 'colour']);
  });

  test('the edges are fine: radius 0 and 50, a page far out, the longest text', async () => {
    expect((await search('postcode=E8%201EA&radius=0')).body.radius).toEqual({ miles: 0, metres: 0, automatic: false });
    expect((await search('postcode=E8%201EA&radius=50')).status).toBe(200);
    const far = await search('page=1000000000&per_page=100');
    expect(far.body).toMatchObject({ results: [], page: { number: 1_000_000_000, total: 6, pages: 1 } });
    expect((await search(`q=${'x'.repeat(200)}`)).status).toBe(200);
  });
});

describe('what comes with the results', () => {
  test('every value of a facet is there, with a label, those with nothing too', async () => {
    const { body } = await search('');
    expect(body.facets.kind).toHaveLength(8);
    expect(body.facets.kind).toContainEqual({ value: 'clinical', label: 'Clinical services', count: 0 });
    expect(body.facets.kind).toContainEqual({ value: 'social', label: 'Social clubs and places to meet', count: 2 });
    expect(body.facets.language).toEqual([
      { value: 'en', label: 'English', count: 1 },
      { value: 'tr', label: 'Turkish', count: 1 },
    ]);
    expect(body.facets.checked).toContainEqual({ value: '6m', label: 'Checked in the last 6 months', count: 6 });
    expect(body.facets.category).toContainEqual({ value: 'movement', label: 'Sport and movement', count: 2 });
  });

  test('a count is what choosing that value gives', async () => {
    const { body } = await search('postcode=E8%201EA&radius=5&kind=social');
    for (const [name, values] of Object.entries<{ value: string; count: number }[]>(body.facets))
      for (const { value, count } of values.slice(0, 3)) {
        const kind = name === 'kind' ? '' : '&kind=social';
        const chosen = await search(`postcode=E8%201EA&radius=5${kind}&${name}=${value}`);
        expect([name, value, chosen.body.page.total]).toEqual([name, value, count]);
      }
  });

  test('an empty answer offers ways out', async () => {
    const { body } = await search('postcode=E8%201EA&kind=clinical&cost=free');
    expect(body.page.total).toBe(0);
    expect(body.ways_out).toContainEqual({ kind: 'drop_filter', filter: 'kind', total: expect.any(Number) });
  });

  test('the nearest thing comes as a result of its own', async () => {
    const { body } = await search('lat=58.4&lng=-3.1&radius=0.5&reach=venue');
    expect(body.page.total).toBe(0);
    const nearest = body.ways_out.find((way: { kind: string }) => way.kind === 'nearest');
    expect(nearest.result).toMatchObject({ reach: { kind: 'venue' }, service: { id: expect.any(String) } });
  });

  test('as GeoJSON: those at a place that may be shown, as features', async () => {
    const response = await world.api.request('/api/v1/search?format=geojson&reach=venue,area,remote,not_serving');
    expect(response.headers.get('content-type')).toContain('application/geo+json');
    // biome-ignore lint/suspicious/noExplicitAny: checked below.
    const body = (await response.json()) as any;
    expect(body.type).toBe('FeatureCollection');
    expect(body.features.map((it: { id: string }) => it.id).sort()).toEqual([IDS.class, IDS.elsewhere, IDS.full]);
    const singers = body.features.find((it: { id: string }) => it.id === IDS.elsewhere);
    expect(singers.geometry).toEqual({ type: 'Point', coordinates: [-0.066, 51.547] });
  });

  test('nothing that depends on a place may be kept', async () => {
    const { response } = await search('postcode=E8%201EA');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('etag')).toBeNull();
  });
});

test('the point of the searcher is in no answer', async () => {
  const { body } = await search('postcode=E8%201EA');
  expect(JSON.stringify(body)).not.toContain(String(E8_1.latitude));
});
