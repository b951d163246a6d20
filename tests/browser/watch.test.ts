import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packList } from '../../api/domain/handout-list.ts';
import { acceptClock } from '../../api/store/clock.ts';
import { findListing, saveBatch } from '../../api/store/listings.ts';
import { openStore } from '../../api/store/open.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { type MailServer, type Received, startMailServer } from '../helpers/mail-server.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** To be told when a listing changes: from its page to the mail and out again, without JavaScript, through real mail. */

const ANN = 'ann@example.org';
const BOB = 'bob@example.org';
const folder = temporaryFolder();
let mail: MailServer;
let site: Site;

const start = async (moment: string): Promise<void> => {
  site = await startSite({
    DATABASE: folder.file('signpost.sqlite'),
    SIGNPOST_TEST_NOW: moment,
    SMTP_URL: mail.url,
    MAIL_FROM: 'Signpost <signpost@example.org>',
    SITE_URL: 'https://signpost.example.org',
  });
};

beforeAll(async () => {
  mail = await startMailServer();
  await start('2026-11-21T09:00:00Z');
});
afterAll(async () => {
  await site?.stop();
  await mail?.stop();
  folder.remove();
});

const onPhone = (work: (page: Page) => Promise<void>) =>
  withPage({ at: site.origin, width: 320, height: 640, javaScriptEnabled: false }, work);
const keyIn = ({ links }: Received): string =>
  links.map((link) => new URL(link).pathname).find((path) => path.startsWith('/watch/')) ?? 'none';
/** Listings that are no examples. */
const real = (): string[] => {
  const db = openStore(site.database);
  const ids = db.prepare('SELECT id FROM service WHERE example = 0 ORDER BY id LIMIT 2').pluck().all() as string[];
  db.close();
  return ids;
};
const fits = async (page: Page): Promise<void> => {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
};
/** The next day, after somebody has changed the listings meanwhile. */
async function nextDay(moment: string, note: string): Promise<void> {
  await site.stop();
  const db = openStore(folder.file('signpost.sqlite'));
  for (const id of real()) {
    const listing = findListing(db, id);
    if (!listing) throw new Error(`There is no listing ${id}.`);
    const service = { ...listing.service, availability: { state: 'waiting_list' as const, note } };
    saveBatch(db, { services: [{ service, state: listing.state }] }, moment, { action: 'edited', role: 'moderator' });
  }
  acceptClock(db, new Date(moment));
  db.close();
  await start(moment);
}

test('asked for, confirmed, told once, and stopped by a press in the mail program', async () => {
  const [id = '', other = ''] = real();
  await onPhone(async (page) => {
    await page.goto(`/services/${id}`);
    await page.getByRole('link', { name: 'Tell me when this changes' }).click();
    await page.getByRole('heading', { name: 'Tell me when this changes' }).waitFor();
    await fits(page);
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    // Two at once, as from a handout.
    await page.goto(`/watch?listings=${packList([id, other])}`);
    await page.getByLabel('Your e-mail address').fill(ANN);
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await page.getByRole('heading', { name: 'Look at your e-mail' }).waitFor();
    // The address is in no address of a page.
    expect(page.url()).not.toContain('ann');
    await fits(page);
  });
  const asked = await mail.waitFor(ANN, /Shall we tell you/);
  await onPhone(async (page) => {
    // A mail scanner looks first.
    for (const method of ['HEAD', 'GET']) await fetch(site.origin + keyIn(asked), { method });
    await page.goto(keyIn(asked));
    await fits(page);
    await page.getByRole('button', { name: 'Yes, tell me' }).click();
    await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
    expect(await page.getByRole('button', { name: /^Not this one/ }).count()).toBe(2);
    await fits(page);
    await page.goto(keyIn(asked));
    await page.getByRole('heading', { name: 'You have said yes' }).waitFor();
  });

  await nextDay('2026-11-22T09:00:00Z', 'About six weeks');
  const told = await mail.waitFor(ANN, /Something has changed/);
  expect(told.text).toMatch(/- Whether there is room: Waiting list \(About six weeks\) \(before: /);
  expect(told.text).toContain(`https://signpost.example.org/services/${id}`);
  expect(told.headers['list-unsubscribe']).toBe(`<https://signpost.example.org${keyIn(told)}>`);
  expect(told.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  expect(mail.received).toHaveLength(2);

  // As a mail program does it: no page before, no cookie, no origin.
  const stopped = await fetch(site.origin + keyIn(told), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(stopped.status).toBe(200);
  await nextDay('2026-11-23T09:00:00Z', 'About a year');
  await onPhone(async (page) => {
    await page.goto(keyIn(told));
    await page.getByRole('heading', { name: 'These mails have stopped' }).waitFor();
    await fits(page);
  });
  expect(mail.received).toHaveLength(2);
  const db = openStore(site.database);
  db.exec('VACUUM');
  expect(db.serialize().includes(ANN)).toBe(false);
  db.close();
});

test('from the page, by keyboard; every page of it is sound; examples are not told of', async () => {
  const ids = real();
  await withPage({ at: site.origin, width: 1280 }, async (page) => {
    await page.goto(`/handout?list=${packList(ids)}`);
    await page.getByRole('link', { name: 'Tell me when one of these changes' }).click();
    await page.getByLabel('Your e-mail address').fill(BOB);
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look at your e-mail' }).waitFor();
    await expectAccessible(page);
    // What was gathered for a handout is still there.
    expect(page.url()).toContain('list=');
    await page.goto(keyIn(await mail.waitFor(BOB, /Shall we tell you/)));
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Yes, tell me' }).click();
    await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
    await expectAccessible(page);
    await page
      .getByRole('button', { name: /^Not this one/ })
      .first()
      .click();
    await expect.poll(() => page.getByRole('button', { name: /^Not this one/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Stop these mails' }).click();
    await page.getByRole('heading', { name: 'These mails have stopped' }).waitFor();
    await page.goto('/search?postcode=E8+1EA');
    await page.goto((await page.locator('.sp-card a[href^="/services/"]').first().getAttribute('href')) ?? '');
    expect(await page.getByRole('link', { name: 'Tell me when' }).count()).toBe(0);
    expect((await page.goto('/watch'))?.status()).toBe(200);
    await page.getByRole('heading', { name: 'There is nothing to be told of here' }).waitFor();
    expect((await page.goto('/watch/aaaaaaaaaaaaaaaaaaaaaaaaaaa'))?.status()).toBe(404);
    await expectAccessible(page);
  });
});
