import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { barriersOn, expectAccessible } from '../helpers/axe.ts';
import { origin, withPage } from '../helpers/browser.ts';

/** Every page that can be reached from home, and some that only a search leads to: what must hold for all of them. */

/** So many of a kind are looked at: one listing is built like the next. */
const OF_EACH_KIND = 3;
/** A4 in CSS pixels, less a centimetre and a half on either side. */
const PAPER = 680;

/** What programs read. */
const FOR_PROGRAMS = /^\/(api|fhir)\//;

/** What changes how a page is built: whether there is a place, and whether one way of standing to it is listed alone. */
const SHAPING = ['near', 'reach', 'page'];

/** '/services/3c3e…' and '/services/77aa…' are of one kind; so are two searches that differ in a filter. */
const kindOf = ({ pathname, searchParams }: URL): string =>
  [
    pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id').replace(/^\/(browse|areas)\/.+/, '/$1/:one'),
    ...(pathname === '/search' ? SHAPING : ['near']).filter((name) => searchParams.has(name)),
  ].join(' ');

async function search(page: Page, place: string, words: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Postcode or place').fill(place);
  await page.getByLabel(/What are you looking for/).fill(words);
  await page.getByRole('button', { name: 'Find support' }).click();
  await page.waitForURL('**/search?**');
}

interface Visited {
  path: string;
  /** The first of its kind: these alone go to axe, which takes a second or two for each. */
  first: boolean;
  title: string;
  status: number;
  wide: Seen;
}

/** What a page is like at a width. */
interface Seen {
  headings: number;
  language: string | null;
  mains: number;
  /** CSS pixels by which it is wider than the window. */
  overflow: number;
  /** What axe finds. */
  barriers: string[];
}
const RIGHT: Seen = { headings: 1, language: 'en-GB', mains: 1, overflow: 0, barriers: [] };

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const look = async (page: Page, first: boolean): Promise<Seen> => ({
  headings: await page.getByRole('heading', { level: 1 }).count(),
  language: await page.locator('html').getAttribute('lang'),
  mains: await page.getByRole('main').count(),
  overflow: Math.max(0, await overflow(page)),
  barriers: first ? await barriersOn(page) : [],
});

/** Follows links from home and from two searches, breadth first, at 1280 px. */
async function crawl(): Promise<Visited[]> {
  const seen = new Map<string, number>();
  const found: Visited[] = [];
  await withPage({}, async (page) => {
    await search(page, 'E9 6SR', 'exercise');
    const results = page.url();
    await search(page, 'Homerton', '');
    const queue = [`${origin()}/`, results, page.url()];
    const queued = new Set(queue);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const url = new URL(next);
      const kind = kindOf(url);
      const count = seen.get(kind) ?? 0;
      if (count >= OF_EACH_KIND) continue;
      seen.set(kind, count + 1);
      const response = await page.goto(next);
      found.push({
        path: next.slice(origin().length),
        first: count === 0,
        title: await page.title(),
        status: response?.status() ?? 0,
        wide: await look(page, count === 0),
      });
      const links = await page
        .locator('a[href]:not([download])')
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href.split('#')[0] ?? ''));
      for (const link of links) {
        const isPage = link.startsWith(`${origin()}/`) && !FOR_PROGRAMS.test(new URL(link).pathname);
        if (!isPage || queued.has(link)) continue;
        queued.add(link);
        queue.push(link);
      }
    }
  });
  return found;
}

let visited: Visited[] = [];
beforeAll(async () => {
  visited = await crawl();
}, 480_000);

