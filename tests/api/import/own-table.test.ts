import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import { postcodeNumber } from '../../../api/domain/postcode-number.ts';
import type { Listing } from '../../../api/domain/service.ts';
import type { TableReport } from '../../../api/import/csv/report.ts';
import { arrangeUploadAs, confirmUpload, receiveUpload, reportMark } from '../../../api/import/csv/uploads.ts';
import type { Found, Layout } from '../../../api/import/table/layout.ts';
import { targetOfHeading } from '../../../api/import/table/targets.ts';
import { undoUpload } from '../../../api/import/table/undo.ts';
import { invitationsFor } from '../../../api/moderate/invite.ts';
import { addKeeper } from '../../../api/store/keepers.ts';
import { findListing, publicListings } from '../../../api/store/listings.ts';
import { personOf } from '../../../api/store/people.ts';
import { erasePerson, personalData } from '../../../api/store/personal.ts';
import { bodyOfUpload, findUpload } from '../../../api/store/uploads.ts';
import { forgetOld } from '../../../api/upkeep/retention.ts';
import { ownWorkbook } from '../../fixtures/own-workbook.ts';
import { NOW } from '../../helpers/clock.ts';
import { emptyDirectory } from '../matching/directory.ts';
import { RIGHT, tableOf } from './csv-file.ts';

/** Somebody's own table: understood, corrected, remembered, taken in and undone. */

const PERSON = 7;
const DAY_MS = 86_400_000;

let clock: number;
let directory: Directory;
beforeEach(() => {
  clock = Date.parse(NOW);
  const { db, index } = emptyDirectory();
  directory = createDirectory({ db, index, now: () => new Date(clock) });
});

const upload = (id: string) => {
  const found = findUpload(directory.db, id, new Date(clock).toISOString());
  if (!found) throw new Error('There is no such file.');
  return found;
};
const foundIn = (id: string): Found => JSON.parse(upload(id).found ?? 'null');
const layoutOf = (id: string): Layout => JSON.parse(upload(id).layout ?? 'null');
const reportOf = (id: string): TableReport => JSON.parse(upload(id).report);

async function send(body: Uint8Array | string, name = 'groups.csv'): Promise<string> {
  const sent = await receiveUpload(directory, { name, source: 'Anytown Council', person: PERSON }, Buffer.from(body));
  if (!('id' in sent)) throw new Error(sent.problems.map(({ words }) => words).join(' '));
  return sent.id;
}

/** Agrees to the layout as it is shown, with changes, and takes the file in. */
async function takeIn(id: string, changes: Partial<Layout> = {}): Promise<TableReport> {
  expect(await arrangeUploadAs(directory, id, { ...layoutOf(id), ...changes }, true)).toBe('shown');
  const report = reportOf(id);
  expect(await confirmUpload(directory, id, PERSON, reportMark(upload(id).report))).toBe('done');
  return report;
}

const listings = (): Listing[] => [...publicListings(directory.db)];
const named = (name: string): Listing => {
  const found = listings().find(({ service }) => service.name === name);
  if (!found) throw new Error(`The public sees no ${name}.`);
  return found;
};

const MEANT = {
  categories: { 'keep fit': 'Sport and movement', crafts: 'Arts, music and crafts', 'natter brew': 'Social clubs' },
};

