import { beforeAll, describe, expect, test } from 'vitest';
import { describeProvenance } from '../../../api/domain/words.ts';
import { paperListing } from '../../../api/handout/paper.ts';
import { recordText } from '../../../api/handout/texts.ts';
import { publicListings } from '../../../api/store/listings.ts';
import { group, harvested, type Taken } from './front-door.ts';

/** A day of checking is said where somebody said it, and nowhere else. */

const START = '2026-11-28T09:00:00Z';
const SILENT = ['Nobody said', 'Not yet come', 'No day at all'];

let feed: Taken;
beforeAll(async () => {
  feed = await harvested(
    [
      group('Nobody said', {}),
      group('Not yet come', { assured_date: '2031-01-01' }),
      group('No day at all', { assured_date: 'recently' }),
      group('Said', { assured_date: '2026-10-01' }),
      group('Changed', { last_modified: '2026-11-01T10:00:00Z' }),
    ],
    START,
  );
});

describe('where the source says of no day that it was checked', () => {
  test.each(SILENT)('%s: nobody is said to have', async (name) => {
    const { service } = await feed.answer(name);
    expect(service.assured_by).toBe('nobody');
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
