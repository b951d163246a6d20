import { lookUp } from '../../domain/look-up.ts';
import type { Note } from '../incoming.ts';
import { findSchedules } from './found-schedules.ts';
import { spreadRule, withHyphens } from './rule-text.ts';
import { daysAmong, isPlaceholder, mendByDay, mendClock, mendDate, mendNumber } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/**
 * When a service meets, as feeds say it. What is plain is put into the form of the standard; what is not stays in the words
 * of the source, which are never read for hours.
 */

/** Puts the schedules of a record right, in place. */
export function mendSchedules(record: JsonRecord, notes: Note[]): void {
  const list = record['schedules'];
  if (list !== undefined) {
    const schedules = (Array.isArray(list) ? list : [list]).filter(isObject);
    if (schedules.length > 0) record['schedules'] = schedules;
    else delete record['schedules'];
  }
  for (const { it, field, regular } of findSchedules(record)) {
    if (regular) asWeekly(it);
    mendSchedule(it, (name, words) => notes.push({ field: `${field}.${name}`, words }));
  }
}

/** The most that each field may say; more is a mistake. */
const MOST = { interval: 52, count: 5000 } as const;

/**
 * The part of a schedule under our own name, for what the standard has no field for. It is made where there is none.
 */
function own(schedule: JsonRecord): JsonRecord {
  const given = schedule['signpost'];
  const part = isObject(given) ? given : {};
  schedule['signpost'] = part;
  return part;
}

type Say = (field: string, words: string) => void;

/** Moves what cannot be read into the schedule's words. */
function intoWords(schedule: JsonRecord, field: string, say: Say, words?: string): void {
  const value = String(schedule[field]);
  delete schedule[field];
  schedule['description'] = [schedule['description'], words ?? value].filter(Boolean).join('; ');
  say(field, `'${value.slice(0, 60)}' cannot be read; it is kept as words.`);
}

function mendSchedule(schedule: JsonRecord, say: Say): void {
  spreadRule(schedule);
  if (typeof schedule['description'] === 'string' && isPlaceholder(schedule['description'])) {
    say('description', `'${schedule['description']}' stands for unknown, and was left out.`);
    delete schedule['description'];
  }
  const { freq, byday } = schedule;
  if (typeof freq === 'string' && freq !== 'WEEKLY' && freq !== 'MONTHLY') mendFreq(schedule, freq, say);
  if (byday !== undefined) mendDays(schedule, String(byday), say);
  // The end of a day is the beginning of the next.
  if (/^24[:.]00(?::00)?(?:Z|[+-]\d\d(?::?\d\d)?)?$/.test(String(schedule['closes_at'])))
    schedule['closes_at'] = '00:00';
  beginsAt(schedule);
  for (const field of ['opens_at', 'closes_at'])
    if (schedule[field] !== undefined) mendField(schedule, field, mendClock(String(schedule[field])), say);
  for (const field of ['dtstart', 'valid_from', 'valid_to', 'until']) mendBound(schedule, field, say);
  mendPlaced(schedule, say);
  for (const field of ['interval', 'count'] as const)
    if (schedule[field] !== undefined) {
      const number = mendNumber(schedule[field]);
      if (number !== null && Number.isInteger(number) && number >= 1 && number <= MOST[field]) schedule[field] = number;
      else {
        delete schedule[field];
        if (number !== null && number !== 0) own(schedule)['dates_unknown'] = true;
        say(field, 'It is no number that makes sense, and was left out.');
      }
    }
  if (typeof schedule['bymonthday'] === 'number') schedule['bymonthday'] = String(schedule['bymonthday']);
}

/** Letters of a code, which nobody can read. */
const CODE = /^[A-Z0-9+-]{1,4}(?:[,;\s]+[A-Z0-9+-]{1,4})*$/;

/** Days of which some are none: when it meets is to be asked for, and no code is shown. */
function mendDays(schedule: JsonRecord, given: string, say: Say): void {
  const mended = mendByDay(given);
  if (mended !== null || isPlaceholder(given) || !CODE.test(given.trim())) {
    mendField(schedule, 'byday', mended, say);
    return;
  }
  const known = daysAmong(given);
  if (known === null) delete schedule['byday'];
  else schedule['byday'] = known;
  own(schedule)['dates_unknown'] = true;
  say('byday', `'${given.slice(0, 60)}' is no list of days; the dates are to be asked for.`);
}

