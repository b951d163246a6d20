import { daysIn, readBreaks } from './breaks.ts';
import { changesTimes, namesWeekday } from './changes.ts';
import { hoursOrDays, isPluralWeekday, readDate, readDates, readRange, weekdayOfWord } from './dates.ts';
import { readDays, readPlacesAlone, takesOfMonth } from './days.ts';
import { type Entry, newEntry } from './entry.ts';
import { isPlaceOf, leaveOut, place, together } from './entry-days.ts';
import { readEvery, refuseEverySecond, takesEveryOther } from './frequency.ts';
import { daysOfMonth, readFirstDay, readLastDay, readMonthList, readMonthSpan } from './months.ts';
import {
  BANK_HOLIDAYS,
  BESIDE,
  DATES_UNKNOWN,
  ENDS,
  FILLERS,
  INCLUDING,
  STARTS,
  STARTS_IN,
  TERM,
  UNCLEAR,
} from './phrases.ts';
import { NotUnderstood, Reader } from './reader.ts';
import { readPart, readTimes } from './times.ts';
import { tokensOf } from './tokens.ts';

const ALWAYS = ['365 days a year', '365 days of the year', '365 days per year', '365 days', 'every day of the year'];
const EVERY_YEAR = /\ball (?:the )?year\b|\byear[- ]round\b|\bthroughout the year\b|\b365\b/i;
/** Entries of so many days are a list of closed ones where 'closed' stands behind them, and an 'every day' where more. */
const FEW_DAYS = 4;

/** Reads one line into what is said in it, in order. */
class LineReader {
  #reader: Reader;
  readonly #today: string;
  readonly #everyYear: boolean;
  #entries: Entry[] = [];
  /** What holds for what is still to come: said before any day. */
  #ahead: Partial<Entry> = {};
  /** Why the last brackets could not be read. */
  #problem: NotUnderstood | null = null;

  constructor(line: string, today: string) {
    this.#reader = new Reader(tokensOf(line));
    this.#today = today;
    this.#everyYear = EVERY_YEAR.test(line);
  }

