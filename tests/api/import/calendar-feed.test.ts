import { afterEach, expect, test } from 'vitest';
import { publicListings } from '../../../api/store/listings.ts';
import { createSignpost, harvest, register, type Signpost, serveFeed } from './world.ts';

/** The calendar of a village hall as a feed: what repeats is listed, and is gone when it goes. */

const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const calendar = (...events: string[][]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//EN',
    'X-WR-CALNAME:Example Village Hall',
    ...events.flat(),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const YOGA = event(
  'UID:yoga@hall.example.org',
  'SUMMARY:Chair yoga',
  'DESCRIPTION:Gentle yoga in a chair. £3.',
  'LOCATION:Example Village Hall\\, 1 Made-up Street\\, London\\, E8 1EA',
  'DTSTART;TZID=Europe/London:20260907T103000',
  'DTEND;TZID=Europe/London:20260907T113000',
  'RRULE:FREQ=WEEKLY;BYDAY=MO',
  'EXDATE;TZID=Europe/London:20261221T103000',
);
const CHOIR = event(
  'UID:choir@hall.example.org',
  'SUMMARY:Village choir',
  // Half past seven in summer time.
  'DTSTART:20260903T183000Z',
  'DTEND:20260903T200000Z',
  'RRULE:FREQ=MONTHLY;BYDAY=1TH',
);
const OVER = event(
  'UID:over@hall.example.org',
  'SUMMARY:Old class',
  'DTSTART:20250907T103000',
  'RRULE:FREQ=WEEKLY;UNTIL=20260301T000000',
);
const WEDDING = event('UID:w@hall.example.org', 'SUMMARY:Wedding', 'DTSTART:20261205T120000');
const PRIVATE = event(
  'UID:p@hall.example.org',
  'SUMMARY:Clinic',
  'CLASS:PRIVATE',
  'DTSTART:20260907T103000',
  'RRULE:FREQ=WEEKLY',
);

const servers: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(text: () => string) {
  const server = await serveFeed((_, response) => {
    response.writeHead(200, { 'content-type': 'text/calendar; charset=utf-8' });
    response.end(text());
  });
  servers.push(server);
  return `${server.url}/hall.ics`;
}

const listed = ({ db }: Signpost) => [...publicListings(db)].map(({ service }) => service.name).sort();

test('each event that repeats is a listing, at its place and its time of the day', async () => {
  const url = await serve(() => calendar(YOGA, CHOIR, OVER, WEDDING, PRIVATE));
  const signpost = createSignpost();
  const report = await harvest(signpost, register(signpost, url, 'Example Village Hall'));
  expect(report).toMatchObject({ outcome: 'complete', added: 2, refused: 0 });
  expect(listed(signpost)).toEqual(['Chair yoga', 'Village choir']);
  const [yoga, choir] = ['Chair yoga', 'Village choir'].map(
    (name) => [...publicListings(signpost.db)].find(({ service }) => service.name === name)!,
  );
  expect(yoga?.service.schedules).toMatchObject([
    {
      freq: 'WEEKLY',
      byday: 'MO',
      opens_at: '10:30',
      closes_at: '11:30',
      exceptions: [{ from: '2026-12-21', to: '2026-12-21' }],
    },
  ]);
  expect(yoga?.locations[0]).toMatchObject({ name: 'Example Village Hall', address: { postal_code: 'E8 1EA' } });
  expect(yoga?.organization.name).toBe('Example Village Hall');
  expect(choir?.service.schedules).toMatchObject([
    { freq: 'MONTHLY', byday: '1TH', opens_at: '19:30', closes_at: '21:00' },
  ]);
  expect(report.notes.some(({ words }) => words.startsWith('1 event that happens once'))).toBe(true);
});

test('what is cancelled goes at once', async () => {
  let text = calendar(YOGA, CHOIR);
  const signpost = createSignpost();
  const feed = register(signpost, await serve(() => text));
  await harvest(signpost, feed);
  text = calendar([...YOGA.slice(0, -1), 'STATUS:CANCELLED', 'END:VEVENT'], CHOIR);
  await harvest(signpost, feed);
  expect(listed(signpost)).toEqual(['Village choir']);
});

test.each([
  ['a day', ['DTSTART:the third of March', 'RRULE:FREQ=WEEKLY']],
  ['a rule', ['DTSTART:20260907T103000', 'RRULE:every Monday']],
  ['a rule of no kind', ['DTSTART:20260907T103000', 'RRULE:FREQ=SOMETIMES']],
  ['a date that is left out', ['DTSTART:20260907T103000', 'RRULE:FREQ=WEEKLY', 'EXDATE:never']],
])('%s that is none loses its own event, which is named, and no other', async (_, lines) => {
  const url = await serve(() => calendar(YOGA, event('UID:odd@hall.example.org', 'SUMMARY:Odd one', ...lines), CHOIR));
  const signpost = createSignpost();
  const report = await harvest(signpost, register(signpost, url));
  expect(listed(signpost)).toEqual(expect.arrayContaining(['Chair yoga', 'Village choir']));
  if (!listed(signpost).includes('Odd one')) expect(JSON.stringify(report.notes)).toContain('Odd one');
});

test('what is no calendar says so', async () => {
  const signpost = createSignpost();
  const report = await harvest(signpost, register(signpost, await serve(() => '<html>Not found</html>')));
  expect(report.outcome).toBe('failed');
  expect(report.words).toContain('no calendar that can be read');
});

const next = async (signpost: Signpost, name: string): Promise<{ words: string[]; dates: string[] }> => {
  const listing = [...publicListings(signpost.db)].find(({ service }) => service.name === name);
  const answer = await (await signpost.api.request(`/api/v1/services/${listing?.service.id}`)).json();
  const sessions = answer.next_sessions as { date: string; opens_at: string | null }[];
  return { words: answer.schedule_words, dates: sessions.map(({ date, opens_at }) => `${date.slice(5)} ${opens_at}`) };
};

test('occurrences that were moved, called off or left out are so, each at its own hours', async () => {
  const of = (uid: string, ...lines: string[]) => event(`UID:${uid}@hall.example.org`, `SUMMARY:${uid}`, ...lines);
  const MOVED = 'RECURRENCE-ID;TZID=Europe/London:';
  const text = calendar(
    of('moved', 'DTSTART:20261102T100000', 'DTEND:20261102T110000', 'RRULE:FREQ=WEEKLY'),
    of('moved', `${MOVED}20261130T100000`, 'DTSTART:20261130T140000', 'DTEND:20261130T150000'),
    of('moved', `${MOVED}20261207T100000`, 'DTSTART:20261208T100000', 'DTEND:20261208T110000'),
    of('moved', `${MOVED}20261214T100000`, 'STATUS:CANCELLED', 'DTSTART:20261214T100000'),
    of('counted', 'DTSTART:20261123T100000', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;VALUE=DATE:20261130'),
    of('all day', 'DTSTART;VALUE=DATE:20261124', 'RRULE:FREQ=WEEKLY;UNTIL=20261208'),
    of('last Monday', 'DTSTART:20261130T100000', 'RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1'),
    of('summers', 'DTSTART:20260601T100000', 'RRULE:FREQ=WEEKLY;BYDAY=MO;BYMONTH=6,7'),
  );
  const signpost = createSignpost('2026-11-23T09:00:00Z');
  await harvest(signpost, register(signpost, await serve(() => text)));
  expect((await next(signpost, 'moved')).dates).toEqual(['11-23 10:00', '11-30 14:00', '12-08 10:00', '12-21 10:00']);
  expect((await next(signpost, 'counted')).dates).toEqual(['11-23 10:00', '12-07 10:00']);
  expect((await next(signpost, 'all day')).dates).toEqual(['11-24 null', '12-01 null', '12-08 null']);
  expect((await next(signpost, 'last Monday')).dates.slice(0, 3)).toEqual([
    '11-30 10:00',
    '12-28 10:00',
    '01-25 10:00',
  ]);
  expect(await next(signpost, 'summers')).toEqual({ words: [expect.stringContaining('ask for the dates')], dates: [] });
});

/** What a zone of Outlook is like: its clocks in winter and in summer, and when they change. */
const zone = (id: string, winter: string, summer: string): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:${id}`,
  ...['BEGIN:STANDARD', 'DTSTART:16010101T020000', `TZOFFSETFROM:${summer}`, `TZOFFSETTO:${winter}`],
  ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD'],
  ...['BEGIN:DAYLIGHT', 'DTSTART:16010101T010000', `TZOFFSETFROM:${winter}`, `TZOFFSETTO:${summer}`],
  ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT'],
  'END:VTIMEZONE',
];

test.each([
  ['Europe/London', [], true],
  ['Europe/Dublin', [], true],
  ['GMT Standard Time', [], true],
  ['A name of nobody', [], true],
  ['Custom', zone('Custom', '+0000', '+0100'), true],
  ['America/New_York', [], false],
  ['Europe/Paris', [], false],
  ['Atlantic/Reykjavik', [], false],
  ['Pacific Standard Time', zone('Pacific Standard Time', '-0800', '-0700'), false],
  ['Europe/London', zone('Europe/London', '+0100', '+0200'), false],
])('times in the zone %s are ours, or are asked for', async (id, described, isOurs) => {
  const meeting = event(
    'UID:z@hall.example.org',
    'SUMMARY:Tea',
    `DTSTART;TZID=${id}:20261102T100000`,
    `DTEND;TZID=${id}:20261102T110000`,
    'RRULE:FREQ=WEEKLY',
  );
  const moved = event(
    'UID:z@hall.example.org',
    `RECURRENCE-ID;TZID=${id}:20261130T100000`,
    `DTSTART;TZID=${id}:20261130T140000`,
  );
  const signpost = createSignpost('2026-11-23T09:00:00Z');
  await harvest(signpost, register(signpost, await serve(() => calendar(described, meeting, moved))));
  const { words, dates } = await next(signpost, 'Tea');
  expect(dates.slice(0, 2)).toEqual(isOurs ? ['11-23 10:00', '11-30 14:00'] : []);
  if (!isOurs) expect(words.join(' ')).toMatch(/ask for the dates/);
});

test('of an event that is at other times from some day on, the dates are asked for', async () => {
  const later = event(
    'UID:yoga@hall.example.org',
    'SUMMARY:Chair yoga',
    'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20270111T103000',
    'DTSTART;TZID=Europe/London:20270112T140000',
    'DTEND;TZID=Europe/London:20270112T150000',
  );
  const url = await serve(() => calendar(YOGA, later));
  const signpost = createSignpost();
  await harvest(signpost, register(signpost, url, 'Example Village Hall'));
  const [yoga] = [...publicListings(signpost.db)];
  expect(yoga!.service.schedules.filter(({ freq }) => freq !== undefined)).toMatchObject([{ dates_unknown: true }]);
});
