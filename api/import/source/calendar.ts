import ICAL from 'ical.js';
import { decodeFeed } from '../encoding/decode.ts';
import { type FeedClient, FeedError } from '../fetch/client.ts';
import type { RawPiece } from '../oruk/read.ts';
import type { JsonRecord } from '../oruk/walk.ts';
import { readCalendarText } from './calendar-text.ts';

/**
 * A calendar of a hall or a library (iCalendar, RFC 5545): each event that repeats is a listing, in the shape of Open
 * Referral UK. What happens once is none: halls write every booking into theirs.
 */

const MOST_BYTES = 24 * 1024 * 1024;

/** Whether an address is one of a calendar: by its ending, or as calendar programs write it. */
export const isCalendarAddress = (url: string): boolean => {
  const { protocol, pathname } = new URL(url);
  return protocol === 'webcal:' || /\.(ics|ical)$/i.test(pathname) || /\/ical\//i.test(pathname);
};

/**
 * Reads a calendar.
 * @param today 'YYYY-MM-DD' in Europe/London: what ended before is let go
 * @throws FeedError where there is none
 */
export async function* readCalendar(url: string, client: FeedClient, today: string): AsyncGenerator<RawPiece> {
  const address = url.replace(/^webcal:/i, 'https:');
  const answer = await client.open(address, { accept: 'text/calendar, */*;q=0.5' });
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    client.onBytes(part.length);
    if (size > MOST_BYTES) throw new FeedError('The calendar is larger than 24 MB.');
    parts.push(part);
  }
  const { text } = decodeFeed(Buffer.concat(parts), 'utf-8');
  const read = readCalendarText(text);
  if (!read) throw new FeedError(`${new URL(address).pathname} is no calendar that can be read.`);
  for (const about of read.broken) yield unreadable(about);
  yield* eventsOf(read.calendar, today);
}

const unreadable = (about: string): RawPiece => ({
  kind: 'fault',
  about,
  words: 'Its days, times or rule are not as iCalendar writes them, so it was left out.',
  loses: true,
});

const said = (component: ICAL.Component, name: string): string | undefined => {
  const value = component.getFirstPropertyValue(name);
  const text = value === null ? '' : String(value).trim();
  return text === '' ? undefined : text;
};

