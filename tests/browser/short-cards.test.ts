import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';

/** Results in four lines each, for whoever reads them all day. */

const heights = (page: Page): Promise<number[]> =>
  page.locator('.sp-cards .sp-compact').evaluateAll((all) => all.map((card) => card.getBoundingClientRect().height));
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
/** Of the short cards: how many are whole in sight, and where the first begins. */
const inSight = (page: Page): Promise<{ whole: number; top: number }> =>
  page.locator('.sp-cards .sp-compact').evaluateAll((all) => {
    const places = all.map((card) => card.getBoundingClientRect());
    return { whole: places.filter(({ bottom }) => bottom <= innerHeight).length, top: places[0]?.top ?? innerHeight };
  });

test.each([
  { width: 1280, height: 800, aScreen: 3, whole: 1 },
  { width: 375, height: 667, aScreen: 2, whole: 0 },
])('at $width px a screen holds $aScreen of them, and the first is in sight at once', async (size) => {
  const { aScreen, whole, ...viewport } = size;
  await withPage(viewport, async (page) => {
    for (const q of ['', 'pain', 'exercise']) {
      await page.goto(`/search?${new URLSearchParams({ postcode: 'E8 1EA', q })}`);
      await page.getByRole('link', { name: 'Show less of each' }).click();
      await page.waitForURL(/cards=short/);
      expect(mean(await heights(page))).toBeLessThanOrEqual(viewport.height / aScreen);
      const seen = await inSight(page);
      expect(seen.whole).toBeGreaterThanOrEqual(whole);
      expect(seen.top).toBeLessThan(viewport.height - 40);
    }
    // However far down a filter stands, what is left of the listings is said beside it.
    const last = page.locator('.sp-filters input[type="checkbox"]').last();
    await last.evaluate((tick) => {
      tick.closest('details')?.setAttribute('open', '');
      tick.scrollIntoView({ block: 'center' });
    });
    const count = page.locator('.sp-filters__total');
    expect(await count.innerText()).toBe(await page.locator('.sp-summary strong').innerText());
    const box = await count.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    await expectAccessible(page);
  });
});

test('ten searches in short cards need half of the scrolling, by keyboard too; the choice stays', async () => {
  await withPage({ width: 1280, height: 800 }, async (page) => {
    const lists = () =>
      page.locator('.sp-cards').evaluateAll((all) => all.reduce((sum, list) => sum + list.clientHeight, 0));
    let airy = 0;
    let short = 0;
    const searches = ['', 'pain', 'walking', 'debt', 'carers', 'company', 'food', 'choir', 'exercise', 'volunteering'];
    for (const q of searches) {
      await page.goto(`/search?${new URLSearchParams({ postcode: 'E8 1EA', q })}`);
      airy += await lists();
      const less = page.getByRole('link', { name: 'Show less of each' });
      await less.focus();
      await Promise.all([page.waitForURL(/cards=short/), page.keyboard.press('Enter')]);
      short += await lists();
    }
    expect(short).toBeLessThanOrEqual(airy / 2);

    const card = page.locator('.sp-compact').first();
    await card.locator('summary').focus();
    await page.keyboard.press('Enter');
    await card.getByText('How to join').waitFor();
    await card.getByRole('link', { name: /^Add to handout/ }).focus();
    await Promise.all([page.waitForURL(/list=/), page.keyboard.press('Enter')]);
    await card.getByText('In the handout').waitFor();
    await page.getByLabel('What are you looking for?').fill('choir');
    await Promise.all([page.waitForURL(/sealed=/), page.keyboard.press('Enter')]);
    await card.waitFor();
    expect(page.url()).toMatch(/list=.*cards=short|cards=short.*list=/);
    await expectAccessible(page);

    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.getByRole('link', { name: 'Show more of each' }).click();
    await page.locator('.sp-card').first().waitFor();
    expect(page.url()).not.toContain('cards=');
  });
});
