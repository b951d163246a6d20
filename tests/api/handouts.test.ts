import decodeQR from 'qr/decode.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../api/app.ts';
import type { HandoutChange } from '../../api/domain/handout.ts';
import { MOST_LISTINGS, packId, packList, unpackId, unpackList } from '../../api/domain/handout-list.ts';
import { ACCESS, ACCESS_FEATURES, type AccessFeature } from '../../api/domain/questions.ts';
import { type Listing, Location, type Organization, type RecordState, Service } from '../../api/domain/service.ts';
import { ALPHABET, codeOnPaper, newCode, readCode } from '../../api/handout/code.ts';
import { SMS_SEPTETS, septets, toGsm7 } from '../../api/handout/gsm7.ts';
import { HANDOUT_LANGUAGES, handoutMessage, LANGUAGES, MESSAGES } from '../../api/handout/messages.ts';
import { paperListing } from '../../api/handout/paper.ts';
import { drawQr } from '../../api/handout/qr.ts';
import { smsText } from '../../api/handout/sms.ts';
import { mailText, mailtoLink, placesInMessage, recordText } from '../../api/handout/texts.ts';
import { serviceView } from '../../api/results/views.ts';
import { createFront } from '../../api/server/front.ts';
import { loadClinical } from '../../api/store/clinical-seed.ts';
import { findListing, publicListings, saveBatch } from '../../api/store/listings.ts';
import { openStore } from '../../api/store/open.ts';
import { loadExamples, SEED_WRITTEN_FOR } from '../../api/store/seed.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { createWorld } from '../fixtures/world.ts';

const NOW_CLINICAL = new Date('2026-11-21T12:00:00Z');

/** Two living listings like the class of the fixtures, one nearer to its venue than the other. */
const OTHERS = { near: '00000000-0000-4000-8000-000000000031', far: '00000000-0000-4000-8000-000000000032' };
const alike = (id: string, name: string, location: string) => ({
  state: 'published' as const,
  service: Service.parse({ ...found(IDS.class), id, name, location_ids: [location], assured_date: '2026-11-01' }),
});
const found = (id: string): Service => {
  const it = BATCH.services?.find(({ service }) => service.id === id)?.service;
  if (!it) throw new Error('The fixture has no such listing.');
  return it;
};
const STOCK = {
  ...BATCH,
  services: [
    ...(BATCH.services ?? []),
    alike(OTHERS.far, 'Chairs at the library', IDS.library),
    alike(OTHERS.near, 'Chairs at the church', IDS.church),
  ],
};

/** A directory whose clock and listings a test moves. */
function createYear() {
  const world = createWorld({}, STOCK);
  let moment = new Date('2026-11-21T12:00:00Z');
  const parts = { ...world.parts, now: () => moment };
  const api = createApi(parts, (line) => world.faults.push(line));
  const lines: string[] = [];
  const front = createFront({
    settings: world.settings,
    api,
    now: () => moment,
    tiles: null,
    pages: null,
    files: false,
    development: false,
    write: (line) => lines.push(line),
  });
  const ask = async (path: string, init?: RequestInit) => {
    const response = await front.request(`/api/v1${path}`, init);
    // biome-ignore lint/suspicious/noExplicitAny: an answer is checked by the test that asked.
    return { status: response.status, headers: response.headers, body: (await response.json()) as any };
  };
  const make = (ids: unknown) =>
    ask('/handouts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids }),
    });
  return {
    ...world,
    lines,
    front,
    ask,
    make,
    at: (date: string) => {
      moment = new Date(`${date}T12:00:00Z`);
    },
    change: (id: string, over: Record<string, unknown>, state: RecordState = 'published') => {
      const listing = findListing(world.db, id) as Listing;
      saveBatch(
        world.db,
        { services: [{ service: Service.parse({ ...listing.service, ...over }), state }] },
        moment.toISOString(),
      );
      world.index.put([findListing(world.db, id) as Listing]);
    },
    /** What the link tells of a listing: its changes, and the name of what it offers in its place. */
    opened: async (code: string, id: string): Promise<[HandoutChange[], string | null]> => {
      const { body } = await ask(`/handouts/${code}`);
      const it = body.listings.find((listing: { id: string }) => listing.id === id);
      return [it.changes, it.alternative?.listing.service.name ?? null];
    },
    rows: () => world.db.prepare('SELECT * FROM handout').all(),
  };
}

