import { icalDate, icalFile, icalLocal, icalText, icalUtc, TIMEZONE } from './icalendar.ts';
import { dateOf, dayAt, dayOf, dayOfMonth, instantOf, minutesOf } from './london.ts';
import { occurrences, parseByDay } from './recurrence.ts';
import { LOOK_AHEAD } from './schedule.ts';
import { type Listing, type Location, type Schedule, WEEKDAYS } from './service.ts';
import { describeBreaks, describeSchedule } from './words.ts';

/** Days over which breaks are written out one by one: ten years, so that a file stays small whatever was typed. */
const BREAK_DAYS = 3653;
const DAY_MINUTES = 1440;

/** DTSTART, DTEND, EXDATE and RDATE of one schedule: with a time on the clock of London, or as whole days. */
function stamps(schedule: Schedule) {
  const opening = schedule.opens_at === undefined ? null : minutesOf(schedule.opens_at);
  const closing = schedule.closes_at === undefined ? null : minutesOf(schedule.closes_at);
  const at = (day: number) => (opening === null ? icalDate(day) : icalLocal(day, opening));
  const kind = opening === null ? ';VALUE=DATE:' : ';TZID=Europe/London:';
  return {
    on: (property: string, days: readonly number[]): string[] =>
      days.length === 0 ? [] : [`${property}${kind}${days.map(at).join(',')}`],
    end: (day: number): string[] =>
      opening === null || closing === null
        ? []
        : [`DTEND${kind}${icalLocal(day, closing + (closing <= opening ? DAY_MINUTES : 0))}`],
    /** UNTIL stands in UTC where DTSTART has a zone, and is a date where that is one (RFC 5545, 3.3.10). */
    until: (day: number): string => (opening === null ? icalDate(day) : icalUtc(instantOf(day, opening))),
  };
}

/** The RRULE of a schedule whose rule first holds on `first`; none for what happens once. */
function rule(schedule: Schedule, first: number, until: (day: number) => string): string[] {
  if (schedule.freq === undefined) return [];
  const byday = parseByDay(schedule.byday).map(
    ({ weekday, nth }) => `${schedule.freq === 'MONTHLY' ? (nth ?? '') : ''}${WEEKDAYS[weekday]}`,
  );
  const monthday = schedule.bymonthday ?? (byday.length === 0 ? dayOfMonth(first) : undefined);
  const parts = [
    `FREQ=${schedule.freq}`,
    schedule.interval > 1 ? `INTERVAL=${schedule.interval}` : '',
    byday.length > 0 ? `BYDAY=${[...new Set(byday)].join(',')}` : '',
    schedule.freq === 'MONTHLY' && monthday !== undefined ? `BYMONTHDAY=${monthday}` : '',
    schedule.valid_to === undefined ? '' : `UNTIL=${until(dayOf(schedule.valid_to))}`,
  ];
  return [`RRULE:${parts.filter(Boolean).join(';')}`];
}

/** Where it is, as one line; null for what is confidential, and where there are several places to choose from. */
function place(listing: Listing, schedule: Schedule): Location | null {
  const at = listing.locations.filter(({ id }) => schedule.location_id === undefined || id === schedule.location_id);
  const [only] = at;
  return at.length === 1 && only && !only.confidential && only.location_type === 'physical' ? only : null;
}

const oneLine = ({ name, address }: Location): string =>
  [name, address?.address_1, address?.address_2, address?.city, address?.postal_code]
    .filter((part, index, all) => part !== undefined && all.indexOf(part) === index)
    .join(', ');

function about(listing: Listing, schedule: Schedule, today: string): string {
  const { service, organization } = listing;
  const phone = service.phones[0]?.number ?? organization.phone;
  return [
    service.example ? 'This is an example, not a real service.' : null,
    service.summary,
    `${describeSchedule(schedule, today)}.`,
    ...describeBreaks(schedule, today).map((words) => `${words}.`),
    schedule.term_time ? 'It runs in school terms: check the date before you go.' : null,
    `Run by ${organization.name}.`,
    phone === undefined ? null : `Phone: ${phone}`,
  ]
    .filter((line) => line !== null)
    .join('\n');
}

