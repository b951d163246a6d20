import { describe, expect, test } from 'vitest';
import { dateOf, dayOf, instantOf, isoLondon, londonOffset } from '#api/domain/london.ts';
import { nextSessions, today } from '#api/domain/schedule.ts';
import { Schedule, WEEKDAYS } from '#api/domain/service.ts';

const schedule = (given: Partial<Schedule>): Schedule => Schedule.parse(given);
const at = (iso: string): Date => new Date(iso);
const dates = (given: Partial<Schedule>, from: string, count: number): string[] =>
  nextSessions([schedule(given)], at(from), count).map((session) => session.date);

/** Saturday. */
const NOW = '2026-11-21T09:00:00Z';

describe('the clock of London', () => {
  test('agrees with the platform at every half hour of the changes and through the years', () => {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeZoneName: 'longOffset' });
    const platform = (instant: number): number =>
      format.formatToParts(instant).some((part) => part.value === 'GMT+01:00') ? 60 : 0;
    const compared: [number, number][] = [];
    for (let instant = Date.UTC(1996, 0, 1); instant < Date.UTC(2045, 0, 1); instant += 1_800_000 * 37)
      compared.push([londonOffset(instant), platform(instant)]);
    for (let year = 1996; year < 2045; year++)
      for (const month of [2, 9])
        for (let half = 0; half < 8 * 48; half++) {
          const instant = Date.UTC(year, month, 24) + half * 1_800_000;
          compared.push([londonOffset(instant), platform(instant)]);
        }
    expect(compared.filter(([own, theirs]) => own !== theirs)).toEqual([]);
    expect(new Set(compared.map(([own]) => own))).toEqual(new Set([0, 60]));
  });

  test('a time in the missing hour is an hour later, one in the doubled hour is the first', () => {
    expect(isoLondon(instantOf(dayOf('2026-03-29'), 59))).toBe('2026-03-29T00:59:00+00:00');
    expect(isoLondon(instantOf(dayOf('2026-03-29'), 90))).toBe('2026-03-29T02:30:00+01:00');
    expect(isoLondon(instantOf(dayOf('2026-03-29'), 120))).toBe('2026-03-29T02:00:00+01:00');
    expect(isoLondon(instantOf(dayOf('2026-10-25'), 90))).toBe('2026-10-25T01:30:00+01:00');
    expect(isoLondon(instantOf(dayOf('2026-10-25'), 120))).toBe('2026-10-25T02:00:00+00:00');
  });

  test('today is the day in London, wherever the machine is', () => {
    expect(process.env['TZ']).toBe('America/New_York');
    expect(today(at('2026-07-01T22:59:59Z'))).toBe('2026-07-01');
    expect(today(at('2026-07-01T23:00:00Z'))).toBe('2026-07-02');
    expect(today(at('2026-12-01T23:59:59Z'))).toBe('2026-12-01');
  });
});

