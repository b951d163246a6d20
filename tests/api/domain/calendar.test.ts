import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { calendarOf } from '#api/domain/calendar.ts';
import { dateOf, dayOf } from '#api/domain/london.ts';
import { nextSessions } from '#api/domain/schedule.ts';
import { type Listing, Location, Organization, Schedule, Service, WEEKDAYS } from '#api/domain/service.ts';

const calendar = (listing: Listing, now: Date): string => calendarOf([listing], now, () => []);

const HALL = '5f0c2c1e-6a52-4f0e-9c42-8f1f4d5d0a01';
const LIBRARY = '5f0c2c1e-6a52-4f0e-9c42-8f1f4d5d0a02';
const SERVICE = '5f0c2c1e-6a52-4f0e-9c42-8f1f4d5d0a03';
const ORGANIZATION = '5f0c2c1e-6a52-4f0e-9c42-8f1f4d5d0a04';
/** Within the two years that the directory looks ahead; a calendar goes on for ever. */
const HORIZON = '2028-11-22';
/** Saturday. */
const NOW = new Date('2026-11-21T09:00:00Z');

function listing(schedules: object[], given: object = {}, location: object = {}): Listing {
  const hall = Location.parse({
    id: HALL,
    name: "St Mary's Hall",
    address: { address_1: '1 Mare Street; rear', city: 'London', postal_code: 'E8 3AB' },
    latitude: 51.54,
    longitude: -0.055,
    ...location,
  });
  const service = Service.parse({
    id: SERVICE,
    organization_id: ORGANIZATION,
    name: 'Seated exercise',
    summary: 'Gentle movement on a chair, with tea.',
    description: 'Come as you are.',
    kind: 'activity',
    taxonomy_terms: ['movement'],
    attending_types: ['in_person'],
    location_ids: [HALL],
    schedules,
    source: { name: 'Themselves' },
    assured_date: '2026-11-01',
    ...given,
  });
  return {
    service,
    organization: Organization.parse({ id: ORGANIZATION, name: 'Hackney Movers' }),
    locations: [hall],
    state: 'published',
    last_modified: '2026-11-02T10:00:00.000Z',
  };
}

/** The lines as they were before folding. */
const lines = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
const properties = (text: string, name: string): string[] => lines(text).filter((line) => line.match(`^${name}[:;]`));

/** What an independent reader makes of the file: the beginnings of all events, in UTC, as far as asked. */
function read(text: string, count: number): string[] {
  const root = new ICAL.Component(ICAL.parse(text));
  const zone = new ICAL.Timezone(root.getFirstSubcomponent('vtimezone')!);
  const starts: string[] = [];
  for (const component of root.getAllSubcomponents('vevent')) {
    const walk = new ICAL.Event(component).iterator();
    for (let found = 0; found < count; found++) {
      const at = walk.next();
      if (!at) break;
      if (!at.isDate) at.zone = zone;
      starts.push(at.isDate ? at.toString() : `${new Date(at.toUnixTime() * 1000).toISOString().slice(0, 19)}Z`);
    }
  }
  return starts
    .filter((start) => start < HORIZON)
    .sort()
    .slice(0, count);
}

/** The same from the directory's own reckoning. */
const own = (schedules: Schedule[], count: number): string[] =>
  nextSessions(schedules, NOW, count).map(({ starts }) =>
    starts.length === 10 ? starts : `${new Date(starts).toISOString().slice(0, 19)}Z`,
  );

