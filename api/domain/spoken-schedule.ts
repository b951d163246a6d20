import { dateOf, dayOf, weekdayOf } from './london.ts';
import { datesKnown, occurrences } from './recurrence.ts';
import { LOOK_AHEAD } from './schedule.ts';
import { Schedule, WEEKDAYS } from './service.ts';
import { daysIn } from './spoken/breaks.ts';
import type { Days } from './spoken/days.ts';
import type { Entry } from './spoken/entry.ts';
import { readLine } from './spoken/line.ts';
import { inPlainWords } from './spoken/notations.ts';
import { NotUnderstood } from './spoken/reader.ts';
import type { Times } from './spoken/times.ts';
import { dateWithWeekday, describeDate, weekdayName } from './words/dates.ts';
import { describeBreaks, describeSchedule } from './words/sessions.ts';

/** What is longer is no answer to 'when does it meet?'. */
const MOST_CHARACTERS = 1000;
const MOST_SCHEDULES = 60;
/** Days of one event that lasts several: longer ones have a rule. */
const MOST_DAYS = 31;
const BY_ARRANGEMENT = /^(by|on|via)?\s*(prior\s+)?(arrangement|appointment|request)( only)?\.?$/i;

/** The first day from a day on that is one of these weekdays. */
const nextOf = (weekdays: readonly number[], from: string): string => {
  let day = dayOf(from);
  while (!weekdays.includes(weekdayOf(day))) day += 1;
  return dateOf(day);
};

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** The months in which it runs; nothing where it is all of them. */
function monthsOf({ months, notMonths }: Entry): Partial<Schedule> {
  const bymonth = (months.length > 0 ? months : ALL_MONTHS).filter((month) => !notMonths.includes(month));
  if (bymonth.length === 0)
    throw new NotUnderstood('No month is left in which it runs. Write the months in which it does.');
  return bymonth.length === 12 ? {} : { bymonth: [...new Set(bymonth)] };
}

/** What all schedules of an entry share. */
function rest(entry: Entry): Partial<Schedule> {
  const description = entry.notes.join('; ').slice(0, 200).toWellFormed();
  return {
    ...(entry.days === null && entry.unit !== 'day' ? {} : monthsOf(entry)),
    ...(entry.bankHolidays === null ? {} : { bank_holidays: entry.bankHolidays }),
    ...(entry.datesUnknown ? { dates_unknown: true } : {}),
    term_time: entry.termTime,
    exceptions: entry.breaks,
    additional_dates: entry.also,
    ...(description === '' ? {} : { description }),
  };
}

const clock = ({ opens, closes }: Times): Partial<Schedule> => ({
  ...(opens === undefined ? {} : { opens_at: opens }),
  ...(closes === undefined ? {} : { closes_at: closes }),
});

/** On dates: the first is the start, the others stand beside it. */
function onDates(entry: Entry): Partial<Schedule> {
  const [from, to, range] = entry.dates;
  let dates = entry.dates;
  if (range === 'range' && from && to) {
    if (daysIn({ from, to }) > MOST_DAYS)
      throw new NotUnderstood(
        'Say on which days in that time, like ‘Tuesdays 2pm to 4pm, from 5 January until 30 March’.',
      );
    dates = Array.from({ length: daysIn({ from, to }) }, (_, index) => dateOf(dayOf(from) + index));
  }
  const [dtstart, ...additional] = [...new Set([...dates, ...entry.also])].sort();
  return { dtstart: dtstart!, additional_dates: additional };
}

/** When a rule begins and ends. What comes round every so many weeks needs a first date: nobody can tell which weeks. */
function bounds(entry: Entry, today: string): Partial<Schedule> {
  const weekdays = entry.days?.byday.map(({ weekday }) => weekday) ?? [];
  const { start, weeks } = entry;
  if (entry.interval > 1 && start === null && !entry.datesUnknown) {
    const next = weekdays.length > 0 ? nextOf(weekdays, today) : today;
    throw new NotUnderstood(
      `Say when the next one is, so that the right weeks are shown: add ‘from ${dateWithWeekday(next)}’, or the date that is right.`,
    );
  }
  if (weeks !== null && start === null)
    throw new NotUnderstood('Say when it begins: add ‘from’ and the date, like ‘from 12 January for 6 weeks’.');
  const fits = start !== null && (weekdays.length === 0 || weekdays.includes(weekdayOf(dayOf(start))));
  if (start !== null && !fits && (entry.interval > 1 || entry.startsThen))
    throw new NotUnderstood(
      `${describeDate(start)} is a ${weekdayName(weekdayOf(dayOf(start)))}, and it meets on another day. Mend one of the two.`,
    );
  const end = entry.end ?? (start !== null && weeks !== null ? dateOf(dayOf(start) + weeks * 7 - 1) : null);
  if (start !== null && end !== null && end < start)
    throw new NotUnderstood('It ends before it begins. Write the earlier date first.');
  return {
    ...(start === null ? {} : fits ? { dtstart: start } : { valid_from: start }),
    ...(end === null ? {} : { valid_to: end }),
  };
}

