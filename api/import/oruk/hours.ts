import type { Note } from '../incoming.ts';
import { isPlaceholder, mendByDay, mendClock, mendDate, mendNumber } from './values.ts';
import { isObject, type JsonRecord } from './walk.ts';

/**
 * When a service meets, as feeds say it. What is plain is put into the form of the standard; what is not stays in the words
 * of the source, which are never read for hours.
 */

/** Puts the schedules of a record right, in place. */
export function mendSchedules(record: JsonRecord, notes: Note[]): void {
  const list = record['schedules'];
  if (list === undefined) return;
  const schedules = (Array.isArray(list) ? list : [list]).filter(isObject);
  for (const [index, schedule] of schedules.entries())
    mendSchedule(schedule, (field, words) => notes.push({ field: `schedules[${index}].${field}`, words }));
  if (schedules.length > 0) record['schedules'] = schedules;
  else delete record['schedules'];
}

type Say = (field: string, words: string) => void;

/** Moves what cannot be read into the schedule's words. */
function intoWords(schedule: JsonRecord, field: string, say: Say): void {
  const value = String(schedule[field]);
  delete schedule[field];
  schedule['description'] = [schedule['description'], value].filter(Boolean).join('; ');
  say(field, `'${value.slice(0, 60)}' cannot be read; it is kept as words.`);
}

function mendSchedule(schedule: JsonRecord, say: Say): void {
  const { freq, byday } = schedule;
  if (typeof schedule['description'] === 'string' && isPlaceholder(schedule['description'])) {
    say('description', `'${schedule['description']}' stands for unknown, and was left out.`);
    delete schedule['description'];
  }
  if (typeof freq === 'string' && freq !== 'WEEKLY' && freq !== 'MONTHLY') mendFreq(schedule, freq, say);
  if (byday !== undefined) mendField(schedule, 'byday', mendByDay(String(byday)), say);
  for (const field of ['opens_at', 'closes_at'])
    if (schedule[field] !== undefined) mendField(schedule, field, mendClock(String(schedule[field])), say);
  for (const field of ['dtstart', 'valid_from', 'valid_to', 'until'])
    if (schedule[field] !== undefined) mendField(schedule, field, mendDate(String(schedule[field])), say);
  for (const field of ['interval', 'count'])
    if (schedule[field] !== undefined) {
      const number = mendNumber(schedule[field]);
      if (number !== null && Number.isInteger(number) && number >= 1 && number <= 52) schedule[field] = number;
      else {
        delete schedule[field];
        say(field, 'It is no number that makes sense, and was left out.');
      }
    }
  if (typeof schedule['bymonthday'] === 'number') schedule['bymonthday'] = String(schedule['bymonthday']);
}

function mendFreq(schedule: JsonRecord, freq: string, say: Say): void {
  const known = freq.trim().toUpperCase();
  if (known === 'WEEKLY' || known === 'MONTHLY') schedule['freq'] = known;
  else if (known === 'DAILY') {
    schedule['freq'] = 'WEEKLY';
    schedule['byday'] ??= 'MO,TU,WE,TH,FR,SA,SU';
    say('freq', 'Daily was written as every day of the week.');
  } else intoWords(schedule, 'freq', say);
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
