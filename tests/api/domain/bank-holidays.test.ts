import { describe, expect, test } from 'vitest';
import {
  BANK_HOLIDAY_NATIONS,
  type BankHolidayNation,
  bankHolidayOn,
  easterSunday,
} from '#api/domain/bank-holidays.ts';
import { dateOf, dayOf } from '#api/domain/london.ts';
import { nationsOf } from '#api/domain/nation.ts';
import { nextSessions } from '#api/domain/schedule.ts';
import { Schedule } from '#api/domain/service.ts';
import { listingAt } from '../../helpers/listing-at.ts';

/** As gov.uk/bank-holidays publishes them, year by year: month and day. */
const PUBLISHED: Record<BankHolidayNation, Record<number, string>> = {
  england_and_wales: {
    2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
    2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
    2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
    2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
    2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
  },
  scotland: {
    2025: '01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26',
    2026: '01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28',
    2027: '01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28',
    2028: '01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26',
  },
  northern_ireland: {
    2026: '01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28',
    2027: '01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28',
    2028: '01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26',
  },
};

function weekdaysOff(nation: BankHolidayNation, year: number): string {
  const days: string[] = [];
  for (let day = dayOf(`${year}-01-01`); day <= dayOf(`${year}-12-31`); day++) {
    const weekend = new Date(day * 86_400_000).getUTCDay() % 6 === 0;
    if (!weekend && bankHolidayOn(day, [nation]) !== null) days.push(dateOf(day).slice(5));
  }
  return days.join(' ');
}

describe.each(BANK_HOLIDAY_NATIONS)('%s', (nation) => {
  test.each(Object.entries(PUBLISHED[nation]))('in %s', (year, days) => {
    expect(weekdaysOff(nation, Number(year))).toBe(days);
  });
});

test('the days that people keep count on a weekend too, others do not', () => {
  const on = (date: string, nation: BankHolidayNation) => bankHolidayOn(dayOf(date), [nation]);
  expect(on('2027-12-25', 'england_and_wales')).toBe('Christmas Day');
  expect(on('2027-12-27', 'england_and_wales')).toBe('Christmas Day (substitute day)');
  expect(on('2028-01-01', 'scotland')).toBe('New Year’s Day');
  expect(on('2026-07-12', 'northern_ireland')).toBeNull();
  expect(on('2026-06-15', 'scotland')).toBe('World Cup bank holiday');
  expect(on('2026-06-15', 'england_and_wales')).toBeNull();
});

test('Easter falls where the church tables have it', () => {
  const easters = '2019-04-21 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2035-03-25 2038-04-25 2049-04-18';
  for (const date of easters.split(' ')) expect(dateOf(easterSunday(Number(date.slice(0, 4))))).toBe(date);
});

describe('the nation is that of the venue, or of the area served', () => {
  const areas = (...codes: string[]) => codes.map((code) => ({ type: 'district' as const, code, name: 'Somewhere' }));
  const nations = (postcode: string | null, served: ReturnType<typeof areas> = []) => {
    const { service, locations } = listingAt([], postcode ?? 'E8 1EA');
    const listing = {
      service: { ...service, service_areas: served },
      locations: postcode === null ? [] : locations,
    };
    return nationsOf(listing)();
  };
  test.each([
    ['E8 1EA', 'england_and_wales'],
    ['CF10 1AA', 'england_and_wales'],
    ['G1 1AA', 'scotland'],
    ['KW15 1AA', 'scotland'],
    ['BT1 1AA', 'northern_ireland'],
    ['TD15 1AA', 'england_and_wales scotland'],
    ['TD1 1AA', 'scotland'],
  ])('%s', (postcode, expected) => {
    expect(nations(postcode).join(' ')).toBe(expected);
    // The venue goes before the area.
    expect(nations(postcode, areas('N09000003')).join(' ')).toBe(expected);
  });
  test('without a venue', () => {
    expect(nations(null, areas('S12000033'))).toEqual(['scotland']);
    expect(nations(null, areas('W06000015', 'E09000012'))).toEqual(['england_and_wales']);
    expect(nations(null, areas('K02000001'))).toEqual(BANK_HOLIDAY_NATIONS);
    expect(nations(null)).toEqual(BANK_HOLIDAY_NATIONS);
  });
});

describe('a session on a bank holiday', () => {
  const sessions = (given: object, from: string, postcode = 'E8 1EA', count = 1) => {
    const listing = listingAt([Schedule.parse(given)], postcode);
    return nextSessions(listing.service.schedules, new Date(`${from}T06:00:00Z`), count, undefined, nationsOf(listing));
  };
  const fridays = { freq: 'WEEKLY', byday: 'FR', opens_at: '10:00', closes_at: '12:00' };

  test('is to be checked first', () => {
    expect(sessions(fridays, '2026-12-25')[0]).toMatchObject({
      date: '2026-12-25',
      check_first: true,
      bank_holiday: 'Christmas Day',
    });
    expect(sessions(fridays, '2026-12-18')[0]).toMatchObject({ check_first: false, bank_holiday: null });
  });

  test('is none where the listing says so, and one like others where it says that', () => {
    expect(
      sessions({ ...fridays, bank_holidays: 'closed' }, '2026-12-25', 'E8 1EA', 2).map(({ date }) => date),
    ).toEqual(['2027-01-08', '2027-01-15']);
    expect(sessions({ ...fridays, bank_holidays: 'open' }, '2026-12-25')[0]).toMatchObject({
      date: '2026-12-25',
      check_first: false,
      bank_holiday: null,
    });
  });

  test('goes by the nation', () => {
    const mondays = { ...fridays, byday: 'MO' };
    expect(sessions(mondays, '2026-06-15', 'EH1 1AA')[0]?.bank_holiday).toBe('World Cup bank holiday');
    expect(sessions(mondays, '2026-06-15', 'M1 1AA')[0]?.bank_holiday).toBeNull();
    expect(sessions(mondays, '2026-08-31', 'M1 1AA')[0]?.bank_holiday).toBe('Summer bank holiday');
    expect(sessions(mondays, '2026-08-31', 'EH1 1AA')[0]?.bank_holiday).toBeNull();
    expect(sessions(mondays, '2026-07-13', 'BT1 1AA')[0]?.bank_holiday).toBe('The Twelfth of July (substitute day)');
  });

  test('that was named as a date is meant', () => {
    const named = { dtstart: '2026-12-25', opens_at: '12:00', closes_at: '15:00' };
    expect(sessions(named, '2026-12-20')[0]).toMatchObject({ date: '2026-12-25', check_first: false });
    const extra = { ...fridays, byday: 'TU', bank_holidays: 'closed', additional_dates: ['2026-12-25'] };
    expect(sessions(extra, '2026-12-24')[0]).toMatchObject({ date: '2026-12-25', check_first: false });
  });
});
