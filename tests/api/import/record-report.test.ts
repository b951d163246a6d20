import { beforeAll, describe, expect, test } from 'vitest';
import { keptInWords, understoodOf } from '../../../api/import/questions/record-report.ts';
import { harvestsOf } from '../../../api/store/feeds.ts';
import { findListing } from '../../../api/store/listings.ts';
import { countRecordsOf, notesOfRecords, recordsOf } from '../../../api/store/source-records.ts';
import { group, harvested } from '../cases/front-door.ts';
import type { Signpost } from './world.ts';

/** What moderators are shown of each record of a feed: what is understood, what is kept in words, what is asked. */

const TODAY = '2026-11-28';
const weekly = { freq: 'WEEKLY', byday: 'TU', opens_at: '10:00', closes_at: '12:00' };
const CLEAR = group('Clear', {
  schedules: [weekly],
  service_areas: [{ name: 'Hackney' }],
  cost_options: [{ option: 'Session', amount: 3 }],
  minimum_age: 18,
  languages: [{ code: 'tur' }],
  phones: [{ number: '020 7946 0112' }],
});
const UNCLEAR = group('Unclear', {
  schedules: [{ ...weekly, description: 'Alternate weeks' }],
  service_areas: [{ name: 'Newcastle' }],
  fees: 'Small charge',
  phones: [{ number: 'see website' }],
});

let signpost: Signpost;
let feed: string;
beforeAll(async () => {
  ({ signpost } = await harvested([CLEAR, UNCLEAR], `${TODAY}T09:00:00Z`));
  feed = signpost.db.prepare('SELECT id FROM feed').pluck().get() as string;
});

const all = () => recordsOf(signpost.db, feed, false, 0, 10);
const reportOf = (name: string) => {
  const record = all().find((it) => it.name === name)!;
  const listing = findListing(signpost.db, record.service_id)!;
  const said = (lines: { about: string; words: string }[]) => lines.map(({ about, words }) => `${about}: ${words}`);
  return {
    understood: said(understoodOf(listing, TODAY)),
    kept: said(keptInWords(listing, TODAY)),
    asked: record.questions.map(({ kind, said: words, answer }) => [kind, words, answer]),
  };
};

test('a record that is plain is understood, and asks nothing', () => {
  expect(reportOf('Clear')).toEqual({
    understood: [
      'Does it run: Running',
      'When: Tuesdays, 10am to 12 noon',
      'Where: Hall of Clear, E8 1EA',
      'For people from: Hackney',
      'Cost: £3 (Session)',
      'Ages: Adults 18 and over',
      'Languages: Turkish',
      'Telephone: 020 7946 0112',
    ],
    kept: [],
    asked: [],
  });
});

describe('a record that is not', () => {
  test('says what is kept in words, and asks', () => {
    const { understood, kept, asked } = reportOf('Unclear');
    expect(understood).toEqual(['Does it run: Running', 'Where: Hall of Unclear, E8 1EA']);
    expect(kept).toEqual([
      expect.stringMatching(/^When: Every other Tuesday.*ask for the dates/),
      'For people from: Newcastle',
      'Cost: Small charge',
      'Phone: see website',
    ]);
    expect(asked.map(([kind, words, answer]) => [kind, answer, String(words)]).sort()).toEqual([
      ['area', null, 'Newcastle'],
      ['cost', null, 'Small charge'],
      ['times', null, 'Tuesdays, 10am to 12 noon, Alternate weeks'],
    ]);
  });

  test('stands among those that leave something open, with what the harvest said of it', () => {
    const records = recordsOf(signpost.db, feed, true, 0, 10);
    expect([countRecordsOf(signpost.db, feed, true), records.map(({ name }) => name)]).toEqual([1, ['Unclear']]);
    const [last] = harvestsOf(signpost.db, feed, 1);
    const notes = notesOfRecords(signpost.db, last!.id, [records[0]!.record_id]);
    expect(notes.get(records[0]!.record_id)?.map(({ words }) => words)).toContain(
      '‘see website’ cannot be dialled; it is kept as words.',
    );
  });
});
