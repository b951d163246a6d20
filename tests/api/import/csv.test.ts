import { beforeEach, describe, expect, test } from 'vitest';
import type { Directory } from '../../../api/directory/directory.ts';
import { postcodeNumber } from '../../../api/domain/postcode-number.ts';
import { today } from '../../../api/domain/schedule.ts';
import { TAXONOMY } from '../../../api/domain/taxonomy.ts';
import { applyImport } from '../../../api/import/apply.ts';
import { TABLE_COLUMNS } from '../../../api/import/csv/columns.ts';
import { templateCsv } from '../../../api/import/csv/template.ts';
import { UnreadableFile } from '../../../api/import/incoming.ts';
import { planImport } from '../../../api/import/plan.ts';
import { seedClinical } from '../../../api/store/clinical-seed.ts';
import { findListing, publicListings } from '../../../api/store/listings.ts';
import { seedExamples } from '../../../api/store/seed.ts';
import { NOW } from '../../helpers/clock.ts';
import { emptyDirectory } from '../matching/directory.ts';
import { complaints, exported, RIGHT, read, readRow, TODAY, tableOf } from './csv-file.ts';

/** Spreadsheets as they come from people, and what is made of them. */

let directory: Directory;
beforeEach(() => {
  directory = emptyDirectory();
  const { db } = directory;
  db.exec("INSERT INTO postcode_area VALUES (1, 'E09000012', 'Hackney', NULL, NULL)");
  for (const postcode of ['E8 1EA', 'E9 6AA'])
    db.prepare('INSERT INTO postcode (number, latitude, longitude, area) VALUES (?, 5154600, -6600, 1)').run(
      postcodeNumber(postcode),
    );
});
const row = (changes: Record<string, string> = {}) => readRow(directory.db, changes);
const service = async (changes: Record<string, string> = {}) => {
  const record = await row(changes);
  expect(record.reasons).toEqual([]);
  if (!record.listing) throw new Error('The row was refused.');
  return record.listing.service;
};
/** Reads a file and takes it in. */
const take = async (text: string) => {
  const { records } = await read(directory.db, text);
  const plan = planImport(directory, records, { feed: null, cause: { action: 'imported', role: 'moderator' } });
  applyImport(directory, plan);
  return plan.counts;
};
const refusal = async (text: string | Uint8Array): Promise<string> => {
  const error = await read(directory.db, text).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UnreadableFile);
  return (error as UnreadableFile).message;
};

test('a row comes to a whole listing', async () => {
  const record = await row({ cost: '£3; £1.50 concession', languages: 'English; Turkish', 'carer welcome': 'Y' });
  expect(record).toMatchObject({ line: 2, name: 'Seated exercise', reasons: [], repairs: [] });
  expect(record.listing).toMatchObject({
    state: 'published',
    organization: { name: 'Homerton Moves' },
    locations: [{ name: 'Sunbeam Hall', address: { postal_code: 'E8 1EA', city: 'London' } }],
    service: {
      kind: 'activity',
      taxonomy_terms: ['movement', 'older-people'],
      attending_types: ['in_person'],
      cost_options: [
        { option: 'paid', amount: 3 },
        { option: 'paid', amount: 1.5, concession: true },
      ],
      schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' }],
      languages: ['en', 'tr'],
      carer_welcome: 'yes',
      interpreter: 'unknown',
      source: { name: 'A list' },
      assured_date: TODAY,
      assured_by: 'nobody',
    },
  });
});

