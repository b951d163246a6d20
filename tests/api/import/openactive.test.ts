import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, expect, test } from 'vitest';
import type { Listing } from '../../../api/domain/service.ts';
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
  const server = await serveFeed((request, response, url) => {
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
  return server;
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
