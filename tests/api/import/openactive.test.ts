import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Listing } from '../../../api/domain/service.ts';
import type { Feed } from '../../../api/store/feeds.ts';
import { findListing, publicListings } from '../../../api/store/listings.ts';
import { createSignpost, harvest, register, type Signpost, sendJson, serveFeed } from './world.ts';

/** Sessions of OpenActive: feeds that are paged, of series with their sessions, as its own examples have them. */

const require = createRequire(import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: the shape of somebody else's examples.
type Json = any;

const example = (name: string): Json =>
  JSON.parse(
    readFileSync(require.resolve(`@openactive/data-models/versions/2.x/examples/${name}_example_1.json`), 'utf8'),
  ).items[0].data;

/** The series of the examples, brought to the year of the tests. */
const series = (id: string, changes: Json = {}): Json => ({
  ...example('sessionseries-split'),
  '@id': `https://sport.example.org/series/${id}`,
  identifier: id,
  name: `Class ${id}`,
  eventSchedule: [],
  ...changes,
});
const session = (of: string, startDate: string, endDate: string): Json => ({
  ...example('scheduledsession-split'),
  '@id': `https://sport.example.org/series/${of}/${startDate}`,
  superEvent: `https://sport.example.org/series/${of}`,
  startDate,
  endDate,
});
const SCHEDULE = {
  '@type': 'PartialSchedule',
  repeatFrequency: 'P1W',
  startTime: '18:30',
  endTime: '19:30',
  byDay: ['https://schema.org/Tuesday'],
};

let number = 0;
const item = (kind: string, id: string, data: Json | null): Json => ({
  state: data === null ? 'deleted' : 'updated',
  kind,
  id,
  modified: ++number,
  ...(data && { data }),
});

const servers: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A feed with two items a page, in the order of its change numbers. */
async function serve(items: () => readonly Json[]) {
  /** What it answers instead, until it is read from its beginning. */
  const state = { answers: null as number | null };
  const server = await serveFeed((request, response, url) => {
    if (!url.searchParams.has('afterChangeNumber')) state.answers = null;
    if (state.answers !== null) return sendJson(response, {}, state.answers);
    const after = Number(url.searchParams.get('afterChangeNumber') ?? 0);
    const page = items()
      .filter(({ modified }) => modified > after)
      .slice(0, 2);
    const last = page.at(-1)?.modified ?? after;
    const next = `http://${request.headers.host}/feed?afterChangeNumber=${last}`;
    response.setHeader('cache-control', `public, max-age=${page.length > 0 ? 3600 : 8}`);
    return sendJson(response, { next, items: page, license: 'https://creativecommons.org/licenses/by/4.0/' });
  });
  servers.push(server);
  return Object.assign(state, server);
}

const named = ({ db }: Signpost, name: string): Listing | undefined =>
  [...publicListings(db)].find(({ service }) => service.name === name);

test('a feed that the validator of OpenActive accepts is read to its end', async () => {
  const items = [
    item('SessionSeries', 'a', series('a', { eventSchedule: [{ ...SCHEDULE, exceptDate: ['2026-12-22T18:30:00Z'] }] })),
    item('FacilityUse', 'pitch', { '@type': 'FacilityUse', name: 'Five-a-side pitch' }),
    item(
      'SessionSeries',
      'b',
      series('b', { genderRestriction: 'https://openactive.io/FemaleOnly', isAccessibleForFree: true }),
    ),
    item('ScheduledSession', 'b1', session('b', '2026-11-25T10:00:00+00:00', '2026-11-25T11:00:00+00:00')),
    item('ScheduledSession', 'b2', session('b', '2026-12-02T10:00:00Z', '2026-12-02T11:00:00Z')),
    item('SessionSeries', 'c', series('c', { eventSchedule: [{ ...SCHEDULE, endDate: '2026-11-03' }] })),
    item('SessionSeries', 'd', null),
  ];
  const server = await serve(() => items);
  const { RpdeValidator } = require('@openactive/rpde-validator');
  const log = await RpdeValidator(`${server.url}/feed`, { requestDelayMs: 0 });
  expect(
    log.pages.flatMap(({ errors }: Json) => errors.filter(({ data }: Json) => data.severity === 'failure')),
  ).toEqual([]);

  const signpost = createSignpost();
  const report = await harvest(signpost, register(signpost, `${server.url}/feed`));
  expect(report).toMatchObject({ outcome: 'complete', added: 2, refused: 0 });
  const first = named(signpost, 'Class a')!;
  expect(first.service).toMatchObject({
    schedules: [
      {
        freq: 'WEEKLY',
        byday: 'TU',
        opens_at: '18:30',
        closes_at: '19:30',
        exceptions: [{ from: '2026-12-22', to: '2026-12-22' }],
      },
    ],
    eligibility: { minimum_age: 16, description: 'Level: Beginner.' },
    taxonomy_terms: ['movement'],
  });
  expect(first.service.cost_options.map(({ amount }) => amount)).toEqual([3.3, 3.3]);
  expect(first.service.description).toContain('Access support: Visual impairment.');
  expect(first.locations[0]).toMatchObject({
    name: 'Middlesbrough Sports Village',
    address: { address_1: 'Alan Peacock Way', postal_code: 'TS4 3AE' },
  });
  expect(JSON.stringify(first)).not.toContain('Nicole');
  // Sessions of a series that stand in the feed by themselves are folded into it.
  expect(named(signpost, 'Class b')!.service).toMatchObject({
    schedules: [{ freq: 'WEEKLY', byday: 'WE', opens_at: '10:00', closes_at: '11:00' }],
    eligibility: { restrictions: ['Women only'] },
    cost_options: [{ option: 'free' }],
  });
});

test('what is deleted, cancelled or over goes at the next harvest, and comes back when it is back', async () => {
  const data = series('a', { eventSchedule: [SCHEDULE] });
  let items = [
    item('SessionSeries', 'a', data),
    item('SessionSeries', 'b', series('b', { eventSchedule: [SCHEDULE] })),
  ];
  const server = await serve(() => items);
  const signpost = createSignpost();
  const feed = register(signpost, `${server.url}/feed`);
  await harvest(signpost, feed);
  const { service } = named(signpost, 'Class a')!;

  items = [
    item('SessionSeries', 'a', null),
    item('SessionSeries', 'b', series('b', { eventStatus: 'https://schema.org/EventCancelled' })),
  ];
  const report = await harvest(signpost, feed);
  expect(report.notes.map(({ name, words }) => [name, words])).toEqual([
    ['Class b', 'It has ended, or was cancelled.'],
    ['Class a', 'Its source has deleted it.'],
  ]);
  expect(findListing(signpost.db, service.id)?.state).toBe('archived');
  expect(await harvest(signpost, feed)).toMatchObject({ outcome: 'complete', changed: 0 });

  items = [item('SessionSeries', 'a', data)];
  await harvest(signpost, feed);
  expect(named(signpost, 'Class a')?.service.id).toBe(service.id);
});

describe('a second harvest', () => {
  let items: Json[];
  let server: Awaited<ReturnType<typeof serve>>;
  let signpost: Signpost;
  let feed: Feed;
  const again = async () => {
    server.asked.length = 0;
    const report = await harvest(signpost, feed);
    expect(report.outcome).toBe('complete');
    return report;
  };
  /** What the feed is asked for from its beginning. */
  const whole = () => expect(server.asked[0]).toBe('/feed');

  beforeEach(async () => {
    items = [
      item('SessionSeries', 'a', series('a', { eventSchedule: [{ ...SCHEDULE, endDate: '2026-12-08' }] })),
      item('SessionSeries', 'b', series('b')),
      item('ScheduledSession', 'b1', session('b', '2026-12-02T10:00:00Z', '2026-12-02T11:00:00Z')),
      item('SessionSeries', 'c', series('c', { eventSchedule: [SCHEDULE] })),
      item('ScheduledSession', 'd1', {
        ...session('d', '2026-12-03T14:00:00Z', '2026-12-03T15:00:00Z'),
        superEvent: series('d'),
      }),
    ];
    server = await serve(() => items);
    signpost = createSignpost();
    feed = register(signpost, `${server.url}/feed`, 'Sport', 'Middlesbrough');
    expect(await harvest(signpost, feed)).toMatchObject({ outcome: 'complete', added: 4 });
  });

  test('begins where the first one ended, and loses nothing', async () => {
    expect(await again()).toMatchObject({ added: 0, changed: 0, unchanged: 4 });
    expect(server.asked).toEqual([`/feed?afterChangeNumber=${number}`]);

    const end = number;
    items.push(item('ScheduledSession', 'b2', session('b', '2026-12-09T10:00:00Z', '2026-12-09T11:00:00Z')));
    items.push(item('SessionSeries', 'c', null));
    items.push(item('ScheduledSession', 'd1', null));
    const changes = (await again()).notes.filter(({ kind }) => kind === 'changed');
    expect(new Set(changes.map(({ name, field }) => `${name}: ${field}`))).toEqual(
      new Set(['Class b: kind', 'Class b: schedules', 'Class c: state', 'Class d: state']),
    );
    expect(server.asked[0]).toBe(`/feed?afterChangeNumber=${end}`);
    // The new session beside the one that came before.
    expect(named(signpost, 'Class b')!.service.schedules).toMatchObject([{ freq: 'WEEKLY', byday: 'WE' }]);
    expect(['a', 'b', 'c', 'd'].filter((it) => named(signpost, `Class ${it}`))).toEqual(['a', 'b']);
    expect(await again()).toMatchObject({ changed: 0, unchanged: 2 });
  });

  test('lets go of what has ended, of which the feed says nothing more', async () => {
    for (const day of ['26', '30']) {
      signpost.clock.at = new Date(`2026-11-${day}T09:00:00Z`);
      await again();
    }
    signpost.clock.at = new Date('2026-12-05T09:00:00Z');
    await again();
    expect(server.asked).toHaveLength(1);
    expect(['a', 'b', 'c', 'd'].filter((it) => named(signpost, `Class ${it}`))).toEqual(['a', 'c']);
    signpost.clock.at = new Date('2026-12-10T09:00:00Z');
    await again();
    expect(['a', 'b', 'c', 'd'].filter((it) => named(signpost, `Class ${it}`))).toEqual(['c']);
  });

  test('begins anew after a week without one, since what was deleted is told no longer', async () => {
    signpost.clock.at = new Date('2026-11-29T09:00:00Z');
    await again();
    whole();
  });

  test.each([404, 410])('begins anew where the feed answers %i to the place', async (status) => {
    server.answers = status;
    items.push(item('SessionSeries', 'e', series('e', { eventSchedule: [SCHEDULE] })));
    expect(await again()).toMatchObject({ added: 1, unchanged: 4 });
    expect(server.asked.slice(0, 2)).toEqual([expect.stringContaining('afterChangeNumber'), '/feed']);
  });

  test('that breaks off begins there once more', async () => {
    server.answers = 500;
    items.push(item('SessionSeries', 'e', series('e', { eventSchedule: [SCHEDULE] })));
    expect((await harvest(signpost, feed)).outcome).toBe('failed');
    server.answers = null;
    expect(await again()).toMatchObject({ added: 1, unchanged: 4 });
    expect(server.asked[0]).toContain('afterChangeNumber');
  });
});

test('a feed whose pages lead round in a circle is no end of pages', async () => {
  const server = await serveFeed((request, response) =>
    sendJson(response, {
      next: `http://${request.headers.host}/feed?afterChangeNumber=1`,
      items: [item('SessionSeries', 'a', series('a'))],
    }),
  );
  servers.push(server);
  const signpost = createSignpost();
  const report = await harvest(signpost, register(signpost, `${server.url}/feed`));
  expect(report.outcome).toBe('failed');
  expect(report.words).toContain('has no end');
});

test('weekly sessions that have yet to begin are not shown before their first', async () => {
  const weeks = ['12-08', '12-15', '12-22'].map((day) => `2026-${day}`);
  const items = [
    item('SessionSeries', 'later', series('later')),
    ...weeks.map((day) => item('ScheduledSession', day, session('later', `${day}T18:00:00Z`, `${day}T19:00:00Z`))),
  ];
  const server = await serve(() => items);
  const signpost = createSignpost('2026-11-23T09:00:00Z');
  await harvest(signpost, register(signpost, `${server.url}/feed`));
  const id = named(signpost, 'Class later')?.service.id;
  const { next_sessions } = await (await signpost.api.request(`/api/v1/services/${id}`)).json();
  expect(next_sessions.map(({ date }: { date: string }) => date).slice(0, 3)).toEqual(weeks);
});

test.each([
  [
    'so often',
    { repeatCount: 6, startDate: '2026-11-24', byDay: ['schema:Tuesday', 'schema:Thursday'] },
    { valid_to: '2026-12-10' },
  ],
  ['by the clocks of another country', { scheduleTimezone: 'Europe/Paris' }, { dates_unknown: true }],
  ['by the clocks of here', { scheduleTimezone: 'Europe/London' }, { freq: 'WEEKLY', byday: 'TU' }],
])('a schedule that is said to hold %s', async (_, changes, wanted) => {
  const data = series('a', { eventSchedule: [{ ...SCHEDULE, ...changes }] });
  const items = [item('SessionSeries', 'a', data)];
  const server = await serve(() => items);
  const signpost = createSignpost();
  await harvest(signpost, register(signpost, `${server.url}/feed`));
  expect(named(signpost, 'Class a')!.service.schedules).toMatchObject([wanted]);
});
