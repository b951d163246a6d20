import { readBreaks } from './breaks.ts';
import { readDate, readDates, readRange } from './dates.ts';
import { type Days, readDays, takesOfMonth } from './days.ts';
import { type Entry, newEntry } from './entry.ts';
import { readEvery, refuseEverySecond, takesEveryOther } from './frequency.ts';
import { ENDS, FILLERS, STARTS, TERM, UNCLEAR } from './phrases.ts';
import { NotUnderstood, Reader } from './reader.ts';
import { readPart, readTimes } from './times.ts';
import { tokensOf } from './tokens.ts';

/** Reads one line into what is said in it, in order. */
class LineReader {
  readonly #reader: Reader;
  readonly #today: string;
  readonly #entries: Entry[] = [];
  /** What holds for what is still to come: said before any day. */
  #ahead: Partial<Entry> = {};

  constructor(line: string, today: string) {
    this.#reader = new Reader(tokensOf(line));
    this.#today = today;
  }

  read(): Entry[] {
    while (!this.#reader.done)
      if (!this.#step()) {
        for (const [pattern, words] of UNCLEAR)
          if (pattern.test(this.#reader.peek()?.text ?? '')) throw new NotUnderstood(words);
        throw new NotUnderstood(
          `We could not make out ‘${this.#reader.ahead()}’. Write it like ‘every Tuesday 10:30 to 12’ or ‘Saturday 12 December 2pm to 4pm’, each on a line of its own.`,
        );
      }
    return this.#entries;
  }

  get #last(): Entry | undefined {
    return this.#entries.at(-1);
  }

  /** Holds for everything said so far, or, where nothing has been, for what comes. */
  #apply(change: Partial<Entry>, unset: (entry: Entry) => boolean): void {
    if (this.#entries.length === 0) this.#ahead = { ...this.#ahead, ...change };
    for (const entry of this.#entries) if (unset(entry)) Object.assign(entry, change);
  }

  #open(first: Entry['first']): Entry {
    const entry = newEntry(first, this.#ahead);
    if (this.#entries.length === 0) this.#ahead = {};
    this.#entries.push(entry);
    return entry;
  }

  #step(): boolean {
    const reader = this.#reader;
    const token = reader.peek();
    if (token?.kind === 'aside') {
      reader.skip();
      if (/^(in )?term[ -]?time( only)?$/i.test(token.text)) this.#apply({ termTime: true }, () => true);
      else if (token.text !== '') (this.#last ?? this.#open('days')).notes.push(token.text);
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
      this.#dated() ||
      this.#daysNamed() ||
      this.#timesNamed() ||
      this.#filler()
    );
  }

  #conditions(): boolean {
    const reader = this.#reader;
    if (reader.takesOneOf(TERM) >= 0) {
      this.#apply({ termTime: true }, () => true);
      return true;
    }
    const found = readBreaks(reader, this.#today);
    if (!found) return false;
    const before = this.#entries.length === 0 ? [this.#ahead] : this.#entries;
    for (const entry of before) {
      entry.breaks = [...(entry.breaks ?? []), ...found.breaks];
      entry.notes = [...(entry.notes ?? []), ...found.notes];
    }
    return true;
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
      if (!reader.takes('for')) return null;
      const token = reader.peek();
      if (token?.kind !== 'number') return null;
      reader.skip();
      return reader.takesOneOf(['weeks', 'week']) >= 0 ? token.value : null;
    });
    if (weeks !== null) {
      this.#apply({ weeks }, (entry) => entry.weeks === null);
      return true;
    }
    const recurs = this.#entries.some(({ days }) => days !== null) || this.#entries.length === 0;
    const range = recurs ? readRange(reader, this.#today) : null;
    if (range && this.#entries.length > 0) {
      this.#apply(
        { start: range.from, end: range.to },
        (entry) => entry.start === null && entry.end === null && entry.days !== null,
      );
      return true;
    }
    if (range) {
      this.#open('days').dates = [range.from, range.to, 'range'];
      return true;
    }
    const start = reader.tries(() => (reader.takesOneOf(STARTS) >= 0 ? readDate(reader, this.#today) : null));
    if (start !== null) {
      this.#apply({ start }, (entry) => entry.start === null);
      return true;
    }
    const end = reader.tries(() =>
      reader.takesOneOf(ENDS) >= 0 ? readDate(reader, this.#last?.start ?? this.#today) : null,
    );
    if (end === null) return false;
    this.#apply({ end }, (entry) => entry.end === null);
    return true;
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
    if (last && last.days === null && last.dates.length === 0) last.days = days;
    else if (last?.days && last.times.length === 0 && last.interval === 1) last.days = together(last.days, days);
    else this.#open('days').days = days;
    return true;
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
    if (times.opens)
      entry.notes = entry.notes.filter((note) => !/^(in the )?(morning|afternoon|evening|night)s?$/.test(note));
    return true;
  }

  #filler(): boolean {
    const reader = this.#reader;
    if (reader.takes('and')) return !reader.done;
    return reader.takesOneOf(FILLERS) >= 0;
  }
}

/** 'Weekdays and Saturdays': one list of days. */
function together(one: Days, other: Days): Days {
  const placed = (days: Days) => days.byday.some(({ nth }) => nth !== null);
  if (one.monthday !== null || other.monthday !== null || placed(one) !== placed(other))
    throw new NotUnderstood('Write each of these on a line of its own, with its times.');
  return { byday: [...one.byday, ...other.byday], monthday: null };
}

/**
 * What one line says, in order.
 * @throws NotUnderstood where part of it cannot be read
 */
export const readLine = (line: string, today: string): Entry[] => new LineReader(line, today).read();
