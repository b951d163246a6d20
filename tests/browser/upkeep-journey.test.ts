import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptClock } from '../../api/store/clock.ts';
import { keepersOf } from '../../api/store/keepers.ts';
import { findListing } from '../../api/store/listings.ts';
import { type Db, openStore } from '../../api/store/open.ts';
import { findSubmission } from '../../api/store/submissions.ts';
import { withPage } from '../helpers/browser.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { byKeyboard, fieldOf, reach } from '../helpers/hands.ts';
import { type MailServer, type Received, startMailServer } from '../helpers/mail-server.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { beginForm, sayTheRest, sayWhat } from '../helpers/weekly-class.ts';

/**
 * The life of a listing, from the first answer to the last, at 320 px, by keyboard, without JavaScript, through real mail.
 * At each turn the server is ended by kill -9 just after it has said that something is done, and started again; and every
 * link of every mail is opened as a scanner of mail does.
 */

const SAM = 'sam@example.org';
const MO = 'mo@example.org';
const NAME = 'Chair yoga for sore backs';
/** Six months after it was added, and a day. */
const LATER = '2027-05-22T09:00:00Z';

/** A machine may be slow, and does the day's work while pages are looked at. */
const WAIT = { timeout: 60_000, interval: 100 };
/** Weeks in which moderators have had their mail. */
let weeks = 1;

const folder = temporaryFolder();
let mail: MailServer;
let site: Site;
let db: Db;

const start = async (moment: string): Promise<void> => {
  site = await startSite({
    DATABASE: folder.file('signpost.sqlite'),
    SIGNPOST_TEST_NOW: moment,
    MODERATORS: MO,
    SMTP_URL: mail.url,
    MAIL_FROM: 'Signpost <signpost@example.org>',
  });
  db = openStore(site.database);
};
/** A power cut, and the server again. */
const cutPower = async (moment: string): Promise<void> => {
  await site.kill();
  // Months have passed: somebody has looked at the clock, or the upkeep would ask first.
  acceptClock(db, new Date(moment));
  db.close();
  await start(moment);
};

beforeAll(async () => {
  mail = await startMailServer();
  await start('2026-11-21T09:00:00Z');
});
afterAll(async () => {
  db?.close();
  await site?.stop();
  await mail?.stop();
  folder.remove();
});

const onPhone = (work: Parameters<typeof withPage>[1]) =>
  withPage({ at: site.origin, width: 320, height: 640, javaScriptEnabled: false }, work);
const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
const pathIn = ({ links }: Received, start: string): string =>
  links.map((link) => new URL(link).pathname).find((path) => path.startsWith(start)) ?? 'none';

/** All that anybody could have changed: listings with their history, who looks after them, forms, keys, mails. */
const everything = (): string[] =>
  [
    'SELECT id, state, document, last_modified FROM service ORDER BY id',
    'SELECT id, document FROM organization ORDER BY id',
    'SELECT id, document FROM location ORDER BY id',
    'SELECT * FROM history ORDER BY seq',
    'SELECT * FROM keeper ORDER BY service_id, person',
    'SELECT * FROM submission ORDER BY id',
    'SELECT * FROM token ORDER BY hash',
    'SELECT key, state FROM mail ORDER BY id',
    'SELECT id, person FROM moderator_session ORDER BY id',
  ].map((sql) => JSON.stringify(db.prepare(sql).all()));

/** Waits until the work of the day is done, of which the moderators' mail is the last, and all mail has gone out. */
async function quiet(): Promise<void> {
  const count = (sql: string) => db.prepare(sql).pluck().get();
  await expect.poll(() => count("SELECT count(*) FROM mail WHERE key LIKE 'digest:%'"), WAIT).toBe(weeks);
  await fetch(site.origin);
  await expect.poll(() => count("SELECT count(*) FROM mail WHERE state <> 'sent'"), WAIT).toBe(0);
}

/** Opens every link of every mail so far, in both ways in which programs look at pages. @returns how many */
async function scan(): Promise<number> {
  await quiet();
  const before = everything();
  const links = [...new Set(mail.received.flatMap((each) => each.links))];
  for (const link of links)
    for (const method of ['HEAD', 'GET']) {
      const { pathname, search } = new URL(link);
      const response = await fetch(new URL(pathname + search, site.origin), { method });
      expect(response.status, link).toBeLessThan(500);
    }
  const after = everything();
  expect(after.filter((table, index) => table !== before[index]).map((table) => table.slice(0, 200))).toEqual([]);
  return links.length;
}

/** Finds by postcode, as somebody does who knows nothing of all this. @returns what the card of the class says, or null */
async function findByPostcode(page: Page): Promise<string | null> {
  await page.goto('/');
  await reach(page, page.getByLabel('Postcode or place'));
  await page.keyboard.type('E9 6SR');
  await reach(page, page.getByLabel(/What are you looking for/));
  await page.keyboard.type('chair yoga');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?**');
  const card = page.getByRole('main').getByRole('article').filter({ hasText: NAME });
  return (await card.count()) === 0 ? null : card.first().innerText();
}

