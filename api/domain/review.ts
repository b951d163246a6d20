import type { Service } from './service.ts';

/** Months between two checks of a listing, and of one that is limited in time (docs/upkeep.md). */
const REVIEW_MONTHS = 6;
const REVIEW_MONTHS_TIME_LIMITED = 3;

/** An event, or something all of whose sessions come to an end. */
export const isTimeLimited = ({ kind, schedules }: Pick<Service, 'kind' | 'schedules'>): boolean =>
  kind === 'event' ||
  (schedules.length > 0 &&
    schedules.every((schedule) => schedule.freq === undefined || schedule.valid_to !== undefined));

/**
 * So many months after a day; where the month is shorter, its last day.
 * @param date 'YYYY-MM-DD'
 * @param months may be negative
 */
export function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** The day, 'YYYY-MM-DD', by which what was last checked on a day should be checked again. */
export const reviewAfter = (checked: string, limited: boolean): string =>
  monthsAfter(checked, limited ? REVIEW_MONTHS_TIME_LIMITED : REVIEW_MONTHS);

/** The day, 'YYYY-MM-DD', by which a listing should be checked again. */
export const reviewDue = (service: Service): string => reviewAfter(service.assured_date, isTimeLimited(service));
