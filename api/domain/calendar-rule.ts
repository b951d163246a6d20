import type { BankHolidayNation } from './bank-holidays.ts';
import { instantOf, londonOffset, minutesOf } from './london.ts';
import { type ByDay, occurrences, parseByDay, ruleDays } from './recurrence.ts';
import { LOOK_AHEAD } from './schedule.ts';
import { type Schedule, WEEKDAYS } from './service.ts';

/**
 * What of a schedule a calendar program keeps as a rule, and what has to be written date by date. Outlook leaves out, or
 * moves, several places of one month in one rule, a fifth weekday, a 29th to 31st, and rules of certain months
 * (MS-OXCICAL 2.1.3.2.2). Common readers take an UNTIL in UTC for a time on the clock, pass over an RDATE without a rule,
 * differ on a time that a change of the clocks leaves out, and give one that comes twice as two meetings. None of these is
 * written.
 */

/** Days over which breaks are written out one by one: ten years, so that a file stays small whatever was typed. */
const FAR_DAYS = 3653;
const DAY_MINUTES = 1440;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** One rule that every calendar keeps. Days are counted from 1970 (london.ts). */
interface Series {
  /** What tells it from the other series of its schedule; '' for the first. */
  name: string;
  first: number;
  /** Without the times: 'FREQ=WEEKLY;BYDAY=TU;COUNT=12'. */
  rrule: string;
  /** Days of the rule on which it does not meet, or that stand by themselves. */
  exdates: number[];
}

interface CalendarDays {
  series: Series[];
  /** Each an event of its own. */
  single: number[];
}

/** A schedule of which every calendar keeps the rule, with its RRULE but for the end. */
interface Plain {
  schedule: Schedule;
  rrule: string;
}

const isPlainPlace = ({ nth }: ByDay): boolean => nth !== null && (nth === -1 || (nth >= 1 && nth <= 4));
const written = ({ weekday, nth }: ByDay): string => `${nth ?? ''}${WEEKDAYS[weekday]}`;

/** The rules of a schedule, one for each place in the month; none where it has to be written date by date. */
function plainRules(schedule: Schedule, first: number): Plain[] {
  const { freq, interval, bymonthday, bymonth, wkst = 'MO' } = schedule;
  if (freq === undefined || bymonth !== undefined) return [];
  const every = interval > 1 ? `;INTERVAL=${interval}` : '';
  if (freq === 'DAILY') return [{ schedule, rrule: `FREQ=DAILY${every}` }];
  const entries = parseByDay(schedule.byday);
  if (freq === 'WEEKLY') {
    const days = entries.length > 0 ? [...new Set(entries.map(({ weekday }) => WEEKDAYS[weekday]))].join(',') : '';
    // Some take Sunday for the first day of the week where nothing is said.
    const weeks = interval > 1 ? `;WKST=${wkst}` : '';
    const byday = days === '' ? `;BYDAY=${WEEKDAYS[(first + 3) % 7]}` : `;BYDAY=${days}`;
    return [{ schedule, rrule: `FREQ=WEEKLY${every}${byday}${weeks}` }];
  }
  if (entries.length === 0) {
    const day = bymonthday ?? new Date(first * DAY_MINUTES * MINUTE_MS).getUTCDate();
    return day >= 1 && day <= 28 ? [{ schedule, rrule: `FREQ=MONTHLY${every};BYMONTHDAY=${day}` }] : [];
  }
  if (bymonthday !== undefined || !entries.every(isPlainPlace)) return [];
  return [...new Set(entries.map(written))].map((byday) => ({
    schedule: { ...schedule, byday },
    rrule: `FREQ=MONTHLY${every};BYDAY=${byday}`,
  }));
}

/** Whether the clock of London shows that time on that day: not in the hour that is missing in March. */
function isShown(day: number, minutes: number): boolean {
  const moment = instantOf(day, minutes);
  return moment + londonOffset(moment) * MINUTE_MS === (day * DAY_MINUTES + minutes) * MINUTE_MS;
}

/** Whether the clock of London shows that time twice on that day: in October. */
function isShownTwice(day: number, minutes: number): boolean {
  const moment = instantOf(day, minutes);
  return londonOffset(moment) === 60 && londonOffset(moment + HOUR_MS) === 0;
}

const comesOnce = (day: number, minutes: number): boolean => isShown(day, minutes) && !isShownTwice(day, minutes);

/** Whether a day's meeting is as long as on other days, with a beginning and an end that the clock shows once. */
export function isOrdinary({ opens_at, closes_at }: Schedule, day: number): boolean {
  if (opens_at === undefined) return true;
  const opening = minutesOf(opens_at);
  if (!comesOnce(day, opening)) return false;
  if (closes_at === undefined) return true;
  const closing = minutesOf(closes_at);
  const end = closing > opening ? closing : closing + DAY_MINUTES;
  const lasts = instantOf(day, end) - instantOf(day, opening);
  return comesOnce(day, end) && lasts === (end - opening) * MINUTE_MS;
}

/** How often the rule holds from its first day to its last; null where it has no end that is worth writing. */
function countOf(schedule: Schedule, first: number): number | null {
  if (schedule.valid_to === undefined) return null;
  const days = [...ruleDays(schedule, first, first + FAR_DAYS + 1)];
  return (days.at(-1) ?? 0) > first + FAR_DAYS ? null : days.length;
}

function seriesOf({ schedule, rrule }: Plain, kept: ReadonlySet<number>, first: number, name: string): Series {
  const ruled = [...ruleDays(schedule, first, first + FAR_DAYS)];
  const count = countOf(schedule, first);
  return {
    name,
    first,
    rrule: `${rrule}${count === null ? '' : `;COUNT=${count}`}`,
    exdates: ruled.filter((day) => !kept.has(day)),
  };
}

/**
 * The days of a schedule that are to come, as series and single dates.
 * @param today counted from 1970; single dates are written for two years from then
 */
export function calendarDays(schedule: Schedule, today: number, nations: readonly BankHolidayNation[]): CalendarDays {
  const near = today + LOOK_AHEAD;
  const far = near + FAR_DAYS;
  const all = [...occurrences(schedule, today, far, nations)];
  const byRule = all.filter(({ additional }) => !additional).map(({ day }) => day);
  const [begin] = byRule;
  const single = new Set(all.flatMap(({ day, additional }) => (additional && day <= near ? [day] : [])));
  // Of such a day in a rule node-ical makes two meetings or none, and counts the rest wrong, whatever EXDATE says.
  const opening = schedule.opens_at === undefined ? null : minutesOf(schedule.opens_at);
  const isAtChange = opening !== null && ruleDays(schedule, today, far).some((day) => !comesOnce(day, opening));
  const rules = begin === undefined || begin > near || isAtChange ? [] : plainRules(schedule, begin);
  if (rules.length === 0) for (const day of byRule) if (day <= near) single.add(day);
  const apart = (day: number) => day <= near && !isOrdinary(schedule, day);
  const kept = new Set(byRule.filter((day) => !apart(day)));
  const series: Series[] = [];
  for (const rule of rules) {
    const days = [...occurrences({ ...rule.schedule, additional_dates: [] }, today, near, nations)].map(
      ({ day }) => day,
    );
    for (const day of days) if (apart(day)) single.add(day);
    const first = days.find((day) => kept.has(day));
    if (first !== undefined)
      series.push(seriesOf(rule, kept, first, series.length === 0 ? '' : (rule.schedule.byday ?? '')));
  }
  return { series, single: [...single].sort((a, b) => a - b) };
}