test('a weekly class: added, confirmed, published, found, still right, moved, stopped', async () => {
  let form = '';
  await onPhone(async (page) => {
    await beginForm(page, byKeyboard(page), SAM);
    await sayWhat(page, byKeyboard(page), NAME);
    form = new URL(page.url()).pathname;
  });
  // What was said to be saved is there after a power cut, and the form goes on where it was.
  await cutPower('2026-11-21T09:05:00Z');
  await onPhone(async (page) => {
    await page.goto(form.replace(/when$/, 'what'));
    expect(await fieldOf(page, 'What is it called?').inputValue()).toBe(NAME);
    await page.goto(form);
    await sayTheRest(page, byKeyboard(page));
    await byKeyboard(page).press('Send it in');
    await page.waitForURL('**?sent=unconfirmed');
  });

  const asked = await mail.waitFor(SAM, /Please confirm/);
  expect(await scan()).toBeGreaterThan(1);
  await onPhone(async (page) => {
    await page.goto(pathIn(asked, '/add/confirm/'));
    await byKeyboard(page).press('Yes, I sent this');
    await page.getByRole('heading', { name: /Now we look at it/ }).waitFor();
    expect(await findByPostcode(page)).toBeNull();
  });

  await cutPower('2026-11-21T09:15:00Z');
  const id = db.prepare("SELECT id FROM submission WHERE state = 'waiting'").pluck().get() as string;
  await onPhone(async (page) => {
    const hand = byKeyboard(page);
    await page.goto('/moderate');
    await hand.type('Your e-mail address', MO);
    await hand.press('Send me a link');
    await page.goto(pathIn(await mail.waitFor(MO, /sign in/), '/moderate/sign-in/'));
    await hand.press('Sign in');
    await page.waitForURL('**/moderate');
    await hand.press(NAME);
    await page.waitForURL(`**/${id}`);
    await hand.press('Publish');
    await page.waitForURL(/done=publish/);
    expect(await findByPostcode(page)).toMatch(/Tuesday 24 November/);
  });
  const published = await mail.waitFor(SAM, /is in the directory/);
  expect(await scan()).toBeGreaterThan(4);
  await cutPower('2026-11-21T09:20:00Z');
  const listing = findSubmission(db, id)?.service_id ?? '';
  expect(findListing(db, listing)?.state).toBe('published');
  expect(keepersOf(db, listing).map(({ email }) => email)).toEqual([SAM]);
  await onPhone(async (page) => {
    expect(await findByPostcode(page)).toMatch(/Tuesday 24 November/);
    await page.goto(pathIn(published, '/services/'));
    expect(await page.getByRole('main').innerText()).toMatch(/Checked today by the organisation/);
  });

  // Six months on, a mail asks by itself.
  await cutPower(LATER);
  weeks = 2;
  const due = await mail.waitFor(SAM, /still right\?/);
  await scan();
  expect(findListing(db, listing)?.state).toBe('due');
  await onPhone(async (page) => {
    await page.goto(pathIn(due, '/keep/'));
    await byKeyboard(page).press('Yes, it is all still right');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  });
  await cutPower('2027-05-22T09:05:00Z');
  expect(findListing(db, listing)).toMatchObject({ state: 'published', service: { assured_date: '2027-05-22' } });

  // The class moves to Thursdays.
  await onPhone(async (page) => {
    const hand = byKeyboard(page);
    await page.goto('/edit');
    await hand.type('Your e-mail address', SAM);
    await hand.press('Send me links');
    await page.waitForURL('**sent=yes');
    const links = await mail.waitFor(SAM, /Your listings/);
    await page.goto(pathIn(links, '/edit/'));
    await hand.press('When it happens');
    await reach(page, fieldOf(page, 'When does it meet?'));
    expect(await fieldOf(page, 'When does it meet?').inputValue()).toBe('Tuesdays, 10:30am to 12 noon, term time only');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('every Thursday 10:30 to 12, term time');
    await hand.press('Save and go on');
    await page.waitForURL('**/dates?**');
    expect(await page.getByRole('main').innerText()).toMatch(/Thursday 27 May, 10:30am to 12 noon/);
    await hand.press('Yes, go on');
    await page.waitForURL('**/check');
    await hand.press('Save these changes');
    await page.waitForURL('**sent=published');
    expect(await findByPostcode(page)).toMatch(/Thursday 27 May/);
  });
  const receipt = await mail.waitFor(SAM, /What you changed/);
  expect(receipt.text).toMatch(/When: Thursdays, 10:30am to 12 noon, term time only \(before: Tuesdays/);
  await scan();
  await cutPower('2027-05-22T09:10:00Z');

  // And one day it stops.
  await onPhone(async (page) => {
    expect(await findByPostcode(page)).toMatch(/Thursday 27 May/);
    const links = await mail.waitFor(SAM, /Your listings/);
    await page.goto(pathIn(links, '/keep/'));
    await byKeyboard(page).press('It has stopped');
    await byKeyboard(page).press('Yes, it has stopped');
    await page.getByRole('heading', { name: `${NAME} has stopped` }).waitFor();
    expect(await findByPostcode(page)).toBeNull();
  });
  await mail.waitFor(SAM, /out of the directory/);
  expect(await scan()).toBeGreaterThan(10);
  await cutPower('2027-05-22T09:15:00Z');
  await onPhone(async (page) => {
    expect(await findByPostcode(page)).toBeNull();
    await page.goto(`/services/${listing}`);
    expect(await heading(page)).not.toBe(NAME);
  });
  expect(findListing(db, listing)?.state).toBe('archived');
  // Each mail came once, however often the server was ended; a copy would carry the same Message-ID.
  const once = new Map(mail.received.map((each) => [each.messageId, each]));
  const told = [...once.values()].filter(({ to }) => to === SAM).map(({ subject }) => subject);
  expect(told).toEqual([...new Set(told)]);
  expect(told).toHaveLength(7);
});
