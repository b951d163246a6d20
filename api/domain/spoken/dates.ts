import { dateOf, dayOf, weekdayOf } from '../london.ts';
import { dateWithWeekday, describeDate, weekdayName } from '../words/dates.ts';
import { NotUnderstood, type Reader } from './reader.ts';

const MONTHS = [
  ['january', 'jan'],
  ['february', 'feb'],
  ['march', 'mar'],
  ['april', 'apr'],
  ['may'],
  ['june', 'jun'],
  ['july', 'jul'],
  ['august', 'aug'],
  ['september', 'sept', 'sep'],
  ['october', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
] as const;

const WEEKDAYS = [
  ['monday', 'mondays', 'mon', 'mons'],
  ['tuesday', 'tuesdays', 'tues', 'tue'],
  ['wednesday', 'wednesdays', 'wed', 'weds'],
  ['thursday', 'thursdays', 'thurs', 'thur', 'thu', 'thus'],
  ['friday', 'fridays', 'fri', 'fris'],
  ['saturday', 'saturdays', 'sat', 'sats'],
  ['sunday', 'sundays', 'sun', 'suns'],
] as const;

/** Years that somebody may mean: what meets now has hardly met since the century before. */
const FIRST_YEAR = 1950;
const LAST_YEAR = 2199;

/** A day further ahead than this was hardly meant: two years, as far as sessions are shown. */
const FAR_DAYS = 731;

/** 0 for Monday to 6 for Sunday; -1 where the word is none. */
export const weekdayOfWord = (word: string | undefined): number =>
  WEEKDAYS.findIndex((names) => (names as readonly string[]).includes(word ?? ''));

/** 'Saturdays': said of every week. */
export const isPluralWeekday = (word: string | undefined): boolean =>
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)days$|^(?:mons|fris|sats|suns)$/.test(word ?? '');

const monthOfWord = (word: string | undefined): number =>
  MONTHS.findIndex((names) => (names as readonly string[]).includes(word ?? ''));

/** The next month that comes, 1 to 12; null where none does. */
export function readMonth(reader: Reader): number | null {
  const month = monthOfWord(reader.peek()?.text);
  if (month < 0) return null;
  reader.skip();
  return month + 1;
}

interface Day {
  day: number;
  /** The weekday that was written beside it. */
  weekday: number | null;
}

/** 'YYYY-MM-DD', or a sentence where there is no such day. */
function dateFrom(year: number, month: number, day: number): string {
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw new NotUnderstood(`${year} is no year that is meant here. Write the year in four figures, like 2027.`);
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (month < 1 || month > 12 || day < 1 || dateOf(dayOf(date)) !== date)
    throw new NotUnderstood(`There is no day ${day}/${month}/${year}. Write dates like 12 December ${year}.`);
  return date;
}

/** The day in the year given, else the first such day that is not before `from`. */
function settle({ day, weekday }: Day, month: number, year: number | null, from: string): string {
  const thisYear = Number(from.slice(0, 4));
  let date = dateFrom(year ?? (month === 2 && day === 29 ? leapFrom(thisYear) : thisYear), month, day);
  if (year === null && date < from)
    date = dateFrom(month === 2 && day === 29 ? leapFrom(thisYear + 1) : thisYear + 1, month, day);
  if (weekday !== null && weekdayOf(dayOf(date)) !== weekday)
    throw new NotUnderstood(
      `${describeDate(date)} is a ${weekdayName(weekdayOf(dayOf(date)))}, not a ${weekdayName(weekday)}. Mend one of the two.`,
    );
  if (dayOf(date) - dayOf(from) > FAR_DAYS)
    throw new NotUnderstood(`${describeDate(date)} is more than two years away. Write a date within two years.`);
  return date;
}

const leapFrom = (year: number): number => {
  let leap = year;
  while (new Date(Date.UTC(leap, 1, 29)).getUTCMonth() !== 1) leap += 1;
  return leap;
};

/** The year in four figures that comes next; null where none does. */
export function readYear(reader: Reader): number | null {
  const token = reader.peek();
  if (token?.kind !== 'number' || token.value < 2000 || token.value > 2100 || isHour(reader)) return null;
  reader.skip();
  return token.value;
}

/** '2000 to 2130' is a time: behind a year comes no other time of four figures. */
const isHour = (reader: Reader): boolean =>
  (reader.peek(1)?.kind === 'dash' || ['to', 'till', 'until'].includes(reader.peek(1)?.text ?? '')) &&
  /^([01]\d|2[0-3])[0-5]\d$/.test(reader.peek(2)?.text ?? '');

/** A weekday beside a date; anything else is left. */
function readWeekday(reader: Reader): number | null {
  const weekday = weekdayOfWord(reader.peek()?.text);
  if (weekday < 0) return null;
  reader.skip();
  reader.takesComma();
  reader.takes('the');
  return weekday;
}

function readDay(reader: Reader): Day | null {
  return reader.tries(() => {
    const weekday = readWeekday(reader);
    reader.takes('the');
    const token = reader.peek();
    if ((token?.kind !== 'number' && token?.kind !== 'ordinal') || token.value > 31) return null;
    reader.skip();
    return { day: token.value, weekday };
  });
}

