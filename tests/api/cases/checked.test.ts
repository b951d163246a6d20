import { beforeAll, describe, expect, test } from 'vitest';
import { describeProvenance } from '../../../api/domain/words.ts';
import { paperListing } from '../../../api/handout/paper.ts';
import { recordText } from '../../../api/handout/texts.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { RIGHT } from '../import/csv-file.ts';
import { group, harvested, sentTable, type Taken } from './front-door.ts';

/** A day of checking is said where somebody said it, and nowhere else. */

const START = '2026-11-28T09:00:00Z';
const SILENT = ['Nobody said', 'Not yet come', 'No day at all', 'The first day', 'The first second'];

let feed: Taken;
beforeAll(async () => {
  feed = await harvested(
    [
      group('Nobody said', {}),
      group('Not yet come', { assured_date: '2031-01-01' }),
      group('No day at all', { assured_date: 'recently' }),
      group('The first day', { assured_date: '0001-01-01' }),
      group('The first second', { assured_date: '1970-01-01T00:00:00Z', last_modified: '1970-01-01T00:00:00Z' }),
      group('Said', { assured_date: '2026-10-01' }),
      group('Changed', { last_modified: '2026-11-01T10:00:00Z' }),
    ],
    START,
  );
});

describe('where the source says of no day that it was checked', () => {
  test.each(SILENT)('%s: nobody is said to have', async (name) => {
    const { service } = await feed.answer(name);
    expect([service.assured_by, service.assured_date]).toEqual(['nobody', null]);
    expect(
      describeProvenance({ ...service, source_name: service.source.name, copied: false }, '2026-11-28'),
    ).not.toMatch(/today|ago|\d{4}/);
  });

  test('paper says whose word it is, and of no day', () => {
    const record = (name: string) => {
      const listing = [...publicListings(feed.signpost.db)].find(({ service }) => service.name === name)!;
      const paper = paperListing('en', { ...listing, next_sessions: [], schedule_words: [] }, null);
      return recordText([paper], '2026-11-28', null);
    };
    expect(record('Nobody said')).toMatch(/From [^0-9]+; not checked by us$/);
    expect(record('Said')).toMatch(/From .*, 1 October 2026; not checked by us$/);
  });

  test('it is not found among what was checked of late, nor is what its source alone says was', async () => {
    const { results } = await (await feed.signpost.api.request('/api/v1/search?checked=3m&per_page=100')).json();
    const names = results.map((it: { service: { name: string } }) => it.service.name);
    for (const name of ['Said', ...SILENT]) expect(names).not.toContain(name);
  });

  test('none is published', async () => {
    const { contents } = await (await feed.signpost.api.request('/api/openreferral/v3/services?per_page=100')).json();
    const published = new Map(
      contents.map((it: { name: string; assured_date?: string }) => [it.name, it.assured_date]),
    );
    for (const name of SILENT) expect(published.get(name)).toBeUndefined();
    expect(published.get('Said')).toBe('2026-10-01');
  });
});

test.each([
  ['Said', '2026-10-01'],
  ['Changed', '2026-11-01'],
])('%s: the source stands for the day', async (name, day) => {
  const { service } = await feed.answer(name);
  expect([service.assured_by, service.assured_date]).toEqual(['source', day]);
});

describe('a row of a table', () => {
  const ROWS: readonly (readonly [name: string, cells: Record<string, string>, by: string, day: string | null])[] = [
    ['With neither', {}, 'nobody', null],
    ['With empty cells', { 'last checked': '', 'checked by': '' }, 'nobody', null],
    ['With who, and no day', { 'checked by': 'the organisation' }, 'nobody', null],
    ['With a day', { 'last checked': '2/10/2026' }, 'source', '2026-10-02'],
    ['With both', { 'last checked': '3 October 2026', 'checked by': 'the organisation' }, 'organization', '2026-10-03'],
  ];
  const row = (name: string, cells: Record<string, string>) => ({
    ...RIGHT,
    name,
    organisation: `Club ${name}`,
    ...cells,
  });

  let table: Taken;
  beforeAll(async () => {
    table = await sentTable(ROWS.map(([name, cells]) => row(name, cells)));
  });

  test.each(ROWS)('%s', async (name, _, by, day) => {
    const { service } = await table.answer(name);
    expect([service.assured_by, service.assured_date]).toEqual([by, day]);
  });

  test('comes back from the export as it was, and gets its day when somebody writes one', async () => {
    const csv = await (await table.signpost.api.request('/api/v1/services.csv')).text();
    await sentTable(Buffer.from(csv), table.signpost);
    for (const [name, , by, day] of ROWS) {
      const { service } = await table.answer(name);
      expect([service.assured_by, service.assured_date]).toEqual([by, day]);
    }
    await sentTable([row('With neither', { 'last checked': '5/10/2026' })], table.signpost);
    const { service } = await table.answer('With neither');
    expect([service.assured_by, service.assured_date]).toEqual(['source', '2026-10-05']);
  });
});
