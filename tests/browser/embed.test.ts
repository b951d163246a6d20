import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packList } from '../../api/domain/handout-list.ts';
import { barriersOn } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** The search on the page of a council: another origin, under the strictest policy that /developers names. */

const asked: IncomingMessage[] = [];
let inside = '';
const host: Server = createServer((request, response) => {
  asked.push(request);
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; img-src data:; script-src ${site.origin}; frame-src ${site.origin}; require-trusted-types-for 'script'; trusted-types 'none'`,
      'cross-origin-embedder-policy': 'require-corp',
    })
    .end(
      `<!doctype html><html lang="en"><head><title>A council</title><link rel="icon" href="data:,"><meta name="viewport" content="width=device-width"></head><body><h1>Our area</h1>${inside}</body></html>`,
    );
});
let site: Site;
let council: string;

beforeAll(async () => {
  host.listen(0, '127.0.0.1');
  await once(host, 'listening');
  council = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  site = await startSite({ EMBED_HOSTS: council });
});
afterAll(async () => {
  await site.stop();
  host.close();
});

async function embedded(
  markup: string,
  test: (frame: FrameLocator, page: Page) => Promise<void>,
  looking: { width?: number; javaScriptEnabled?: boolean } = {},
): Promise<void> {
  inside = markup;
  await withPage({ at: council, others: [site.origin], ...looking }, async (page) => {
    await page.goto('/');
    await test(page.frameLocator('iframe'), page);
  });
}

const element = (attributes = '') =>
  `<script src="${site.origin}/embed.js"></script><signpost-search ${attributes}></signpost-search>`;

const heightOf = async (page: Page): Promise<number> => (await page.locator('iframe').boundingBox())?.height ?? 0;

test('a postcode typed by keyboard in the frame finds what is near; the page around it sees nothing of it', async () => {
  await embedded(element('label="Groups near you"'), async (frame, page) => {
    expect(await page.locator('iframe').getAttribute('title')).toBe('Groups near you');
    await frame.getByLabel('Postcode or place').click();
    await page.keyboard.type('E8 1EA');
    await page.keyboard.press('Tab');
    await page.keyboard.type('walking');
    await page.keyboard.press('Enter');
    await frame.getByRole('heading', { name: /^\d+ listings? near E8 1$/ }).waitFor();
    expect(await frame.getByLabel('What for?').inputValue()).toBe('walking');
    const cards = frame.locator('.sp-compact');
    expect(await cards.filter({ hasText: /walk/i }).count()).toBeGreaterThan(1);
    // It is as high as what it holds: nothing scrolls twice.
    await expect.poll(() => heightOf(page)).toBeGreaterThan(600);
    const inner = page.frames()[1];
    if (!inner) throw new Error('There is no frame.');
    expect(await inner.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThan(2);
    // What is sealed is letters at random, and may well hold these two.
    const inTheOpen = (text: string) => text.replaceAll(/[\w-]{45,}/g, '');
    expect(inTheOpen(inner.url())).not.toMatch(/e8|1ea|walking/i);
    for (const { url, headers } of asked)
      expect(inTheOpen(`${url} ${JSON.stringify(headers)}`)).not.toMatch(/1ea|walking/i);

    const opened = page.waitForEvent('popup');
    await cards.first().getByRole('link').first().click();
    const listing = await opened;
    await listing.waitForLoadState();
    expect(new URL(listing.url()).pathname).toMatch(/^\/services\//);
    expect(await listing.evaluate(() => opener)).toBeNull();
  });
});

test('kept to an area, a category or a list; what is elsewhere is said to be', async () => {
  await embedded(element('area="hackney" category="movement"'), async (frame) => {
    await frame.getByRole('heading', { name: 'Support for people in Hackney' }).waitFor();
    await frame.getByLabel('Postcode or place').fill('SO14 0YG');
    await frame.getByRole('button', { name: 'Find support' }).click();
    await frame.getByText(/This search is for people in Hackney, and SO14 0 is not there/).waitFor();
  });
  const { results } = (await (await fetch(`${site.origin}/api/v1/search?q=pain&per_page=2`)).json()) as {
    results: { service: { id: string; name: string } }[];
  };
  await embedded(element(`only="${packList(results.map(({ service }) => service.id))}"`), async (frame) => {
    for (const { service } of results) await frame.getByRole('link', { name: service.name }).waitFor();
    await frame.getByLabel('Postcode or place').fill('E8 1EA');
    await frame.getByRole('button', { name: 'Is it for me?' }).click();
    await frame.locator('[data-answer-of-frame]').waitFor();
    expect(await frame.locator('.sp-entry').count()).toBe(2);
  });
  const nowhere = await fetch(`${site.origin}/embed?area=nowhere`);
  expect(nowhere.status).toBe(404);
  expect(await nowhere.text()).toContain('Nothing is listed for the area that this page asks for.');
});

test('what is no place, a postcode mistyped, danger and abuse are answered in the frame', async () => {
  await embedded(element(), async (frame) => {
    const search = async (postcode: string, words = '') => {
      await frame.getByLabel('Postcode or place').fill(postcode);
      await frame.getByLabel('What for?').fill(words);
      await frame.getByRole('button', { name: 'Find support' }).click();
    };
    await search('nowhere at all');
    await frame.getByText('We did not recognise that').waitFor();
    expect(await frame.getByLabel('Postcode or place').inputValue()).toBe('nowhere at all');
    await search('E8 IEA');
    await frame.getByRole('button', { name: 'Did you mean E8 1EA?' }).click();
    await frame.getByRole('heading', { name: /near E8 1$/ }).waitFor();
    await search('E8 1EA', 'i want to die');
    await frame.locator('a[href="tel:116123"]:visible').first().waitFor();
    await search('E8 1EA', 'my husband hits me');
    await frame.getByText('where the page can be left at once').waitFor();
    expect(await frame.locator('.sp-compact').count()).toBe(0);
  });
});

test('without the script a plain frame does; at 320 px nothing is wider than it, and axe finds nothing', async () => {
  const plain = `<iframe src="${site.origin}/embed?area=hackney" title="Find support" width="100%" height="600"></iframe>`;
  await embedded(
    plain,
    async (frame) => {
      await frame.getByLabel('Postcode or place').fill('E8 1EA');
      await frame.getByRole('button', { name: 'Find support' }).click();
      await frame.getByRole('heading', { name: /near E8 1$/ }).waitFor();
    },
    { javaScriptEnabled: false },
  );
  await withPage({ at: site.origin, width: 320 }, async (page) => {
    await page.goto('/embed?area=hackney');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await barriersOn(page)).toEqual([]);
  });
});

test('no other site may frame it, and every other page stays unframed', async () => {
  const [frame, script, home, elsewhere] = await Promise.all(
    ['/embed', '/embed.js', '/', '/search'].map((path) => fetch(`${site.origin}${path}`)),
  );
  expect(frame?.headers.get('content-security-policy')).toContain(`frame-ancestors ${council}`);
  expect(frame?.headers.get('x-frame-options')).toBeNull();
  expect(script?.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect((await script?.arrayBuffer())?.byteLength).toBeLessThan(12 * 1024);
  for (const page of [home, elsewhere]) {
    expect(page?.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page?.headers.get('x-frame-options')).toBe('DENY');
  }
});