describe('a workbook with a title, merged heads, own words, days, times and two sheets', () => {
  test('is understood as far as it goes, and what is not is said', async () => {
    const found = foundIn(await send(ownWorkbook(6), 'groups.xlsx'));
    expect(found).toMatchObject({ sheet: 'Groups', heading: 4, rows: 6, before: false });
    expect(found.sheets.map(({ name }) => name)).toEqual(['Read me', 'Groups']);
    expect(found.columns.map(({ heading, target }) => `${heading}: ${target}`)).toEqual([
      'Activity: name',
      'Theme: categories',
      'Venue: venue',
      'Full address: address',
      'Day: day',
      'Start: starts',
      'Finish: ends',
      'Tel no: phone',
      'E-mail: email',
      'Accessible WC: accessible toilet',
      'Date checked: last checked',
      'Ages: ages',
      'Ward: ',
    ]);
    expect(found.columns.at(-1)).toMatchObject({ by: 'nothing', samples: ['Riverside'] });
    expect(found.words.map(({ word, rows, guess }) => [word, rows, guess])).toContainEqual([
      'Crafts',
      2,
      'Arts, music and crafts',
    ]);
    expect(listings()).toEqual([]);
  });

  test('comes in as listings', async () => {
    const id = await send(ownWorkbook(10), 'groups.xlsx');
    const report = await takeIn(id, { words: MEANT });
    expect(report.counts).toMatchObject({ added: 10, refused: 0 });
    const { service, locations, organization } = named('Group 10');
    expect(service).toMatchObject({
      taxonomy_terms: ['arts'],
      schedules: [{ freq: 'WEEKLY', byday: 'MO', opens_at: '10:30', closes_at: '12:00' }],
      email: 'group10@example.org',
      assured_date: '2026-09-01',
      service_area_status: 'unsaid',
    });
    expect(service.phones.map(({ number }) => number)).toEqual(['020 7946 0037', '07700 900123']);
    expect(locations[0]).toMatchObject({
      name: 'Hall 10',
      address: { address_1: '10 Made-up Street', city: 'London', postal_code: 'E8 1EA' },
      accessibility: { accessible_toilet: 'yes' },
    });
    expect(organization.name).toBe('Not stated (listed by Anytown Council)');
    expect(named('Group 4').service.eligibility.minimum_age).toBe(50);
  });

  test('one cell that cannot be read loses itself and not its row', async () => {
    directory.db.exec("INSERT INTO postcode_area VALUES (1, 'E09000012', 'Hackney', NULL, NULL)");
    directory.db
      .prepare('INSERT INTO postcode (number, latitude, longitude, area) VALUES (?, 5154600, -6600, 1)')
      .run(postcodeNumber('E8 1EA'));
    const changes = {
      2: { 8: 'ring Sam' },
      3: { 11: 'grown-ups' },
      4: { 9: 'round the back' },
      5: { 3: 'Old Mill, E8 1EB' },
    };
    const id = await send(ownWorkbook(5, changes), 'groups.xlsx');
    const words = { ...MEANT, 'accessible toilet': {} };
    const report = await takeIn(id, { words });
    expect(report.counts).toMatchObject({ added: 5, refused: 0 });
    const said = (name: string) =>
      report.rows
        .find((row) => row.name === name)
        ?.repairs.map(({ column, words: told }) => `${column}: ${told}`)
        .join(' ');
    expect(said('Group 2')).toContain('‘ring Sam’ is no e-mail address');
    expect(named('Group 2').service.description).toContain('ring Sam');
    expect(named('Group 3').service.eligibility.description).toContain('grown-ups');
    expect(named('Group 4').locations[0]).toMatchObject({
      accessibility: { accessible_toilet: 'unknown' },
      accessibility_notes: 'Accessible toilet: round the back',
    });
    expect(said('Group 5')).toContain('is on no map');
    expect(named('Group 5').locations[0]?.latitude).toBeUndefined();
    expect(named('Group 5').locations[0]?.name).toContain('Old Mill');
  });
});

test('what was agreed is known when a table with the same headings comes again', async () => {
  const table = (name: string) =>
    tableOf([{ Club: name, What: 'Song', Sort: 'Tunes', Where: 'Old Hall', Postcode: 'E8 1EA' }]);
  const first = await send(table('Singers'));
  const { columns } = layoutOf(first);
  expect(foundIn(first).columns.find(({ heading }) => heading === 'Sort')?.target).toBe('');
  const again = { columns: { ...columns, what: 'description', sort: 'categories' } };
  // Words of a column that was not known before are asked about first.
  expect(await arrangeUploadAs(directory, first, again, true)).toBe('asked');
  await takeIn(first, { words: { categories: { tunes: 'Arts, music and crafts' } } });
  expect(named('Singers').service).toMatchObject({ taxonomy_terms: ['arts'], description: 'Song' });

  const second = await send(table('Drummers'));
  expect(foundIn(second)).toMatchObject({ before: true });
  await takeIn(second);
  expect(named('Drummers').service.taxonomy_terms).toEqual(['arts']);
});

