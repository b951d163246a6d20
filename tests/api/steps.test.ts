import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDirectory } from '../../api/directory/directory.ts';
import { readAges } from '../../api/domain/ages.ts';
import { readCosts } from '../../api/domain/cost/reader.ts';
import { unpackList } from '../../api/domain/handout-list.ts';
import { readLanguages } from '../../api/domain/languages/reader.ts';
import { languageOfText } from '../../api/domain/languages/written.ts';
import { NATIONS } from '../../api/domain/nation-of-place.ts';
import { readPostcode } from '../../api/domain/postcode.ts';
import { unsealPlace, unsealWords } from '../../api/domain/privacy.ts';
import { addressIn } from '../../api/domain/private-address.ts';
import { unsealSearch } from '../../api/domain/sealed-search.ts';
import { shortenText } from '../../api/domain/shorten.ts';
import { readSpokenDate } from '../../api/domain/spoken-date.ts';
import { readSpokenSchedule, readStatedSchedule } from '../../api/domain/spoken-schedule.ts';
import { readPhones } from '../../api/domain/telephone/reader.ts';
import { Refusal } from '../../api/fhir/outcome.ts';
import { PARAMETERS, type ResourceType, readParameters } from '../../api/fhir/parameters.ts';
import { areasNamed } from '../../api/geocode/area-named.ts';
import { readCode } from '../../api/handout/code.ts';
import { TABLE_COLUMNS } from '../../api/import/csv/columns.ts';
import { guessText } from '../../api/import/encoding/guess.ts';
import { unscramble } from '../../api/import/encoding/unscramble.ts';
import { type FeedClient, FeedError } from '../../api/import/fetch/client.ts';
import { isArmed, tidyLines, toText } from '../../api/import/oruk/markup.ts';
import { readFeedRecord } from '../../api/import/oruk/read.ts';
import {
  emailsIn,
  isPlaceholder,
  mendByDay,
  mendClock,
  mendDate,
  mendNumber,
  mendUrl,
} from '../../api/import/oruk/values.ts';
import { pointChecker } from '../../api/import/point-check.ts';
import { QUESTION_KINDS, readAsTold } from '../../api/import/questions/asker.ts';
import { wrongAnswer } from '../../api/import/questions/read-answer.ts';
import { readCalendar } from '../../api/import/source/calendar.ts';
import { readRpde } from '../../api/import/source/rpde.ts';
import { understand } from '../../api/import/table/layout.ts';
import { TARGETS, targetOfHeading } from '../../api/import/table/targets.ts';
import { inOurWords } from '../../api/import/table/words.ts';
import { nameWordsOf } from '../../api/matching/words.ts';
import { changeIdentity, identitySent } from '../../api/moderate/identity.ts';
import { invite } from '../../api/moderate/team.ts';
import {
  agesParameters,
  modifiedAfter,
  paging,
  placeParameters,
  timesParameters,
} from '../../api/openreferral/parameters.ts';
import { SearchParameters } from '../../api/routes/search-query.ts';
import { readSettings, SETTINGS, SettingsError } from '../../api/runtime/settings.ts';
import { readAsides } from '../../api/search/text/asides.ts';
import { fold, tokens } from '../../api/search/text/tokens.ts';
import { openStore } from '../../api/store/open.ts';
import { leadsIn } from '../../api/submit/leads.ts';
import { isEmail, linksIn, urlOf } from '../../api/submit/typed.ts';
import { openUrgentHelp } from '../../api/urgent/urgent.ts';
import { createWorld } from '../fixtures/world.ts';
import { faultsOf, patternsIn } from '../helpers/patterns.ts';
import { stepsOf, stepsUntil, stopCounting } from '../helpers/steps.ts';
import { group } from './cases/front-door.ts';
import { TODAY } from './import/csv-file.ts';

/**
 * Nobody is held up by a value: what is read is cut to a greatest length first, and what is left of it is read in steps that
 * grow no faster than it does.
 */

