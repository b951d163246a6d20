import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';

/** What people type instead of a plain postcode: each comes to its own right answer on the page. */

async function ask(page: Page, typed: string): Promise<string> {
  await page.goto('/');
  await page.getByLabel('Postcode or place').fill(typed);
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/'),
    page.getByRole('button', { name: 'Find support' }).click(),
  ]);
  return page.getByRole('main').innerText();
}

const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
const field = (page: Page) => page.getByLabel('Postcode or place');

describe.each([
  ['with JavaScript', { width: 320 }],
  ['without JavaScript', { width: 320, javaScriptEnabled: false }],
])('%s', (_name, looking) => {
  const shows = (typed: string, check: (page: Page, text: string) => Promise<void>) =>
    withPage(looking, async (page) => {
      const text = await ask(page, typed);
      // axe is a script itself.
      if (!('javaScriptEnabled' in looking)) await expectAccessible(page);
      await check(page, text);
    });

  test('E8 1EA is found', () =>
    shows('E8 1EA', async (page, text) => {
      expect(await heading(page)).toBe('Support near E8 1');
      expect(text).toMatch(/E8 1 is in Hackney/);
      expect(text).not.toMatch(/measured from the middle/);
    }));

  test('s014 7ly is asked about before it is used', () =>
    shows('s014 7ly', async (page) => {
      expect(await heading(page)).toBe('Did you mean SO14 7LY?');
      expect(page.url()).not.toMatch(/7ly/i);
      await page.getByRole('button', { name: /Yes/ }).click();
      await page.waitForURL('**/search?**');
      expect(await heading(page)).toBe('Support near SO14 7');
    }));

  test('AB1 0AA is no longer used, since June 1996, and shown from its old point, which no address tells', () =>
    shows('AB1 0AA', async (page, text) => {
      expect(text).toMatch(/no longer used/);
      expect(text).toMatch(/June 1996/);
      await page.getByRole('link', { name: 'Search near AB1 0' }).click();
      await page.waitForURL('**/search?**');
      // Too few postcodes of AB1 are known for it to be shared.
      expect(await heading(page)).toBe('Support near Aberdeen City');
      expect([...new URL(page.url()).searchParams.keys()]).toEqual(['near']);
    }));

  test('JE2 4WD is outside coverage', () =>
    shows('JE2 4WD', async (page, text) => {
      expect(await heading(page)).toMatch(/Jersey/);
      expect(text).toMatch(/online or by phone/);
    }));

  test('ZZ99 3VZ is no fixed abode, and met with kindness', () =>
    shows('ZZ99 3VZ', async (page, text) => {
      expect(await heading(page)).toBe('You can search without an address');
      expect(text).not.toMatch(/There is a problem/);
      await page.getByRole('link', { name: 'Somewhere warm to sit' }).click();
      await page.waitForURL('**/search?**');
      expect(await page.getByRole('main').getByRole('article').count()).toBeGreaterThan(0);
    }));

  test('E8 is a district, and its distances are said to be rough', () =>
    shows('E8', async (page, text) => {
      expect(await heading(page)).toBe('Support near E8');
      expect(text).toMatch(/measured from the middle of E8/);
    }));

  test('Homerton is a place', () =>
    shows('Homerton', async (page, text) => {
      expect(await heading(page)).toMatch(/^Support near Homerton/);
      expect(text).toMatch(/measured from the middle of Homerton/);
    }));

  test('asdf is nothing known: an error by the field and at the top, in the same words, with what was typed kept', () =>
    shows('asdf', async (page) => {
      expect(await page.title()).toMatch(/^Error: /);
      const summary = page.getByRole('alert');
      const words = await summary.getByRole('link').innerText();
      expect(words).toMatch(/^That is not a postcode/);
      await summary.getByRole('link').click();
      expect(await field(page).evaluate((input) => input === document.activeElement)).toBe(true);
      expect(await field(page).inputValue()).toBe('asdf');
      const described = await field(page).evaluate((input) =>
        (input.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent ?? '')
          .join(' '),
      );
      expect(described).toContain(words);
    }));

  test('nothing at all is asked for again', () =>
    shows('', async (page) => {
      expect(await heading(page)).toBe('Where shall we look?');
      expect(await page.getByRole('alert').innerText()).toMatch(/Type a postcode/);
    }));

  test('a postcode that does not exist is unknown, and its surroundings are offered', () =>
    shows('E8 7AA', async (page) => {
      expect(await heading(page)).toBe('We could not find that postcode');
      await page.getByRole('link', { name: /^Search near E8/ }).click();
      await page.waitForURL('**/search?**');
      expect(await heading(page)).toMatch(/^Support near E8/);
    }));

  test('SW1 is several, to choose from', () =>
    shows('SW1', async (page) => {
      expect(await heading(page)).toMatch(/^Which /);
      await page.getByRole('link', { name: 'SW1A', exact: false }).first().click();
      await page.waitForURL('**/search?**');
      expect(await heading(page)).toMatch(/^Support near SW1A/);
    }));

  test('BT1 5GS is in Northern Ireland, BFPO is of the forces', async () => {
    await shows('BT1 5GS', async (page) => expect(await heading(page)).toMatch(/Northern Ireland/));
    await shows('BF1 2AT', async (page) => expect(await heading(page)).toMatch(/forces/));
  });
});
