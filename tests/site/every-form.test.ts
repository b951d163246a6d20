import { decodeHTML } from 'entities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packList } from '../../api/domain/handout-list.ts';
import { type RecordState, Service } from '../../api/domain/service.ts';
import { saveBatch } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { pairwise } from '../helpers/pairwise.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { type Visitor, visitor } from '../helpers/visitor.ts';

/**
 * Odd combinations: whatever somebody must know of a listing, every form in which it goes out says, beside whatever else has to
 * be said. Each pair of cautions stands together in at least one listing, searched for from E8 1EA in Hackney.
 */

const FORMS = [
  'card',
  'short card',
  'page',
  'json-ld',
  'search',
  'detail',
  'csv',
  'geojson',
  'open referral',
  'fhir',
  'booklet',
  'frame',
  'paper',
  'large print',
  'turkish paper',
  'record',
  'line',
  'mail',
  'turkish mail',
  'message',
  'turkish message',
  'short link',
  'turkish link',
  'calendar',
] as const;
type Form = (typeof FORMS)[number];

/** The forms that go out in the language of the patient. */
const ENGLISH = [
  'paper',
  'large print',
  'record',
  'line',
  'mail',
  'message',
  'short link',
  'calendar',
  'frame',
] as const;
const TURKISH = ['turkish paper', 'turkish mail', 'turkish message', 'turkish link'] as const;
const PAGES = ['card', 'short card', 'page', 'booklet'] as const;
/** What hands a record on as it is stored: where a telephone stands is a part of it. */
const OF_RECORDS: readonly Form[] = ['search', 'detail', 'csv', 'geojson', 'open referral', 'fhir'];
const FOR_PROGRAMS = ['json-ld', 'search', 'detail', 'csv', 'geojson', 'open referral', 'fhir'] as const;

type Said = Partial<Record<Form, RegExp | null>>;
const each = (forms: readonly Form[], words: RegExp | null): Said =>
  Object.fromEntries(forms.map((form) => [form, words]));
const HANDOUT = (en: RegExp, tr: RegExp): Said => ({ ...each(ENGLISH, en), ...each(TURKISH, tr) });

interface Choice {
  over?: Record<string, unknown>;
  state?: RecordState;
  says?: Said;
  never?: Said;
}