/** One character of each kind: letters, figures, blanks, and all that is a sign to some reader. */
const KINDS = [...'aZé09 \t\n\u00a0.,;:-–/\\|&@#£%+*=?!\'"’()[]{}<>~_٣あ☎\u200b'];
/** What a reader takes for the beginning of something, again and again. */
const BEGINNINGS = [
  'a ',
  '1-',
  '10:',
  'a.',
  ', ',
  '(a',
  '<a',
  '<!--',
  '<p>',
  '&#',
  '&amp;',
  '£1 ',
  '07',
  'a@',
  ' or ',
  'Mon ',
].concat(['from ', 'http://', 'E8 1', '[', '%2', '\r\n', 'not ', "don't ", 'age ', 'and ', '24/7 ', 'Ã©', 'x&lt;']);
const SHORT = 400;
const LONG = 4_000;

/** Texts of a length: runs, and runs after and before what makes a reader look for more. */
const textsOf = (length: number): string[] =>
  [...KINDS, ...BEGINNINGS].map((kind, at) => {
    const run = kind.repeat(Math.ceil(length / kind.length)).slice(0, length);
    return [run, `£1${run}x`, `(a@b${run}.c`][at % 3] as string;
  });

const SECRET = new Uint8Array(32).fill(7);
const urgent = openUrgentHelp(null);
const draft = () => ({ service: {}, organization: {}, venues: [{}], today: TODAY });
const context = {
  feed: { id: 'test', name: 'A council', url: 'https://council.example.org', licence: null },
  points: pointChecker(openStore(':memory:')),
  today: TODAY,
};

afterAll(stopCounting);

const world = createWorld();
const directory = createDirectory(world);

const READERS: Record<string, (text: string) => unknown> = {
  'telephone numbers': (text) => readPhones(text),
  costs: (text) => [readCosts(text), readCosts(text, true)],
  ages: (text) => [readAges(text, 'minimum_age'), readAges(text, 'maximum_age')],
  languages: (text) => readLanguages(text),
  'the language of a text': (text) => languageOfText(text),
  areas: (text) => areasNamed(text),
  'days and times': (text) => [readSpokenSchedule(text, TODAY), readStatedSchedule(text, TODAY)],
  dates: (text) => [readSpokenDate(text, TODAY), mendDate(text), mendClock(text), mendByDay(text)],
  numbers: (text) => [mendNumber(text), isPlaceholder(text)],
  postcodes: (text) => readPostcode(text),
  'sealed addresses': (text) => [unsealPlace(text, SECRET), unsealWords(text, SECRET)],
  'web addresses': (text) => [mendUrl(text), urlOf(text), linksIn(text)],
  'e-mail addresses': (text) => [emailsIn(text), isEmail(text)],
  'where a text leads': (text) => leadsIn(text),
  markup: (text) => [toText(text), toText(`<p>${text}</p>`), isArmed(text), isArmed(`<${text}`), tidyLines(text)],
  'what is too long': (text) => shortenText(text, 100),
  'letters of another encoding': (text) => [unscramble(text), guessText(Buffer.from(text, 'latin1'))],
  'words to search for': (text) => [fold(text), tokens(text)],
  'words of danger': (text) => [urgent.for(text, [], NATIONS), urgent.isPrivate(text, [])],
  'words of a name': (text) => nameWordsOf(text),
  'what is asked beside the words of a search': (text) => readAsides(text),
  'parameters of FHIR': (text) => {
    for (const type of Object.keys(PARAMETERS) as ResourceType[])
      for (const name of Object.keys(PARAMETERS[type].shape))
        orRefused(() => readParameters(type, new URLSearchParams([[name, text]])));
  },
  'answers to what a feed leaves open': (text) => [
    readAsTold(text, text),
    ...QUESTION_KINDS.map((kind) => wrongAnswer(kind, text, { home: null }, TODAY)),
  ],
  'parameters of a search, which pages, booklets and frames ask with': (text) => {
    for (const name of Object.keys(SearchParameters.shape)) SearchParameters.safeParse({ [name]: text });
  },
  'parameters of Open Referral UK': (text) => {
    const all = z.object({ ...paging, ...placeParameters, ...timesParameters, ...agesParameters, modifiedAfter });
    for (const name of Object.keys(all.shape)) all.partial().safeParse({ [name]: text });
  },
  settings: (text) => {
    for (const { name } of SETTINGS)
      try {
        readSettings({ [name]: text });
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error;
      }
  },
  'what owners write about their copy, and whom they invite': (text) => {
    const texts = { name: text, welcome: text, story: text, home: text, contact: text };
    changeIdentity(directory, identitySent(texts, { categories: [], languages: [] }, []), 'leave', 0);
    invite(directory, text, 'reader', { person: 0, named: [] });
  },
  'headings of a table of any shape': (text) => targetOfHeading(text),
  'codes and lists of handouts': (text) => [readCode(text), unpackList(text), unsealSearch(text, SECRET)],
  'private addresses in a text': (text) =>
    addressIn(text, [
      { postcode: 'E8 2ZZ', street: '7 Secret Lane' },
      { postcode: '', street: '' },
    ]),
};

