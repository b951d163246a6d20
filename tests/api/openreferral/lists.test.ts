import { describe, expect, test } from 'vitest';
import { QUESTION_KEYS } from '../../../api/domain/questions.ts';
import type { Service } from '../../../api/domain/service.ts';
import { TAXONOMIES, termFor } from '../../../api/openreferral/vocabulary.ts';
import { readSeed } from '../../../api/store/seed.ts';
import { IDS } from '../../fixtures/listings.ts';
import { createWorld } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';
import { ask, linesOf } from './world.ts';

/** The lists: what each parameter leaves in, counted by hand from the records themselves. */

const seed = readSeed(new Date(NOW));
const world = createWorld({}, seed);
const small = createWorld();
const all: Service[] = seed.services.map(({ service }) => service);

/** The ids that a list holds, over all its pages. */
async function idsOf(path: string): Promise<string[]> {
  const { status, body } = await ask(world, `${path}${path.includes('?') ? '&' : '?'}per_page=500`);
  expect([path, status]).toEqual([path, 200]);
  expect(body.total_items).toBe(body.contents.length);
  return body.contents.map(({ id }: { id: string }) => id).sort();
}
const idsWhere = (test: (service: Service) => boolean): string[] =>
  all
    .filter(test)
    .map(({ id }) => id)
    .sort();
const term = (...of: Parameters<typeof termFor>): string => termFor(...of)?.id ?? '';
const taxonomy = (code: string): string => TAXONOMIES.find((it) => it.code === code)?.id ?? '';
const somewhere = (test: (location: (typeof seed.locations)[number]) => boolean) => {
  const ids = new Set(seed.locations.filter((it) => !it.confidential && test(it)).map(({ id }) => id));
  return (service: Service) => service.location_ids.some((id) => ids.has(id));
};

const FILTERS: [string, (service: Service) => boolean][] = [
  ['', () => true],
  [`organization_id=${all[0]?.organization_id}`, (it) => it.organization_id === all[0]?.organization_id],
  ['organization_id=00000000-0000-4000-8000-000000000000', () => false],
  [`taxonomy_term_id=${term('category', 'befriending')}`, (it) => it.taxonomy_terms.includes('befriending')],
  [
    `taxonomy_term_id=${term('category', 'places')}`,
    (it) => it.taxonomy_terms.some((code) => ['warm-spaces', 'community-halls', 'digital-help'].includes(code)),
  ],
  [
    `taxonomy_term_id=${term('kind', 'event')},${term('kind', 'advice')}`,
    (it) => it.kind === 'event' || it.kind === 'advice',
  ],
  [`taxonomy_term_id=${term('attending_type', 'phone')}`, (it) => it.attending_types.includes('phone')],
  [`taxonomy_term_id=${term('join', 'drop_in')}`, (it) => it.join.includes('drop_in')],
  [`taxonomy_term_id=${term('pain_friendly', 'paced', 'yes')}`, (it) => it.pain_friendly.paced === 'yes'],
  [`taxonomy_term_id=${term('pain_friendly', 'seated_option', 'no')}`, (it) => it.pain_friendly.seated_option === 'no'],
  [`taxonomy_term_id=${term('support', 'interpreter', 'no')}`, (it) => it.interpreter === 'no'],
  [
    `taxonomy_term_id=${term('accessibility', 'step_free', 'yes')}`,
    somewhere((it) => it.accessibility.step_free === 'yes'),
  ],
  [
    `taxonomy_term_id=${term('accessibility', 'hearing_loop', 'no')}`,
    somewhere((it) => it.accessibility.hearing_loop === 'no'),
  ],
  ['taxonomy_term_id=00000000-0000-4000-8000-000000000000', () => false],
  [`taxonomy_id=${taxonomy('category')}`, () => true],
  [`taxonomy_id=${taxonomy('join')}`, (it) => it.join.length > 0],
  [
    `taxonomy_id=${taxonomy('pain_friendly')}`,
    (it) => Object.values(it.pain_friendly).some((answer) => answer !== 'unknown'),
  ],
  [
    `taxonomy_id=${taxonomy('accessibility')}`,
    somewhere((it) => Object.values(it.accessibility).some((answer) => answer !== 'unknown')),
  ],
  [`taxonomy_id=${taxonomy('support')}`, (it) => QUESTION_KEYS.some((key) => it[key] !== 'unknown')],
  ['taxonomy_id=00000000-0000-4000-8000-000000000000', () => false],
  ['modified_after=2099-01-01T00:00:00Z', () => false],
  ['modified_after=2026-11-20', () => true],
  ['minimum_age=18', (it) => (it.eligibility.minimum_age ?? -1) >= 18],
  ['maximum_age=25', (it) => (it.eligibility.maximum_age ?? 999) <= 25],
  [
    'minimum_age=16&maximum_age=30',
    (it) => (it.eligibility.minimum_age ?? -1) >= 16 && (it.eligibility.maximum_age ?? 999) <= 30,
  ],
  ['day=TU', (it) => it.schedules.some((each) => meets(each, 'TU'))],
  ['day=Tuesday', (it) => it.schedules.some((each) => meets(each, 'TU'))],
  ['start_time=18:00', (it) => it.schedules.some(({ opens_at }) => opens_at !== undefined && opens_at >= '18:00')],
  ['end_time=11:30', (it) => it.schedules.some(({ closes_at }) => closes_at !== undefined && closes_at <= '11:30')],
  [
    'day=TU&start_time=10:00&end_time=12:00',
    (it) =>
      it.schedules.some(
        (each) => meets(each, 'TU') && (each.opens_at ?? '') >= '10:00' && (each.closes_at ?? 'x') <= '12:00',
      ),
  ],
  [
    'day=MO,FR&start_time=09:00,13:00',
    (it) =>
      it.schedules.some(
        (each) =>
          (meets(each, 'MO') && (each.opens_at ?? '') >= '09:00') ||
          (meets(each, 'FR') && (each.opens_at ?? '') >= '13:00'),
      ),
  ],
  [
    `day=TU&taxonomy_term_id=${term('join', 'drop_in')}&taxonomy_id=${taxonomy('support')}`,
    (it) =>
      it.schedules.some((each) => meets(each, 'TU')) &&
      it.join.includes('drop_in') &&
      QUESTION_KEYS.some((key) => it[key] !== 'unknown'),
  ],
];

