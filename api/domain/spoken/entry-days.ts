import type { ByDay } from '../recurrence.ts';
import { weekdayName } from '../words/dates.ts';
import type { Days } from './days.ts';
import type { Entry } from './entry.ts';
import { NotUnderstood } from './reader.ts';

/** Days put together, put in their place in the month, and taken out. */

const isPlaced = ({ byday }: Days): boolean => byday.some(({ nth }) => nth !== null);

/** 'Weekdays and Saturdays': one list of days. */
export function together(one: Days, other: Days): Days {
  if (one.monthday !== null || other.monthday !== null || isPlaced(one) !== isPlaced(other))
    throw new NotUnderstood('Write each of these on a line of its own, with its times.');
  return { byday: [...one.byday, ...other.byday], monthday: null };
}

/** Whether days with a place in the month are some of others without one: 'last Sunday' of 'Sundays'. */
export const isPlaceOf = (some: Days, others: Days): boolean =>
  isPlaced(some) &&
  !isPlaced(others) &&
  some.byday.every(({ weekday }) => others.byday.some((day) => day.weekday === weekday)) &&
  others.byday.every(({ weekday }) => some.byday.some((day) => day.weekday === weekday));

/** 'Fridays (1st and 3rd)': those weekdays of the month. */
export function place({ byday, monthday }: Days, places: readonly number[]): Days {
  if (monthday !== null)
    throw new NotUnderstood('Write which weekday of the month, like ‘first Tuesday of the month’.');
  return { byday: byday.flatMap(({ weekday }) => places.map((nth) => ({ weekday, nth }))), monthday: null };
}

const PLACES = [1, 2, 3, 4, 5];

/** The days of an entry without one that is left out: two entries where only one of its weekdays has a place in the month. */
function without(entry: Entry, { weekday, nth }: ByDay): Entry[] {
  const { days } = entry;
  if (!days?.byday.some((day) => day.weekday === weekday)) return [entry];
  const others = days.byday.filter((day) => day.weekday !== weekday);
  const rest = others.length > 0 ? [{ ...entry, days: { ...days, byday: others } }] : [];
  if (nth === null) return rest;
  if (nth < 0 || isPlaced(days))
    throw new NotUnderstood(
      `Write on which ${weekdayName(weekday)}s it meets, like ‘first and third ${weekdayName(weekday)} of the month’.`,
    );
  const kept = PLACES.filter((each) => each !== nth).map((each) => ({ weekday, nth: each }));
  return [...rest, { ...structuredClone(entry), days: { byday: kept, monthday: null } }];
}

/**
 * Entries without days that are left out: 'every day, not Sundays', 'Saturdays, except the second Saturday'.
 * @throws NotUnderstood where nothing is left, or what is cannot be said as a rule
 */
export function leaveOut(entries: readonly Entry[], days: readonly ByDay[]): Entry[] {
  const left = days.reduce((all, day) => all.flatMap((entry) => without(entry, day)), [...entries]);
  if (left.length === 0 && entries.length > 0)
    throw new NotUnderstood('No day is left on which it meets. Write only the days on which it does.');
  return left;
}
