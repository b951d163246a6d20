import { decodeHTML } from 'entities';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packList } from '../../api/domain/handout-list.ts';
import { Schedule, type Service } from '../../api/domain/service.ts';
import type { HandoutLanguage } from '../../api/handout/messages.ts';
import { saveBatch } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { type MailServer, startMailServer } from '../helpers/mail-server.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { type Visitor, visitor } from '../helpers/visitor.ts';

/**
 * What a patient takes home, through the front door: listings that somebody must be warned of, printed, pasted into a record,
 * mailed, sent as a text message, put into a calendar and opened by the short link, each with all of its cautions. The words
 * stand here once more, as they are to be read.
 */

const UK = { type: 'uk', code: 'K02000001', name: 'the United Kingdom' } as const;
const SOUTHAMPTON = { type: 'district', code: 'E06000045', name: 'Southampton' } as const;
const weekly = (byday: string) => Schedule.parse({ freq: 'WEEKLY', byday, opens_at: '10:30', closes_at: '12:00' });

type Form = 'paper' | 'record' | 'line' | 'mail' | 'message' | 'calendar' | 'link';
const WITH_ADDRESS = ['paper', 'record', 'line', 'mail', 'message'] as const;
const WITHOUT_ADDRESS = ['calendar', 'link'] as const;
const IN_FULL = ['paper', 'record', 'mail', 'link'] as const;
const EVERY = [...WITH_ADDRESS, ...WITHOUT_ADDRESS];

interface Caution {
  /** English, Turkish. */
  words: readonly [en: string, tr: string];
  in: readonly Form[];
}

interface Kind {
  name: string;
  id: string;
  over: Partial<Service>;
  cautions: readonly Caution[];
  /** What none of these forms may say. */
  never?: { words: string; in: readonly Form[] };
}

/** Searched from E8 1EA in Hackney. The library is there; the far hall is in Southampton, seventy miles away. */
const KINDS: readonly Kind[] = [
  {
    name: 'women only, 16 and over',
    id: IDS.class,
    over: { eligibility: { minimum_age: 16, restrictions: ['Women only'] } },
    cautions: [
      { words: ['women only', 'yalnızca kadınlar'], in: EVERY },
      { words: ['aged 16 and over', '16 yaş ve üzeri'], in: EVERY },
    ],
  },
  {
    name: '65 and over, and full now',
    id: IDS.full,
    over: { eligibility: { minimum_age: 65, restrictions: [] }, availability: { state: 'full' } },
    cautions: [
      { words: ['aged 65 and over', '65 yaş ve üzeri'], in: EVERY },
      { words: ['Full now', 'Şu anda dolu'], in: EVERY },
    ],
  },
  {
    name: 'online, from far away',
    id: IDS.course,
    over: {
      attending_types: ['in_person', 'online'],
      location_ids: [IDS.hall],
      service_areas: [UK],
      url: 'https://pain.example.org/join',
    },
    cautions: [
      { words: ['Online', 'İnternet üzerinden'], in: [...IN_FULL, 'calendar'] },
      {
        words: ['https://pain.example.org/join', 'https://pain.example.org/join'],
        in: [...IN_FULL, 'line', 'calendar'],
      },
    ],
    never: { words: 'SO14', in: WITH_ADDRESS },
  },
  {
    name: 'three times a week, of which two are said',
    id: IDS.befriending,
    over: { schedules: ['MO', 'WE', 'FR'].map(weekly) },
    cautions: [
      { words: ['and more', 've başka saatler'], in: IN_FULL },
      { words: ['BYDAY=MO', 'BYDAY=MO'], in: ['calendar'] },
      { words: ['BYDAY=WE', 'BYDAY=WE'], in: ['calendar'] },
      { words: ['BYDAY=FR', 'BYDAY=FR'], in: ['calendar'] },
    ],
  },
  {
    name: 'not for this address',
    id: IDS.elsewhere,
    over: { service_areas: [SOUTHAMPTON] },
    cautions: [
      {
        words: [
          'Not for this address: only for people in Southampton',
          'Bu adres için değil: yalnızca Southampton bölgesinde oturanlar için',
        ],
        in: WITH_ADDRESS,
      },
      {
        words: ['people who live in Southampton', 'Southampton bölgesinde oturanlar'],
        in: WITHOUT_ADDRESS,
      },
    ],
  },
];

/** What every form says of every one: a source that nobody has checked, which was sorted by its words alone. */
const COPIED: Caution = {
  words: [
    'From Exampleshire Council, 3 November 2026; not checked by us; the kind of help is our guess',
    'Kaynak: Exampleshire Council, 3 Kasım 2026; biz kontrol etmedik; yardımın türü bizim tahminimizdir',
  ],
  in: EVERY.filter((form) => form !== 'message'),
};