describe('whatever program saved it', () => {
  const table = tableOf([{ ...RIGHT, name: 'Café Zoë', organisation: 'L’Été' }]);
  test.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${table}`)],
    ['UTF-16 from Excel', Buffer.from(`\ufeff${table}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(table, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${table}`, 'utf16le').swap16()],
    ['semicolons', Buffer.from(tableOf([{ ...RIGHT, name: 'Café Zoë', organisation: 'L’Été' }], ';'))],
    ['tabs', Buffer.from(tableOf([{ ...RIGHT, name: 'Café Zoë', organisation: 'L’Été' }], '\t'))],
    ['a hint for Excel', Buffer.from(`sep=,\r\n${table}`)],
    ['old line ends', Buffer.from(table.replaceAll('\r\n', '\r'))],
  ])('%s', async (_, bytes) => {
    const { records } = await read(directory.db, bytes);
    expect(records.map(({ name, reasons }) => [name, reasons])).toEqual([['Café Zoë', []]]);
    expect(records[0]?.listing?.organization.name).toBe('L’Été');
  });

  test('Windows-1252, and says so', async () => {
    const bytes = Buffer.from(table.replace('L’Été', 'L\x92Été'), 'latin1');
    const { records, notes } = await read(directory.db, bytes);
    expect(records[0]?.listing?.organization.name).toBe('L’Été');
    expect(notes.join()).toContain('Windows-1252');
  });

  test('line breaks, commas and quotation marks in cells; the line of a row is where it begins', async () => {
    const description = 'One, "two"\r\nthree';
    const { records } = await read(
      directory.db,
      tableOf([
        { ...RIGHT, description },
        { ...RIGHT, name: 'Second', kind: '?' },
      ]),
    );
    expect(records[0]?.listing?.service.description).toBe('One, "two"\nthree');
    expect(records[1]?.reasons[0]?.line).toBe(4);
  });
});

describe('a file that cannot be read at all is refused in words', () => {
  test('a workbook', async () => {
    expect(await refusal(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]))).toContain('Save as');
    expect(await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]))).toContain('no text file');
  });
  test('nothing in it', async () => {
    expect(await refusal('')).toContain('no rows');
    expect(await refusal('name,organisation,kind,categories\n')).toContain('no rows');
  });
  test('a quotation mark that is never closed', async () => {
    expect(await refusal(`${tableOf([RIGHT])}\n"Open,a,b,c`)).toMatch(/quotation mark.*line/);
  });
  test('a column that is missing, misspelt, or there twice', async () => {
    const { kind: _, ...without } = RIGHT;
    expect(await refusal(tableOf([without]))).toContain('The column ‘kind’ is missing');
    const { postcode: __, ...noPostcode } = RIGHT;
    expect(await refusal(tableOf([{ ...noPostcode, Postocde: 'E8 1EA' }]))).toContain('Did you mean ‘postcode’?');
    expect(await refusal(tableOf([{ ...RIGHT, telephone: '1', phone: '2' }]))).toContain('two columns for ‘phone’');
  });
  test('columns that are not known are left alone, and said', async () => {
    const { records, notes } = await read(directory.db, tableOf([{ ...RIGHT, Budget: '12', page: 'x' }]));
    expect(records[0]?.reasons).toEqual([]);
    expect(notes).toEqual(['These columns are not known and were left alone: Budget.']);
  });
  test('other names of columns are taken', async () => {
    const { records } = await read(
      directory.db,
      tableOf([
        {
          'Service Name': 'A',
          Organization: 'B',
          Type: 'Events',
          Category: 'Dementia',
          About: 'C.',
          Website: 'www.example.org',
          Delivery: 'online',
        },
      ]),
    );
    expect(records[0]?.listing?.service).toMatchObject({
      name: 'A',
      kind: 'event',
      url: 'https://www.example.org',
      attending_types: ['online'],
    });
  });
});

