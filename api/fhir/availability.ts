import type { HealthcareService, HealthcareServiceAvailableTime, HealthcareServiceNotAvailable } from 'fhir/r4';
import { datesKnown, parseByDay } from '../domain/recurrence.ts';
import type { Schedule, Service } from '../domain/service.ts';
import { describeBreaks, describeSchedule, EVER, STATUS_LABELS } from '../domain/words.ts';

type Day = NonNullable<HealthcareServiceAvailableTime['daysOfWeek']>[number];

const DAYS: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/**
 * When a service meets. FHIR's `availableTime` holds for every week of the year, so only what does so stands there; all
 * of it stands in words as well.
 */
export function availability(service: Service): Partial<HealthcareService> {
  const { schedules, schedule_description, status } = service;
  const availableTime = schedules.filter(isEveryWeek).map(weekly);
  const notAvailable = [
    ...(status === 'temporarily closed' ? [{ description: STATUS_LABELS[status] }] : []),
    ...breaksOfAll(schedules),
  ];
  const words = [
    ...schedules.flatMap((schedule) => [describeSchedule(schedule), ...describeBreaks(schedule, EVER)]),
    ...(schedule_description === undefined ? [] : [schedule_description]),
    ...(schedules.some(mayMissBankHolidays) ? ['Check first on bank holidays'] : []),
  ];
  return {
    ...(availableTime.length > 0 && { availableTime }),
    ...(notAvailable.length > 0 && { notAvailable }),
    ...(words.length > 0 && { availabilityExceptions: words.map((sentence) => `${sentence}.`).join(' ') }),
  };
}

const mayMissBankHolidays = ({ freq, bank_holidays }: Schedule): boolean =>
  freq !== undefined && bank_holidays === undefined;

/** It meets on the same days and hours in every week, as far as anybody knows, and on no other. */
function isEveryWeek(it: Schedule): boolean {
  const always = it.valid_from === undefined && it.valid_to === undefined && it.dtstart === undefined;
  const ends = it.opens_at === undefined || it.closes_at === undefined || it.closes_at > it.opens_at || isAllDay(it);
  return (
    (it.freq === 'WEEKLY' || it.freq === 'DAILY') &&
    it.interval === 1 &&
    (it.freq === 'DAILY' || it.byday !== undefined) &&
    datesKnown(it) &&
    it.bymonth === undefined &&
    !it.term_time &&
    always &&
    ends
  );
}

const isAllDay = ({ opens_at, closes_at }: Schedule): boolean => opens_at === '00:00' && closes_at === '00:00';

/** Hours with seconds, as FHIR's `time` asks for. */
function weekly(it: Schedule): HealthcareServiceAvailableTime {
  const days = it.byday === undefined ? DAYS : parseByDay(it.byday).flatMap(({ weekday }) => DAYS[weekday] ?? []);
  if (isAllDay(it)) return { daysOfWeek: [...days], allDay: true };
  return {
    daysOfWeek: [...days],
    ...(it.opens_at !== undefined && { availableStartTime: `${it.opens_at}:00` }),
    ...(it.closes_at !== undefined && { availableEndTime: `${it.closes_at}:00` }),
  };
}

/** The breaks that all schedules have: then nothing meets at all. */
function breaksOfAll(schedules: readonly Schedule[]): HealthcareServiceNotAvailable[] {
  const [first, ...others] = schedules;
  const isIn = (gap: Schedule['exceptions'][number], { exceptions }: Schedule): boolean =>
    exceptions.some(({ from, to }) => from <= gap.from && to >= gap.to);
  return (first?.exceptions ?? [])
    .filter((gap) => others.every((schedule) => isIn(gap, schedule)))
    .map(({ from, to, reason }) => ({ description: reason ?? 'No meetings', during: { start: from, end: to } }));
}
