import { readBounds } from './bounds.ts';
import { changesTimes, namesWeekday } from './changes.ts';
import { readConditions } from './conditions.ts';
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
  line.entries = inside.entries;
  line.ahead = inside.ahead;
  return 'taken';
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
