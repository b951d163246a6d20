import { dateOf, dayOf } from '../../domain/london.ts';
import { parseByDay, ruleDays } from '../../domain/recurrence.ts';
import { Schedule, WEEKDAYS } from '../../domain/service.ts';
import { datesLeftOut } from './rule-text.ts';
import { hoursOf } from './schedule-hours.ts';
import { isObject, type JsonRecord } from './walk.ts';

/** One mended schedule of a source under our own schema. */

type Say = (field: string, words: string) => void;

/** Days over which a number of times is counted: twenty years. */
const COUNTED_DAYS = 7305;

const given = (it: JsonRecord, names: readonly string[]): JsonRecord =>
  Object.fromEntries(names.flatMap((name) => (it[name] === undefined ? [] : [[name, it[name]]])));

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The earlier of two last days. */
const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;

/** What our own extension says of it, where it came from another Signpost. */
const EXTENSION = ['freq', 'term_time', 'exceptions', 'additional_dates', 'bymonth', 'bank_holidays', 'dates_unknown'];

/** Parts of RFC 5545 that thin a rule out, and that a schedule has no field for. */
const UNTOLD = ['byweekno', 'byyearday', 'bysetpos', 'bymonth', 'byhour', 'byminute'];

interface Recurrence {
  freq?: Schedule['freq'];
  byday?: string;
  /** Why its dates cannot be told. */
  unknown?: { field: string; words: string };
}

/** The recurrence that is meant, where the fields of the standard are used in other ways than it says. */
function recurrenceOf(it: JsonRecord, freq: string | undefined): Recurrence {
  const byday = text(it['byday']);
  const entries = parseByDay(byday);
  const placed = entries.filter(({ nth }) => nth !== null);
  const days = [...new Set(entries.map(({ weekday }) => WEEKDAYS[weekday]))].join(',');
  if (freq === 'WEEKLY' && placed.length > 0) {
    const words = 'Some of its days have a place in the month and others have not; the dates are to be asked for.';
    return { freq, byday: days, unknown: { field: 'byday', words } };
  }
  if (freq === 'MONTHLY' && byday !== undefined && placed.length === 0 && it['bymonthday'] === undefined)
    return {
      freq: 'WEEKLY',
      byday: days,
      unknown: { field: 'byday', words: 'It is monthly, and nothing says which weekday of the month.' },
    };
  if (freq === undefined && byday !== undefined && it['count'] !== 1)
    return {
      freq: placed.length > 0 && placed.length === entries.length ? 'MONTHLY' : 'WEEKLY',
      byday: placed.length === entries.length ? byday : days,
      unknown: { field: 'freq', words: 'Nothing says how often it happens; the dates are to be asked for.' },
    };
  const other = UNTOLD.find((field) => it[field] !== undefined);
  return {
    ...(freq === 'DAILY' || freq === 'WEEKLY' || freq === 'MONTHLY' ? { freq } : {}),
    ...(byday !== undefined && { byday }),
    ...(other !== undefined && {
      unknown: { field: other, words: 'It is no recurrence that is known here; the dates are to be asked for.' },
    }),
  };
}

/** The last day of so many times; null where nobody says from when they are counted. */
function lastOf(schedule: Schedule, count: number): string | null {
  const start = schedule.dtstart ?? schedule.valid_from;
  if (start === undefined) return null;
  let last: number | null = null;
  let times = 0;
  for (const day of ruleDays(schedule, dayOf(start), dayOf(start) + COUNTED_DAYS)) {
    last = day;
    times += 1;
    if (times === count) break;
  }
  return last === null ? null : dateOf(last);
}

/** How often it happens at most: the last of so many is its last day. */
function counted(schedule: Schedule, it: JsonRecord, say: Say): Schedule {
  const { count } = it;
  if (typeof count !== 'number' || schedule.freq === undefined || schedule.dates_unknown) return schedule;
  const last = lastOf(schedule, count);
  if (last !== null) return { ...schedule, valid_to: earlier(schedule.valid_to, last)! };
  say('count', `It happens ${count} times, and nothing says from when on; the dates are to be asked for.`);
  return { ...schedule, dates_unknown: true };
}

const exceptionsOf = ({ exceptions }: JsonRecord): unknown[] => (Array.isArray(exceptions) ? exceptions : []);

/**
 * @param words what the source says beside it
 * @returns one for each day of the month that it names; null where it names no day, or hours that may mean two things
 */
export function schedulesOf(it: JsonRecord, words: string, say: Say): Schedule[] | null {
  const own = isObject(it['signpost']) ? it['signpost'] : {};
  const freq = text(own['freq']) ?? text(it['freq']);
  const { unknown, ...recurrence } = recurrenceOf(it, freq);
  if (recurrence.freq === undefined && it['dtstart'] === undefined) return null;
  if (
    recurrence.freq === 'WEEKLY' &&
    recurrence.byday === undefined &&
    it['dtstart'] === undefined &&
    it['valid_from'] === undefined
  )
    return null;
  const hours = hoursOf(it, words, say);
  if (hours === null) return null;
  const valid_to = earlier(text(it['valid_to']), text(it['until']));
  const left = datesLeftOut(it).map((day) => ({ from: day, to: day }));
  const days = typeof it['bymonthday'] === 'string' ? it['bymonthday'].split(',').map(Number) : [undefined];
  if (unknown) say(unknown.field, unknown.words);
  const made = days.map((bymonthday) =>
    Schedule.safeParse({
      ...given(it, ['interval', 'dtstart', 'valid_from', 'wkst']),
      ...given(own, EXTENSION),
      ...recurrence,
      ...hours,
      ...(valid_to !== undefined && recurrence.freq !== undefined && { valid_to }),
      ...(bymonthday !== undefined && { bymonthday }),
      ...(unknown && { dates_unknown: true }),
      ...(left.length > 0 && { exceptions: [...exceptionsOf(own), ...left] }),
    }),
  );
  const fault = made.find(({ error }) => error)?.error;
  if (fault) {
    say(String(fault.issues[0]?.path[0] ?? 'freq'), 'It is no recurrence that is known; it is kept as words.');
    return null;
  }
  return made.flatMap(({ data }) => (data ? [counted(data, it, say)] : []));
}