const WEEKLY = { freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' };
const at = (byday: string) => ({ ...WEEKLY, byday });
const NO_TIMES = { line: null, message: null, 'turkish message': null } as const;

const QUESTIONS: Record<string, Record<string, Choice>> = {
  who: {
    everybody: {},
    women: {
      over: { restrictions: ['Women only'] },
      says: { ...each([...PAGES, ...FOR_PROGRAMS], /women only/i), ...HANDOUT(/women only/, /yalnızca kadınlar/) },
    },
    members: {
      over: { restrictions: ['Members only'] },
      says: { ...each([...PAGES, ...FOR_PROGRAMS], /members only/i), ...HANDOUT(/members only/, /yalnızca üyeler/) },
    },
    veterans: { over: { restrictions: ['Navy veterans'] }, says: each(FORMS, /Navy veterans/) },
    'in words': { over: { for_whom: 'For carers of Hackney.' }, says: each(FORMS, /For carers of Hackney/) },
  },
  age: {
    any: {},
    from: {
      over: { minimum_age: 16 },
      says: {
        ...each([...PAGES, 'geojson', 'fhir', 'json-ld'], /Ages 16 and over/),
        ...each(['search', 'detail', 'open referral'], /"minimum_age":16\b/),
        csv: /,16( and over)?,/,
        ...HANDOUT(/aged 16 and over/, /16 yaş ve üzeri/),
      },
    },
    to: {
      over: { maximum_age: 25 },
      says: {
        ...each([...PAGES, 'geojson', 'fhir', 'json-ld'], /Ages up to 25/),
        ...each(['search', 'detail', 'open referral'], /"maximum_age":25\b/),
        csv: /,25,/,
        ...HANDOUT(/aged up to 25/, /en fazla 25 yaş/),
      },
    },
  },
  availability: {
    open: {},
    full: {
      over: { availability: { state: 'full', until: '2027-03-05' } },
      says: {
        ...each([...PAGES, 'geojson', 'open referral', 'fhir', 'json-ld'], /Full until 5 March/),
        ...each(['search', 'detail'], /"state":"full","until":"2027-03-05"/),
        csv: /Full[^\n]*05\/03\/2027/,
        ...HANDOUT(/Full until 5 March 2027/, /5 Mart 2027 tarihine kadar dolu/),
      },
    },
    waiting: {
      over: { availability: { state: 'waiting_list' } },
      says: {
        ...each([...PAGES, 'geojson', 'open referral', 'fhir', 'json-ld', 'csv'], /Waiting list/),
        ...each(['search', 'detail'], /"state":"waiting_list"/),
        ...HANDOUT(/Waiting list/, /Bekleme listesi var/),
      },
    },
    paused: {
      over: { availability: { state: 'paused', until: '2027-03-05' } },
      says: {
        ...each([...PAGES, 'geojson', 'open referral', 'fhir', 'json-ld'], /Paused until 5 March/),
        ...each(['search', 'detail'], /"state":"paused","until":"2027-03-05"/),
        csv: /Paused[^\n]*05\/03\/2027/,
        ...HANDOUT(/Paused until 5 March 2027/, /5 Mart 2027 tarihine kadar ara verildi/),
      },
    },
  },
  times: {
    weekly: { over: { schedules: [WEEKLY] } },
    arrangement: {
      over: { schedule_description: 'By arrangement' },
      says: { ...each(FORMS, /By arrangement/i), ...NO_TIMES, calendar: null, 'json-ld': null },
    },
    term: {
      over: { schedules: [{ ...WEEKLY, term_time: true }] },
      says: {
        ...each([...PAGES, 'geojson', 'detail', 'search', 'fhir'], /term time/i),
        'json-ld': /keeps school terms/,
        csv: /term/i,
        'open referral': /term/i,
        ...HANDOUT(/School terms only/, /Yalnızca okul döneminde/),
      },
    },
    second: {
      over: { schedules: [WEEKLY, { ...at('FR'), term_time: true }] },
      says: {
        ...each([...PAGES, 'geojson', 'detail', 'search', 'fhir'], /term time/i),
        'json-ld': /keeps school terms/,
        ...HANDOUT(/School terms only/, /Yalnızca okul döneminde/),
      },
    },
    holiday: {
      over: { schedules: [{ ...at('FR'), dtstart: '2026-12-25' }] },
      says: {
        ...each([...PAGES, 'detail', 'search'], /Christmas Day: check first/),
        ...HANDOUT(/Bank holiday: ring first/, /Resmî tatil: önce arayın/),
      },
    },
    many: {
      over: { schedules: ['MO', 'WE', 'FR'].map(at) },
      says: {
        ...each(['card', 'short card', 'booklet'], /and more|Fridays/),
        ...HANDOUT(/and more/, /ve başka saatler/),
        ...NO_TIMES,
        calendar: /BYDAY=FR/,
      },
    },
    dates: {
      over: {
        schedules: [
          { dtstart: '2026-12-01', opens_at: '10:30' },
          { dtstart: '2026-12-08', opens_at: '14:00' },
        ],
      },
      says: { ...each(['card', 'short card', 'booklet', 'frame', 'page', 'paper'], /8 December|and more/) },
    },
  },
  ways: {
    there: { over: { attending_types: ['in_person'] } },
    both: {
      over: { attending_types: ['in_person', 'online'], url: 'https://join.example.org/x' },
      says: {
        ...each(['page', 'fhir'], /Online/i),
      },
    },
    phone: {
      over: { attending_types: ['phone'] },
      says: {
        ...each(
          [...PAGES, 'paper', 'large print', 'mail', 'record', 'short link', 'calendar', 'fhir', 'frame'],
          /By phone/i,
        ),
        ...each(['turkish paper', 'turkish mail', 'turkish link'], /Telefonla/),
      },
      // Nobody is sent to where a telephone stands.
      never: each(
        FORMS.filter((form) => !OF_RECORDS.includes(form) && form !== 'page'),
        /Sunbeam Hall|Corner Church/,
      ),
    },
    unsaid: {
      over: { attending_types: [] },
      says: {
        ...each([...PAGES], /does not say how to take part/i),
        ...HANDOUT(/How to take part is not known/, /Nasıl katılınacağı bilinmiyor/),
        ...each(['fhir', 'geojson', 'open referral', 'json-ld'], /not known how people take part/),
        ...each(['search', 'detail'], /"attending_types":\[\]/),
      },
    },
  },
  place: {
    one: { over: { location_ids: [IDS.hall] } },
    several: {
      over: { location_ids: [IDS.hall, IDS.church] },
      says: each(['page', 'detail', 'geojson', 'open referral', 'fhir'], /Corner Church/),
    },
    private: {
      over: { location_ids: [IDS.refuge] },
      says: each(['page', 'detail', 'fhir', 'open referral', 'geojson', 'json-ld'], /private|confidential/),
      never: each(FORMS, /Hidden House|Secret Lane|E8 2ZZ|green door/),
    },
    none: { over: { location_ids: [] } },
  },
  area: {
    anywhere: {},
    hackney: {
      over: { service_areas: [{ type: 'district', code: 'E09000012', name: 'Hackney' }] },
      says: each(['page', ...FOR_PROGRAMS], /Hackney/),
    },
    elsewhere: {
      over: { service_areas: [{ type: 'district', code: 'E06000045', name: 'Southampton' }] },
      says: {
        ...each(['card', 'short card', 'page'], /Only for people in Southampton/),
        ...each(FOR_PROGRAMS, /Southampton/),
        ...HANDOUT(/Not for this address: only for people in Southampton/, /Bu adres için değil: yalnızca Southampton/),
        'short link': /people who live in Southampton/,
        calendar: /people who live in Southampton/,
        'turkish link': /Southampton bölgesinde oturanlar/,
      },
    },
    unread: {
      over: { service_area_status: 'unread', service_area_words: ['our patch'] },
      says: {
        ...each(['card', 'short card'], /For ‘our patch’, says Exampleshire Council; ask whether/),
        page: /does not say where people must live|ask whether it takes people/i,
        ...each(['search', 'detail', 'open referral'], /our patch/),
        csv: /Not understood: our patch/,
        fhir: /our patch/,
        ...each(['json-ld', 'geojson'], /not known where people must live/),
        ...HANDOUT(/Ask whether it takes people from where you live/, /kabul edip etmediğini sorun/),
      },
    },
    unsaid: {
      over: { service_area_status: 'unsaid' },
      says: {
        ...each(['card', 'short card'], /Listed by Exampleshire Council; ask whether/),
        page: /ask whether it takes people/i,
        csv: /Not said/,
        ...each(['fhir', 'geojson', 'json-ld'], /not known where people must live/),
        'open referral': /"service_area_status":"unsaid"/,
        detail: /"service_area_status":"unsaid"/,
        ...HANDOUT(/Ask whether it takes people from where you live/, /kabul edip etmediğini sorun/),
      },
    },
  },
  word: {
    organization: {
      over: { assured_by: 'organization' },
      says: {
        ...each(PAGES, /Checked .* by the organisation/),
        ...HANDOUT(
          /Checked by the organisation on (3 November|1 April) 2026/,
          /Kuruluşun kontrol ettiği tarih: (3 Kasım|1 Nisan) 2026/,
        ),
        message: null,
        'turkish message': null,
      },
    },
    source: {
      over: { assured_by: 'source', guessed: ['taxonomy_terms', 'kind'] },
      says: {
        ...each(PAGES, /From Exampleshire Council, (3 November|1 April) 2026; not checked by us/),
        ...HANDOUT(
          /From Exampleshire Council, (3 November|1 April) 2026; not checked by us; the kind of help is our guess/,
          /biz kontrol etmedik; yardımın türü bizim tahminimizdir/,
        ),
        message: null,
        'turkish message': null,
        ...each(['search', 'detail', 'open referral', 'geojson'], /"guessed":\["taxonomy_terms","kind"\]/),
        csv: /kind; categories|categories; kind/,
        fhir: /not checked by this directory/,
        'json-ld': /not checked by this directory/,
      },
    },
    nobody: {
      over: { assured_by: 'nobody' },
      says: {
        ...each(PAGES, /From Exampleshire Council; not checked by us/),
        ...HANDOUT(/From Exampleshire Council; not checked by us/, /Kaynak: Exampleshire Council; biz kontrol etmedik/),
        message: null,
        'turkish message': null,
        ...each(['fhir', 'json-ld', 'geojson', 'open referral'], /not checked by this directory|"assured_by":"nobody"/),
        csv: /nobody/i,
      },
    },
  },
  notice: {
    none: {},
    moved: {
      over: { note: 'In the annexe this month' },
      says: each(FORMS, /In the annexe this month/),
    },
  },
  example: {
    no: {},
    yes: {
      over: { example: true },
      says: {
        ...each(PAGES, /Example listing/),
        ...each(['search', 'detail', 'geojson'], /"example":true/),
        ...each(['open referral', 'fhir'], /made-up example/),
        csv: /example/i,
        ...HANDOUT(/Example, not a real service/, /Örnek, gerçek hizmet değil/),
      },
    },
  },
  cost: {
    free: { over: { cost_options: [{ option: 'free' }] } },
    unknown: {
      says: {
        ...each([...PAGES, 'paper', 'large print', 'mail', 'short link'], /Cost not known/),
        ...each(['turkish paper', 'turkish mail', 'turkish link'], /Ücreti bilinmiyor/),
        fhir: /Cost not known/,
      },
    },
  },
  state: {
    published: {},
    unconfirmed: {
      state: 'unconfirmed',
      over: { assured_date: '2026-04-01' },
      says: {
        ...each(PAGES, /Not confirmed lately/),
        ...each(['search', 'detail'], /"state":"unconfirmed"/),
        ...each(['geojson', 'fhir', 'json-ld', 'csv', 'open referral'], /has confirmed it lately/),
        ...HANDOUT(/Not confirmed lately/, /Son zamanlarda doğrulanmadı/),
      },
    },
  },
  written: {
    english: {},
    turkish: {
      over: { written_in: 'tr' },
      says: {
        ...each(['card', 'short card'], /In Turkish/),
        ...each(['search', 'detail', 'open referral'], /"written_in":"tr"/),
        csv: /Turkish/,
      },
    },
  },
};

const ROWS = pairwise(
  Object.fromEntries(Object.entries(QUESTIONS).map(([name, choices]) => [name, Object.keys(choices)])),
);
const idOf = (index: number): string => `00000000-0000-4000-8000-${String(1000 + index).padStart(12, '0')}`;
const choicesOf = (row: Record<string, string>): Choice[] =>
  Object.entries(row).map(([question, choice]) => QUESTIONS[question]?.[choice] as Choice);

function serviceOf(row: Record<string, string>, index: number) {
  const choices = choicesOf(row);
  const { minimum_age, maximum_age, restrictions, for_whom, note, ...over } = Object.assign(
    {},
    ...choices.map(({ over }) => over),
  ) as Record<string, unknown>;
  const service = Service.parse({
    id: idOf(index),
    organization_id: IDS.moves,
    name: `Kind ${index}`,
    summary: 'A listing for a test.',
    description: 'What happens there.',
    kind: 'activity',
    taxonomy_terms: ['movement'],
    attending_types: ['in_person'],
    phones: [{ number: '020 7946 0001' }],
    source: { name: 'Exampleshire Council' },
    assured_date: '2026-11-03',
    ...over,
    availability: { ...(over['availability'] ?? {}), ...(note !== undefined && { note }) },
    eligibility: {
      ...(minimum_age !== undefined && { minimum_age }),
      ...(maximum_age !== undefined && { maximum_age }),
      ...(restrictions !== undefined && { restrictions }),
      ...(for_whom !== undefined && { description: for_whom }),
    },
  });
  return { service, state: choices.flatMap(({ state }) => state ?? [])[0] ?? ('published' as const) };
}

const folder = temporaryFolder();
let site: Site;
let somebody: Visitor;
let near: string;
let said: Map<number, Record<Form, string>>;

/** What can be read of a part of a page, on one line. */
const textOf = (html: string): string =>
  decodeHTML(html.replaceAll(/<(script|style|template)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]+>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([.,;:)])/g, '$1');
