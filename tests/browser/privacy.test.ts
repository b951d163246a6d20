import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { withPage } from '../helpers/browser.ts';

/** A searched postcode stays nowhere: not in an address, not in the browser, not on the server. */

/** In use, and searched by no other test. Where tests have not imported it, its sector answers. */
const POSTCODE = 'N19 5NF';
const traces = /n19[\s_-]*5nf/i;

/** Whether a text holds it, plainly or as addresses write it. */
const holds = (text: string): boolean => traces.test(text) || traces.test(text.replace(/%20|\+/g, ' '));

const LOOKINGS = [
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
] as const;

test.each(LOOKINGS)('%s: not in any address, referrer, cookie or storage', async (_name, looking) => {
  await withPage(looking, async (page, context) => {
    const sent: string[] = [];
    context.on('request', (request) => {
      sent.push(request.url());
      sent.push(request.headers()['referer'] ?? '');
    });
    context.on('response', (response) => sent.push(JSON.stringify(response.headers())));
    await page.goto('/');
    const field = page.getByLabel('Postcode or place');
    // As a person types, so that what listens to keys gets its chance to leak them.
    await field.pressSequentially(POSTCODE);
    await page.getByRole('button', { name: 'Find support' }).click();
    await page.waitForURL('**/search?**');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Support near N19 5');
    await page.getByRole('main').getByRole('article').first().getByRole('link').first().click();
    await page.waitForURL('**/services/**');
    await page.goBack();
    expect(sent.filter(holds)).toEqual([]);
    expect(sent.length).toBeGreaterThan(6);
    // The page itself shows the sector alone.
    expect(await page.content()).not.toMatch(traces);
    const { cookies, origins } = await context.storageState({ indexedDB: true });
    expect(cookies).toEqual([]);
    expect(origins).toEqual([]);
    expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
  });
});

test.each(['N19 5N', 'N19 5NFF', 'n195nf', 'N19  5NF '])('not by a slip of the hand: %j', async (typed) => {
  await withPage({}, async (page, context) => {
    const sent: string[] = [];
    context.on('request', (request) => sent.push(request.url()));
    await page.goto('/');
    await page.getByLabel('Postcode or place').pressSequentially(typed);
    await Promise.all([
      page.waitForURL((url) => url.pathname !== '/'),
      page.getByRole('button', { name: 'Find support' }).click(),
    ]);
    expect(sent.filter(holds)).toEqual([]);
  });
});

test('not in the database, its log, or the lines that the server writes', async () => {
  await withPage({}, async (page) => {
    await page.goto(`/search?postcode=${encodeURIComponent(POSTCODE)}`);
    await page.goto(`/api/v1/search?postcode=${encodeURIComponent(POSTCODE)}`);
    await page.goto(`/api/v1/postcodes/${encodeURIComponent(POSTCODE)}`);
  });
  const database = inject('database');
  const files = readdirSync(dirname(database)).filter((name) => name.startsWith(basename(database)));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) expect(readFileSync(join(dirname(database), name), 'latin1'), name).not.toMatch(traces);
  const log = readFileSync(inject('log'), 'utf8');
  expect(log).toMatch(/\/search/);
  expect(log).not.toMatch(traces);
});
