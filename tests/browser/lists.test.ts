import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '../helpers/axe.ts';
import { bench, withPage } from '../helpers/browser.ts';
import { temporaryFolder } from '../helpers/folder.ts';

/** Lists with a name, and recent searches, which somebody keeps in their own browser. */

const kept = (page: Page): Promise<string | null> => page.evaluate(() => localStorage.getItem('signpost-kept'));

async function find(page: Page, place: string, words: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Postcode or place').fill(place);
  await page.getByLabel(/What are you looking for/).fill(words);
  await page.getByRole('button', { name: 'Find support' }).click();
  await page.waitForURL('**/search?**');
}

test('a list is kept, opened, given to another browser as a file, and forgotten', async () => {
  const folder = temporaryFolder();
  const file = folder.file('lists.json');
  let names: string[] = [];
  await withPage({ width: 320 }, async (page) => {
    await find(page, 'E8 1EA', 'exercise');
    expect(await kept(page)).toBeNull();
    for (let count = 1; count <= 2; count++) {
      await page
        .getByRole('link', { name: /^Add to handout/ })
        .first()
        .click();
      await page.getByText(`Handout: ${count} listing`).waitFor();
    }
    await page.getByRole('link', { name: 'see and print', exact: true }).click();
    await page.waitForURL('**/handout?**');
    names = await page.locator('.sp-entry__name a').allInnerTexts();
    await page.getByRole('button', { name: 'Keep the list' }).click();
    expect(await page.locator('#list-name-said').innerText()).toBe('Give it a name first.');
    await page.getByLabel(/^A name for it/).fill('Chair-based, Homerton');
    await page.getByRole('button', { name: 'Keep the list' }).click();
    expect(await page.locator('#list-name-said').innerText()).toBe('Kept as ‘Chair-based, Homerton’ in this browser.');
    await expectAccessible(page);
    // Nothing but the name and the listings: no place, nor for which it was gathered.
    expect(await kept(page)).toMatch(
      /^\{"lists":\[\{"name":"Chair-based, Homerton","list":"[\w-]{22}\.[\w-]{22}"\}\],"recent":null\}$/,
    );
    await page.getByRole('link', { name: 'Your lists in this browser' }).click();
    await page.waitForURL('**/lists');
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save them as a file' }).click();
    await (await saving).saveAs(file);
    await page.getByRole('link', { name: 'Chair-based, Homerton' }).click();
    await page.waitForURL('**/handout?**');
    expect(await page.locator('.sp-entry__name a').allInnerTexts()).toEqual(names);
    expect(page.url()).not.toContain('near');
    await page.goto('/lists');
    await page.getByRole('button', { name: 'Forget all of this' }).click();
    expect(await page.getByText('There are none yet.').isVisible()).toBe(true);
    expect(await kept(page)).toBeNull();
  });
  await withPage({}, async (page) => {
    await page.goto('/lists');
    const field = page.getByLabel('Take in a file that was saved here');
    await field.setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"lists":7}') });
    await page.getByText('That is no file of lists').waitFor();
    await field.setInputFiles(file);
    await page.getByText('1 list was taken in.').waitFor();
    expect(await page.locator('[data-list-of-lists] li').innerText()).toContain('2 listings');
    await page.getByRole('button', { name: 'Remove: Chair-based, Homerton' }).click();
    expect(await kept(page)).toBeNull();
  });
  folder.remove();
  // None of it came to the server.
  expect(readFileSync(bench().log, 'utf8')).not.toMatch(/Chair|Homerton/);
});

test('recent searches are kept only where somebody wants it, without a place, and none of danger', async () => {
  await withPage({}, async (page) => {
    await find(page, 'E8 1EA', 'singing');
    await page.goto('/');
    expect(await page.getByText('Recent:').count()).toBe(0);
    await page.goto('/lists');
    await page.getByLabel('Keep the last words that I searched for in this browser').check();
    for (const words of ['singing', 'walking', 'he hits me', 'singing', 'room 12']) await find(page, 'E8 1EA', words);
    expect(JSON.parse((await kept(page)) ?? '')).toEqual({ lists: [], recent: ['singing', 'walking'] });
    await page.goto('/');
    await page.getByRole('button', { name: 'walking' }).click();
    expect(await page.getByLabel(/What are you looking for/).inputValue()).toBe('walking');
    await expectAccessible(page);
    await page.goto('/lists');
    await page.getByLabel('Keep the last words that I searched for in this browser').uncheck();
    expect(await kept(page)).toBeNull();
  });
});

test('without scripts the page says what to do instead', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto('/lists');
    expect(await page.getByText('keep the address of a handout as a bookmark').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Forget all of this' }).isVisible()).toBe(false);
  });
});