describe('cells as people write them', () => {
  test.each([
    ['cost', 'Free', [{ option: 'free' }]],
    ['cost', '£3', [{ option: 'paid', amount: 3 }]],
    ['cost', '2.50', [{ option: 'paid', amount: 2.5 }]],
    ['cost', '50p', [{ option: 'paid', amount: 0.5 }]],
    [
      'cost',
      '£5 or £3 concession',
      [
        { option: 'paid', amount: 5 },
        { option: 'paid', amount: 3, concession: true },
      ],
    ],
    ['cost', 'Suggested donation of £2', [{ option: 'donation', amount: 2 }]],
    ['cost', '£4 per session', [{ option: 'paid', amount: 4, amount_description: 'per session' }]],
  ])('%s ‘%s’', async (column, cell, costs) => {
    expect((await service({ [column]: cell })).cost_options).toMatchObject(costs);
  });

  test('dates in the order of the United Kingdom', async () => {
    for (const cell of ['5/11/2026', '05-11-26', '5-Nov-26', '5 November 2026', '2026-11-05', '05/11/2026 00:00'])
      expect((await service({ 'last checked': cell })).assured_date, cell).toBe('2026-11-05');
    expect(complaints(await row({ 'last checked': '11/24/2026' }))[0]).toContain('day first');
    expect(complaints(await row({ 'last checked': '31/2/2026' }))[0]).toContain('no date');
    expect(complaints(await row({ 'last checked': '46331' }))[0]).toContain('counts days');
    expect(complaints(await row({ 'last checked': '1/12/2026' }))[0]).toContain('to come');
  });

  test('yes, no and unknown', async () => {
    for (const [cell, answer] of [
      ['Yes', 'yes'],
      ['y', 'yes'],
      ['✓', 'yes'],
      ['NO', 'no'],
      ['FALSE', 'no'],
      ["don't know", 'unknown'],
      ['?', 'unknown'],
    ] as const)
      expect((await service({ interpreter: cell })).interpreter, cell).toBe(answer);
    expect(complaints(await row({ interpreter: 'sometimes' }))).toEqual([
      'interpreter: Write yes, no or unknown, and not ‘sometimes’.',
    ]);
  });

  test('what a spreadsheet has done to numbers is put right or named', async () => {
    const record = await row({ phone: '2079460037', 'company number': '1234567' });
    expect(record.listing?.service.phones).toEqual([{ number: '02079460037' }]);
    expect(record.listing?.organization.company_number).toBe('01234567');
    expect(record.repairs.map(({ column }) => column)).toEqual(['phone', 'company number']);
    expect(complaints(await row({ phone: '2.07946E+09' }))[0]).toContain('Format the column as text');
  });

  test('sessions as people say them, several to a cell, each with its venue', async () => {
    const record = await row({
      venue: 'Sunbeam Hall | Far Library',
      address: '1 Made-up Street | 2 Made-up Street',
      town: 'London | London',
      postcode: 'E8 1EA | E9 6AA',
      when: 'every Tuesday 10:30 to 12, term time | Fridays 2-4pm at venue 2\nfirst Saturday of the month 10am at Sunbeam Hall',
      'hearing loop': 'yes | no',
    });
    expect(record.reasons).toEqual([]);
    const [hall, library] = record.listing?.locations ?? [];
    expect([hall?.accessibility.hearing_loop, library?.accessibility.hearing_loop]).toEqual(['yes', 'no']);
    expect(record.listing?.service.schedules).toMatchObject([
      { byday: 'TU', term_time: true },
      { byday: 'FR', opens_at: '14:00', location_id: library?.id },
      { freq: 'MONTHLY', byday: '1SA', location_id: hall?.id },
    ]);
    expect(record.listing?.service.schedules[0]?.location_id).toBeUndefined();
  });

  test('areas by name', async () => {
    const areas = (await service({ 'area served': 'hackney; London Borough of Islington; E5; Wales; UK' }))
      .service_areas;
    expect(areas.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'district Hackney',
      'district Islington',
      'outcode E5',
      'nation Wales',
      'uk the United Kingdom',
    ]);
    expect(complaints(await row({ 'area served': 'Hackny' }))).toEqual([
      'area served: ‘Hackny’ is no area that is known here. Did you mean ‘Hackney’?',
    ]);
  });

  test('the mark that keeps a spreadsheet from calculating is taken off, and nothing else', async () => {
    expect((await service({ summary: "'=1+1 is two" })).summary).toBe('=1+1 is two');
    expect((await service({ summary: "'Tis the season" })).summary).toBe("'Tis the season");
    expect((await service({ phone: "'+44 20 7946 0037" })).phones[0]?.number).toBe('+44 20 7946 0037');
  });
});

