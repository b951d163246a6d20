import { beforeEach, describe, expect, test } from 'vitest';
import type { TableReport } from '../../../api/import/csv/report.ts';
import { arrangeUploadAs, confirmUpload, receiveUpload, reportMark } from '../../../api/import/csv/uploads.ts';
import { findAskedSource } from '../../../api/import/questions/asked-source.ts';
import { keptInWords } from '../../../api/import/questions/record-report.ts';
import { answerQuestion } from '../../../api/import/questions/reread.ts';
import { undoUpload } from '../../../api/import/table/undo.ts';
import { questionsOf, sourcesAsking } from '../../../api/store/import-questions.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { countRecordsOf, recordsOf } from '../../../api/store/source-records.ts';
import { findUpload } from '../../../api/store/uploads.ts';
import { createSignpost, type Signpost } from './world.ts';

/** What somebody's own table leaves open is asked about as what a feed leaves open, and undone with its import. */

const PERSON = 7;
const TODAY = '2026-11-21';
const HEADINGS = [
  'Activity',
  'Venue',
  'Postcode',
  'When',
  'Price',
  'Ages',
  'Languages',
  'Area served',
  'Status',
  'Details',
];
const TEXT = 'We meet to sew and to talk, and there is tea for everybody who would like to join us.';

type Row = Record<string, string>;

let signpost: Signpost;
beforeEach(() => {
  signpost = createSignpost(`${TODAY}T09:00:00Z`);
});

const tableOf = (rows: readonly Row[]): string =>
  [HEADINGS, ...rows.map((row) => HEADINGS.map((heading) => row[heading] ?? ''))]
    .map((cells) => cells.map((cell) => `"${cell}"`).join(','))
    .join('\n');
const row = (activity: string, more: Row = {}): Row => ({
  Activity: activity,
  Venue: `Hall of ${activity}`,
  Postcode: 'E8 1EA',
  When: 'Tuesdays 10am to 12pm',
  Details: TEXT,
  ...more,
});

const upload = (id: string) => findUpload(signpost.db, id, signpost.clock.at.toISOString())!;

/** Sends a table, agrees to how it is read, and takes it in. */
async function taken(...rows: Row[]): Promise<string> {
  const { directory } = signpost;
  const sent = await receiveUpload(
    directory,
    { name: 'groups.csv', source: 'Anytown Council', person: PERSON },
    Buffer.from(tableOf(rows)),
  );
  if (!('id' in sent)) throw new Error(sent.problems.map(({ words }) => words).join(' '));
  const { id } = sent;
  expect(await arrangeUploadAs(directory, id, JSON.parse(upload(id).layout!), true)).toBe('shown');
  expect(await confirmUpload(directory, id, PERSON, reportMark(upload(id).report))).toBe('done');
  return id;
}
const reportOf = (id: string): TableReport => JSON.parse(upload(id).report);
const listing = (name: string) => [...publicListings(signpost.db)].find(({ service }) => service.name === name)!;
const service = (name: string) => listing(name).service;
const source = () => sourcesAsking(signpost.db)[0]!.id;
const answer = (of: string, kind: string, said: string, words: string | null) =>
  answerQuestion(signpost.directory, of, { kind, said }, words, PERSON);
const open = (of: string) =>
  questionsOf(signpost.db, of).flatMap(({ kind, said, count, answer: told }) =>
    told === null ? [`${kind}: ${said} (${count})`] : [],
  );

