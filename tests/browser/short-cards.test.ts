import { expect, test } from 'vitest';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';

/** Results in four lines each, for whoever reads them all day. */

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