/** Days before which, and years from which on, a date stands for 'always'. */
const FIRST_DAY = '1950-01-01';
const NO_END = '2200-01-01';

function mendBound(schedule: JsonRecord, field: string, say: Say): void {
  if (schedule[field] === undefined) return;
  const given = String(schedule[field]);
  mendField(schedule, field, mendDate(withHyphens(given)), say);
  const mended = schedule[field];
  if (typeof mended !== 'string' || (mended >= FIRST_DAY && mended < NO_END)) return;
  delete schedule[field];
  say(field, `'${given.slice(0, 40)}' stands for no ${mended < FIRST_DAY ? 'beginning' : 'end'}, and was left out.`);
}

/** A first moment says when it opens, where nothing else does; one in UTC is an hour from it for half of the year. */
function beginsAt(schedule: JsonRecord): void {
  if ((schedule['opens_at'] ?? '') !== '') return;
  const [, clock] =
    /^\d{4}-?\d{2}-?\d{2}[T ](\d{2}:?\d{2})(?::?\d{2}(?:\.\d+)?)?$/.exec(String(schedule['dtstart'])) ?? [];
  if (clock !== undefined && !/^00:?00$/.test(clock)) schedule['opens_at'] = clock;
}

/** 'The first Tuesday, weekly' is that of each month. */
function mendPlaced(schedule: JsonRecord, say: Say): void {
  const { freq, byday } = schedule;
  if (freq !== 'WEEKLY' || typeof byday !== 'string' || !byday.split(',').every((day) => /^-?\d/.test(day))) return;
  schedule['freq'] = 'MONTHLY';
  say('freq', `'${byday}' is a place in the month: weekly was written as monthly.`);
}

const WEEKDAYS: Record<string, string> = {
  '1': 'MO',
  '2': 'TU',
  '3': 'WE',
  '4': 'TH',
  '5': 'FR',
  '6': 'SA',
  '7': 'SU',
};

/** A regular schedule is weekly by its name. */
export function asWeekly(schedule: JsonRecord): void {
  const day = schedule['weekday'];
  if ((schedule['byday'] ?? '') === '' && day !== undefined && day !== null && day !== '') {
    schedule['byday'] = lookUp(WEEKDAYS, String(day)) ?? day;
    delete schedule['weekday'];
  }
  if ((schedule['freq'] ?? '') === '' && (schedule['byday'] ?? '') !== '') schedule['freq'] = 'WEEKLY';
}

/** As people say what a schedule has no field for. */
const RARER: Record<string, string> = {
  YEARLY: 'once a year',
  ANNUALLY: 'once a year',
  FORTNIGHTLY: 'fortnightly',
  BIWEEKLY: 'biweekly',
  QUARTERLY: 'quarterly',
  HOURLY: 'every hour',
};

function mendFreq(schedule: JsonRecord, freq: string, say: Say): void {
  const known = freq.trim().toUpperCase();
  if (known === 'WEEKLY' || known === 'MONTHLY') schedule['freq'] = known;
  else if (known === 'DAILY' && Number(schedule['interval'] ?? 1) > 1) {
    delete schedule['freq'];
    const words = [schedule['description'], schedule['notes']].filter(Boolean).join('; ');
    Object.assign(own(schedule), { freq: 'DAILY', ...(words !== '' && { description: words }) });
    say('freq', 'Every so many days is no recurrence of Open Referral UK; it stands under ‘signpost’.');
  } else if (known === 'DAILY') {
    schedule['freq'] = 'WEEKLY';
    schedule['byday'] ??= 'MO,TU,WE,TH,FR,SA,SU';
    say('freq', 'Daily was written as every day of the week.');
  } else intoWords(schedule, 'freq', say, lookUp(RARER, known));
}

function mendField(schedule: JsonRecord, field: string, mended: string | null, say: Say): void {
  const given = String(schedule[field]);
  if (mended === null) {
    if (isPlaceholder(given)) delete schedule[field];
    else intoWords(schedule, field, say);
    return;
  }
  // Seconds, and a time of day behind a date, are how many feeds write it: nothing to speak of.
  if (given !== mended && !given.startsWith(mended)) say(field, `'${given}' was written as ${mended}.`);
  schedule[field] = mended;
}
