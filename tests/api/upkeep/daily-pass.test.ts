import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { historyOf } from '../../../api/store/changes.ts';
import { findPerson } from '../../../api/store/people.ts';
import { createDaily } from '../../../api/upkeep/daily.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { createPlace, listing, type Place, uuid } from './place.ts';

const A = uuid(1);

/** The templates of what went out to anybody after a pass on each of those days. */
async function passesOn(place: Place, days: readonly string[]): Promise<string[]> {
  const told: string[] = [];
  for (const day of days) {
    place.goTo(day);
    expect((await upkeepPass(place.directory)).faults).toEqual([]);
    for (const { template } of await place.post()) told.push(`${day} ${template}`);
  }
  return told;
}

const onePlace = (over: Record<string, unknown> = {}, begin = '2026-11-20') => {
  const place = createPlace(begin);
  place.add([listing(1, over)]);
  place.keep(A, 'ann@example.org');
  return place;
};

describe('a listing that nobody checks', () => {
  test('is due at six months, reminded at 14 and 28 days, then not confirmed, then taken out at nine months', async () => {
    const place = onePlace();
    const days = ['2026-11-20', '2026-11-21', '2026-12-04', '2026-12-05', '2026-12-18', '2026-12-19', '2027-01-01'];
    expect(await passesOn(place, [...days, '2027-01-02', '2027-02-20', '2027-02-21', '2027-06-01'])).toEqual([
      '2026-11-21 due',
      '2026-12-05 due-14',
      '2026-12-19 due-28',
      '2027-01-02 unconfirmed',
      '2027-02-21 archived',
    ]);
    expect(historyOf(place.db, [A]).map(({ action, role }) => `${action} by ${role}`)).toEqual([
      'archived by programme',
      'unconfirmed by programme',
      'due by programme',
      'added by moderator',
    ]);
    expect(place.get(A).service.assured_date).toBe('2026-05-21');
    expect(place.index.size).toBe(0);
    const said = place.letters.map(({ text }) => text);
    expect(said[1]).toContain('If nobody has looked by 2 January 2027');
    expect(said[2]).toContain('If nobody has looked by 2 January 2027');
    expect(said[3]).toContain('If we hear nothing by 21 February 2027');
  });

  test('one that is limited in time is due after three months', async () => {
    const schedules = [{ freq: 'WEEKLY', byday: 'TU', dtstart: '2026-09-01', valid_to: '2028-03-30' }];
    const place = onePlace({ schedules }, '2026-08-20');
    expect(await passesOn(place, ['2026-08-20', '2026-08-21'])).toEqual(['2026-08-21 due']);
  });

  test('a year without a pass takes nothing out before everybody was asked, with two weeks to answer each time', async () => {
    const place = onePlace();
    const days = Array.from({ length: 90 }, (_, day) =>
      new Date(Date.UTC(2027, 10, 21 + day)).toISOString().slice(0, 10),
    );
    expect(await passesOn(place, days)).toEqual([
      '2027-11-21 due',
      '2027-12-05 due-14',
      '2027-12-19 due-28',
      '2028-01-02 unconfirmed',
      '2028-01-16 archived',
    ]);
  });

  test('while no mail goes out, nobody is passed over: the next step waits until the last mail was sent', async () => {
    const place = onePlace();
    place.server.away = true;
    expect(await passesOn(place, ['2026-11-21', '2027-01-10', '2027-03-01'])).toEqual([]);
    expect(place.get(A).state).toBe('due');
    place.server.away = false;
    expect(await passesOn(place, ['2027-03-02', '2027-03-15', '2027-03-16'])).toEqual([
      '2027-03-02 due',
      '2027-03-16 due-14',
    ]);
  });

  test('where nobody looks after it, it goes the same way on the same days, without mail', async () => {
    const place = createPlace();
    place.add([listing(1)]);
    const states: string[] = [];
    for (const day of ['2026-11-21', '2026-12-05', '2026-12-19', '2027-01-02', '2027-02-21']) {
      await passesOn(place, [day]);
      states.push(place.get(A).state);
    }
    expect(states).toEqual(['due', 'due', 'due', 'unconfirmed', 'archived']);
    expect(place.letters).toEqual([]);
  });

  test('a moderator who brings it back unchecked has it shown as not confirmed, with time to answer', async () => {
    const place = onePlace();
    await passesOn(place, ['2026-11-21', '2026-12-05', '2026-12-19', '2027-01-02', '2027-02-21']);
    place.goTo('2027-04-01');
    const { service } = place.get(A);
    place.directory.change((save) =>
      save({ services: [{ service, state: 'published' }] }, { action: 'restored', role: 'moderator' }),
    );
    expect(await passesOn(place, ['2027-04-01', '2027-04-02', '2027-04-14', '2027-04-15'])).toEqual([
      '2027-04-01 unconfirmed',
      '2027-04-15 archived',
    ]);
  });

  test('one that was checked while it was due, by whatever way, is published again', async () => {
    const place = onePlace();
    await passesOn(place, ['2026-11-21']);
    const { service, state } = place.get(A);
    place.directory.change((save) =>
      save(
        { services: [{ service: { ...service, assured_date: '2026-11-20' }, state }] },
        { action: 'imported', role: 'source' },
      ),
    );
    expect(await passesOn(place, ['2026-11-22'])).toEqual([]);
    expect(place.get(A).state).toBe('published');
  });

  test.each(['suspended', 'archived', 'awaiting_review', 'draft'] as const)(
    'one that is %s is left alone',
    async (state) => {
      const place = createPlace();
      place.add([listing(1, { availability: { state: 'full', until: '2026-01-01' } })], state);
      place.keep(A, 'ann@example.org');
      expect(await passesOn(place, ['2027-11-21'])).toEqual([]);
      expect(place.get(A).state).toBe(state);
      expect(historyOf(place.db, [A])).toHaveLength(1);
    },
  );

  test('many are looked after together, and one that goes wrong among them takes none with it', async () => {
    const place = createPlace('2026-11-20');
    place.add(Array.from({ length: 60 }, (_, at) => listing(at + 1)));
    // Nothing is found about it before it is changed.
    place.db.exec(`CREATE TRIGGER nothing_of_it BEFORE INSERT ON reminder WHEN NEW.service_id = '${uuid(30)}'
      BEGIN SELECT RAISE(ABORT, 'not this one'); END`);
    place.goTo('2026-11-21');
    // How many are taken together depends on how long they take: here, however busy the machine is, no time passes.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const puts = vi.spyOn(place.index, 'put');
    const { faults, done, looked } = await upkeepPass(place.directory);
    expect({ faults: faults.length, done, looked }).toEqual({ faults: 1, done: { due: 59 }, looked: 60 });
    expect(puts.mock.calls.length).toBeLessThan(10);
    expect(place.get(uuid(30)).state).toBe('published');
    expect(place.get(uuid(31)).state).toBe('due');
    expect(historyOf(place.db, [uuid(30)])).toHaveLength(1);
    place.db.exec('DROP TRIGGER nothing_of_it');
    expect((await upkeepPass(place.directory)).done).toEqual({ due: 1 });
  });

  test('one that cannot be looked after holds up no other', async () => {
    const place = onePlace();
    place.add([listing(2)]);
    place.db.prepare("UPDATE service SET document = json_set(document, '$.name', '') WHERE id = ?").run(uuid(2));
    place.goTo('2026-11-21');
    const { faults, done } = await upkeepPass(place.directory);
    expect(faults).toHaveLength(1);
    expect(done).toEqual({ due: 1 });
    expect(place.get(uuid(2)).state).toBe('published');
  });
});

