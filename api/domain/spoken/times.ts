import { describeTime } from '../words/dates.ts';
import { NotUnderstood, type Reader } from './reader.ts';
import type { Clock } from './tokens.ts';

/** From when to when, 'HH:MM'; either may be left open. */
export interface Times {
  opens?: string;
  closes?: string;
  /** What was said beside them: 'until late', 'to start at 11am'. */
  note?: string;
  /** What stood in brackets after them: it is among the notes of the entry too. */
  beside?: string[];
  /** What brackets after them changed of the entry, and what it was before: 'term time', 'until March'. */
  changed?: { before: Readonly<Record<string, unknown>>; after: Readonly<Record<string, unknown>> };
}

/** 'mornings', 'evenings' …: which half of the day a bare number is in. */
export type Part = 'am' | 'pm' | null;

const DAY = 24 * 60;
const RANGE = ['to', 'till', 'til', 'until', 'through'] as const;

const write = (minutes: number): string => {
  const at = ((minutes % DAY) + DAY) % DAY;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
};

const PARTS: readonly [string, 'am' | 'pm'][] = [
  ['in the morning', 'am'],
  ['in the afternoon', 'pm'],
  ['in the evening', 'pm'],
  ['at night', 'pm'],
  ['mornings', 'am'],
  ['morning', 'am'],
  ['afternoons', 'pm'],
  ['afternoon', 'pm'],
  ['evenings', 'pm'],
  ['evening', 'pm'],
  ['nights', 'pm'],
  ['night', 'pm'],
];

/** 'mornings', 'in the evening': the words and the half of the day, where they come next. */
export function readPart(reader: Reader): { words: string; part: 'am' | 'pm' } | null {
  const found = PARTS[reader.takesOneOf(PARTS.map(([words]) => words))];
  return found ? { words: found[0], part: found[1] } : null;
}

/** As the end of a day: '12am' is that as well, but is as often written for noon. */
const MIDNIGHT: Clock = { hour: 24, minute: 0, half: null, full: true };

/** One time as it was written, before it is known which half of the day is meant. */
function readClock(reader: Reader): Clock | null {
  return reader.tries(() => {
    const past = reader.takesOneOf(['half past', 'quarter past', 'quarter to']);
    const token = reader.peek();
    if (past < 0 && reader.takesOneOf(['noon', 'midday']) >= 0)
      return { hour: 12, minute: 0, half: 'pm' as const, full: false };
    if (past < 0 && reader.takes('midnight')) return { ...MIDNIGHT };
    let clock: Clock | null = null;
    if (token?.kind === 'clock') clock = { ...token.clock };
    else if (token?.kind === 'number' && /^\d{3,4}$/.test(token.text))
      clock = {
        hour: Math.floor(token.value / 100),
        minute: token.value % 100,
        half: null,
        full: token.text.length === 4,
      };
    else if (token?.kind === 'number' && token.value <= 24)
      clock = { hour: token.value, minute: 0, half: null, full: token.value > 12 };
    if (!clock) return null;
    reader.skip();
    reader.takes('oclock');
    const suffix = reader.takesOneOf(['noon', 'midday', 'am', 'pm', 'midnight']);
    if (suffix === 4 && clock.hour === 12 && clock.minute === 0) return { ...MIDNIGHT };
    if (suffix >= 0) clock.half = suffix === 2 || suffix === 4 ? 'am' : 'pm';
    if (past >= 0) {
      const minutes = clock.hour * 60 + [30, 15, -15][past]!;
      clock = { ...clock, hour: Math.floor(minutes / 60), minute: minutes % 60 };
    }
    if (clock.minute > 59 || clock.hour > 24 || (clock.half !== null && (clock.hour > 12 || clock.hour === 0)))
      throw new NotUnderstood(`‘${token?.text}’ is not a time. Write times like 10:30am or 2pm.`);
    return clock;
  });
}

