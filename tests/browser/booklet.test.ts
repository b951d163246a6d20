import { expect, test } from 'vitest';
import { expectAccessible } from '../helpers/axe.ts';
import { pagesOf, withPage } from '../helpers/browser.ts';

/** What serves an area as a booklet, from the results to the paper. */

test('two miles around, by subject: nothing that must not be seen, no next date, sixty listings in twelve pages', async () => {
  await withPage({ width: 1280 }, async (page) => {
    await page.goto('/search?postcode=E8+1EA');
    await Promise.all([
      page.waitForURL(/list=/),
      page
        .getByRole('link', { name: /^Add to handout/ })
        .first()
        .click(),
    ]);
    await page.getByRole('link', { name: 'print a booklet' }).click();
    await page.getByRole('heading', { name: 'Support near E8 1' }).waitFor();
    expect(page.url().replaceAll(/[\w-]{45,}/g, '')).not.toMatch(/1ea/i);
    await page.getByText(/21 November 2026\. Check before you go/).waitFor();

    const entries = page.locator('.sp-booklet__entry');
    const count = await entries.count();
    expect(count).toBeGreaterThanOrEqual(60);
    const contents = await page
      .getByRole('navigation', { name: 'What is in it' })
      .getByRole('listitem')
      .allInnerTexts();
    expect(contents.length).toBeGreaterThan(3);
    const counts = contents.map((line) => Number(/\((\d+)\)/.exec(line)?.[1]));
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(count);
    const words = await page.locator('.sp-booklet').innerText();
    expect(words).toMatch(/is not printed here, since others may see this\. These answer: .*0808 2000 247/);
    expect(words).not.toMatch(/Next:|domestic abuse (?:service|support)|refuge\b/i);
    expect(words).toContain('Women only');
    expect(words).toContain('Full until');
    await expectAccessible(page);

    // Three columns of sheets with their numbers; on half of the paper two.
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBeLessThanOrEqual(Math.ceil(count / 5));
    await page.getByRole('link', { name: 'On A5' }).click();
    await page.getByRole('link', { name: 'On A4' }).waitFor();
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBeLessThanOrEqual(24);

    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.getByRole('link', { name: 'Within 1 mile' }).click();
    await expect.poll(() => entries.count()).toBeLessThan(count);
    await page.getByRole('link', { name: 'Back to the results' }).click();
    // What was gathered for somebody is still there.
    await page.getByText('In the handout').first().waitFor();
  });
});
