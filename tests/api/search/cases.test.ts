import { describe, expect, it } from 'vitest';
import type { Listing } from '../../../api/domain/service.ts';
import { createSearchIndex } from '../../../api/search/index.ts';
import { waysOut } from '../../../api/search/query/ways-out.ts';
import { type Filters, METRES_PER_MILE } from '../../../api/search/types.ts';
import { E8, HACKNEY, ISLINGTON, listing, query, UK, venue } from './listings.ts';

/** The cases in which other directories answer wrongly, and the rules of docs/ranking.md, by name. */

const indexOf = (...listings: Listing[]) => createSearchIndex(listings, { groups: [] });
const hitsOf = (listings: Listing[], rest: Parameters<typeof query>[0] = {}) =>
  indexOf(...listings)
    .search(query(rest))
    .hits.map((hit) => [listings.find((it) => it.service.id === hit.id)?.service.name, hit.reach, hit.distance_m]);

describe('where others fall short', () => {
  it('a service without an address does not vanish when a place is given, nor sit at 0,0', () => {
    const befriending = listing(
      { name: 'Befriending', attending_types: ['at_home'], service_areas: [HACKNEY] },
      { locations: [] },
    );
    expect(hitsOf([befriending])).toEqual([['Befriending', 'area', null]]);
    expect(hitsOf([befriending], { place: { ...E8, latitude: 49.9, longitude: -6.3 } })).toEqual([
      ['Befriending', 'area', null],
    ]);
  });

  it('3.5 km in London reads 3.5 km', () => {
    // 3.5 km due east at 51.5 degrees north.
    const [hit] = hitsOf([listing({ name: 'Class' }, { locations: [venue(51.5465, -0.0554 + 0.050602)] })]);
    expect(hit?.[2]).toBeGreaterThan(3490);
    expect(hit?.[2]).toBeLessThan(3510);
  });

  it('a borough-wide service shows no distance, least of all one beyond the radius', () => {
    const advice = listing(
      { name: 'Advice', attending_types: ['in_person', 'at_home'], service_areas: [HACKNEY] },
      { locations: [venue(51.6, -0.2)] },
    );
    expect(hitsOf([advice], { radius_m: 1000 })).toEqual([['Advice', 'area', null]]);
  });

  it('services across the street in the neighbouring authority are shown', () => {
    const across = listing({ name: 'Across' }, { locations: [venue(51.5466, -0.0556)] });
    const theirs = listing({ name: 'Theirs', service_areas: [ISLINGTON] }, { locations: [venue(51.5466, -0.0556)] });
    const answer = indexOf(across, theirs).search(query());
    expect(answer.totals).toEqual({ venue: 1, area: 0, remote: 0, unclear: 0, not_serving: 1 });
    expect(answer.hits.map((hit) => hit.id)).toEqual([across.service.id]);
    const refused = indexOf(across, theirs).search(query({ reach: ['not_serving'] }));
    expect(refused.hits).toMatchObject([{ id: theirs.service.id, reach: 'not_serving' }]);
  });

  it('of a service with several branches the nearest counts, once', () => {
    const far = venue(51.58, -0.1);
    const near = venue(51.547, -0.056);
    const farther = venue(51.55, -0.06);
    const branches = listing({ name: 'Branches' }, { locations: [far, near, farther] });
    const { hits, totals } = indexOf(branches).search(query());
    expect(totals.venue).toBe(1);
    expect(hits).toMatchObject([{ location_id: near.id }]);
  });

  it('results are by distance, and a mile is a mile', () => {
    const names = ['B', 'A', 'C'].map((name, at) =>
      listing({ name }, { locations: [venue(51.5465 + at * 0.004, -0.0554)] }),
    );
    expect(hitsOf(names).map(([name]) => name)).toEqual(['B', 'A', 'C']);
    const half = hitsOf([listing({ name: 'Edge' }, { locations: [venue(51.5465 + 0.00717, -0.0554)] })], {
      radius_m: 0.5 * METRES_PER_MILE,
    });
    expect(half).toHaveLength(1);
  });

  it('a misspelt word finds', () => {
    const stroke = listing({ name: 'Stroke club' });
    expect(indexOf(stroke).search(query({ q: 'stroek' }))).toMatchObject({ total: 1, searched_for: 'stroke' });
  });
});

