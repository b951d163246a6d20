import { dayOf, weekdayOf } from '../london.ts';
import { type ByDay, datesKnown, parseByDay } from '../recurrence.ts';
import type { Session } from '../schedule.ts';
import type { Schedule } from '../service.ts';
import {
  capital,
  dateWithWeekday,
  describeDate,
  listInWords,
  monthName,
  nearDate,
  timeSpan,
  weekdayName,
} from './dates.ts';

const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth'] as const;
const FROM_END = ['', 'last', 'second to last', 'third to last', 'fourth to last', 'fifth to last'] as const;
/** More extra dates than these are counted rather than listed. */
const LISTED_DATES = 3;

const plural = (weekday: number): string => `${weekdayName(weekday)}s`;

/** '1st', '2nd', '3rd', '11th'. */
const ordinalNumber = (number: number): string => {
  const tens = number % 100;
  if (tens >= 11 && tens <= 13) return `${number}th`;
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10] ?? 'th'}`;
};

/** 'Tuesdays', 'Tuesdays and Thursdays', 'Mondays to Fridays', 'Every day'. */
function weekdayPhrase(weekdays: readonly number[]): string {
  const sorted = [...new Set(weekdays)].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  if (sorted.length === 7) return 'Every day';
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${plural(first)} to ${plural(last)}`;
  return listInWords(sorted.map(plural));
}

function weeklyPhrase(schedule: Schedule): string | null {
  const start = schedule.dtstart ?? schedule.valid_from;
  const given = parseByDay(schedule.byday).map((entry) => entry.weekday);
  const weekdays = given.length > 0 ? given : start === undefined ? [] : [weekdayOf(dayOf(start))];
  if (weekdays.length === 0) return null;
  const often = schedule.interval === 2 ? 'every other week' : `every ${schedule.interval} weeks`;
  if (schedule.interval === 1) return weekdayPhrase(weekdays);
  if (schedule.interval === 2 && new Set(weekdays).size === 1) return `Every other ${weekdayName(weekdays[0] ?? 0)}`;
  return `${weekdayPhrase(weekdays)}, ${often}`;
}

/** 'first and third Tuesday', 'last Friday', 'first Monday and second Tuesday'. */
function monthWeekdays(entries: readonly ByDay[]): string {
  const groups = new Map<number, string[]>();
  for (const { weekday, nth } of entries) {
    const place = nth === null ? 'every' : nth > 0 ? ORDINALS[nth] : FROM_END[-nth];
    groups.set(weekday, [...(groups.get(weekday) ?? []), place ?? '']);
  }
  return listInWords([...groups].map(([weekday, places]) => `${listInWords(places)} ${weekdayName(weekday)}`));
}

function monthDay(bymonthday: number): string {
  if (bymonthday > 0) return `${ordinalNumber(bymonthday)}`;
  return bymonthday === -1 ? 'last day' : `${ordinalNumber(-bymonthday)} to last day`;
}

function monthlyPhrase(schedule: Schedule): string | null {
  const start = schedule.dtstart ?? schedule.valid_from;
  const entries = parseByDay(schedule.byday);
  const number =
    schedule.bymonthday ?? (entries.length === 0 && start !== undefined ? Number(start.slice(8, 10)) : undefined);
  const which = entries.length > 0 ? monthWeekdays(entries) : number === undefined ? null : monthDay(number);
  if (which === null) return null;
  // Weekday and day of the month together mean both at once: Friday the 13th.
  const both = entries.length > 0 && number !== undefined ? ` that is the ${monthDay(number)}` : '';
  const month =
    schedule.interval === 1
      ? 'the month'
      : schedule.interval === 2
        ? 'every other month'
        : `the month, every ${schedule.interval} months`;
  return capital(`${entries.length > 0 ? '' : 'the '}${which} of ${month}${both}`);
}

/** 'every day', 'every other day', 'every 3 days'. */
const dailyPhrase = ({ interval }: Schedule): string =>
  interval === 1 ? 'Every day' : interval === 2 ? 'Every other day' : `Every ${interval} days`;

function rulePhrase(schedule: Schedule): string | null {
  switch (schedule.freq) {
    case 'DAILY':
      return dailyPhrase(schedule);
    case 'WEEKLY':
      return weeklyPhrase(schedule);
    case 'MONTHLY':
      return monthlyPhrase(schedule);
    default:
      return schedule.dtstart === undefined ? null : dated(schedule.dtstart);
  }
}

/** More months left out than these are said as those that are kept. */
const FEW_MONTHS = 3;