describe('what is wrong is said by line and column', () => {
  test('all of it at once', async () => {
    const record = await row({
      kind: 'Activty or class',
      categories: 'Social clubz',
      postcode: 'E8',
      when: 'sometimes',
      email: 'nobody',
      'web page': 'no page',
      'oldest age': 'old',
      'charity number': '12',
    });
    expect(record.listing).toBeNull();
    expect(record.reasons.every(({ line }) => line === 2)).toBe(true);
    const words = complaints(record);
    expect(words.map((it) => it.split(':')[0])).toEqual([
      'kind',
      'categories',
      'oldest age',
      'postcode',
      'when',
      'email',
      'web page',
      'charity number',
    ]);
    expect(words[0]).toContain('Did you mean ‘Activity or class’?');
    expect(words[1]).toContain('Did you mean ‘Social clubs’?');
  });

  test('what is missing', async () => {
    expect(
      complaints(await row({ organisation: '', summary: '', venue: '', address: '', town: '', postcode: '' })),
    ).toEqual([
      'organisation: Write who runs it.',
      'summary: Write at least one line about it, under ‘summary’ or ‘description’.',
      'how people take part: Write a venue, or say that it is online, by phone, or that they come to you.',
    ]);
    expect(complaints(await row({ postcode: '' }))).toEqual(['postcode: The postcode of ‘Sunbeam Hall’ is missing.']);
  });

  test('too many cells, too many letters, the same row twice, an id that is none', async () => {
    const { records } = await read(directory.db, `${tableOf([RIGHT, RIGHT])},one,two`);
    expect(complaints(records[1]!)).toEqual([
      'the row: It has 2 more cells than there are headings. A cell with a comma in it needs quotation marks around it.',
      'name: The same listing is on line 2 already. Keep one of the two.',
    ]);
    expect(complaints(await row({ summary: 'x'.repeat(181) }))[0]).toContain('180 is the most');
    expect(complaints(await row({ id: '17' }))[0]).toContain('is no id');
  });

  test('a clinical service is not made of a spreadsheet', async () => {
    expect(complaints(await row({ kind: 'Clinical service' }))[0]).toContain('cannot hold');
  });
});

describe('where a venue is', () => {
  test('the postcode says', async () => {
    const record = await row({ town: '' });
    expect(record.listing?.locations[0]).toMatchObject({
      latitude: 51.546,
      longitude: -0.066,
      address: { city: 'Hackney' },
    });
    expect(record.repairs.map(({ column }) => column)).toEqual(['town']);
  });

  test('a point near it stays, one far from it gives way', async () => {
    const near = await row({ latitude: '51.5461', longitude: '-0.0662' });
    expect(near.listing?.locations[0]?.latitude).toBe(51.5461);
    const far = await row({ latitude: '52.5', longitude: '-0.0662' });
    expect(far.listing?.locations[0]?.latitude).toBe(51.546);
    expect(far.repairs[0]?.words).toContain('more than 2 miles');
  });

  test('a postcode that there is not is refused', async () => {
    expect(complaints(await row({ postcode: 'E8 1EB' }))[0]).toContain('There is no postcode E8 1EB');
    // With a point of its own it may be newer than the table.
    expect((await row({ postcode: 'E8 1EB', latitude: '51.546', longitude: '-0.066' })).reasons).toEqual([]);
  });
});