describe('the four ways', () => {
  it('a refuge is found by its area, and no point of it leaves', () => {
    const refuge = listing(
      { name: 'Refuge', service_areas: [HACKNEY] },
      { locations: [venue(51.5466, -0.0555, { confidential: true, name: 'Secret house' })] },
    );
    const answer = indexOf(refuge).search(query());
    expect(answer.hits).toEqual([
      {
        id: refuge.service.id,
        reach: 'area',
        match: 'words',
        certain: true,
        area: 'Hackney',
        distance_m: null,
        location_id: null,
        on_border: false,
      },
    ]);
    expect(indexOf(refuge).search(query({ q: 'secret' })).total).toBe(0);
    expect(indexOf(refuge).towns()).toEqual([]);
  });

  it('online beside a venue beyond the radius is remote; within it, a venue', () => {
    const both = listing(
      { name: 'Both', attending_types: ['in_person', 'online'] },
      { locations: [venue(51.7, -0.3)] },
    );
    expect(hitsOf([both])).toEqual([['Both', 'remote', null]]);
    expect(hitsOf([both], { radius_m: 40_000 })[0]?.[1]).toBe('venue');
  });

  it('what lies too far and can be had in no other way is not there', () => {
    expect(hitsOf([listing({ name: 'Far' }, { locations: [venue(51.7, -0.3)] })])).toEqual([]);
  });

  it('far away, not to be told that it does not serve', () => {
    const theirs = listing({ name: 'Theirs', service_areas: [ISLINGTON] }, { locations: [venue(51.7, -0.3)] });
    expect(indexOf(theirs).search(query({ reach: ['not_serving'] })).totals.not_serving).toBe(0);
  });

  it('areas come smallest first, and what may serve says so', () => {
    const ward = { type: 'ward' as const, code: 'E05009374', name: 'Homerton', district: 'E09000012' };
    const visits = { attending_types: ['at_home' as const] };
    const listings = [
      listing({ name: 'A country', ...visits, service_areas: [UK] }, { locations: [] }),
      listing({ name: 'B borough', ...visits, service_areas: [HACKNEY] }, { locations: [] }),
      listing({ name: 'C ward', ...visits, service_areas: [ward] }, { locations: [] }),
    ];
    const { hits } = indexOf(...listings).search(query());
    expect(hits.map((hit) => [hit.area, hit.certain])).toEqual([
      ['Homerton', false],
      ['Hackney', true],
      ['the United Kingdom', true],
    ]);
  });

  it('what is online too and near is a venue, whichever few are looked at first', () => {
    const near = Array.from({ length: 200 }, (_, n) =>
      listing({ name: `Near ${n}` }, { locations: [venue(51.5466 + n * 1e-6, -0.0554)] }),
    );
    const both = { attending_types: ['in_person' as const, 'online' as const] };
    const listings = [
      ...near,
      listing({ name: 'One place', ...both }, { locations: [venue(51.57, -0.0554)] }),
      listing({ name: 'Two places', ...both }, { locations: [venue(51.57, -0.0554), venue(51.7, -0.3)] }),
      listing({ name: 'Online alone', attending_types: ['online'] }, { locations: [] }),
    ];
    expect(hitsOf(listings, { each: 2 }).map(([name, reach]) => [name, reach])).toEqual([
      ['Near 0', 'venue'],
      ['Near 1', 'venue'],
      ['Online alone', 'remote'],
    ]);
  });

  it('sections stand in their order, the not confirmed last in each', () => {
    const online = { attending_types: ['online' as const] };
    const listings = [
      listing({ name: 'A online', ...online }, { locations: [], state: 'unconfirmed' }),
      listing({ name: 'B online', ...online }, { locations: [] }),
      listing({ name: 'C venue' }, { state: 'unconfirmed', locations: [venue(51.5465, -0.0554)] }),
      listing({ name: 'D venue' }, { locations: [venue(51.55, -0.06)] }),
    ];
    expect(hitsOf(listings).map(([name]) => name)).toEqual(['D venue', 'C venue', 'B online', 'A online']);
  });

  it('without a place everything is there, by name', () => {
    const listings = [
      listing({ name: 'Élan', attending_types: ['online'] }, { locations: [] }),
      listing({ name: 'Zumba' }),
      listing({ name: 'archery' }),
    ];
    expect(hitsOf(listings, { place: null }).map(([name, reach]) => [name, reach])).toEqual([
      ['archery', 'venue'],
      ['Zumba', 'venue'],
      ['Élan', 'remote'],
    ]);
  });
});