/** In the sample directory every recurrence names its days, and what happens once falls on its date. */
const meets = ({ byday, dtstart, freq }: Service['schedules'][number], day: string): boolean =>
  byday !== undefined
    ? byday.includes(day)
    : freq === undefined &&
      dtstart !== undefined &&
      ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(dtstart).getUTCDay()] === day;

describe('filters of services, each against the records', () => {
  test.each(FILTERS)('%s', async (query, holds) => {
    expect(await idsOf(`/services?${query}`)).toEqual(idsWhere(holds));
    const lines = await linesOf<{ id: string }>(world, `/services?format=ndjson&${query}`);
    expect(lines.map(({ id }) => id).sort()).toEqual(idsWhere(holds));
  });

  test('none of these says the same as all, or nothing, for want of data', () => {
    const counts = FILTERS.map(([query, holds]) => [query, idsWhere(holds).length] as const);
    const telling = counts.filter(([, count]) => count > 0 && count < all.length);
    expect(telling.length).toBeGreaterThan(18);
  });

  test.each(FILTERS)('the same of services at locations: %s', async (query, holds) => {
    const hidden = new Set(seed.locations.filter(({ confidential }) => confidential).map(({ id }) => id));
    const pairs = all
      .filter(holds)
      .flatMap(({ id, location_ids }) => location_ids.filter((it) => !hidden.has(it)).map((it) => `${id} ${it}`));
    const { body } = await ask(world, `/service_at_locations?per_page=500&${query}`);
    const found = body.contents.map(
      (it: { service_id: string; location_id: string }) => `${it.service_id} ${it.location_id}`,
    );
    expect(found.sort()).toEqual(pairs.sort());
  });
});

