import { easterSunday } from '../bank-holidays.ts';
import { dateOf, dayOf } from '../london.ts';
import type { Reader } from './reader.ts';

/** Days, both included, when it does not meet. */
export interface Break {
  from: string;
  to: string;
  /** What was written in brackets behind it. */
  reason?: string;
}

/** Days that come round every year under a name, and those around Christmas, of which nobody says how many. */

const two = (number: number): string => String(number).padStart(2, '0');
const on = (month: number, day: number) => (year: number) => dayOf(`${year}-${two(month)}-${two(day)}`);
const fromEaster = (days: number) => (year: number) => easterSunday(year) + days;

/** Names, first day and last day of a year. */
const NAMED: readonly [names: readonly string[], from: (year: number) => number, to: (year: number) => number][] = [
  [['christmas eve', 'xmas eve'], on(12, 24), on(12, 24)],
  [['christmas day and boxing day', 'christmas and boxing day', 'xmas day and boxing day'], on(12, 25), on(12, 26)],
  [['christmas day', 'xmas day'], on(12, 25), on(12, 25)],
  [['boxing day'], on(12, 26), on(12, 26)],
  [['new years eve', 'new year eve'], on(12, 31), on(12, 31)],
  [['new years day', 'new year day'], on(1, 1), on(1, 1)],
  [['good friday'], fromEaster(-2), fromEaster(-2)],
  [['easter sunday'], fromEaster(0), fromEaster(0)],
  [['easter monday'], fromEaster(1), fromEaster(1)],
];
/** How many times of each are written down: as far as dates are shown. */
const YEARS = 2;

/** 'Christmas Day', 'Good Friday': the next two; null where no such day comes next. */
export function readNamedDay(reader: Reader, today: string): Break[] | null {
  const found = NAMED.find(([names]) => reader.takesOneOf(names) >= 0);
  if (!found) return null;
  const [, from, to] = found;
  const first = Number(today.slice(0, 4));
  return Array.from({ length: YEARS + 1 }, (_, index) => first + index)
    .filter((year) => to(year) >= dayOf(today))
    .slice(0, YEARS)
    .map((year) => ({ from: dateOf(from(year)), to: dateOf(to(year)) }));
}

/** 'Christmas', 'Christmas and New Year': from Christmas Eve to 2 January, the next two; null where neither comes next. */
export function readChristmas(reader: Reader, today: string): Break[] | null {
  const said = ['christmas and new year', 'xmas and new year', 'christmas week', 'christmas', 'xmas'];
  if (reader.takesOneOf(said) < 0) return null;
  const first = Number(today.slice(0, 4)) - 1;
  return Array.from({ length: YEARS + 2 }, (_, index) => first + index)
    .map((year) => ({ from: `${year}-12-24`, to: `${year + 1}-01-02`, reason: 'Christmas: ask for the exact days' }))
    .filter(({ to }) => to >= today)
    .slice(0, YEARS);
}
