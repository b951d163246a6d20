import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { origin, withPage } from '../helpers/browser.ts';

/** The main job: a postcode in, the right local support out. The clock stands on Saturday 21 November 2026. */

const LOOKINGS = [
  ['on a phone without JavaScript', { width: 320, javaScriptEnabled: false }],
  ['on a phone with JavaScript', { width: 320 }],
  ['on a desktop without JavaScript', { width: 1280, javaScriptEnabled: false }],
  ['on a desktop with JavaScript', { width: 1280 }],
] as const;

async function find(page: Page, place: string, words = ''): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Postcode or place').fill(place);
  if (words) await page.getByLabel(/What are you looking for/).fill(words);
  await page.getByRole('button', { name: 'Find support' }).click();
  await page.waitForURL((url) => url.pathname !== '/');
}

const cards = (page: Page): Locator => page.getByRole('main').getByRole('article');
const names = async (page: Page): Promise<string[]> =>
  (await cards(page).getByRole('heading').allInnerTexts()).map((name) => name.trim());

describe.each(LOOKINGS)('%s', (_name, looking) => {
  test('from home to the seated exercise class: when it next meets and how far it is', async () => {
    await withPage(looking, async (page) => {
      await find(page, 'e9 6sr', 'seated exercise');
      expect(new URL(page.url()).pathname).toBe('/search');
      // The title stays in the history of the browser: it says where, and not what was typed.
      expect(await page.title()).toMatch(/^Support near E9 6/);

      const card = cards(page)
        .filter({ hasText: /seated exercise/i })
        .first();
      expect(await card.innerText()).toMatch(/Next: \w+day \d+ (November|December)/);
      expect(await card.innerText()).toMatch(/\d\.\d miles away|less than 0\.1 miles away|\d+ miles? away/);
      const name = await card.getByRole('heading').innerText();
      await card.getByRole('link').first().click();

      await page.waitForURL('**/services/**');
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(name.trim());
      const listing = page.getByRole('main');
      expect(await listing.innerText()).toMatch(/Open to this address/);
      expect(await listing.innerText()).toMatch(/miles? away, in a straight line from E9 6/);
      expect(await listing.innerText()).toMatch(/Next: \w+day \d+ (November|December), \d+(:\d\d)?(am|pm)? ?/);
      expect(await listing.innerText()).toMatch(/This listing is an example/);
    });
  });

  test('what may be a mistake is asked about, and what is meant is one tap away', async () => {
    await withPage(looking, async (page) => {
      await find(page, 'e9 6sr', 'stakler');
      const main = page.getByRole('main');
      expect(await main.innerText()).toContain('Nothing here is about ‘stakler’.');
      await find(page, 'e9 6sr', 'backcaht');
      await main.getByRole('link', { name: 'backache', exact: true }).click();
      await page.waitForURL('**/search?**');
      expect(page.url()).not.toContain('backache');
      expect(await cards(page).count()).toBeGreaterThan(0);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('‘backache’');
    });
  });

  test('Back and reload show what was there', async () => {
    await withPage(looking, async (page) => {
      await find(page, 'E9 6SR', 'exercise');
      const before = await names(page);
      expect(before.length).toBeGreaterThan(2);
      await cards(page).first().getByRole('link').first().click();
      await page.waitForURL('**/services/**');
      await page.goBack();
      await page.waitForURL('**/search?**');
      expect(await names(page)).toEqual(before);
      await page.reload();
      expect(await names(page)).toEqual(before);
      await page.getByRole('link', { name: 'New search' }).click();
      await page.waitForURL(`${origin()}/`);
    });
  });

  test('the listing leads back to the results', async () => {
    await withPage(looking, async (page) => {
      await find(page, 'E9 6SR', 'exercise');
      const before = await names(page);
      await cards(page).nth(1).getByRole('link').first().click();
      await page.waitForURL('**/services/**');
      await page.getByRole('link', { name: 'Back to the results' }).click();
      await page.waitForURL('**/search?**');
      expect(await names(page)).toEqual(before);
      // The same card, its name on the screen, and from there the keyboard goes on.
      const name = cards(page).nth(1).getByRole('heading');
      const { y = -1 } = (await name.boundingBox()) ?? {};
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThan(page.viewportSize()?.height ?? 0);
      await page.keyboard.press('Tab');
      expect(await name.getByRole('link').evaluate((link) => link === document.activeElement)).toBe(true);
    });
  });

  test('a filter narrows the list to the count beside it, and can be left out again', async () => {
    await withPage(looking, async (page) => {
      await find(page, 'E9 6SR');
      const total = async () =>
        Number.parseInt(
          await page
            .locator('main strong')
            .filter({ hasText: /listing/ })
            .first()
            .innerText(),
          10,
        );
      const all = await total();
      await page
        .locator('summary')
        .filter({ hasText: /^\s*Cost/ })
        .click();
      const free = page.getByRole('checkbox', { name: /^Free/ });
      const label = page.locator('label').filter({ has: free });
      const count = Number(/(\d+)\s*results?/.exec((await label.innerText()).replace(/\s+/g, ' '))?.[1]);
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThan(all);
      await free.check();
      if ('javaScriptEnabled' in looking) await page.getByRole('button', { name: 'Apply filters' }).click();
      await page.waitForURL('**cost=free**');
      await expect.poll(total).toBe(count);
      await page.reload();
      expect(await total()).toBe(count);
      await page.getByRole('list', { name: 'Filters in force' }).getByRole('link').click();
      await page.waitForURL((url) => !url.search.includes('cost=free'));
      await expect.poll(total).toBe(all);
    });
  });
});