test.each<[kind: string, heading: string, said: string, told: string, before: object, after: object]>([
  [
    'times',
    'When',
    'Tuesdays 2pm or thereabouts when Pat is in',
    'Every Tuesday, 2pm to 4pm',
    { schedules: [], schedule_description: 'Tuesdays 2pm or thereabouts when Pat is in' },
    { schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '14:00', closes_at: '16:00' }] },
  ],
  ['area', 'Area served', 'Wibbleshire', 'E8', { service_area_status: 'unread' }, { service_area_status: 'said' }],
  [
    'cost',
    'Price',
    'depends how many come',
    '£3',
    { cost_options: [] },
    { cost_options: [{ option: 'paid', amount: 3, concession: false }], description: TEXT },
  ],
  [
    'ages',
    'Ages',
    'grown-ups',
    '18+',
    { eligibility: { description: 'Ages: grown-ups' } },
    { eligibility: { minimum_age: 18 } },
  ],
  ['language', 'Languages', 'Plattish', 'Polish', { languages: [] }, { languages: ['pl'] }],
  ['status', 'Status', 'under review', 'active', { status: 'inactive' }, { status: 'active' }],
])(
  '%s that cannot be read are one question for all like rows, answered for all at once, and taken back',
  async (kind, heading, said, told, before, after) => {
    await taken(row('Sewing', { [heading]: said }), row('Knitting', { [heading]: said }), row('Chess'));
    const of = source();
    expect(findAskedSource(signpost.db, of)).toMatchObject({ kind: 'table', name: 'Anytown Council, groups.csv' });
    expect(open(of)).toEqual([`${kind}: ${said} (2)`]);
    const was = [service('Sewing'), service('Knitting')];
    for (const it of was) expect(it).toMatchObject(before);
    const chess = service('Chess');

    expect(await answer(of, kind, said, told)).toBe(2);
    for (const name of ['Sewing', 'Knitting']) expect(service(name)).toMatchObject(after);
    expect(service('Sewing').schedule_description).toBeUndefined();
    expect(service('Chess')).toEqual(chess);
    expect(sourcesAsking(signpost.db)).toEqual([]);

    expect(await answer(of, kind, said, null)).toBe(2);
    expect([service('Sewing'), service('Knitting')]).toEqual(was);
  },
);

test.each(['Autumn term', 'Lent', 'w/c 12 January', 'Last working day of each month'])(
  '%s is no date, and is asked about',
  async (When) => {
    await taken(row('Sewing', { When }));
    expect(open(source())).toEqual([`times: ${When} (1)`]);
    expect(service('Sewing')).toMatchObject({ schedules: [], schedule_description: When });
  },
);

test('school years are ages where they are counted so, and asked about elsewhere', async () => {
  const years = { Ages: 'Year 7 to 11' };
  await taken(row('Sewing', years), row('Knitting', { ...years, Postcode: 'BT1 5GS' }));
  expect(service('Sewing').eligibility).toMatchObject({
    minimum_age: 11,
    maximum_age: 16,
    description: 'Ages: Year 7 to 11',
  });
  expect(open(source())).toEqual(['ages: Year 7 to 11 (1)']);
});

const AREA = { 'Area served': 'Wibbleshire' };

describe('an answer', () => {
  test('is remembered for the next table with the same headings, and what it left in words goes', async () => {
    await taken(row('Sewing', AREA), row('Knitting', { Price: 'depends how many come' }));
    const of = source();
    await answer(of, 'area', 'Wibbleshire', 'E8');
    await taken(row('Sewing', AREA), row('Knitting', { Price: '£3' }), row('Chess', { 'Area served': 'wibbleshire' }));
    expect(service('Chess')).toMatchObject({ service_area_status: 'said' });
    expect(service('Knitting')).toMatchObject({ description: TEXT, cost_options: [{ amount: 3 }] });
    expect(sourcesAsking(signpost.db)).toEqual([]);
  });

  test('of a name that several areas bear may be one of them', async () => {
    await taken(row('Sewing', { 'Area served': 'Newcastle' }));
    const [question] = questionsOf(signpost.db, source());
    expect(question).toMatchObject({ kind: 'area', said: 'Newcastle' });
    expect(question!.choices.length).toBeGreaterThan(1);
    expect(await answer(source(), 'area', 'Newcastle', question!.choices[0]!)).toBe(1);
    expect(service('Sewing').service_areas).toHaveLength(1);
  });

  test('does not undo what somebody has written since', async () => {
    const times = 'Tuesdays 2pm or thereabouts when Pat is in';
    await taken(row('Sewing', { ...AREA, When: times }));
    const of = source();
    const own = { ...service('Sewing'), summary: 'Ours.', schedule_description: 'Ring Pat' };
    signpost.directory.change((save) =>
      save({ services: [{ service: own, state: 'published' }] }, { action: 'edited', role: 'organization' }),
    );
    await answer(of, 'area', 'Wibbleshire', 'E8');
    await answer(of, 'times', times, 'Every Tuesday, 2pm to 4pm');
    expect(service('Sewing')).toMatchObject({
      summary: 'Ours.',
      schedule_description: 'Ring Pat',
      service_area_status: 'said',
    });
  });

  test('left in words changes nothing and is not asked again', async () => {
    await taken(row('Sewing', AREA));
    const of = source();
    const before = service('Sewing');
    expect(await answer(of, 'area', 'Wibbleshire', '')).toBe(0);
    expect(service('Sewing')).toEqual(before);
    expect(open(of)).toEqual([]);
  });
});

