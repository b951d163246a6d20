import { addressLine } from './address.ts';
import type { BankHolidayNation } from './bank-holidays.ts';
import { calendarDays, isOrdinary } from './calendar-rule.ts';
import { icalDate, icalFile, icalLocal, icalText, icalUtc, TIMEZONE } from './icalendar.ts';
import { isVisited } from './journey.ts';
import { dateOf, dayAt, instantOf, minutesOf } from './london.ts';
import { nationsOf } from './nation.ts';
import { endOf } from './schedule.ts';
import type { Listing, Location, Schedule } from './service.ts';
import { contactPhones } from './telephone/link.ts';
import { phoneLabel, phoneWords } from './telephone/written.ts';
import { describeBreaks, describeSchedule } from './words.ts';

const DAY_MINUTES = 1440;

/** DTSTART and DTEND of a meeting: on the clock of London, as a whole day, or in UTC where the clock does not tell. */
function fromTo(schedule: Schedule, day: number): string[] {
  const opening = schedule.opens_at === undefined ? null : minutesOf(schedule.opens_at);
  if (opening === null) return [`DTSTART;VALUE=DATE:${icalDate(day)}`];
  const closing = schedule.closes_at === undefined ? null : minutesOf(schedule.closes_at);
  const end = closing === null ? null : closing + (closing <= opening ? DAY_MINUTES : 0);
  if (isOrdinary(schedule, day))
    return [
      `DTSTART;TZID=Europe/London:${icalLocal(day, opening)}`,
      ...(end === null ? [] : [`DTEND;TZID=Europe/London:${icalLocal(day, end)}`]),
    ];
  return [
    `DTSTART:${icalUtc(instantOf(day, opening))}`,
    ...(end === null ? [] : [`DTEND:${icalUtc(endOf(day, opening, end))}`]),
  ];
}

/** One EXDATE each, as Outlook and Google write them. */
function exdate(schedule: Schedule, day: number): string {
  if (schedule.opens_at === undefined) return `EXDATE;VALUE=DATE:${icalDate(day)}`;
  return `EXDATE;TZID=Europe/London:${icalLocal(day, minutesOf(schedule.opens_at))}`;
}

/**
 * Where it is, as one line; null for what is confidential, where there are several places to choose from, and where nobody
 * goes, such as the office of a telephone line.
 */
function place(listing: Listing, schedule: Schedule): Location | null {
  if (!isVisited(listing.service)) return null;
  const at = listing.locations.filter(({ id }) => schedule.location_id === undefined || id === schedule.location_id);
  const [only] = at;
  return at.length === 1 && only && !only.confidential && only.location_type === 'physical' ? only : null;
}

function about(listing: Listing, schedule: Schedule, today: string, warnings: readonly string[]): string {
  const { service, organization } = listing;
  const [phone] = contactPhones(service, organization);
  return [
    ...warnings.map((words) => `${words}.`),
    service.summary,
    `${describeSchedule(schedule, today)}.`,
    ...describeBreaks(schedule, today).map((words) => `${words}.`),
    schedule.term_time ? 'It runs in school terms: check the date before you go.' : null,
    schedule.freq !== undefined && schedule.bank_holidays === undefined
      ? 'On a bank holiday, check before you go.'
      : null,
    `Run by ${organization.name}.`,
    phone === undefined ? null : `${phoneLabel(phone)}: ${phoneWords(phone)}`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

/** The events of one schedule: one for each rule, and one for each date that stands by itself. */
function events(
  listing: Listing,
  schedule: Schedule,
  number: number,
  today: number,
  nations: readonly BankHolidayNation[],
  warnings: readonly string[],
): string[][] {
  const { service, last_modified } = listing;
  const at = place(listing, schedule);
  const event = (name: string, day: number, recurrence: string[]): string[] => [
    'BEGIN:VEVENT',
    `UID:${service.id}-${number}${name === '' ? '' : `-${name}`}`,
    `DTSTAMP:${icalUtc(Date.parse(last_modified))}`,
    ...fromTo(schedule, day),
    ...recurrence,
    `SUMMARY:${icalText(service.name)}`,
    `DESCRIPTION:${icalText(about(listing, schedule, dateOf(today), warnings))}`,
    ...(at ? [`LOCATION:${icalText(addressLine(at))}`] : []),
    ...(at?.latitude !== undefined && at.longitude !== undefined ? [`GEO:${at.latitude};${at.longitude}`] : []),
    // As the platform writes it: an address may have been stored with characters that would break the line.
    ...(service.url === undefined ? [] : [`URL:${new URL(service.url).href}`]),
    'END:VEVENT',
  ];
  const { series, single } = calendarDays(schedule, today, nations);
  return [
    ...series.map(({ name, first, rrule, exdates }) =>
      event(name, first, [`RRULE:${rrule}`, ...exdates.map((day) => exdate(schedule, day))]),
    ),
    ...single.map((day) => event(dateOf(day), day, [])),
  ];
}

/** What is still to come of a listing: nothing where it is not running. */
function toCome(listing: Listing, now: Date, warnings: readonly string[]): string[][] {
  const { status, schedules } = listing.service;
  if (status !== 'active') return [];
  const nations = nationsOf(listing);
  return schedules.flatMap((schedule, index) =>
    events(listing, schedule, index + 1, dayAt(now.getTime()), nations(schedule.location_id), warnings),
  );
}

/**
 * What is still to come of some listings, for a calendar program (RFC 5545): one event for each rule, on the clock of
 * Europe/London, with its breaks taken out, and one for each date that stands by itself (calendar-rule.ts). A file without events where nothing is to come or
 * nothing is running. A confidential location leaves no trace in it.
 * @param now the moment to look from: what is over is left out
 * @param warningsOf what somebody must know of a listing before going, as the paper says it
 */
export const calendarOf = (
  listings: readonly Listing[],
  now: Date,
  warningsOf: (listing: Listing) => readonly string[],
): string =>
  icalFile([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Signpost//Community directory//EN',
    'CALSCALE:GREGORIAN',
    ...TIMEZONE,
    ...listings.flatMap((listing) => toCome(listing, now, warningsOf(listing))).flat(),
    'END:VCALENDAR',
  ]);
