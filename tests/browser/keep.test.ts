import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDirectory } from '../../api/directory/directory.ts';
import { createSearchIndex } from '../../api/search/index.ts';
import { readVocabulary } from '../../api/search/text/vocabulary.ts';
import { addKeeper, keepersOf } from '../../api/store/keepers.ts';
import { findListing } from '../../api/store/listings.ts';
import { closeStore, type Db, openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { upkeepPass } from '../../api/upkeep/daily-pass.ts';
import { listing, organization, uuid } from '../api/upkeep/place.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';
import { NOW } from '../helpers/clock.ts';
import { type MailServer, type Received, startMailServer } from '../helpers/mail-server.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** What those who look after a listing do from their mail, at 320 px and without any script of the site. */

const NARROW = { width: 320, scripts: false } as const;
const PLAIN = { width: 320, javaScriptEnabled: false } as const;
const A = uuid(1);
const B = uuid(2);

let mail: MailServer;
let site: Site;
let db: Db;

beforeAll(async () => {
  mail = await startMailServer();
  site = await startSite({ SMTP_URL: mail.url, MAIL_FROM: 'Signpost <signpost@example.org>' });
  // Another process puts two listings in and finds them due; the site that runs sends the mail.
  db = openStore(site.database);
  const now = () => new Date(NOW);
  const index = createSearchIndex([], readVocabulary('exercise, movement'));
  const directory = createDirectory({ db, index, now });
  const over = {
    phones: [{ number: '020 7946 0000' }],
    cost_options: [{ option: 'free' }],
    checked: { cost: '2026-06-10' },
  };
  directory.change((save) =>
    save(
      {
        organizations: [organization],
        services: [
          { service: listing(1, { name: 'Gentle stretching', ...over }), state: 'published' },
          { service: listing(2, { name: 'Thursday choir' }), state: 'published' },
        ],
      },
      { action: 'added', role: 'moderator' },
    ),
  );
  addKeeper(db, A, personOf(db, 'ann@example.org', now()), now());
  addKeeper(db, B, personOf(db, 'ann@example.org', now()), now());
  await upkeepPass(directory);
});
afterAll(async () => {
  if (db) closeStore(db);
  await site?.stop();
  await mail?.stop();
});

const TABLES = [
  'service',
  'organization',
  'location',
  'history',
  'person',
  'keeper',
  'token',
  'mail',
  'reminder',
  'submission',
];
const everything = () => TABLES.map((table) => db.prepare(`SELECT * FROM ${table}`).all());
const pathOf = (link: string): string => new URL(link).pathname;
const keepLink = ({ links }: Received): string =>
  pathOf(links.find((link) => link.includes('/keep/')) ?? 'http://no-link/');
const title = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

/** What a mail scanner does: opens every link, and every link on the pages behind them that holds a key. */
async function scan(mails: readonly Received[]): Promise<string[]> {
  const opened: string[] = [];
  const todo = mails.flatMap(({ links }) => links.map(pathOf));
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    if (opened.includes(path)) continue;
    opened.push(path);
    for (const method of ['HEAD', 'GET']) {
      const response = await fetch(`${site.origin}${path}`, { method, redirect: 'manual' });
      expect(response.status, `${method} ${path}`).toBeLessThan(400);
      const html = await response.text();
      todo.push(...[...html.matchAll(/(?:href|action)="(\/(?:keep|edit)\/[^"#?]+)/g)].map((match) => match[1] ?? ''));
    }
  }
  return opened;
}

describe('from a mail', () => {
  test('a scanner that opens every link changes nothing', async () => {
    const first = await mail.waitFor('ann@example.org', /stretching/);
    const second = await mail.waitFor('ann@example.org', /choir/);
    await settled();
    const before = everything();
    const opened = await scan([first, second]);
    expect(everything()).toEqual(before);
    expect(opened.length).toBeGreaterThanOrEqual(6);
  });

  test('still right is one button, and can be taken back', async () => {
    const link = keepLink(await mail.waitFor('ann@example.org', /stretching/));
    await withPage({ ...NARROW, at: site.origin }, async (page) => {
      await page.goto(link);
      expect(await title(page)).toBe('Is Gentle stretching still right?');
      expect(await page.getByRole('main').innerText()).toMatch(
        /Cost\s+Free\s+Checked on 10 June 2026[\s\S]*020 7946 0000\s+Checked on 21 May 2026/,
      );
      await expectAccessible(page);
      await fits(page);
      // By keyboard: the first thing after the link to the listing is the button.
      const button = page.getByRole('button', { name: 'Yes, it is all still right' });
      await page.getByRole('link', { name: 'See all that it says' }).focus();
      await page.keyboard.press('Tab');
      expect(await button.evaluate((it) => it === document.activeElement)).toBe(true);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname !== link);
      expect(await title(page)).toBe('Thank you');
      expect(await page.getByRole('main').innerText()).toContain('down as checked on 21 November 2026');
      await expectAccessible(page);
      expect(findListing(db, A)).toMatchObject({ state: 'published', service: { assured_date: '2026-11-21' } });

      // Back, or sent once more: it says kindly that it was done.
      await page.goBack();
      expect(await title(page)).toBe('This link has been used');
      expect(await page.getByRole('main').innerText()).toContain('was last checked on 21 November 2026');
      await expectAccessible(page);
      expect((await page.request.post(link, { form: { do: 'right' } })).status()).toBe(410);
      await press(page, 'Send a fresh link');
      expect(await title(page)).toBe('Look into your mail');
      await expectAccessible(page);
      expect((await mail.waitFor('ann@example.org', /Your listings/)).text).toContain('Thursday choir');
    });
  });

  test('what was said can be taken back, with the former dates', async () => {
    const fresh = await mail.waitFor('ann@example.org', /Your listings/);
    await settled();
    const before = everything();
    const opened = await scan([fresh]);
    expect(everything()).toEqual(before);
    expect(opened.filter((path) => path.startsWith('/edit/')).length).toBeGreaterThanOrEqual(2);
    const link = pathOf(/Gentle stretching\n[^\n]*\n(\S+)/.exec(fresh.text)?.[1] ?? 'http://no-link/');
    await withPage({ ...PLAIN, at: site.origin }, async (page) => {
      await page.goto(link);
      await press(page, 'Yes, it is all still right');
      expect(await title(page)).toBe('Thank you');
      await press(page, 'Take it back');
      expect(await title(page)).toBe('Is Gentle stretching still right?');
      expect(await page.getByRole('main').innerText()).toMatch(/Checked on 10 June 2026[\s\S]*Checked on 21 May 2026/);
      expect(findListing(db, A)).toMatchObject({ state: 'due', service: { assured_date: '2026-05-21' } });
      const response = await page.request.get(`/services/${A}`);
      expect(await response.text()).toMatch(/Days and times: 21 May 2026[\s\S]*Cost: 10 June 2026/);
      await press(page, 'Change what it says');
      expect(new URL(page.url()).pathname).toMatch(/^\/edit\/[\w-]{27}/);
    });
  });

  test('it has stopped: gone from the site, and back again from the receipt', async () => {
    const link = keepLink(await mail.waitFor('ann@example.org', /choir still right/));
    await withPage({ ...NARROW, at: site.origin }, async (page) => {
      await page.goto(link);
      await page.getByRole('link', { name: 'It has stopped' }).click();
      expect(await title(page)).toBe('Has Thursday choir stopped?');
      await expectAccessible(page);
      await fits(page);
      await press(page, 'Yes, it has stopped');
      expect(await title(page)).toBe('Thursday choir has stopped');
      await expectAccessible(page);
      expect((await page.request.get(`/services/${B}`)).status()).toBe(404);
      const receipt = await mail.waitFor('ann@example.org', /out of the directory/);
      await settled();
      const before = everything();
      await scan([receipt]);
      expect(everything()).toEqual(before);
      await page.goto(keepLink(receipt));
      await press(page, 'Put it back');
      expect(await title(page)).toBe('Is Thursday choir still right?');
      expect((await page.request.get(`/services/${B}`)).status()).toBe(200);

      // From here to somebody else: wrong first, so that what is said about it is seen.
      await page.getByRole('link', { name: 'Ask somebody else to look after it' }).click();
      await page.getByLabel('Their e-mail address').fill('cleo at example');
      await press(page, 'Ask them');
      expect(await page.title()).toMatch(/^Error: /);
      expect(await page.getByLabel('Their e-mail address').inputValue()).toBe('cleo at example');
      const words = 'That is not an e-mail address. Write it like name@example.org.';
      expect(await page.getByText(words).count()).toBe(2);
      await expectAccessible(page);
      await fits(page);
      await page.getByLabel('Their e-mail address').fill('cleo@example.org');
      await press(page, 'Ask them');
      expect(await title(page)).toBe('We have written to them');
    });
  });

  test('somebody else says yes from their own mail', async () => {
    const asked = await mail.waitFor('cleo@example.org');
    expect(asked.text).not.toContain('ann@');
    await withPage({ ...NARROW, at: site.origin }, async (page) => {
      await settled();
      const before = everything();
      await scan([asked]);
      expect(everything()).toEqual(before);
      await page.goto(keepLink(asked));
      expect(await title(page)).toBe('Will you look after Thursday choir?');
      await expectAccessible(page);
      await press(page, 'Yes, I will look after it');
      expect(await title(page)).toBe('Is Thursday choir still right?');
      expect(keepersOf(db, B).map(({ email }) => email)).toEqual(['cleo@example.org']);
      await mail.waitFor('ann@example.org', /Somebody else looks after/);
    });
  });

  test('a link that nobody knows says what to do', async () => {
    await withPage({ ...NARROW, at: site.origin }, async (page) => {
      const response = await page.goto(`/keep/${'x'.repeat(27)}`);
      expect(response?.status()).toBe(404);
      expect(await title(page)).toBe('We do not know this link');
      await expectAccessible(page);
      expect((await page.request.post(`/keep/${'x'.repeat(27)}`, { form: { do: 'right' } })).status()).toBe(404);
    });
  });
});

/** Nothing wider than the window. */
const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );

/** Waits until no mail is on its way any more, so that two looks at the database can be held against each other. */
async function settled(): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (db.prepare("SELECT count(*) FROM mail WHERE state IN ('waiting', 'sending')").pluck().get() === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Mail is still on its way.');
}