const fieldOf = (html: string, id: string): string =>
  decodeHTML(new RegExp(`<textarea id="${id}"[^>]*>(.*?)</textarea>`, 's').exec(html)?.[1] ?? '');
const articlesOf = (html: string): Map<string, string> =>
  new Map(
    [...html.matchAll(/<article\b[^>]*data-result-id="([^"]+)".*?<\/article>/gs)].map(([article, id = '']) => [
      id,
      textOf(article),
    ]),
  );

async function everyPage(path: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const reach of ['venue', 'area', 'remote', 'unclear', 'not_serving'])
    for (let page = 1, before = -1; found.size > before; page++) {
      before = found.size;
      for (const [id, text] of articlesOf((await somebody.get(`${path}&reach=${reach}&page=${page}`)).text))
        found.set(id, text);
    }
  return found;
}

beforeAll(async () => {
  const file = folder.file('signpost.sqlite');
  const db = openStore(file);
  const services = ROWS.map(serviceOf);
  saveBatch(db, { ...BATCH, services }, '2026-11-20T09:00:00.000Z');
  closeStore(db);
  site = await startSite({ DATABASE: file });
  somebody = visitor(site.origin);
  near = new URL((await somebody.get('/search?postcode=E8+1EA')).to, site.origin).searchParams.get('near') ?? '';
  const text = async (path: string) => (await somebody.get(path)).text;
  const [cards, short, booklet, csv, geojson, searched] = await Promise.all([
    everyPage(`/search?near=${near}`),
    everyPage(`/search?near=${near}&cards=short`),
    text(`/booklet?near=${near}`).then(articlesOf),
    text(`/api/v1/search.csv?near=${near}&reach=venue,area,remote,unclear,not_serving`),
    text('/api/v1/services.geojson').then(
      (all) => JSON.parse(all).features as { properties: { service_id: string } }[],
    ),
    text(`/api/v1/search?near=${near}&per_page=100&reach=venue,area,remote,unclear,not_serving`).then(
      (all) => JSON.parse(all).results as { service: { id: string } }[],
    ),
  ]);
  said = new Map();
  for (const index of ROWS.keys()) {
    const id = idOf(index);
    const list = packList([id]);
    const { to } = await somebody.post(`/handout?list=${list}&near=${near}`, {});
    const code = new URL(to, site.origin).searchParams.get('code');
    const [english, turkish, large, link, turkishLink, page, detail, oruk, fhir, frame, calendar] = await Promise.all([
      text(to),
      text(`${to}&lang=tr`),
      text(`${to}&size=large`),
      text(`/h/${code}`),
      text(`/h/${code}?lang=tr`),
      text(`/services/${id}?near=${near}`),
      text(`/api/v1/services/${id}`),
      text(`/api/openreferral/v3/services/${id}`),
      text(`/fhir/R4/HealthcareService/${id}`),
      text(`/embed?only=${list}&near=${near}`),
      text(`/api/v1/handouts/${code}/calendar.ics`),
    ]);
    const mail = (html: string) =>
      new URL(decodeHTML(/href="(mailto:[^"]+)"/.exec(html)?.[1] ?? 'mailto:x')).searchParams.get('body') ?? '';
    const paper = (html: string) => textOf(/<article[^>]*>.*<\/article>/s.exec(html)?.[0] ?? '');
    said.set(index, {
      card: cards.get(id) ?? '',
      'short card': short.get(id) ?? '',
      booklet: booklet.get(id) ?? '',
      page: textOf(/<main.*<\/main>/s.exec(page)?.[0] ?? ''),
      'json-ld': /<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? '',
      search: JSON.stringify(searched.find(({ service }) => service.id === id)) ?? '',
      detail,
      csv: csv.split('\r\n').find((row) => row.includes(id)) ?? '',
      geojson: JSON.stringify(geojson.filter(({ properties }) => properties.service_id === id)),
      'open referral': oruk,
      fhir,
      frame: textOf(frame),
      paper: paper(english),
      'large print': paper(large),
      'turkish paper': paper(turkish),
      record: fieldOf(english, 'record'),
      line: fieldOf(english, 'record-line'),
      mail: mail(english),
      'turkish mail': mail(turkish),
      message: fieldOf(english, 'sms'),
      'turkish message': fieldOf(turkish, 'sms'),
      'short link': paper(link),
      'turkish link': paper(turkishLink),
      calendar: calendar.replaceAll(/\r\n /g, '').replaceAll(/\\([,;])/g, '$1'),
    });
  }
}, 300_000);
afterAll(async () => {
  await site?.stop();
  folder.remove();
});

