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
        'of a day when it was first so',
        record(82, {
          schedules: [weekly('TU', { opens_at: '2026-12-01T18:00:00Z', closes_at: '2026-12-01T20:00:00Z' })],
        }),
        /^Tuesdays, 6pm to 8pm$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'from midnight, without an end',
        record(83, { schedules: [weekly('SA,SU', { opens_at: '00:00', closes_at: null })] }),
        /Saturdays and Sundays, from midnight, which may mean open all day or closed: ask first/,
        [],
      ],
      [
        'that are none, of a day that is closed',
        record(84, {
          schedules: [
            weekly('MO,TU'),
            weekly('SA,SU', { opens_at: '00:00', closes_at: '00:00', description: 'Closed' }),
          ],
        }),
        /^Mondays and Tuesdays, 10am to 12 noon$/,
        ['26-11-30', '26-12-01', '26-12-07', '26-12-08'],
      ],
      [
        'on days of which one is none',
        record(85, { schedules: [weekly('XX,TU')] }),
        /^Tuesdays, 10am to 12 noon, ask for the dates$/,
        [],
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
        'that stand on a page of theirs',
        record(114, { schedules: [{ schedule_link: 'www.example.org/times' }] }),
        /^See https:\/\/www\.example\.org\/times$/,
        [],
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
    'a rule in one field',
    [
      [
        'every other week',
        record(51, {
          schedules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU;INTERVAL=2', dtstart: '2026-12-01', opens_at: '10:00' }],
        }),
        /Every other Tuesday/,
        ['26-12-01', '26-12-15', '26-12-29', '27-01-12'],
      ],
      [
        'so many, with its first moment',
        record(52, {
          schedules: [
            { rrule: 'DTSTART:20261201T100000\nRRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=3', dtstart: '20261201T103000' },
          ],
        }),
        /First Tuesday of the month, from 10:30am/,
        ['26-12-01', '27-01-05', '27-02-02'],
      ],
      [
        'until a moment in UTC',
        record(53, {
          schedules: [{ rrule: 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261207T235959Z', opens_at: '10:00' }],
        }),
        /until 7 December 2026/,
        ['26-11-30', '26-12-02', '26-12-07'],
      ],
      [
        'the last of the Mondays',
        record(54, { schedules: [{ rrule: 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1', opens_at: '10:00' }] }),
        /Last Monday of the month/,
        ['26-11-30', '26-12-28', '27-01-25', '27-02-22'],
      ],
      [
        'in the place of words',
        record(81, { schedules: [{ description: 'FREQ=WEEKLY;BYDAY=MO,WE', opens_at: '10:00', closes_at: '11:00' }] }),
        /^Mondays and Wednesdays, 10am to 11am$/,
        ['26-11-30', '26-12-02', '26-12-07', '26-12-09'],
      ],
      [
        'in some months alone',
        record(55, { schedules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO;BYMONTH=5,6', opens_at: '10:00' }] }),
        /ask for the dates/,
        [],
      ],
      [
        'the last weekday',
        record(56, { schedules: [weekly('MO,TU,WE,TH,FR', { freq: 'MONTHLY', bysetpos: -1 })] }),
        /ask for the dates/,
        [],
      ],
      [
        'once a year, which no code says',
        record(57, { schedules: [{ freq: 'YEARLY', opens_at: '10:00' }] }),
        /^once a year, from 10am$/,
        [],
      ],
    ],
  ],
  [
    'dates that are left out',
    [
      [
        'one',
        record(58, { schedules: [weekly('TU', { exdate: '2026-12-08' })] }),
        /Tuesdays/,
        ['26-12-01', '26-12-15', '26-12-22', '26-12-29'],
      ],
      [
        'several, as text',
        record(59, { schedules: [weekly('TU', { exdate: '20261208,20261215', description: 'In the annexe' })] }),
        /In the annexe/,
        ['26-12-01', '26-12-22', '26-12-29', '27-01-05'],
      ],
      [
        'several, as a list',
        record(60, { schedules: [weekly('TU', { exdates: ['20261201T100000Z', '15/12/2026'] })] }),
        /Tuesdays/,
        ['26-12-08', '26-12-22', '26-12-29', '27-01-05'],
      ],
    ],
  ],
  [
    'clock times as people write them',
    [
      [
        'four figures',
        record(61, { schedules: [weekly('TU', { opens_at: '0930', closes_at: '1200' })] }),
        /^Tuesdays, 9:30am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'noon',
        record(62, { schedules: [weekly('TU', { opens_at: '9.30am', closes_at: '12 noon' })] }),
        /^Tuesdays, 9:30am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'midnight',
        record(63, { schedules: [weekly('TU', { opens_at: '8pm', closes_at: 'midnight' })] }),
        /^Tuesdays, 8pm to midnight$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
    ],
  ],
  [
    'words that say other days or hours',
    [
      [
        'another day',
        record(64, { schedules: [weekly('WE', { description: 'Thursdays 10am-12pm' })] }),
        /ask for the dates.*Thursdays/,
        [],
      ],
      [
        'other hours',
        record(65, { schedules: [weekly('WE', { notes: 'Wednesdays 2pm-4pm' })] }),
        /ask for the dates.*Wednesdays 2pm-4pm/,
        [],
      ],
      [
        'the day to which it has moved',
        record(102, { schedules: [weekly('TU', { description: 'Now on Thursdays' })] }),
        /ask for the dates.*Now on Thursdays/,
        [],
      ],
      [
        'the day to which it will move',
        record(103, { schedules: [weekly('FR', { notes: 'From December this session moves to Wednesdays' })] }),
        /ask for the dates.*moves to Wednesdays/,
        [],
      ],
      [
        'the day to which it moved, which is said',
        record(104, { schedules: [weekly('TU', { description: 'Now on Tuesdays' })] }),
        /Now on Tuesdays/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'every fourth week',
        record(108, { schedules: [weekly('TH', { description: 'Every fourth week' })] }),
        /^Thursdays, every 4 weeks, 10am to 12 noon, ask for the dates/,
        [],
      ],
      [
        'so many weeks between',
        record(109, { schedules: [weekly('TH', { description: '(2 weekly)' })] }),
        /ask for the dates/,
        [],
      ],
      [
        'that the dates stand elsewhere',
        record(110, { schedules: [weekly('TH', { description: 'See poster for dates' })] }),
        /ask for the dates/,
        [],
      ],
      [
        'weeks by their number',
        record(105, { schedules: [weekly('TU', { description: 'Odd weeks' })] }),
        /ask for the dates.*Odd weeks/,
        [],
      ],
      [
        'the same, and more',
        record(66, { schedules: [weekly('WE', { description: 'Mondays and Wednesdays 10am-12pm' })] }),
        /Wednesdays, 10am to 12 noon/,
        ['26-12-02', '26-12-09', '26-12-16', '26-12-23'],
      ],
    ],
  ],
  [
    'the description of the service',
    [
      [
        'fortnightly',
        record(67, { description: 'A warm welcome. We meet fortnightly in the hall.', schedules: [weekly('TU')] }),
        /ask for the dates.*We meet fortnightly/,
        [],
      ],
      [
        'one of the month',
        record(68, { description: 'The lunch runs on the 1st Tuesday of the month.', schedules: [weekly('TU')] }),
        /ask for the dates.*1st Tuesday/,
        [],
      ],
      [
        'not at the moment',
        record(69, {
          description: 'We are not meeting at the moment, since the roof is being mended.',
          schedules: [weekly('TU'), weekly('TH')],
        }),
        /ask for the dates.*not meeting/,
        [],
      ],
      [
        'in brackets',
        record(91, { description: 'The lunch club (fortnightly) has a hot meal.', schedules: [weekly('TU')] }),
        /ask for the dates.*fortnightly/,
        [],
      ],
      [
        'of whatever it is called, by its weekday',
        record(92, { description: 'Our choir meets on alternate Tuesdays in the hall.', schedules: [weekly('TU')] }),
        /ask for the dates.*alternate Tuesdays/,
        [],
      ],
      [
        'no more',
        record(93, { description: 'This service has now closed.', schedules: [weekly('TU')] }),
        /ask for the dates.*now closed/,
        [],
      ],
      [
        'none until somebody says so',
        record(94, { description: 'PLEASE NOTE: no sessions until further notice.', schedules: [weekly('TU')] }),
        /ask for the dates.*further notice/,
        [],
      ],
      [
        'a pause to come',
        record(95, { description: 'We will be closed from 18 December to 4 January.', schedules: [weekly('TU')] }),
        /ask for the dates.*18 December/,
        [],
      ],
      [
        'its beginning',
        record(96, { description: 'Tea and talk. Starts 12 January 2027.', schedules: [weekly('TU')] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['27-01-12', '27-01-19', '27-01-26', '27-02-02'],
      ],
      [
        'term time',
        record(97, { description: 'Sessions run during term time only.', schedules: [weekly('TU')] }),
        /term time only/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'what is so for now',
        record(98, { alert: 'Closed until 12 January 2027', schedules: [weekly('TU')] }),
        /ask for the dates.*Closed until/,
        [],
      ],
      [
        'when it began, which is over',
        record(99, {
          description: 'The club started on 5 March 2015. We reopened in May after the flood.',
          schedules: [weekly('TU')],
        }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'a pause that is over',
        record(106, {
          description: 'We are closed from 23 December 2023 until 4 January 2024.',
          schedules: [weekly('TU')],
        }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'places in the month on which it opens',
        record(111, {
          description: 'We open on the first and third Tuesday of each month.',
          schedules: [weekly('TU')],
        }),
        /ask for the dates.*first and third/,
        [],
      ],
      [
        'a day without it',
        record(112, { description: 'There is no group on 22nd December.', schedules: [weekly('TU')] }),
        /ask for the dates.*no group on/,
        [],
      ],
      [
        'its next day',
        record(113, { description: 'Our next meeting is on 15 December.', schedules: [weekly('TU')] }),
        /ask for the dates.*next meeting/,
        [],
      ],
      [
        'days on which it pauses',
        record(107, { description: 'A warm welcome. Closed 22nd and 29th Dec.', schedules: [weekly('TU')] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '27-01-05'],
      ],
      [
        'to whom it is closed',
        record(100, { description: 'This group is currently closed to new members.', schedules: [weekly('TU')] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'where it is no longer',
        record(101, {
          description: 'We no longer meet at the church but at the library.',
          schedules: [weekly('TU')],
        }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'something else of theirs',
        record(70, {
          description: 'Our newsletter comes out monthly. A craft group meets on the first Friday of the month.',
          schedules: [weekly('TU')],
        }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
      ],
      [
        'referrals, which are no sessions',
        record(71, { description: 'Referrals are closed at the moment.', schedules: [weekly('TU')] }),
        /^Tuesdays, 10am to 12 noon$/,
        ['26-12-01', '26-12-08', '26-12-15', '26-12-22'],
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
