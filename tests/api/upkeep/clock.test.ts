import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newCode } from '../../../api/handout/code.ts';
import { queueMail } from '../../../api/notify/mail.ts';
import { acceptClock, clockStanding } from '../../../api/store/clock.ts';
import { addFeed, dueFeeds } from '../../../api/store/feeds.ts';
import { findHandout, saveHandout } from '../../../api/store/handouts.ts';
import { nextMailAt } from '../../../api/store/mail.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { personOf } from '../../../api/store/people.ts';
import { addReminder, remindersOf } from '../../../api/store/reminders.ts';
import { addSubmission } from '../../../api/store/submissions.ts';
import { issueToken } from '../../../api/store/tokens.ts';
import { addUpload } from '../../../api/store/uploads.ts';
import { createClockGuard } from '../../../api/upkeep/clock-guard.ts';
import { createDaily } from '../../../api/upkeep/daily.ts';
import { upkeepPass } from '../../../api/upkeep/daily-pass.ts';
import { AT_NOW } from '../../helpers/clock.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';
import { type Site, startSite } from '../../helpers/site.ts';
import { moderator } from '../../helpers/visitor.ts';
import { createPlace, listing, type Place, uuid } from './place.ts';

/** A clock that jumps takes nothing away: the upkeep stops and asks. */

/** A spreadsheet that was sent in, which is kept for a day. */
function keepFile({ db, now }: Place, id: string, day: string): void {
  const of = { id, person: personOf(db, 'mo@example.org', now()), name: 'a.csv', source: 'Council', report: '{}' };
  addUpload(db, { ...of, made_at: `${day}T09:00:00.000Z`, expires_at: `${day}T23:00:00.000Z` }, new Uint8Array());
}

/** A directory with all that time takes away in it, and the job of the upkeep that looks after it. */
function inUse(begin = '2026-11-21') {
  const place = createPlace(begin);
  place.add([
    listing(1, { assured_date: '2026-11-01' }),
    listing(2, { assured_date: '2026-05-21' }),
    listing(3, {
      kind: 'event',
      schedules: [{ dtstart: '2026-12-05', opens_at: '10:00' }],
      assured_date: '2026-11-01',
    }),
    listing(4, { availability: { state: 'full', until: '2026-12-01' }, assured_date: '2026-11-01' }),
  ]);
  const ann = place.keep(uuid(2), 'ann@example.org');
  const eve = personOf(place.db, 'eve@example.org', place.now());
  addSubmission(
    place.db,
    { id: uuid(90), kind: 'new', service_id: uuid(91), answers: {}, base: null, person: eve },
    place.now(),
  );
  issueToken(place.db, { purpose: 'draft', subject: uuid(90), person: null, minutes: 60, once: false }, place.now());
  const code = newCode();
  saveHandout(place.db, { code, listings: [], made: begin, expires: '2027-05-21' }, begin);
  keepFile(place, 'a', begin);
  const log: string[] = [];
  const daily = createDaily({
    directory: place.directory,
    isPrivate: () => false,
    moderators: ['mo@example.org'],
    outbox: null,
    log: () => undefined,
  });
  return { place, ann, code, log, run: createClockGuard(place.directory, daily, (line) => log.push(line)) };
}

/** Everything that time could take away. */
const kept = ({ db }: Place) =>
  ['service', 'submission', 'token', 'mail', 'reminder', 'person', 'handout', 'history', 'csv_upload'].map((table) =>
    JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()),
  );

