import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../api/domain/calendar.ts';
import type { Standing } from '../../api/domain/reach.ts';
import { type Listing, Organization, type RecordState, Service } from '../../api/domain/service.ts';
import { dateIn } from '../../api/handout/dates.ts';
import {
  HANDOUT_LANGUAGES,
  type HandoutLanguage,
  handoutMessage,
  type MessageKey,
} from '../../api/handout/messages.ts';
import { paperListing } from '../../api/handout/paper.ts';
import { calendarWarnings, mailText, placesInMessage, recordLine, recordText } from '../../api/handout/texts.ts';
import { serviceView } from '../../api/results/views.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';

/** Every kind of listing through every form: whatever the card warns of, all of them say, in every language. */

const NOW = new Date('2026-11-21T12:00:00Z');
const HACKNEY = { type: 'district', code: 'E09000012', name: 'Hackney' } as const;
const WEEKLY = { freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' } as const;
const SOMEWHERE = BATCH.locations?.find(({ id }) => id === IDS.library);
const BASE = BATCH.services?.find(({ service }) => service.id === IDS.class)?.service;

/** A listing of the fixtures with something changed, as the public sees it. */
function listing(over: Record<string, unknown>, state: RecordState = 'published'): Listing {
  if (!SOMEWHERE || !BASE) throw new Error('The fixture has no such listing.');
  const service = Service.parse({ ...BASE, service_areas: [], schedules: [WEEKLY], ...over });
  return {
    service,
    organization: Organization.parse({ id: BASE.organization_id, name: 'Example group', phone: '020 7946 0001' }),
    locations: service.location_ids.length > 0 ? [SOMEWHERE] : [],
    state,
    last_modified: '2026-11-20T09:00:00.000Z',
  };
}

const here = (over: Partial<Standing> = {}): Standing => ({
  kind: 'venue',
  certain: true,
  distance_m: 800,
  location_id: IDS.library,
  ...over,
});

interface Kind {
  listing: Listing;
  standing?: Standing;
  /** What has to be said, as a message or as the listing's own words. */
  says: readonly (
    | readonly [MessageKey, Record<string, string> | ((language: HandoutLanguage) => Record<string, string>)]
    | string
  )[];
  /** What must not be. */
  never?: readonly string[];
  /** Whether a calendar, which knows no address, can say it. */
  byAddress?: boolean;
}

const until = (language: HandoutLanguage) => ({ date: dateIn(language, '2027-03-05') });
const KINDS: Record<string, Kind> = {
  'women only, 16 and over': {
    listing: listing({ eligibility: { minimum_age: 16, restrictions: ['Women only'] } }),
    says: [
      ['who_women', {}],
      ['who_age_from', { from: '16' }],
    ],
  },
  'men only, members only': {
    listing: listing({ eligibility: { restrictions: ['Men only', 'Members only'] } }),
    says: [
      ['who_men', {}],
      ['who_members', {}],
    ],
  },
  'kept for people in words of its own': {
    listing: listing({ eligibility: { restrictions: ['Veterans of the Royal Navy'] } }),
    says: ['Veterans of the Royal Navy'],
  },
  'ages between': {
    listing: listing({ eligibility: { minimum_age: 11, maximum_age: 25 } }),
    says: [['who_age_range', { from: '11', to: '25' }]],
  },
  'ages up to': { listing: listing({ eligibility: { maximum_age: 5 } }), says: [['who_age_to', { to: '5' }]] },
  '65 and over, and full now': {
    listing: listing({ eligibility: { minimum_age: 65 }, availability: { state: 'full' } }),
    says: [
      ['who_age_from', { from: '65' }],
      ['note_full', {}],
    ],
  },
  'full until a day': {
    listing: listing({ availability: { state: 'full', until: '2027-03-05' } }),
    says: [['note_full_until', until]],
  },
  'a waiting list': {
    listing: listing({ availability: { state: 'waiting_list' } }),
    says: [['note_waiting_list', {}]],
  },
  'a waiting list until a day': {
    listing: listing({ availability: { state: 'waiting_list', until: '2027-03-05' } }),
    says: [['note_waiting_list_until', until]],
  },
  paused: { listing: listing({ availability: { state: 'paused' } }), says: [['note_paused', {}]] },
  'paused until a day': {
    listing: listing({ availability: { state: 'paused', until: '2027-03-05' } }),
    says: [['note_paused_until', until]],
  },
  'not confirmed': { listing: listing({}, 'unconfirmed'), says: [['note_unconfirmed', {}]] },
  'an example': { listing: listing({ example: true }), says: [['note_example', {}]] },
  'in school terms': { listing: listing({ schedules: [{ ...WEEKLY, term_time: true }] }), says: [['check_first', {}]] },
  'one of two times in school terms': {
    listing: listing({ schedules: [WEEKLY, { ...WEEKLY, byday: 'FR', term_time: true }] }),
    says: [['check_first', {}]],
  },
  'for people who live there': {
    listing: listing({ service_areas: [HACKNEY] }),
    says: [['who_live_in', { areas: 'Hackney' }]],
  },
  'with an area that nobody could look up': {
    listing: listing({ service_area_status: 'unread', service_area_words: ['the Hamlets'] }),
    says: [['note_ask_area', {}]],
  },
  'not for this address': {
    listing: listing({ service_areas: [HACKNEY] }),
    standing: here({ kind: 'not_serving' }),
    says: [['note_not_here', { areas: 'Hackney' }]],
    never: ['people who live in'],
    byAddress: true,
  },
  'of an area that nobody knows, from an address': {
    listing: listing({ service_area_status: 'unsaid' }),
    standing: here({ kind: 'unclear', certain: false }),
    says: [['note_ask_area', {}]],
    never: ['May not cover this address'],
  },
  'perhaps for this address': {
    listing: listing({ service_areas: [HACKNEY] }),
    standing: here({ certain: false }),
    says: [
      ['note_perhaps_here', {}],
      ['who_live_in', { areas: 'Hackney' }],
    ],
    byAddress: true,
  },
  'copied, and checked by nobody': {
    listing: listing({ assured_by: 'source', assured_date: '2026-11-03', source: { name: 'Exampleshire Council' } }),
    says: [['from_source', (language) => ({ source: 'Exampleshire Council', date: dateIn(language, '2026-11-03') })]],
  },
  'copied, and sorted by its words': {
    listing: listing({
      assured_by: 'source',
      guessed: ['taxonomy_terms', 'kind'],
      source: { name: 'Exampleshire Council' },
    }),
    says: [['sorted_by_words', {}]],
  },
  'sorted by its words, and checked by its organisation since': {
    listing: listing({ assured_by: 'organization', guessed: ['taxonomy_terms', 'kind'] }),
    says: [],
    never: ['our guess'],
  },
  'all at once: women of 65, full, in terms, an example, guessed, in Turkish, and not for this address': {
    listing: listing({
      eligibility: { minimum_age: 65, restrictions: ['Women only'] },
      availability: { state: 'full', until: '2027-03-05' },
      schedules: [{ ...WEEKLY, term_time: true }],
      example: true,
      assured_by: 'source',
      assured_date: '2026-11-03',
      guessed: ['taxonomy_terms', 'kind'],
      source: { name: 'Exampleshire Council' },
      written_in: 'tr',
      service_areas: [HACKNEY],
    }),
    standing: here({ kind: 'not_serving' }),
    says: [
      ['note_not_here', { areas: 'Hackney' }],
      ['who_women', {}],
      ['who_age_from', { from: '65' }],
      ['note_full_until', until],
      ['check_first', {}],
      ['note_example', {}],
      ['sorted_by_words', {}],
      ['from_source', (language) => ({ source: 'Exampleshire Council', date: dateIn(language, '2026-11-03') })],
    ],
    byAddress: true,
  },
  'all at once: members, a waiting list, not confirmed, unclear': {
    listing: listing(
      {
        eligibility: { maximum_age: 25, restrictions: ['Members only'] },
        availability: { state: 'waiting_list', until: '2027-03-05' },
        service_area_status: 'unread',
        service_area_words: ['the Hamlets'],
        example: true,
        assured_by: 'source',
        guessed: ['taxonomy_terms', 'kind'],
        source: { name: 'Exampleshire Council' },
      },
      'unconfirmed',
    ),
    standing: here({ kind: 'unclear', certain: false }),
    says: [
      ['note_ask_area', {}],
      ['who_members', {}],
      ['who_age_to', { to: '25' }],
      ['note_waiting_list_until', until],
      ['note_unconfirmed', {}],
      ['note_example', {}],
      ['sorted_by_words', {}],
    ],
  },
  'checked by the directory’s team': {
    listing: listing({ assured_by: 'moderator', assured_date: '2026-11-03' }),
    says: [['checked_by_moderator', (language) => ({ date: dateIn(language, '2026-11-03') })]],
  },
};

/** Every form that leaves these pages, by name. */
function forms(
  language: HandoutLanguage,
  { listing: it, standing = null as unknown as Standing, byAddress }: Kind,
): [string, string][] {
  const view = serviceView(it, NOW);
  const paper = paperListing(language, view, standing);
  const english = paperListing('en', view, standing);
  const calendar = calendarOf([it], NOW, () => calendarWarnings(language, view))
    .replaceAll(/\r\n /g, '')
    .replaceAll('\\,', ',')
    .replaceAll('\\;', ';');
  return [
    ['the paper and the short link', JSON.stringify([paper.notes, paper.who, paper.provenance])],
    ['the mail', mailText(language, [paper], null, new Set())],
    ...(language === 'en'
      ? ([
          ['the record', recordText([english], '2026-11-21', null)],
          ['its one line', recordLine([english], '2026-11-21', null)],
        ] as [string, string][])
      : []),
    ...(byAddress ? [] : ([['the calendar', calendar]] as [string, string][])),
  ];
}

describe.each(HANDOUT_LANGUAGES)('%s', (language) => {
  test.each(Object.entries(KINDS))('%s: every form says it', (_name, kind) => {
    for (const [form, text] of forms(language, kind)) {
      for (const words of kind.never ?? []) expect(text, form).not.toContain(words);
      for (const said of kind.says) {
        const [key, values] = typeof said === 'string' ? [null, {}] : said;
        const words =
          key === null
            ? (said as string)
            : handoutMessage(language, key, typeof values === 'function' ? values(language) : values);
        expect(text, form).toContain(words);
      }
    }
  });

  test('all times, or that there are more', () => {
    const days = ['MO', 'TU', 'WE'].map((byday) => ({ ...WEEKLY, byday }));
    const more = (schedules: unknown[]) =>
      paperListing(language, serviceView(listing({ schedules }), NOW), null).more?.text ?? '';
    expect(more(days)).toContain(handoutMessage(language, 'more_times'));
    const once = (dtstart: string) => ({ dtstart, opens_at: '10:30' });
    expect(more([once('2026-12-01'), once('2026-12-02')])).not.toContain(handoutMessage(language, 'more_times'));
  });

  test('what is had online is no journey: how, and where it is found, and no building', () => {
    const it = listing({ attending_types: ['in_person', 'online'], url: 'https://example.org/online' });
    for (const standing of [
      here({ kind: 'remote', distance_m: null, location_id: null }),
      here({ distance_m: 640_000 }),
    ]) {
      const paper = paperListing(language, serviceView(it, NOW), standing);
      expect(paper.where).toEqual([{ text: handoutMessage(language, 'way_online'), lang: language }]);
      expect(paper.contact?.value).toBe('https://example.org/online');
      expect([paper.access, paper.getting_there]).toEqual([null, null]);
      expect(JSON.stringify(paper)).not.toContain(SOMEWHERE?.address?.postal_code);
      const mail = mailText(language, [paper], null, new Set());
      expect(mail).toContain('https://example.org/online');
      expect(mail).not.toContain(SOMEWHERE?.address?.postal_code);
    }
    // Whoever opens the short link may be anywhere: both are said.
    const anywhere = paperListing(language, serviceView(it, NOW), null).where.map(({ text }) => text);
    expect(anywhere[0]).toBe(handoutMessage(language, 'way_online'));
    expect(anywhere[1]).toContain(SOMEWHERE?.address?.postal_code);
  });

  test.each([null, here({ kind: 'unclear', certain: false, distance_m: null, location_id: null })])(
    'nobody is sent to where a telephone stands: %j',
    (standing) => {
      const it = listing({ attending_types: ['phone'], service_area_status: 'unsaid' });
      const paper = paperListing(language, serviceView(it, NOW), standing);
      expect(paper.where).toEqual([{ text: handoutMessage(language, 'way_phone'), lang: language }]);
      expect([paper.access, paper.getting_there, paper.destination]).toEqual([null, null, null]);
      expect(calendarOf([it], NOW, () => [])).not.toMatch(/^(LOCATION|GEO)/m);
    },
  );

  test('an address that is kept private does not hide that it is had by phone', () => {
    const it = listing({ attending_types: ['in_person', 'phone'] });
    const hidden = { ...it, locations: it.locations.map((place) => ({ ...place, confidential: true })) };
    const view = serviceView(hidden, NOW);
    expect(paperListing(language, view, null).where.map(({ text }) => text)).toEqual([
      handoutMessage(language, 'way_phone'),
      handoutMessage(language, 'address_private'),
    ]);
    expect(calendarWarnings(language, view).join()).toContain(handoutMessage(language, 'way_phone'));
  });

  test('what to say on the phone is for who can be rung, and of a line for a line', () => {
    const line = listing({ attending_types: ['phone'], location_ids: [], schedules: [] });
    expect(paperListing(language, serviceView(line, NOW), null).say?.english).toBe(handoutMessage('en', 'say_phone'));
    const silent = {
      ...listing({ phones: [] }),
      organization: Organization.parse({ id: IDS.nowhere, name: 'Example' }),
    };
    expect(paperListing(language, serviceView(silent, NOW), null).say).toBeNull();
  });
});

test('a mail does not say what a listing is for that it must not name', () => {
  const paper = paperListing(
    'en',
    serviceView(listing({ name: 'A refuge', phones: [{ number: '020 7946 0999' }] }), NOW),
    null,
  );
  const mail = mailText('en', [paper], 'https://a.example/h/k7mfq3xwrn', new Set([paper.id]));
  expect(mail).toContain('020 7946 0999');
  expect(mail).toContain('https://a.example/h/k7mfq3xwrn');
  for (const words of ['A refuge', paper.summary.text, paper.organization]) expect(mail).not.toContain(words);
});

test.each(HANDOUT_LANGUAGES)(
  'a text message says of what it names whatever must be known before going: %s',
  (language) => {
    for (const { listing: it, standing = null, says, byAddress: _ } of Object.values(KINDS)) {
      const view = serviceView(it, NOW);
      const [place] = placesInMessage([paperListing(language, view, standing as Standing | null)], new Set());
      const cautions = place?.cautions.join('; ') ?? '';
      for (const said of says) {
        if (typeof said === 'string') expect(cautions).toContain(said);
        // Whose word it is stands where the link leads, and so does what sort of help it is.
        else if (!/^(from_source|checked_by|sorted_by_words)/.test(said[0])) {
          const [key, values] = said;
          expect(cautions).toContain(
            handoutMessage(language, key, typeof values === 'function' ? values(language) : values),
          );
        }
      }
    }
  },
);

test('at a venue of several, only its own times are said', () => {
  const it = listing({ schedules: [{ ...WEEKLY, location_id: IDS.church }] });
  const paper = paperListing('en', serviceView(it, NOW), here());
  expect(paper.next).toBeNull();
});
