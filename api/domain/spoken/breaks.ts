import { dayOf } from '../london.ts';
import type { ByDay } from '../recurrence.ts';
import { readDates, readRange } from './dates.ts';
import { readDays } from './days.ts';
import { daysOfMonth, readMonthList, readMonthSpan } from './months.ts';
import { type Break, readChristmas, readNamedDay } from './named-days.ts';
import { BANK_HOLIDAYS } from './phrases.ts';
import { NotUnderstood, type Reader } from './reader.ts';

export type { Break };

/** When something does not meet. */
export interface Breaks {
  breaks: Break[];
  /** Months of every year, 1 to 12. */
  months: number[];
  /** Weekdays, or weekdays at a place in the month, that are left out. */
  days: ByDay[];
  bankHolidays: boolean;
}

const EXCEPT = [
  'we do not meet not',
  'we do not meet',
  'we dont meet',
  'do not meet',
  'does not meet',
  'doesnt meet',
  'we are closed',
  'but not on',
  'but not',
  'except for',
  'except on',
  'except',
  'excepting',
  'excluding',
  'excludes',
  'excl',
  'exc',
  'ex',
  'bar',
  'barring',
  'minus',
  'apart from',
  'other than',
  'with the exception of',
  'not',
  'is closed',
  'are closed',
  'closed',
  'breaking',
  'with a break',
  'no meetings',
  'no meeting',
  'no sessions',
  'no session',
  'no classes',
  'no class',
  'no group',
  'no club',
  'no cafe',
  'no service',
] as const;
/** 'Summer break 20 July to 4 September': named by itself, with its days behind it. */
const BREAK_NAMES = ['break', 'holiday', 'holidays', 'closure', 'recess', 'shutdown'];
const SEASONS = [
  'summer',
  'christmas',
  'xmas',
  'easter',
  'winter',
  'halfterm',
  'spring',
  'autumn',
  'new year',
  'school',
];
const NAMED_BREAKS = [...SEASONS.flatMap((season) => BREAK_NAMES.map((name) => `${season} ${name}`)), 'break'];
const LINKS = ['on the', 'on', 'in', 'over', 'during', 'for', 'from', 'the', 'all'] as const;
/** Dates that differ from group to group, or from year to year. */
const LOOSE = /^(christmas|xmas|easter|summer|winter|ramadan|eid|diwali|new|halfterm|holiday|holidays|half)$/;

const NO_REASON =
  /fortnight|pythefnos|\b(?:alternat\w*|monthly|weekly|every|once|twice|from|starts?|starting|until|till|first|second|third|last)\b/i;

/** The reason in brackets that comes next, as it is added to each of some days. */
function readReason(reader: Reader): { reason?: string } {
  const token = reader.peek();
  if (token?.kind !== 'aside' || token.text === '' || /\d/.test(token.text)) return {};
  // 'Christmas party' and 'closed in August' are reasons; 'fortnightly' is none.
  if (NO_REASON.test(token.text)) return {};
  reader.skip();
  return { reason: token.text.slice(0, 80).trim().toWellFormed() };
}

/** One thing that follows 'not': a day, days, a month, a name; false where nothing of the kind comes next. */
function readOne(reader: Reader, today: string, into: Breaks, everyYear: boolean): boolean {
  if (reader.takesOneOf(BANK_HOLIDAYS) >= 0) {
    into.bankHolidays = true;
    return true;
  }
  const named = readNamedDay(reader, today) ?? (everyYear ? readChristmas(reader, today) : null);
  if (named) {
    into.breaks.push(...named);
    return true;
  }
  const range = readRange(reader, today);
  if (range) {
    into.breaks.push({ ...range, ...readReason(reader) });
    return true;
  }
  const dates = readDates(reader, today);
  if (dates) {
    const reason = readReason(reader);
    into.breaks.push(...dates.map((date) => ({ from: date, to: date, ...reason })));
    return true;
  }
  const span = readMonthSpan(reader, today);
  if (span) {
    if ('months' in span) into.months.push(...span.months);
    else into.breaks.push({ ...span, ...readReason(reader) });
    return true;
  }
  const months = readMonthList(reader);
  if (months) {
    for (const { month, year } of months)
      if (year === null) into.months.push(month);
      else into.breaks.push(daysOfMonth(year, month));
    readReason(reader);
    return true;
  }
  const days = reader.tries(() => readDays(reader));
  if (!days || days.monthday !== null) return false;
  into.days.push(...days.byday);
  return true;
}

/**
 * 'not 22 or 29 December', 'except 21 December to 4 January', 'no class in August', 'not on bank holidays', 'closed
 * Mondays', 'except the second Saturday', 'summer break 20 July to 4 September'.
 * @param everyYear it runs all year round: 'except Christmas' is then the days around it, and else asked about
 * @returns null where nothing of the kind comes next
 * @throws NotUnderstood where it does, without days that can be told
 */
export function readBreaks(reader: Reader, today: string, everyYear: boolean): Breaks | null {
  return reader.tries(() => {
    const isNamed = reader.takesOneOf(NAMED_BREAKS) >= 0;
    if (!isNamed && reader.takesOneOf(EXCEPT) < 0) return null;
    const found: Breaks = { breaks: [], months: [], days: [], bankHolidays: false };
    for (let count = 0; ; count++) {
      const more = reader.tries(() => {
        if (count > 0) {
          const comma = reader.takesComma();
          if (!reader.takes('and') && !comma) return null;
          // 'Closed Mondays, Tuesdays 10 to 12': what follows a comma is out only where no hours come behind it.
          if (comma && found.days.length > 0) return null;
        } else reader.takesComma();
        reader.takesOneOf(LINKS);
        return readOne(reader, today, found, everyYear) || null;
      });
      if (!more) break;
    }
    if (found.breaks.length + found.months.length + found.days.length > 0 || found.bankHolidays) return found;
    // 'In the school holidays' says when it does meet.
    if (isNamed) return null;
    const word = reader.peek()?.text ?? '';
    throw new NotUnderstood(
      LOOSE.test(word)
        ? 'Write the dates when it does not meet, like ‘not 21 December to 4 January’.'
        : 'Write when it does not meet as dates, like ‘not 22 December’ or ‘not 21 December to 4 January’.',
    );
  });
}

/** How many days lie from one date to another, both included. */
export const daysIn = ({ from, to }: Break): number => dayOf(to) - dayOf(from) + 1;