  read(): LineSaid {
    this.#readAll();
    return { entries: this.#entries, ahead: this.#ahead };
  }

  #readAll(): void {
    while (!this.#reader.done)
      if (!this.#step()) {
        for (const [pattern, words] of UNCLEAR)
          if (pattern.test(this.#reader.peek()?.text ?? '')) throw new NotUnderstood(words);
        throw new NotUnderstood(
          `We could not make out ‘${this.#reader.ahead()}’. Write it like ‘every Tuesday 10:30 to 12’ or ‘Saturday 12 December 2pm to 4pm’, each on a line of its own.`,
        );
      }
  }

  get #last(): Entry | undefined {
    return this.#entries.at(-1);
  }

  /** Holds for everything said so far, or, where nothing has been, for what comes. */
  #apply(change: Partial<Entry>, unset: (entry: Entry) => boolean = () => true): void {
    if (this.#entries.length === 0) this.#ahead = { ...this.#ahead, ...change };
    for (const entry of this.#entries) if (unset(entry)) Object.assign(entry, change);
  }

  #open(first: Entry['first']): Entry {
    const entry = newEntry(first, structuredClone(this.#ahead));
    if (this.#entries.length === 0) this.#ahead = {};
    this.#entries.push(entry);
    return entry;
  }

  #step(): boolean {
    const reader = this.#reader;
    const token = reader.peek();
    if (token?.kind === 'aside') {
      reader.skip();
      if (token.text !== '') this.#aside(token.text);
      return true;
    }
    if (token?.kind === 'comma' || token?.kind === 'dash') {
      reader.skip();
      return true;
    }
    return (
      this.#conditions() ||
      this.#frequency() ||
      this.#bounds() ||
      this.#places() ||
      this.#dated() ||
      this.#daysNamed() ||
      this.#timesNamed() ||
      this.#beside() ||
      this.#filler()
    );
  }

  /** What stands in brackets is read like the rest. What does not change when it meets is a note. */
  #aside(text: string): void {
    if (this.#readsAside(text)) return;
    for (const part of text.split(/[;,]/).map((words) => words.trim()))
      if (part !== '' && !(part !== text && this.#readsAside(part))) this.#note(part);
  }

  #note(text: string): void {
    // A number alone is a room, an age, how many may come.
    if (!/^\d{1,3}$/.test(text) && (changesTimes(text) || namesWeekday(text)))
      throw (
        this.#problem ??
        new NotUnderstood(`We could not make out ‘(${text})’. Write it without brackets, or leave it out.`)
      );
    const { notes } = this.#last ?? this.#open('days');
    notes.push(text);
  }

  /** Reads the words of brackets where all of them say something of when it meets; else everything is as it was. */
  #readsAside(text: string): boolean {
    if (/^\d{1,3}$/.test(text)) return false;
    const outer = this.#reader;
    const [entries, ahead] = [structuredClone(this.#entries), structuredClone(this.#ahead)];
    this.#problem = null;
    try {
      this.#reader = new Reader(tokensOf(text));
      this.#readAll();
    } catch (error) {
      if (!(error instanceof NotUnderstood)) throw error;
      this.#problem = error;
    } finally {
      this.#reader = outer;
    }
    const hasChanged = JSON.stringify([entries, ahead]) !== JSON.stringify([this.#entries, this.#ahead]);
    if (this.#problem === null && hasChanged && !this.#hasGuessedTimes(entries, text)) {
      if (entries.length === 0 || this.#entries.slice(entries.length).every((it) => it.times.length > 0)) return true;
    }
    this.#entries = entries;
    this.#ahead = ahead;
    return false;
  }

  /** Whether brackets added hours, where there were some, of figures that may be ages or anything: '(5 to 11)'. */
  #hasGuessedTimes(before: readonly Entry[], text: string): boolean {
    if (/\d\s*(?:am|pm)\b|\d[:.]\d\d|\bnoon\b|midday|midnight|hours/i.test(text)) return false;
    return this.#entries.some(({ times }, index) => {
      const had = before[index]?.times.length ?? 0;
      return had > 0 && times.length > had;
    });
  }

  #conditions(): boolean {
    const reader = this.#reader;
    if (reader.takesOneOf(DATES_UNKNOWN) >= 0) {
      this.#apply({ datesUnknown: true });
      return true;
    }
    if (reader.takesOneOf(TERM) >= 0) {
      this.#apply({ termTime: true });
      return true;
    }
    if (this.#bankHolidaysToo() || this.#always() || this.#closedDays()) return true;
    const found = readBreaks(reader, this.#today, this.#everyYear);
    if (!found) return false;
    for (const entry of this.#entries.length === 0 ? [this.#ahead] : this.#entries) {
      entry.breaks = [...(entry.breaks ?? []), ...found.breaks];
      entry.notMonths = [...(entry.notMonths ?? []), ...found.months];
      if (found.bankHolidays) entry.bankHolidays = 'closed';
    }
    if (found.days.length > 0) this.#entries = leaveOut(this.#entries, found.days);
    return true;
  }

  #bankHolidaysToo(): boolean {
    const reader = this.#reader;
    const found = reader.tries(() => {
      const before = reader.takesOneOf(INCLUDING) >= 0;
      if (reader.takesOneOf(BANK_HOLIDAYS) < 0) return null;
      const behind = reader.takesOneOf(['too', 'as well', 'included', 'also', 'inclusive']) >= 0;
      return before || behind || null;
    });
    if (found) this.#apply({ bankHolidays: 'open' });
    return found !== null;
  }

  /** '365 days a year': every day, bank holidays too. */
  #always(): boolean {
    if (this.#reader.takesOneOf(ALWAYS) < 0) return false;
    const every = { byday: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, nth: null })), monthday: null };
    const last = this.#last;
    if (!last) this.#open('days').days = every;
    else if (last.days === null && last.dates.length === 0) last.days = every;
    this.#apply({ bankHolidays: 'open' });
    return true;
  }

  /** 'Sunday closed', 'Saturday and Sunday: closed': days that were only named to say that there is nothing. */
  #closedDays(): boolean {
    const last = this.#last;
    const days = last?.days?.byday ?? [];
    if (!last || last.times.length > 0 || days.length === 0 || days.length > FEW_DAYS) return false;
    const reader = this.#reader;
    const isClosed = reader.tries(() => {
      if (reader.takesOneOf(['is closed', 'are closed', 'we are closed', 'closed', 'shut']) < 0) return null;
      reader.takesOneOf(['all day']);
      const next = reader.peek();
      return !next || next.kind === 'comma' || next.kind === 'dash' || weekdayOfWord(next.text) >= 0 || null;
    });
    if (isClosed) this.#entries.pop();
    return isClosed !== null;
  }

  #frequency(): boolean {
    const reader = this.#reader;
    const every = readEvery(reader);
    if (every) {
      this.#apply(every, (entry) => entry === this.#last);
      return true;
    }
    if (takesEveryOther(reader)) {
      if (this.#daysNamed() && this.#last) Object.assign(this.#last, { interval: 2, unit: 'week' });
      return true;
    }
    refuseEverySecond(reader);
    if (!takesOfMonth(reader)) return false;
    this.#apply({ unit: 'month' }, (entry) => entry === this.#last);
    return true;
  }

  #bounds(): boolean {
    const reader = this.#reader;
    const weeks = reader.tries(() => {
      const said = reader.takesOneOf(['for', 'a', 'an']) >= 0;
      const token = reader.peek();
      if (token?.kind !== 'number' || token.value < 1 || token.value > 520) return null;
      reader.skip();
      if (reader.takesOneOf(['weeks', 'week', 'wks', 'wk']) < 0) return null;
      const course = reader.takesOneOf(['course', 'programme', 'program', 'block']) >= 0;
      return said || course || reader.peek()?.text === 'from' || reader.peek()?.text === 'starting'
        ? token.value
        : null;
    });
    if (weeks !== null) {
      this.#apply({ weeks }, (entry) => entry.weeks === null);
      return true;
    }
    return this.#range() || this.#months() || this.#startOrEnd();
  }

  #range(): boolean {
    const recurs = this.#entries.some(({ days }) => days !== null) || this.#entries.length === 0;
    const meant = this.#last?.times.length ? null : hoursOrDays(this.#reader);
    if (meant === 'hours') return false;
    const weekly = this.#last?.days != null || weekdayOfWord(this.#reader.peek()?.text) >= 0;
    if (meant === 'either' && weekly)
      throw new NotUnderstood(
        'Figures before a month can be hours or days. Write ‘10am to 12, in July’, or ‘10 July to 12 July’.',
      );
    if (this.#weeklyRange()) return true;
    const range = recurs ? readRange(this.#reader, this.#today) : null;
    if (!range) return false;
    if (this.#entries.length > 0) this.#between(range);
    else if (weekly && daysIn(range) > 7)
      throw new NotUnderstood('Say whether it is every day in that time, or one day of the week, like ‘Saturdays’.');
    else this.#open('days').dates = [range.from, range.to, 'range'];
    return true;
  }

  /** 'Saturdays 3-24 July': the Saturdays from when to when, and not every day of that time. */
  #weeklyRange(): boolean {
    const reader = this.#reader;
    const weekday = weekdayOfWord(reader.peek()?.text);
    if (this.#entries.length > 0 || !isPluralWeekday(reader.peek()?.text)) return false;
    const range = reader.tries(() => {
      reader.skip();
      reader.takesComma();
      return readRange(reader, this.#today);
    });
    if (!range) return false;
    this.#open('days').days = { byday: [{ weekday, nth: null }], monthday: null };
    this.#between(range);
    return true;
  }

  #between({ from, to }: { from: string; to: string }): void {
    this.#apply(
      { start: from, end: to },
      ({ start, end, dates }) => start === null && end === null && dates.length === 0,
    );
  }

  /** 'April to October', 'in November and December', 'October 2026 to March 2027'. */
  #months(): boolean {
    const reader = this.#reader;
    const span = readMonthSpan(reader, this.#today);
    if (span) {
      if ('months' in span) this.#apply({ months: span.months }, ({ months }) => months.length === 0);
      else this.#between(span);
      reader.takes('only');
      return true;
    }
    const named = reader.tries(() => {
      const said = reader.takesOneOf(['only in', 'in', 'during', 'throughout', 'every']) >= 0;
      const list = readMonthList(reader);
      // 'December' by itself says as much as 'in December'.
      const only = reader.takes('only');
      return list && (said || only || list.length > 1 || this.#entries.length === 0) ? list : null;
    });
    if (!named) return false;
    const [first, last] = [named[0]!, named.at(-1)!];
    if (first.year === null && last.year === null)
      this.#apply(
        { months: named.map(({ month }) => month).sort((a, b) => a - b) },
        ({ months }) => months.length === 0,
      );
    else {
      const year = first.year ?? last.year!;
      this.#between({ from: daysOfMonth(year, first.month).from, to: daysOfMonth(last.year ?? year, last.month).to });
    }
    return true;
  }

  #startOrEnd(): boolean {
    const reader = this.#reader;
    if (reader.takesOneOf(STARTS_IN) >= 0)
      throw new NotUnderstood('Write the date on which it begins, like ‘from 12 January’.');
    const start = reader.tries(() =>
      reader.takesOneOf(STARTS) >= 0 ? (readDate(reader, this.#today) ?? readFirstDay(reader, this.#today)) : null,
    );
    if (start !== null) {
      this.#apply({ start }, (entry) => entry.start === null);
      return true;
    }
    const from = this.#last?.start ?? this.#ahead.start ?? this.#today;
    const end = reader.tries(() =>
      reader.takesOneOf(ENDS) >= 0 ? (readDate(reader, from) ?? readLastDay(reader, from)) : null,
    );
    if (end === null) return false;
    this.#apply({ end }, (entry) => entry.end === null);
    return true;
  }

  /** '1st and 3rd', 'last of the month', behind the weekday that it is of. */
  #places(): boolean {
    const last = this.#last;
    if (!last?.days || last.days.byday.some(({ nth }) => nth !== null)) return false;
    const places = readPlacesAlone(this.#reader);
    if (places) last.days = place(last.days, places);
    return places !== null;
  }

  #dated(): boolean {
    const reader = this.#reader;
    const extra = reader.tries(() => {
      if (!this.#last?.days || reader.takesOneOf(['and on', 'and']) < 0) return null;
      return readDates(reader, this.#today);
    });
    const dates =
      extra ??
      reader.tries(() => {
        reader.takesOneOf(['and on', 'and', 'on']);
        return readDates(reader, this.#today);
      });
    if (!dates) return false;
    // With times of its own it is something else; without, it is one more date of what was just said.
    const part = this.#last?.part ?? null;
    const times = reader.tries(() => {
      reader.takesComma();
      return readTimes(reader, part);
    });
    if (extra && !times && this.#last) this.#last.also.push(...extra);
    else {
      const waiting =
        this.#last?.first === 'times' && !this.#last.days && this.#last.dates.length === 0 ? this.#last : null;
      const entry = waiting ?? this.#open('days');
      entry.dates = dates;
      if (times) entry.times.push(times);
    }
    return true;
  }

  #daysNamed(): boolean {
    const reader = this.#reader;
    const days = reader.tries(() => {
      reader.takes('and');
      const bare = readDays(reader);
      if (bare) return bare;
      reader.takesOneOf(['on every', 'on the', 'every', 'each', 'on']);
      return readDays(reader);
    });
    if (!days) return false;
    const last = this.#last;
    // 'Sundays 3pm, last Sunday of the month' says which of the Sundays; with hours of its own it is something else.
    if (last?.days && last.times.length > 0 && isPlaceOf(days, last.days) && !this.#timesFollow()) last.days = days;
    else if (last && last.days === null && last.dates.length === 0) last.days = days;
    else if (last?.days && last.times.length === 0 && last.interval === 1) last.days = together(last.days, days);
    else this.#open('days').days = days;
    return true;
  }

  #timesFollow(): boolean {
    const reader = this.#reader;
    let follow = false;
    reader.tries(() => {
      reader.takesOneOf(['only']);
      reader.takesComma();
      follow = readTimes(reader, this.#last?.part ?? null) !== null;
      return null;
    });
    return follow;
  }

  #timesNamed(): boolean {
    const reader = this.#reader;
    const part = readPart(reader);
    if (part) {
      const entry = this.#last ?? this.#open('times');
      entry.part = part.part;
      // Where no hour follows, it is all that is known of the time.
      if (entry.times.length === 0) entry.notes.push(part.words);
      return true;
    }
    const times = reader.tries(() => {
      reader.takes('and');
      return readTimes(reader, this.#last?.part ?? null);
    });
    if (!times) return false;
    const last = this.#last;
    const begins = !last || (last.times.length > 0 && last.first === 'times');
    const entry = begins ? this.#open('times') : last;
    entry.times.push(times);
    if (times.note) entry.notes.push(times.note);
    if (times.opens)
      entry.notes = entry.notes.filter((note) => !/^(in the )?(morning|afternoon|evening|night)s?$/.test(note));
    return true;
  }

  #beside(): boolean {
    const reader = this.#reader;
    const words = reader.tries(() => {
      const found = BESIDE[reader.takesOneOf(BESIDE)] ?? null;
      const next = reader.peek();
      return !next || ['comma', 'dash', 'aside'].includes(next.kind) || next.text === 'and' ? found : null;
    });
    if (words === null) return false;
    if (this.#last) this.#last.notes.push(words);
    else this.#ahead = { ...this.#ahead, notes: [...(this.#ahead.notes ?? []), words] };
    return true;
  }

  #filler(): boolean {
    const reader = this.#reader;
    if (reader.takes('and')) return !reader.done;
    return reader.takesOneOf(FILLERS) >= 0;
  }
}

/** What one line says. */
export interface LineSaid {
  entries: Entry[];
  /** Where it names no day: what it says of others, such as 'term time only'. */
  ahead: Partial<Entry>;
}

/**
 * What one line says, in order.
 * @throws NotUnderstood where part of it cannot be read
 */
export const readLine = (line: string, today: string): LineSaid => new LineReader(line, today).read();
