import { BANK_HOLIDAY_NATIONS, type BankHolidayNation } from './bank-holidays.ts';
import { dateOf, dayAt, instantOf, isoLondon, minutesOf } from './london.ts';
import { type Occurrence, occurrences } from './recurrence.ts';
import type { Schedule } from './service.ts';

export { today } from './london.ts';

/** One meeting on one date. */
export interface Session {
  /** 'YYYY-MM-DD', the day on which it begins. */
  date: string;
  /** 'HH:MM' on the clock of Europe/London, as the listing gives it; null where it does not. */
  opens_at: string | null;
  closes_at: string | null;
  /** ISO 8601 with the offset of Europe/London; the date alone where no time is known. */
  starts: string;
  /** ISO 8601 with the offset of Europe/London; null where nobody says when it ends. */
  ends: string | null;
  /** Worked out from a rule for a day on which it may not meet: out of school terms, or on a bank holiday. */
  check_first: boolean;
  /** Name of the bank holiday that it falls on, where nobody says whether it meets then; else null. */
  bank_holiday: string | null;
  /** The location that it is at; null for all those of the listing. */
  location_id: string | null;
}

/** Days looked ahead: two years. What is further off is no help to anybody, and every search stays bounded. */
export const LOOK_AHEAD = 731;
const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

interface Timed {
  session: Session;
  /** Milliseconds since 1970, UTC. */
  begin: number;
  /** Until when it counts as next, milliseconds since 1970, UTC. */
  over: number;
}

/**
 * When it closes, milliseconds since 1970 (UTC); times are minutes since midnight of the day. Where the hour that is missing in March has pushed the opening past the closing, it lasts as long as
 * on other days.
 */
export function endOf(day: number, opening: number, closing: number): number {
  const begin = instantOf(day, opening);
  const end = instantOf(day, closing);
  return end > begin ? end : begin + (closing - opening) * MINUTE_MS;
}

/** When a meeting on a day begins, ends, and stops being the next one: milliseconds since 1970, UTC. */
function spanOf({ opens_at, closes_at }: Schedule, day: number): { begin: number; end: number | null; over: number } {
  const opening = opens_at === undefined ? null : minutesOf(opens_at);
  const closing = closes_at === undefined ? null : minutesOf(closes_at);
  // A closing time that is not after the opening one lies on the next day.
  const midnight = closing !== null && closing <= (opening ?? 0) ? DAY_MINUTES : 0;
  const begin = instantOf(day, opening ?? 0);
  const end = closing === null ? null : endOf(day, opening ?? 0, closing + midnight);
  // Without a time of its own it may be at any hour of the day; with an opening time alone nobody knows whether it is
  // still on once it has begun.
  return { begin, end, over: end ?? (opening === null ? instantOf(day, DAY_MINUTES) : begin + 1) };
}

/** Of what the rule alone says: the bank holiday that it falls on, where nobody says whether it meets then. */
function doubtsOf(schedule: Schedule, { additional, holiday }: Occurrence) {
  // Who names a date means it, whatever day it is.
  const byRule = schedule.freq !== undefined && !additional;
  const bank_holiday = byRule && schedule.bank_holidays === undefined ? holiday : null;
  return { check_first: byRule && (schedule.term_time || bank_holiday !== null), bank_holiday };
}

function timed(schedule: Schedule, occurrence: Occurrence): Timed {
  const { begin, end, over } = spanOf(schedule, occurrence.day);
  const date = dateOf(occurrence.day);
  return {
    begin,
    over,
    session: {
      date,
      opens_at: schedule.opens_at ?? null,
      closes_at: schedule.closes_at ?? null,
      starts: schedule.opens_at === undefined ? date : isoLondon(begin),
      ends: end === null ? null : isoLondon(end),
      ...doubtsOf(schedule, occurrence),
      location_id: schedule.location_id ?? null,
    },
  };
}

/**
 * The meetings of one schedule that need no asking first, from one day to another, both included (days from 1970), each
 * with the moment from which it is no longer to come (milliseconds since 1970, UTC).
 * @param nations whose bank holidays count
 */
export function* sureMeetings(
  schedule: Schedule,
  from: number,
  to: number,
  nations: readonly BankHolidayNation[],
): Generator<{ day: number; over: number }> {
  for (const occurrence of occurrences(schedule, from, to, nations))
    if (!doubtsOf(schedule, occurrence).check_first)
      yield { day: occurrence.day, over: spanOf(schedule, occurrence.day).over };
}

/** The first sessions of one schedule that are not over. */
function upcoming(schedule: Schedule, now: number, count: number, nations: readonly BankHolidayNation[]): Timed[] {
  const found: Timed[] = [];
  const day = dayAt(now);
  // Yesterday's may still be running past midnight.
  for (const occurrence of occurrences(schedule, day - 1, day + LOOK_AHEAD, nations)) {
    const candidate = timed(schedule, occurrence);
    if (candidate.over > now) found.push(candidate);
    if (found.length >= count) break;
  }
  return found;
}

const sameSession = (a: Timed, b: Timed): boolean =>
  a.begin === b.begin &&
  a.over === b.over &&
  a.session.starts === b.session.starts &&
  a.session.location_id === b.session.location_id;

/**
 * The next meetings over all schedules, in order of time; those at the same time in the order of the schedules. A session
 * that is running counts as next until it closes; one without an end, until it begins; one without any time, all day.
 * @param from the moment to look from
 * @param count how many at most
 * @param locationId where given, only meetings at that location, or at all of the listing's
 * @param nations whose bank holidays count at a location, or at all of the listing's (nation.ts)
 * @returns what falls within two years; empty where nothing does
 */
export function nextSessions(
  schedules: readonly Schedule[],
  from: Date,
  count: number,
  locationId?: string,
  nations: (locationId?: string) => readonly BankHolidayNation[] = () => BANK_HOLIDAY_NATIONS,
): Session[] {
  const now = from.getTime();
  const here = schedules.filter(
    (schedule) => locationId === undefined || schedule.location_id === undefined || schedule.location_id === locationId,
  );
  const all = here
    .flatMap((schedule) => upcoming(schedule, now, count, nations(schedule.location_id ?? locationId)))
    // Array sort is stable: what is equal stays in the order of the schedules. Where one says a meeting that another only
    // makes likely, it is sure.
    .sort(
      (a, b) => a.begin - b.begin || a.over - b.over || Number(a.session.check_first) - Number(b.session.check_first),
    );
  const distinct = all.filter((one, index) => {
    for (let before = index - 1; before >= 0 && all[before]!.begin === one.begin; before--)
      if (sameSession(all[before]!, one)) return false;
    return true;
  });
  return distinct.slice(0, count).map((one) => one.session);
}