describe('a weekly class', () => {
  const text = calendar(
    listing([
      {
        freq: 'WEEKLY',
        byday: 'TU',
        opens_at: '10:30',
        closes_at: '12:00',
        valid_to: '2027-06-29',
        exceptions: [{ from: '2026-12-20', to: '2027-01-04', reason: 'Christmas' }],
        additional_dates: ['2026-12-03', '2026-12-29'],
      },
    ]),
    NOW,
  );

  test('is one event with its rule and its breaks, and one for each extra date', () => {
    expect(properties(text, 'UID')).toEqual([
      `UID:${SERVICE}-1`,
      `UID:${SERVICE}-1-2026-12-03`,
      `UID:${SERVICE}-1-2026-12-29`,
    ]);
    expect(new Set(properties(text, 'DTSTAMP'))).toEqual(new Set(['DTSTAMP:20261102T100000Z']));
    expect(text).toContain('DTSTART;TZID=Europe/London:20261124T103000\r\n');
    expect(text).toContain('DTEND;TZID=Europe/London:20261124T120000\r\n');
    expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=32\r\n');
    // 29 December falls into the break, but is named as an extra date: it stays, by itself.
    expect(properties(text, 'EXDATE')).toEqual([
      'EXDATE;TZID=Europe/London:20261222T103000',
      'EXDATE;TZID=Europe/London:20261229T103000',
    ]);
    expect(text).toContain('DTSTART;TZID=Europe/London:20261203T103000\r\n');
    expect(text).toContain('DTSTART;TZID=Europe/London:20261229T103000\r\n');
    expect(properties(text, 'RDATE')).toEqual([]);
  });

  test('says where, and what, escaped', () => {
    expect(new Set(properties(text, 'LOCATION'))).toEqual(
      new Set(["LOCATION:St Mary's Hall\\, 1 Mare Street\\; rear\\, London\\, E8 3AB"]),
    );
    expect(new Set(properties(text, 'GEO'))).toEqual(new Set(['GEO:51.54;-0.055']));
    const root = new ICAL.Component(ICAL.parse(text));
    const event = new ICAL.Event(root.getFirstSubcomponent('vevent')!);
    expect(event.summary).toBe('Seated exercise');
    expect(event.description).toContain('Gentle movement on a chair, with tea.\nTuesdays, 10:30am to 12 noon');
    expect(event.description).toContain('No meetings from 20 December to 4 January (Christmas).');
  });

  test('begins with the zone written out, which an independent reader takes for that of London', () => {
    const root = new ICAL.Component(ICAL.parse(text));
    const zone = new ICAL.Timezone(root.getFirstSubcomponent('vtimezone')!);
    expect(zone.tzid).toBe('Europe/London');
    const offset = (time: string) => zone.utcOffset(ICAL.Time.fromDateTimeString(time));
    expect([offset('2026-03-29T00:59:00'), offset('2026-03-29T02:00:00')]).toEqual([0, 3600]);
    expect([offset('2026-10-25T00:59:00'), offset('2026-10-25T02:00:00')]).toEqual([3600, 0]);
  });
});

describe('the form', () => {
  test('lines end with CRLF, hold at most 75 octets, and cut no character', () => {
    const name = 'Gwau a sgwrs — বাংলা চা আড্ডা, ייִדיש קלוב 🧶🧶🧶🧶🧶🧶🧶🧶🧶🧶🧶🧶🧶 Türkçe';
    const text = calendar(listing([{ freq: 'WEEKLY', byday: 'MO' }], { name, summary: 'ż'.repeat(170) }), NOW);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const folded = text.split('\r\n');
    expect(folded.at(-1)).toBe('');
    for (const line of folded) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(folded.some((line) => line.startsWith(' '))).toBe(true);
    expect(text).not.toContain('\ufffd');
    expect(properties(text, 'SUMMARY')).toEqual([`SUMMARY:${name.replaceAll(',', '\\,')}`]);
  });

  test('nothing that somebody typed can add a line of its own', () => {
    const text = calendar(
      listing(
        [{ freq: 'WEEKLY', byday: 'MO', description: 'a\r\nEND:VEVENT\nX-BAD:1\u0007' }],
        { name: 'Tea\r\nX-BAD:2', summary: 'back\\slash\rX-BAD:3', url: 'https://example.org/a\nX-BAD:4' },
        { name: 'Hall\nX-BAD:5' },
      ),
      NOW,
    );
    expect(lines(text).filter((line) => line.startsWith('X-BAD'))).toEqual([]);
    expect(lines(text).filter((line) => line === 'END:VEVENT')).toHaveLength(1);
    expect(text).not.toContain('\u0007');
    expect(properties(text, 'SUMMARY')).toEqual(['SUMMARY:Tea\\nX-BAD:2']);
  });

  test('is the same for the same listing on the same day', () => {
    const it = listing([{ freq: 'WEEKLY', byday: 'MO', opens_at: '10:00', closes_at: '11:00' }]);
    expect(calendar(it, new Date('2026-11-21T18:00:00Z'))).toBe(calendar(it, NOW));
  });
});