test('another sheet, another row of headings, and cells that stand for the row above', async () => {
  const rows = [
    ['', 'x', ''],
    ['Provider', 'Session name', 'Post code'],
    ['Anytown Moves', 'Chair yoga', 'E8 1EA'],
    ['', 'Walking football', 'E8 1EA'],
  ];
  const id = await send(rows.map((row) => row.join(';')).join('\n'));
  expect(foundIn(id).heading).toBe(2);
  await arrangeUploadAs(directory, id, { sheet: foundIn(id).sheet, heading: 3 }, false);
  expect(foundIn(id).columns[0]?.heading).toBe('Anytown Moves');
  await arrangeUploadAs(directory, id, { sheet: foundIn(id).sheet, heading: 2 }, false);
  await takeIn(id, { down: ['provider'] });
  expect(named('Walking football').organization.name).toBe('Anytown Moves');
});

test('the same class on two days is one listing; a banner between rows is none', async () => {
  const id = await send(
    tableOf([
      {
        Activity: 'Chair yoga',
        Venue: 'Sunbeam Hall',
        Postcode: 'E8 1EA',
        Day: 'Monday',
        Time: '10am to 11am',
        Cost: '£3',
      },
      { Activity: 'NORTH' },
      {
        Activity: 'Chair yoga',
        Venue: 'Sunbeam Hall',
        Postcode: 'E8 1EA',
        Day: 'Friday',
        Time: '2pm to 3pm',
        Cost: '£3',
      },
      { Activity: 'Choir', Venue: 'Zoom', Day: 'Whenever', Time: 'it suits', Cost: 'free' },
    ]),
  );
  const report = await takeIn(id);
  expect(report.counts).toMatchObject({ added: 2, refused: 0 });
  expect(report.notes.join(' ')).toContain('‘NORTH’ (line 3)');
  expect(named('Chair yoga').service.schedules.map(({ byday }) => byday)).toEqual(['MO', 'FR']);
  expect(named('Choir').service).toMatchObject({
    attending_types: ['online'],
    schedules: [],
    schedule_description: 'Whenever it suits',
  });
});

describe('undoing an import', () => {
  const TABLE = [
    { ...RIGHT, name: 'Lunch club' },
    { ...RIGHT, name: 'Tea dance' },
  ];

  test('takes away what it added and nobody has touched, and says what it left', async () => {
    const id = await send(tableOf(TABLE));
    await confirmUpload(directory, id, PERSON, reportMark(upload(id).report));
    expect(bodyOfUpload(directory.db, id)).toHaveLength(0);
    const touched = named('Tea dance');
    directory.change((save) =>
      save(
        { services: [{ service: { ...touched.service, summary: 'Now with cake.' }, state: touched.state }] },
        { action: 'edited', role: 'organization' },
      ),
    );
    clock += 29 * DAY_MS;
    expect(await undoUpload(directory, PERSON, id)).toMatchObject({
      archived: 1,
      left: [{ id: touched.service.id, name: 'Tea dance' }],
    });
    expect(listings().map(({ service }) => service.name)).toEqual(['Tea dance']);
    expect(await undoUpload(directory, PERSON, id)).toBeNull();

    // The table comes again, put right: what was undone is back.
    const again = await send(tableOf([TABLE[0]!]));
    await confirmUpload(directory, again, PERSON, reportMark(upload(again).report));
    expect(named('Lunch club').state).toBe('published');
  });

  test('puts back what it changed, and ends after thirty days', async () => {
    const first = await send(tableOf(TABLE));
    await confirmUpload(directory, first, PERSON, reportMark(upload(first).report));
    const { service } = named('Lunch club');
    const second = await send(tableOf([{ ...TABLE[0]!, summary: 'Soup.', venue: 'Sunbeam Hall' }]));
    await confirmUpload(directory, second, PERSON, reportMark(upload(second).report));
    expect(named('Lunch club').service.summary).toBe('Soup.');
    expect(await undoUpload(directory, PERSON, second)).toMatchObject({ archived: 0, restored: 1, left: [] });
    expect(findListing(directory.db, service.id)?.service).toEqual(service);
    clock += 31 * DAY_MS;
    expect(await undoUpload(directory, PERSON, first)).toBeNull();
    expect(listings()).toHaveLength(2);
  });

  test('brings no listing back under the id that it had before its place became private', async () => {
    const first = await send(tableOf(TABLE));
    await confirmUpload(directory, first, PERSON, reportMark(upload(first).report));
    const second = await send(tableOf([{ ...TABLE[0]!, summary: 'Soup.' }]));
    await confirmUpload(directory, second, PERSON, reportMark(upload(second).report));
    const { service, locations } = named('Lunch club');
    directory.change((save) =>
      save({ locations: [{ ...locations[0]!, confidential: true }] }, { action: 'edited', role: 'moderator' }),
    );
    const now = named('Lunch club').service.id;
    expect(now).not.toBe(service.id);
    for (const id of [second, first])
      expect((await undoUpload(directory, PERSON, id))?.left).toContainEqual({ id: now, name: 'Lunch club' });
    expect(findListing(directory.db, service.id)).toBeNull();
    expect(listings().filter(({ service: { name } }) => name === 'Lunch club')).toHaveLength(1);
  });
});

