import { type Entry, newEntry } from './entry.ts';
import { Reader } from './reader.ts';
import { tokensOf } from './tokens.ts';

const EVERY_YEAR = /\ball (?:the )?year\b|\byear[- ]round\b|\bthroughout the year\b|\b365\b/i;

/** A line while it is read: what was said up to here, and what is still to be read. */
export class LineSoFar {
  readonly reader: Reader;
  readonly today: string;
  /** The line says that it goes on all year, so 'closed in August' is no end. */
  readonly everyYear: boolean;
  entries: Entry[] = [];
  /** What holds for what is still to come: said before any day. */
  ahead: Partial<Entry> = {};

  constructor(words: string, today: string, everyYear = EVERY_YEAR.test(words)) {
    this.reader = new Reader(tokensOf(words));
    this.today = today;
    this.everyYear = everyYear;
  }

  /** The same line, to go on with these words, such as those in brackets; this one stays as it is. */
  inside(words: string): LineSoFar {
    const line = new LineSoFar(words, this.today, this.everyYear);
    line.entries = structuredClone(this.entries);
    line.ahead = structuredClone(this.ahead);
    return line;
  }

  get last(): Entry | undefined {
    return this.entries.at(-1);
  }

  /** Says something of all entries up to here for which it was not said, or, where there is none, of what comes. */
  apply(change: Partial<Entry>, unset: (entry: Entry) => boolean = () => true): void {
    if (this.entries.length === 0) this.ahead = { ...this.ahead, ...change };
    for (const entry of this.entries) if (unset(entry)) Object.assign(entry, change);
  }

  /** Says from when to when, of what has no beginning, end or dates of its own. */
  between({ from, to }: { from: string; to: string }): void {
    this.apply({ start: from, end: to }, ({ start, end, dates }) => !start && !end && dates.length === 0);
  }

  /** Begins a new entry, of which holds what was said ahead. */
  open(first: Entry['first']): Entry {
    const entry = newEntry(first, structuredClone(this.ahead));
    if (this.entries.length === 0) this.ahead = {};
    this.entries.push(entry);
    return entry;
  }
}
