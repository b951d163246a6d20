import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { extractText } from 'unpdf';
import { beforeAll, describe, expect, test } from 'vitest';
import { packList } from '../../api/domain/handout-list.ts';
import { HANDOUT_LANGUAGES } from '../../api/handout/messages.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { bench, origin, pagesOf, withPage } from '../helpers/browser.ts';

/** From the results to the patient's hand. The clock stands on Saturday 21 November 2026. */

const SCRIPTS = [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const;
/** Searched by no other test. */
const POSTCODE = 'E9 6SR';

/** Seconds for a key and for thinking before an action: the keystroke-level model of Card, Moran and Newell (1980). */
const KEY_SECONDS = 0.28;
const THINK_SECONDS = 1.35;

/** Somebody with a keyboard and nothing else, whose actions and keys are counted. Tab is a key, not an action. */
function keyboard(page: Page) {
  const count = { actions: 0, keys: 0 };
  const press = async (key: string): Promise<void> => {
    count.keys += 1;
    await page.keyboard.press(key);
  };
  return {
    count,
    seconds: (): number => count.keys * KEY_SECONDS + count.actions * THINK_SECONDS,
    /** Goes on with Tab until it stands on that element. */
    to: async (target: Locator): Promise<void> => {
      for (let stops = 0; stops < 60; stops += 1) {
        if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
        await press('Tab');
      }
      throw new Error(`The keyboard does not come to ${target}.`);
    },
    type: async (text: string): Promise<void> => {
      count.actions += 1;
      count.keys += text.length;
      await page.keyboard.type(text);
    },
    act: async (key: string): Promise<void> => {
      count.actions += 1;
      await press(key);
    },
  };
}

const gatheredIn = (page: Page): number => {
  const list = new URL(page.url()).searchParams.get('list');
  return list ? list.split('.').length : 0;
};
const add = (page: Page): Locator => page.getByRole('link', { name: /^Add to handout/ });
const entries = (page: Page): Locator => page.getByRole('main').locator('article ol > li');
const entryNames = async (page: Page): Promise<string[]> =>
  (await entries(page).locator('h2 a').allInnerTexts()).map((name) => name.trim());
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Sizes of words on the paper that are smaller than so many points. */
const smallerThan = (page: Page, points: number): Promise<number[]> =>
  page.locator('article').evaluate(
    (article, least) =>
      [...article.querySelectorAll('*')]
        .filter(
          (element) =>
            element.checkVisibility() &&
            [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
        )
        .map((element) => Number.parseFloat(getComputedStyle(element).fontSize) * 0.75)
        .filter((size) => size < least - 0.01),
    points,
  );

interface Detail {
  service: { id: string; name: string; schedules: unknown[]; phones: unknown[] };
  locations: unknown[];
}

/** Ids of ordinary listings: one venue, one time, one phone number. */
let ordinary: string[] = [];
beforeAll(async () => {
  const read = async <T>(path: string): Promise<T> => (await fetch(`${origin()}/api/v1${path}`)).json() as Promise<T>;
  const { results } = await read<{ results: { service: { id: string } }[] }>(
    '/search?per_page=100&reach=venue&sort=name',
  );
  const details = await Promise.all(results.map(({ service }) => read<Detail>(`/services/${service.id}`)));
  ordinary = details
    .filter(
      ({ service, locations }) =>
        locations.length === 1 && service.schedules.length === 1 && service.phones.length === 1,
    )
    .map(({ service }) => service.id);
});
const handout = (ids: readonly string[], more = ''): string => `/handout?list=${packList(ids)}${more}`;
const withLink = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Add a link and QR code' }).click();
  await page.waitForURL((url) => url.searchParams.has('code'));
};

describe.each(SCRIPTS)('%s', (_name, javaScriptEnabled) => {
  test('from home to a printed handout of three, with its link: eight actions, thirty seconds, no mouse', async () => {
    await withPage({ javaScriptEnabled }, async (page) => {
      if (javaScriptEnabled)
        await page.addInitScript(() => {
          window.print = () => document.documentElement.setAttribute('data-printed', '');
        });
      const person = keyboard(page);
      await page.goto('/');
      await person.to(page.getByLabel('Postcode or place'));
      await person.type(POSTCODE);
      await person.act('Enter');
      await page.waitForURL('**/search?**');
      for (const number of [1, 2, 3]) {
        const after = number - 1;
        await person.to(add(page).first());
        await person.act('Enter');
        await page.waitForURL(
          (url) => (url.searchParams.get('list') ?? '').split('.').filter(Boolean).length === after + 1,
        );
      }
      const card = page.locator('.sp-gather').filter({ hasText: 'In the handout' }).nth(2);
      await person.to(card.getByRole('link', { name: 'See and print the handout' }));
      await person.act('Enter');
      await page.waitForURL('**/handout?**');
      await person.to(page.getByRole('button', { name: 'Add a link and QR code' }));
      await person.act('Enter');
      await page.waitForURL((url) => url.searchParams.has('code'));
      if (javaScriptEnabled) {
        await person.to(page.getByRole('button', { name: 'Print' }));
        await person.act('Enter');
        await page.locator('html[data-printed]').waitFor({ state: 'attached' });
      } else {
        expect(await page.getByText('To print, press Ctrl and P').isVisible()).toBe(true);
        await person.act('Control+p');
      }
      expect(await entries(page).count()).toBe(3);
      expect(pagesOf(await page.pdf({ format: 'A4', preferCSSPageSize: true }))).toBe(1);
      expect(person.count.actions).toBeLessThanOrEqual(8);
      expect(person.seconds()).toBeLessThanOrEqual(30);
    });
  });

  test('adding comes back to the same spot, and can be taken back', async () => {
    await withPage({ javaScriptEnabled }, async (page) => {
      await page.goto('/search?q=chair');
      const name = (await page.getByRole('article').nth(2).getByRole('heading').innerText()).trim();
      await add(page).nth(2).click();
      await page.waitForURL((url) => url.searchParams.has('list'));
      const card = page
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name, exact: true }) })
        .first();
      expect(await card.getByText('In the handout').isVisible()).toBe(true);
      const box = await card.locator('.sp-gather').boundingBox();
      expect(box?.y).toBeGreaterThan(0);
      expect(box?.y).toBeLessThan(800);
      expect(await page.getByText('Handout: 1 listing').innerText()).toMatch(/see and print/);
      await card.getByRole('link', { name: /^Remove/ }).click();
      await page.waitForURL((url) => !url.searchParams.has('list'));
      expect(await page.getByText('Handout: 1 listing').count()).toBe(0);
    });
  });

  test('what is gathered goes along: filters, pages, a listing, browsing, a new search, a place not understood', async () => {
    await withPage({ javaScriptEnabled }, async (page) => {
      await page.goto('/search?reach=venue');
      await add(page).first().click();
      await page.waitForURL((url) => url.searchParams.has('list'));
      const still = async (where: string) => {
        expect(gatheredIn(page), where).toBe(1);
        expect(await page.getByText('Handout: 1 listing').isVisible(), where).toBe(true);
      };
      await page.getByRole('link', { name: 'Page 2' }).click();
      await page.waitForURL('**page=2**');
      await still('page 2');
      await page.getByRole('link', { name: 'Back to all results' }).click();
      await page.waitForURL((url) => !url.searchParams.has('reach'));
      await still('all results');
      await page.locator('summary').filter({ hasText: 'Cost' }).click();
      await page.getByRole('checkbox', { name: /^Free/ }).check();
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Apply filters' }).click();
      await page.waitForURL('**cost=free**');
      await still('a filter');
      await page.getByRole('main').getByRole('article').last().getByRole('link').first().click();
      await page.waitForURL('**/services/**');
      await still('a listing');
      await page.getByRole('link', { name: 'Back to the results' }).click();
      await page.waitForURL('**/search?**');
      await still('back');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Browse' }).click();
      await page.waitForURL('**/browse?**');
      await still('browse');
      await page.getByRole('link', { name: /^Befriending/ }).click();
      await page.waitForURL('**/browse/befriending?**');
      await still('a category');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Find support' }).click();
      await page.waitForURL((url) => url.pathname === '/');
      await still('home');
      await page.getByLabel('Postcode or place').fill('nowhere at all');
      await page.getByRole('button', { name: 'Find support' }).click();
      await page.waitForURL('**/find?**');
      await still('a place not understood');
      await page.getByLabel('Postcode or place').fill(POSTCODE);
      await page.getByRole('button', { name: 'Find support' }).click();
      await page.waitForURL('**/search?**');
      await still('a new search');
      await page.getByRole('link', { name: 'New search' }).click();
      await page.waitForURL((url) => url.pathname === '/');
      await still('new search');
    });
  });

  test('the order can be changed, and one taken out', async () => {
    await withPage({ javaScriptEnabled }, async (page) => {
      await page.goto(handout(ordinary.slice(0, 3)));
      const [first, second, third] = await entryNames(page);
      await entries(page)
        .filter({ hasText: third ?? '' })
        .getByRole('link', { name: /^Move up/ })
        .click();
      await expect.poll(() => entryNames(page)).toEqual([first, third, second]);
      await entries(page)
        .filter({ hasText: first ?? '' })
        .getByRole('link', { name: /^Move down/ })
        .click();
      await expect.poll(() => entryNames(page)).toEqual([third, first, second]);
      await entries(page)
        .filter({ hasText: first ?? '' })
        .getByRole('link', { name: /^Remove/ })
        .click();
      await expect.poll(() => entryNames(page)).toEqual([third, second]);
      await page.reload();
      expect(await entryNames(page)).toEqual([third, second]);
    });
  });

  test('what is written on the paper is printed, and sent nowhere', async () => {
    await withPage({ javaScriptEnabled }, async (page, context) => {
      const sent: string[] = [];
      context.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
      await page.goto(handout(ordinary.slice(0, 2)));
      const greeting = page.getByRole('textbox', { name: 'Greeting' });
      await greeting.click();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('Dear Mrs Kaya, here is what we talked about.');
      await page.getByRole('textbox', { name: 'From: name of the team' }).click();
      await page.keyboard.type('Locomotor Team');
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('article').innerText()).toMatch(/Mrs Kaya.*Locomotor Team/s);
      await page.emulateMedia({ media: 'screen' });
      await withLink(page);
      await page.getByRole('link', { name: 'Large print' }).click();
      await page.waitForURL('**size=large**');
      // With scripts it outlives what happens in place; without, a page is a page.
      if (javaScriptEnabled) {
        expect(await greeting.innerText()).toContain('Mrs Kaya');
        expect(await page.getByRole('textbox', { name: 'From: name of the team' }).innerText()).toBe('Locomotor Team');
      }
      expect(sent.filter((request) => /Kaya|Locomotor\+?(%20)?Team/.test(request))).toEqual([]);
      expect(sent.length).toBeGreaterThan(2);
    });
  });
});

