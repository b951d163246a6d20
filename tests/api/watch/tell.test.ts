import { describe, expect, test } from 'vitest';
import { Location, type Service } from '../../../api/domain/service.ts';
import { joinListings } from '../../../api/matching/join.ts';
import { erasePerson, personalData } from '../../../api/store/personal.ts';
import { currentId } from '../../../api/store/renewed-ids.ts';
import { createDaily } from '../../../api/upkeep/daily.ts';
import { confirmWatching, stopWatching, stopWatchingOne, watchLink } from '../../../api/watch/answer.ts';
import { offerOf, WatchDesk } from '../../../api/watch/ask.ts';
import { createPlace, keyIn, listing, organization, type Place, uuid } from '../upkeep/place.ts';

/** Mails to whoever asked to be told when listings change. */

const ANN = 'ann@example.org';
const PHONE = '203.0.113.7';
const TUESDAYS = { freq: 'WEEKLY', byday: 'TU', opens_at: '10:30', closes_at: '12:00' };
const HALL = Location.parse({
  id: uuid(500),
  name: 'Sunbeam Hall',
  address: { address_1: '1 Made-up Street', city: 'London', postal_code: 'E8 3AB' },
  latitude: 51.5425,
  longitude: -0.0601,
});

const checked = { assured_date: '2026-11-01', attending_types: ['in_person'], location_ids: [HALL.id] };
const weekly = (number: number, over: Record<string, unknown> = {}): Service =>
  listing(number, { ...checked, schedules: [TUESDAYS], join: ['drop_in'], ...over });

function put(
  place: Place,
  services: Service[],
  locations: Location[] = [],
  state: 'published' | 'suspended' = 'published',
) {
  place.directory.change((save) =>
    save(
      { organizations: [organization], locations, services: services.map((service) => ({ service, state })) },
      { action: 'edited', role: 'organization' },
    ),
  );
}

/** A directory with three weekly classes. */
function world() {
  const place = createPlace('2026-11-21');
  put(place, [weekly(1), weekly(2), weekly(3)], [HALL]);
  const parts = { directory: place.directory, isPrivate: ({ name }: Service) => name.includes('Refuge') };
  const desk = new WatchDesk(parts);
  const daily = createDaily({ ...parts, moderators: [], outbox: null, log: () => undefined });
  return {
    place,
    parts,
    desk,
    /** Does the work of a day, and says what mail came of it. */
    day: async (date: string) => {
      place.goTo(date);
      await daily();
      return place.post();
    },
    /** Asks and says yes. @returns the key that stops it */
    follow: async (numbers: number[], email = ANN): Promise<string> => {
      desk.ask({ email, ids: numbers.map(uuid), client: PHONE });
      const [mail] = await place.post();
      return keyIn(confirmWatching(parts, keyIn(mail?.text ?? '', 'watch')) ?? '', 'watch');
    },
  };
}

const rows = ({ db }: Place): unknown[] => [
  ...db.prepare('SELECT * FROM watch').all(),
  ...db.prepare('SELECT * FROM watched').all(),
];

/** Whether the address stands anywhere in the file. */
function isKnown({ db }: Place): boolean {
  db.exec('VACUUM');
  return db.serialize().includes('ann@');
}