function byRule(entry: Entry, days: Days, today: string): Partial<Schedule> {
  const { byday, monthday } = days;
  const interval = { interval: entry.interval };
  if (monthday !== null) return { freq: 'MONTHLY', ...interval, bymonthday: monthday, ...bounds(entry, today) };
  const placed = byday.every(({ nth }) => nth !== null);
  const named = [...new Set(byday.map(({ weekday, nth }) => `${nth ?? ''}${WEEKDAYS[weekday]}`))].join(',');
  if (placed) {
    if (entry.interval > 1 && entry.unit === 'week')
      throw new NotUnderstood(
        'Write either ‘every other week’ or which week of the month: both together cannot be told.',
      );
    return { freq: 'MONTHLY', ...interval, byday: named, ...bounds(entry, today) };
  }
  if (entry.unit === 'month' && !entry.datesUnknown)
    throw new NotUnderstood(
      `Say which ${weekdayName(byday[0]!.weekday)} of the month: ‘first ${weekdayName(byday[0]!.weekday)} of the month’, or ‘last’.`,
    );
  const monthly = entry.unit === 'month' ? { description: ['monthly', ...entry.notes].join('; ').slice(0, 200) } : {};
  return {
    freq: 'WEEKLY',
    ...(entry.unit === 'month' ? {} : interval),
    byday: named,
    ...bounds(entry, today),
    ...monthly,
  };
}

/** 'Tuesday 12 January 6-8pm for 6 weeks': a date, and from it on every so often. */
function fromDate(entry: Entry): Entry {
  const { dates, unit, weeks, end, termTime } = entry;
  const [date, ...others] = dates;
  if (entry.days !== null || date === undefined) return entry;
  if (unit === null && weeks === null && end === null && !termTime) return entry;
  const isWeekly = unit === 'week' || (unit === null && weeks !== null);
  if (!isWeekly || others.length > 0)
    throw new NotUnderstood('Say on which days, and from when on, like ‘Tuesdays 2pm to 4pm, from 5 January’.');
  return {
    ...entry,
    dates: [],
    start: date,
    days: { byday: [{ weekday: weekdayOf(dayOf(date)), nth: null }], monthday: null },
  };
}

/**
 * The entry as it holds at some of its hours. 'Tuesdays 10-11 (term time), 1-2': what brackets say after hours that others
 * follow holds for those hours alone; after the last of them, for all.
 */
function heldAt(hours: Times, entry: Entry): Entry {
  if (entry.times.slice(0, -1).every(({ changed }) => changed === undefined)) return entry;
  const others = entry.times.filter((other) => other !== hours).map(({ changed }) => changed?.before);
  return Object.assign({ ...entry }, ...others, hours.changed?.after) as Entry;
}

function schedulesOf(said: Entry, today: string): Schedule[] {
  const entry = fromDate(said);
  const isDaily = entry.unit === 'day' && entry.days === null && entry.dates.length === 0;
  if (entry.days === null && entry.dates.length === 0 && !isDaily)
    throw new NotUnderstood('Say on which day too, like ‘every Tuesday 10:30 to 12’ or ‘Saturday 12 December 2pm’.');
  const whenOf = (own: Entry) =>
    isDaily
      ? { freq: 'DAILY' as const, interval: own.interval, ...bounds(own, today) }
      : own.days
        ? byRule(own, own.days, today)
        : onDates(own);
  const times = entry.times.length > 0 ? entry.times : [{}];
  return times.map((each) => {
    const own = { ...heldAt(each, entry), notes: notesAt(each, entry) };
    return Schedule.parse({ ...rest(own), ...whenOf(own), ...clock(each) });
  });
}

/**
 * The notes of one of the times of an entry. '10-11 (beginners), 11-12 (improvers)': what stands in brackets after hours
 * that others follow is of those hours; where brackets stand only after the last, they are of all.
 */
function notesAt(hours: Times, { notes, times }: Entry): string[] {
  if (times.slice(0, -1).every(({ beside }) => beside === undefined)) return [...new Set(notes)];
  const ofOthers = new Set(times.flatMap((other) => (other === hours ? [] : (other.beside ?? []))));
  return [...new Set(notes)].filter((note) => !ofOthers.has(note) || hours.beside?.includes(note));
}

