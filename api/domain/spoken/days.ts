import type { ByDay } from '../recurrence.ts';
import { weekdayOfWord } from './dates.ts';
import { NotUnderstood, type Reader } from './reader.ts';

/** The days that a session falls on. */
export interface Days {
  /** Empty where it is a day of the month. */
  byday: ByDay[];
  /** 1 to 31, or -1 for the last; null where it is not one. */
  monthday: number | null;
}

const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
/** Group of days, and the weekdays that it stands for (0 Monday). */
const GROUPS: readonly [string, readonly number[]][] = [
  ['every day of the week', [0, 1, 2, 3, 4, 5, 6]],
  ['seven days a week', [0, 1, 2, 3, 4, 5, 6]],
  ['7 days a week', [0, 1, 2, 3, 4, 5, 6]],
  ['every day', [0, 1, 2, 3, 4, 5, 6]],
  ['each day', [0, 1, 2, 3, 4, 5, 6]],
  ['daily', [0, 1, 2, 3, 4, 5, 6]],
  ['every weekday', [0, 1, 2, 3, 4]],
  ['weekdays', [0, 1, 2, 3, 4]],
  ['week days', [0, 1, 2, 3, 4]],
  ['every weekend', [5, 6]],
  ['weekends', [5, 6]],
];

/** The place in the month that comes next: 1 to 5, -1 for the last, -2 for the one before; null where none does. */
function readPlace(reader: Reader): number | null {
  if (reader.takesOneOf(['second to last', 'second last', 'last but one', 'penultimate']) >= 0) return -2;
  if (reader.takes('last')) return -1;
  const token = reader.peek();
  const place = token?.kind === 'ordinal' ? token.value : PLACES.indexOf(token?.text as (typeof PLACES)[number]) + 1;
  if (place < 1 || place > 31) return null;
  reader.skip();
  return place;
}

/** Commas and 'and' between the parts of a list. */
function skipJoin(reader: Reader): boolean {
  const comma = reader.takesComma();
  return reader.takes('and') || comma;
}

/** Weekdays one after another: 'Monday', 'Mon, Wed and Fri', 'Monday to Friday'. */
function readWeekdays(reader: Reader, many: boolean): number[] | null {
  return reader.tries(() => {
    const first = weekdayOfWord(reader.peek()?.text);
    if (first < 0) return null;
    reader.skip();
    const found = [first];
    if (!many) return found;
    for (;;) {
      const last = found.at(-1)!;
      const end = reader.tries(() => {
        if (!reader.takesDash() && reader.takesOneOf(['to', 'through', 'till', 'until']) < 0) return null;
        const day = weekdayOfWord(reader.peek()?.text);
        if (day < 0) return null;
        reader.skip();
        return day;
      });
      if (end !== null) {
        for (let day = last; day !== end; ) {
          day = (day + 1) % 7;
          found.push(day);
        }
        continue;
      }
      const next = reader.tries(() => {
        skipJoin(reader);
        reader.takesOneOf(['on', 'every', 'each']);
        const day = weekdayOfWord(reader.peek()?.text);
        const after = reader.peek(1);
        // 'Tuesdays and Saturday 12 December': the second is a date.
        const dated = (after?.kind === 'number' && after.value <= 31 && isDated(reader)) || after?.kind === 'date';
        if (day < 0 || after?.kind === 'ordinal' || dated) return null;
        reader.skip();
        return day;
      });
      if (next === null) return found;
      found.push(next);
    }
  });
}

const MONTH_WORD = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;
const isDated = (reader: Reader): boolean => MONTH_WORD.test(reader.peek(2)?.text ?? '');

/** 'first and third Thursday', 'last Friday', 'first Monday and second Tuesday'. */
function readPlaced(reader: Reader): ByDay[] | null {
  const found: ByDay[] = [];
  for (;;) {
    const more = reader.tries(() => {
      if (found.length > 0 && !skipJoin(reader)) return null;
      reader.takes('the');
      const places = readPlaceList(reader);
      if (places.length === 0) return null;
      const [weekday] = readWeekdays(reader, false) ?? [];
      if (weekday === undefined) return null;
      const beyond = places.find((place) => place > 5);
      if (beyond !== undefined)
        throw new NotUnderstood('A month has five of a weekday at most. Write ‘first’ to ‘fourth’, or ‘last’.');
      return places.map((nth) => ({ weekday, nth }));
    });
    if (!more) break;
    found.push(...more);
  }
  return found.length === 0 ? null : found;
}

const OF_MONTH = [
  'once a month',
  'twice a month',
  'once every month',
  'per month',
  'of month',
  'in month',
  'of the month',
  'of each month',
  'of every month',
  'in the month',
  'in each month',
  'in every month',
  'each month',
  'every month',
  'a month',
  'monthly',
] as const;

/** Whether 'of the month' or the like comes next; it is taken. */
export const takesOfMonth = (reader: Reader): boolean => reader.takesOneOf(OF_MONTH) >= 0;

/** Places in a list: 'first and third', '2nd, 4th'. */
function readPlaceList(reader: Reader): number[] {
  const places: number[] = [];
  for (;;) {
    const place = reader.tries(() => {
      if (places.length > 0 && !skipJoin(reader)) return null;
      reader.takes('the');
      return readPlace(reader);
    });
    if (place === null) return places;
    places.push(place);
  }
}

/**
 * Which of the month, behind the weekday: 'Fridays, 1st and 3rd', 'Wednesdays (last of the month)', '2nd and 4th weeks'.
 * @returns null where no such thing comes next; one by itself has to be said to be of the month
 */
export function readPlacesAlone(reader: Reader): number[] | null {
  return reader.tries(() => {
    const places = readPlaceList(reader);
    const weeks = reader.takesOneOf(['weeks', 'week', 'one', 'ones']) >= 0;
    const month = takesOfMonth(reader);
    if (places.length === 0 || places.some((place) => place > 5)) return null;
    if (places.length === 1 && !weeks && !month) return null;
    const next = reader.peek();
    return MONTH_WORD.test(next?.text ?? '') || next?.text === 'of' ? null : places;
  });
}

/** 'the 15th of the month', 'last day of the month'. */
function readMonthday(reader: Reader): number | null {
  return reader.tries(() => {
    reader.takesOneOf(['on the', 'the']);
    if (reader.takes('last day')) return takesOfMonth(reader) ? -1 : null;
    const token = reader.peek();
    if (token?.kind !== 'ordinal' || token.value < 1 || token.value > 31) return null;
    reader.skip();
    reader.takes('day');
    return takesOfMonth(reader) || reader.peek()?.text === 'of' ? token.value : null;
  });
}

/** The days that come next, with or without their place in the month; null where none do. */
export function readDays(reader: Reader): Days | null {
  return reader.tries(() => {
    for (const [words, weekdays] of GROUPS)
      if (reader.takes(words)) return { byday: weekdays.map((weekday) => ({ weekday, nth: null })), monthday: null };
    const monthday = readMonthday(reader);
    if (monthday !== null) return { byday: [], monthday };
    const placed = readPlaced(reader);
    if (placed) return { byday: placed, monthday: null };
    const weekdays = readWeekdays(reader, true);
    return weekdays && { byday: weekdays.map((weekday) => ({ weekday, nth: null })), monthday: null };
  });
}