describe('what passes by itself', () => {
  test('full until a day is open again the day after, with a mail', async () => {
    const availability = { state: 'full', until: '2026-11-25', note: 'Ask in spring' };
    const place = onePlace({ availability, assured_date: '2026-11-01' });
    expect(await passesOn(place, ['2026-11-25', '2026-11-26', '2026-11-27'])).toEqual(['2026-11-26 open-again']);
    expect(place.get(A).service.availability).toEqual({ state: 'open' });
    expect(place.letters[0]?.text).toContain('would be full until 25 November 2026');
    expect(historyOf(place.db, [A])[0]).toMatchObject({ action: 'reopened', role: 'programme' });
  });

  test('an event is taken out the day after its last date, and only then', async () => {
    const schedules = [{ dtstart: '2026-11-22', additional_dates: ['2026-11-29'], opens_at: '10:00' }];
    const place = onePlace({ kind: 'event', schedules, assured_date: '2026-11-01' });
    expect(await passesOn(place, ['2026-11-23', '2026-11-29', '2026-11-30', '2026-12-01'])).toEqual([
      '2026-11-30 over',
    ]);
    expect(place.get(A).state).toBe('archived');
    expect(place.letters[0]?.text).toContain('The last date that we have for Listing 1 was 29 November 2026');
  });

  test('an event that is due and open again and over on one day is over, and that is all', async () => {
    const schedules = [{ dtstart: '2026-08-01' }];
    const place = onePlace({ kind: 'event', schedules, availability: { state: 'full', until: '2026-07-01' } });
    expect(await passesOn(place, ['2026-11-21', '2026-11-22'])).toEqual(['2026-11-21 over']);
  });

  test('what is due and open again on one day is both', async () => {
    const place = onePlace({ availability: { state: 'paused', until: '2026-11-01' } });
    expect((await passesOn(place, ['2026-11-21', '2026-11-22'])).sort()).toEqual([
      '2026-11-21 due',
      '2026-11-21 open-again',
    ]);
    expect(place.get(A)).toMatchObject({ state: 'due', service: { availability: { state: 'open' } } });
  });
});

