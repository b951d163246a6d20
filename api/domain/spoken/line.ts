import { readBounds } from './bounds.ts';
import { changesTimes, namesWeekday } from './changes.ts';
import { readConditions } from './conditions.ts';
import { weekdayOfWord } from './dates.ts';
import { readDated, readDaysNamed, readFrequency, readPlaces, readTimesNamed } from './days-and-times.ts';
import type { Entry } from './entry.ts';
import { LineSoFar } from './line-so-far.ts';
import { BESIDE, FILLERS, UNCLEAR } from './phrases.ts';
import { NotUnderstood, type Reader } from './reader.ts';

/** In brackets, a room, an age, how many may come. */
const NUMBER_ALONE = /^\d{1,3}$/;

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
export function readLine(words: string, today: string): LineSaid {
  const line = new LineSoFar(words, today);
  readAll(line);
  return { entries: line.entries, ahead: line.ahead };
}

function readAll(line: LineSoFar): void {
  while (!line.reader.done)
    if (!readNext(line)) {
      for (const [pattern, words] of UNCLEAR)
        if (pattern.test(line.reader.peek()?.text ?? '')) throw new NotUnderstood(words);
      throw new NotUnderstood(
        `We could not make out ‘${line.reader.ahead()}’. Write it like ‘every Tuesday 10:30 to 12’ or ‘Saturday 12 December 2pm to 4pm’, each on a line of its own.`,
      );
    }
}

/** Reads whatever comes next; false where nothing is made of it. */
function readNext(line: LineSoFar): boolean {
  const { reader } = line;
  const token = reader.peek();
  if (token?.kind === 'aside') {
    reader.skip();
    if (token.text !== '') readAside(line, token.text);
    return true;
  }
  if (token?.kind === 'comma' || token?.kind === 'dash') {
    reader.skip();
    if (token.kind === 'dash') refuseDaysOn(line);
    return true;
  }
  return (
    readConditions(line) ||
    readFrequency(line) ||
    readBounds(line) ||
    readPlaces(line) ||
    readDated(line) ||
    readDaysNamed(line) ||
    readTimesNamed(line) ||
    readBeside(line) ||
    takesFiller(line.reader)
  );
}

/** @throws NotUnderstood for 'Monday 10am - Tuesday 4pm', which goes on from one day to another */
function refuseDaysOn({ reader, last }: LineSoFar): void {
  const times = last?.times.at(-1);
  if (last?.days && times && times.closes === undefined && weekdayOfWord(reader.peek()?.text) >= 0)
    throw new NotUnderstood('Write each day with its own hours, like ‘Monday 10am to midnight, Tuesday 9am to 4pm’.');
}

/** Takes words that belong to what was said and change nothing of when: they are a note. */
function readBeside(line: LineSoFar): boolean {
  const { reader } = line;
  const words = reader.tries(() => {
    const found = BESIDE[reader.takesOneOf(BESIDE)] ?? null;
    const next = reader.peek();
    return !next || ['comma', 'dash', 'aside'].includes(next.kind) || next.text === 'and' ? found : null;
  });
  if (words === null) return false;
  if (line.last) line.last.notes.push(words);
  else line.ahead = { ...line.ahead, notes: [...(line.ahead.notes ?? []), words] };
  return true;
}

/** Takes words that say nothing. */
function takesFiller(reader: Reader): boolean {
  if (reader.takes('and')) return !reader.done;
  return reader.takesOneOf(FILLERS) >= 0;
}

/** What stands in brackets is read like the rest. What does not change when it meets is a note. */
function readAside(line: LineSoFar, text: string): void {
  const whole = takeAside(line, text);
  if (whole === 'taken') return;
  for (const part of text.split(/[;,]/).map((words) => words.trim())) {
    if (part === '') continue;
    const found = part === text ? whole : takeAside(line, part);
    if (found !== 'taken') addNote(line, part, found);
  }
}