/** Minutes since midnight, where the half of the day is known; else null. */
function settled({ hour, minute, half, full }: Clock): number | null {
  if (half !== null) return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minute;
  return full || hour > 12 ? hour * 60 + minute : null;
}

const inHalf = (clock: Clock, half: 'am' | 'pm'): number => settled({ ...clock, half, hour: clock.hour || 12 })!;

const said = ({ hour, minute }: Clock): string =>
  minute === 0 ? String(hour) : `${hour}:${String(minute).padStart(2, '0')}`;

const whichHalf = (opening: Clock, closing: Clock | null): NotUnderstood => {
  const example = (half: string) => `‘${said(opening)}${half}${closing ? ` to ${said(closing)}${half}` : ''}’`;
  return new NotUnderstood(
    `‘${said(opening)}${closing ? ` to ${said(closing)}` : ''}’ can be morning or evening. Write ${example('am')} or ${example('pm')}.`,
  );
};

/**
 * The opening time alone. From 9 to 11 it is taken as morning, from 12 to 6 as afternoon; 7 and 8 are as often breakfast as
 * evening, and are asked about.
 */
function opensAt(clock: Clock, part: Part): number {
  const known = settled(clock);
  if (known !== null) return known;
  if (part) return inHalf(clock, clock.hour === 12 ? 'pm' : part);
  if (clock.hour === 7 || clock.hour === 8) throw whichHalf(clock, null);
  return inHalf(clock, clock.hour >= 9 && clock.hour < 12 ? 'am' : 'pm');
}

/** Both times: what is written with one of them says what the other is, by the shorter stay. */
function span(opening: Clock, closing: Clock, part: Part): [number, number] {
  const known = settled(opening);
  const end = settled(closing);
  const full = opening.full || closing.full;
  if (known !== null && end !== null) {
    // Midnight and noon are mixed up: '10am to 12am' is hardly fourteen hours.
    if (end === 0 && known > 0 && known < DAY / 2 && closing.half === 'am')
      throw new NotUnderstood('‘12am’ is midnight. Write ‘12 noon’ or ‘midnight’.');
    return [known, end];
  }
  if (full) return [known ?? opening.hour * 60 + opening.minute, end ?? closing.hour * 60 + closing.minute];
  if (known !== null) {
    // The next time that the clock shows it after the opening.
    const [early, late] = [inHalf(closing, 'am'), inHalf(closing, 'pm')];
    const later = [early, late].filter((minutes) => minutes > known);
    return [known, later.length > 0 ? Math.min(...later) : early];
  }
  if (end !== null) {
    const [early, late] = [inHalf(opening, 'am'), inHalf(opening, 'pm')];
    const before = [early, late].filter((minutes) => minutes < (end === 0 ? DAY : end));
    return [before.length > 0 ? Math.max(...before) : late, end];
  }
  if (!part && (opening.hour === 7 || opening.hour === 8) && closing.hour > opening.hour && closing.hour <= 12)
    throw whichHalf(opening, closing);
  // '8 to 4' is a day's work, and no night's.
  const begin = opensAt(opening, part ?? (closing.hour < opening.hour && opening.hour >= 7 ? 'am' : null));
  const [early, late] = [inHalf(closing, 'am'), inHalf(closing, 'pm')];
  if (early > begin) return [begin, early];
  if (late > begin) return [begin, late];
  throw whichHalf(opening, closing);
}

function checked(begin: number, end: number): Times {
  if (begin === end)
    throw new NotUnderstood('It opens and closes at the same time. Write when it ends, like 2pm to 4pm.');
  return { opens: write(begin), closes: write(end) };
}

