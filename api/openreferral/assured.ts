import { dateOf, dayOf, instantOf, today } from '../domain/london.ts';
import { monthsAfter } from '../domain/review.ts';

/**
 * How long a check is published as an `assured_date`. Open Referral UK recommends one no older than three months, so
 * the field is left out after that; the day of the check itself is always under `signpost`. Leaving it out changes the
 * published record on a day that is known beforehand, without anybody changing the listing, so the record's date moves
 * with it.
 */
const MONTHS = 3;

/** By the day of the check, of which there are some hundreds for any number of listings. */
const lapses = new Map<string, string>();
const MOST_LAPSES = 10_000;

/** The first day, 'YYYY-MM-DD', on which a check is no longer published as assured. */
function lapseOf(assured: string): string {
  let lapse = lapses.get(assured);
  if (lapse === undefined) {
    lapse = dateOf(dayOf(monthsAfter(assured, MONTHS)) + 1);
    if (lapses.size < MOST_LAPSES) lapses.set(assured, lapse);
  }
  return lapse;
}

/** Midnight in London of a day, ISO 8601. */
const midnight = (date: string): string => new Date(instantOf(dayOf(date), 0)).toISOString();

/** Whether a check of that day is published as assured. */
export const isAssured = (assured: string, now: Date): boolean => lapseOf(assured) > today(now);

/** When a published record last changed: when it was written, or when its check lapsed after that. */
export function modifiedAt(last_modified: string, assured: string, now: Date): string {
  if (isAssured(assured, now)) return last_modified;
  const lapsed = midnight(lapseOf(assured));
  return lapsed > last_modified ? lapsed : last_modified;
}

/**
 * The days of checks that have lapsed since a moment.
 * @param since ISO 8601
 * @returns the first and the last day, both included; there are none where `from` is after `to`
 */
export function lapsedSince(since: string, now: Date): { from: string; to: string } {
  const day = today(now);
  // The first day whose check lapses after `before`. Months have different lengths, so days around it are tried in
  // turn.
  const firstWith = (near: string, holds: (lapse: string) => boolean): string => {
    let tried = dayOf(monthsAfter(near, -MONTHS)) - 5;
    while (!holds(lapseOf(dateOf(tried)))) tried += 1;
    return dateOf(tried);
  };
  const from = firstWith(since.slice(0, 10), (lapse) => midnight(lapse) >= since);
  const notYet = firstWith(day, (lapse) => lapse > day);
  return { from, to: dateOf(dayOf(notYet) - 1) };
}

/** The start of today, ISO 8601. A list changes at least then, since a check may have lapsed. */
export const startOfToday = (now: Date): string => midnight(today(now));