describe('every page', () => {
  test('is there, and there are pages of every kind', () => {
    expect(visited.filter(({ status }) => status !== 200)).toEqual([]);
    const paths = visited.map(({ path }) => path);
    for (const path of ['/', '/about', '/privacy', '/accessibility', '/data', '/developers', '/browse'])
      expect(paths).toContain(path);
    for (const start of ['/search?', '/services/', '/organizations/', '/browse/'])
      expect(paths.filter((path) => path.startsWith(start)).length, start).toBeGreaterThan(0);
  });

  test('has a title of its own that says what is on it', () => {
    for (const { path, title } of visited) expect(title, path).toMatch(/^.{4,} – Signpost$/);
    const plain = visited.filter(({ path }) => !path.includes('?'));
    const twice = plain.filter(({ title }, index) => plain.findIndex((other) => other.title === title) !== index);
    expect(twice).toEqual([]);
  });

  test('at 1280 px: no barrier that axe finds, one h1, a language, nothing wider than the page', () => {
    for (const { path, wide } of visited) expect(wide, path).toEqual(RIGHT);
  });

  test('at 320 px the same, nothing is cut off at 400 % zoom, and on paper it says what it says', async () => {
    await withPage({ width: 320 }, async (page) => {
      const heading = page.getByRole('heading', { level: 1 });
      for (const { path, first } of visited) {
        await page.setViewportSize({ width: 320, height: 800 });
        await page.goto(path);
        expect(await look(page, first), path).toEqual(RIGHT);
        // 1280 px wide at 400 % is 320 px wide and 256 px high.
        await page.setViewportSize({ width: 320, height: 256 });
        expect(await overflow(page), `${path} at 400 %`).toBeLessThanOrEqual(0);
        expect(await heading.isVisible(), `${path} at 400 %`).toBe(true);

        await page.setViewportSize({ width: PAPER, height: 800 });
        await page.emulateMedia({ media: 'print' });
        expect(await heading.isVisible(), `${path} on paper`).toBe(true);
        expect(await page.getByRole('navigation', { name: 'Main' }).isVisible(), `navigation of ${path}`).toBe(false);
        expect(await overflow(page), `${path} on paper`).toBeLessThanOrEqual(0);
        await page.emulateMedia({ media: null });
      }
    });
  }, 480_000);

  test('without scripts and in forced colours: no barrier that axe finds', async () => {
    await withPage({ width: 320, scripts: false, forcedColors: 'active', reducedMotion: 'reduce' }, async (page) => {
      for (const { path } of visited.filter(({ first }) => first)) {
        await page.goto(path);
        expect(await page.getByRole('heading', { level: 1 }).innerText(), path).not.toBe('');
        // Colours are the system's there; axe reads the site's own.
        await expectAccessible(page, ['color-contrast']);
      }
    });
  });

  test('a listing prints', async () => {
    await withPage({ width: PAPER }, async (page) => {
      await page.goto(visited.find(({ path }) => path.startsWith('/services/'))?.path ?? '/');
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    });
  });

  // On a full machine the browser may settle later than it draws.
  test('begins with a link to its main part, the first stop of the keyboard', { retry: 2 }, async () => {
    await withPage({}, async (page) => {
      for (const { path } of visited.slice(0, 12)) {
        await page.goto(path);
        await page.keyboard.press('Tab');
        const first = page.locator(':focus');
        expect(await first.innerText(), path).toMatch(/^Skip to/);
        await page.keyboard.press('Enter');
        const focused = () => page.evaluate(() => document.activeElement?.id);
        await expect.poll(focused, { message: path }).toBe('main');
        // The browser settles where the keyboard goes on from only once it has drawn the jump.
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        await page.keyboard.press('Tab');
        // The next stop lies in the main part, or behind it where that holds nothing to stop at.
        const inMain = await page.evaluate(() => {
          const main = document.querySelector('main');
          const at = document.activeElement;
          if (!main || !at) return false;
          return main.contains(at) || (main.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
        });
        expect(inMain, path).toBe(true);
      }
    });
  });
});

test('what everybody may have holds nothing of anybody, and is what it would be if it were drawn anew', async () => {
  const kinds = new Set<string>();
  for (const { path, status } of visited) {
    const at = `${origin()}${path}`;
    const kept = await fetch(at);
    const words = await kept.text();
    if (!kept.headers.get('cache-control')?.startsWith('public')) {
      expect(kept.headers.get('cache-control'), path).toBe('no-store');
      continue;
    }
    kinds.add(kindOf(new URL(at)));
    expect([path, status, new URL(at).searchParams.toString().replace(/^page=\d+$/, '')]).toEqual([path, 200, '']);
    // A sealed place or sealed words, in a path or in a query, and the way out of a page that nobody else should see.
    expect(words, path).not.toMatch(/[?&;](near|sealed)=|"\/browse\/[\w-]{40,}|govuk-exit-this-page/);
    const anew = await fetch(at, { headers: { cookie: 'other=1' } });
    expect(await anew.text(), path).toBe(words);
    const again = await fetch(at, { headers: { 'if-none-match': kept.headers.get('etag') ?? '' } });
    expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
  }
  expect([...kinds].map((kind) => kind.trim())).toEqual(
    expect.arrayContaining(['/', '/services/:id', '/organizations/:id', '/browse/:one', '/about', '/privacy']),
  );
});

describe('pages for what is not there', () => {
  test.each([
    ['/nothing-here', 404],
    ['/services/00000000-0000-4000-8000-000000000000', 404],
    ['/services/not-an-id', 404],
    ['/organizations/00000000-0000-4000-8000-000000000000', 404],
    ['/browse/no-such-thing', 404],
    ['/search?near=forged', 400],
    ['/search?sort=sideways', 400],
  ])('%s says so, and leads on', async (path, status) => {
    await withPage({ width: 320 }, async (page) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(status);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      expect(
        await page.getByRole('main').getByRole('link').or(page.getByRole('main').getByRole('button')).count(),
      ).toBeGreaterThan(0);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    });
  });
});