describe('what does not go in', () => {
  const weekly = [{ freq: 'WEEKLY', byday: 'MO', opens_at: '10:00', closes_at: '11:00' }];

  test('a confidential place leaves no trace', () => {
    const text = calendar(listing(weekly, {}, { confidential: true }), NOW);
    expect(properties(text, 'LOCATION|GEO')).toEqual([]);
    expect(text).not.toMatch(/Mare|St Mary|E8/);
    expect(properties(text, 'UID')).toHaveLength(1);
  });

  test('a service that is closed has no events, nor has one with nothing to come', () => {
    expect(properties(calendar(listing(weekly, { status: 'temporarily closed' }), NOW), 'UID')).toEqual([]);
    expect(properties(calendar(listing([{ dtstart: '2026-11-20' }]), NOW), 'UID')).toEqual([]);
    expect(calendar(listing([]), NOW)).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\n[\s\S]*END:VCALENDAR\r\n$/);
  });

  test('no place is named where there are several to choose from, and the one of the schedule where it says', () => {
    const it = listing([...weekly, { ...weekly[0], location_id: LIBRARY }], { location_ids: [HALL, LIBRARY] });
    it.locations.push(Location.parse({ id: LIBRARY, name: 'Library' }));
    expect(properties(calendar(it, NOW), 'LOCATION')).toEqual(['LOCATION:Library']);
    expect(properties(calendar(it, NOW), 'UID')).toEqual([`UID:${SERVICE}-1`, `UID:${SERVICE}-2`]);
  });
});

test('without a time it is a whole day; across midnight it ends on the next', () => {
  const text = calendar(
    listing([
      {
        freq: 'MONTHLY',
        bymonthday: 1,
        valid_to: '2027-03-31',
        exceptions: [{ from: '2027-01-01', to: '2027-01-01' }],
      },
      { dtstart: '2026-11-27', opens_at: '22:00', closes_at: '02:00' },
    ]),
    NOW,
  );
  expect(text).toContain('DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1;COUNT=4\r\n');
  expect(text).toContain('EXDATE;VALUE=DATE:20270101\r\n');
  expect(text).toContain('DTEND;TZID=Europe/London:20261128T020000\r\n');
});

test('an independent reader finds the same meetings as the directory does, for six hundred drawn schedules', () => {
  let seed = 7;
  const next = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) / 0x7fffff;
  };
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length * 0.999999)]!;
  const day = (spread: number) => dateOf(dayOf('2026-11-01') + Math.floor(next() * spread));
  let compared = 0;
  for (let round = 0; round < 600; round++) {
    const freq = pick(['WEEKLY', 'WEEKLY', 'MONTHLY', undefined] as const);
    const nth = freq === 'MONTHLY' ? pick(['1', '2', '3', '4', '-1', '-2', '']) : '';
    const from = day(200);
    const given = Schedule.parse({
      freq,
      interval: pick([1, 1, 2, 3]),
      byday:
        freq === undefined || next() < 0.1
          ? undefined
          : `${nth}${pick(WEEKDAYS)}${next() < 0.3 ? `,${nth}${pick(WEEKDAYS)}` : ''}`,
      dtstart: freq === undefined || next() < 0.5 ? day(60) : undefined,
      valid_from: next() < 0.3 ? day(100) : undefined,
      valid_to: next() < 0.4 ? dateOf(dayOf('2027-02-01') + Math.floor(next() * 300)) : undefined,
      exceptions: next() < 0.5 ? [{ from, to: dateOf(dayOf(from) + Math.floor(next() * 30)) }] : [],
      additional_dates: next() < 0.4 ? [day(300), day(300)] : [],
      ...(next() < 0.8 ? { opens_at: '10:30', closes_at: '12:00' } : {}),
    });
    const expected = own([given], 25);
    compared += expected.length;
    expect(read(calendar(listing([given]), NOW), 25), JSON.stringify(given)).toEqual(expected);
  }
  expect(compared).toBeGreaterThan(6000);
});