/** The events of one schedule: none where nothing is to come, a second one for extra dates before the rule begins. */
function events(listing: Listing, schedule: Schedule, number: number, today: number): string[][] {
  const { service, last_modified } = listing;
  const stamp = stamps(schedule);
  const last = today + LOOK_AHEAD;
  const byRule = { ...schedule, additional_dates: [] };
  const [begin] = occurrences(byRule, today, last);
  const extra = [...occurrences(schedule, today, last)].flatMap(({ day, additional }) => (additional ? [day] : []));
  const days = (of: Schedule) => [...occurrences(of, begin?.day ?? today, today + BREAK_DAYS)].map(({ day }) => day);
  const ruled = new Set(days({ ...byRule, exceptions: [] }));
  const kept = new Set(days(schedule));
  const at = place(listing, schedule);
  // Where no rule holds DTSTART, it stands among the dates as well: some readers leave it out otherwise.
  const rdates = (start: number | null, days: readonly number[]) =>
    days.length === 0 ? [] : stamp.on('RDATE', start === null ? days : [start, ...days]);

  const event = (uid: string, first: number, recurrence: string[]): string[] => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${icalUtc(Date.parse(last_modified))}`,
    ...stamp.on('DTSTART', [first]),
    ...stamp.end(first),
    ...recurrence,
    `SUMMARY:${icalText(service.name)}`,
    `DESCRIPTION:${icalText(about(listing, schedule, dateOf(today)))}`,
    ...(at ? [`LOCATION:${icalText(oneLine(at))}`] : []),
    ...(at?.latitude !== undefined && at.longitude !== undefined ? [`GEO:${at.latitude};${at.longitude}`] : []),
    // As the platform writes it: an address may have been stored with characters that would break the line.
    ...(service.url === undefined ? [] : [`URL:${new URL(service.url).href}`]),
    'END:VEVENT',
  ];

  const first = begin?.day;
  const found: string[][] = [];
  if (first !== undefined) {
    const late = extra.filter((day) => day > first && !ruled.has(day));
    found.push(
      event(`${service.id}-${number}`, first, [
        ...rule(schedule, first, stamp.until),
        ...stamp.on(
          'EXDATE',
          [...ruled].filter((day) => !kept.has(day)),
        ),
        ...rdates(schedule.freq === undefined ? first : null, late),
      ]),
    );
  }
  // RDATE must not come before DTSTART: readers differ in what they make of it.
  const [early, ...others] = extra.filter((day) => first === undefined || day < first);
  if (early !== undefined) found.push(event(`${service.id}-${number}-extra`, early, rdates(early, others)));
  return found;
}

/** What is still to come of a listing: nothing where it is not running. */
const toCome = (listing: Listing, now: Date): string[][] =>
  listing.service.status === 'active'
    ? listing.service.schedules.flatMap((schedule, index) => events(listing, schedule, index + 1, dayAt(now.getTime())))
    : [];

/**
 * What is still to come of some listings, for a calendar program (RFC 5545): one event for each schedule, on the clock of
 * Europe/London, with its breaks taken out and its extra dates put in. A file without events where nothing is to come or
 * nothing is running. A confidential location leaves no trace in it.
 * @param now the moment to look from: what is over is left out
 */
export const calendarOf = (listings: readonly Listing[], now: Date): string =>
  icalFile([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Signpost//Community directory//EN',
    'CALSCALE:GREGORIAN',
    ...TIMEZONE,
    ...listings.flatMap((listing) => toCome(listing, now)).flat(),
    'END:VCALENDAR',
  ]);

/** The same of one listing. */
export const calendar = (listing: Listing, now: Date): string => calendarOf([listing], now);