describe('the radius', () => {
  it('is the smallest that holds ten, after filters', () => {
    const ring = (count: number, north: number, kind: 'activity' | 'social') =>
      Array.from({ length: count }, (_, n) =>
        listing({ name: `${kind} ${n}`, kind }, { locations: [venue(51.5465 + north, -0.0554)] }),
      );
    const index = indexOf(...ring(9, 0.001, 'activity'), ...ring(1, 0.02, 'activity'), ...ring(30, 0.001, 'social'));
    const automatic = (filters: object) => index.search(query({ radius_m: null, filters })).radius_m;
    expect(automatic({})).toBe(0.5 * METRES_PER_MILE);
    expect(automatic({ kind: ['activity'] })).toBe(2 * METRES_PER_MILE);
    expect(automatic({ kind: ['clinical'] })).toBe(20 * METRES_PER_MILE);
  });

  it('may be 0, and a page may be far out', () => {
    const here = listing({ name: 'Here' }, { locations: [venue(51.5465, -0.0554)] });
    expect(hitsOf([here], { radius_m: 0 })).toEqual([['Here', 'venue', 0]]);
    expect(indexOf(here).search(query({ page: 1e9 }))).toMatchObject({ hits: [], total: 1 });
  });
});

describe('days and times', () => {
  it('are of one and the same session', () => {
    const sessions = [
      { freq: 'WEEKLY' as const, byday: 'TU', opens_at: '10:00' },
      { freq: 'WEEKLY' as const, byday: 'FR', opens_at: '18:00' },
    ].map((it) => ({ ...it, interval: 1, term_time: false, exceptions: [], additional_dates: [] }));
    const class_ = listing({ name: 'Class', schedules: sessions });
    expect(hitsOf([class_], { filters: { day: ['TU'], time: ['morning'] } })).toHaveLength(1);
    expect(hitsOf([class_], { filters: { day: ['TU'], time: ['evening'] } })).toHaveLength(0);
    const { facets } = indexOf(class_).search(query({ filters: { day: ['TU'] } }));
    expect([facets.time, facets.day]).toEqual([{ morning: 1 }, { TU: 1, FR: 1 }]);
  });
});

describe('access', () => {
  const yes = (...features: string[]) => ({
    accessibility: Object.fromEntries(features.map((feature) => [feature, 'yes'])),
  });
  const near = venue(51.547, -0.056, yes('step_free'));
  const farther = venue(51.55, -0.06, yes('step_free', 'parking'));
  const beyond = venue(51.7, -0.3, yes('step_free', 'hearing_loop'));
  const branches = listing({ name: 'Branches' }, { locations: [near, farther, beyond] });

  it('is of the very place that is shown', () => {
    const shown = (access: Filters['access']) => indexOf(branches).search(query({ filters: { access } })).hits[0];
    expect(shown([])?.location_id).toBe(near.id);
    expect(shown(['step_free'])?.location_id).toBe(near.id);
    expect(shown(['parking'])?.location_id).toBe(farther.id);
    expect(shown(['parking'])?.distance_m).toBeGreaterThan(400);
    // One place has the one and another the other: there is nowhere with both.
    expect(shown(['parking', 'hearing_loop'])).toBeUndefined();
    // The place that has it lies beyond the circle.
    expect(shown(['hearing_loop'])).toBeUndefined();
  });

  it('is counted over what lies within reach', () => {
    const counts = (rest: object) => indexOf(branches).search(query(rest)).facets.access;
    expect(counts({})).toEqual({ step_free: 1, parking: 1 });
    expect(counts({ filters: { access: ['parking'] } })).toEqual({ step_free: 1, parking: 1 });
    expect(counts({ radius_m: 50_000 })).toEqual({ step_free: 1, parking: 1, hearing_loop: 1 });
    expect(counts({ place: null, filters: { access: ['hearing_loop'] } })).toEqual({ step_free: 1, hearing_loop: 1 });
  });

  it('shows without a place the first place that has it', () => {
    const { hits } = indexOf(branches).search(query({ place: null, filters: { access: ['parking', 'step_free'] } }));
    expect(hits).toMatchObject([{ reach: 'venue', location_id: farther.id }]);
  });

  it('of no place is not known: what says no public place is left out', () => {
    const hidden = venue(51.547, -0.056, { ...yes('step_free'), confidential: true });
    const listings = [
      listing({ name: 'Refuge', service_areas: [HACKNEY] }, { locations: [hidden] }),
      listing({ name: 'Online', attending_types: ['online'] }, { locations: [] }),
      listing({ name: 'Both', attending_types: ['in_person', 'online'] }, { locations: [beyond] }),
    ];
    expect(hitsOf(listings).map(([name]) => name)).toEqual(['Refuge', 'Both', 'Online']);
    expect(hitsOf(listings, { filters: { access: ['step_free'] } })).toEqual([['Both', 'remote', null]]);
  });
});

