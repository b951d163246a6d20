import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Feed } from '../../../api/store/feeds.ts';
import { findFeed } from '../../../api/store/feeds.ts';
import { serviceOf } from '../../../api/store/imported.ts';
import { findListing } from '../../../api/store/listings.ts';
import { currentId } from '../../../api/store/renewed-ids.ts';
import { FEED } from '../../fixtures/feed.ts';
import { createSignpost, harvest, register, type Signpost, serveFeed } from './world.ts';

/** A place that is kept private here, and a source that brings it again otherwise than it was. */

type Json = Record<string, unknown>;

const STREET = '14 Evelyn Walk';
const POSTCODE = 'E8 1EA';
/** A record with ids of its own for every number. */
const made = (number: number, more: Json = {}): Json =>
  JSON.parse(
    JSON.stringify({ ...FEED.plain, name: `Room ${number}`, ...more })
      .replaceAll(
        /c0000000-0000-4000-8000-0000000([0-9a-f]{5})/g,
        (_, end) => `d${String(number).padStart(7, '0')}-0000-4000-8000-0000000${end}`,
      )
      .replaceAll('1 Mare Street', number === 3 ? STREET : `${number} Mare Street`),
  );
const idOf = (number: number): string => String(made(number)['id']);
const hallOf = (number: number): string => listingOf(number)?.locations[0]?.id ?? '';
/** A record in which one word stands for another, wherever it stood. */
const otherwise = (record: Json, ...changes: [from: string, to: string][]): Json =>
  JSON.parse(changes.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(record)));

let signpost: Signpost;
let records: Json[];
let served: Awaited<ReturnType<typeof serveFeed>>;
let feed: Feed;
let hall: string;

const listingOf = (number: number) => findListing(signpost.db, currentId(signpost.db, idOf(number)));
const serve = (of: () => Json[]) =>
  serveFeed((_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.end(
      of()
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    );
  });
const again = (which: Feed = feed) => {
  signpost.clock.at = new Date(signpost.clock.at.getTime() + 86_400_000);
  return harvest(signpost, findFeed(signpost.db, which.id) as Feed);
};
/** All that leaves. */
const everything = async (): Promise<string> => {
  const paths = [
    '/api/v1/search?per_page=100',
    '/api/v1/services.csv',
    '/api/v1/search.geojson?per_page=100',
    '/api/openreferral/v3/services?full=true&per_page=100',
    '/api/openreferral/v3/service_at_locations?per_page=100',
    '/fhir/R4/Location?_count=100',
    '/fhir/R4/HealthcareService?_count=100',
  ];
  const answers = await Promise.all(paths.map(async (path) => (await signpost.api.request(path)).text()));
  return answers.join('\n');
};
const hide = (number: number): void => {
  const [place] = listingOf(number)?.locations ?? [];
  signpost.directory.change((save) =>
    save({ locations: [{ ...place!, confidential: true }] }, { action: 'edited', role: 'moderator' }),
  );
};

beforeEach(async () => {
  signpost = createSignpost();
  records = [made(1), made(3)];
  served = await serve(() => records);
  feed = register(signpost, `${served.url}/feed.ndjson`);
  await again();
  hall = hallOf(3);
  expect(await everything()).toContain('Evelyn');
  hide(3);
  expect(await everything()).not.toMatch(/Evelyn/);
});
afterEach(() => served.close());

