import { dayOf, weekdayOf } from '../london.ts';
import { daysIn } from './breaks.ts';
import { hoursOrDays, isPluralWeekday, readDate, readRange, weekdayOfWord } from './dates.ts';
import type { LineSoFar } from './line-so-far.ts';
import { daysOfMonth, readFirstDay, readLastDay, readMonthList, readMonthSpan } from './months.ts';
import { ENDS, STARTS, STARTS_FROM, STARTS_IN, WEEK_COMMENCING } from './phrases.ts';
import { NotUnderstood } from './reader.ts';

/** Monday and Sunday. */
const FIRST_OF_WEEK: readonly number[] = [0, 6];

/** Takes from when to when it goes on: so many weeks, between dates, in some months, from or until a day. */
export function readBounds(line: LineSoFar): boolean {
  return readWeeks(line) || readPeriod(line) || readMonths(line) || readStartOrEnd(line);
}

/** 'For six weeks', 'a 10 week course'. */
function readWeeks(line: LineSoFar): boolean {
  const { reader } = line;
  const weeks = reader.tries(() => {
    const said = reader.takesOneOf(['for', 'a', 'an']) >= 0;
    const token = reader.peek();
    if (token?.kind !== 'number' || token.value < 1 || token.value > 520) return null;
    reader.skip();
    if (reader.takesOneOf(['weeks', 'week', 'wks', 'wk']) < 0) return null;
    const course = reader.takesOneOf(['course', 'programme', 'program', 'block']) >= 0;
    return said || course || reader.peek()?.text === 'from' || reader.peek()?.text === 'starting' ? token.value : null;
  });
  if (weeks === null) return false;
  line.apply({ weeks }, (entry) => entry.weeks === null);
  return true;
}

function readPeriod(line: LineSoFar): boolean {
  const recurs = line.entries.some(({ days }) => days !== null) || line.entries.length === 0;
  const meant = line.last?.times.length ? null : hoursOrDays(line.reader);
  if (meant === 'hours') return false;
  const weekly = line.last?.days != null || weekdayOfWord(line.reader.peek()?.text) >= 0;
  if (meant === 'either' && weekly)
    throw new NotUnderstood(
      'Figures before a month can be hours or days. Write ‘10am to 12, in July’, or ‘10 July to 12 July’.',
    );
  if (readWeekdaysBetween(line)) return true;
  const range = recurs ? readRange(line.reader, line.today) : null;
  if (!range) return false;
  if (line.entries.length > 0) line.between(range);
  else if (weekly && daysIn(range) > 7)
    throw new NotUnderstood('Say whether it is every day in that time, or one day of the week, like ‘Saturdays’.');
  else line.open('days').dates = [range.from, range.to, 'range'];
  return true;
}

/** 'Saturdays 3-24 July': the Saturdays from when to when, and not every day of that time. */
function readWeekdaysBetween(line: LineSoFar): boolean {
  const { reader } = line;
  const weekday = weekdayOfWord(reader.peek()?.text);
  if (line.entries.length > 0 || !isPluralWeekday(reader.peek()?.text)) return false;
  const range = reader.tries(() => {
    reader.skip();
    reader.takesComma();
    return readRange(reader, line.today);
  });
  if (!range) return false;
  line.open('days').days = { byday: [{ weekday, nth: null }], monthday: null };
  line.between(range);
  return true;
}

/** 'April to October', 'in November and December', 'October 2026 to March 2027'. */
function readMonths(line: LineSoFar): boolean {
  const { reader } = line;
  const span = readMonthSpan(reader, line.today);
  if (span) {
    if ('months' in span) line.apply({ months: span.months }, ({ months }) => months.length === 0);
    else line.between(span);
    reader.takes('only');
    return true;
  }
  const named = reader.tries(() => {
    const said = reader.takesOneOf(['only in', 'in', 'during', 'throughout', 'every']) >= 0;
    const list = readMonthList(reader);
    // 'December' by itself says as much as 'in December'.
    const only = reader.takes('only');
    return list && (said || only || list.length > 1 || line.entries.length === 0) ? list : null;
  });
  if (!named) return false;
  const [first, last] = [named[0]!, named.at(-1)!];
  if (first.year === null && last.year === null)
    line.apply({ months: named.map(({ month }) => month).sort((a, b) => a - b) }, ({ months }) => months.length === 0);
  else {
    const year = first.year ?? last.year!;
    line.between({ from: daysOfMonth(year, first.month).from, to: daysOfMonth(last.year ?? year, last.month).to });
  }
  return true;
}

function readStartOrEnd(line: LineSoFar): boolean {
  const { reader } = line;
  if (reader.takesOneOf(STARTS_IN) >= 0)
    throw new NotUnderstood('Write the date on which it begins, like ‘from 12 January’.');
  const begun = reader.tries(() => {
    const isWeek = reader.takesOneOf(WEEK_COMMENCING) >= 0;
    const isFrom = isWeek || reader.takesOneOf(STARTS_FROM) >= 0;
    if (!isFrom && reader.takesOneOf(STARTS) < 0) return null;
    const date = readDate(reader, line.today);
    if (date === null) {
      const start = readFirstDay(reader, line.today);
      return start === null ? null : { start, startsThen: false };
    }
    // No week commences on a Wednesday: that is a day on which it meets, or a mistake.
    const startsThen = isWeek ? !FIRST_OF_WEEK.includes(weekdayOf(dayOf(date))) : !isFrom;
    return { start: date, startsThen };
  });
  if (begun !== null) {
    line.apply(begun, (entry) => entry.start === null);
    return true;
  }
  const from = line.last?.start ?? line.ahead.start ?? line.today;
  const end = reader.tries(() =>
    reader.takesOneOf(ENDS) >= 0 ? (readDate(reader, from) ?? readLastDay(reader, from)) : null,
  );
  if (end === null) return false;
  line.apply({ end }, (entry) => entry.end === null);
  return true;
}