/** 'April to October', 'not in August', 'in March, June and September'; null where it runs in all months. */
function monthsPhrase(months: readonly number[] | undefined): string | null {
  if (months === undefined || months.length === 0) return null;
  const isIn = (month: number) => months.includes(((month + 11) % 12) + 1);
  const firsts = months.filter((month) => !isIn(month - 1));
  const [first] = firsts;
  if (months.length < 12 - FEW_MONTHS && firsts.length === 1 && first !== undefined && months.length > 1)
    return `${monthName(first)} to ${monthName(((first + months.length - 2) % 12) + 1)}`;
  const others = Array.from({ length: 12 }, (_, index) => index + 1).filter((month) => !months.includes(month));
  if (others.length <= FEW_MONTHS) return `not in ${listInWords(others.map(monthName))}`;
  return `in ${listInWords(months.map(monthName))}`;
}

/** Of what keeps school terms. */
export const TERM_TIME = 'term time only';

const BANK_HOLIDAYS = { open: 'bank holidays too', closed: 'not on bank holidays' } as const;

const dated = (date: string): string => `${dateWithWeekday(date)} ${date.slice(0, 4)}`;

function extraDates(schedule: Schedule, alone: boolean, today: string | undefined): string | null {
  const dates = [...new Set(schedule.additional_dates)].sort().filter((date) => today === undefined || date >= today);
  if (dates.length === 0) return null;
  const words =
    dates.length > LISTED_DATES ? `${dates.length} ${alone ? '' : 'other '}dates` : listInWords(dates.map(dated));
  return alone ? (dates.length > LISTED_DATES ? `On ${words}` : words) : `and on ${words}`;
}

/**
 * When it meets, on one line: 'Tuesdays, 10:30am to 12 noon, term time only'; 'Third Thursday of the month, 2pm to 4pm';
 * 'Every other Monday, 10am to 12 noon, ask for the dates' where nobody says which.
 * @param today 'YYYY-MM-DD' in Europe/London: where given, a start that is past and dates that are over go unsaid
 * @returns words without a full stop; the schedule's own description, or 'Dates not known', where it names no day
 */
export function describeSchedule(schedule: Schedule, today?: string): string {
  const rule = rulePhrase(schedule);
  const extra = extraDates(schedule, rule === null, today);
  const days = rule ?? extra;
  if (days === null) return schedule.description ?? 'Dates not known';
  const begins = schedule.freq === undefined ? undefined : (schedule.dtstart ?? schedule.valid_from);
  const parts = [
    days,
    timeSpan(schedule.opens_at, schedule.closes_at),
    begins !== undefined && today !== undefined && begins > today ? `from ${nearDate(begins, today)}` : null,
    schedule.freq !== undefined && schedule.valid_to !== undefined
      ? `until ${today === undefined ? describeDate(schedule.valid_to) : nearDate(schedule.valid_to, today)}`
      : null,
    monthsPhrase(schedule.bymonth),
    schedule.term_time ? TERM_TIME : null,
    schedule.bank_holidays === undefined ? null : BANK_HOLIDAYS[schedule.bank_holidays],
    rule !== null && !datesKnown(schedule) ? 'ask for the dates' : null,
    rule === null ? null : extra,
  ];
  const words = parts.filter(Boolean).join(', ');
  return schedule.description === undefined ? words : `${words} (${schedule.description})`;
}

/** A day before all others: with it as `today` the words give every break with its year, whenever they are made. */
export const EVER = '0001-01-01';

/**
 * The breaks that are not over: 'No meetings from 21 December to 4 January (Christmas)', one each, in order.
 * @param today 'YYYY-MM-DD' in Europe/London
 */
export const describeBreaks = (schedule: Schedule, today: string): string[] =>
  schedule.exceptions
    .filter((gap) => gap.to >= today)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .map(({ from, to, reason }) => {
      const days =
        from === to
          ? `No meeting on ${dateWithWeekday(from, today)}`
          : `No meetings from ${nearDate(from, today)} to ${nearDate(to, today)}`;
      return reason === undefined ? days : `${days} (${reason})`;
    });

/** 'Christmas Day: check first', 'term time: check first'; null for a meeting that can be counted on. */
export const describeCheck = ({ check_first, bank_holiday }: Session): string | null =>
  bank_holiday !== null ? `${bank_holiday}: check first` : check_first ? 'term time: check first' : null;

/**
 * One meeting: 'Tuesday 24 November, 10:30am to 12 noon'.
 * @param today 'YYYY-MM-DD' in Europe/London: where given, the year is added where it is not plain which one is meant
 */
export const describeSession = (session: Session, today?: string): string =>
  [dateWithWeekday(session.date, today), timeSpan(session.opens_at, session.closes_at)].filter(Boolean).join(', ');
