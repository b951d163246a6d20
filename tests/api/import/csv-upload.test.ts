import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectory, type Directory } from '../../../api/directory/directory.ts';
import type { TableReport } from '../../../api/import/csv/report.ts';
import { confirmUpload, receiveUpload, reportMark } from '../../../api/import/csv/uploads.ts';
import { historyOf } from '../../../api/store/changes.ts';
import { findListing, publicListings } from '../../../api/store/listings.ts';
import { bodyOfUpload, dropUpload, findUpload, uploadsNow } from '../../../api/store/uploads.ts';
import { createWorld } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';
import { add, emptyDirectory, listing, uuid } from '../matching/directory.ts';
import { RIGHT, tableOf } from './csv-file.ts';

/** A spreadsheet that a moderator sends: looked at, confirmed, taken in as a whole. */

const LATER = '2026-11-22T09:00:01.000Z';
const PERSON = 7;

let clock: string;
let directory: Directory;
beforeEach(() => {
  clock = NOW;
  const { db, index } = emptyDirectory();
  directory = createDirectory({ db, index, now: () => new Date(clock) });
});

/** Sends a file. @returns its id */
async function send(rows: readonly Record<string, string>[], source = 'Hackney CVS'): Promise<string> {
  const sent = await receiveUpload(
    directory,
    { name: 'listings.csv', source, person: PERSON },
    Buffer.from(tableOf(rows)),
  );
  if (!('id' in sent)) throw new Error(`The file was not read: ${sent.problems.map(({ words }) => words).join(' ')}`);
  return sent.id;
}
const upload = (id: string) => findUpload(directory.db, id, clock);
const reportOf = (id: string): TableReport => JSON.parse(upload(id)?.report ?? 'null');
const confirm = (id: string, seen = reportMark(upload(id)?.report ?? '')) => confirmUpload(directory, id, PERSON, seen);

const LUNCH = { ...RIGHT, name: 'Lunch club', categories: 'Food', when: 'Fridays 12 to 2pm' };
const WRONG = { ...RIGHT, name: 'Choir', kind: 'Singing' };

test('what it would do is told row by row, and nothing is written before it is confirmed', async () => {
  add(directory, listing(1));
  const id = await send([
    {
      ...RIGHT,
      id: uuid(1),
      organisation: '',
      name: 'Chair yoga for all',
      kind: '',
      categories: '',
      summary: '',
      venue: '',
      address: '',
      town: '',
      postcode: '',
      when: '',
    },
    LUNCH,
    WRONG,
  ]);
  expect([...publicListings(directory.db)]).toHaveLength(1);
  const { rows, counts } = reportOf(id);
  expect(counts).toMatchObject({ added: 1, changed: 1, refused: 1, unchanged: 0 });
  expect(rows.map(({ line, action }) => `${line} ${action}`)).toEqual(['2 changed', '3 added', '4 refused']);
  expect(rows[0]?.changes).toEqual([{ label: 'Name', before: 'Chair yoga', after: 'Chair yoga for all' }]);
  expect(rows[2]?.reasons[0]?.column).toBe('kind');

  expect(await confirm(id)).toBe('done');
  expect([...publicListings(directory.db)].map(({ service }) => service.name).sort()).toEqual([
    'Chair yoga for all',
    'Lunch club',
  ]);
  expect(historyOf(directory.db, [uuid(1)])[0]).toMatchObject({
    action: 'imported',
    role: 'moderator',
    person: PERSON,
  });
  expect(directory.index.size).toBe(2);
  expect(upload(id)?.done_at).toBe(new Date(NOW).toISOString());
  expect(await confirm(id)).toBe('gone');
});

test('where the directory has changed since, nothing is done, and what it would do now is shown', async () => {
  const id = await send([LUNCH]);
  const seen = reportMark(upload(id)?.report ?? '');
  const other = await send([LUNCH]);
  expect(await confirm(other)).toBe('done');
  expect(await confirm(id, seen)).toBe('changed');
  expect(reportOf(id).counts).toMatchObject({ added: 0, unchanged: 1 });
  expect(await confirm(id)).toBe('done');
  expect(directory.index.size).toBe(1);
});

test('a new row that looks like a listing names it, and the two are joined when it is taken in', async () => {
  const location = { address: { address_1: '1 Made-up Street', city: 'London', postal_code: 'E8 1EA' } };
  const service = {
    name: RIGHT['name'],
    schedules: [{ freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' }],
  };
  add(directory, listing(1, { service, location }));
  const id = await send([RIGHT]);
  expect(reportOf(id).rows[0]?.alike).toMatchObject({ id: uuid(1), name: 'Seated exercise' });
  expect(reportOf(id).rows[0]?.alike?.words).toContain('will be joined');
  await confirm(id);
  expect(directory.index.size).toBe(1);
  expect(findListing(directory.db, uuid(1))?.state).toBe('published');
});

test('a file with something wrong in all of it is not kept', async () => {
  const sent = await receiveUpload(directory, { name: 'x', source: 'x', person: PERSON }, Buffer.from('a,b\n1,2'));
  expect('problems' in sent && sent.problems.length).toBeGreaterThan(0);
  expect(uploadsNow(directory.db, clock)).toEqual([]);
});

test('it waits for a day, or until it is thrown away, and its content goes with it', async () => {
  const [first, second] = [await send([LUNCH]), await send([LUNCH])];
  dropUpload(directory.db, first);
  expect(upload(first)).toBeNull();
  clock = LATER;
  expect(upload(second)).toBeNull();
  expect(await confirmUpload(directory, second, PERSON, '')).toBe('gone');
  expect(bodyOfUpload(directory.db, second)).not.toBeNull();
  await send([LUNCH]);
  expect(bodyOfUpload(directory.db, second)).toBeNull();
});

describe('the size of what is sent', () => {
  const world = createWorld();
  const pages = async (c: { text: (body: string) => Response }) => c.text('drawn');
  const status = async (path: string, bytes: number, may: boolean): Promise<number> => {
    const front = world.front({ pages: pages as never, maySendFile: () => may });
    const response = await front.request(path, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(bytes) },
      body: 'x'.repeat(bytes),
    });
    return response.status;
  };

  test('up to five megabytes for a moderator, and that page alone', async () => {
    expect(await status('/moderate/import', 1_000_000, true)).toBe(200);
    expect(await status('/moderate/import', 1_000_000, false)).toBe(413);
    expect(await status('/add', 1_000_000, true)).toBe(413);
    expect(await status('/moderate/import', 5_300_000, true)).toBe(413);
  });
});