describe.each([
  ['a year ahead', '2027-11-21', 'last ran on 21 November 2026'],
  ['a month ahead', '2026-12-21', 'last ran on 21 November 2026'],
  ['nine days ahead', '2026-11-30', 'last ran on 21 November 2026'],
  ['a year behind', '2025-11-21', 'has seen 21 November 2026'],
  ['at the beginning of time', '1970-01-01', 'has seen 21 November 2026'],
])('a clock that is %s', (_how, day, words) => {
  test('while the server runs, or at a start of it: nothing is taken away or done, and it is said', async () => {
    const { place, log, run } = inUse();
    await run();
    await place.post();
    const before = kept(place);
    expect(before[0]).toContain('"state":"due"');
    place.goTo(day);
    // The same process; then another, which begins with that clock.
    await run();
    await run();
    await createClockGuard(
      place.directory,
      () => Promise.reject(new Error('It works.')),
      (line) => log.push(line),
    )();
    saveHandout(place.db, { code: newCode(), listings: [], made: day, expires: '2030-01-01' }, day);
    place.db.prepare("DELETE FROM handout WHERE expires = '2030-01-01'").run();
    keepFile(place, 'b', day);
    place.db.prepare("DELETE FROM csv_upload WHERE id = 'b'").run();
    expect(kept(place)).toEqual(before);
    expect(log).toHaveLength(2);
    expect(log[0]).toMatch(/^The upkeep has stopped\. .*npm run upkeep -- go-on/);
    expect(log[0]).toContain(words);
  });

  test('is believed once somebody has said that it is right', async () => {
    const { place, run } = inUse();
    await run();
    place.goTo(day);
    await run();
    acceptClock(place.db, place.now());
    let worked = 0;
    const work = async () => {
      worked += 1;
    };
    await createClockGuard(place.directory, work, () => undefined)();
    expect(worked).toBe(1);
    expect(clockStanding(place.db, place.now()).state).toBe('right');
  });
});

test('set right again after a start far ahead, the directory says what it has seen, and has lost nothing', async () => {
  const { place, code, log, run } = inUse();
  await run();
  const before = kept(place);
  place.goTo('2027-11-21');
  await run();
  place.goTo('2026-11-21');
  await run();
  expect(log[1]).toContain('has seen 21 November 2027, which is still to come');
  expect(kept(place)).toEqual(before);
  acceptClock(place.db, place.now());
  await run();
  expect(findHandout(place.db, code, '2026-11-22')).not.toBeNull();
  // And it goes on as if nothing had been.
  place.goTo('2026-12-02');
  acceptClock(place.db, place.now());
  await upkeepPass(place.directory);
  expect(place.get(uuid(4)).service.availability.state).toBe('open');
});

test('mails and feeds that were put off while the clock was ahead are due once it is said to be right', async () => {
  const { place, run } = inUse();
  await run();
  const { db } = place;
  queueMail(db, { key: 'a', to: 'ann@example.org', template: 'hidden', values: { name: 'A' } }, place.now());
  const of = { name: 'Council', url: 'https://feed.example.org', licence: null, state: 'active', every_hours: 24 };
  const feed = addFeed(db, of as never, place.now().toISOString());
  db.prepare("UPDATE mail SET next_at = '2027-11-21T10:00:00.000Z'").run();
  db.prepare("UPDATE feed SET next_at = '2027-11-22T10:00:00.000Z'").run();
  const due = () => [(nextMailAt(db) ?? 0) <= place.now().getTime(), dueFeeds(db, place.now().toISOString()).length];
  expect(due()).toEqual([false, 0]);
  acceptClock(db, place.now());
  expect(due()).toEqual([true, 1]);
  // What waits for some days, as things do, goes on waiting.
  db.prepare("UPDATE feed SET next_at = '2026-12-20T10:00:00.000Z' WHERE id = ?").run(feed.id);
  acceptClock(db, place.now());
  expect(due()).toEqual([true, 0]);
});

test('a week without the server is nothing unusual, nor a clock that is put right by days', async () => {
  const { place, log, run } = inUse();
  await run();
  for (const day of ['2026-11-27', '2026-12-03', '2026-11-29', '2026-12-05']) {
    place.goTo(day);
    await run();
  }
  expect(log).toEqual([]);
});

test('a directory of a former version that has seen the future says so; one that was quiet for weeks does not ask', async () => {
  const { place, log, run } = inUse('2027-11-21');
  place.goTo('2026-11-21');
  await run();
  expect(log[0]).toContain('has seen 21 November 2027');

  const quiet = inUse('2026-11-01');
  quiet.place.goTo('2026-11-21');
  await quiet.run();
  expect(quiet.log).toEqual([]);
});

