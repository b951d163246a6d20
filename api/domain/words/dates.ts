import { dayOf, weekdayOf } from '../london.ts';

/** Dates and times as GOV.UK writes them: 'Tuesday 24 November', '10:30am', 'to' and never a dash. */

const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** From here on a day and month alone could be taken for this year's: eleven months. */
const NEEDS_YEAR_DAYS = 335;

/** 'Monday' for 0 to 'Sunday' for 6. */
export const weekdayName = (weekday: number): string => WEEKDAY_NAMES[weekday] ?? '';

/** 'a', 'a and b', 'a, b and c'. */
export const listInWords = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** The first letter made a capital, the rest as it is. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const dayAndMonth = (date: string): string =>
  `${Number(date.slice(8, 10))} ${MONTH_NAMES[Number(date.slice(5, 7)) - 1]}`;

/**
 * '24 November 2026'.
 * @param date 'YYYY-MM-DD'
 */
export const describeDate = (date: string): string => `${dayAndMonth(date)} ${date.slice(0, 4)}`;

/**
 * 'November 2026'.
 * @param month 'YYYY-MM'
 */
export const describeMonth = (month: string): string =>
  `${MONTH_NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;

/** '24 November', with the year only where it is not plain which one is meant. */
export const nearDate = (date: string, today: string): string => {
  const away = dayOf(date) - dayOf(today);
  return away >= 0 && away < NEEDS_YEAR_DAYS ? dayAndMonth(date) : describeDate(date);
};

/** 'Tuesday 24 November'; with the year where `today` is given and it is not plain which one is meant. */
export const dateWithWeekday = (date: string, today?: string): string =>
  `${weekdayName(weekdayOf(dayOf(date)))} ${today === undefined ? dayAndMonth(date) : nearDate(date, today)}`;

/** 'January' for 1 to 'December' for 12. */
export const monthName = (month: number): string => MONTH_NAMES[month - 1] ?? '';

/**
 * '10:30am', '2pm', '12 noon', 'midnight'.
 * @param clock 'HH:MM'
 */
export function describeTime(clock: string): string {
  const hours = Number(clock.slice(0, 2));
  const minutes = clock.slice(3, 5);
  if (clock === '00:00') return 'midnight';
  if (clock === '12:00') return '12 noon';
  return `${hours % 12 || 12}${minutes === '00' ? '' : `:${minutes}`}${hours < 12 ? 'am' : 'pm'}`;
}

/** '10:30am to 12 noon', 'from 10:30am', 'until 12 noon', 'open 24 hours'; null where no time is known. */
export function timeSpan(opens: string | null | undefined, closes: string | null | undefined): string | null {
  if (opens && closes) return opens === closes ? 'open 24 hours' : `${describeTime(opens)} to ${describeTime(closes)}`;
  if (opens) return `from ${describeTime(opens)}`;
  return closes ? `until ${describeTime(closes)}` : null;
}
