import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Service } from '../../../api/domain/service.ts';
import { wrongAnswer } from '../../../api/import/questions/read-answer.ts';
import { answerQuestion } from '../../../api/import/questions/reread.ts';
import type { Feed } from '../../../api/store/feeds.ts';
import { questionsOf, sourcesAsking } from '../../../api/store/import-questions.ts';
import { findListing } from '../../../api/store/listings.ts';
import { createSignpost, harvest, pageOf, register, type Signpost, sendJson, serveFeed } from './world.ts';

/** What a feed says in words that cannot be read: asked about once, answered for all that say the same, remembered. */

type Json = Record<string, unknown>;

const PERSON = 5;
const uuid = (n: number): string => `7e57a000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const record = (n: number, changes: Json = {}): Json => ({
  id: uuid(n),
  name: `Sewing circle number ${n}`,
  description: 'We meet to sew and to talk, and there is tea for everybody who would like to join us.',
  status: 'active',
  organization: { id: uuid(900), name: 'Threads Together' },
  last_modified: '2026-11-01T10:00:00Z',
  ...changes,
});
const area = (...names: string[]): Json => ({ service_areas: names.map((name, at) => ({ id: `area ${at}`, name })) });
const times = (words: string, more: Json = {}): Json => ({ schedules: [{ id: 'times', description: words, ...more }] });

let records: Json[];
let signpost: Signpost;
let feed: Feed;
const server = await serveFeed((_, response, url) => {
  const id = url.pathname.split('/')[2];
  if (url.searchParams.has('format')) return sendJson(response, {}, 404);
  return sendJson(response, id === undefined ? pageOf(records, url) : records.find((it) => it['id'] === id));
});
afterAll(() => server.close());

async function taken(...given: Json[]): Promise<void> {
  records = given;
  signpost = createSignpost();
  feed = register(signpost, `${server.url}/services`, 'Anytown Council', 'Hackney');
  await again();
}
async function again() {
  const report = await harvest(signpost, feed);
  expect(report).toMatchObject({ outcome: 'complete', refused: 0 });
  return report;
}
const service = (n: number): Service => findListing(signpost.db, uuid(n))!.service;
/** Kind, words and number of listings of what nobody has answered. */
const open = () =>
  questionsOf(signpost.db, feed.id).flatMap(({ kind, said, count, answer }) =>
    answer === null ? [`${kind}: ${said} (${count})`] : [],
  );
const answer = (kind: string, said: string, words: string | null) =>
  answerQuestion(signpost.directory, feed.id, { kind, said }, words, PERSON);

describe('a name that several areas bear', () => {
  beforeEach(() =>
    taken(record(1, area('Newcastle')), record(2, area('newcastle', 'Cardiff')), record(3, area('Cardiff'))),
  );

  test('is one question for all that say it, with what it may be, and is answered for all at once', async () => {
    const [question, ...others] = questionsOf(signpost.db, feed.id);
    expect(others).toEqual([]);
    expect(question).toMatchObject({
      kind: 'area',
      said: 'Newcastle',
      count: 2,
      examples: [{ name: 'Sewing circle number 1' }, { name: 'Sewing circle number 2' }],
    });
    expect(sourcesAsking(signpost.db)).toMatchObject([{ id: feed.id, questions: 1, listings: 2 }]);
    expect(service(2)).toMatchObject({ service_area_status: 'unread', service_area_words: ['newcastle', 'Cardiff'] });
    const [choice] = question!.choices as [string];
    expect(wrongAnswer('area', choice, feed, '2026-11-21')).toBeNull();

    expect(await answer('area', 'Newcastle', 'Newcastle upon Tyne')).toBe(2);
    expect(open()).toEqual([]);
    expect(sourcesAsking(signpost.db)).toEqual([]);
    expect(service(1)).toMatchObject({ service_area_status: 'said', service_area_words: [] });
    expect(service(2).service_areas.map(({ name }) => name)).toContain('Cardiff');
    expect(service(2).service_areas).toHaveLength(2);
  });

  test('is not asked again at later harvests, and a new record that says it is read by the answer', async () => {
    await answer('area', 'Newcastle', 'Newcastle upon Tyne');
    records.push(record(4, area('Newcastle')));
    expect(await again()).toMatchObject({ added: 1, changed: 0, unchanged: 3 });
    expect(open()).toEqual([]);
    expect(service(4).service_areas).toEqual(service(1).service_areas);
  });

  test('is asked again where the answer is taken back, and the words are back too', async () => {
    const before = service(2);
    await answer('area', 'Newcastle', 'Newcastle upon Tyne');
    expect(await answer('area', 'Newcastle', null)).toBe(2);
    expect(open()).toEqual(['area: Newcastle (2)']);
    expect(service(2)).toEqual(before);
    expect(await again()).toMatchObject({ changed: 0, unchanged: 3 });
  });

  test('left in words it is not asked again, and nothing changes', async () => {
    expect(await answer('area', 'Newcastle', '')).toBe(0);
    expect(open()).toEqual([]);
    expect(await again()).toMatchObject({ changed: 0, unchanged: 3 });
    expect(service(1).service_area_status).toBe('unread');
  });

  test('is asked by nobody once the record says another, or is gone', async () => {
    records = [record(1, area('Cardiff')), record(3, area('Cardiff'))];
    for (let run = 0; run < 3; run++) await again();
    expect(open()).toEqual([]);
  });

  test('an answer does not make a record seem to be in its feed still', async () => {
    records = [record(1, area('Newcastle'))];
    await again();
    await again();
    await answer('area', 'Newcastle', 'Newcastle upon Tyne');
    expect((await again()).unconfirmed).toBe(2);
    expect(findListing(signpost.db, uuid(2))?.state).toBe('unconfirmed');
  });

  test('what was changed here by hand stays', async () => {
    const { service: own } = findListing(signpost.db, uuid(1))!;
    signpost.directory.change((save) =>
      save(
        { services: [{ service: { ...own, summary: 'Ours.' }, state: 'published' }] },
        { action: 'edited', role: 'moderator' },
      ),
    );
    await answer('area', 'Newcastle', 'Newcastle upon Tyne');
    expect(service(1)).toMatchObject({ summary: 'Ours.', service_area_status: 'said' });
  });
});

test.each<[kind: string, said: string, given: Json, told: string, after: Partial<Service>]>([
  ['area', 'Wibbleshire', area('Wibbleshire'), 'E8', { service_area_status: 'said' }],
  [
    'area',
    'Hackney and Wibbleshire',
    area('Hackney and Wibbleshire'),
    'Hackney and Islington',
    { service_area_status: 'said' },
  ],
  ['status', 'under review', { status: 'under review' }, 'active', { status: 'active' }],
  ['status', 'Seasonal', { status: 'Seasonal' }, 'temporarily closed', { status: 'temporarily closed' }],
  [
    'cost',
    'pay what the hall costs',
    { fees: 'pay what the hall costs' },
    '£3',
    { cost_options: [{ option: 'paid', amount: 3, concession: false }] },
  ],
  ['language', 'Plattish', { languages: [{ id: 'l', name: 'Plattish' }] }, 'Polish', { languages: ['pl'] }],
  [
    'ages',
    'from 60 to 16',
    { minimum_age: 60, maximum_age: 16 },
    '16 to 60',
    { eligibility: { minimum_age: 16, maximum_age: 60, restrictions: [] } },
  ],
  [
    'ages',
    'grown-ups, mostly',
    { minimum_age: 'grown-ups, mostly' },
    '18+',
    { eligibility: expect.objectContaining({ minimum_age: 18 }) },
  ],
])('%s ‘%s’ is asked about, and its answer is used', async (kind, said, given, told, after) => {
  await taken(record(1, given), record(2, given), record(3));
  expect(open()).toEqual([`${kind}: ${said} (2)`]);
  const before = [service(1), service(2)];
  expect(before[0]).not.toMatchObject(after);
  expect(wrongAnswer(kind as 'area', told, feed, '2026-11-21')).toBeNull();
  expect(await answer(kind, said, told)).toBe(2);
  for (const n of [1, 2]) expect(service(n)).toMatchObject(after);
  expect(await again()).toMatchObject({ changed: 0, unchanged: 3 });
  expect(await answer(kind, said, null)).toBe(2);
  expect([service(1), service(2)]).toEqual(before);
});

describe('times', () => {
  test('in words that cannot be read are asked about, where they name days or hours', async () => {
    const words = 'Tuesdays 2pm or thereabouts when Pat is in';
    await taken(record(1, times(words)), record(2, times('Ring us for our opening times')));
    expect(open()).toEqual([`times: ${words} (1)`]);
    await answer('times', words, 'Every Tuesday, 2pm to 4pm');
    expect(service(1).schedules).toMatchObject([
      { freq: 'WEEKLY', byday: 'TU', opens_at: '14:00', closes_at: '16:00' },
    ]);
    expect(service(1).schedule_description).toBeUndefined();
  });

  test('with words beside their hours that leave the dates open are asked about with both', async () => {
    const weekly = { freq: 'WEEKLY', byday: 'WE', opens_at: '10:00', closes_at: '12:00' };
    await taken(
      record(1, times('Fortnightly', weekly)),
      record(2, times('Fortnightly', weekly)),
      record(3, times('Fortnightly', { ...weekly, byday: 'FR' })),
    );
    expect(open()).toEqual([
      'times: Wednesdays, 10am to 12 noon, Fortnightly (2)',
      'times: Fridays, 10am to 12 noon, Fortnightly (1)',
    ]);
    signpost.clock.at = new Date('2026-12-30T09:00:00Z');
    await answer(
      'times',
      'Wednesdays, 10am to 12 noon, Fortnightly',
      'Every other Wednesday, 10am to 12pm, from 6 January',
    );
    for (const n of [1, 2])
      expect(service(n).schedules).toMatchObject([
        { freq: 'WEEKLY', interval: 2, byday: 'WE', dtstart: '2027-01-06', opens_at: '10:00' },
      ]);
    expect(service(3).schedules).toMatchObject([{ dates_unknown: true }]);
  });
});

test('listings whose own words do not tell their language are one question', async () => {
  const short = { name: 'Tai chi', description: 'Tai chi' };
  await taken(record(1, short), record(2, { ...short, name: 'Zumba', description: 'Zumba' }), record(3));
  expect(service(1).written_in).toBe('und');
  expect(open()).toEqual(['written_in:  (2)']);
  await answer('written_in', '', 'English');
  expect([1, 2].map((n) => service(n).written_in)).toEqual(['en', 'en']);
  expect(service(1).guessed ?? []).not.toContain('written_in');
});

test.each([
  ['area', 'Newcastle', /^‘Newcastle’ may be ‘/],
  ['area', 'Wibbleshire', /is no area that is known here/],
  ['times', 'whenever', /./],
  ['times', 'Every other Tuesday, 2pm', /^Say when the next one is/],
  ['cost', 'it depends', /cannot be read either/],
  ['ages', '60 to 16', /Write the younger one first/],
  ['ages', 'grown-ups, mostly', /cannot be read either/],
  ['language', 'Plattish', /Plattish/],
  ['status', 'perhaps', /Choose/],
  ['written_in', 'English and Welsh', /one language/],
  ['cost', '', /leave it in words/],
  ['cost', `£3 ${'x'.repeat(300)}`, /at most 300/],
] as const)('an answer of %s that is not understood is said so: %s', (kind, typed, words) => {
  expect(wrongAnswer(kind, typed, { home: null }, '2026-11-21')).toMatch(words);
});
