import { dayOf, weekdayOf } from '../../domain/london.ts';
import { datesKnown } from '../../domain/recurrence.ts';
import { type Schedule, type Service, WEEKDAYS } from '../../domain/service.ts';
import { describeBreaks, describeDate, describeSchedule, EVER } from '../../domain/words.ts';
import { placeId, publishedId } from '../ids.ts';
import type { OrukSchedule } from '../schema/service.ts';
import { withoutEmpty, withoutEmptyOrNothing } from './without-empty.ts';

/**
 * When a service meets.
 * @param shown the locations that may be published; a schedule of another one does not say where
 */
export function schedules(service: Service, shown: ReadonlySet<string>): OrukSchedule[] {
  const listed = service.schedules.map((schedule, index) => view(service, schedule, index, shown));
  const { schedule_description: words } = service;
  if (words === undefined) return listed;
  return [...listed, { id: publishedId(service.id, 'schedule', 'words'), service_id: service.id, description: words }];
}

function view(service: Service, it: Schedule, index: number, shown: ReadonlySet<string>): OrukSchedule {
  const { location_id: at } = it;
  const byday = it.freq === 'WEEKLY' ? (it.byday ?? weekdayOfStart(it)) : it.byday;
  return withoutEmpty({
    id: publishedId(service.id, 'schedule', index),
    service_id: service.id,
    service_at_location_id: at !== undefined && shown.has(at) ? placeId(service.id, at) : undefined,
    freq: freqOf(it, byday),
    interval: it.freq === undefined ? undefined : it.interval,
    byday,
    wkst: it.wkst,
    bymonthday: it.bymonthday?.toString(),
    dtstart: it.dtstart,
    count: it.freq === undefined && it.dtstart !== undefined ? 1 : undefined,
    valid_from: it.valid_from,
    valid_to: it.valid_to,
    opens_at: it.opens_at,
    closes_at: it.closes_at,
    attending_type: service.attending_types.join(', ') || undefined,
    description: datesKnown(it) || it.freq === undefined ? it.description : describeSchedule(it),
    notes: notes(it),
    signpost: withoutEmptyOrNothing({
      // The standard only has weekly and monthly, and nothing of what follows.
      freq: freqOf(it, byday) === it.freq ? undefined : it.freq,
      description: datesKnown(it) || it.freq === undefined ? undefined : it.description,
      dates_unknown: it.dates_unknown,
      bymonth: it.bymonth,
      bank_holidays: it.bank_holidays,
      term_time: it.term_time || undefined,
      exceptions: it.exceptions,
      additional_dates: it.additional_dates,
    }),
  });
}

/**
 * Left out of a recurrence without a day, and of one whose dates nobody knows and which must not be computed: both are
 * only in the words.
 */
const freqOf = (it: Schedule, byday: string | undefined): OrukSchedule['freq'] =>
  it.freq === 'DAILY' || !datesKnown(it) || (it.freq === 'WEEKLY' && byday === undefined) ? undefined : it.freq;

/** The standard wants the day said, where RFC 5545 lets the first date say it. */
function weekdayOfStart({ dtstart, valid_from }: Schedule): string | undefined {
  const start = dtstart ?? valid_from;
  return start === undefined ? undefined : WEEKDAYS[weekdayOf(dayOf(start))];
}

/** What recurrences have no field for, in words. */
const notes = (it: Schedule): string =>
  [
    ...(it.freq === 'DAILY' || it.bymonth || it.bank_holidays || it.dates_unknown ? [describeSchedule(it)] : []),
    ...(it.term_time ? ['In school terms only'] : []),
    ...describeBreaks(it, EVER),
    ...(it.additional_dates.length > 0 ? [`Also on ${it.additional_dates.map(describeDate).join('; ')}`] : []),
  ]
    .map((sentence) => `${sentence}.`)
    .join(' ');