let year: ReturnType<typeof createYear>;
beforeEach(() => {
  year = createYear();
});

describe('a handout over a year', () => {
  test('is told apart month by month from what it was', async () => {
    const { body: link, status } = await year.make([IDS.class, IDS.befriending, IDS.full]);
    expect(status).toBe(201);
    expect(link).toEqual({
      code: expect.stringMatching(`^[${ALPHABET}]{10}$`),
      made: '2026-11-21',
      expires: '2027-05-21',
    });
    const { opened, at, change, ask } = year;
    expect(await opened(link.code, IDS.class)).toEqual([[], null]);

    at('2026-12-10');
    change(IDS.class, { schedules: [{ freq: 'WEEKLY', byday: 'WE', opens_at: '10:30', closes_at: '12:00' }] });
    expect(await opened(link.code, IDS.class)).toEqual([['new_time'], 'Chairs at the library']);

    at('2027-01-10');
    change(IDS.class, {
      location_ids: [IDS.church],
      schedules: found(IDS.class).schedules,
      cost_options: [{ option: 'paid', amount: 5 }],
    });
    // Its main venue was the library, and from there the nearest one like it is measured, not from where it is now.
    expect(await opened(link.code, IDS.class)).toEqual([['moved', 'new_cost'], 'Chairs at the library']);

    at('2027-02-10');
    change(IDS.class, { ...found(IDS.class), phones: [{ number: '020 7946 0999' }], email: 'new@example.org' });
    expect(await opened(link.code, IDS.class)).toEqual([[], null]);
    change(IDS.class, { ...found(IDS.class) }, 'unconfirmed');
    expect(await opened(link.code, IDS.class)).toEqual([['unconfirmed'], 'Chairs at the library']);
    change(IDS.class, { availability: { state: 'full' } });
    expect(await opened(link.code, IDS.class)).toEqual([['full'], 'Chairs at the library']);

    at('2027-03-10');
    change(IDS.class, { availability: { state: 'open' }, status: 'temporarily closed' });
    expect(await opened(link.code, IDS.class)).toEqual([['closed_for_now'], 'Chairs at the library']);
    change(IDS.class, { status: 'active' }, 'archived');
    expect(await opened(link.code, IDS.class)).toEqual([['closed'], 'Chairs at the library']);
    // What is itself no longer sure is no alternative: the next nearest is.
    change(OTHERS.far, {}, 'unconfirmed');
    expect(await opened(link.code, IDS.class)).toEqual([['closed'], 'Chairs at the church']);
    change(OTHERS.near, { availability: { state: 'paused' } });
    expect(await opened(link.code, IDS.class)).toEqual([['closed'], null]);
    const gone = (await ask(`/handouts/${link.code}`)).body.listings[0];
    expect(gone).toMatchObject({ name: 'Seated exercise', listing: null });

    at('2027-05-21');
    expect((await ask(`/handouts/${link.code}`)).status).toBe(200);
    at('2027-05-22');
    const expired = await ask(`/handouts/${link.code}`);
    expect([expired.status, expired.body.detail]).toEqual([404, expect.stringMatching(/may have expired/)]);
    // Opening changes nothing, not even where the link has expired; the next that is made lets go of it.
    expect(year.rows()).toHaveLength(1);
    at('2027-11-21');
    const { body: next } = await year.make([IDS.befriending]);
    expect(year.rows()).toEqual([expect.objectContaining({ code: next.code })]);
  });

  test('a new contact counts where the old one no longer works, not where one is added', async () => {
    year.change(IDS.class, { phones: [{ number: '020 7946 0001' }], email: 'old@example.org' });
    const { body: link } = await year.make([IDS.class]);
    year.change(IDS.class, { phones: [{ number: '(020) 7946-0001' }, { number: '020 7946 0002' }] });
    expect((await year.opened(link.code, IDS.class))[0]).toEqual([]);
    year.change(IDS.class, { phones: [{ number: '020 7946 0002' }] });
    expect((await year.opened(link.code, IDS.class))[0]).toEqual(['new_contact']);
    year.change(IDS.class, { phones: [{ number: '020 7946 0001' }], email: 'new@example.org' });
    expect((await year.opened(link.code, IDS.class))[0]).toEqual(['new_contact']);
  });

  test('a break is no new time; dates that are over are said', async () => {
    const dates = [{ dtstart: '2026-12-01', opens_at: '10:00', closes_at: '12:00' }];
    year.change(IDS.full, { schedules: dates, availability: { state: 'open' } });
    const { body: link } = await year.make([IDS.class, IDS.full]);
    year.change(IDS.class, {
      schedules: found(IDS.class).schedules.map((schedule) => ({
        ...schedule,
        exceptions: [{ from: '2026-12-22', to: '2027-01-05', reason: 'Christmas' }],
      })),
    });
    expect((await year.opened(link.code, IDS.class))[0]).toEqual([]);
    expect((await year.opened(link.code, IDS.full))[0]).toEqual([]);
    year.at('2026-12-02');
    expect((await year.opened(link.code, IDS.full))[0]).toEqual(['over']);
  });

  test('without a venue, the alternative comes to the same area in the same way', async () => {
    const other = '00000000-0000-4000-8000-000000000041';
    const elsewhere = '00000000-0000-4000-8000-000000000042';
    const visits = (id: string, name: string, areas: unknown) => ({
      state: 'published' as const,
      service: Service.parse({ ...found(IDS.befriending), id, name, service_areas: areas, assured_date: '2026-11-20' }),
    });
    saveBatch(
      year.db,
      {
        services: [
          visits(elsewhere, 'A friend in Southampton', found(IDS.elsewhere).service_areas),
          visits(other, 'Another friend', found(IDS.befriending).service_areas),
        ],
      },
      '2026-11-21T09:00:00.000Z',
    );
    year.index.put([other, elsewhere].flatMap((id) => findListing(year.db, id) ?? []));
    const { body: link } = await year.make([IDS.befriending]);
    year.change(IDS.befriending, {}, 'archived');
    expect(await year.opened(link.code, IDS.befriending)).toEqual([['closed'], 'Another friend']);
  });

  test('two that are gone are not offered the same one', async () => {
    const { body: link } = await year.make([IDS.class, OTHERS.far]);
    year.change(IDS.class, {}, 'archived');
    year.change(OTHERS.far, {}, 'archived');
    const offered = (await year.ask(`/handouts/${link.code}`)).body.listings.map(
      (it: { alternative: { listing: { service: { name: string } } } | null }) => it.alternative?.listing.service.name,
    );
    expect(new Set(offered).size).toBe(2);
  });

  test('opening it a hundred times changes nothing', async () => {
    const { body: link } = await year.make([IDS.class]);
    const before = JSON.stringify(year.rows());
    for (let times = 0; times < 100; times += 1) await year.ask(`/handouts/${link.code}`);
    expect(JSON.stringify(year.rows())).toBe(before);
  });

  test('one calendar holds all dates', async () => {
    const { body: link } = await year.make([IDS.class, OTHERS.near]);
    const response = await year.front.request(`/api/v1/handouts/${codeOnPaper(link.code)}/calendar.ics`);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await response.text();
    expect(text.match(/BEGIN:VCALENDAR/g)).toHaveLength(1);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(text).toContain('SUMMARY:Seated exercise');
    expect((await year.front.request('/api/v1/handouts/bbbbbbbbbb/calendar.ics')).status).toBe(404);
  });
});