/** What a line without a day says of the others: 'not on bank holidays', 'from 13 October'. */
function share(ahead: Partial<Entry>, entries: readonly Entry[]): void {
  for (const entry of entries)
    for (const [name, value] of Object.entries(ahead)) {
      const own = entry[name as keyof Entry];
      if (Array.isArray(own)) Object.assign(entry, { [name]: [...own, ...(value as unknown[])] });
      else if (own === null || own === false || own === 1) Object.assign(entry, { [name]: value });
    }
}

/** Lines, and what is parted by semicolons, but for those within brackets: a bracket closes after them on the same line. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let end = text.length;
  let isWithin = false;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at]!;
    if ('\n\r;'.includes(character) && !isWithin) {
      lines.push(text.slice(at + 1, end));
      end = at;
    }
    if (character === ')') isWithin = true;
    else if (character === '(' || character === '\n') isWithin = false;
  }
  return [...lines, text.slice(0, end)].reverse().filter((line) => line.trim() !== '');
}

/** 'W/c 7 December: Mon 10-11': that week, or from that week on. */
const ONE_WEEK = /^(?:w\/c|week commencing)\b(?!.*\b(?:every|each|weekly|weeks|\w+days|weekdays)\b)/i;
const WEEKS = /(?:\bw\/c\b|\bweek commencing\b).+(?:\bw\/c\b|\bweek commencing\b)/is;

/**
 * Reads the text as far as its rules go.
 * @throws NotUnderstood where part of it cannot be read
 */
function readAll(text: string, today: string): Schedule[] {
  if (ONE_WEEK.test(text) || WEEKS.test(text))
    throw new NotUnderstood('Write each date, like ‘Monday 7 December 10am to 11am’, or ‘Mondays from 7 December’.');
  const lines = linesOf(text).flatMap((line) => linesOf(inPlainWords(line)));
  const said = lines.map((line) => readLine(line, today));
  const entries = said.flatMap((line) => line.entries);
  for (const [index, { ahead, entries: own }] of said.entries()) {
    if (own.length > 0) continue;
    const before = said.slice(0, index).flatMap((line) => line.entries);
    share(ahead, before.length > 0 ? before : entries);
  }
  return entries.flatMap((entry) => schedulesOf(entry, today));
}

/** What was understood, or a problem in one or two sentences, which say what to write. */
type Spoken = { schedules: Schedule[]; understood: string } | { problem: string };

const NOTHING_SAID = { problem: 'Write when it meets, like ‘every Tuesday 10:30 to 12’.' };

/**
 * Reads when something meets as people say it: 'every Tuesday 10:30 to 12, term time'; 'first and third Thursday 2-4pm';
 * 'weekdays 9 to 5'; 'Sat 12 December 2pm'; several on lines of their own. Nothing is guessed in silence: what was
 * understood is given back in words, to be shown with the next dates, and what is not understood is asked about.
 * @param today 'YYYY-MM-DD' in Europe/London: a date without a year is the next such date
 * @returns no schedules where it is 'by arrangement'; a problem where something is not understood, or is over
 */
export function readSpokenSchedule(text: string, today: string): Spoken {
  const read = readStatedSchedule(text, today);
  if ('problem' in read) return read;
  const from = dayOf(today);
  const over = read.schedules.find(
    (schedule) => datesKnown(schedule) && occurrences(schedule, from, from + LOOK_AHEAD).next().done,
  );
  if (over) return { problem: `‘${describeSchedule(over)}’ is over, or never happens. Write dates that are to come.` };
  return read;
}

/**
 * Reads the same as somebody else stated it, at some time: what is over by now is understood as well.
 * @param asOf 'YYYY-MM-DD', the day on which it was stated: a date without a year is the next such date from then
 */
export function readStatedSchedule(text: string, asOf: string): Spoken {
  const typed = text.trim();
  if (typed === '') return NOTHING_SAID;
  if (typed.length > MOST_CHARACTERS) return { problem: 'Write only days and times here, one line for each.' };
  if (BY_ARRANGEMENT.test(typed)) return { schedules: [], understood: 'By arrangement' };
  try {
    const schedules = readAll(typed, asOf);
    if (schedules.length === 0) return NOTHING_SAID;
    if (schedules.length > MOST_SCHEDULES) return { problem: `Write at most ${MOST_SCHEDULES} different times.` };
    const words = (schedule: Schedule) => [describeSchedule(schedule, asOf), ...describeBreaks(schedule, asOf)];
    return { schedules, understood: schedules.map((schedule) => words(schedule).join('. ')).join('; ') };
  } catch (error) {
    if (error instanceof NotUnderstood) return { problem: error.message };
    throw error;
  }
}