describe('the record comes again', () => {
  test.each<[string, (record: Json) => Json]>([
    ['another id and another postcode', (it) => otherwise(it, [hall, `e${hall.slice(1)}`], [POSTCODE, 'E9 6RN'])],
    [
      'another id, another postcode, another spelling',
      (it) => otherwise(it, [hall, `e${hall.slice(1)}`], [POSTCODE, 'E9 6RN'], [STREET, 'The house, 14, Evelyn Wk.']),
    ],
    ['another house altogether', (it) => otherwise(it, [hall, `e${hall.slice(1)}`], [STREET, '3 Evelyn Gardens'])],
    [
      'an address in parts, in words alone',
      (it) => otherwise(it, [hall, `e${hall.slice(1)}`], ['"city":"London",', ''], [POSTCODE, '']),
    ],
    ['the id of a place that others have in the open', (it) => otherwise(it, [hall, hallOf(1)])],
  ])('under %s, and stays private', async (_, change) => {
    records = [made(1), { ...change(made(3)), description: 'New words.' }];
    const report = await again();
    const now = listingOf(3);
    expect(now?.service.description).toBe('New words.');
    expect(now?.locations.map(({ confidential }) => confidential)).toEqual([true]);
    expect(await everything()).not.toMatch(/Evelyn/);
    // The other room keeps its hall, under its own id.
    expect(listingOf(1)?.locations.map(({ confidential, address }) => [confidential, address?.address_1])).toEqual([
      [false, '1 Mare Street'],
    ]);
    expect(currentId(signpost.db, idOf(1))).toBe(idOf(1));
    expect(
      report.notes.some(({ field, words }) => field === 'service_at_locations' && /kept private/.test(words)),
    ).toBe(true);
  });

  test('a place that it had in the open stays there; one that a moderator opens does, too', async () => {
    const [place] = made(3)['service_at_locations'] as Json[];
    const second = otherwise(
      place!,
      [hall, `f${hall.slice(1)}`],
      [STREET, '5 Far Street'],
      [String(place!['id']), `f${String(place!['id']).slice(1)}`],
    );
    records = [made(1), { ...made(3), service_at_locations: [place, second] }];
    await again();
    expect(listingOf(3)?.locations.map(({ confidential }) => confidential)).toEqual([true, true]);
    const [, opened] = listingOf(3)?.locations ?? [];
    signpost.directory.change((save) =>
      save({ locations: [{ ...opened!, confidential: false }] }, { action: 'edited', role: 'moderator' }),
    );
    records = [made(1), { ...made(3), description: 'New words.', service_at_locations: [place, second] }];
    await again();
    expect(listingOf(3)?.locations.map(({ confidential }) => confidential)).toEqual([true, false]);
    expect(await everything()).toContain('5 Far Street');
  });
});

describe('another record of it comes', () => {
  /** Room 3 under ids of its own, of the organization that it has. */
  const twin = (number: number, more: Json = {}): Json => {
    const { organization, organization_id } = made(3);
    return otherwise({ ...made(number), organization, organization_id, ...more }, [`${number} Mare Street`, STREET]);
  };

  test.each<[string, () => Json]>([
    ['at the same place', () => twin(4, { name: 'Something else' })],
    [
      'of the same name, elsewhere',
      () => otherwise(twin(4, { name: 'Room 3' }), [STREET, 'Evelyn House, 1 Way'], [POSTCODE, 'E9 6RN']),
    ],
  ])('from the same feed, %s', async (_, record) => {
    records = [made(1), made(3), record()];
    await again();
    // Nor is it known by what its source calls it.
    expect(listingOf(4)).toBeNull();
    const id = serviceOf(signpost.db, feed.id, idOf(4)) ?? '';
    expect(findListing(signpost.db, id)?.locations.map(({ confidential }) => confidential)).toEqual([true]);
    expect(await everything()).toContain(id);
    expect(await everything()).not.toMatch(/Evelyn/);
  });

  test('from another feed, with an organization of its own id and the same name', async () => {
    const other = await serve(() => [
      otherwise(twin(5, { name: 'ROOM 3' }), [String(made(3)['organization_id']), String(made(5)['organization_id'])]),
    ]);
    await again(register(signpost, `${other.url}/feed.ndjson`, 'Other'));
    await other.close();
    expect(await everything()).not.toMatch(/Evelyn/);
  });

  test('from another feed, under the id that it had here', async () => {
    const other = await serve(() => [
      otherwise(made(3, { name: 'Quite another name' }), ['Friends of Plain Room', 'Others'], [POSTCODE, 'E9 6RN']),
    ]);
    await again(register(signpost, `${other.url}/feed.ndjson`, 'Other'));
    await other.close();
    expect(findListing(signpost.db, idOf(3))).toBeNull();
    expect((await signpost.api.request(`/api/v1/services/${idOf(3)}`)).status).toBe(410);
    expect(await everything()).toContain('Quite another name');
    expect(await everything()).not.toMatch(/Evelyn|E9 6RN/);
  });

  test('of another organization nearby, it is in the open: else it would tell that something private is there', async () => {
    records = [
      made(1),
      made(3),
      otherwise(made(4), ['4 Mare Street', '20 Evelyn Walk'], ['Friends of Plain Room', 'Neighbours']),
    ];
    await again();
    expect(listingOf(4)?.locations.map(({ confidential }) => confidential)).toEqual([false]);
    expect(await everything()).toContain('20 Evelyn Walk');
  });
});
