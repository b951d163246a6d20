import { describe, expect, test } from 'vitest';
import { availabilityOn } from '#api/domain/availability.ts';
import { dateOf, dayOf } from '#api/domain/london.ts';
import { REACH_KINDS } from '#api/domain/reach.ts';
import { nextSessions } from '#api/domain/schedule.ts';
import {
  ACCESS,
  ATTENDING_TYPES,
  JOINS,
  KINDS,
  Location,
  PAIN_FRIENDLY,
  RECORD_STATES,
  Schedule,
  Service,
  ServiceArea,
  TriState,
  WEEKDAYS,
} from '#api/domain/service.ts';
import * as words from '#api/domain/words.ts';

const schedule = (given: Partial<Schedule>): Schedule => Schedule.parse(given);
const TODAY = '2026-11-21';

describe('labels', () => {
  const enumerations: [string, readonly string[], Readonly<Record<string, string>>][] = [
    ['kind', KINDS, words.KIND_LABELS],
    ['kind, one of it', KINDS, words.KIND_LABELS_ONE],
    ['attending', ATTENDING_TYPES, words.ATTENDING_LABELS],
    ['cost', ['free', 'donation', 'paid', 'concession'], words.COST_LABELS],
    ['join', JOINS, words.JOIN_LABELS],
    ['access', ACCESS, words.ACCESS_LABELS],
    ['pain-friendly', PAIN_FRIENDLY, words.PAIN_FRIENDLY_LABELS],
    ['weekday', WEEKDAYS, words.WEEKDAY_LABELS],
    ['time of day', ['morning', 'afternoon', 'evening'], words.TIME_OF_DAY_LABELS],
    ['tri-state', TriState.options, words.TRI_STATE_LABELS],
    ['availability', ['open', 'waiting_list', 'full', 'paused'], words.AVAILABILITY_LABELS],
    ['status', Service.shape.status.unwrap().options, words.STATUS_LABELS],
    ['record state', RECORD_STATES, words.RECORD_STATE_LABELS],
    ['assured by', Service.shape.assured_by.unwrap().options, words.ASSURED_BY_LABELS],
    ['reach', REACH_KINDS, words.REACH_LABELS],
    ['service area', ServiceArea.shape.type.options, words.SERVICE_AREA_LABELS],
    ['location type', Location.shape.location_type.unwrap().options, words.LOCATION_TYPE_LABELS],
  ];

  test.each(enumerations)('%s: one for each value, each its own, in plain text', (_name, values, labels) => {
    expect(Object.keys(labels).sort()).toEqual([...values].sort());
    expect(new Set(Object.values(labels)).size).toBe(values.length);
    for (const label of Object.values(labels)) expect(label).toMatch(/^[A-Z][^_<>]*[a-z]$/);
  });
});