/** Days that share the month behind them: '5, 12 and 19 December', 'Sat 12 December 2026', 'December 12'; or '12/12/2026'. */
function readList(reader: Reader, from: string): string[] | null {
  return reader.tries(() => {
    const weekday = readWeekday(reader);
    const token = reader.peek();
    if (token?.kind === 'date') {
      reader.skip();
      return [settle({ day: token.day, weekday }, token.month, token.year, from)];
    }
    const first = readMonth(reader);
    if (first !== null) {
      const day = readDay(reader);
      // 'October 10-12' may be days or hours.
      const next = reader.peek(1);
      if (takesTo(reader) && next?.kind === 'number' && next.value <= 24) return null;
      return day && [settle({ ...day, weekday }, first, readYear(reader), from)];
    }
    const start = readDay(reader);
    if (!start) return null;
    const days: Day[] = [{ ...start, weekday: start.weekday ?? weekday }];
    for (;;) {
      const next = reader.tries(() => {
        const joined = reader.takesComma();
        return reader.takes('and') || joined ? readDay(reader) : null;
      });
      if (!next) break;
      days.push(next);
    }
    reader.takesOneOf(['of', 'in']);
    const month = readMonth(reader);
    if (month === null) return null;
    const year = readYear(reader);
    return days.map((day) => settle(day, month, year, from));
  });
}

/** One date, on or after `from` where no year is written; null where none comes next. */
export function readDate(reader: Reader, from: string): string | null {
  return reader.tries(() => {
    reader.takes('the');
    const dates = readList(reader, from);
    return dates?.length === 1 ? dates[0]! : null;
  });
}

/** Whether the token begins one of the ways to say 'to' between two dates. */
const takesTo = (reader: Reader): boolean => {
  if (reader.takesDash()) return true;
  return reader.takesOneOf(['to', 'until', 'till', 'and']) >= 0;
};

/** From one day to another, both included: '21 December to 4 January', '3 to 7 August'. */
export function readRange(reader: Reader, from: string): { from: string; to: string } | null {
  return reader.tries(() => {
    const between = reader.takesOneOf(['between', 'from']) === 0;
    reader.takes('the');
    const begin = reader.tries(() => {
      const day = readDay(reader);
      if (!day) return null;
      return monthOfWord(reader.peek()?.text) < 0 && reader.peek()?.text !== 'of' ? day : null;
    });
    const whole = begin ? null : readDate(reader, from);
    if (!begin && whole === null) return null;
    if (!between && reader.peek()?.text === 'and') return null;
    if (!takesTo(reader)) return null;
    if (whole !== null) {
      const to = readDate(reader, whole);
      return to === null ? null : ordered(whole, to);
    }
    const to = readDate(reader, from);
    if (to === null || !begin) return null;
    return ordered(settle(begin, Number(to.slice(5, 7)), Number(to.slice(0, 4)), from), to);
  });
}

/**
 * 'Saturdays 10-12 July and August': figures before a month that may be hours as well as days.
 * @returns 'hours' where more months follow, 'either' where nothing tells; null where they are no such figures
 */
export function hoursOrDays(reader: Reader): 'hours' | 'either' | null {
  const at = weekdayOfWord(reader.peek()?.text) >= 0 ? 1 : 0;
  const [from, joint, to, month, next, further] = [0, 1, 2, 3, 4, 5].map((ahead) => reader.peek(at + ahead));
  const isHour = (token: typeof from) => token?.kind === 'number' && token.value >= 1 && token.value <= 24;
  const isMonth = (token: typeof from) => monthOfWord(token?.text) >= 0;
  const joins = joint?.kind === 'dash' || joint?.text === 'to';
  if (!isHour(from) || !joins || !isHour(to) || !isMonth(month)) return null;
  const more = next?.kind === 'dash' || next?.kind === 'comma' || ['and', 'to'].includes(next?.text ?? '');
  if (next?.text === 'only' || (more && isMonth(further))) return 'hours';
  // Days with hours behind them, or with a year.
  return !next || (more && further?.kind !== 'number' && further?.kind !== 'clock') ? 'either' : null;
}

function ordered(from: string, to: string): { from: string; to: string } {
  if (to < from)
    throw new NotUnderstood(
      `${dateWithWeekday(to)} comes before ${dateWithWeekday(from)}. Write the earlier date first.`,
    );
  return { from, to };
}

/** Every date of a list, in order: '5 December, 9 January and 6 February'. Null where no date comes next. */
export function readDates(reader: Reader, from: string): string[] | null {
  const found: string[] = [];
  for (;;) {
    const more = reader.tries(() => {
      if (found.length > 0) {
        const joined = reader.takesComma();
        const linked = reader.takes('and');
        if (!joined && !linked) return null;
        reader.takes('on');
      }
      reader.takes('the');
      return readList(reader, found.at(-1) ?? from);
    });
    if (!more) break;
    found.push(...more);
  }
  return found.length === 0 ? null : [...new Set(found)].sort();
}
