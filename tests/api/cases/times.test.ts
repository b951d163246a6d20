import { beforeAll, describe, expect, test } from 'vitest';
import { harvested, type Taken } from './front-door.ts';

/** What real feeds say of when something meets: harvested from a feed, asked of the API and of the calendar file. */

type Json = Record<string, unknown>;

/** A Saturday. */
const START = '2026-11-28T09:00:00Z';
const uuid = (number: number): string => `d1000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

const weekly = (byday: string, more: Json = {}): Json => ({
  freq: 'WEEKLY',
  interval: 1,
  byday,
  opens_at: '10:00',
  closes_at: '12:00',
  ...more,
});

/** A record of a class in a hall, with what is given at the service, at its place and at its location. */
function record(number: number, service: Json, place: Json = {}, location: Json = {}): Json {
  return {
    id: uuid(number * 16),
    name: `Sewing ${number}`,
    description: 'A group for people nearby.',
    status: 'active',
    assured_date: '2026-11-01',
    organization: { id: uuid(number * 16 + 1), name: `Needle Trust ${number}` },
    service_at_locations: [
      {
        id: uuid(number * 16 + 2),
        location: {
          id: uuid(number * 16 + 3),
          name: `Hall ${number}`,
          location_type: 'physical',
          addresses: [{ address_1: `${number} Thread Street`, city: 'London', postal_code: 'E8 1EA' }],
          ...location,
        },
        ...place,
      },
    ],
    ...service,
  };
}

type Case = readonly [name: string, given: Json, words: RegExp, dates: string[]];

const KINDS: readonly (readonly [kind: string, cases: readonly Case[]])[] = [
  [
    'recurrence fields',
    [
      [
        'until',
        record(1, { schedules: [weekly('TU', { dtstart: '2026-09-01', until: '2026-10-27' })] }),
        /Tuesdays/,
        [],
      ],
      [
        'count of weeks',
        record(2, { schedules: [weekly('TU', { dtstart: '2026-11-24', count: 3 })] }),
        /Tuesdays/,
        ['26-12-01', '26-12-08'],
      ],
      [
        'count of months',
        record(3, { schedules: [weekly('-1FR', { freq: 'MONTHLY', dtstart: '2026-01-30', count: 6 })] }),
        /Last Friday/,
        [],
      ],
      ['count from no day', record(4, { schedules: [weekly('TU', { count: 6 })] }), /ask for the dates/, []],
      [
        'every third day',
        record(5, {
          schedules: [{ freq: 'DAILY', interval: 3, dtstart: '2026-11-30', opens_at: '10:00', closes_at: '12:00' }],
        }),
        /Every 3 days/,
        ['26-11-30', '26-12-03', '26-12-06', '26-12-09'],
      ],
      [
        'every other week from no day',
        record(6, { schedules: [weekly('TU', { interval: 2 })] }),
        /Every other Tuesday.*ask for the dates/,
        [],
      ],
      [
        'a place in the month, weekly',
        record(7, { schedules: [weekly('1TU')] }),
        /First Tuesday/,
        ['26-12-01', '27-01-05', '27-02-02', '27-03-02'],
      ],
      [
        'monthly on a weekday, without its place',
        record(8, { schedules: [weekly('TU', { freq: 'MONTHLY' })] }),
        /Tuesdays.*ask for the dates/,
        [],
      ],
      [
        'weeks from Sunday',
        record(9, { schedules: [weekly('TU,SU', { interval: 2, wkst: 'SU', dtstart: '2026-12-01' })] }),
        /every other week/,
        ['26-12-01', '26-12-13', '26-12-15', '26-12-27'],
      ],
      [
        'no end, written as a date',
        record(10, { schedules: [weekly('TU', { valid_from: '0001-01-01', valid_to: '9999-12-31' })] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
    ],
  ],
  [
    'closed periods',
    [
      [
        'of the service',
        record(11, {
          regular_schedules: [weekly('MO')],
          holiday_schedules: [{ closed: true, start_date: '2026-11-29', end_date: '2027-01-10' }],
        }),
        /Mondays/,
        ['27-01-11', '27-01-18', '27-01-25', '27-02-01'],
      ],
      [
        'of the place',
        record(
          12,
          { schedules: [weekly('MO')] },
          { holiday_schedules: [{ closed: true, start_date: '2026-11-30', end_date: '2026-11-30' }] },
        ),
        /Mondays/,
        ['26-12-07', '26-12-14', '26-12-21', '26-12-28'],
      ],
      [
        'with other hours',
        record(13, {
          schedules: [weekly('MO')],
          holiday_schedules: [
            { closed: false, start_date: '2026-11-30', end_date: '2026-11-30', opens_at: '14:00', closes_at: '15:00' },
          ],
        }),
        /2pm to 3pm/,
        ['26-11-30', '26-12-07', '26-12-14', '26-12-21'],
      ],
    ],
  ],
  [
    'wherever they hang',
    [
      [
        'at the place',
        record(14, {}, { schedules: [weekly('TU')] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'at the location',
        record(15, {}, {}, { schedules: [weekly('TU')] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'as a regular schedule of the place',
        record(16, {}, { regular_schedules: [{ weekday: '2', opens_at: '10:00', closes_at: '12:00' }] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'at the service and again at the place',
        record(17, { schedules: [weekly('TU')] }, { schedules: [weekly('TU')] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
    ],
  ],
  [
    'hours',
    [
      [
        'with an offset',
        record(18, { schedules: [weekly('TU', { opens_at: '10:00+01:00', closes_at: '12:00+01:00' })] }),
        /Tuesdays, 10am to 12 noon/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'with Z',
        record(19, { schedules: [weekly('TU', { opens_at: '10:00:00Z', closes_at: '12:00:00Z' })] }),
        /Tuesdays, 10am to 12 noon/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'over midnight',
        record(20, { schedules: [weekly('FR,SA', { opens_at: '20:00', closes_at: '08:00' })] }),
        /Fridays and Saturdays, 8pm to 8am/,
        ['26-11-28', '26-12-04', '26-12-05', '26-12-11'],
      ],
      [
        'to the end of the day',
        record(21, { schedules: [weekly('FR', { opens_at: '20:00', closes_at: '24:00' })] }),
        /8pm to midnight/,
        ['26-12-04', '26-12-11', '26-12-18', '26-12-25'],
      ],
      [
        'half a day early, by its words',
        record(22, {
          schedules: [
            weekly('FR', { opens_at: '13:00', closes_at: '04:00', description: 'Friday 1:00 pm to 4:00 pm' }),
          ],
        }),
        /1pm to 4pm/,
        ['26-12-04', '26-12-11', '26-12-18', '26-12-25'],
      ],
      [
        'that may be open or closed',
        record(23, { schedules: [weekly('MO,TU,WE,TH,FR', { opens_at: '00:00', closes_at: '00:00' })] }),
        /Mondays to Fridays.*ask first/,
        [],
      ],
    ],
  ],
  [
    'words that change the hours',
    [
      [
        'fortnightly',
        record(24, { schedules: [weekly('MO', { description: 'Fortnightly' })] }),
        /Every other Monday.*ask for the dates/,
        [],
      ],
      [
        'term time',
        record(25, { schedules: [weekly('MO', { description: 'Term time only' })] }),
        /term time only/,
        ['26-11-30', '26-12-07', '26-12-14', '26-12-21'],
      ],
      [
        'a month without',
        record(26, { schedules: [weekly('MO', { notes: 'Not in December' })] }),
        /not in December/,
        ['26-11-30', '27-01-04', '27-01-11', '27-01-18'],
      ],
      [
        'cancelled',
        record(27, { schedules: [weekly('MO', { notes: 'Cancelled until further notice' })] }),
        /Cancelled until further notice/,
        [],
      ],
      [
        'one day of several',
        record(28, {
          schedules: [
            weekly('MO', { description: 'Monday: 10:00 - 12:00, Friday: 10:00 - 12:00 Monthly' }),
            weekly('FR'),
          ],
        }),
        /Fridays.*ask for the dates/,
        ['26-11-30', '26-12-07', '26-12-14', '26-12-21'],
      ],
      [
        'a winter that is over',
        record(29, {
          assured_date: '2025-10-01',
          schedules: [weekly('TU', { description: 'Tuesdays 10am - 12 noon until 28th March' })],
        }),
        /until 28 March 2026/,
        [],
      ],
      [
        'nothing that changes them',
        record(30, { schedules: [weekly('MO', { notes: 'Bring your own cup' })] }),
        /Bring your own cup/,
        ['26-11-30', '26-12-07', '26-12-14', '26-12-21'],
      ],
    ],
  ],
  [
    'words of several days',
    [
      [
        'every other one of the last',
        record(41, {
          schedules: [
            weekly('MO', { description: 'Sewing: Thursdays 10.00 - 12.00 & Every other Monday 10.00 - 12.00' }),
          ],
        }),
        /Mondays.*ask for the dates.*Every other Monday/,
        [],
      ],
      [
        'one that is closed in words',
        record(42, {
          schedules: [
            weekly('TU', { description: 'Monday: 10:00 - 12:00 / 9:00 - 17:00, Tuesday: Closed / 10:00 - 12:00' }),
            weekly('MO'),
          ],
        }),
        /Tuesdays.*ask for the dates/,
        ['26-11-30', '26-12-07', '26-12-14', '26-12-21'],
      ],
    ],
  ],
  [
    'hours in words alone',
    [
      [
        'a place in the month',
        record(31, { schedules: [{ description: 'Third Tuesday of each month, 2.30pm - 4pm' }] }),
        /^Third Tuesday of the month, 2:30pm to 4pm$/,
        ['26-12-15', '27-01-19', '27-02-16', '27-03-16'],
      ],
      [
        'with what is left out',
        record(32, {
          schedules: [
            { description: 'First and third Monday of the month - 1 to 3pm (closed bank holidays and August)' },
          ],
        }),
        /First and third Monday of the month, 1pm to 3pm, not in August, not on bank holidays/,
        ['26-12-07', '26-12-21', '27-01-04', '27-01-18'],
      ],
      [
        'two things',
        record(33, { schedules: [{ description: 'Thursdays (1pm-3pm) weekly, Last Friday of month 1pm-3pm' }] }),
        /Thursdays, 1pm to 3pm; Last Friday of the month, 1pm to 3pm/,
        ['26-12-03', '26-12-10', '26-12-17', '26-12-24'],
      ],
      [
        'that can mean two things',
        record(34, { schedules: [{ description: 'Every third Friday 10.00 - 12.00' }] }),
        /^Every third Friday 10\.00 - 12\.00$/,
        [],
      ],
      [
        'that are not certain',
        record(35, { schedules: [{ description: 'Usually the first Tuesday of the month 14.00 - 16.00' }] }),
        /^Usually the first Tuesday/,
        [],
      ],
      [
        'that name a date which that year lacks',
        record(36, { schedules: [{ description: 'Friday 24th December 7pm - 11pm' }] }),
        /^Friday 24th December/,
        [],
      ],
    ],
  ],
  [
    'words that only seem to change the hours',
    [
      [
        'a postcode',
        record(37, { schedules: [weekly('MO', { notes: 'At the hall, S40 4ST' })] }),
        /S40 4ST/,
        ['26-11-30', '26-12-07', '26-12-14', '26-12-21'],
      ],
      [
        'all days of the week',
        record(38, { schedules: [weekly('MO', { notes: 'The shop beside it is open 7 days a week 9-7' })] }),
        /7 days a week/,
        ['26-11-30', '26-12-07', '26-12-14', '26-12-21'],
      ],
      [
        'dates with hyphens, which do',
        record(39, { schedules: [weekly('MO', { notes: 'from Mon 7-Dec-2026, excluding Mon 14-Dec-2026' })] }),
        /Mondays/,
        ['26-12-07', '26-12-21', '26-12-28', '27-01-04'],
      ],
      [
        'a date beside the weekday, which is no hour',
        record(43, { schedules: [weekly('MO', { notes: 'Mondays from 7 December' })] }),
        /Mondays/,
        ['26-12-07', '26-12-14', '26-12-21', '26-12-28'],
      ],
      [
        'a sentence of when it does not meet',
        record(40, { schedules: [weekly('MO', { notes: 'We do not meet: not in December' })] }),
        /not in December/,
        ['26-11-30', '27-01-04', '27-01-11', '27-01-18'],
      ],
    ],
  ],
];

let feed: Taken;
beforeAll(async () => {
  feed = await harvested(
    KINDS.flatMap(([, cases]) => cases.map(([, given]) => given)),
    START,
  );
});

describe.each(KINDS)('%s', (_, cases) => {
  test.each(cases)('%s', async (_name, given, words, dates) => {
    const { service, schedule_words, next_sessions } = await feed.answer(String(given['name']));
    const said = schedule_words.join('; ');
    expect(said).toMatch(words);
    expect(said).not.toMatch(/\b(?:MO|TU|WE|TH|FR|SA|SU)\b|WEEKLY|MONTHLY/);
    expect(next_sessions.map(({ date }: { date: string }) => date.slice(2))).toEqual(dates);
    const calendar = await feed.signpost.api.request(`/api/v1/services/${service.id}/calendar.ics`);
    if (dates.length === 0) expect(await calendar.text()).not.toContain('BEGIN:VEVENT');
  });
});