describe('asking', () => {
  test('one mail asks, with nothing in it that anybody wrote; nothing else goes before a yes', async () => {
    const { place, parts, desk, day } = world();
    put(place, [weekly(1, { name: 'BUY NOW at evil.example' })]);
    expect(desk.ask({ email: ' Ann@Example.org ', ids: [uuid(1), uuid(2)], client: PHONE })).toBe('asked');
    const [mail, ...others] = await place.post();
    expect(others).toEqual([]);
    expect(mail?.to).toBe(ANN);
    expect(mail?.text).toContain('write to this address when one of 2 listings in it changes');
    expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toMatch(/BUY NOW|Listing 2/);
    const key = keyIn(mail?.text ?? '', 'watch');
    // To look is no yes.
    expect(watchLink(parts, key)).toMatchObject({ kind: 'confirm', listings: [{ id: uuid(1) }, { id: uuid(2) }] });
    put(place, [weekly(1, { join: ['book'] })]);
    place.later(60 * 23);
    expect(watchLink(parts, key).kind).toBe('confirm');
    expect(await day('2026-11-22')).toEqual([]);
  });

  test('what nobody confirms within a day is gone, with the address in its mail', async () => {
    const { place, parts, desk, day } = world();
    desk.ask({ email: ANN, ids: [uuid(1)], client: PHONE });
    const [mail] = await place.post();
    await day('2026-11-22');
    place.later(1);
    await day('2026-11-23');
    expect(rows(place)).toEqual([]);
    expect(isKnown(place)).toBe(false);
    expect(watchLink(parts, keyIn(mail?.text ?? '', 'watch')).kind).toBe('late');
    expect(confirmWatching(parts, keyIn(mail?.text ?? '', 'watch'))).toBeNull();
  });

  test('a stranger fills no mailbox, whatever address and connection they use', async () => {
    const { place, desk } = world();
    const ask = (email: string, client: string) => desk.ask({ email, ids: [uuid(1)], client });
    // The answer tells nothing of who had how many.
    expect(Array.from({ length: 8 }, (_, at) => ask(ANN, `203.0.113.${at}`))).toEqual(Array(8).fill('asked'));
    expect(await place.post()).toHaveLength(3);
    const from = Array.from({ length: 25 }, (_, at) => ask(`x${at}@example.org`, PHONE));
    expect(from.filter((it) => it === 'asked').length).toBeLessThanOrEqual(20);
    const all = Array.from({ length: 400 }, (_, at) => ask(`y${at}@example.org`, `198.51.${at % 250}.${at}`));
    expect(all.filter((it) => it === 'asked').length).toBeLessThan(300);
  });

  test('examples, what is hidden, and what a mail had better not name are not offered', () => {
    const { place, parts, desk } = world();
    put(place, [weekly(1, { example: true }), weekly(4, { name: 'Refuge' }), weekly(5, { status: 'defunct' })]);
    put(place, [weekly(2)], [], 'suspended');
    const offer = offerOf(parts, [1, 2, 3, 4, 5, 9].map(uuid));
    expect(offer.told.map(({ service }) => service.id)).toEqual([uuid(3)]);
    expect([offer.examples, offer.others]).toEqual([1, 4]);
    expect(desk.ask({ email: ANN, ids: [uuid(1), uuid(4)], client: PHONE })).toBe('nothing');
    expect(rows(place)).toEqual([]);
  });
});

