import type { JsonRecord } from '../../oruk/walk.ts';
import { lastPart, listOf, objects, text } from './fields.ts';

/** When a series of OpenActive meets: as its schedule says, or as its sessions show. */

/** Dates of one series that are named one by one. */
const MOST_DATES = 60;
const WEEK_MS = 7 * 86_400_000;

/** One session of a series, in local time. */
export interface Session {
  date: string;
  opens: string;
  closes?: string;
}

/** Local time: what the feed writes is a moment with its offset, which is that of the place. */
export function sessionsIn(events: readonly JsonRecord[]): Session[] {
  return events.flatMap((event) => {
    const begins = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(local(text(event['startDate'])));
    if (!begins || lastPart(event['eventStatus']) === 'EventCancelled') return [];
    const ends = /^\d{4}-\d\d-\d\dT(\d\d:\d\d)/.exec(local(text(event['endDate'])));
    return [{ date: begins[1]!, opens: begins[2]!, ...(ends && { closes: ends[1]! }) }];
  });
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' });

/** 'YYYY-MM-DDTHH:MM' in the United Kingdom; a text without an offset is local already. */
export function local(moment: string | undefined): string {
  if (moment === undefined || !/(Z|[+-]\d\d:?\d\d)$/.test(moment) || Number.isNaN(Date.parse(moment)))
    return moment ?? '';
  return CLOCK.format(new Date(moment)).replace(' ', 'T');
}

const DAYS: Readonly<Record<string, string>> = {
  Monday: 'MO',
  Tuesday: 'TU',
  Wednesday: 'WE',
  Thursday: 'TH',
  Friday: 'FR',
  Saturday: 'SA',
  Sunday: 'SU',
};
const WEEKDAY = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** As its schedule says; else as its sessions show. What is over is left out. */
export function schedulesOf(data: JsonRecord, sessions: readonly Session[], today: string): JsonRecord[] {
  const said = objects(data['eventSchedule']).flatMap((it): JsonRecord[] => {
    const days = listOf(it['byDay']).flatMap((day) => DAYS[lastPart(day)] ?? []);
    const every = /^P(\d+)([DWM])$/.exec(text(it['repeatFrequency']) ?? '');
    const opens = text(it['startTime'])?.slice(0, 5);
    const until = text(it['endDate'])?.slice(0, 10);
    if (!every || opens === undefined || (until !== undefined && until < today)) return [];
    const from = text(it['startDate'])?.slice(0, 10);
    const [, interval, unit] = every;
    const monthly = listOf(it['byMonthDay']).filter((day) => typeof day === 'number');
    return [
      {
        freq: { D: 'DAILY', W: 'WEEKLY', M: 'MONTHLY' }[unit!],
        interval: Number(interval),
        ...(days.length > 0 && { byday: days.join(',') }),
        ...(monthly.length > 0 && { bymonthday: monthly.join(',') }),
        ...(from && { dtstart: from }),
        ...(until && { valid_to: until }),
        ...(typeof it['repeatCount'] === 'number' && { count: it['repeatCount'] }),
        // Hours of another country are not those on a clock here.
        ...(isElsewhere(text(it['scheduleTimezone'])) && {
          notes: `In the time of ${text(it['scheduleTimezone'])}: ask for the hours`,
          signpost: { dates_unknown: true },
        }),
        opens_at: opens,
        ...(text(it['endTime']) && { closes_at: text(it['endTime'])!.slice(0, 5) }),
        ...(!isElsewhere(text(it['scheduleTimezone'])) &&
          exceptions(listOf(it['exceptDate']).flatMap((date) => local(text(date)).slice(0, 10) || []))),
      },
    ];
  });
  return said.length > 0 ? said : foldedSessions(data, sessions, today);
}

const OF_HERE = new Set([
  'Europe/London',
  'Europe/Belfast',
  'Europe/Jersey',
  'Europe/Guernsey',
  'Europe/Isle_of_Man',
  'GB',
  'GMT',
  'UTC',
]);
const isElsewhere = (zone: string | undefined): boolean => zone !== undefined && zone !== '' && !OF_HERE.has(zone);

const exceptions = (dates: readonly string[]): JsonRecord =>
  dates.length > 0
    ? { signpost: { exceptions: [...new Set(dates)].sort().map((day) => ({ from: day, to: day })) } }
    : {};

/** Sessions at the same time, week after week, are weekly; others are named one by one. */
function foldedSessions(data: JsonRecord, sessions: readonly Session[], today: string): JsonRecord[] {
  const alike = new Map<string, Session[]>();
  for (const session of sessions) {
    if (session.date < today) continue;
    const key = `${new Date(session.date).getUTCDay()} ${session.opens} ${session.closes ?? ''}`;
    const others = alike.get(key);
    if (others) others.push(session);
    else alike.set(key, [session]);
  }
  const end = local(text(data['endDate'])).slice(0, 10);
  return [...alike.values()].flatMap((group): JsonRecord[] => {
    const dates = [...new Set(group.map(({ date }) => date))].sort();
    const [{ opens, closes }, first] = [group[0]!, dates[0]!];
    const hours = { opens_at: opens, ...(closes && { closes_at: closes }) };
    const gaps = dates.slice(1).map((date, at) => (Date.parse(date) - Date.parse(dates[at]!)) / WEEK_MS);
    const isWeekly = gaps.length > 0 && gaps.every((gap) => gap === 1);
    if (!isWeekly) return dates.slice(0, MOST_DATES).map((date) => ({ dtstart: date, ...hours }));
    const byday = WEEKDAY[new Date(first).getUTCDay()];
    // A first session within a week is no news; one after that is when it begins.
    const begins = Date.parse(first) - Date.parse(today) >= WEEK_MS ? { dtstart: first } : {};
    return [{ freq: 'WEEKLY', interval: 1, byday, ...begins, ...(end && { valid_to: end }), ...hours }];
  });
}