/** A message that names nothing has the link right after its first words: what has no room for its cautions is not named. */
const namesNothing = (message: string): boolean => /: https?:\/\/\S+$/.test(message);
/** As the alphabet of text messages has it. */
const plain = (words: string): string => words.replaceAll('ı', 'i').normalize('NFD').replaceAll(/\p{M}/gu, '');

/** Whether a listing goes out in a form at all. */
function goesOut(form: Form, text: string, { area = '' }: Record<string, string>): boolean {
  if (form === 'message' || form === 'turkish message') return !namesNothing(text);
  // Without a date there is nothing to put into a calendar.
  if (form === 'calendar') return text.includes('VEVENT');
  if (form === 'booklet') return !['elsewhere', 'unread', 'unsaid'].includes(area);
  // What is for people elsewhere, and has no place near by, is in no search from here.
  return text !== '' || area !== 'elsewhere' || !['card', 'short card', 'search', 'csv'].includes(form);
}

const CASES = Object.entries(QUESTIONS).flatMap(([question, choices]) =>
  Object.entries(choices).flatMap(([choice, { says, never }]) =>
    says || never ? [{ question, choice, says, never }] : [],
  ),
);

test.each(CASES)(
  '$question, $choice: every form says it, whatever else it says',
  ({ question, choice, says, never }) => {
    const faults: string[] = [];
    for (const [index, row] of ROWS.entries()) {
      if (row[question] !== choice) continue;
      for (const form of FORMS) {
        const text = said.get(index)?.[form] ?? '';
        if (!goesOut(form, text, row)) continue;
        const words = form === 'turkish message' && says?.[form] ? new RegExp(plain(says[form].source)) : says?.[form];
        const shown = form === 'turkish message' ? plain(text) : text;
        if (words && !words.test(shown)) faults.push(`listing ${index}, ${form}: does not say ${words}`);
        if (never?.[form]?.test(text)) faults.push(`listing ${index}, ${form}: says ${never[form]}`);
      }
    }
    expect(faults).toEqual([]);
  },
);

test('in many of them a text message has room for the name and its cautions', () => {
  const named = [...said.values()].filter(({ message }) => !namesNothing(message));
  expect(named.length).toBeGreaterThan(ROWS.length / 4);
});
