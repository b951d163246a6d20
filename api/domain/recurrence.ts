import { dayOf, dayOfMonth, firstOfMonth, monthOf, weekdayOf } from './london.ts';
import { type Schedule, WEEKDAYS } from './service.ts';

/**
 * On which days a schedule falls: the rule of RFC 5545 (weekly, monthly) as far as HSDS schedules use it, with the
 * breaks taken out and the extra dates put in. Days are counted from 1970 (london.ts).
 */

/** One entry of `byday`: a weekday (0 Monday to 6 Sunday) and its place in the month, or null for every one. */
export interface ByDay {
  weekday: number;
  nth: number | null;
}

/**
 * Where the counting of every other week or month begins when a schedule says neither `dtstart` nor `valid_from`:
 * Monday 1 January 2024. Any fixed day will do, but it must never move, or 'every other Tuesday' would flip.
 */
const ANCHOR = dayOf('2024-01-01');

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
  const weekdays = [...new Set(given.length > 0 ? given : [weekdayOf(start)])].sort((a, b) => a - b);
  const startOfWeek = (day: number) => day - weekdayOf(day);
  const step = schedule.interval * 7;
  const anchor = startOfWeek(start);
  // Weeks begin on Monday (RFC 5545's own default), which settles what 'every other week' skips.
  for (let week = anchor + Math.ceil((startOfWeek(from) - anchor) / step) * step; week <= to; week += step)
    for (const weekday of weekdays) yield week + weekday;
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
  const anchor = monthOf(start);
  const step = schedule.interval;
  const end = monthOf(to);
  for (let month = anchor + Math.ceil((monthOf(from) - anchor) / step) * step; month <= end; month += step)
    yield* monthDays(firstOfMonth(month), firstOfMonth(month + 1), entries, bymonthday);
}

/** Whether the rule names days at all: without weekday, day of the month or a first date there is nothing to count. */
const hasRule = (schedule: Schedule): boolean =>
  schedule.freq === undefined
    ? schedule.dtstart !== undefined
    : schedule.byday !== undefined || schedule.bymonthday !== undefined || anchorOf(schedule) !== null;

const anchorOf = (schedule: Schedule): string | null => schedule.dtstart ?? schedule.valid_from ?? null;

/** The days that the rule alone names from one day to another, both included, breaks not taken out yet. */
function* ruleDays(schedule: Schedule, from: number, to: number): Generator<number> {
  if (!hasRule(schedule)) return;
  const given = anchorOf(schedule);
  const start = given === null ? ANCHOR : dayOf(given);
  const first = Math.max(
    from,
    schedule.dtstart === undefined ? from : dayOf(schedule.dtstart),
    schedule.valid_from === undefined ? from : dayOf(schedule.valid_from),
  );
  const last = schedule.valid_to === undefined ? to : Math.min(to, dayOf(schedule.valid_to));
  if (first > last) return;
  const days =
    schedule.freq === undefined
      ? [start]
      : schedule.freq === 'WEEKLY'
        ? weekly(schedule, start, first, last)
        : monthly(schedule, start, first, last);
  for (const day of days) if (day >= first && day <= last) yield day;
}

export interface Occurrence {
  /** Counted from 1970. */
  day: number;
  /** One of `additional_dates`, rather than worked out from the rule. */
  additional: boolean;
}

/**
 * The days on which a schedule falls, in order, each once, from one day to another, both included. `valid_from`,
 * `valid_to` and breaks bound the rule; `additional_dates` stand by themselves.
 */
export function* occurrences(schedule: Schedule, from: number, to: number): Generator<Occurrence> {
  const extra = [...new Set(schedule.additional_dates)]
    .map(dayOf)
    .filter((day) => day >= from && day <= to)
    .sort((a, b) => a - b);
  const breaks = schedule.exceptions.map((gap) => [dayOf(gap.from), dayOf(gap.to)] as const);
  let next = 0;
  for (const day of ruleDays(schedule, from, to)) {
    while (next < extra.length && extra[next]! < day) yield { day: extra[next++]!, additional: true };
    const also = extra[next] === day;
    if (also) next += 1;
    if (also || !inBreak(breaks, day)) yield { day, additional: also };
  }
  while (next < extra.length) yield { day: extra[next++]!, additional: true };
}