/** The fixed directory with those listings in it. */
function directory() {
  const batch = structuredClone(BATCH);
  for (const { service } of batch.services ?? []) {
    const kind = KINDS.find(({ id }) => id === service.id);
    if (kind)
      Object.assign(
        service,
        {
          attending_types: ['in_person'],
          location_ids: [IDS.library],
          service_areas: [],
          availability: { state: 'open' },
          schedules: [weekly('TU')],
          assured_by: 'source',
          assured_date: '2026-11-03',
          guessed: ['taxonomy_terms', 'kind'],
          source: { name: 'Exampleshire Council' },
        } satisfies Partial<Service>,
        kind.over,
      );
  }
  const hall = batch.locations?.find(({ id }) => id === IDS.hall);
  if (hall)
    Object.assign(hall, {
      address: { address_1: '1 Made-up Street', city: 'Southampton', postal_code: 'SO14 2AA' },
      latitude: 50.904,
      longitude: -1.404,
    });
  return batch;
}

const PATIENT = 'patient@example.org';
const folder = temporaryFolder();
let mail: MailServer;
let site: Site;
let somebody: Visitor;
let near: string;

beforeAll(async () => {
  const file = folder.file('signpost.sqlite');
  const db = openStore(file);
  saveBatch(db, directory(), '2026-11-20T09:00:00.000Z');
  closeStore(db);
  [site, mail] = await Promise.all([startSite({ DATABASE: file }), startMailServer()]);
  somebody = visitor(site.origin);
  near = new URL((await somebody.get('/search?postcode=E8+1EA')).to, site.origin).searchParams.get('near') ?? '';
});
afterAll(async () => {
  await Promise.all([site.stop(), mail.stop()]);
  folder.remove();
});

/** What can be read of a part of a page, on one line. */
const textOf = (html: string): string => decodeHTML(html.replaceAll(/<[^>]+>/g, ' ')).replaceAll(/\s+/g, ' ');
const sheetOf = (html: string): string =>
  textOf(/<article[^>]*>.*<\/article>/s.exec(html)?.[0] ?? '').replaceAll(/\s+([.,;:)])/g, '$1');
const fieldOf = (html: string, id: string): string =>
  decodeHTML(new RegExp(`<textarea id="${id}"[^>]*>(.*?)</textarea>`, 's').exec(html)?.[1] ?? '');

/** Sends what the link of the page writes, as the program for mail of whoever taps it does. */
async function mailed(html: string, subject: string): Promise<string> {
  const link = new URL(decodeHTML(/href="(mailto:[^"]+)"/.exec(html)?.[1] ?? ''));
  const transport = createTransport(mail.url, { from: 'practice@example.org' });
  const text = link.searchParams.get('body') ?? '';
  await transport.sendMail({ from: 'practice@example.org', to: PATIENT, subject, text });
  transport.close();
  return (await mail.waitFor(PATIENT, new RegExp(subject))).text;
}

/** Every form of one listing, found from E8 1EA. */
async function formsOf(id: string, language: HandoutLanguage): Promise<Record<Form, string>> {
  const lang = language === 'en' ? '' : `&lang=${language}`;
  const path = `/handout?list=${packList([id])}&near=${near}${lang}`;
  const { to } = await somebody.post(path, {});
  const code = new URL(to, site.origin).searchParams.get('code');
  const [page, opened, dates] = await Promise.all([
    somebody.get(to),
    somebody.get(`/h/${code}?lang=${language}`),
    somebody.get(`/api/v1/handouts/${code}/calendar.ics?lang=${language}`),
  ]);
  expect([page.status, opened.status, dates.status]).toEqual([200, 200, 200]);
  return {
    paper: sheetOf(page.text),
    record: fieldOf(page.text, 'record'),
    line: fieldOf(page.text, 'record-line'),
    mail: await mailed(page.text, `${id} ${language}`),
    message: fieldOf(page.text, 'sms'),
    calendar: dates.text.replaceAll(/\r\n /g, '').replaceAll(/\\([,;])/g, '$1'),
    link: sheetOf(opened.text),
  };
}

/** A message that names nothing has the link right after its first words. */
const namesPlaces = (message: string): boolean => !/: https?:\/\/\S+$/.test(message);
/** As the alphabet of text messages has it. */
const plain = (words: string): string =>
  words.replaceAll('ı', 'i').normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC');

const CASES = KINDS.flatMap((kind) => (['en', 'tr'] as const).map((language) => ({ ...kind, language })));

test('a text message has room for most of them', async () => {
  const messages = await Promise.all(KINDS.map(async ({ id }) => (await formsOf(id, 'en')).message));
  expect(messages.map(namesPlaces)).toEqual(KINDS.map(() => true));
});

test.each(CASES)('$name, in $language: every form says it', async ({ id, language, cautions, never }) => {
  const forms = await formsOf(id, language);
  for (const [form, text] of Object.entries(forms)) expect(text.length, form).toBeGreaterThan(40);
  for (const { words, in: where } of [...cautions, COPIED])
    for (const form of where) {
      // The record is the practice's: it is in English whatever the patient reads.
      const [english, turkish] = words;
      const said = language === 'en' || form === 'record' || form === 'line' ? english : turkish;
      // A text message that has no room for the caution does not name the place either.
      if (form !== 'message') expect(forms[form], form).toContain(said);
      else if (namesPlaces(forms.message)) expect(plain(forms.message), form).toContain(plain(said));
    }
  for (const form of never?.in ?? []) expect(forms[form], form).not.toContain(never?.words);
});
