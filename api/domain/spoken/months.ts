import { dateOf, firstOfMonth } from '../london.ts';
import { readDate, readMonth, readYear } from './dates.ts';
import type { Reader } from './reader.ts';

/** Whole months: those in which it runs every year, and the first and last of one that is named with or without a year. */

interface Month {
  month: number;
  year: number | null;
}

const EDGES = [
  'the beginning of',
  'beginning of',
  'the start of',
  'start of',
  'early',
  'the end of',
  'end of',
  'end',
  'late',
];

/** 'October 10-12': hours, or days of it. */
const isSpan = (reader: Reader): boolean =>
  reader.peek(1)?.kind === 'dash' || ['to', 'till', 'until'].includes(reader.peek(1)?.text ?? '');

/**
 * 'October', 'end of March 2027'; null where no month comes next.
 * @param hoursBehind figures behind the month are hours, since no day of it can be meant
 */
function readWholeMonth(reader: Reader, hoursBehind = false): Month | null {
  return reader.tries(() => {
    reader.takesOneOf(EDGES);
    const month = readMonth(reader);
    if (month === null) return null;
    // '24 April' has its day before the month, 'April 24' behind it: neither is the whole month.
    const after = reader.peek();
    if (after?.kind === 'ordinal') return null;
    if (after?.kind === 'number' && after.value <= 31 && !(hoursBehind && isSpan(reader))) return null;
    return { month, year: readYear(reader) };
  });
}

const first = (year: number, month: number): string => dateOf(firstOfMonth(year * 12 + month - 1));
const last = (year: number, month: number): string => dateOf(firstOfMonth(year * 12 + month) - 1);

/** The year in which a month next is over, or still runs. */
const yearFrom = (month: number, from: string): number =>
  Number(from.slice(0, 4)) + (month < Number(from.slice(5, 7)) ? 1 : 0);

/** 'from October', 'from the start of October 2026': the first day of it; null where no month comes next. */
export function readFirstDay(reader: Reader, from: string): string | null {
  const found = readWholeMonth(reader);
  return found && first(found.year ?? yearFrom(found.month, from), found.month);
}

/** 'until March', 'until the end of March 2027': the last day of it; null where no month comes next. */
export function readLastDay(reader: Reader, from: string): string | null {
  const found = readWholeMonth(reader);
  return found && last(found.year ?? yearFrom(found.month, from), found.month);
}

/** All months from one to another, over the new year too: 9, 3 gives 9, 10, 11, 12, 1, 2, 3, in the order of the year. */
function monthsFrom(begin: number, end: number): number[] {
  const count = ((end - begin + 12) % 12) + 1;
  return Array.from({ length: count }, (_, index) => ((begin + index - 1) % 12) + 1).sort((a, b) => a - b);
}

/** What was said of whole months: a season of every year, or days of certain years. */
export type Span = { months: number[] } | { from: string; to: string };

/** 'April to October', 'from September to June', 'October 2026 to March 2027', 'from October to 24 April 2027'. */
export function readMonthSpan(reader: Reader, today: string): Span | null {
  return reader.tries(() => {
    const between = reader.takesOneOf(['between', 'from', 'during', 'in']) === 0;
    const begin = readWholeMonth(reader);
    if (!begin) return null;
    const joined =
      reader.takesDash() || reader.takesOneOf(['to', 'until', 'till', 'through', ...(between ? ['and'] : [])]) >= 0;
    if (!joined) return null;
    const end = readWholeMonth(reader, true);
    if (end === null) {
      const to = readDate(reader, today);
      if (to === null) return null;
      const year = begin.year ?? Number(to.slice(0, 4)) - (begin.month > Number(to.slice(5, 7)) ? 1 : 0);
      return { from: first(year, begin.month), to };
    }
    if (begin.year === null && end.year === null) {
      const months = monthsFrom(begin.month, end.month);
      return months.length === 12 ? null : { months };
    }
    const over = begin.month > end.month ? 1 : 0;
    const endYear = end.year ?? begin.year! + over;
    return { from: first(begin.year ?? endYear - over, begin.month), to: last(endYear, end.month) };
  });
}

/** 'July and August', 'Dec': months of every year, or days where a year is named. */
export function readMonthList(reader: Reader): Month[] | null {
  const found: Month[] = [];
  for (;;) {
    const more = reader.tries(() => {
      if (found.length > 0) {
        const comma = reader.takesComma();
        if (!reader.takes('and') && !comma) return null;
        reader.takes('in');
      }
      reader.takesOneOf(['the whole of', 'whole of', 'all of', 'all']);
      return readWholeMonth(reader);
    });
    if (!more) return found.length === 0 ? null : found;
    found.push(more);
  }
}

/** The days of a month of a certain year. */
export const daysOfMonth = (year: number, month: number): { from: string; to: string } => ({
  from: first(year, month),
  to: last(year, month),
});