describe('telling', () => {
  const CHANGES: [string, Record<string, unknown>, RegExp][] = [
    ['another time', { schedules: [{ ...TUESDAYS, byday: 'TH' }] }, /^- When: Thursdays, .* \(before: Tuesdays, /m],
    [
      'a break',
      { schedules: [{ ...TUESDAYS, exceptions: [{ from: '2026-12-20', to: '2027-01-03' }] }] },
      /^- When: .*20 December/m,
    ],
    [
      'full',
      { availability: { state: 'full', until: '2027-03-01' } },
      /^- Whether there is room: Full until 1 March 2027 \(before: Open\)/m,
    ],
    ['a waiting list', { availability: { state: 'waiting_list' } }, /^- Whether there is room: Waiting list/m],
    [
      'how to join',
      { join: ['book'], application_process: 'Ring Ada first.' },
      /^- How to join: .*\n- What to do to join: Ring Ada first\./m,
    ],
    ['another price', { cost_options: [{ option: 'paid', amount: 4 }] }, /^- Cost: £4/m],
    [
      'online now',
      { attending_types: ['online'], location_ids: [] },
      /^- Venue and address: no longer said \(before: Sunbeam Hall, /m,
    ],
    ['closed for good', { status: 'defunct' }, /^- Running: Closed for good \(before: Running\)/m],
    ['another phone', { phones: [{ number: '020 7946 0123' }] }, /^- Phone: .*020 7946 0123/m],
    ['a new name', { name: 'Chairs' }, /^Chairs\n- Name: Chairs \(before: Listing 1\)/m],
  ];

  test.each(CHANGES)('%s', async (_, over, words) => {
    const { place, day, follow } = world();
    await follow([1, 2]);
    put(place, [weekly(1, over)]);
    const [mail, ...others] = await day('2026-11-22');
    expect(others).toEqual([]);
    expect(mail?.to).toBe(ANN);
    expect(mail?.text).toMatch(words);
    expect(mail?.text).toContain(`https://signpost.example.org/services/${uuid(1)}`);
    expect(mail?.text).not.toContain('Listing 2');
    // What a mailbox shows of it before it is opened names nothing.
    expect(mail?.subject).not.toMatch(/Listing|Chairs/);
    expect(await day('2026-11-23')).toEqual([]);
  });

  const NO_CHANGES: [string, Record<string, unknown>, Partial<Location>][] = [
    ['a check', { assured_date: '2026-11-20', checked: { time: '2026-11-20' } }, {}],
    ['a category, a guess, a summary', { taxonomy_terms: ['choirs'], guessed: ['kind'], summary: 'Another.' }, {}],
    ['a point on the map', {}, { latitude: 51.5427, longitude: -0.06 }],
    ['what is told of the way', {}, { transportation: 'By bus.' }],
    ['the same phones in another order', { phones: [{ number: '020 7946 0124' }, { number: '020 7946 0123' }] }, {}],
    ['an address that was taken out of the words', { application_process: 'Come to (private).' }, {}],
  ];
  test.each(NO_CHANGES)('%s is no change', async (_, over, place) => {
    const { place: at, day, follow } = world();
    const phones = [{ number: '020 7946 0123' }, { number: '020 7946 0124' }];
    put(at, [weekly(1, { phones, application_process: 'Come to 14 Evelyn Walk.' })]);
    await follow([1]);
    put(at, [weekly(1, { phones, application_process: 'Come to 14 Evelyn Walk.', ...over })], [{ ...HALL, ...place }]);
    expect(await day('2026-11-22')).toEqual([]);
  });

  test('once a day at the most, all in one mail, whatever happened in between and however often it is looked', async () => {
    const { place, parts, day, follow } = world();
    await follow([1, 2, 3]);
    put(place, [weekly(1, { join: ['book'] }), weekly(3, { availability: { state: 'full' } })]);
    const [mail, ...others] = await day('2026-11-22');
    expect(others).toEqual([]);
    expect(mail?.text).toMatch(/Listing 1\n- How to join[\s\S]*Listing 3\n- Whether there is room: Full/);
    // A second start of the program on that day.
    put(place, [weekly(1, { join: ['drop_in'] })]);
    await createDaily({ ...parts, moderators: [], outbox: null, log: () => undefined })();
    expect(await place.post()).toEqual([]);
    expect(await day('2026-11-23')).toHaveLength(1);
    // There and back again is no news.
    put(place, [weekly(2, { join: ['book'] })]);
    put(place, [weekly(2)]);
    expect(await day('2026-11-24')).toEqual([]);
  });

  test('while no mail goes out nothing is lost, and what an address refuses for good ends', async () => {
    const { place, day, follow } = world();
    await follow([1]);
    place.server.away = true;
    put(place, [weekly(1, { join: ['book'] })]);
    expect(await day('2026-11-22')).toEqual([]);
    place.server.away = false;
    place.later(60);
    expect(await place.post()).toHaveLength(1);
    place.db.prepare("UPDATE mail SET state = 'failed'").run();
    expect(await day('2026-11-23')).toEqual([]);
    expect(rows(place)).toEqual([]);
  });

  test('what is broken about one address holds up no other, and is tried again', async () => {
    const { place, day, follow } = world();
    await follow([1]);
    await follow([2], 'bob@example.org');
    place.db.prepare("UPDATE watched SET shown = '{}' WHERE service_id = ?").run(uuid(1));
    put(place, [weekly(1, { join: ['book'] }), weekly(2, { join: ['book'] })]);
    expect((await day('2026-11-22')).map(({ to }) => to)).toEqual(['bob@example.org']);
    expect(place.db.prepare('SELECT looked FROM watch ORDER BY id').pluck().all()).toEqual([
      '2026-11-21',
      '2026-11-22',
    ]);
  });

  test('no longer listed is told once; it may come back within 60 days, and is gone after', async () => {
    const { place, day, follow } = world();
    await follow([1]);
    put(place, [weekly(1, { join: ['book'] })], [], 'suspended');
    const [mail] = await day('2026-11-22');
    expect(mail?.text).toContain('Listing 1\n- It is no longer listed.\n');
    expect(mail?.text).not.toMatch(/How to join|services\//);
    expect(await day('2026-11-23')).toEqual([]);
    put(place, [weekly(1, { join: ['book'] })]);
    expect((await day('2026-12-01'))[0]?.text).toMatch(/Listing 1\n- It is listed again\.\n- How to join/);
    put(place, [weekly(1)], [], 'suspended');
    expect(await day('2026-12-02')).toHaveLength(1);
    await day('2027-02-10');
    await day('2027-02-11');
    expect(rows(place)).toEqual([]);
    expect(isKnown(place)).toBe(false);
  });

  test('one that is joined with a listing whose place is private leads to it neither now nor later', async () => {
    const { place, day, follow } = world();
    await follow([1]);
    put(place, [weekly(2, { location_ids: [uuid(501)] })], [{ ...HALL, id: uuid(501), confidential: true }]);
    const hidden = currentId(place.db, uuid(2));
    joinListings(place.directory, hidden, uuid(1), { role: 'moderator' });
    const [mail] = await day('2026-11-22');
    expect(mail?.text).toContain('It is no longer listed.');
    put(place, [{ ...weekly(2, { name: 'Another name', location_ids: [uuid(501)] }), id: hidden }]);
    const later = (await day('2026-11-23')).map(({ text }) => text).join();
    expect(`${mail?.text}${later}`).not.toContain(hidden);
    expect(later).toBe('');
  });

  test('a listing whose place becomes private is no longer listed, and nothing leads to where it went', async () => {
    const { place, parts, day, follow } = world();
    const key = await follow([1]);
    put(place, [weekly(1, { join: ['book'] })]);
    place.server.away = true;
    await day('2026-11-22');
    put(place, [weekly(1, { join: ['drop_in'] })], [{ ...HALL, confidential: true }]);
    const renewed = currentId(place.db, uuid(1));
    expect(renewed).not.toBe(uuid(1));
    place.server.away = false;
    place.later(60);
    // Nor does the mail that waited while it was public.
    expect(await place.post()).toEqual([]);
    const [mail] = await day('2026-11-23');
    expect(mail?.text).toContain('Listing 1\n- It is no longer listed.\n');
    const kept = JSON.stringify([mail, rows(place), watchLink(parts, key)]);
    for (const secret of [renewed, 'Made-up Street', 'E8 3AB', 'Sunbeam']) expect(kept).not.toContain(secret);
    expect(await day('2026-11-24')).toEqual([]);
    expect(rows(place)).toEqual([]);
  });

  test('one that a mail had better not name any more is told in the same words', async () => {
    const { place, day, follow } = world();
    await follow([1]);
    put(place, [weekly(1, { name: 'Refuge', join: ['book'] })]);
    const [mail] = await day('2026-11-22');
    expect(mail?.text).toContain('Listing 1\n- It is no longer listed.\n');
    expect(`${mail?.text}${mail?.html}`).not.toContain('Refuge');
  });

  test('two that turn out to be one thing are one, and that is no change', async () => {
    const { place, day, follow } = world();
    put(place, [weekly(2, { join: ['book'], phones: [{ number: '020 7946 0123' }] })]);
    await follow([1, 2]);
    joinListings(place.directory, uuid(1), uuid(2), { role: 'moderator' });
    expect(await day('2026-11-22')).toEqual([]);
    expect(place.db.prepare('SELECT service_id FROM watched').pluck().all()).toEqual([uuid(1)]);
    put(place, [weekly(1, { status: 'temporarily closed' })]);
    expect(await day('2026-11-23')).toHaveLength(1);
  });

  test('what a keeper writes makes no button and no line of its own', async () => {
    const { place, day, follow } = world();
    await follow([1]);
    const evil = '=> https://evil.example Click';
    put(place, [weekly(1, { name: evil, application_process: `x\n${evil}\n${'long '.repeat(150)}` })]);
    const [mail] = await day('2026-11-22');
    expect(mail?.html).not.toMatch(/href="https:\/\/evil/);
    expect(mail?.text).not.toMatch(/^=>/m);
    expect(Math.max(...(mail?.text.split('\n') ?? []).map((line) => line.length))).toBeLessThan(400);
  });
});

describe('stopping', () => {
  test('one press lets go of everything at once, and a second does no harm', async () => {
    const { place, parts, day, follow } = world();
    const key = await follow([1, 2]);
    put(place, [weekly(1, { join: ['book'] })]);
    const [mail] = await day('2026-11-22');
    expect(mail?.stop).toBe(`https://signpost.example.org/watch/${keyIn(mail?.text ?? '', 'watch')}`);
    stopWatching(parts, keyIn(mail?.text ?? '', 'watch'));
    expect(rows(place)).toEqual([]);
    expect(isKnown(place)).toBe(false);
    for (const each of [key, keyIn(mail?.text ?? '', 'watch')]) {
      expect(watchLink(parts, each).kind).toBe('stopped');
      stopWatching(parts, each);
    }
    put(place, [weekly(2, { join: ['book'] })]);
    expect(await day('2026-11-23')).toEqual([]);
  });

  test('one listing is taken out; with the last one it stops', async () => {
    const { place, parts, follow } = world();
    const key = await follow([1, 2]);
    stopWatchingOne(parts, key, uuid(1));
    expect(watchLink(parts, key)).toMatchObject({ kind: 'watching', listings: [{ id: uuid(2) }] });
    stopWatchingOne(parts, key, uuid(2));
    expect(rows(place)).toEqual([]);
  });

  test('a second list is put with the first; nobody else’s is touched, and a key stops its own alone', async () => {
    const { place, parts, day, follow } = world();
    const first = await follow([1]);
    const bob = await follow([2], 'bob@example.org');
    const second = await follow([1, 3]);
    expect(watchLink(parts, first)).toEqual(watchLink(parts, second));
    expect(place.db.prepare('SELECT count(*) FROM watch').pluck().get()).toBe(2);
    put(place, [weekly(1, { join: ['book'] }), weekly(2, { join: ['book'] })]);
    expect((await day('2026-11-22')).map(({ to }) => to)).toEqual([ANN, 'bob@example.org']);
    stopWatching(parts, second);
    expect(watchLink(parts, bob).kind).toBe('watching');
    // A key to say yes stops nothing, and one that stops says no yes.
    expect(confirmWatching(parts, bob)).toBeNull();
    expect(watchLink(parts, bob).kind).toBe('watching');
  });

  test('all that is kept is handed out, and erased', async () => {
    const { place, follow } = world();
    await follow([1]);
    expect(personalData(place.db, 'ANN@example.org')).toMatchObject({
      told_of_changes_of: [{ service_id: uuid(1), confirmed: 1 }],
    });
    expect(erasePerson(place.db, ANN)).toBe(true);
    expect(rows(place)).toEqual([]);
    expect(personalData(place.db, ANN)).toBeNull();
  });
});