describe('the work of a day', () => {
  const MODERATORS = ['mo@example.org', 'flo@example.org'];
  const daily = (place: Place, outbox: string | null = null, log: string[] = []) =>
    createDaily({
      directory: place.directory,
      isPrivate: () => false,
      moderators: MODERATORS,
      outbox,
      log: (line) => log.push(line),
    });

  test('is done once a day, and says in the log what it did, without names', async () => {
    const place = onePlace();
    const log: string[] = [];
    const run = daily(place, null, log);
    place.goTo('2026-11-21');
    await run();
    await run();
    expect(log).toEqual(['Upkeep: of 1 listings looked at, 1 due.']);
  });

  test('the moderators hear once a week, where there is something to hear', async () => {
    const place = createPlace('2026-11-20');
    const run = daily(place);
    await run();
    expect(await place.post()).toEqual([]);
    place.add([listing(1), listing(2), listing(3, { name: 'Kept\n=> https://evil.example Press' })]);
    place.keep(uuid(2), 'ann@example.org');
    place.goTo('2026-11-21');
    await run();
    const digests = (await place.post()).filter(({ template }) => template === 'digest');
    expect(digests.map(({ to }) => to).sort()).toEqual(['flo@example.org', 'mo@example.org']);
    expect(digests[0]?.text).toContain('3 listings are due to be checked.');
    expect(digests[0]?.text).toContain('nobody looks after 2, so only you can have them checked:\n- Kept => https');
    expect(digests[0]?.html).not.toContain('href="https://evil');
    for (const day of ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-29', '2026-11-30']) {
      place.goTo(day);
      await run();
      for (const { template } of await place.post())
        if (template === 'digest') expect(['2026-11-23', '2026-11-30']).toContain(day);
    }
    expect(place.letters.filter(({ template }) => template === 'digest')).toHaveLength(6);
  });

  test('what was kept long enough is let go of, and nothing else', async () => {
    const place = onePlace();
    const folder = temporaryFolder();
    try {
      place.keep(A, 'bob@example.org');
      place.db.prepare("INSERT INTO person (email, since) VALUES ('gone@example.org', '2026-01-01T00:00:00Z')").run();
      place.goTo('2026-11-21');
      await daily(place, folder.path)();
      await place.post();
      expect(findPerson(place.db, 'gone@example.org')).toBeNull();
      const count = (what: string) => place.db.prepare(`SELECT count(*) FROM ${what}`).pluck().get();
      expect(count('mail WHERE recipient IS NOT NULL')).toBe(4);
      expect(count('token')).toBe(2);
      expect(count('mail WHERE given IS NOT NULL')).toBe(0);

      place.goTo('2026-12-30');
      await daily(place, folder.path)();
      expect(count("mail WHERE recipient IS NOT NULL AND template = 'due'")).toBe(0);
      expect(count('mail')).toBeGreaterThanOrEqual(4);
      expect(count('token')).toBe(4);
      place.goTo('2027-07-01');
      await daily(place, folder.path)();
      expect(count("token WHERE issued_at < '2027'")).toBe(0);
      expect(findPerson(place.db, 'ann@example.org')).not.toBeNull();
      expect(findPerson(place.db, 'mo@example.org')).not.toBeNull();
    } finally {
      folder.remove();
    }
  });
});
