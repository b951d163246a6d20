import { describe, expect, test } from 'vitest';
import { calendarOf } from '#api/domain/calendar.ts';
import { dateOf, dayOf } from '#api/domain/london.ts';
import { nextSessions } from '#api/domain/schedule.ts';
import { type Listing, Schedule, WEEKDAYS } from '#api/domain/service.ts';
import { READERS } from '../../helpers/calendar-readers.ts';
import { listingAt } from '../../helpers/listing-at.ts';

const calendar = (listing: Listing, now: Date): string => calendarOf([listing], now, () => []);

/** The file against three readers of it, and against what is known of Outlook: everybody meets on the same days. */

/** Saturday. */
const NOW = new Date('2026-11-21T09:00:00Z');
/** A little less than the two years that single dates are written for. */
const WINDOW = { from: '2026-11-22', to: '2028-11-15' };

/** The same from the directory's own reckoning. */
const own = (schedules: Schedule[]): string[] =>
  nextSessions(schedules, NOW, 2000, undefined, () => ['england_and_wales'])
    .map(({ starts }) => (starts.length === 10 ? starts : `${new Date(starts).toISOString().slice(0, 19)}Z`))
    .filter((start) => start.slice(0, 10) >= WINDOW.from && start.slice(0, 10) <= WINDOW.to)
    .sort();

const lines = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
const rules = (text: string): string[] => lines(text).filter((line) => line.startsWith('RRULE') && line.includes('BY'));
const ofListing = (text: string): string[] => rules(text.slice(text.indexOf('END:VTIMEZONE')));

const at = { opens_at: '14:00', closes_at: '16:00' };
const CASES: readonly [name: string, schedule: Partial<Schedule>, rules: string[] | null][] = [
  [
    'several places in the month are a rule each',
    { freq: 'MONTHLY', byday: '1TH,3TH', ...at },
    ['RRULE:FREQ=MONTHLY;BYDAY=1TH', 'RRULE:FREQ=MONTHLY;BYDAY=3TH'],
  ],
  ['a fifth weekday is dates', { freq: 'MONTHLY', byday: '5SU', ...at }, []],
  ['places and a fifth are dates', { freq: 'MONTHLY', byday: '2FR,5FR', ...at }, []],
  ['the last but one is dates', { freq: 'MONTHLY', byday: '-2WE', ...at }, []],
  ['the last is a rule', { freq: 'MONTHLY', byday: '-1FR', ...at }, ['RRULE:FREQ=MONTHLY;BYDAY=-1FR']],
  ['the 28th is a rule', { freq: 'MONTHLY', bymonthday: 28, ...at }, ['RRULE:FREQ=MONTHLY;BYMONTHDAY=28']],
  ['the 31st is dates, since February has none', { freq: 'MONTHLY', bymonthday: 31, ...at }, []],
  ['the last day is dates', { freq: 'MONTHLY', bymonthday: -1, ...at }, []],
  ['Friday the 13th is dates', { freq: 'MONTHLY', byday: 'FR', bymonthday: 13, ...at }, []],
  ['every Wednesday of the month is dates', { freq: 'MONTHLY', byday: 'WE', ...at }, []],
  ['a season is dates', { freq: 'WEEKLY', byday: 'TU', bymonth: [4, 5, 6, 7, 8, 9], ...at }, []],
  [
    'an end is a count',
    { freq: 'WEEKLY', byday: 'TU', valid_to: '2027-06-29', ...at },
    ['RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=32'],
  ],
  [
    'a count holds the breaks, which are taken out one by one',
    {
      freq: 'WEEKLY',
      byday: 'TU',
      valid_to: '2027-01-26',
      exceptions: [{ from: '2026-12-20', to: '2027-01-06' }],
      ...at,
    },
    ['RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=10'],
  ],
  [
    'every other week says when weeks begin',
    { freq: 'WEEKLY', byday: 'TU,SU', interval: 2, dtstart: '2026-11-24', wkst: 'SU', ...at },
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU'],
  ],
  ['every third day', { freq: 'DAILY', interval: 3, dtstart: '2026-11-30', ...at }, null],
  ['dates are events', { dtstart: '2026-12-05', additional_dates: ['2027-01-09', '2027-02-06'], ...at }, []],
  [
    'dates beside a rule are events',
    { freq: 'WEEKLY', byday: 'TU', additional_dates: ['2026-12-03', '2026-12-29'], ...at },
    ['RRULE:FREQ=WEEKLY;BYDAY=TU'],
  ],
  [
    'bank holidays without a meeting are taken out',
    { freq: 'WEEKLY', byday: 'MO,FR', bank_holidays: 'closed', ...at },
    ['RRULE:FREQ=WEEKLY;BYDAY=MO,FR'],
  ],
  [
    'a time that a change of the clocks leaves out, and another gives twice',
    { freq: 'WEEKLY', byday: 'SU', opens_at: '01:30', closes_at: '04:00' },
    [],
  ],
  [
    'a night that is an hour shorter or longer',
    { freq: 'WEEKLY', byday: 'SA', opens_at: '20:00', closes_at: '08:00' },
    ['RRULE:FREQ=WEEKLY;BYDAY=SA'],
  ],
  [
    'day and night',
    { freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '00:00' },
    ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU'],
  ],
  [
    'whole days',
    { freq: 'WEEKLY', byday: 'MO', valid_to: '2027-03-31', exceptions: [{ from: '2027-01-04', to: '2027-01-04' }] },
    null,
  ],
];