/** 'for two hours', '2hrs', 'for 1.5 hours', 'for an hour and a half': minutes; null where nothing of the kind follows. */
function lasting(reader: Reader): number | null {
  return reader.tries(() => {
    reader.takesComma();
    reader.takesOneOf(['for about', 'for', 'lasting', 'lasts']);
    if (reader.takes('an hour and a half')) return 90;
    if (reader.takesOneOf(['an hour', 'a hour']) >= 0) return 60;
    const token = reader.peek();
    if (token?.kind !== 'number' && token?.kind !== 'clock') return null;
    let count = token.kind === 'number' ? token.value : token.clock.hour + token.clock.minute / 100;
    reader.skip();
    const [point, part] = [reader.peek(), reader.peek(1)];
    if (point?.text === '.' && part?.kind === 'number' && part.text.length === 1) {
      count += part.value / 10;
      reader.skip(2);
    }
    const minutes =
      reader.takesOneOf(['hours', 'hour', 'hrs', 'hr']) >= 0
        ? Math.round(count * 60)
        : reader.takesOneOf(['minutes', 'minute', 'mins']) >= 0
          ? count
          : null;
    if (minutes !== null && (minutes < 1 || minutes >= DAY))
      throw new NotUnderstood('Write when it ends, like 2pm to 4pm.');
    return minutes;
  });
}

const UNITS = /^(hours?|hrs?|minutes?|mins?|weeks?|wks?|months?|days?|years?)$/;

/** '10.30 for 11': the doors open at the one, it begins at the other. Null where nothing of the kind follows. */
function begins(reader: Reader): Clock | null {
  return reader.tries(() => {
    if (!reader.takes('for')) return null;
    const start = readClock(reader);
    if (!start || UNITS.test(reader.peek()?.text ?? '')) return null;
    reader.takes('start');
    return start;
  });
}

const LATE = ['late', 'close', 'closing'] as const;

/**
 * Reads from when to when: '10:30 to 12', 'from 2pm', 'until noon', '7pm for two hours', 'open 24 hours'.
 * @returns null where no time comes next
 * @throws NotUnderstood where one does and it cannot be told which is meant
 */
export function readTimes(reader: Reader, part: Part): Times | null {
  return reader.tries(() => {
    if (reader.takesOneOf(['24 hours a day', '24 hours', 'open all hours', 'round the clock', 'day and night']) >= 0)
      return { opens: '00:00', closes: '00:00' };
    if (reader.takes('all day')) return {};
    if (reader.takesOneOf(['until', 'till', 'til', 'up to']) >= 0) {
      const closing = readClock(reader);
      if (!closing) return null;
      return {
        closes: write(settled(closing) ?? inHalf(closing, closing.hour >= 9 && closing.hour < 12 ? 'am' : 'pm')),
      };
    }
    const between = reader.takes('between');
    if (!between) reader.takesOneOf(['from', 'at', 'starting at', 'starts at', 'starting', 'starts']);
    const opening = readClock(reader);
    if (!opening) return null;
    let minutes = lasting(reader);
    const start = minutes === null ? begins(reader) : null;
    let late: (typeof LATE)[number] | undefined;
    const closing =
      minutes !== null
        ? null
        : reader.tries(() => {
            const joined = reader.takesDash() || reader.takesOneOf(between ? ['and', ...RANGE] : RANGE) >= 0;
            if (!joined) return null;
            reader.takes('about');
            late = LATE[reader.takesOneOf(LATE)];
            return late === undefined ? readClock(reader) : 'late';
          });
    if (!closing) minutes ??= lasting(reader);
    const half = part ?? readPart(reader)?.part ?? null;
    const note = start ? { note: `to start at ${describeTime(write(span(opening, start, half)[1]))}` } : {};
    if (closing && closing !== 'late') return { ...checked(...span(opening, closing, half)), ...note };
    const begin = start ? span(opening, start, half)[0] : opensAt(opening, half);
    if (minutes !== null) return { ...checked(begin, begin + minutes), ...note };
    reader.takesOneOf(['onwards', 'onward', 'on wards', 'start']);
    return { opens: write(begin), ...note, ...(closing === 'late' && { note: `until ${late}` }) };
  });
}