/** What is refused says so; here it matters what was looked at before. */
function orRefused(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** A record in which every field that is read holds the text. */
const recordOf = (text: string) => ({
  ...group('A group', {}),
  name: text,
  alternate_name: text,
  description: text,
  url: text,
  email: text,
  status: text,
  fees: text,
  minimum_age: text,
  maximum_age: text,
  assured_date: text,
  last_modified: text,
  eligibility_description: text,
  phones: [{ number: text, type: text, extension: text, description: text }],
  languages: [{ name: text, code: text }],
  cost_options: [{ option: text, amount: text, amount_description: text, valid_from: text, currency: text }],
  contacts: [{ email: text, title: text }],
  service_areas: [{ name: text }],
  schedules: [{ description: text, byday: text, opens_at: text, dtstart: text, freq: text }],
  service_at_locations: [
    {
      location: {
        name: text,
        latitude: text,
        longitude: text,
        addresses: [{ address_1: text, city: text, postal_code: text }],
      },
    },
  ],
});

function cells(text: string): void {
  for (const { read } of TABLE_COLUMNS)
    try {
      read(text.trim(), draft());
    } catch {
      // A cell that cannot be read says so; here it matters what was looked at before.
    }
}

/** A table of another's, every column of which holds the text. */
function ownTable(text: string): void {
  const cells = TARGETS.map(() => text);
  const rows = [TARGETS.map(({ target }) => target), cells, cells].map((each, at) => ({ line: at + 1, cells: each }));
  understand([{ name: 'Sheet1', rows }], {}, () => null);
  for (const { target } of TARGETS) inOurWords(target, text, {});
}

/** What holds many values at once. */
const WHOLE: Record<string, (text: string) => unknown> = {
  'a table of any shape': ownTable,
  'a row of a table': cells,
  'a record of a feed': (text) => readFeedRecord(recordOf(text), context),
};

/** A server that answers with these pages, and with this text. */
const serving = (pages: Record<string, unknown>, text = ''): FeedClient => ({
  json: async (url) => ({
    status: 200,
    headers: new Headers(),
    body: pages[url] ?? { items: [], next: url },
    note: null,
  }),
  open: async () => new Response(text),
  onBytes: () => {},
});

async function readThrough(pieces: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of pieces);
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
  }
}

/** A series in which every field that is read holds the text, with a session of its own. */
function openActive(text: string): Promise<void> {
  const label = [{ prefLabel: text }];
  const place = {
    name: text,
    telephone: text,
    address: { streetAddress: text, postalCode: text, addressLocality: text },
  };
  const when = { repeatFrequency: text, startTime: text, endTime: text, startDate: text, endDate: text };
  const series = {
    '@type': 'SessionSeries',
    '@id': 'series',
    ...when,
    name: text,
    description: text,
    url: text,
    activity: label,
    category: label,
    level: label,
    accessibilitySupport: label,
    organizer: { name: text, telephone: text, email: text, url: text },
    offers: [{ price: text, name: text, priceCurrency: text }],
    location: place,
    eventStatus: text,
    genderRestriction: text,
    eventSchedule: [{ ...when, byDay: [text], exceptDate: [text] }],
    subEvent: [{ ...when, eventStatus: text }],
  };
  const next = 'https://sport.example.org/feed?after=1';
  const items = [
    { id: '1', kind: 'SessionSeries', state: 'updated', data: series },
    { id: '2', kind: text, state: text, data: series },
    {
      id: '3',
      kind: 'ScheduledSession',
      state: 'updated',
      data: { '@type': 'ScheduledSession', ...when, superEvent: text },
    },
  ];
  const client = serving({});
  return readThrough(
    readRpde('https://sport.example.org/feed', { items, next }, null, { client, today: TODAY }, () => {}),
  );
}