describe.each(READERS)('%s', (_, read) => {
  test.each(CASES)('%s', (_name, given, wanted) => {
    const schedule = Schedule.parse(given);
    const text = calendar(listingAt([schedule]), NOW);
    const expected = own([schedule]);
    expect(expected.length).toBeGreaterThan(0);
    expect(read(text, WINDOW)).toEqual(expected);
    if (wanted) expect(ofListing(text)).toEqual(wanted);
  });
});

test('nothing is written that Outlook drops or that readers differ on', () => {
  for (const [, given] of CASES) {
    const text = calendar(listingAt([Schedule.parse(given)]), NOW);
    const own = text.slice(text.indexOf('END:VTIMEZONE'));
    expect(own).not.toMatch(/RDATE|UNTIL=|BYMONTH=|BYSETPOS/);
    for (const rule of ofListing(text))
      expect(rule).not.toMatch(/BYDAY=-?\d\w\w,|BYDAY=(5|-[2-5])|BYMONTHDAY=(-|29|3\d)/);
  }
});

test('every meeting ends when the directory says, on the nights of the change too', () => {
  const schedule = Schedule.parse({ freq: 'WEEKLY', byday: 'SA', opens_at: '20:00', closes_at: '08:00' });
  const text = calendar(listingAt([schedule]), new Date('2027-03-25T12:00:00Z'));
  expect(text).toContain('DTSTART:20270327T200000Z\r\nDTEND:20270328T070000Z\r\n');
  expect(text).toContain('DTSTART:20271030T190000Z\r\nDTEND:20271031T080000Z\r\n');
});

test('three readers find the same meetings as the directory does, for 150 drawn schedules', () => {
  let seed = 11;
  const next = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) / 0x7fffff;
  };
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length * 0.999999)]!;
  const maybe = <T>(chance: number, value: () => T): T | undefined => (next() < chance ? value() : undefined);
  const day = (spread: number) => dateOf(dayOf('2026-11-01') + Math.floor(next() * spread));
  let compared = 0;
  for (let round = 0; round < 150; round++) {
    const freq = pick(['WEEKLY', 'WEEKLY', 'MONTHLY', 'DAILY', undefined] as const);
    const place = () => (freq === 'MONTHLY' ? pick(['1', '2', '3', '4', '5', '-1', '-2', '']) : '');
    const from = day(300);
    const given = Schedule.parse({
      freq,
      interval: pick([1, 1, 2, 3]),
      byday:
        freq === 'WEEKLY' || (freq === 'MONTHLY' && next() < 0.8)
          ? [pick(WEEKDAYS), ...(next() < 0.3 ? [pick(WEEKDAYS)] : [])].map((it) => `${place()}${it}`).join(',')
          : undefined,
      bymonthday: freq === 'MONTHLY' ? maybe(0.2, () => pick([1, 15, 28, 29, 31, -1])) : undefined,
      bymonth: freq === undefined ? undefined : maybe(0.2, () => [1, 2, 3, 10, 11, 12]),
      wkst: maybe(0.3, () => pick(WEEKDAYS)),
      dtstart: freq === undefined || freq === 'DAILY' || next() < 0.6 ? day(60) : undefined,
      valid_from: maybe(0.3, () => day(100)),
      valid_to: maybe(0.4, () => dateOf(dayOf('2027-02-01') + Math.floor(next() * 300))),
      bank_holidays: maybe(0.3, () => pick(['open', 'closed'] as const)),
      exceptions: next() < 0.4 ? [{ from, to: dateOf(dayOf(from) + Math.floor(next() * 30)) }] : [],
      additional_dates: next() < 0.3 ? [day(300), day(300)] : [],
      ...pick([
        { opens_at: '10:30', closes_at: '12:00' },
        { opens_at: '01:15', closes_at: '02:45' },
        {},
        { opens_at: '22:00', closes_at: '03:00' },
      ]),
    });
    const expected = own([given]);
    compared += expected.length;
    const text = calendar(listingAt([given]), NOW);
    for (const [name, read] of READERS)
      expect(read(text, WINDOW), `${name}: ${JSON.stringify(given)}`).toEqual(expected);
  }
  expect(compared).toBeGreaterThan(5000);
});