describe('on paper', () => {
  test.each(HANDOUT_LANGUAGES)(
    '%s: four ordinary listings fit one A4 page, in 12 pt and up, with link and code',
    async (language) => {
      await withPage({}, async (page) => {
        for (const from of [0, 10]) {
          await page.goto(handout(ordinary.slice(from, from + 4), `&lang=${language}`));
          await withLink(page);
          expect(await entries(page).count()).toBe(4);
          const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
          expect(pagesOf(pdf), `${language}, from the ${from}th`).toBe(1);
          await page.emulateMedia({ media: 'print' });
          expect(await smallerThan(page, 12)).toEqual([]);
          await page.emulateMedia({ media: null });
        }
      });
    },
  );

  test.each(HANDOUT_LANGUAGES)('%s: large print, 16 pt and up, on more pages, no listing split', async (language) => {
    // The width that the paper leaves between its margins: 210 mm less twice 13 mm, in CSS pixels.
    const WIDTH = Math.floor((184 / 25.4) * 96);
    const HEIGHT = (270 / 25.4) * 96;
    await withPage({ width: WIDTH }, async (page) => {
      await page.goto(handout(ordinary.slice(0, 5), `&lang=${language}&size=large`));
      await withLink(page);
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      const pages = pagesOf(pdf);
      // A sheet that falls out of the pile says where it belongs.
      const { text } = await extractText(new Uint8Array(pdf));
      expect(text.map((words) => /^\d+ (?:of|\/) \d+/.exec(words)?.[0])).toEqual(
        text.map((_, at) => `${at + 1} ${language === 'en' ? 'of' : '/'} ${pages}`),
      );
      await page.emulateMedia({ media: 'print' });
      const blocks = await page.locator('article > header, article ol > li, article > footer').evaluateAll((all) =>
        all.map((block) => ({
          height: block.getBoundingClientRect().height,
          kept: getComputedStyle(block).breakInside === 'avoid' || block.matches('header'),
        })),
      );
      expect(await smallerThan(page, 16)).toEqual([]);
      // As many pages as it takes to lay them down whole, one after the other.
      let [packed, filled] = [1, 0];
      for (const { height, kept } of blocks) {
        expect(kept).toBe(true);
        expect(height).toBeLessThan(HEIGHT);
        if (filled + height > HEIGHT) [packed, filled] = [packed + 1, 0];
        filled += height;
      }
      expect(packed).toBeGreaterThan(1);
      expect(pages).toBe(packed);
    });
  });

  test('says what was promised of each listing, without colour, distance or the place searched from', async () => {
    await withPage({}, async (page) => {
      await page.goto('/');
      await page.getByLabel('Postcode or place').fill(POSTCODE);
      await page.getByRole('button', { name: 'Find support' }).click();
      await page.waitForURL('**/search?**');
      const near = new URL(page.url()).searchParams.get('near') ?? '';
      await page.goto(handout(ordinary.slice(0, 3), `&near=${near}`));
      await withLink(page);
      await page.emulateMedia({ media: 'print' });
      for (const entry of await entries(page).all()) {
        const text = await entry.innerText();
        for (const label of ['Next session', 'Where', 'Cost', 'Access', 'Phone', 'What to say'])
          expect(text).toContain(label);
        expect(text).toMatch(/Checked by the organisation on|not checked by us/);
        expect(text).not.toMatch(/\d miles?/);
      }
      const article = page.getByRole('article');
      expect(near.length).toBeGreaterThan(40);
      expect(await article.innerText()).not.toContain(near);
      // Nor in what some printers and PDF writers put beside words: the targets of links.
      const targets = await article.evaluate((it) =>
        [...it.querySelectorAll('a')].filter((link) => link.checkVisibility()).map((link) => link.href),
      );
      expect(targets.length).toBeGreaterThan(2);
      expect(targets.join(' ')).not.toContain(near);
      const colours = await article.evaluate((it) =>
        [it, ...it.querySelectorAll('*')]
          .filter((element) => element.checkVisibility() && !element.closest('svg'))
          .map((element) => getComputedStyle(element))
          .flatMap(({ color, backgroundColor }) => [color, backgroundColor]),
      );
      expect(
        [...new Set(colours)].filter((colour) => !/rgb\((0, 0, 0|255, 255, 255)\)|rgba\(0, 0, 0, 0\)/.test(colour)),
      ).toEqual([]);
    });
  });

  test('the labels are in the language, the listing stays as it is written and says so', async () => {
    await withPage({}, async (page) => {
      await page.goto(handout(ordinary.slice(0, 1), '&lang=tr'));
      const article = page.getByRole('article');
      expect(await article.getAttribute('lang')).toBe('tr');
      expect(await article.innerText()).toMatch(/Ücret.*Kuruluşun kontrol ettiği tarih/s);
      expect(await article.getByRole('heading', { level: 2 }).locator('a').getAttribute('lang')).toBe('en');
      expect(await page.getByText(/Nobody has checked the Turkish labels/).isVisible()).toBe(true);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByText(/Nobody has checked the Turkish labels/).isVisible()).toBe(false);
    });
  });
});