function* eventsOf(calendar: ICAL.Component, today: string): Generator<RawPiece> {
  const events = calendar.getAllSubcomponents('vevent');
  // Gathered once: a calendar may hold a hundred thousand events.
  const changes = Map.groupBy(
    events.filter((it) => it.hasProperty('recurrence-id')),
    (it) => said(it, 'uid'),
  );
  let once = 0;
  for (const event of events) {
    // A change of one occurrence belongs to its event; what is private is not for a list.
    if (event.hasProperty('recurrence-id') || /^(private|confidential)$/i.test(said(event, 'class') ?? '')) continue;
    if (!event.hasProperty('rrule')) {
      once++;
      continue;
    }
    const id = said(event, 'uid');
    let raw: JsonRecord | null;
    try {
      raw = recordOf(calendar, event, changes.get(id) ?? [], today);
    } catch {
      // A value is read when it is asked for: one day that is none leaves the others of the calendar as they are.
      yield unreadable(said(event, 'summary') ?? id ?? 'an event');
      continue;
    }
    if (raw) yield { kind: 'record', raw };
    else if (id) yield { kind: 'gone', record_id: id, words: 'It has ended, or was cancelled.' };
  }
  if (once > 0) {
    const words = `${once === 1 ? '1 event that happens once was' : `${once} events that happen once were`} left out: only what repeats is listed.`;
    yield { kind: 'fault', about: said(calendar, 'x-wr-calname') ?? 'the calendar', words, loses: false };
  }
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' });

/** Day and time in the United Kingdom. A time without a zone, or with one of a place, is what its clocks show. */
function localOf(time: ICAL.Time): { date: string; clock: string | null } {
  if (time.isDate) return { date: time.toString(), clock: null };
  const [date = '', clock = ''] =
    time.zone === ICAL.Timezone.utcTimezone ? CLOCK.format(time.toJSDate()).split(' ') : time.toString().split('T');
  return { date, clock: clock.slice(0, 5) };
}

const times = (event: ICAL.Component, name: string): ICAL.Time[] =>
  event.getAllProperties(name).flatMap((property) => property.getValues().filter((it) => it instanceof ICAL.Time));

function recordOf(
  calendar: ICAL.Component,
  event: ICAL.Component,
  changed: readonly ICAL.Component[],
  today: string,
): JsonRecord | null {
  const [id, name] = [said(event, 'uid'), said(event, 'summary')];
  const [start] = times(event, 'dtstart');
  if (/^cancelled$/i.test(said(event, 'status') ?? '') || start === undefined) return null;
  const foreign = foreignZone(calendar, event, start);
  const schedule = scheduleOf(event, start, changed, foreign);
  const own = foreign === null ? movedTo(start, changed) : [];
  const isOver = typeof schedule['valid_to'] === 'string' && schedule['valid_to'] < today;
  if (isOver && !own.some(({ dtstart }) => String(dtstart) >= today)) return null;
  const owner = said(calendar, 'x-wr-calname');
  const place = said(event, 'location');
  const [venue] = (place ?? '').split(',');
  return {
    id,
    name,
    description: said(event, 'description') ?? '',
    status: 'active',
    ...(said(event, 'url') && { url: said(event, 'url') }),
    ...(owner && { organization: { id: `calendar ${owner}`, name: owner } }),
    attributes: said(event, 'categories')
      ?.split(',')
      .map((term, at) => ({ link_id: id, taxonomy_term: { id: `calendar-${at}`, name: term.trim() } })),
    schedules: [schedule, ...own],
    ...(place && {
      service_at_locations: [
        {
          id: `place of ${id}`,
          location: {
            id: `location of ${place}`,
            name: venue?.trim(),
            location_type: 'physical',
            addresses: [{ address_1: place, country: 'GB', address_type: 'physical' }],
          },
        },
      ],
    }),
  };
}

/** Occurrences that take place, though not as the rule says. */
const held = (changed: readonly ICAL.Component[]): ICAL.Component[] =>
  changed.filter((it) => !/^cancelled$/i.test(said(it, 'status') ?? '') && it.hasProperty('dtstart'));

const hoursOf = (event: ICAL.Component, start: ICAL.Time): JsonRecord => {
  const { clock } = localOf(start);
  const end = new ICAL.Event(event).endDate;
  const closes = clock === null || !end ? null : localOf(end).clock;
  return { ...(clock && { opens_at: clock }), ...(closes && closes !== clock && { closes_at: closes }) };
};

/** Occurrences that were moved to other hours, each a meeting of its own. */
const movedTo = (start: ICAL.Time, changed: readonly ICAL.Component[]): JsonRecord[] =>
  held(changed).flatMap((it) =>
    times(it, 'dtstart')
      .filter((begins) => localOf(begins).clock !== localOf(start).clock)
      .map((begins) => ({ dtstart: localOf(begins).date, count: 1, ...hoursOf(it, begins) })),
  );

/** Seconds before Greenwich in the middle of January and of July, as the clocks of the United Kingdom stand. */
const UNITED_KINGDOM = [0, 3600] as const;

/**
 * The zone in which the times of an event are written, where its clocks do not show what those of the United Kingdom do: a
 * meeting there is by the clock of that place, and its hour here may even change with the season. A calendar says itself
 * what its zones are; one that it only names is looked up; what nobody knows is taken to be here.
 * @returns null where it is the time of the United Kingdom, or a day without a time
 */
function foreignZone(calendar: ICAL.Component, event: ICAL.Component, start: ICAL.Time): string | null {
  const id = event.getFirstProperty('dtstart')?.getFirstParameter('tzid');
  if (!id || start.isDate) return null;
  const described = calendar.getAllSubcomponents('vtimezone').find((it) => it.getFirstPropertyValue('tzid') === id);
  const zone = described ? new ICAL.Timezone(described) : null;
  const ahead = [1, 7].map((month) =>
    zone
      ? zone.utcOffset(new ICAL.Time({ year: start.year, month, day: 15, hour: 12 }, zone))
      : aheadOf(id, start.year, month),
  );
  return ahead.every((seconds, at) => seconds === null || seconds === UNITED_KINGDOM[at]) ? null : id;
}

/** Seconds by which the clocks of a zone of the IANA database are ahead of Greenwich; null for a name that it lacks. */
function aheadOf(zone: string, year: number, month: number): number | null {
  try {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' });
    const parts = format.formatToParts(Date.UTC(year, month - 1, 15, 12));
    const [, sign = '+', hours = '0', minutes = '0'] =
      /GMT(?:([+-])(\d\d):(\d\d))?/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  } catch {
    return null;
  }
}

/** Parts of a rule that are handed on as they are: a schedule that has no field for one has its dates asked for. */
const PARTS = ['BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'BYWEEKNO', 'BYYEARDAY'] as const;
/** Monday, from which weeks are counted where a rule does not say. */
const MONDAY = 2;

/** Whether a change is one of all later occurrences too, which no schedule says: its dates are to be asked for. */
const changesAllLater = (it: ICAL.Component): boolean =>
  String(it.getFirstProperty('recurrence-id')?.getParameter('range') ?? '').toUpperCase() === 'THISANDFUTURE';

/**
 * The recurrence under the names of the standard, which are those of iCalendar.
 * @param foreign the zone of its times, where that is none of the United Kingdom
 */
function scheduleOf(
  event: ICAL.Component,
  start: ICAL.Time,
  changed: readonly ICAL.Component[],
  foreign: string | null,
): JsonRecord {
  const rule = event.getFirstPropertyValue('rrule') as ICAL.Recur;
  const { date, clock } = localOf(start);
  const parts = PARTS.flatMap((part) => {
    const given = rule.parts[part]?.join(',');
    return given ? [[part.toLowerCase(), given]] : [];
  });
  const away = [...times(event, 'exdate'), ...changed.flatMap((it) => times(it, 'recurrence-id'))];
  const left = new Set(away.map((it) => localOf(it).date));
  const moved = held(changed)
    .flatMap((it) => times(it, 'dtstart'))
    .filter((begins) => localOf(begins).clock === clock);
  const added = new Set([...times(event, 'rdate'), ...moved].map((it) => localOf(it).date));
  const exceptions = [...left.difference(added)].sort();
  const additional = [...added.difference(left)].sort();
  return {
    freq: rule.freq,
    interval: rule.interval,
    dtstart: date,
    ...Object.fromEntries(parts),
    ...(rule.wkst !== MONDAY && { wkst: ICAL.Recur.numericDayToIcalDay(rule.wkst) }),
    ...(rule.count && { count: rule.count }),
    ...(rule.until && { valid_to: localOf(rule.until).date }),
    ...(foreign === null && hoursOf(event, start)),
    ...(foreign !== null && { description: `Dates vary: written in the time of ${foreign}` }),
    ...(changed.some(changesAllLater) && { description: 'Dates vary' }),
    ...(exceptions.length + additional.length > 0 && {
      signpost: {
        exceptions: exceptions.map((day) => ({ from: day, to: day })),
        additional_dates: additional,
      },
    }),
  };
}