describe('undoing the import', () => {
  test('takes its questions away, and what answers have changed', async () => {
    await taken(row('Sewing', { Price: '£3' }));
    const before = service('Sewing');
    const id = await taken(row('Sewing', AREA), row('Chess', AREA));
    const of = source();
    await answer(of, 'area', 'Wibbleshire', 'E8');
    expect(await undoUpload(signpost.directory, PERSON, id)).toMatchObject({ archived: 1, restored: 1, left: [] });
    expect(service('Sewing')).toEqual(before);
    expect(listing('Chess')).toBeUndefined();
    expect([countRecordsOf(signpost.db, of, false), sourcesAsking(signpost.db)]).toEqual([0, []]);
    // Remembered, and used when the table comes again.
    expect(questionsOf(signpost.db, of)).toMatchObject([{ said: 'Wibbleshire', answer: 'E8', count: 0 }]);
    await taken(row('Chess', AREA));
    expect(service('Chess')).toMatchObject({ service_area_status: 'said' });
  });
});

test('a listing whose place becomes private is still asked about, and answered under its new id', async () => {
  await taken(row('Sewing', AREA));
  const of = source();
  const [location] = listing('Sewing').locations;
  signpost.directory.change((save) =>
    save({ locations: [{ ...location!, confidential: true }] }, { action: 'edited', role: 'moderator' }),
  );
  expect(open(of)).toEqual(['area: Wibbleshire (1)']);
  expect(await answer(of, 'area', 'Wibbleshire', 'E8')).toBe(1);
  expect(service('Sewing')).toMatchObject({ service_area_status: 'said' });
});

test('the records of a table are shown with what was understood, kept in words and asked', async () => {
  const id = await taken(row('Sewing', { ...AREA, Price: 'depends how many come' }), row('Chess'));
  const of = source();
  expect([countRecordsOf(signpost.db, of, true), countRecordsOf(signpost.db, of, false)]).toEqual([1, 2]);
  const [record] = recordsOf(signpost.db, of, true, 0, 10);
  expect(record).toMatchObject({ name: 'Sewing', record_id: service('Sewing').id });
  expect(record!.questions.map(({ kind }) => kind).sort()).toEqual(['area', 'cost']);
  expect(keptInWords(listing('Sewing'), TODAY).map(({ about, words }) => `${about}: ${words}`)).toEqual([
    'For people from: Wibbleshire',
    'Cost: depends how many come',
  ]);
  const said = reportOf(id)
    .rows.find(({ name }) => name === 'Sewing')!
    .repairs.map(({ column }) => column);
  expect(said).toEqual(expect.arrayContaining(['area served', 'cost']));
});

test('the same table twice says everything once', async () => {
  const rows = [row('Sewing', { ...AREA, Price: 'depends how many come', Ages: 'grown-ups', When: 'Tuesdays-ish' })];
  await taken(...rows);
  const before = service('Sewing');
  const id = await taken(...rows);
  expect(reportOf(id).counts).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  expect(service('Sewing')).toEqual(before);
});
