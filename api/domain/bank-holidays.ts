import { z } from 'zod';
import data from '../../data/calendar/bank-holidays.json' with { type: 'json' };
import { dayOf, firstOfMonth, monthNumber, weekdayOf } from './london.ts';

/**
 * The bank holidays of each nation, worked out for any year from the rules in data/calendar/bank-holidays.json. A library
 * is not used: date-holidays 3 and its like lack days proclaimed for one year, such as Scotland's 15 June 2026.
 */

export const BANK_HOLIDAY_NATIONS = ['england_and_wales', 'scotland', 'northern_ireland'] as const;
/** England and Wales have the same days. */
export type BankHolidayNation = (typeof BANK_HOLIDAY_NATIONS)[number];

const nations = z.array(z.enum(BANK_HOLIDAY_NATIONS)).min(1);
const named = { name: z.string(), nations };
const month = z.int().min(1).max(12);
const { yearly, once } = z
  .object({
    yearly: z.array(
      z.union([
        /** A day of the month, moved to the next free weekday where it falls on a weekend. */
        z.strictObject({ ...named, month, day: z.int(), kept_at_weekends: z.boolean().optional() }),
        /** Days from Easter Sunday. */
        z.strictObject({ ...named, easter: z.int() }),
        /** The first Monday of a month, or the last. */
        z.strictObject({ ...named, month, monday: z.union([z.literal(1), z.literal(-1)]) }),
      ]),
    ),
    once: z.array(z.strictObject({ ...named, date: z.iso.date() })),
  })
  .parse(data);

/**
 * Easter Sunday in the Gregorian calendar, as a day counted from 1970.
 * Source: 'A New York correspondent', Nature, 20 April 1876; printed by Jean Meeus, Astronomical Algorithms, chapter 8.
 */
export function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * sunday) / 451);
  const count = epact + sunday - 7 * late + 114;
  return firstOfMonth(year * 12 + Math.floor(count / 31) - 1) + (count % 31);
}

const isWeekend = (day: number): boolean => weekdayOf(day) > 4;

function mondayOf(first: number, next: number, place: 1 | -1): number {
  return place === 1 ? first + ((7 - weekdayOf(first)) % 7) : next - 1 - weekdayOf(next - 1);
}

/** Names by day, of one nation in one year. */
function holidaysOf(year: number, nation: BankHolidayNation): Map<number, string> {
  const days = new Map<number, string>();
  const moved: { name: string; from: number }[] = [];
  for (const rule of yearly) {
    if (!rule.nations.includes(nation)) continue;
    if ('easter' in rule) days.set(easterSunday(year) + rule.easter, rule.name);
    else {
      const first = firstOfMonth(year * 12 + rule.month - 1);
      if ('monday' in rule) days.set(mondayOf(first, firstOfMonth(year * 12 + rule.month), rule.monday), rule.name);
      else {
        const day = first + rule.day - 1;
        if (!isWeekend(day) || rule.kept_at_weekends) days.set(day, rule.name);
        if (isWeekend(day)) moved.push({ name: rule.name, from: day });
      }
    }
  }
  // Only once the days themselves are known can it be told which weekday after them is free.
  for (const { name, from } of moved) {
    let day = from + 1;
    while (isWeekend(day) || days.has(day)) day += 1;
    days.set(day, `${name} (substitute day)`);
  }
  for (const { name, nations: of, date } of once)
    if (of.includes(nation) && date.startsWith(`${year}-`)) days.set(dayOf(date), name);
  return days;
}

const known = new Map<string, Map<number, string>>();
/** Years asked for by nobody sane must not fill the memory. */
const MOST_KNOWN = 300;

function inYear(year: number, nation: BankHolidayNation): Map<number, string> {
  const key = `${year} ${nation}`;
  const before = known.get(key);
  if (before) return before;
  const made = holidaysOf(year, nation);
  if (known.size < MOST_KNOWN) known.set(key, made);
  return made;
}

/**
 * The bank holiday that falls on a day in any of some nations. Christmas Day, Boxing Day and New Year's Day count on a
 * weekend too, beside their substitute days: nobody meets then as on any other Saturday.
 * @param day counted from 1970 (london.ts)
 * @returns its name, or null
 */
export function bankHolidayOn(day: number, among: readonly BankHolidayNation[]): string | null {
  const year = Math.floor(monthNumber(day) / 12);
  for (const nation of among) {
    const name = inYear(year, nation).get(day);
    if (name !== undefined) return name;
  }
  return null;
}
