import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { withPage } from '../helpers/browser.ts';

/** Everything by keyboard alone, with the focus always in sight. */

interface Stop {
  tag: string;
  text: string;
  href: string;
  id: string;
}

/** What has the focus now; fails where that cannot be seen. */
async function stop(page: Page): Promise<Stop> {
  const found = await page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const looks = () => {
      const { outline, boxShadow, backgroundColor, color, border, textDecoration } = getComputedStyle(element);
      return [outline, boxShadow, backgroundColor, color, border, textDecoration].join();
    };
    const withFocus = looks();
    element.blur();
    const without = looks();
    element.focus();
    const box = element.getBoundingClientRect();
    return {
      tag: element.tagName,
      text: element.innerText || element.getAttribute('aria-label') || '',
      href: element.getAttribute('href') ?? '',
      id: element.id,
      marked: withFocus !== without,
      inSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
  if (found.tag === 'BODY') return found;
  expect(found.marked, `the focus can be seen on ${found.tag} ${found.text}`).toBe(true);
  expect(found.inSight, `the focus is within the window on ${found.tag} ${found.text}`).toBe(true);
  return found;
}

/** Presses Tab until the stop is the one meant. */
async function tabTo(page: Page, meant: (stop: Stop) => boolean, most = 40): Promise<void> {
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    if (meant(await stop(page))) return;
  }
  throw new Error(`Not reached with ${most} presses of Tab on ${page.url()}`);
}

describe.each([
  ['with JavaScript', { width: 1280 }],
  ['without JavaScript, on a narrow screen', { width: 320, javaScriptEnabled: false }],
])('%s', (_name, looking) => {
  test('from home to a listing and back to the results', async () => {
    await withPage(looking, async (page) => {
      await page.goto('/');
      await tabTo(page, ({ id }) => id === 'postcode');
      await page.keyboard.type('E9 6SR');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?**');
      await tabTo(page, ({ tag, href }) => tag === 'A' && href.startsWith('/services/'));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/services/**');
      await tabTo(page, ({ text }) => text.startsWith('Back to the results'));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?**');
    });
  });

  test('a filter is opened, chosen and applied', async () => {
    await withPage(looking, async (page) => {
      await page.goto('/search?kind=activity');
      await page
        .locator('summary')
        .filter({ hasText: /^\s*Cost/ })
        .focus();
      await page.keyboard.press('Enter');
      await tabTo(page, ({ tag }) => tag === 'INPUT', 5);
      await page.keyboard.press('Space');
      if ('javaScriptEnabled' in looking) {
        await tabTo(page, ({ text }) => text === 'Apply filters', 120);
        await page.keyboard.press('Enter');
      }
      await page.waitForURL('**cost=**');
      await expect.poll(() => page.getByRole('list', { name: 'Filters in force' }).getByRole('link').count()).toBe(2);
    });
  });
});

describe('with JavaScript', () => {
  test('a place is suggested, chosen with the arrows, and looked up by its name', async () => {
    await withPage({}, async (page) => {
      await page.goto('/');
      const field = page.getByRole('combobox', { name: 'Postcode or place' });
      await field.focus();
      await page.keyboard.type('Homer', { delay: 20 });
      const options = page.getByRole('option');
      await options.first().waitFor();
      expect(await field.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('ArrowDown');
      const marked = await field.getAttribute('aria-activedescendant');
      expect(await page.locator(`[id="${marked}"]`).getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('Enter');
      expect(await field.inputValue()).toMatch(/^Homerton/);
      expect(await options.first().isVisible()).toBe(false);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?**');
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/^Support near Homerton/);
    });
  });

  test('Escape closes the suggestions and leaves what was typed', async () => {
    await withPage({}, async (page) => {
      await page.goto('/');
      const field = page.getByRole('combobox', { name: 'Postcode or place' });
      await field.focus();
      await page.keyboard.type('Homer', { delay: 20 });
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Escape');
      expect(await page.getByRole('option').first().isVisible()).toBe(false);
      expect(await field.inputValue()).toBe('Homer');
    });
  });

  test('the focus stays on the filter that was chosen, and what came of it is said', async () => {
    await withPage({}, async (page) => {
      await page.goto('/search?kind=activity');
      await page
        .locator('summary')
        .filter({ hasText: /^\s*Cost/ })
        .click();
      const free = page.getByRole('checkbox', { name: /^Free/ });
      await free.focus();
      await page.keyboard.press('Space');
      await page.waitForURL('**cost=free**');
      await expect.poll(() => page.locator('#results-status').textContent()).toMatch(/\d+ listings?/);
      expect(await free.isChecked()).toBe(true);
      expect(await free.evaluate((input) => input === document.activeElement)).toBe(true);
      await page.goBack();
      await expect.poll(() => free.isChecked()).toBe(false);
    });
  });
});
