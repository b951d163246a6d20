import { dayOf, weekdayOf } from '../../domain/london.ts';
import { type Schedule, WEEKDAYS } from '../../domain/service.ts';
import { type FacetValue, valuesOf } from '../facets.ts';

/**
 * When a listing meets, as 32 bits: a byte for each time of day, and in it a bit for each weekday. So 'Tuesday evening'
 * is one bit, which Tuesday mornings and Friday evenings do not set.
 */

type TimeOfDay = FacetValue<'time'>;
export const TIMES: readonly TimeOfDay[] = valuesOf('time');
/** The fourth byte: sessions whose hour is not known. */
const NO_TIME = 3;
if (TIMES.length > NO_TIME) throw new Error('Sessions are 32 bits, in which there is room for three times of day.');
/** The eighth bit of a byte: sessions that may fall on any weekday, such as on the first of the month. */
const NO_DAY = 7;

const dayOfDate = (date: string): number => weekdayOf(dayOf(date));

function timeOf(opens: string | undefined): number {
  if (opens === undefined) return NO_TIME;
  if (opens < '12:00') return 0;
  return opens < '17:00' ? 1 : 2;
}

function daysOf(schedule: Schedule): number[] {
  const days = schedule.additional_dates.map(dayOfDate);
  if (schedule.byday !== undefined) {
    for (const day of schedule.byday.split(','))
      days.push(WEEKDAYS.indexOf(day.slice(-2) as (typeof WEEKDAYS)[number]));
  } else if (schedule.freq === 'MONTHLY' || schedule.freq === 'DAILY') {
    days.push(NO_DAY);
  } else if (schedule.dtstart !== undefined) {
    days.push(dayOfDate(schedule.dtstart));
  } else if (days.length === 0) {
    days.push(NO_DAY);
  }
  return days;
}

/** The bit of a session on a weekday (Monday 0), by the hour at which it begins. */
export const sessionBit = (weekday: number, opens: string | undefined): number => 1 << (timeOf(opens) * 8 + weekday);

/** The sessions of all schedules as 32 bits: bit 8 × time + weekday (Monday 0). */
export function sessionBits(schedules: readonly Schedule[]): number {
  let bits = 0;
  for (const schedule of schedules) {
    for (const day of daysOf(schedule)) bits |= sessionBit(day, schedule.opens_at);
  }
  return bits;
}

/** The bits of all sessions at any of these times; all bits where no time is given. */
export function timeMask(times: readonly TimeOfDay[]): number {
  if (times.length === 0) return -1;
  return times.reduce((mask, time) => mask | (0xff << (TIMES.indexOf(time) * 8)), 0);
}

/** The bits of all sessions on any of these weekdays; all bits where no day is given. */
export function dayMask(days: readonly (typeof WEEKDAYS)[number][]): number {
  if (days.length === 0) return -1;
  const byte = days.reduce((mask, day) => mask | (1 << WEEKDAYS.indexOf(day)), 0);
  return byte | (byte << 8) | (byte << 16) | (byte << 24);
}

/** The bits of all sessions on a weekday, 0 for Monday. */
export const weekdayMask = (weekday: number): number => 0x01010101 << weekday;

/** The weekdays (seven bits, Monday first) on which any of these sessions falls. */
export const weekdays = (sessions: number): number =>
  (sessions | (sessions >>> 8) | (sessions >>> 16) | (sessions >>> 24)) & 0x7f;

/** The times of day (three bits, morning first) at which any of these sessions begins. */
export const timesOfDay = (sessions: number): number =>
  ((sessions & 0xff) !== 0 ? 1 : 0) | ((sessions & 0xff00) !== 0 ? 2 : 0) | ((sessions & 0xff0000) !== 0 ? 4 : 0);
