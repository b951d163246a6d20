import type { RawPiece } from '../oruk/read.ts';
import { isObject, type JsonRecord } from '../oruk/walk.ts';

/**
 * Sessions of OpenActive (Modelling Opportunity Data 2.0) in the shape of Open Referral UK, by which everything else is
 * read. A series is one listing, with its sessions; what is booked by the hour (FacilityUse, Slot) is none.
 */

/** What is a listing by itself. */
const LISTED = new Set(['SessionSeries', 'CourseInstance', 'Event']);
const SESSION = new Set(['ScheduledSession', 'CourseInstanceSubEvent']);
/** Dates of one series that are named one by one. */
const MOST_DATES = 60;
const WEEK_MS = 7 * 86_400_000;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const objects = (value: unknown): JsonRecord[] => listOf(value).filter(isObject);
/** The last part of an address or a name: 'FemaleOnly' of 'https://openactive.io/FemaleOnly'. */
const lastPart = (value: unknown): string => text(value)?.split(/[/#:]/).at(-1) ?? '';
const typeOf = (it: JsonRecord): string => lastPart(listOf(it['type'] ?? it['@type'])[0]);
const labels = (value: unknown): string[] =>
  listOf(value).flatMap((it) => (isObject(it) ? (text(it['prefLabel']) ?? []) : (text(it) ?? [])));

/** One session of a series, in local time. */
interface Session {
  date: string;
  opens: string;
  closes?: string;
}

/** What is kept of an item from one harvest to the next. */
type Kept = { data: JsonRecord; ofSessions: boolean } | { series: string; session: Session };

/** Apart from the keys of sessions, which begin with the kind of their item. */
const seriesKey = (id: string): string => `#${id}`;

/** Collects the items of a feed, page by page, and makes listings of them once all have been read. */
export class OpenActiveItems {
  readonly #today: string;
  /** `ofSessions`: whether the data comes from its sessions, since the series itself is not in the feed. */
  readonly #series = new Map<string, { data: JsonRecord; ofSessions: boolean }>();
  /** Sessions that stand in the feed by themselves, by their series and their own id. */
  readonly #sessions = new Map<string, { series: string; session: Session }>();
  readonly #gone = new Set<string>();
  readonly #changed = new Set<string>();

  /** @param kept what `changes` of earlier harvests came to */
  constructor(today: string, kept: Iterable<readonly [key: string, content: unknown]> = []) {
    this.#today = today;
    for (const [key, content] of kept as Iterable<[string, Kept]>) {
      if ('data' in content) this.#series.set(key.slice(seriesKey('').length), content);
      else this.#sessions.set(key, content);
    }
  }

  /** Takes the next item of a page: a later one of the same id replaces it. */
  take(item: unknown): void {
    if (!isObject(item)) return;
    const id = String(item['id'] ?? '');
    if (id === '') return;
    const { data } = item;
    const kind = typeof item['kind'] === 'string' ? lastPart(item['kind']).split('.')[0]! : '';
    const key = `${kind} ${id}`;
    if (this.#sessions.delete(key)) this.#changed.add(key);
    if (item['state'] === 'deleted' || !isObject(data)) {
      if (this.#series.delete(id)) this.#changed.add(seriesKey(id));
      if (LISTED.has(kind) || kind === '') this.#gone.add(id);
      return;
    }
    const type = typeOf(data) || kind;
    if (LISTED.has(type)) {
      this.#putSeries(id, data, false);
      this.#gone.delete(id);
    } else if (SESSION.has(type)) this.#takeSession(key, data);
  }

  #putSeries(id: string, data: JsonRecord, ofSessions: boolean): void {
    this.#series.set(id, { data, ofSessions });
    this.#changed.add(seriesKey(id));
  }

  #takeSession(key: string, data: JsonRecord): void {
    const { superEvent } = data;
    const [session] = sessionsIn([data]);
    const series = isObject(superEvent) ? idOf(superEvent) : text(superEvent);
    if (session === undefined || series === undefined) return;
    this.#sessions.set(key, { series, session });
    this.#changed.add(key);
    // A feed of sessions alone carries the series in each of them, or says itself what all of them have in common.
    if (!isObject(superEvent) || this.#series.get(series)?.ofSessions === false) return;
    const { startDate: _, endDate: __, '@id': ___, id: ____, ...common } = data;
    this.#putSeries(series, { ...common, ...superEvent }, true);
  }

  /** What has changed and is to be kept until the next harvest, by key; null for what is gone. */
  get changes(): Map<string, Kept | null> {
    return new Map(
      [...this.#changed].map((key) => [
        key,
        (key.startsWith(seriesKey('')) ? this.#series.get(key.slice(seriesKey('').length)) : this.#sessions.get(key)) ??
          null,
      ]),
    );
  }

  /** The listings of the feed. A series that is over counts as gone, like one that was deleted. */
  *pieces(): Generator<RawPiece> {
    const own = new Map<string, Session[]>();
    for (const { series, session } of this.#sessions.values()) {
      const others = own.get(series);
      if (others) others.push(session);
      else own.set(series, [session]);
    }
    for (const [id, { data, ofSessions }] of this.#series) {
      const sessions = [...sessionsIn(objects(data['subEvent'])), ...(own.get(idOf(data) ?? id) ?? own.get(id) ?? [])];
      const raw = ofSessions && sessions.length === 0 ? null : recordOf(id, data, sessions, this.#today);
      if (raw === null) yield { kind: 'gone', record_id: id, words: 'It has ended, or was cancelled.' };
      else yield { kind: 'record', raw };
    }
    for (const id of this.#gone) yield { kind: 'gone', record_id: id, words: 'Its source has deleted it.' };
  }
}

const idOf = (data: JsonRecord): string | undefined =>
  text(data['@id']) ?? text(data['id']) ?? text(data['identifier']);

/** Local time: what the feed writes is a moment with its offset, which is that of the place. */
function sessionsIn(events: readonly JsonRecord[]): Session[] {
  return events.flatMap((event) => {
    const begins = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(local(text(event['startDate'])));
    if (!begins || lastPart(event['eventStatus']) === 'EventCancelled') return [];
    const ends = /^\d{4}-\d\d-\d\dT(\d\d:\d\d)/.exec(local(text(event['endDate'])));
    return [{ date: begins[1]!, opens: begins[2]!, ...(ends && { closes: ends[1]! }) }];
  });
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' });

/** 'YYYY-MM-DDTHH:MM' in the United Kingdom; a text without an offset is local already. */
function local(moment: string | undefined): string {
  if (moment === undefined || !/(Z|[+-]\d\d:?\d\d)$/.test(moment) || Number.isNaN(Date.parse(moment)))
    return moment ?? '';
  return CLOCK.format(new Date(moment)).replace(' ', 'T');
}

/** The series as a service; null where there is nothing of it to come. */
function recordOf(id: string, given: JsonRecord, sessions: readonly Session[], today: string): JsonRecord | null {
  // Where a series leaves something out, what it belongs to may say it.
  const above = isObject(given['superEvent']) ? given['superEvent'] : {};
  const data: JsonRecord = { ...above, ...given };
  if (lastPart(data['eventStatus']) === 'EventCancelled') return null;
  const schedules = schedulesOf(data, sessions, today);
  const end = local(text(data['endDate'])).slice(0, 10);
  const said = sessions.length > 0 || objects(data['eventSchedule']).length > 0;
  if ((end !== '' && end < today) || (said && schedules.length === 0)) return null;
  const organizer = objects(data['organizer'] ?? data['provider'])[0] ?? {};
  const activity = labels(data['activity']);
  const isOnline = lastPart(data['eventAttendanceMode']) === 'OnlineEventAttendanceMode';
  const place = isOnline ? undefined : objects(data['location'])[0];
  const name = text(data['name']) ?? activity[0];
  return {
    id,
    ...(name && { name }),
    description: [
      text(data['description']),
      lines('Access support', labels(data['accessibilitySupport'])),
      text(data['accessibilityInformation']),
      text(data['attendeeInstructions']),
    ]
      .filter(Boolean)
      .join('\n\n'),
    status: 'active',
    ...(text(data['url']) && { url: data['url'] }),
    ...eligibilityOf(data),
    ...(text(organizer['name']) && {
      organization: {
        id: idOf(organizer) ?? `organizer of ${id}`,
        name: organizer['name'],
        ...(text(organizer['url']) && { website: organizer['url'] }),
        ...(text(organizer['email']) && { email: organizer['email'] }),
      },
    }),
    ...contactOf(organizer, place),
    attributes: [...activity, ...labels(data['category']), 'Sport'].map((term, at) => ({
      link_id: id,
      link_type: 'service',
      taxonomy_term: { id: `openactive-${at}`, name: term, taxonomy: 'OpenActive' },
    })),
    cost_options: costsOf(data),
    schedules: schedules.map((schedule) => ({ ...schedule, attending_type: isOnline ? 'online' : 'in_person' })),
    ...(place && { service_at_locations: [{ id: `place of ${id}`, location: locationOf(id, place) }] }),
  };
}

const lines = (label: string, words: readonly string[]): string | undefined =>
  words.length > 0 ? `${label}: ${words.join(', ')}.` : undefined;

const WHO: Readonly<Record<string, string>> = { FemaleOnly: 'Women only', MaleOnly: 'Men only' };

function eligibilityOf(data: JsonRecord): JsonRecord {
  const [range = {}] = objects(data['ageRange']);
  const [least, most] = ['minValue', 'maxValue']
    .map((it) => range[it])
    .map((it) => (typeof it === 'number' && it > 0 ? it : undefined));
  const level = labels(data['level']);
  const only = WHO[lastPart(data['genderRestriction'])];
  return {
    ...(least !== undefined && { minimum_age: least }),
    ...(most !== undefined && { maximum_age: most }),
    ...(level.length > 0 && { eligibility_description: lines('Level', level) }),
    ...(only && { signpost: { restrictions: [only] } }),
  };
}

function contactOf(organizer: JsonRecord, place: JsonRecord | undefined): JsonRecord {
  const number = text(organizer['telephone']) ?? text(place?.['telephone']);
  const email = text(organizer['email']);
  return { ...(number && { phones: [{ number }] }), ...(email && { email }) };
}

function costsOf(data: JsonRecord): JsonRecord[] {
  if (data['isAccessibleForFree'] === true) return [{ amount: 0, amount_description: 'Free' }];
  return objects(data['offers']).flatMap((offer) => {
    const price = Number(offer['price']);
    if (offer['price'] === undefined || Number.isNaN(price) || price < 0) return [];
    const name = text(offer['name']);
    return [{ amount: price, currency: text(offer['priceCurrency']) ?? 'GBP', ...(name && { option: name }) }];
  });
}

function locationOf(id: string, place: JsonRecord): JsonRecord {
  const [address = {}] = objects(place['address']);
  const [geo = {}] = objects(place['geo']);
  const has = objects(place['amenityFeature']).filter(({ value }) => value === true);
  return {
    id: idOf(place) ?? `location of ${id}`,
    ...(text(place['name']) && { name: place['name'] }),
    location_type: 'physical',
    ...(typeof geo['latitude'] === 'number' && { latitude: geo['latitude'] }),
    ...(typeof geo['longitude'] === 'number' && { longitude: geo['longitude'] }),
    addresses: [
      {
        ...(text(address['streetAddress']) && { address_1: address['streetAddress'] }),
        ...(text(address['addressLocality']) && { city: address['addressLocality'] }),
        ...(text(address['addressRegion']) && { state_province: address['addressRegion'] }),
        ...(text(address['postalCode']) && { postal_code: address['postalCode'] }),
        country: 'GB',
        address_type: 'physical',
      },
    ],
    ...(has.length > 0 && {
      accessibility: has.map((it) => ({ description: text(it['name']) ?? lastPart(it['type'] ?? it['@type']) })),
    }),
  };
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
function schedulesOf(data: JsonRecord, sessions: readonly Session[], today: string): JsonRecord[] {
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
        opens_at: opens,
        ...(text(it['endTime']) && { closes_at: text(it['endTime'])!.slice(0, 5) }),
        ...exceptions(listOf(it['exceptDate']).flatMap((date) => local(text(date)).slice(0, 10) || [])),
      },
    ];
  });
  return said.length > 0 ? said : foldedSessions(data, sessions, today);
}

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
    alike.set(key, [...(alike.get(key) ?? []), session]);
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