describe('the address of the results', () => {
  test('works in another browser, and keeps the place sealed', async () => {
    let address = '';
    let before: string[] = [];
    await withPage({}, async (page) => {
      await find(page, 'E9 6SR', 'exercise');
      address = page.url();
      before = await names(page);
    });
    // The sealed place itself is letters at random, and may well hold these two.
    expect(decodeURIComponent(address.replaceAll(/(near|sealed)=[\w-]+/g, ''))).not.toMatch(/E9|6SR/i);
    await withPage({ width: 320, javaScriptEnabled: false }, async (page) => {
      await page.goto(address);
      expect(await names(page)).toEqual(before);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/near E9 6$/);
    });
  });

  test('a deep link that brings a postcode loses it at once', async () => {
    await withPage({}, async (page) => {
      await page.goto('/search?postcode=E9+6SR&kind=activity');
      const url = new URL(page.url());
      expect(url.searchParams.has('postcode')).toBe(false);
      expect(url.searchParams.get('near')).toMatch(/^[\w-]{20,}$/);
      expect(url.searchParams.get('kind')).toBe('activity');
      expect(decodeURIComponent(page.url().replace(/near=[\w-]+/, ''))).not.toMatch(/6SR/i);
      expect(await names(page)).not.toEqual([]);
    });
  });

  test('every way of standing to the place has its own section with its own count', async () => {
    await withPage({}, async (page) => {
      await find(page, 'E9 6SR');
      const headings = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
      const counted = headings.filter((heading) => /\d+ listings?/.test(heading));
      expect(counted.length).toBeGreaterThanOrEqual(3);
      const sum = counted.reduce((total, heading) => total + Number(/(\d+) listings?/.exec(heading)?.[1]), 0);
      const said = Number.parseInt(
        await page
          .locator('main strong')
          .filter({ hasText: /listing/ })
          .first()
          .innerText(),
        10,
      );
      expect(sum).toBe(said);
      await page.goto(`${page.url()}&radius=3`);
      await page.getByRole('link', { name: /not for this address/ }).click();
      await page.waitForURL('**reach=not_serving**');
      for (const card of await cards(page).all()) expect(await card.innerText()).toMatch(/Only for|only/i);
    });
  });
});