describe('search', () => {
  test('finds by words, and nothing by nonsense', async () => {
    const { body } = await ask(world, '/services?search=befriending&per_page=10');
    expect(body.total_items).toBeGreaterThan(3);
    expect(JSON.stringify(body.contents[0])).toMatch(/befriend|friend|visit/i);
    expect((await ask(world, '/services?search=zzqqxxzzqq')).body).toMatchObject({ total_items: 0, empty: true });
  });

  test('adds up with other filters and keeps its order from page to page', async () => {
    const whole = (await ask(world, '/services?search=group&per_page=500')).body.contents as { id: string }[];
    const paged: string[] = [];
    for (let page = 1; page <= 4; page++)
      for (const { id } of (await ask(world, `/services?search=group&per_page=5&page=${page}`)).body.contents)
        paged.push(id);
    expect(paged).toEqual(whole.slice(0, 20).map(({ id }) => id));
    const both = (await ask(world, `/services?search=group&per_page=500&organization_id=${all[0]?.organization_id}`))
      .body;
    expect(both.total_items).toBeLessThan(whole.length);
  });

  test('of organizations and taxonomies: every word, in name or description', async () => {
    const { body } = await ask(world, '/organizations?search=MARSHLIGHT%20neighbours');
    expect(body.contents.map(({ name }: { name: string }) => name)).toEqual(['Marshlight Community Trust']);
    expect((await ask(world, '/organizations?search=100%25')).body.total_items).toBe(0);
    const terms = (await ask(world, '/taxonomy_terms?search=living%20with%20pain')).body.contents;
    expect(terms.map(({ code }: { code: string }) => code)).toEqual(['support', 'living-with-pain']);
    expect((await ask(world, '/taxonomies?search=kinds')).body.total_items).toBe(1);
  });
});

describe('places', () => {
  test('within metres of a postcode or a point, the nearest first, with the distance', async () => {
    const { body } = await ask(small, '/services?postcode=E8%201EA&proximity=1000');
    expect(body.contents.map(({ id }: { id: string }) => id)).toEqual([IDS.elsewhere, IDS.class, IDS.full]);
    const ways = body.contents.map(({ distance_m }: { distance_m: number }) => distance_m);
    expect(ways).toEqual([...ways].sort((a, b) => a - b));
    expect(ways.every((way: number) => way > 0 && way <= 1000)).toBe(true);
    const point = await ask(small, '/services?lat=51.546789&lng=-0.066123&proximity=1000');
    expect(point.body.contents).toEqual(body.contents);
    const places = await ask(small, '/service_at_locations?postcode=E8%201EA&proximity=1000');
    expect(places.body.contents.map((it: { location_id: string }) => it.location_id)).toEqual([
      IDS.church,
      IDS.hall,
      IDS.hall,
    ]);
    expect((await ask(small, '/service_at_locations?postcode=E8%201EA&proximity=1')).body.total_items).toBe(0);
  });

  test('without a distance: what serves the place, and not what is only near', async () => {
    const { body } = await ask(small, '/services?postcode=E8%201EA&per_page=100');
    const ids = body.contents.map(({ id }: { id: string }) => id);
    expect(ids).toContain(IDS.class);
    expect(ids).toContain(IDS.befriending);
    expect(ids).toContain(IDS.course);
    expect(ids).not.toContain(IDS.elsewhere);
    const places = await ask(small, '/service_at_locations?postcode=E8%201EA');
    expect(places.body.contents.some((it: { service_id: string }) => it.service_id === IDS.elsewhere)).toBe(false);
    expect(places.body.total_items).toBeGreaterThan(0);
  });

  test('a postcode stays with who asked: nothing is kept, and no link repeats it', async () => {
    const { response, body } = await ask(small, '/services?postcode=E8%201EA&per_page=1');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('link')).toBeNull();
    expect(response.headers.get('etag')).toBeNull();
    expect(JSON.stringify(body)).not.toContain('E8 1EA');
  });

  test('what cannot be found is a problem with the way on', async () => {
    const { status, body } = await ask(small, '/services?postcode=SW1');
    expect([status, body.outcome, body.choices.length]).toEqual([404, 'several', 2]);
    expect((await ask(small, '/services?proximity=5')).body.detail).toContain('give the place too');
  });
});

describe('taxonomies', () => {
  test('terms by taxonomy, by parent, and the top ones alone', async () => {
    const of = async (query: string) => (await ask(world, `/taxonomy_terms?per_page=500&${query}`)).body.contents;
    const categories = await of(`taxonomy_id=${taxonomy('category')}`);
    const top = await of(`taxonomy_id=${taxonomy('category')}&top_only=true`);
    expect(top).toHaveLength(5);
    expect(categories.length).toBeGreaterThan(30);
    const below = await of(`parent_id=${top[1].id}`);
    expect(below.map(({ code }: { code: string }) => code)).toEqual(['warm-spaces', 'community-halls', 'digital-help']);
    expect((await of('top_only=false')).length).toBeGreaterThan(categories.length);
  });

  test('every term in a record can be looked up', async () => {
    const used = new Set<string>();
    for (const record of await linesOf<{ attributes?: { taxonomy_term_id: string }[] }>(
      world,
      '/services?full=true&format=ndjson',
    ))
      for (const { taxonomy_term_id } of record.attributes ?? []) used.add(taxonomy_term_id);
    expect(used.size).toBeGreaterThan(40);
    for (const id of used) expect([id, (await ask(world, `/taxonomy_terms/${id}`)).status]).toEqual([id, 200]);
  });
});

