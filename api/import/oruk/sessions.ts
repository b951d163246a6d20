import { lookUp } from '../../domain/look-up.ts';
import { datesKnown } from '../../domain/recurrence.ts';
import { Schedule } from '../../domain/service.ts';
import { changesTimes } from '../../domain/spoken/changes.ts';
import { readStatedSchedule } from '../../domain/spoken-schedule.ts';
import { describeSchedule, describeTime } from '../../domain/words.ts';
import type { Note } from '../incoming.ts';
import type { Asker } from '../questions/asker.ts';
import { type FoundSchedule, findSchedules } from './found-schedules.ts';
import { withHolidays } from './holidays.ts';
import { datedSentences, proseAgainst } from './prose-times.ts';
import { schedulesOf } from './schedule-fields.ts';
import { honourWords, namesTimes, spoken } from './schedule-words.ts';
import { mendUrl } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** Schedules of a mended record under our own schema, and what is left to words. */

export interface Sessions {
  schedules: Schedule[];
  /** What the source says of its hours in words alone. */
  words: string[];
  notes: Note[];
}

const OPEN_DAYS: Record<string, string> = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
};
const MOST = 60;
/** Longer words stand on their own; shorter ones belong to their session. */
const SHORT = 200;

interface Reading {
  schedules: Schedule[];
  /** What the source says beside them. */
  text: string | undefined;
  notes: string | undefined;
}

/** What all that is read of one record shares. */
interface Reader {
  locationOf: ReadonlyMap<string, string>;
  asOf: string;
  asker: Asker;
  into: Sessions;
}

/**
 * @param locationOf the location that a service_at_location's id stands for
 * @param asOf 'YYYY-MM-DD', the day on which the record was last looked at or changed
 * @param asker takes the times that cannot be read
 */
