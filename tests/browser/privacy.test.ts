import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, origin, withPage } from '../helpers/browser.ts';

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
  const database = bench().database;
  const files = readdirSync(dirname(database)).filter((name) => name.startsWith(basename(database)));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) expect(readFileSync(join(dirname(database), name), 'latin1'), name).not.toMatch(traces);
  const log = readFileSync(bench().log, 'utf8');
  expect(log).toMatch(/\/search/);
  expect(log).not.toMatch(traces);
});

test.each([
  ['a postcode to be found', '/search?postcode=N19+5NF'],
  ['a slash too many', '/search/?postcode=N19+5NF'],
  ['the home page', '/?postcode=N19+5NF'],
  ['the page that takes the form', '/find?postcode=N19+5NF'],
  ['a slip in it', '/search?postcode=NI9+5NF'],
  ['outside the area', '/search?postcode=JE2+4WD'],
  ['no such postcode', '/search?postcode=S01+4AA&q=debt'],
  ['among the words', '/search?q=N19+5NF+pain'],
])('a link that brings a postcode, %s: it is left at once for an address without it', async (_name, path) => {
  const left = await fetch(`${origin()}${path}`, { redirect: 'manual' });
  expect(left.status).toBe(303);
  const location = left.headers.get('location') ?? '';
  expect(location).toMatch(/^\/(search|find)\?/);
  expect(location).not.toMatch(/[?&]postcode=|n[1i]9.{0,3}5nf|je2.{0,3}4wd|s01.{0,3}4aa/i);
  expect((await fetch(`${origin()}${location}`)).status).toBeLessThan(500);
});

test.each([
  ['alone', { postcode: '', q: POSTCODE }, null],
  ['beside another', { postcode: 'E8 1EA', q: `${POSTCODE} pain` }, 'pain'],
])('a postcode typed among the words, %s, does not come into the address', async (_name, fields, words) => {
  const sent = await fetch(`${origin()}/find`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  const location = sent.headers.get('location') ?? '';
  expect(sent.status).toBe(303);
  expect(holds(location)).toBe(false);
  const params = new URL(location, origin()).searchParams;
  expect(params.get('near')).toBeTruthy();
  expect(params.has('q')).toBe(false);
  const body = await (await fetch(`${origin()}${location}`)).text();
  expect(/<input[^>]*id="q"[^>]*value="([^"]*)"/.exec(body)?.[1] || null).toBe(words);
});

test.each([
  ['a postcode', 'N19 5NF', /^\/search\?/],
  ['a place', 'Homerton', /^\/search\?/],
  ['no postcode', 'S01 4AA', /^\/find\?/],
])('a form of another site that sends %s to the results leads on', async (_name, postcode, leads) => {
  const sent = await fetch(`${origin()}/search`, {
    method: 'POST',
    headers: { origin: 'https://clinic.example', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ postcode, q: 'walking group', cost: 'free' }),
    redirect: 'manual',
  });
  const location = sent.headers.get('location') ?? '';
  expect([sent.status, location]).toEqual([303, expect.stringMatching(leads)]);
  expect(location).not.toMatch(/n19|homerton|s01|walking/i);
  expect(location).toContain('cost=free');
});

test('half a character at the end of what was typed is no fault', async () => {
  const body = new URLSearchParams({ postcode: `${'a'.repeat(99)}\u{1f600}` });
  expect((await fetch(`${origin()}/find`, { method: 'POST', body })).status).toBe(400);
});
