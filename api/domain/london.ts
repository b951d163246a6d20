/**
 * The calendar and the clock of Europe/London in plain arithmetic. A day is a whole number, counted from 1 January 1970,
 * so that nothing here depends on the time zone of the machine, and a hundred listings cost no look-up of a formatter.
 */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The day of 'YYYY-MM-DD'. */
export const dayOf = (date: string): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;

/** 'YYYY-MM-DD' of a day. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The day of the week: 0 for Monday to 6 for Sunday. Day 0 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** A month as a whole number, counted from January of the year 0, of the day given. */
export const monthNumber = (day: number): number => {
  const date = new Date(day * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** The first day of such a month. */
export const firstOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS;

/** The day of the month: 1 to 31. */
export const dayOfMonth = (day: number): number => new Date(day * DAY_MS).getUTCDate();

/** Minutes since midnight of 'HH:MM'. */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** The moment at which the clocks change in a month (2: March, 9: October): 01:00 UTC on its last Sunday. */
const changeOf = (year: number, month: number): number => {
  const last = Date.UTC(year, month + 1, 0) / DAY_MS;
  return (last - ((weekdayOf(last) + 1) % 7)) * DAY_MS + HOUR_MS;
};

const changes = new Map<number, readonly [number, number]>();

/**
 * How far the clock of London is ahead of UTC at a moment.
 * Source: The Summer Time Order 2002 (SI 2002/262), in force as such since 1996; a test holds it against the tables of
 * the platform, and fails when the law changes.
 * @param instant milliseconds since 1970, UTC
 * @returns minutes: 60 in summer time, else 0
 */
export function londonOffset(instant: number): number {
  const year = new Date(instant).getUTCFullYear();
  let change = changes.get(year);
  if (!change) {
    change = [changeOf(year, 2), changeOf(year, 9)];
    // A year asked for by nobody sane must not grow the table for ever.
    if (changes.size < 400) changes.set(year, change);
  }
  return instant >= change[0] && instant < change[1] ? 60 : 0;
}

/**
 * The moment at which the clock of London shows a time on a day. A time in the hour that is missing in March is taken an
 * hour later on the clock, and one in the hour that comes twice in October is the first of the two (RFC 5545, 3.3.5), so
 * that this agrees with every calendar that reads the listing's .ics file.
 * @param minutes since midnight on the clock; 1440 and more reach into the next day
 * @returns milliseconds since 1970, UTC
 */
export function instantOf(day: number, minutes: number): number {
  const clock = day * DAY_MS + minutes * MINUTE_MS;
  // Taking the hour off first finds the earlier of two moments that show the same time.
  const summer = clock - HOUR_MS;
  return londonOffset(summer) === 60 ? summer : clock;
}

/** The day that it is in London at a moment (milliseconds since 1970, UTC). */
export const dayAt = (instant: number): number => Math.floor((instant + londonOffset(instant) * MINUTE_MS) / DAY_MS);

/** ISO 8601 on the clock of London with its offset, to the second: '2026-07-01T10:30:00+01:00'. */
export function isoLondon(instant: number): string {
  const offset = londonOffset(instant);
  const clock = new Date(instant + offset * MINUTE_MS).toISOString().slice(0, 19);
  return offset === 0 ? `${clock}+00:00` : `${clock}+01:00`;
}

/** Today's date in Europe/London, 'YYYY-MM-DD'. */
export const today = (now: Date): string => dateOf(dayAt(now.getTime()));
