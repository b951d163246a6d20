import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';

/** The map beside the results: a real browser under the real content security policy, which `withPage` watches over. */

async function results(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Postcode or place').fill('E8 1EA');
  await Promise.all([page.waitForURL('**/search?**'), page.getByRole('button', { name: 'Find support' }).click()]);
}

async function showMap(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show the map' }).click();
  await page.locator('.sp-pin').first().waitFor();
}

/** Presses Tab until the focus is on a marker, and says how often that was. */
async function tabToMarkers(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Hide the map' }).focus();
  for (let presses = 1; presses <= 6; presses++) {
    await page.keyboard.press('Tab');
    if (await page.locator('.sp-pin:focus').count()) return presses;
  }
  throw new Error('No marker within six presses of Tab.');
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

/** Goes with the arrow key to the first marker that is one place. */
async function arrowToOnePlace(page: Page): Promise<string> {
  const count = await page.locator('.sp-pin').count();
  for (let presses = 0; presses <= count; presses++) {
    if (await page.locator('.sp-pin:focus:not(.sp-pin--group)').count()) return focused(page);
    await page.keyboard.press('ArrowRight');
  }
  throw new Error('Every marker is a group.');
}

test('without JavaScript there is neither map nor button, and the list has all', () =>
  withPage({ javaScriptEnabled: false }, async (page) => {
    await results(page);
    expect(await page.getByText('Show the map').count()).toBe(0);
    expect(await page.locator('signpost-map').isVisible()).toBe(false);
    expect(await page.locator('[data-result-id]').count()).toBeGreaterThan(3);
  }));

test('nothing of the map is fetched until it is asked for; then all of it from here', () =>
  withPage({}, async (page) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await results(page);
    await page.waitForLoadState('networkidle');
    expect(asked.filter((path) => /map-|leaflet|\/tiles\//.test(path))).toEqual([]);
    await showMap(page);
    await expect.poll(() => page.locator('.leaflet-tile-loaded').count()).toBeGreaterThan(3);
    expect(asked.some((path) => /map-view.*\.js$/.test(path))).toBe(true);
    expect(asked.filter((path) => /^\/tiles\/\d+\/\d+\/\d+\.svg$/.test(path)).length).toBeGreaterThan(3);
  }));

describe.each([
  ['on a desktop', {}],
  ['at 320 px', { width: 320, height: 640 }],
  ['in forced colours', { forcedColors: 'active' as const }],
])('%s', (_name, looking) => {
  test('axe finds nothing, with the map and with a popup open', () =>
    withPage(looking, async (page) => {
      await results(page);
      await showMap(page);
      await expectAccessible(page);
      await tabToMarkers(page);
      for (let zooms = 0; zooms < 8 && (await page.locator('.sp-pin:focus.sp-pin--group').count()); zooms++) {
        const name = await focused(page);
        await page.keyboard.press('Enter');
        await page.waitForFunction(
          (before) =>
            document.activeElement?.matches('.sp-pin') && document.activeElement.getAttribute('aria-label') !== before,
          name,
        );
      }
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }));
});

test('the markers are one stop, arrow keys go through them in order, and round', () =>
  withPage({ reducedMotion: 'reduce' }, async (page) => {
    await results(page);
    await showMap(page);
    expect(await tabToMarkers(page)).toBeLessThanOrEqual(3);
    const count = await page.locator('.sp-pin').count();
    expect(count).toBeGreaterThan(2);
    expect(await page.locator('.sp-pin[tabindex="0"]').count()).toBe(1);
    const first = await focused(page);
    const names = new Set<string>();
    for (let presses = 0; presses < count; presses++) {
      names.add(await focused(page));
      await page.keyboard.press('ArrowRight');
    }
    expect(names.size).toBe(count);
    expect(await focused(page)).toBe(first);
    await page.keyboard.press('End');
    const last = await focused(page);
    await page.keyboard.press('Home');
    expect(await focused(page)).toBe(first);
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe(last);
    // Two zoom buttons later the map is behind.
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Tab');
    expect(await page.locator('signpost-map :focus').count()).toBe(0);
  }));

test('Enter opens a marker and moves into it, Escape closes it and comes back, and the card is marked meanwhile', () =>
  withPage({ reducedMotion: 'reduce' }, async (page) => {
    await results(page);
    await showMap(page);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await tabToMarkers(page);
    const name = await arrowToOnePlace(page);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('dialog');
    const listed = await dialog.getByRole('link').allInnerTexts();
    const marked = await page.locator('[data-on-map]').getByRole('heading').allInnerTexts();
    expect(marked.length).toBeGreaterThan(0);
    for (const heading of marked) expect(listed).toContain(heading.trim());
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(listed[0]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(name);
    expect(await page.locator('[data-on-map]').count()).toBe(0);

    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.getByRole('button', { name: 'Close popup' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(name);
  }));

test('a card that has the focus, or the pointer over it, lights its marker', () =>
  withPage({}, async (page) => {
    await results(page);
    await showMap(page);
    const card = page.locator('[data-result-id]').first();
    const id = await card.getAttribute('data-result-id');
    await card.getByRole('link').first().focus();
    await page.locator('.sp-pin--lit').waitFor();
    expect(await page.locator('.sp-pin--lit').count()).toBe(1);
    await page.getByRole('heading', { level: 1 }).hover();
    await page.locator('.sp-pin--lit').waitFor({ state: 'detached' });
    await page.locator(`[data-result-id="${id}"]`).hover();
    await page.locator('.sp-pin--lit').waitFor();
  }));

test('the keys move and zoom the map, and what it shows is said', () =>
  withPage({ reducedMotion: 'reduce' }, async (page) => {
    await results(page);
    await showMap(page);
    const map = page.getByRole('group', { name: /^Map/ });
    await map.focus();
    const place = () => page.locator('.sp-pin').first().boundingBox();
    const before = await place();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await place())?.x).not.toBe(before?.x);
    await page.keyboard.press('+');
    await expect
      .poll(() => page.locator('signpost-map').getByRole('status').innerText())
      .toMatch(/^The map shows \d+ of \d+ places?\.$/);
  }));

test('the map is passed over with one link, hidden with one button, and forgotten on the next visit', () =>
  withPage({}, async (page) => {
    await results(page);
    await showMap(page);
    await page.getByRole('button', { name: 'Hide the map' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip the map');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator('signpost-map :focus').count()).toBe(0);
    await page.getByRole('button', { name: 'Hide the map' }).click();
    expect(await page.locator('.sp-pin').count()).toBe(0);
    await showMap(page);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Show the map' }).waitFor();
    expect(await page.locator('.sp-pin').count()).toBe(0);
  }));

test('markers are targets of at least 24 px that can be told apart, and paper has no map', () =>
  withPage({ width: 320 }, async (page) => {
    await results(page);
    await showMap(page);
    for (const box of await Promise.all((await page.locator('.sp-pin').all()).map((pin) => pin.boundingBox()))) {
      expect(box?.width).toBeGreaterThanOrEqual(24);
      expect(box?.height).toBeGreaterThanOrEqual(24);
    }
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('signpost-map').isVisible()).toBe(false);
  }));