test('reminders that are dated in the future count as sent today, so that the next comes two weeks on', async () => {
  const place = createPlace('2026-11-21');
  place.add([listing(1, { assured_date: '2026-05-21' })], 'due');
  place.keep(uuid(1), 'ann@example.org');
  addReminder(place.db, uuid(1), '2026-05-21', { step: 'due', day: '2027-11-21' });
  await upkeepPass(place.directory);
  expect(remindersOf(place.db, uuid(1), '2026-05-21')).toEqual([{ step: 'due', day: '2026-11-21' }]);
  place.goTo('2026-12-04');
  expect((await upkeepPass(place.directory)).done).toEqual({});
  place.goTo('2026-12-05');
  expect((await upkeepPass(place.directory)).done).toEqual({ 'due-14': 1 });
});

describe('the running server', () => {
  let folder: Folder;
  let site: Site | undefined;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await site?.stop();
    folder.remove();
  });
  const start = async (moment: string) => {
    site = await startSite({
      DATABASE: folder.file('signpost.sqlite'),
      SIGNPOST_TEST_NOW: moment,
      MODERATORS: 'ada@example.org',
    });
    return site;
  };
  /** What the log and the address that watchers ask say, once the upkeep has had its turn. */
  const standing = async ({ origin, log }: Site, said: RegExp) => {
    for (let tries = 0; tries < 200 && !said.test(readFileSync(log, 'utf8')); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readFileSync(log, 'utf8')).toMatch(said);
    return (
      (await (await fetch(`${origin}/api/v1/health`)).json()) as { upkeep: { state: string; why: string | null } }
    ).upkeep;
  };
  const count = (sql: string): number => {
    const db = openStore(folder.file('signpost.sqlite'));
    const found = db.prepare(sql).pluck().get() as number;
    closeStore(db);
    return found;
  };

  test('started a year ahead archives and erases nothing, says so in three places, and goes on by a button', async () => {
    let now = await start('2026-11-21T09:00:00Z');
    await standing(now, /Upkeep: of \d+ listings/);
    const listed = count("SELECT count(*) FROM service WHERE state = 'archived'");
    await now.stop();
    now = await start('2027-11-21T09:00:00Z');
    const held = await standing(now, /The upkeep has stopped\./);
    expect(held).toMatchObject({ state: 'held', why: expect.stringContaining('says 21 November 2027') });
    expect(count("SELECT count(*) FROM service WHERE state = 'archived'")).toBe(listed);
    const ada = moderator(now, 'ada@example.org', '2027-11-21T09:00:00Z');
    const page = await ada.get('/moderate/figures');
    expect(page.text).toContain('The upkeep has stopped');
    expect((await ada.post('/moderate/figures', { clock: 'right' })).status).toBe(303);
    expect((await ada.get('/moderate/figures')).text).not.toContain('The upkeep has stopped');
    const { upkeep } = (await (await fetch(`${now.origin}/api/v1/health`)).json()) as { upkeep: object };
    expect(upkeep).toEqual({ state: 'on', why: null });
  });

  test('goes on by a command', async () => {
    await (await start('2026-11-21T09:00:00Z')).stop();
    // Before it was stopped it may have had no turn: the command notes what it finds.
    const db = openStore(folder.file('signpost.sqlite'));
    acceptClock(db, new Date('2026-11-21T09:00:00Z'));
    closeStore(db);
    const command = (...words: string[]) =>
      execFileSync(process.execPath, [...AT_NOW.before, 'scripts/upkeep.ts', ...words], {
        cwd: join(import.meta.dirname, '../../..'),
        encoding: 'utf8',
        env: { ...process.env, DATABASE: folder.file('signpost.sqlite'), SIGNPOST_TEST_NOW: '2027-03-01T09:00:00Z' },
      });
    expect(command()).toContain('last ran on 21 November 2026');
    expect(command('go-on')).toContain('within a minute');
    expect(command()).toContain('The upkeep runs');
  });
});
