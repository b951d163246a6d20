import { BANK_HOLIDAY_NATIONS, type BankHolidayNation, bankHolidayOn } from './bank-holidays.ts';
import { dayOf, dayOfMonth, firstOfMonth, monthNumber, weekdayOf } from './london.ts';
import { type Schedule, WEEKDAYS } from './service.ts';

/**
 * On which days a schedule falls: the rule of RFC 5545 (daily, weekly, monthly) as far as HSDS schedules use it, with the
 * breaks taken out and the extra dates put in. Days are counted from 1970 (london.ts).
 */

/** One entry of `byday`: a weekday (0 Monday to 6 Sunday) and its place in the month, or null for every one. */
export interface ByDay {
  weekday: number;
  nth: number | null;
}

/** The entries of `byday`, in the order given. */
export const parseByDay = (byday: string | undefined): ByDay[] =>
  (byday ?? '')
    .split(',')
    .filter(Boolean)
    .map((entry) => ({
      weekday: (WEEKDAYS as readonly string[]).indexOf(entry.slice(-2)),
      nth: entry.length > 2 ? Number(entry.slice(0, -2)) : null,
    }));

/** Whether breaks hold a day. They do not touch `additional_dates`: who names a date means it. */
const inBreak = (breaks: readonly (readonly [number, number])[], day: number): boolean =>
  breaks.some(([from, to]) => day >= from && day <= to);

function* weekly(schedule: Schedule, start: number, from: number, to: number): Generator<number> {
  const given = parseByDay(schedule.byday).map((entry) => entry.weekday);
  const weekdays = [...new Set(given.length > 0 ? given : [weekdayOf(start)])];
  const first = WEEKDAYS.indexOf(schedule.wkst ?? 'MO');
  const inWeek = (weekday: number) => (weekday - first + 7) % 7;
  const startOfWeek = (day: number) => day - inWeek(weekdayOf(day));
  const step = schedule.interval * 7;
  const anchor = startOfWeek(start);
  const places = weekdays.map(inWeek).sort((a, b) => a - b);
  for (let week = anchor + Math.ceil((startOfWeek(from) - anchor) / step) * step; week <= to; week += step)
    for (const place of places) yield week + place;
}

function* daily({ interval }: Schedule, start: number, from: number, to: number): Generator<number> {
  for (let day = start + Math.ceil((from - start) / interval) * interval; day <= to; day += interval) yield day;
}

/** The days of one month that the rule names, in order. */
function monthDays(first: number, next: number, entries: readonly ByDay[], bymonthday: number | undefined): number[] {
  const length = next - first;
  const days: number[] = [];
  for (let day = first; day < next; day++) {
    const number = day - first + 1;
    if (bymonthday !== undefined && number !== bymonthday && number - length - 1 !== bymonthday) continue;
    const weekday = weekdayOf(day);
    const nth = Math.ceil(number / 7);
    const fromEnd = -Math.ceil((length - number + 1) / 7);
    const named = entries.some(
      (entry) => entry.weekday === weekday && (entry.nth === null || entry.nth === nth || entry.nth === fromEnd),
    );
    if (entries.length === 0 || named) days.push(day);
  }
  return days;
}

function* monthly(schedule: Schedule, start: number, from: number, to: number): Generator<number> {
  const entries = parseByDay(schedule.byday);
  const bymonthday = schedule.bymonthday ?? (entries.length === 0 ? dayOfMonth(start) : undefined);
  const anchor = monthNumber(start);
  const step = schedule.interval;
  const end = monthNumber(to);
  for (let month = anchor + Math.ceil((monthNumber(from) - anchor) / step) * step; month <= end; month += step)
    yield* monthDays(firstOfMonth(month), firstOfMonth(month + 1), entries, bymonthday);
}

const anchorOf = (schedule: Schedule): string | null => schedule.dtstart ?? schedule.valid_from ?? null;

/**
 * Whether the days can be told. Not where nobody knows them, where the rule names none, nor where something comes round
 * every other week and nobody says in which.
 */
export function datesKnown(schedule: Schedule): boolean {
  if (schedule.dates_unknown) return false;
  if (anchorOf(schedule) !== null) return schedule.freq !== undefined || schedule.dtstart !== undefined;
  const named =
    schedule.freq === 'DAILY' ||
    (schedule.freq !== undefined && (schedule.byday !== undefined || schedule.bymonthday !== undefined));
  return named && schedule.interval === 1;
}

function daysOfRule(schedule: Schedule, start: number, first: number, last: number): Iterable<number> {
  switch (schedule.freq) {
    case 'DAILY':
      return daily(schedule, start, first, last);
    case 'WEEKLY':
      return weekly(schedule, start, first, last);
    case 'MONTHLY':
      return monthly(schedule, start, first, last);
    default:
      return [start];
  }
}

/** The days that the rule alone names from one day to another, both included, breaks not taken out yet. */
export function* ruleDays(schedule: Schedule, from: number, to: number): Generator<number> {
  if (!datesKnown(schedule)) return;
  const given = anchorOf(schedule);
  const first = Math.max(
    from,
    schedule.dtstart === undefined ? from : dayOf(schedule.dtstart),
    schedule.valid_from === undefined ? from : dayOf(schedule.valid_from),
  );
  const last = schedule.valid_to === undefined ? to : Math.min(to, dayOf(schedule.valid_to));
  if (first > last) return;
  const months = schedule.bymonth && new Set(schedule.bymonth);
  for (const day of daysOfRule(schedule, given === null ? from : dayOf(given), first, last))
    if (day >= first && day <= last && (months === undefined || months.has((monthNumber(day) % 12) + 1))) yield day;
}

export interface Occurrence {
  /** Counted from 1970. */
  day: number;
  /** One of `additional_dates`, rather than worked out from the rule. */
  additional: boolean;
  /** Name of the bank holiday that it falls on; null where it falls on none. */
  holiday: string | null;
}

/**
 * The days on which a schedule falls, in order, each once, from one day to another, both included. `valid_from`,
 * `valid_to`, breaks and bank holidays without a meeting bound the rule; `additional_dates` stand by themselves.
 * @param nations whose bank holidays count
 */
export function* occurrences(
  schedule: Schedule,
  from: number,
  to: number,
  nations: readonly BankHolidayNation[] = BANK_HOLIDAY_NATIONS,
): Generator<Occurrence> {
  const extra = [...new Set(schedule.additional_dates)]
    .map(dayOf)
    .filter((day) => day >= from && day <= to)
    .sort((a, b) => a - b);
  const breaks = schedule.exceptions.map((gap) => [dayOf(gap.from), dayOf(gap.to)] as const);
  const onExtra = (day: number): Occurrence => ({ day, additional: true, holiday: bankHolidayOn(day, nations) });
  let next = 0;
  for (const day of ruleDays(schedule, from, to)) {
    while (next < extra.length && extra[next]! < day) yield onExtra(extra[next++]!);
    if (extra[next] === day) yield onExtra(extra[next++]!);
    else if (!inBreak(breaks, day)) {
      const holiday = bankHolidayOn(day, nations);
      if (holiday === null || schedule.bank_holidays !== 'closed') yield { day, additional: false, holiday };
    }
  }
  while (next < extra.length) yield onExtra(extra[next++]!);
}
