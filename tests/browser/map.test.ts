import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';

/** The map adds to the list: it comes when asked for, and the keyboard does all that the pointer does. */

async function openMap(page: Page): Promise<Locator> {
  await page.goto('/search?postcode=E9+6SR');
  await page.getByRole('button', { name: 'Show the map' }).press('Enter');
  const map = page.getByRole('region', { name: /^Map of \d+ listings?$/ });
  await map.getByRole('toolbar').getByRole('button').first().waitFor();
  return map;
}

const markers = (map: Locator): Locator => map.getByRole('toolbar').getByRole('button');
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

test('it is asked of nobody until the button is pressed, and of this server alone then', async () => {
  await withPage({}, async (page, context) => {
    const asked: string[] = [];
    context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/search?postcode=E9+6SR');
    await page.waitForLoadState('networkidle');
    expect(asked.filter((path) => /leaflet|map-view|\/tiles\//.test(path))).toEqual([]);
    await page.getByRole('button', { name: 'Show the map' }).click();
    await expect.poll(() => asked.filter((path) => path.startsWith('/tiles/')).length).toBeGreaterThan(0);
    await page.waitForLoadState('networkidle');
    const button = page.getByRole('button', { name: 'Hide the map' });
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await button.click();
    expect(await page.getByRole('region', { name: /^Map of/ }).isVisible()).toBe(false);
  });
});

test.each([320, 1280])(
  'open, at %i px, it has no barrier that axe finds and is not wider than the page',
  async (width) => {
    await withPage({ width }, async (page) => {
      await openMap(page);
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wider).toBeLessThanOrEqual(0);
    });
  },
);

test('every marker says what it stands for, and all of them are one stop of the keyboard', async () => {
  await withPage({}, async (page) => {
    const map = await openMap(page);
    const names = await markers(map).evaluateAll((all) => all.map((button) => button.getAttribute('aria-label') ?? ''));
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) expect(name).not.toMatch(/^(Marker)?$/);
    const stops = await markers(map).evaluateAll((all) => all.filter((button) => button.tabIndex === 0).length);
    expect(stops).toBe(1);
  });
});

test('arrows go from place to place, Enter opens one, Escape closes it and gives the focus back', async () => {
  await withPage({}, async (page) => {
    const map = await openMap(page);
    const stopOf = map.getByRole('toolbar').locator('button[tabindex="0"]');
    await stopOf.focus();
    const first = await focused(page);
    await page.keyboard.press('ArrowRight');
    const second = await focused(page);
    expect(second).not.toBe(first);
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe(first);

    // A group opens into its places; in the end a single place opens its listings.
    const dialog = map.getByRole('dialog');
    for (let presses = 0; presses < 12 && !(await dialog.isVisible()); presses++) {
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
    }
    expect(await dialog.getByRole('link').count()).toBeGreaterThan(0);
    expect(await dialog.evaluate((popup) => popup.contains(document.activeElement))).toBe(true);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.closest('[role="toolbar"]') !== null)).toBe(true);
  });
});

test('a popup leads to its listing, and Back to the results', async () => {
  await withPage({}, async (page) => {
    const map = await openMap(page);
    await map.getByRole('toolbar').locator('button[tabindex="0"]').focus();
    const dialog = map.getByRole('dialog');
    for (let presses = 0; presses < 12 && !(await dialog.isVisible()); presses++) {
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
    }
    const link = dialog.getByRole('link').first();
    const name = await link.innerText();
    await link.press('Enter');
    await page.waitForURL('**/services/**');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(name.trim());
    await page.goBack();
    await page.waitForURL('**/search?**');
    expect(await page.getByRole('main').getByRole('article').count()).toBeGreaterThan(0);
  });
});

test('without JavaScript there is no button for it, and the list is all there', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto('/search?postcode=E9+6SR');
    expect(await page.getByRole('button', { name: /map/i }).count()).toBe(0);
    expect(await page.getByRole('main').getByRole('article').count()).toBeGreaterThan(0);
  });
});