describe('weekly', () => {
  test('the next ones, with their times and offset', () => {
    const tuesdays = schedule({ freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' });
    expect(nextSessions([tuesdays], at(NOW), 2)).toEqual([
      {
        date: '2026-11-24',
        opens_at: '10:30',
        closes_at: '12:00',
        starts: '2026-11-24T10:30:00+00:00',
        ends: '2026-11-24T12:00:00+00:00',
        check_first: false,
        bank_holiday: null,
        location_id: null,
      },
      expect.objectContaining({ date: '2026-12-01' }),
    ]);
  });

  test('10:30 stays 10:30 across both changes of the clock', () => {
    const sundays = schedule({ freq: 'WEEKLY', byday: 'SU', opens_at: '10:30', closes_at: '12:00' });
    const starts = (from: string) => nextSessions([sundays], at(from), 2).map((session) => session.starts);
    expect(starts('2026-03-20T00:00:00Z')).toEqual(['2026-03-22T10:30:00+00:00', '2026-03-29T10:30:00+01:00']);
    expect(starts('2026-10-17T00:00:00Z')).toEqual(['2026-10-18T10:30:00+01:00', '2026-10-25T10:30:00+00:00']);
  });

  test('several days a week, in any order as written', () => {
    expect(dates({ freq: 'WEEKLY', byday: 'TH,TU' }, NOW, 3)).toEqual(['2026-11-24', '2026-11-26', '2026-12-01']);
  });

  test('every other week is counted from dtstart, else valid_from; without either nobody knows the weeks', () => {
    const fortnightly = { freq: 'WEEKLY', byday: 'TU', interval: 2 } as const;
    expect(dates({ ...fortnightly, dtstart: '2026-01-06' }, NOW, 2)).toEqual(['2026-11-24', '2026-12-08']);
    expect(dates({ ...fortnightly, dtstart: '2026-01-13' }, NOW, 2)).toEqual(['2026-12-01', '2026-12-15']);
    expect(dates({ ...fortnightly, valid_from: '2026-01-15' }, NOW, 2)).toEqual(['2026-12-01', '2026-12-15']);
    expect(dates(fortnightly, NOW, 2)).toEqual([]);
  });

  test('without weekday it is the weekday of its first date; without that, nothing', () => {
    expect(dates({ freq: 'WEEKLY', dtstart: '2026-11-04' }, NOW, 1)).toEqual(['2026-11-25']);
    expect(dates({ freq: 'WEEKLY' }, NOW, 1)).toEqual([]);
  });

  test('begins and ends with its season', () => {
    const season = { freq: 'WEEKLY', byday: 'MO', valid_from: '2026-12-07', valid_to: '2026-12-21' } as const;
    expect(dates(season, NOW, 9)).toEqual(['2026-12-07', '2026-12-14', '2026-12-21']);
    expect(dates(season, '2026-12-22T00:00:00Z', 9)).toEqual([]);
  });

  test('breaks are left out, extra dates put in, even into a break', () => {
    const given = {
      freq: 'WEEKLY',
      byday: 'MO',
      term_time: true,
      exceptions: [{ from: '2026-12-14', to: '2027-01-03' }],
      additional_dates: ['2026-12-16', '2026-12-07', '2027-01-01'],
    } as const;
    const sessions = nextSessions([Schedule.parse(given)], at('2026-12-05T00:00:00Z'), 5);
    expect(sessions.map((session) => [session.date, session.check_first])).toEqual([
      ['2026-12-07', false],
      ['2026-12-16', false],
      ['2027-01-01', false],
      ['2027-01-04', true],
      ['2027-01-11', true],
    ]);
  });
});

describe('monthly', () => {
  test.each([
    ['3TH', ['2026-12-17', '2027-01-21', '2027-02-18']],
    ['-1FR', ['2026-11-27', '2026-12-25', '2027-01-29']],
    ['5SU', ['2026-11-29', '2027-01-31', '2027-05-30']],
    ['-5MO', ['2026-11-02', '2027-03-01', '2027-05-03']],
    ['1TU,3TU', ['2026-12-01', '2026-12-15', '2027-01-05']],
    ['WE', ['2026-11-25', '2026-12-02', '2026-12-09']],
  ])('%s', (byday, expected) => {
    const from = byday === '-5MO' ? '2026-11-01T00:00:00Z' : NOW;
    expect(dates({ freq: 'MONTHLY', byday }, from, 3)).toEqual(expected);
  });

  test.each([
    [1, ['2026-12-01', '2027-01-01', '2027-02-01']],
    [31, ['2026-12-31', '2027-01-31', '2027-03-31']],
    [-1, ['2026-11-30', '2026-12-31', '2027-01-31']],
    [-31, ['2026-12-01', '2027-01-01', '2027-03-01']],
    [0, []],
  ])('day %d of the month', (bymonthday, expected) => {
    expect(dates({ freq: 'MONTHLY', bymonthday }, NOW, 3)).toEqual(expected);
  });

  test('a leap day, a weekday and a day at once, every third month, and the day of dtstart', () => {
    expect(dates({ freq: 'MONTHLY', bymonthday: 29 }, '2028-02-01T00:00:00Z', 2)).toEqual(['2028-02-29', '2028-03-29']);
    expect(dates({ freq: 'MONTHLY', byday: 'FR', bymonthday: 13 }, NOW, 2)).toEqual(['2027-08-13', '2028-10-13']);
    expect(dates({ freq: 'MONTHLY', byday: '1MO', interval: 3, dtstart: '2026-02-02' }, NOW, 2)).toEqual([
      '2027-02-01',
      '2027-05-03',
    ]);
    expect(dates({ freq: 'MONTHLY', dtstart: '2026-11-05' }, NOW, 2)).toEqual(['2026-12-05', '2027-01-05']);
  });
});

describe('once', () => {
  test('on its date until that is over, and never where it has none', () => {
    const talk = { dtstart: '2026-11-25', opens_at: '18:00', closes_at: '19:30' };
    expect(dates(talk, NOW, 3)).toEqual(['2026-11-25']);
    expect(dates(talk, '2026-11-25T19:29:59Z', 3)).toEqual(['2026-11-25']);
    expect(dates(talk, '2026-11-25T19:30:00Z', 3)).toEqual([]);
    expect(dates({ opens_at: '18:00' }, NOW, 3)).toEqual([]);
    expect(dates({ additional_dates: ['2026-12-03', '2026-11-01'] }, NOW, 3)).toEqual(['2026-12-03']);
  });

  test('two years ahead and no further', () => {
    expect(dates({ dtstart: '2028-11-21' }, NOW, 1)).toEqual(['2028-11-21']);
    expect(dates({ dtstart: '2028-11-23' }, NOW, 1)).toEqual([]);
    expect(dates({ additional_dates: ['2030-01-01'] }, NOW, 1)).toEqual([]);
  });
});

describe('what is running', () => {
  test('counts as next until it closes', () => {
    const given = { freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' } as const;
    expect(dates(given, '2026-11-24T11:59:59Z', 1)).toEqual(['2026-11-24']);
    expect(dates(given, '2026-11-24T12:00:00Z', 1)).toEqual(['2026-12-01']);
  });

  test('one that crosses midnight belongs to the day on which it began', () => {
    const given = { freq: 'WEEKLY', byday: 'FR', opens_at: '22:00', closes_at: '02:00' } as const;
    const [session] = nextSessions([schedule(given)], at('2026-11-28T01:59:00Z'), 1);
    expect(session).toMatchObject({
      date: '2026-11-27',
      starts: '2026-11-27T22:00:00+00:00',
      ends: '2026-11-28T02:00:00+00:00',
    });
    expect(dates(given, '2026-11-28T02:00:00Z', 1)).toEqual(['2026-12-04']);
  });

  test('until midnight, and across the night on which the clocks change', () => {
    const [evening] = nextSessions(
      [schedule({ dtstart: '2026-11-25', opens_at: '18:00', closes_at: '00:00' })],
      at(NOW),
      1,
    );
    expect(evening?.ends).toBe('2026-11-26T00:00:00+00:00');
    const [night] = nextSessions(
      [schedule({ dtstart: '2026-10-24', opens_at: '22:00', closes_at: '03:00' })],
      at('2026-10-24T00:00:00Z'),
      1,
    );
    expect([night?.starts, night?.ends]).toEqual(['2026-10-24T22:00:00+01:00', '2026-10-25T03:00:00+00:00']);
  });

  test('in the missing hour it still ends after it begins', () => {
    const given = { dtstart: '2026-03-29', opens_at: '01:30', closes_at: '02:15' };
    const [session] = nextSessions([schedule(given)], at('2026-03-28T00:00:00Z'), 1);
    expect([session?.starts, session?.ends]).toEqual(['2026-03-29T02:30:00+01:00', '2026-03-29T03:15:00+01:00']);
  });

  test('with an opening time alone until it begins; without any time all day', () => {
    const opening = { freq: 'WEEKLY', byday: 'TU', opens_at: '10:30' } as const;
    expect(dates(opening, '2026-11-24T10:30:00Z', 1)).toEqual(['2026-11-24']);
    expect(dates(opening, '2026-11-24T10:30:01Z', 1)).toEqual(['2026-12-01']);
    const [allDay] = nextSessions([schedule({ freq: 'WEEKLY', byday: 'TU' })], at('2026-11-24T23:59:59Z'), 1);
    expect(allDay).toMatchObject({ date: '2026-11-24', starts: '2026-11-24', ends: null, opens_at: null });
  });
});

describe('several schedules', () => {
  const HALL = '3b2f1c1e-6a52-4f0e-9c42-8f1f4d5d0a01';
  const LIBRARY = '3b2f1c1e-6a52-4f0e-9c42-8f1f4d5d0a02';
  const tuesday = { freq: 'WEEKLY', byday: 'TU' } as const;
  const all = [
    schedule({ ...tuesday, opens_at: '14:00', closes_at: '15:00', location_id: LIBRARY }),
    schedule({ ...tuesday, opens_at: '10:00', closes_at: '11:00', location_id: HALL }),
    schedule({ freq: 'WEEKLY', byday: 'MO', opens_at: '09:00', closes_at: '10:00' }),
    schedule({ ...tuesday, opens_at: '10:00', closes_at: '11:00', location_id: HALL }),
  ];

  test('are merged in order of time, the same session once', () => {
    expect(nextSessions(all, at(NOW), 4).map((session) => session.starts.slice(0, 16))).toEqual([
      '2026-11-23T09:00',
      '2026-11-24T10:00',
      '2026-11-24T14:00',
      '2026-11-30T09:00',
    ]);
  });

  test('of one location: its own and those of all locations', () => {
    expect(nextSessions(all, at(NOW), 3, LIBRARY).map((session) => session.location_id)).toEqual([null, LIBRARY, null]);
  });
});

/** mulberry32: small, seeded, good enough to draw cases. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** The rule once more, day by day and as plainly as can be, on the UTC methods of Date. */
function meets(it: Schedule, day: string): boolean {
  if (it.additional_dates.includes(day)) return true;
  if (it.freq && it.interval > 1 && !it.dtstart && !it.valid_from) return false;
  if (it.exceptions.some((gap) => gap.from <= day && day <= gap.to)) return false;
  if ((it.valid_from && day < it.valid_from) || (it.valid_to && day > it.valid_to)) return false;
  if (it.dtstart && day < it.dtstart) return false;
  const date = new Date(`${day}T00:00:00Z`);
  const weekday = WEEKDAYS[(date.getUTCDay() + 6) % 7]!;
  const start = new Date(`${it.dtstart ?? it.valid_from ?? '2024-01-01'}T00:00:00Z`);
  const codes = it.byday?.split(',');
  if (it.bymonth && !it.bymonth.includes(date.getUTCMonth() + 1)) return false;
  if (it.freq === 'DAILY') return (date.getTime() - start.getTime()) % (it.interval * 86_400_000) === 0;
  if (it.freq === 'WEEKLY') {
    const first = (WEEKDAYS.indexOf(it.wkst ?? 'MO') + 1) % 7;
    const week = (of: Date) => of.getTime() / 86_400_000 - ((of.getUTCDay() - first + 7) % 7);
    return ((week(date) - week(start)) / 7) % it.interval === 0 && codes!.some((code) => code.endsWith(weekday));
  }
  if (it.freq === 'MONTHLY') {
    const months = (of: Date) => of.getUTCFullYear() * 12 + of.getUTCMonth();
    if ((months(date) - months(start)) % it.interval !== 0) return false;
    const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    const number = date.getUTCDate();
    if (it.bymonthday !== undefined && it.bymonthday !== number && it.bymonthday !== number - length - 1) return false;
    const places = [
      `${Math.ceil(number / 7)}${weekday}`,
      `-${Math.ceil((length - number + 1) / 7)}${weekday}`,
      weekday,
    ];
    return !codes || codes.some((code) => places.includes(code));
  }
  return day === it.dtstart;
}

test('two thousand drawn schedules meet on the same days as when every day is asked', () => {
  const next = random(20261121);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const maybe = <T>(value: () => T): T | undefined => (next() < 0.4 ? value() : undefined);
  const day = () => dateOf(dayOf('2025-06-01') + Math.floor(next() * 900));
  let met = 0;
  for (let round = 0; round < 2000; round++) {
    const freq = pick(['WEEKLY', 'MONTHLY', 'DAILY', undefined] as const);
    const nth = () => pick(['', '1', '2', '3', '4', '5', '-1', '-2', '-5']);
    const codes = [pick(WEEKDAYS), ...(next() < 0.4 ? [pick(WEEKDAYS)] : [])];
    const from = day();
    const given = schedule({
      freq,
      interval: pick([1, 1, 2, 3, 5]),
      byday:
        freq === undefined || freq === 'DAILY'
          ? undefined
          : codes.map((code) => `${freq === 'MONTHLY' ? nth() : ''}${code}`).join(),
      bymonthday: freq === 'MONTHLY' ? maybe(() => Math.floor(next() * 63) - 31) : undefined,
      bymonth: freq === undefined || next() < 0.8 ? undefined : [3, 7, 8, 12],
      wkst: maybe(() => pick(WEEKDAYS)),
      dtstart: freq === undefined ? day() : maybe(day),
      valid_from: maybe(day),
      valid_to: maybe(day),
      exceptions: next() < 0.4 ? [{ from, to: dateOf(dayOf(from) + Math.floor(next() * 40)) }] : [],
      additional_dates: next() < 0.3 ? [day(), day()] : [],
    });
    const start = dayOf('2026-01-01') + Math.floor(next() * 400);
    const expected: string[] = [];
    for (let at = start; at <= start + 731 && expected.length < 5; at++)
      if (meets(given, dateOf(at))) expected.push(dateOf(at));
    met += expected.length;
    const found = dates(given, `${dateOf(start)}T12:00:00Z`, 5);
    expect(found, JSON.stringify(given)).toEqual(expected);
  }
  expect(met).toBeGreaterThan(4000);
});