describe('what cannot be made', () => {
  test.each([
    ['nothing', [], /at least one/],
    ['too many', Array.from({ length: MOST_LISTINGS + 1 }, () => IDS.class), /at most 10/],
    ['what is no id', ['E8 1EA'], /must be the ids of listings/],
    ['no list', 'E8 1EA', /must be a list of ids/],
    ['what is not listed', [IDS.class, IDS.nowhere], /no longer listed/],
    ['what nobody has looked at', [IDS.draft], /no longer listed/],
  ])('%s', async (_, ids, detail) => {
    const { status, body } = await year.make(ids);
    expect([status, body.detail]).toEqual([400, expect.stringMatching(detail)]);
    expect(JSON.stringify(body)).not.toContain('E8 1EA');
    expect(year.rows()).toEqual([]);
  });

  test('what is not JSON, and what is sent beside the ids', async () => {
    const headers = { 'content-type': 'application/json' };
    const broken = await year.ask('/handouts', { method: 'POST', headers, body: '{"ids":' });
    expect([broken.status, broken.body.detail]).toEqual([400, expect.stringMatching(/no JSON/)]);
    const more = JSON.stringify({ ids: [IDS.class], note: 'for Mrs Kaya', near: 'E8 1EA' });
    const refused = await year.ask('/handouts', { method: 'POST', headers, body: more });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).not.toMatch(/Kaya|E8 1EA/);
    expect(year.rows()).toEqual([]);
    const get = await year.ask('/handouts');
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('privacy', () => {
  test('a row holds what was on the paper and is public: no place searched from, no moment, no person', async () => {
    const search = (await year.ask(`/search?postcode=E81EA`)).body;
    const { near } = search.place;
    const { body: link } = await year.make([IDS.class, IDS.refugeService]);
    const [row] = year.rows() as { listings: string; made: string }[];
    expect(Object.keys(row ?? {})).toEqual(['code', 'listings', 'made', 'expires']);
    expect(row?.made).toBe('2026-11-21');
    const kept = JSON.stringify(row);
    expect(kept).not.toContain(near);
    expect(kept).not.toMatch(/E8\s?1EA|distance|51\.5467|T\d\d:\d\d/);
    // Of the refuge neither name, street nor point of its house.
    expect(kept).not.toMatch(/Hidden House|Secret Lane|E8 2ZZ|51\.5471/);
    const opened = JSON.stringify((await year.ask(`/handouts/${link.code}`)).body);
    expect(opened).not.toMatch(/Hidden House|Secret Lane|E8 2ZZ|51\.5471/);
    expect(Object.keys(JSON.parse(row?.listings ?? '[]')[0]).sort()).toEqual(
      [
        ...['area', 'attending_type', 'cost_option', 'phone', 'schedule', 'session', 'venue'].map((name) => `${name}s`),
        ...[
          'availability',
          'category',
          'email',
          'id',
          'name',
          'schedule_description',
          'unconfirmed',
          'url',
          'written_in',
        ],
      ].sort(),
    );
  });

  test('the log has the pattern of the address and never the code; nothing of it is cached or indexed', async () => {
    const { body: link } = await year.make([IDS.class]);
    const { headers } = await year.ask(`/handouts/${link.code}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('set-cookie')).toBeNull();
    expect(year.lines.join('\n')).toMatch(/GET \/api\/v1\/handouts\/:code 200 \d+ms/);
    expect(year.lines.join('\n')).not.toContain(link.code);
  });
});

describe('codes and lists', () => {
  test('a code is random, has no look-alikes, and is read however it is typed', () => {
    const codes = Array.from({ length: 2000 }, newCode);
    expect(new Set(codes).size).toBe(2000);
    expect(ALPHABET).not.toMatch(/[01oil aeu]/);
    expect(new Set(codes.join('')).size).toBe(ALPHABET.length);
    for (const code of codes.slice(0, 50)) {
      expect(readCode(codeOnPaper(code))).toBe(code);
      expect(readCode(` ${codeOnPaper(code).toUpperCase()} `)).toBe(code);
    }
    for (const none of ['', 'short', 'bbbbbbbbb0', 'bbbbbbbbbbb', "' OR 1=1 --"]) expect(readCode(none)).toBeNull();
  });

  test('a list of ids packs into an address and comes out as it was; what is no id is left out', () => {
    const ids = [IDS.class, IDS.full, IDS.befriending];
    const packed = packList(ids);
    expect(packed).toMatch(/^[\w.-]{68}$/);
    expect(new URLSearchParams({ list: packed }).toString()).toBe(`list=${packed}`);
    expect(unpackList(packed)).toEqual(ids);
    expect(unpackList(`${packId(IDS.class)}.x.${packId(IDS.class)}.E8 1EA.${packId(IDS.full)}`)).toEqual([
      IDS.class,
      IDS.full,
    ]);
    const many = Array.from(
      { length: 30 },
      (_, n) => `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`,
    );
    expect(unpackList(packList(many))).toEqual(many.slice(0, MOST_LISTINGS));
    expect([unpackList(null), unpackList(''), unpackId('A'.repeat(21))]).toEqual([[], [], null]);
  });

  test('the QR code says the address', () => {
    const address = 'https://signpost.example.nhs.uk/h/k7mfq3xwrn?lang=bn';
    const { size, path } = drawQr(address);
    const scale = 4;
    const data = new Uint8Array((size * scale) ** 2 * 4).fill(255);
    for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
      for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1)
        for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column += 1)
          data.fill(0, (row * size * scale + column) * 4, (row * size * scale + column) * 4 + 3);
    expect(decodeQR({ width: size * scale, height: size * scale, data })).toBe(address);
  });
});

describe('texts of the sample directory', () => {
  const db = openStore(':memory:');
  const now = new Date(`${SEED_WRITTEN_FOR}T12:00:00Z`);
  loadExamples(db, now);
  const listings = [...publicListings(db)];
  const link = 'https://signpost.cityandhackney.nhs.uk/h/k7mfq3xwrn';

  test.each(HANDOUT_LANGUAGES)('%s: a text message of any of its listings fits, with the link', (language) => {
    expect(listings.length).toBeGreaterThan(150);
    const papers = listings.map((listing) => paperListing(language, serviceView(listing, now), null));
    const places = placesInMessage(papers, new Set());
    for (let from = 0; from < places.length; from += 1)
      for (const count of [1, 3, 5, 10]) {
        const sms = smsText(language, places.slice(from, from + count), link);
        expect(septets(sms.text)).toBe(sms.septets);
        expect(sms.septets).toBeLessThanOrEqual(SMS_SEPTETS);
        expect(sms.text).toContain(link);
      }
  });

  test('a message names what fits, and counts the rest', () => {
    const named = (...names: string[]) => names.map((name) => ({ name, cautions: [] }));
    const { text } = smsText('en', named('Chair yoga', 'Café Zażółć', 'বাংলা'), 'https://a.example/h/k7mfq3xwrn');
    expect(text).toBe('Places that may help you: Chair yoga, Café Zazolc, 1 more. See https://a.example/h/k7mfq3xwrn');
    expect(smsText('tr', named('Ağrı Grubu'), link).text).toMatch(/^Size yardimci olabilecek yerler: Agri Grubu/);
    expect(() => smsText('en', named('x'), `https://${'long'.repeat(50)}.example/h/x`)).toThrow(RangeError);
  });

  test('a message names no place without what is to be known of it', () => {
    const men = { name: 'Men’s shed', cautions: ['Full now', 'men only'] };
    const long = { name: 'Far club', cautions: ['Not for this address: only for people in '.repeat(3)] };
    const { text } = smsText('en', [long, men, { name: 'Choir', cautions: [] }], 'https://a.example/h/k7mfq3xwrn');
    expect(text).toBe(
      "Places that may help you: Men's shed (Full now; men only), Choir, 1 more. See https://a.example/h/k7mfq3xwrn",
    );
  });

  test.each([
    ['Chair yoga', 10],
    ['é è ù ò à ñ ü', 13],
    ['{€}', 6],
    ['ç', null],
    ['ı', null],
  ])('septets of %j', (text, count) => {
    expect(septets(text)).toBe(count);
  });

  test.each([
    ['Ağrıyla Yaşamak: Türkçe', 'Agriyla Yasamak: Türkce'],
    ['Łódź – “dom”', 'Lodz - "dom"'],
    ['St Mary’s …', "St Mary's ..."],
    ['চেয়ার', null],
  ])('%j without what text messages lack', (text, plain) => {
    expect(toGsm7(text)).toBe(plain);
  });

  test('for the record: one line a listing, no distance, in English', () => {
    const papers = listings.slice(0, 5).map((listing) => paperListing('en', serviceView(listing, now), null));
    const lines = recordText(papers, '2026-11-21', link).split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('Signposted to local support on 21 November 2026:');
    expect(lines.at(-1)).toContain(link);
    for (const [index, { service }] of listings.slice(0, 5).entries()) {
      expect(lines[index + 1]).toMatch(new RegExp(`^${index + 1}\\. `));
      expect(lines[index + 1]).toContain(service.name);
      expect(lines[index + 1]).not.toMatch(/miles|away/);
    }
    const mail = new URL(mailtoLink('Places', mailText('en', papers, link, new Set())));
    expect(mail.protocol).toBe('mailto:');
    expect(mail.pathname).toBe('');
    expect(decodeURIComponent(mail.search)).toContain(link);
  });

  test.each(HANDOUT_LANGUAGES)('%s: every listing has all that the paper promises', (language) => {
    for (const listing of listings) {
      const paper = paperListing(language, serviceView(listing, now), null);
      for (const said of [paper.name, paper.summary, paper.cost, ...paper.where]) {
        expect(said.text.length).toBeGreaterThan(0);
        expect(said.text).not.toMatch(/[{}]|undefined|null/);
      }
      for (const text of [
        paper.access ?? '',
        paper.join,
        paper.provenance,
        paper.say?.english ?? '',
        paper.next ?? '',
        ...paper.notes,
      ])
        expect(text).not.toMatch(/[{}]|undefined|null|miles/);
      expect(paper.phones.length > 0 || paper.contact !== null).toBe(true);
      expect(paper.say === null).toBe(paper.phones.length === 0);
      if (paper.say) expect(paper.say.means === null).toBe(language === 'en');
      expect([paper.name.text, paper.name.lang]).toEqual([listing.service.name, listing.service.written_in]);
      for (const { address } of listing.locations.filter(({ confidential }) => confidential))
        expect(JSON.stringify(paper)).not.toContain(address?.postal_code);
    }
  });

  test('of a confidential venue the paper says that it is told', () => {
    const hidden = Location.parse({ ...listings[0]?.locations[0], name: 'Hidden', confidential: true });
    const listing = { ...(listings[0] as Listing), locations: [hidden] };
    const paper = paperListing('en', serviceView(listing, now), null);
    expect(paper.where[0]?.text).toMatch(/private/);
    expect(JSON.stringify(paper)).not.toContain('Hidden');
  });
});

test.each(['no', 'unknown'] as const)('of a rare feature paper says nothing where the answer is %s', (answer) => {
  const accessibility = { step_free: 'yes', changing_place_toilet: answer };
  const place = Location.parse({ ...BATCH.locations?.[1], accessibility });
  const listing: Listing = {
    service: found(IDS.class),
    organization: BATCH.organizations?.[0] as Organization,
    locations: [place],
    state: 'published',
    last_modified: '2026-11-20T09:00:00.000Z',
  };
  const { access } = paperListing('en', serviceView(listing, NOW_CLINICAL), null);
  expect(access).toMatch(/accessible toilet/);
  expect(access).not.toMatch(/Changing Places/);
});

describe('messages', () => {
  const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

  test.each(HANDOUT_LANGUAGES)('are complete in %s, with the same placeholders', (language) => {
    for (const [key, texts] of Object.entries(MESSAGES)) {
      expect(texts[language].trim().length, key).toBeGreaterThan(0);
      expect(placeholders(texts[language]), key).toEqual(placeholders(texts.en));
    }
    expect(LANGUAGES[language].awaiting_human_check).toBe(language !== 'en');
  });

  test('no message is in a language that the handout does not offer', () => {
    for (const [key, texts] of Object.entries(MESSAGES))
      expect(Object.keys(texts).sort(), key).toEqual([...HANDOUT_LANGUAGES].sort());
  });

  const isRare = (feature: (typeof ACCESS)[number]) => (ACCESS_FEATURES[feature] as AccessFeature).rare ?? false;

  test.each(ACCESS)('say of a place that it has or lacks %s', (feature) => {
    const venue = (answer: 'yes' | 'no') =>
      Location.parse({ ...BATCH.locations?.[1], accessibility: { [feature]: answer } });
    for (const language of HANDOUT_LANGUAGES)
      for (const answer of isRare(feature) ? (['yes'] as const) : (['yes', 'no'] as const)) {
        const listing: Listing = {
          service: found(IDS.class),
          organization: BATCH.organizations?.[0] as Organization,
          locations: [venue(answer)],
          state: 'published',
          last_modified: '2026-11-20T09:00:00.000Z',
        };
        const features = handoutMessage(language, `access_${feature}`);
        const { access } = paperListing(language, serviceView(listing, NOW_CLINICAL), null);
        expect(access).toContain(handoutMessage(language, `access_${answer}`, { features }));
      }
  });
});

test('a clinical service is on paper with what is to be known before it is relied on, in each language', () => {
  const db = openStore(':memory:');
  loadClinical(db, NOW_CLINICAL);
  const papers = [...publicListings(db)].map((listing) =>
    HANDOUT_LANGUAGES.map((language) => paperListing(language, serviceView(listing, NOW_CLINICAL), null).notes),
  );
  expect(papers).toHaveLength(4);
  const check = HANDOUT_LANGUAGES.map((language) => MESSAGES.note_check[language]);
  const old = HANDOUT_LANGUAGES.map((language) => MESSAGES.note_old[language]);
  expect(new Set([...check, ...old]).size).toBe(2 * HANDOUT_LANGUAGES.length);
  for (const notes of papers) for (const [at, said] of notes.entries()) expect(said).toContain(check[at]);
  // Gloucestershire's page of 2015, and Whittington's review of May 2026.
  expect(papers.filter((notes) => notes.every((said, at) => said.includes(old[at] ?? '')))).toHaveLength(2);
});
