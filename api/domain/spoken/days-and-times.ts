import { readDates, weekdayOfWord } from './dates.ts';
import { readDays, readPlacesAlone, takesOfMonth } from './days.ts';
import type { Entry } from './entry.ts';
import { isPlaceOf, place, together } from './entry-days.ts';
import { readEvery, refuseEverySecond, takesEveryOther } from './frequency.ts';
import type { LineSoFar } from './line-so-far.ts';
import { readPart, readTimes, type Times } from './times.ts';

const WEEKLY = ['weekly', 'every week', 'each week', 'then weekly', 'then every week', 'and weekly'] as const;
const DAILY = ['daily', 'every day', 'each day', 'on both days', 'both days'] as const;

/** Takes how often: 'fortnightly', 'every other Tuesday', 'of the month'. */
export function readFrequency(line: LineSoFar): boolean {
  const { reader } = line;
  const every = readEvery(reader);
  if (every) {
    line.apply(every, (entry) => entry === line.last);
    return true;
  }
  if (takesEveryOther(reader)) {
    if (readDaysNamed(line) && line.last) Object.assign(line.last, { interval: 2, unit: 'week' });
    return true;
  }
  if (readBehindDates(line)) return true;
  refuseEverySecond(reader);
  if (!takesOfMonth(reader)) return false;
  line.apply({ unit: 'month' }, (entry) => entry === line.last);
  return true;
}

/** 'Weekly' says nothing new of weekdays; behind a date it says that there are more. 'Daily' behind dates is of those. */
function readBehindDates({ reader, last }: LineSoFar): boolean {
  if (!last || last.days !== null || last.dates.length === 0) return false;
  if (reader.takesOneOf(WEEKLY) >= 0) {
    last.unit = 'week';
    return true;
  }
  const isOfDates = reader.tries(() => (reader.takesOneOf(DAILY) >= 0 && last.times.length > 0 && reader.done) || null);
  return isOfDates !== null;
}

/** '1st and 3rd', 'last of the month', behind the weekday that it is of. */
export function readPlaces(line: LineSoFar): boolean {
  const last = line.last;
  if (!last?.days || last.days.byday.some(({ nth }) => nth !== null)) return false;
  const places = readPlacesAlone(line.reader);
  if (places) last.days = place(last.days, places);
  return places !== null;
}

/** Takes dates, with the times that stand behind them. */
export function readDated(line: LineSoFar): boolean {
  const { reader } = line;
  const extra = reader.tries(() => {
    if (!line.last?.days || reader.takesOneOf(['and on', 'and']) < 0) return null;
    return readDates(reader, line.today);
  });
  const dates =
    extra ??
    reader.tries(() => {
      reader.takesOneOf(['and on', 'and', 'on']);
      return readDates(reader, line.today);
    });
  if (!dates) return false;
  // With times of its own it is something else; without, it is one more date of what was just said.
  const part = line.last?.part ?? null;
  const times = reader.tries(() => {
    reader.takesComma();
    return readTimes(reader, part);
  });
  if (extra && !times && line.last) line.last.also.push(...extra);
  else {
    const waiting = line.last?.first === 'times' && !line.last.days && line.last.dates.length === 0 ? line.last : null;
    const entry = waiting ?? line.open('days');
    entry.dates = dates;
    if (times) entry.times.push(times);
  }
  return true;
}

/** Takes days of the week or of the month. */
export function readDaysNamed(line: LineSoFar): boolean {
  const { reader } = line;
  const days = reader.tries(() => {
    reader.takes('and');
    const bare = readDays(reader);
    if (bare) return bare;
    reader.takesOneOf(['on every', 'on the', 'every', 'each', 'on']);
    return readDays(reader);
  });
  if (!days) return false;
  const last = line.last;
  // 'Sundays 3pm, last Sunday of the month' says which of the Sundays; with hours of its own it is something else.
  if (last?.days && last.times.length > 0 && isPlaceOf(days, last.days) && !areTimesNext(line)) last.days = days;
  else if (last && last.days === null && last.dates.length === 0) last.days = days;
  else if (last?.days && last.times.length === 0 && last.interval === 1) last.days = together(last.days, days);
  else line.open('days').days = days;
  return true;
}

function areTimesNext(line: LineSoFar): boolean {
  const { reader } = line;
  let follow = false;
  reader.tries(() => {
    reader.takesOneOf(['only']);
    reader.takesComma();
    follow = readTimes(reader, line.last?.part ?? null) !== null;
    return null;
  });
  return follow;
}

/** Takes a part of the day ('mornings') or times. */
export function readTimesNamed(line: LineSoFar): boolean {
  const { reader } = line;
  const part = readPart(reader);
  if (part) {
    const entry = line.last ?? line.open('times');
    entry.part = part.part;
    // Where no hour follows, it is all that is known of the time.
    if (entry.times.length === 0) entry.notes.push(part.words);
    return true;
  }
  const times = reader.tries(() => {
    reader.takes('and');
    return readTimes(reader, line.last?.part ?? null);
  });
  if (!times) return false;
  const last = line.last;
  const begins = !last || (last.times.length > 0 && last.first === 'times');
  const entry = begins ? line.open('times') : last;
  entry.times.push(times);
  takesMorningAfter(line, entry, times);
  if (times.note) entry.notes.push(times.note);
  if (times.opens)
    entry.notes = entry.notes.filter((note) => !/^(in the )?(morning|afternoon|evening|night)s?$/.test(note));
  return true;
}

/** 'Saturday 8pm to 8am Sunday': on the day on which it closes it does not begin. */
function takesMorningAfter({ reader }: LineSoFar, { days }: Entry, { opens, closes }: Times): void {
  if (opens === undefined || closes === undefined || closes > opens) return;
  const last = days?.byday.at(-1)?.weekday;
  reader.tries(() => {
    reader.takes('on');
    if (last === undefined || weekdayOfWord(reader.peek()?.text) !== (last + 1) % 7) return null;
    reader.skip();
    return reader.done || ['comma', 'dash', 'aside'].includes(reader.peek()?.kind ?? '') ? true : null;
  });
}