export function readSessions(
  record: JsonRecord,
  locationOf: ReadonlyMap<string, string>,
  asOf: string,
  asker: Asker,
): Sessions {
  const found = findSchedules(record);
  const stated = new Set(found.flatMap(({ it }) => statedHours(it)));
  const result: Sessions = { schedules: [], words: [], notes: [] };
  const reader: Reader = { locationOf, asOf, asker, into: result };
  const readings = found.map((one) => readOne(one, stated, reader));
  const texts = new Set(readings.flatMap(({ text }) => text ?? []));
  // Where one of them alone has words, they are of all; else each has its own.
  const [only] = texts;
  const isOfAll = texts.size === 1 && readings.filter(({ text }) => text !== undefined).length === 1;
  let all = readings.flatMap((reading) => honour(reading, isOfAll ? undefined : reading.text, reader));
  if (isOfAll && only !== undefined) all = honour({ schedules: all, text: only, notes: undefined }, only, reader);
  all = besideProse(record, once(all), reader);
  result.schedules = once(withHolidays(record, all, (id) => locationOf.get(id), result.notes));
  if (result.schedules.length > MOST) {
    result.schedules.length = MOST;
    result.notes.push({ field: 'schedules', words: `There are more than ${MOST}; the first ${MOST} were taken.` });
  }
  result.words = [...new Set(result.words)];
  return result;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function readOne(
  { it, field, place }: FoundSchedule,
  stated: ReadonlySet<string>,
  { locationOf, asOf, asker, into }: Reader,
): Reading {
  const say = (name: string, words: string) => into.notes.push({ field: `${field}.${name}`, words });
  const own = it['signpost'] as { description?: unknown } | undefined;
  const whole =
    own === undefined ? text(it['description']) : text(own.description ?? (it['freq'] ? it['description'] : undefined));
  const described = whole !== undefined && repeatsHours(whole, stated) ? undefined : whole;
  const notes = own === undefined ? text(it['notes']) : undefined;
  const made = schedulesOf(it, [whole, notes].filter(Boolean).join('\n'), say);
  const id = text(it['service_at_location_id']) ?? place ?? undefined;
  const at = id === undefined ? undefined : locationOf.get(id);
  const placed = (schedules: readonly Schedule[]) =>
    schedules.map((schedule) => ({ ...schedule, ...(at !== undefined && { location_id: at }) }));
  if (made === null) {
    if (saysClosed(it, whole)) {
      say('description', `‘${whole}’ was taken as no session${it['byday'] === undefined ? '' : ` on ${it['byday']}`}.`);
      return { schedules: [], text: undefined, notes };
    }
    const stated = saidInWords(it, whole, asOf);
    if (stated !== null) return { schedules: placed(stated), text: undefined, notes };
    const link = mendUrl(text(it['schedule_link']) ?? '');
    const words = [described, notes, hoursInWords(it)].filter(Boolean).join(', ') || (link && `See ${link}`) || '';
    const told = namesTimes(words) ? timesTold(words, asker) : null;
    if (told !== null) return { schedules: placed(told), text: undefined, notes: undefined };
    if (words !== '') into.words.push(words);
    return { schedules: [], text: undefined, notes: undefined };
  }
  return { schedules: placed(made), text: described, notes };
}

/** 'Closed', and hours that are none: how some publishers write the days on which nothing happens. */
const saysClosed = (it: JsonRecord, words: string | undefined): boolean =>
  /^(?:is |we are )?closed(?: all day)?\.?$/i.test(words?.trim() ?? '') &&
  (it['opens_at'] === undefined || it['opens_at'] === it['closes_at'] || it['closes_at'] === undefined);

/** What moderators have said of times that cannot be read. */
function timesTold(words: string, asker: Asker): Schedule[] | null {
  const told = asker.ask('times', words);
  const read = told === null ? null : readStatedSchedule(told.words, told.on);
  return read === null || 'problem' in read || read.schedules.length === 0 ? null : read.schedules;
}

const FIELDS_OF_HOURS = ['freq', 'byday', 'bymonthday', 'dtstart', 'opens_at', 'closes_at'];

/** What a source says in words alone, where all of it is understood: 'Third Friday of each month, 3.30pm - 5pm'. */
function saidInWords(it: JsonRecord, words: string | undefined, asOf: string): Schedule[] | null {
  if (words === undefined || FIELDS_OF_HOURS.some((field) => it[field] != null)) return null;
  const read = readStatedSchedule(words, asOf);
  return 'problem' in read || read.schedules.length === 0 ? null : read.schedules;
}

/** The schedules as the words beside them change them; words that they do not say are kept. */
function honour({ schedules, notes }: Reading, words: string | undefined, reader: Reader): Schedule[] {
  const { asOf, into } = reader;
  const first = words === undefined ? { schedules, said: true } : honourWords(words, schedules, asOf);
  const second = notes === undefined ? first : honourWords(notes, first.schedules, asOf);
  if (second.schedules.some(becameUnknown(schedules))) {
    const hours = [...new Set(schedules.map(spoken))].join('; ');
    const told = timesTold([hours, words, notes].filter(Boolean).join(', '), reader.asker);
    if (told !== null) return told.map((schedule) => ({ ...schedule, ...placeOf(schedules) }));
  }
  const beside = [first.said ? undefined : words, notes].filter((it) => it !== undefined).join('; ');
  if (beside === '') return second.schedules;
  const isShort = beside.length <= SHORT && second.schedules.length === 1;
  if (!isShort) {
    into.words.push(beside);
    // What stands in the words as a whole is not said at each of the times again.
    return second.schedules.map(({ description, ...schedule }) =>
      description !== undefined && !beside.includes(description) ? { ...schedule, description } : schedule,
    );
  }
  return second.schedules.map((schedule) => ({ ...schedule, description: beside.toWellFormed() }));
}

/**
 * The schedules as the description of the service changes them, and what the source says of now (`alert`): with their dates
 * unknown where it takes them back and cannot be read.
 */
function besideProse(record: JsonRecord, given: readonly Schedule[], reader: Reader): Schedule[] {
  // What another Signpost says of when it meets is exact, and its notices are its own.
  if (isObject(record['signpost']) && 'summary' in record['signpost']) return [...given];
  const described = text(record['description']) ?? '';
  const sentence = proseAgainst(described, given.filter(datesKnown));
  if (sentence !== null) return takenBack(given, sentence, reader);
  const alert = text(record['alert']) ?? '';
  const changing = [
    ...datedSentences(described, reader.asOf),
    ...(alert.length <= SHORT && changesTimes(alert) ? [alert] : []),
  ];
  let schedules = [...given];
  for (const words of new Set(changing)) {
    const honoured = honourWords(words, schedules, reader.asOf).schedules;
    if (honoured.some(becameUnknown(schedules))) return takenBack(schedules, words, reader);
    schedules = honoured;
  }
  return schedules;
}

/** The schedules of a service, with their dates to be asked for, unless moderators have said what the words mean. */
function takenBack(schedules: readonly Schedule[], sentence: string, { asker }: Reader): Schedule[] {
  const hours = [...new Set(schedules.filter(({ freq }) => freq !== undefined).map(spoken))].join('; ');
  if (hours === '') return [...schedules];
  const told = timesTold(`${hours}, ${sentence}`, asker);
  if (told !== null) return told.map((schedule) => ({ ...schedule, ...placeOf(schedules) }));
  return schedules.map((schedule) =>
    schedule.freq === undefined
      ? schedule
      : { ...schedule, dates_unknown: true, description: schedule.description ?? sentence.toWellFormed() },
  );
}

/** Whether the dates of a schedule are not known, and were before. */
const becameUnknown =
  (before: readonly Schedule[]) =>
  ({ dates_unknown }: Schedule): boolean =>
    dates_unknown === true && before.every((schedule) => schedule.dates_unknown !== true);

/** Where all of them are; nothing where they are in several places. */
function placeOf(schedules: readonly Schedule[]): Pick<Schedule, 'location_id'> {
  const [place, ...others] = new Set(schedules.map(({ location_id }) => location_id));
  return place !== undefined && others.length === 0 ? { location_id: place } : {};
}

/** Each once: what hangs under the service and under its place is one thing. */
function once(schedules: readonly Schedule[]): Schedule[] {
  const key = ({ location_id: _, ...schedule }: Schedule) => JSON.stringify(schedule);
  return schedules.filter((schedule, index) => {
    const same = schedules.findIndex(
      (other) =>
        key(other) === key(schedule) &&
        (other.location_id === schedule.location_id ||
          other.location_id === undefined ||
          schedule.location_id === undefined),
    );
    return same === index;
  });
}

/** 'Mondays and Tuesdays, from midnight to midnight': what it says, as people say it. */
function hoursInWords(it: JsonRecord): string {
  const [opens, closes] = [text(it['opens_at']), text(it['closes_at'])];
  const times = [opens, closes].map((clock) =>
    clock !== undefined && /^\d\d:\d\d$/.test(clock) ? describeTime(clock) : clock,
  );
  const isOdd = opens !== undefined && (opens === closes || (opens === '00:00' && closes === undefined));
  const span = isOdd
    ? `from ${times[0]}${times[1] === undefined ? '' : ` to ${times[1]}`}, which may mean open all day or closed: ask first`
    : [times[0] && `from ${times[0]}`, times[1] && `until ${times[1]}`].filter(Boolean).join(' ');
  const days = Schedule.safeParse({ freq: 'WEEKLY', byday: text(it['byday'])?.replace(/-?\d/g, '') });
  const named = days.data?.byday === undefined ? undefined : describeSchedule(days.data);
  return [named, span].filter(Boolean).join(', ');
}

const statedHours = (it: JsonRecord): string[] =>
  String(it['byday'] ?? '')
    .split(',')
    .map((day) => `${day} ${String(it['opens_at'])} ${String(it['closes_at'])}`);

const ONE = /^\s*([a-z]+)s?:?\s+(\d{2}:\d{2})\s*(?:-|–|to)\s*(\d{2}:\d{2})\s*$/i;

/** Whether words say nothing but the hours that the schedules say already: 'Wednesday: 10:00 - 12:00, Friday: …'. */
function repeatsHours(words: string, stated: ReadonlySet<string>): boolean {
  if (changesTimes(words)) return false;
  return words.split(/[,;\n]/).every((part) => {
    const [, day = '', from, to] = ONE.exec(part) ?? [];
    return stated.has(`${lookUp(OPEN_DAYS, day.toLowerCase())} ${from} ${to}`);
  });
}