describe('schedules', () => {
  test.each<[Partial<Schedule>, string]>([
    [
      { freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00', term_time: true },
      'Tuesdays, 10:30am to 12 noon, term time only',
    ],
    [
      { freq: 'MONTHLY', byday: '3TH', opens_at: '14:00', closes_at: '16:00' },
      'Third Thursday of the month, 2pm to 4pm',
    ],
    [{ freq: 'WEEKLY', byday: 'TH,TU' }, 'Tuesdays and Thursdays'],
    [
      { freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '17:00' },
      'Mondays to Fridays, 9am to 5pm',
    ],
    [{ freq: 'WEEKLY', byday: 'MO,WE,FR', opens_at: '19:00' }, 'Mondays, Wednesdays and Fridays, from 7pm'],
    [
      { freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '00:00' },
      'Every day, open 24 hours',
    ],
    [{ freq: 'WEEKLY', byday: 'FR', opens_at: '21:00', closes_at: '00:00' }, 'Fridays, 9pm to midnight'],
    [
      { freq: 'WEEKLY', byday: 'SA', interval: 2, dtstart: '2026-01-03', closes_at: '12:30' },
      'Every other Saturday, until 12:30pm',
    ],
    [{ freq: 'WEEKLY', byday: 'MO,TH', interval: 2 }, 'Mondays and Thursdays, every other week, ask for the dates'],
    [{ freq: 'WEEKLY', byday: 'MO', interval: 4, dtstart: '2026-01-05' }, 'Mondays, every 4 weeks'],
    [{ freq: 'WEEKLY', dtstart: '2026-11-04' }, 'Wednesdays'],
    [{ freq: 'WEEKLY', byday: 'MO', valid_to: '2027-03-29' }, 'Mondays, until 29 March 2027'],
    [{ freq: 'MONTHLY', byday: '1TU,3TU' }, 'First and third Tuesday of the month'],
    [{ freq: 'MONTHLY', byday: '1MO,2WE' }, 'First Monday and second Wednesday of the month'],
    [{ freq: 'MONTHLY', byday: '-1FR', interval: 2, dtstart: '2026-01-30' }, 'Last Friday of every other month'],
    [
      { freq: 'MONTHLY', byday: '-2SU', interval: 3, valid_from: '2026-01-01' },
      'Second to last Sunday of the month, every 3 months',
    ],
    [{ freq: 'MONTHLY', bymonthday: 1 }, 'The 1st of the month'],
    [{ freq: 'MONTHLY', bymonthday: 22 }, 'The 22nd of the month'],
    [{ freq: 'MONTHLY', bymonthday: 13, byday: 'FR' }, 'Every Friday of the month that is the 13th'],
    [{ freq: 'MONTHLY', bymonthday: -1 }, 'The last day of the month'],
    [{ freq: 'MONTHLY', bymonthday: -3 }, 'The 3rd to last day of the month'],
    [{ dtstart: '2026-11-24', opens_at: '18:00', closes_at: '19:30' }, 'Tuesday 24 November 2026, 6pm to 7:30pm'],
    [{ additional_dates: ['2026-12-08', '2026-12-01'] }, 'Tuesday 1 December 2026 and Tuesday 8 December 2026'],
    [{ freq: 'WEEKLY', byday: 'MO', additional_dates: ['2026-12-24'] }, 'Mondays, and on Thursday 24 December 2026'],
    [{ freq: 'WEEKLY', byday: 'MO', description: 'women only' }, 'Mondays (women only)'],
    [{ freq: 'DAILY' }, 'Every day'],
    [{ freq: 'DAILY', interval: 3, dtstart: '2026-01-01' }, 'Every 3 days'],
    [{ freq: 'DAILY', interval: 2 }, 'Every other day, ask for the dates'],
    [{ freq: 'WEEKLY', byday: 'MO', bymonth: [4, 5, 6, 7, 8, 9, 10] }, 'Mondays, April to October'],
    [{ freq: 'WEEKLY', byday: 'MO', bymonth: [1, 2, 11, 12] }, 'Mondays, November to February'],
    [{ freq: 'WEEKLY', byday: 'MO', bymonth: [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12] }, 'Mondays, not in August'],
    [{ freq: 'WEEKLY', byday: 'MO', bymonth: [3, 6, 9] }, 'Mondays, in March, June and September'],
    [{ freq: 'WEEKLY', byday: 'MO', bymonth: [12] }, 'Mondays, in December'],
    [{ freq: 'WEEKLY', byday: 'MO', bank_holidays: 'closed' }, 'Mondays, not on bank holidays'],
    [{ freq: 'WEEKLY', byday: 'MO', bank_holidays: 'open' }, 'Mondays, bank holidays too'],
    [
      { freq: 'WEEKLY', byday: 'MO', dates_unknown: true, description: 'twice a month' },
      'Mondays, ask for the dates (twice a month)',
    ],
    [{ freq: 'WEEKLY', description: 'Ask at the desk' }, 'Ask at the desk'],
    [{}, 'Dates not known'],
  ])('%j', (given, expected) => {
    expect(words.describeSchedule(schedule(given))).toBe(expected);
  });

  test('with today, what is past goes unsaid and what is to come is said', () => {
    const season = schedule({ freq: 'WEEKLY', byday: 'MO', valid_from: '2027-01-04', valid_to: '2028-03-27' });
    expect(words.describeSchedule(season, TODAY)).toBe('Mondays, from 4 January, until 27 March 2028');
    expect(words.describeSchedule(season, '2027-06-01')).toBe('Mondays, until 27 March');
    const extra = schedule({ additional_dates: ['2026-11-20', '2026-11-21'] });
    expect(words.describeSchedule(extra, TODAY)).toBe('Saturday 21 November 2026');
  });

  test('breaks that are not over', () => {
    const exceptions = [
      { from: '2026-12-21', to: '2027-01-04', reason: 'Christmas' },
      { from: '2026-12-02', to: '2026-12-02' },
      { from: '2026-11-16', to: '2026-11-20' },
    ];
    expect(words.describeBreaks(schedule({ exceptions }), TODAY)).toEqual([
      'No meeting on Wednesday 2 December',
      'No meetings from 21 December to 4 January (Christmas)',
    ]);
  });

  test('sessions', () => {
    const [session] = nextSessions(
      [schedule({ freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' })],
      new Date('2026-11-21T09:00:00Z'),
      1,
    );
    expect(words.describeSession(session!)).toBe('Tuesday 24 November, 10:30am to 12 noon');
    expect(words.describeSession({ ...session!, opens_at: null, closes_at: null })).toBe('Tuesday 24 November');
    expect(words.describeSession({ ...session!, date: '2027-11-30' }, TODAY)).toBe(
      'Tuesday 30 November 2027, 10:30am to 12 noon',
    );
  });

  test('every minute of the day is said in its own way, and reads back as that minute', () => {
    const said = new Map<string, number>();
    for (let minute = 0; minute < 1440; minute++) {
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      said.set(words.describeTime(clock), minute);
    }
    expect(said.size).toBe(1440);
    for (const [text, minute] of said) {
      if (text === 'midnight' || text === '12 noon') continue;
      const [, hours, minutes, half] = /^(\d{1,2})(?::(\d\d))?(am|pm)$/.exec(text) ?? [];
      expect((Number(hours) % 12) * 60 + Number(minutes ?? 0) + (half === 'pm' ? 720 : 0)).toBe(minute);
    }
    expect([said.get('midnight'), said.get('12 noon'), said.get('12:01am')]).toEqual([0, 720, 1]);
  });
});

describe('distances', () => {
  test.each([
    [0, 'less than 0.1 miles'],
    [160, 'less than 0.1 miles'],
    [161, '0.1 miles'],
    [650, '0.4 miles'],
    [1609.344, '1 mile'],
    [1600, '1 mile'],
    [2414, '1.5 miles'],
    [15_900, '9.9 miles'],
    [16_090, '10 miles'],
    [80_467, '50 miles'],
  ])('%d m', (metres, expected) => {
    expect(words.describeDistance(metres)).toBe(expected);
  });

  test('never grow shorter as the metres grow', () => {
    let before = 0;
    for (let metres = 161; metres < 90_000; metres += 37) {
      const miles = Number.parseFloat(words.describeDistance(metres));
      expect(miles).toBeGreaterThanOrEqual(before);
      expect(Math.abs(miles - metres / 1609.344)).toBeLessThanOrEqual(miles < 10 ? 0.051 : 0.51);
      before = miles;
    }
  });
});

describe('costs', () => {
  type Costs = Service['cost_options'];
  test.each<[Partial<Costs[number]>[], string]>([
    [[], 'Cost not known'],
    [[{ option: 'free' }], 'Free'],
    [
      [
        { option: 'paid', amount: 3 },
        { option: 'paid', amount: 1.5, concession: true },
      ],
      '£3, or £1.50 concession',
    ],
    [[{ option: 'paid', amount: 4.5, amount_description: 'a session' }], '£4.50 a session'],
    [
      [{ option: 'free', concession: true, amount_description: 'if you are out of work' }],
      'Free if you are out of work',
    ],
    [
      [{ option: 'free', concession: true, amount_description: 'durumu olmayanlar için' }],
      'Free (durumu olmayanlar için)',
    ],
    [[{ option: 'paid', amount: 4, amount_description: 'first visit free' }], '£4 (first visit free)'],
    [[{ option: 'paid' }], 'There is a charge'],
    [[{ option: 'donation' }], 'Donation'],
    [[{ option: 'donation', amount: 2 }], 'Suggested donation of £2'],
    [
      [
        { option: 'paid', amount: 5 },
        { option: 'free', concession: true },
      ],
      '£5, or free with a concession',
    ],
  ])('%j', (costs, expected) => {
    expect(words.describeCost(costs.map((cost) => ({ concession: false, ...cost })) as Costs)).toBe(expected);
  });
});

describe('ages', () => {
  test.each([
    [18, undefined, 'Adults 18 and over'],
    [50, undefined, 'Adults 50 and over'],
    [16, undefined, 'Ages 16 and over'],
    [11, 25, 'Ages 11 to 25'],
    [18, 65, 'Adults 18 to 65'],
    [undefined, 11, 'Ages up to 11'],
    [0, undefined, 'All ages'],
    [0, 120, 'All ages'],
    [14, 14, 'Age 14'],
    [undefined, undefined, 'No age limit given'],
  ])('%s to %s', (minimum_age, maximum_age, expected) => {
    expect(words.describeAges({ minimum_age, maximum_age, restrictions: [] })).toBe(expected);
  });
});

describe('when it was checked', () => {
  const checked = (assured_date: string) =>
    words.describeProvenance(
      { assured_by: 'organization', assured_date, source_name: 'Exampleshire Council', copied: false },
      TODAY,
    );

  test.each([
    ['2026-11-21', 'Checked today by the organisation'],
    ['2026-11-25', 'Checked today by the organisation'],
    ['2026-11-20', 'Checked yesterday by the organisation'],
    ['2026-11-09', 'Checked 12 days ago by the organisation'],
    ['2026-10-31', 'Checked 3 weeks ago by the organisation'],
    ['2026-09-20', 'Checked 2 months ago by the organisation'],
    ['2025-11-22', 'Checked 11 months ago by the organisation'],
    ['2025-11-21', 'Checked over a year ago by the organisation'],
    ['2015-11-18', 'Checked over 11 years ago by the organisation'],
  ])('%s', (date, expected) => {
    expect(checked(date)).toBe(expected);
  });

  test.each([
    ['source', false, 'From Exampleshire Council, 3 November 2026; not checked by us'],
    ['organization', true, 'From Exampleshire Council, 3 November 2026; not checked by us'],
    ['moderator', false, 'Checked 2 weeks ago by the directory’s team'],
  ] as const)('is said of a check by a person alone: %s, copied %s', (assured_by, copied, expected) => {
    const it = { assured_by, assured_date: '2026-11-03', source_name: 'Exampleshire Council', copied };
    expect(words.describeProvenance(it, TODAY)).toBe(expected);
  });

  test('never claims to be fresher than it is, nor more than a month staler', () => {
    const unit: Record<string, number> = { day: 1, week: 7, month: 30.44, year: 365 };
    for (let days = 2; days < 4000; days++) {
      const text = checked(dateOf(dayOf(TODAY) - days)).replace(' by the organisation', '');
      const [, amount, name] = /(\d+|a) (day|week|month|year)s? ago$/.exec(text) ?? [];
      const claimed = (amount === 'a' ? 1 : Number(amount)) * (unit[name ?? ''] ?? Number.NaN);
      expect(claimed).toBeLessThanOrEqual(days);
      if (name !== 'year') expect(days - claimed).toBeLessThan(32);
    }
    expect(words.describeDate('2026-11-01')).toBe('1 November 2026');
  });
});

describe('availability', () => {
  type Availability = Service['availability'];
  test.each<[Availability, string]>([
    [{ state: 'open' }, 'Open'],
    [{ state: 'waiting_list' }, 'Waiting list'],
    [{ state: 'full', until: '2027-03-01' }, 'Full until 1 March'],
    [{ state: 'paused', until: '2028-01-10' }, 'Paused until 10 January 2028'],
    [{ state: 'full', until: TODAY }, 'Full until 21 November'],
    [{ state: 'full', until: '2026-11-20' }, 'Open'],
  ])('%j', (availability, expected) => {
    expect(words.describeAvailability(availability, TODAY)).toBe(expected);
  });

  test('opens by itself on the day after, and its note goes too', () => {
    const full: Availability = { state: 'full', until: '2027-03-01', note: 'Back in spring' };
    expect(availabilityOn(full, '2027-03-01')).toEqual(full);
    expect(availabilityOn(full, '2027-03-02')).toEqual({ state: 'open' });
  });
});

test('languages have the names that people use for them', () => {
  expect(['tr', 'cy', 'bn', 'yi', 'bfi', 'yue', 'so'].map(words.describeLanguage)).toEqual([
    'Turkish',
    'Welsh',
    'Bengali',
    'Yiddish',
    'British Sign Language',
    'Cantonese',
    'Somali',
  ]);
  expect(words.describeLanguage('qqq')).toBe('Another language (qqq)');
  expect(words.describeLanguage('not a tag')).toBe('Another language (not a tag)');
});