/** Takes the words of brackets where all of them say something of when it meets; else nothing, and why, where that is known. */
function takeAside(line: LineSoFar, text: string): 'taken' | NotUnderstood | null {
  if (NUMBER_ALONE.test(text)) return null;
  const inside = line.inside(text);
  try {
    readAll(inside);
  } catch (error) {
    if (error instanceof NotUnderstood) return error;
    throw error;
  }
  const hasChanged = JSON.stringify([inside.entries, inside.ahead]) !== JSON.stringify([line.entries, line.ahead]);
  const added = line.entries.length === 0 ? [] : inside.entries.slice(line.entries.length);
  if (!hasChanged || added.some(({ times }) => times.length === 0) || hasGuessedTimes(line, inside, text)) return null;
  const contrary = hoursWithin(line, inside, added);
  if (contrary) return contrary;
  noteChange(line.last, inside.entries[line.entries.length - 1]);
  line.entries = inside.entries;
  line.ahead = inside.ahead;
  return 'taken';
}

/** What brackets changed of an entry, beside its hours and notes, kept with the hours that they stand behind. */
function noteChange(before: Entry | undefined, after: Entry | undefined): void {
  const hours = after?.times.at(-1);
  if (!before || !after || !hours || before.times.length !== after.times.length) return;
  const names = (Object.keys(before) as (keyof Entry)[]).filter(
    (name) => name !== 'times' && name !== 'notes' && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const of = (entry: Entry) => Object.fromEntries(names.map((name) => [name, entry[name]]));
  if (names.length > 0) hours.changed = { before: of(before), after: of(after) };
}

/**
 * 'Mon-Fri 9-5 (Fri 9-4)': hours of their own in brackets, for some of the days, stand in place of the others on them.
 * @returns why not, where one time alone may be when it opens on them or when it closes
 */
function hoursWithin(line: LineSoFar, inside: LineSoFar, added: readonly Entry[]): NotUnderstood | null {
  const last = line.last?.days?.byday ?? [];
  const within = added.flatMap(({ days }) => days?.byday ?? []);
  const isWithin = within.length > 0 && within.every((day) => last.some(({ weekday }) => weekday === day.weekday));
  if (!isWithin || within.length === last.length || [...last, ...within].some(({ nth }) => nth !== null)) return null;
  if (added.some(({ times }) => times.some(({ opens, closes }) => opens === undefined || closes === undefined)))
    return new NotUnderstood(
      'Write the hours of days that differ in full, each on a line of its own, like ‘Fri 9am to 4:30pm’.',
    );
  const whole = inside.entries[line.entries.length - 1];
  const rest = last.filter(({ weekday }) => !within.some((day) => day.weekday === weekday));
  if (whole?.days) whole.days = { ...whole.days, byday: rest };
  return null;
}

/** Whether brackets added hours, where there were some, of figures that may be ages or anything: '(5 to 11)'. */
function hasGuessedTimes(before: LineSoFar, inside: LineSoFar, text: string): boolean {
  if (/\d\s*(?:am|pm)\b|\d[:.]\d\d|\bnoon\b|midday|midnight|hours/i.test(text)) return false;
  return inside.entries.some(({ times }, index) => {
    const had = before.entries[index]?.times.length ?? 0;
    return had > 0 && times.length > had;
  });
}

/** @throws NotUnderstood where the words change when it meets, and so are no note */
function addNote(line: LineSoFar, text: string, problem: NotUnderstood | null): void {
  if (!NUMBER_ALONE.test(text) && (changesTimes(text) || namesWeekday(text)))
    throw (
      problem ?? new NotUnderstood(`We could not make out ‘(${text})’. Write it without brackets, or leave it out.`)
    );
  const { notes, times } = line.last ?? line.open('days');
  notes.push(text);
  const hours = times.at(-1);
  if (hours) hours.beside = [...(hours.beside ?? []), text];
}
