import { dateOf, dayOf } from '../../domain/london.ts';
import type { Schedule } from '../../domain/service.ts';
import type { Note } from '../incoming.ts';
import { type FoundSchedule, findHolidays } from './found-schedules.ts';
import { mendClock, mendDate } from './values.ts';
import type { JsonRecord } from './walk.ts';

/** Holiday schedules of HSDS 1 and 2 and Open Referral UK 1.0: closed periods, and days with other hours. */

/** Days with other hours are written one by one, up to so many. */
const MOST_DAYS = 31;

interface Holiday {
  from: string;
  to: string;
  hours: Pick<Schedule, 'opens_at' | 'closes_at'> | null;
  /** Id of its service_at_location; null: of the whole service. */
  place: string | null;
}

function readHoliday({ it, field, place }: FoundSchedule, notes: Note[]): Holiday | null {
  const from = mendDate(String(it['start_date'] ?? it['valid_from'] ?? ''));
  const to = mendDate(String(it['end_date'] ?? it['valid_to'] ?? it['start_date'] ?? ''));
  if (from === null || to === null || to < from) {
    notes.push({ field, words: 'It has no days that can be read, so that it closes nothing.' });
    return null;
  }
  const opens = mendClock(String(it['opens_at'] ?? ''));
  const closes = mendClock(String(it['closes_at'] ?? ''));
  const isClosed = /^(true|yes|1)$/i.test(String(it['closed'] ?? '')) || opens === null;
  const hours = isClosed ? null : { opens_at: opens, ...(closes !== null && { closes_at: closes }) };
  return { from, to, hours, place };
}

/** The days with other hours, as meetings of their own. */
function otherHours({ from, to, hours }: Holiday, pattern: Schedule): Schedule | null {
  const count = dayOf(to) - dayOf(from) + 1;
  if (hours === null || count > MOST_DAYS) return null;
  const [dtstart, ...additional_dates] = Array.from({ length: count }, (_, index) => dateOf(dayOf(from) + index));
  return {
    interval: 1,
    term_time: false,
    exceptions: [],
    dtstart: dtstart!,
    additional_dates,
    ...hours,
    ...(pattern.location_id !== undefined && { location_id: pattern.location_id }),
  };
}

/**
 * The schedules with their closed periods taken out, and days with other hours beside them.
 * @param placeOf the location that a service_at_location's id stands for
 */
export function withHolidays(
  record: JsonRecord,
  schedules: readonly Schedule[],
  placeOf: (id: string) => string | undefined,
  notes: Note[],
): Schedule[] {
  const holidays = findHolidays(record).flatMap((found) => readHoliday(found, notes) ?? []);
  const extra: Schedule[] = [];
  const kept = schedules.map((schedule) => {
    if (schedule.freq === undefined) return schedule;
    const own = holidays.filter(({ place }) => {
      const at = place === null ? undefined : placeOf(place);
      return at === undefined || schedule.location_id === undefined || at === schedule.location_id;
    });
    return { ...schedule, exceptions: [...schedule.exceptions, ...own.map(({ from, to }) => ({ from, to }))] };
  });
  const [pattern] = schedules;
  if (pattern) for (const holiday of holidays) extra.push(...[otherHours(holiday, pattern) ?? []].flat());
  return [...kept, ...extra];
}