describe('forms', () => {
  test('minimal: every id with its date, on one page', async () => {
    const { body } = await ask(world, '/services?minimal=true');
    expect(body).toMatchObject({
      total_items: all.length,
      total_pages: 1,
      page_number: 1,
      size: all.length,
      first_page: true,
      last_page: true,
      empty: false,
    });
    expect(body.contents.map(({ id }: { id: string }) => id)).toEqual(idsWhere(() => true));
    expect(Object.keys(body.contents[0])).toEqual(['id', 'last_modified', 'modified_date']);
    const filtered = await ask(world, `/services?minimal=true&taxonomy_term_id=${term('kind', 'clinical')}`);
    expect(filtered.body.total_items).toBe(idsWhere(({ kind }) => kind === 'clinical').length);
    expect((await ask(world, '/services?minimal=true&per_page=10&page=2')).body).toMatchObject({
      size: 10,
      page_number: 2,
    });
    expect((await ask(world, '/services?minimal=true&page=2')).body).toMatchObject({
      size: 0,
      empty: true,
      last_page: true,
    });
    expect((await ask(world, '/services?minimal=true&search=zzqqxx')).body).toMatchObject({
      total_items: 0,
      contents: [],
    });
  });

  test('full: each as it is by itself; short: nothing that is a list', async () => {
    const whole = (await ask(world, '/services?full=true&per_page=20')).body.contents;
    for (const record of whole) expect((await ask(world, `/services/${record.id}`)).body).toEqual(record);
    for (const record of (await ask(world, '/services?per_page=500')).body.contents)
      expect(Object.values(record).filter(Array.isArray)).toEqual([]);
    const places = (await ask(world, '/service_at_locations?full=true&per_page=20')).body.contents;
    for (const record of places) expect((await ask(world, `/service_at_locations/${record.id}`)).body).toEqual(record);
  });

  test('an organization with its services, by id or whole', async () => {
    const { body } = await ask(small, `/organizations/${IDS.moves}`);
    expect(body.services).toEqual(
      [IDS.class, IDS.befriending, IDS.course, IDS.elsewhere, IDS.full].sort().map((id) => ({ id })),
    );
    const whole = (await ask(small, `/organizations/${IDS.moves}?full_service=true`)).body;
    expect(whole.services[0]).toEqual((await ask(small, `/services/${whole.services[0].id}`)).body);
    const listed = (await ask(small, '/organizations?full_service=true')).body.contents;
    expect(listed.find(({ id }: { id: string }) => id === IDS.moves)).toEqual(whole);
    expect((await ask(small, '/organizations')).body.contents[0].services).toBeUndefined();
  });

  test('what is wrong is a problem that names the parameter', async () => {
    const WRONG: [string, string][] = [
      ['/services?page=0', 'page'],
      ['/services?per_page=501', 'per_page'],
      ['/services?full=maybe', 'full'],
      ['/services?modified_after=yesterday', 'modified_after'],
      ['/services?modified_after=2026-02-30', 'modified_after'],
      ['/services?day=Blursday', 'day'],
      ['/services?start_time=25:00', 'start_time'],
      ['/services?day=MO,TU&start_time=09:00,10:00,11:00', 'start_time'],
      ['/services?format=xml', 'format'],
      ['/services?lat=51.5', 'lng'],
      ['/services?colour=red', 'colour'],
      ['/service_at_locations?minimal=true', 'minimal'],
      ['/organizations?full_service=2', 'full_service'],
      ['/taxonomy_terms?top_only=x', 'top_only'],
    ];
    for (const [path, parameter] of WRONG) {
      const { response, body } = await ask(world, path);
      expect([path, response.status, body.parameter]).toEqual([path, 400, parameter]);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    }
  });

  test('an unencoded plus before an offset is read as one', async () => {
    for (const date of [
      '2026-11-20T10:00:00+01:00',
      '2026-11-20T10:00:00%2B01:00',
      '2026-11-20 09:00',
      '2026-11-20T09:00Z',
    ])
      expect([date, (await ask(world, `/services?modified_after=${date}`)).body.total_items]).toEqual([
        date,
        all.length,
      ]);
  });
});