describe('a change', () => {
  it('is seen by the next search, whole', () => {
    const first = listing({ name: 'Xylophones' });
    const index = indexOf(first);
    index.put([{ ...first, service: { ...first.service, name: 'New words' } }]);
    expect([index.search(query({ q: 'xylophones' })).total, index.search(query({ q: 'new words' })).total]).toEqual([
      0, 1,
    ]);
    index.put([{ ...first, state: 'suspended' }]);
    expect([index.size, index.search(query()).total]).toEqual([0, 0]);
    index.put([first]);
    index.remove([first.service.id]);
    expect([index.size, index.suggest('xylo', 5)]).toEqual([0, []]);
  });

  it('of many listings, one after the other, keeps every one', () => {
    const index = indexOf();
    const all = Array.from({ length: 500 }, (_, n) => listing({ name: `Class ${n}` }));
    for (const one of all) index.put([one]);
    expect([index.size, index.search(query({ per_page: 1 })).total]).toEqual([500, 500]);
  });
});

describe('ways out of an empty answer', () => {
  it('drop a filter, widen the circle, or go to the nearest; each gives what it says', () => {
    const far = listing({ name: 'Far yoga', kind: 'social' }, { locations: [venue(51.5465 + 0.1, -0.0554)] });
    const index = indexOf(far);
    const asked = query({ radius_m: 1000, filters: { kind: ['social'] } });
    expect(waysOut(index, asked, index.search(asked))).toMatchObject([
      { kind: 'widen', radius_miles: 10, total: 1 },
      { kind: 'nearest', hit: { id: far.service.id } },
    ]);
    const wrong = query({ radius_m: 20_000, q: 'yoga', filters: { kind: ['event'], cost: [] } });
    expect(waysOut(index, wrong, index.search(wrong))).toEqual([{ kind: 'drop_filter', filter: 'kind', total: 1 }]);
    const found = query({ radius_m: 20_000 });
    expect(waysOut(index, found, index.search(found))).toEqual([]);
  });
});

describe('suggestions', () => {
  it('are names of which a word begins so, those that begin with it first', () => {
    const index = indexOf(
      listing({ name: 'Chair yoga' }, { organization: 'Yoga for all' }),
      listing({ name: 'Yoga in the park' }),
      listing({ name: 'Yoga in the park' }),
      listing({ name: 'Gardening', summary: 'No yoga here' }),
    );
    expect(index.suggest('yog', 10).map(({ kind, label }) => [kind, label])).toEqual([
      ['organization', 'Yoga for all'],
      ['service', 'Yoga in the park'],
      ['service', 'Chair yoga'],
    ]);
    expect(index.suggest('carers', 1)).toEqual([{ kind: 'category', id: 'carers', label: 'Carers' }]);
    expect([index.suggest('', 5), index.suggest('yoga', 0)]).toEqual([[], []]);
  });
});