describe('the short link', () => {
  test('opens for anybody, however it is typed; holds no place; is not to be indexed', async () => {
    await withPage({ width: 320 }, async (page, context) => {
      await page.goto('/');
      await page.getByLabel('Postcode or place').fill(POSTCODE);
      await page.getByRole('button', { name: 'Find support' }).click();
      await page.waitForURL('**/search?**');
      const near = new URL(page.url()).searchParams.get('near') ?? '';
      await page.goto(handout(ordinary.slice(0, 3), `&near=${near}`));
      const names = await entryNames(page);
      await withLink(page);
      const typed = await page.locator('.sp-short__address').innerText();
      expect(typed).toMatch(/^127\.0\.0\.1:\d+\/h\/[2-9b-z]{5}-[2-9b-z]{5}$/);
      await page.goto(`/h/${typed.split('/h/')[1]?.toUpperCase()}`);
      expect(await entryNames(page)).toEqual(names);
      expect(await page.getByText('Nothing has changed since 21 November 2026').isVisible()).toBe(true);
      // On a phone it is a page to act on: a thumb's height to ring, and what is for a printer below.
      const calls = entries(page).getByRole('link', { name: /^Call 0/ });
      expect(await calls.count()).toBe(names.length);
      expect(await calls.first().getAttribute('href')).toMatch(/^tel:\+44\d+$/);
      const call = await calls.first().boundingBox();
      expect(call?.height).toBeGreaterThanOrEqual(44);
      expect((await calls.last().boundingBox())?.y).toBeLessThan(
        (await page.getByRole('link', { name: 'Large print' }).boundingBox())?.y ?? 0,
      );
      expect(await page.getByRole('link', { name: /^Directions/ }).count()).toBe(0);
      const code = page.getByRole('img', { name: /^QR: / });
      expect(await code.isVisible()).toBe(false);
      await page.emulateMedia({ media: 'print' });
      expect(await code.isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });
      expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
      expect(await page.content()).not.toContain(near);
      const kept = ['', '-wal'].map((end) => readFileSync(`${bench().database}${end}`).toString('latin1')).join('');
      expect(kept).not.toContain(near);
      expect(readFileSync(bench().log, 'utf8')).not.toContain(typed.split('/h/')[1]?.replace('-', ''));
      expect((await context.storageState()).cookies).toEqual([]);
      const missing = await page.goto('/h/bbbbb-bbbbb');
      expect(missing?.status()).toBe(404);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('This handout cannot be found');
    });
  });

  test('whoever went says how it was by one tap, without a script', async () => {
    await withPage({ width: 320, javaScriptEnabled: false }, async (page) => {
      await page.goto(handout(ordinary.slice(0, 2), ''));
      await withLink(page);
      const typed = await page.locator('.sp-short__address').innerText();
      await page.goto(`/h/${typed.split('/h/')[1]}?lang=tr`);
      const second = entries(page).nth(1);
      const tap = second.getByRole('button', { name: 'Kapalıydı' });
      expect((await tap.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await tap.click();
      expect(await second.getByRole('status').innerText()).toBe('Teşekkürler. Yalnızca bu yanıtı saklarız.');
      expect(await entries(page).first().getByRole('button').count()).toBe(3);
      // Opened again, by whoever made the link say, it tells of nobody.
      await page.goto(`/h/${typed.split('/h/')[1]}`);
      expect(await page.getByRole('status').count()).toBe(0);
      await page.emulateMedia({ media: 'print' });
      expect(await second.getByRole('button').first().isVisible()).toBe(false);
    });
  });

  test('texts: a message that fits, a record, an e-mail, a calendar', async () => {
    await withPage({}, async (page) => {
      await page.goto(handout(ordinary.slice(0, 3)));
      await withLink(page);
      const sms = await page.getByLabel('Text message').inputValue();
      expect(sms.length).toBeLessThanOrEqual(160);
      expect(sms).toMatch(/http:\/\/127\.0\.0\.1:\d+\/h\/\w{10}$/);
      expect(
        (await page.getByRole('textbox', { name: 'For the record', exact: true }).inputValue()).split('\n'),
      ).toHaveLength(5);
      expect(await page.getByRole('link', { name: 'Write an e-mail with it' }).getAttribute('href')).toMatch(
        /^mailto:\?subject=/,
      );
      const calendar = await page.getByRole('link', { name: 'Put all dates into a calendar' }).getAttribute('href');
      const response = await fetch(`${origin()}${calendar}`);
      expect((await response.text()).match(/BEGIN:VEVENT/g)?.length).toBeGreaterThanOrEqual(3);
    });
  });
});

describe.each([320, 1280])('at %i px', (width) => {
  test('no barrier that axe finds, and nothing wider than the page', async () => {
    await withPage({ width }, async (page) => {
      const looked = async () => {
        expect(await overflow(page), page.url()).toBeLessThanOrEqual(0);
        await expectAccessible(page);
      };
      await page.goto('/handout');
      await looked();
      await page.goto(`/search?q=chair&list=${packList(ordinary.slice(0, 10))}`);
      await looked();
      for (const look of ['', '&lang=bn', '&lang=pl&size=large']) {
        await page.goto(handout(ordinary.slice(0, 5), look));
        await looked();
      }
      await withLink(page);
      await looked();
      await page.goto(`/h/${new URL(page.url()).searchParams.get('code')}`);
      await looked();
    });
  });
});

test('ten and no more', async () => {
  await withPage({}, async (page) => {
    await page.goto(`/search?list=${packList(ordinary.slice(0, 10))}`);
    expect(await page.getByText('Handout: 10 listings').isVisible()).toBe(true);
    expect(await add(page).count()).toBe(0);
    expect(await page.getByText('The handout is full: 10 listings').count()).toBeGreaterThan(0);
    await page.goto(`/search?list=${packList(ordinary.slice(0, 12))}`);
    expect(await page.getByText('Handout: 10 listings').isVisible()).toBe(true);
  });
});

test.each(SCRIPTS)(
  'two patients in a row %s: nothing of the first is on the sheet of the second',
  async (_name, javaScriptEnabled) => {
    await withPage({ javaScriptEnabled }, async (page) => {
      const sheetOf = async (place: string, which: number): Promise<string[]> => {
        await page.getByLabel('Postcode or place').fill(place);
        await page.getByRole('button', { name: 'Find support' }).click();
        await page.waitForURL('**/search?**');
        expect(await page.getByText(/^Handout: /).count()).toBe(0);
        await add(page).nth(which).click();
        await page.getByRole('link', { name: 'see and print', exact: true }).click();
        await page.waitForURL('**/handout?**');
        return entryNames(page);
      };
      await page.goto('/');
      const first = await sheetOf(POSTCODE, 0);
      expect(first).toHaveLength(1);
      // After printing …
      await page.getByRole('link', { name: 'Next patient: start again' }).click();
      const second = await sheetOf('E8 1EA', 1);
      expect(second).toHaveLength(1);
      expect(second).not.toEqual(first);
      // … and from the bar.
      await page.getByRole('link', { name: 'Back to the results' }).click();
      await page.getByRole('link', { name: 'next patient: start again' }).click();
      expect(gatheredIn(page)).toBe(0);
      await page.goto('/handout');
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Nothing is in the handout yet');

      // Without saying so: from the next place the sheet begins empty, and what is set aside is one tap away.
      await page.goto('/');
      const third = await sheetOf(POSTCODE, 0);
      await page.getByRole('link', { name: 'Back to the results' }).click();
      await page.getByRole('link', { name: 'New search' }).click();
      await page.getByLabel('Postcode or place').fill('E8 1EA');
      await page.getByRole('button', { name: 'Find support' }).click();
      await page.waitForURL('**/search?**');
      expect(gatheredIn(page)).toBe(0);
      const aside = page.getByText('Set aside: 1 listing that was gathered for another place');
      expect(await aside.isVisible()).toBe(true);
      await add(page).nth(1).click();
      await page.waitForURL((url) => url.searchParams.has('list'));
      expect(gatheredIn(page)).toBe(1);
      await page.getByRole('link', { name: 'put it into this handout' }).click();
      await page.waitForURL((url) => !url.searchParams.has('before'));
      expect(gatheredIn(page)).toBe(2);
      // From the same place once more nothing is set aside.
      await page.getByRole('link', { name: 'New search' }).click();
      await page.getByLabel('Postcode or place').fill('E8 1EA');
      await page.getByRole('button', { name: 'Find support' }).click();
      await page.waitForURL('**/search?**');
      expect(gatheredIn(page)).toBe(2);
      await page.getByRole('link', { name: 'see and print', exact: true }).click();
      await page.waitForURL('**/handout?**');
      expect(await entryNames(page)).toEqual(expect.arrayContaining(third));
    });
  },
);

test('letters twice as large on a phone: nothing is cut off, and nothing is wider than the screen', async () => {
  const WELSH = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochedd';
  const ADDRESS = 'https://www.a-name-of-an-organisation-without-breaks.example.org/and/its/path';
  await withPage({ width: 320 }, async (page) => {
    const [id = ''] = ordinary;
    const results = ['/search?q=chair', '/search?q=chair&cards=short', '/embed?q=chair', '/booklet?q=chair', '/lists'];
    const paths = ['/', ...results, `/services/${id}`, '/browse/abuse-crime'];
    for (const path of [...paths, ...['', '&size=large'].map((size) => handout(ordinary.slice(0, 2), size))]) {
      await page.goto(path);
      await page.evaluate(
        ([welsh, address]) => {
          document.documentElement.style.fontSize = '200%';
          for (const it of document.querySelectorAll(
            'h1, h3 a, .sp-entry h2 a, .sp-card__organization, .sp-listing__organization, .sp-facts dd, .sp-compact__facts',
          ))
            it.textContent = welsh ?? '';
          for (const it of document.querySelectorAll('.sp-card__summary, .sp-lead, .sp-entry__summary, .sp-hero p'))
            it.textContent = address ?? '';
        },
        [WELSH, ADDRESS],
      );
      for (const width of [320, 360, 390, 412]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await overflow(page), `${path} at ${width}`).toBeLessThanOrEqual(0);
        const cut = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('main *')]
            .filter((it) => it.checkVisibility() && it.scrollWidth > it.clientWidth + 1)
            .filter((it) => ['hidden', 'clip'].includes(getComputedStyle(it).overflowX))
            .filter((it) => !it.matches('.govuk-visually-hidden, input, select, textarea'))
            .map((it) => it.className || it.tagName),
        );
        expect(cut, `${path} at ${width}`).toEqual([]);
        // A button of one word has it on one line.
        const broken = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('main button')]
            .filter((it) => it.checkVisibility() && /^\s*\w+\s*$/.test(it.innerText))
            .filter((it) => {
              const range = document.createRange();
              range.selectNodeContents(it);
              return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
            })
            .map((it) => it.innerText),
        );
        expect(broken, `${path} at ${width}`).toEqual([]);
      }
    }
  });
});