/** A calendar of that text, and one in which every field that is read holds it. */
async function calendar(text: string): Promise<void> {
  const line = text.replaceAll(/[\r\n]/g, ' ');
  const fields = ['SUMMARY', 'DESCRIPTION', 'LOCATION', 'CATEGORIES', 'URL', 'STATUS', 'CLASS'];
  const event = (more: string[]) => ['BEGIN:VEVENT', 'UID:1', ...more, 'END:VEVENT'];
  const files = [
    text,
    ...[
      ['DTSTART:20261124T180000Z', 'RRULE:FREQ=WEEKLY', ...fields.map((name) => `${name}:${line}`)],
      ...['DTSTART', 'DTEND', 'EXDATE', 'RDATE', 'RECURRENCE-ID'].map((name) => [
        'DTSTART:20261124T180000Z',
        'RRULE:FREQ=WEEKLY',
        `${name}:${line}`,
      ]),
      ['DTSTART:20261124T180000Z', `RRULE:${line}`],
      ['DTSTART:20261124T180000Z', `RRULE:FREQ=WEEKLY;BYDAY=${line}`],
    ].map((more) => ['BEGIN:VCALENDAR', `X-WR-CALNAME:${line}`, ...event(more), 'END:VCALENDAR'].join('\r\n')),
  ];
  for (const file of files)
    await readThrough(readCalendar('https://hall.example.org/hall.ics', serving({}, file), TODAY));
}

/** What is fetched and read as it comes. */
const FETCHED: Record<string, (text: string) => Promise<void>> = {
  'a feed of OpenActive': openActive,
  'a calendar': calendar,
};

async function stepsOfFetched(length: number, read: (text: string) => Promise<void>): Promise<number> {
  const { count } = await stepsUntil(async () => {
    for (const text of textsOf(length).filter((_, at) => at % 3 === 0)) await read(text);
  });
  return count;
}

const used = new Map<string, RegExp>();
/** @param each that so many of the texts are read */
function stepsFor(length: number, read: (text: string) => unknown, each: number): number {
  const { count, patterns } = stepsOf(() => {
    for (const text of textsOf(length).filter((_, at) => at % each === 0)) read(text);
  });
  for (const [written, pattern] of patterns) used.set(written, pattern);
  return count;
}

/** Ten times as long is ten times the steps, more where something is looked at from some length on; their square is a hundred. */
const MOST_TIMES = 25;

describe('long runs of one character, and of beginnings of something', () => {
  beforeAll(() => {
    // What is made at its first use is made before anything is counted.
    for (const read of Object.values(READERS)) read('E8');
  });

  test.each(Object.entries(READERS))('%s', (_, read) => {
    expect(stepsFor(LONG, read, 2) / stepsFor(SHORT, read, 2)).toBeLessThan(MOST_TIMES);
  });

  test.each(Object.entries(WHOLE))('%s', (_, read) => {
    expect(stepsFor(LONG, read, 9) / stepsFor(SHORT, read, 9)).toBeLessThan(MOST_TIMES);
  });

  test.each(Object.entries(FETCHED))('%s', async (_, read) => {
    await read('E8');
    expect((await stepsOfFetched(LONG, read)) / (await stepsOfFetched(SHORT, read))).toBeLessThan(MOST_TIMES);
  });

  test('in a record of a feed are cut before any pattern sees them', () => {
    const { longest } = stepsOf(() => readFeedRecord(recordOf('a '.repeat(12_000)), context));
    expect(longest).toBeGreaterThan(10_000);
    expect(longest).toBeLessThan(110_000);
  });

  test('used no pattern that is worse than linear, those that are put together as the program runs among them', () => {
    const written = new Set(patternsIn('api').map(({ pattern }) => String(pattern)));
    const made = [...used.values()].filter((pattern) => !written.has(String(pattern)));
    expect(made.length).toBeGreaterThan(10);
    expect(made.flatMap((pattern) => faultsOf(pattern).map((fault) => `${pattern}: ${fault}`))).toEqual([]);
  });
});

test('steps are counted', () => {
  const squares = (length: number) =>
    stepsOf(() => {
      for (let at = 0; at < length; at++) /x/.exec('a'.repeat(length - at));
    }).count;
  expect(squares(1000) / squares(100)).toBeGreaterThan(50);
});