test.each([
  ['a workbook that is none', Buffer.from('PK\u0003\u0004 and nothing'), 'cannot be opened'],
  ['a sheet without headings', Buffer.from('1\n2\n3'), 'can be the headings'],
])('%s is refused in words', async (_, body, words) => {
  const sent = await receiveUpload(directory, { name: 'x.xlsx', source: 'x', person: PERSON }, body);
  expect('problems' in sent && sent.problems.map((it) => it.words).join(' ')).toContain(words);
});

describe('a column that names who looks after each', () => {
  const table = (keeper: string) =>
    `Activity,Theme,When,E-mail,Keeper’s e-mail\nTea,Social clubs,Mondays 10am to 11am,tea@example.org,${keeper}\nCake,Social clubs,Tuesdays 10am to 11am,cake@example.org,not known\n`;

  test('is known by its heading, asked first, and never published', async () => {
    const id = await send(table('Kim@Example.org'));
    expect(foundIn(id).columns.map(({ target }) => target)).toEqual(['name', 'categories', 'when', 'email', 'keeper']);
    const report = await takeIn(id);
    const ids = [named('Tea'), named('Cake')].map(({ service }) => service.id);
    const { invitations, left } = invitationsFor(directory, ids);
    expect(left).toEqual([]);
    expect(invitations.map(({ email }) => email)).toEqual(['kim@example.org', 'cake@example.org']);
    expect(JSON.stringify(listings())).not.toMatch(/kim@/i);
    expect(JSON.stringify(report)).toContain('nobody is named to look after it');
    expect(personalData(directory.db, 'kim@example.org')).toMatchObject({
      named_as_keeper_of: [{ service_id: ids[0] }],
    });
    // The same table with another name in it changes whom one asks, and nothing that the public sees.
    await takeIn(await send(table('sam@example.org')));
    expect(invitationsFor(directory, ids).invitations.map(({ email }) => email)[0]).toBe('sam@example.org');
    expect(erasePerson(directory.db, 'sam@example.org')).toBe(true);
    expect(invitationsFor(directory, ids).invitations.map(({ email }) => email)[0]).toBe('tea@example.org');
  });

  test.each([
    ['E-mail (not for publication)', 'keeper'],
    ['Organiser’s email address', 'keeper'],
    ['PRIVATE E-MAIL', 'keeper'],
    ['Keeper', ''],
    ['Contact email', 'email'],
    ['E-mail', 'email'],
  ])('%s: %s', (heading, target) => {
    expect(targetOfHeading(heading)).toBe(target);
  });

  test('is forgotten once somebody looks after the listing', async () => {
    await takeIn(await send(table('kim@example.org')));
    const { id } = named('Tea').service;
    const now = new Date(clock);
    addKeeper(directory.db, id, personOf(directory.db, 'ann@example.org', now), now);
    forgetOld(directory, [], null);
    expect(personalData(directory.db, 'kim@example.org')).toBeNull();
  });
});