describe('the directory as a spreadsheet and back', () => {
  test('changes nothing', async () => {
    seedExamples(directory.db, new Date(NOW));
    seedClinical(directory.db, new Date(NOW));
    const listings = [...publicListings(directory.db)];
    expect(listings.length).toBeGreaterThan(200);
    const { records } = await read(directory.db, exported(listings));
    expect(records.flatMap(({ reasons, repairs }) => [...reasons, ...repairs])).toEqual([]);
    expect(records.map(({ listing }) => listing)).toEqual(listings);
    const { counts } = planImport(directory, records, { feed: null });
    expect(counts).toMatchObject({ added: 0, changed: 0, refused: 0, unchanged: listings.length });
  });

  test('what is confidential is not in it', () => {
    seedExamples(directory.db, new Date(NOW));
    const secret = [...publicListings(directory.db)].filter(({ locations }) => locations.some((it) => it.confidential));
    expect(secret.length).toBeGreaterThan(0);
    const text = exported(secret);
    for (const { locations } of secret)
      for (const { confidential, name, address, latitude } of locations)
        if (confidential)
          for (const word of [name, address?.address_1, address?.postal_code, latitude])
            if (word !== undefined) expect(text).not.toContain(String(word));
  });

  test('into an empty directory, what a column can say is said again', async () => {
    const from = emptyDirectory();
    seedExamples(from.db, new Date(NOW));
    directory.db.exec('DELETE FROM postcode');
    const ordinary = [...publicListings(from.db)].filter(({ service: it }) => it.kind !== 'clinical');
    const { records } = await read(directory.db, exported(ordinary));
    expect(records.flatMap(({ reasons }) => reasons)).toEqual([]);
    for (const [at, { listing }] of records.entries()) {
      const was = ordinary[at]!;
      for (const column of TABLE_COLUMNS)
        if (listing && column.name !== 'availability until')
          expect(`${column.name}: ${column.write(listing)}`).toBe(`${column.name}: ${column.write(was)}`);
    }
  });
});

describe('the same file again', () => {
  test('changes nothing, with ids or without', async () => {
    const text = tableOf([
      { ...RIGHT, cost: '£3', phone: '020 7946 0037' },
      { ...RIGHT, name: 'Lunch club', categories: 'Food' },
    ]);
    expect(await take(text)).toMatchObject({ added: 2, refused: 0 });
    expect(await take(text)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(directory.index.size).toBe(2);
    expect(await take(text.replace('£3', '£4'))).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
  });

  test('an empty cell leaves what is there, a hyphen takes it out, another organisation takes it over', async () => {
    await take(tableOf([{ ...RIGHT, email: 'hello@example.org', phone: '020 7946 0037' }]));
    const [first] = [...publicListings(directory.db)];
    const { id } = first!.service;
    const now = () => findListing(directory.db, id)!;
    await take(tableOf([{ id, email: '', phone: '-', summary: 'Other words.' }]));
    expect(now().service).toMatchObject({
      email: 'hello@example.org',
      phones: [],
      summary: 'Other words.',
      name: RIGHT['name'],
    });
    await take(tableOf([{ id, organisation: 'Somebody Else' }]));
    expect(now().organization.name).toBe('Somebody Else');
    expect(now().organization.id).not.toBe(first!.organization.id);
    expect(complaints((await read(directory.db, tableOf([{ id, name: '-' }]))).records[0]!)).toEqual([
      'name: This cannot be taken out. Write what it should be.',
    ]);
  });

  test('rows of one organization and one venue share them', async () => {
    await take(
      tableOf([
        { ...RIGHT, 'charity number': '1234567' },
        { ...RIGHT, name: 'Lunch club', organisation: 'HOMERTON MOVES' },
      ]),
    );
    const listings = [...publicListings(directory.db)];
    expect(new Set(listings.map(({ organization }) => organization.id)).size).toBe(1);
    expect(new Set(listings.map(({ locations }) => locations[0]?.id)).size).toBe(1);
    expect(listings[1]?.organization.charity_number).toBe('1234567');
  });
});

describe('the template', () => {
  test('has every heading, and its example row reads but is never taken in', async () => {
    const text = templateCsv(TAXONOMY);
    const [headings] = text.replace('\ufeff', '').split('\r\n');
    expect(headings?.split(',')).toEqual(TABLE_COLUMNS.map(({ name }) => name));
    expect(await refusal(text)).toContain('no rows');
    const { records } = await read(directory.db, text.replace('Example: ', ''));
    expect(complaints(records[0]!)).toEqual([]);
  });
});

test('thousands of rows are read in one go', async () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => ({ ...RIGHT, name: `Group ${at}` }));
  const { records } = await read(directory.db, tableOf(rows));
  expect(records.filter(({ listing }) => listing !== null)).toHaveLength(3_000);
  expect(new Set(records.map(({ record_id }) => record_id)).size).toBe(3_000);
  expect(today(new Date(NOW))).toBe(TODAY);
});
