import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { packList } from '../../api/domain/handout-list.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { origin, withPage } from '../helpers/browser.ts';

/** Somebody in danger, on the narrowest phone, without scripts: help is on the first screen. */

const PHONE = { width: 320, height: 568, javaScriptEnabled: false };

/** What is typed, and who must be seen first: a number that a thumb can press. */
const CRISES = [
  ['i want to die', '111'],
  ['about to kill myself', '999'],
  ['my daughter is suicidal', '111'],
  ['cutting myself', '111'],
  ['took pills to kill myself', '999'],
  ['toddler drank bleach', '999'],
  ['chest pain', '999'],
  ['haert attack', '999'],
  ['face drooping on one side', '999'],
  ['my baby is not breathing', '999'],
  ['choking', '999'],
  ['house fire', '999'],
  ['smell of gas', '0800111999'],
  ['my husband hits me', '08082000247'],
  ['partner wont let me leave the house', '08082000247'],
  ['kocam beni dövüyor', '08082000247'],
  ['i was raped', '08085002222'],
  ['my dad hits me', '08001111'],
  ['nowhere to sleep tonight', '08088004444'],
  ['mental health crisis', '111'],
  ['panic at night', '111'],
  ['someone is following me home', '999'],
] as const;

async function search(page: Page, words: string, postcode: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Postcode or place').fill(postcode);
  await page.getByLabel('What are you looking for?').fill(words);
  await Promise.all([
    page.waitForURL((url) => url.pathname !== '/'),
    page.getByRole('button', { name: 'Find support' }).click(),
  ]);
}

/** Whether the first button that calls somebody calls this number, is wholly on the first screen, and as large as a thumb. */
async function isFirst(page: Page, number: string): Promise<boolean> {
  const call = page.locator('.sp-urgent a.sp-urgent__call[href^="tel:"]:visible').first();
  const [href, box] = [await call.getAttribute('href'), await call.boundingBox()];
  return (
    href === `tel:${number}` && box !== null && box.y >= 0 && box.y + box.height <= PHONE.height && box.height >= 44
  );
}

const wordsField = (page: Page) => page.locator('#q');

test('22 crises: the right number is the first on the first screen of the results', async () => {
  await withPage(PHONE, async (page) => {
    const missed: string[] = [];
    for (const [words, number] of CRISES) {
      await page.goto(`/search?${new URLSearchParams({ postcode: 'E8 1EA', q: words })}`);
      if (!(await isFirst(page, number))) missed.push(`${words}: ${number}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    }
    expect(missed).toEqual([]);
  });
});

test.each([
  ['a mistyped postcode', 'E8 1ZZ9Q'],
  ['no postcode', ''],
])('22 crises: it stands before everything else with %s', async (_how, postcode) => {
  for (const [words, number] of CRISES) {
    const query = new URLSearchParams({ q: words, ...(postcode === '' ? {} : { postcode }) });
    const page = await (await fetch(`${origin()}/search?${query}`)).text();
    const main = page.slice(page.indexOf('<main'));
    const [, first] = /href="tel:(\d+)" class="sp-urgent__call"/.exec(main.slice(0, main.indexOf('<h1'))) ?? [];
    expect(first, words).toBe(number);
  }
});

test('what is typed where the postcode belongs is understood too', async () => {
  await withPage(PHONE, async (page) => {
    await page.goto('/');
    await page.getByLabel('Postcode or place').fill('i want to kill myself');
    await page.getByRole('button', { name: 'Find support' }).click();
    await page.waitForURL('**/find');
    expect(await isFirst(page, '111')).toBe(true);
  });
});

test('help for now is said once, to everybody, in its place', async () => {
  await withPage({ width: 320, scripts: false }, async (page) => {
    await search(page, 'my husband hits me, want to die', 'E8 1EA');
    await expectAccessible(page);
    const calls = await page.locator('.sp-urgent__call').evaluateAll((all) => all.map((it) => it.textContent));
    expect(new Set(calls).size).toBe(calls.length);
  });
});

test('no help is shown where there is no danger', async () => {
  await withPage({}, async (page) => {
    await search(page, 'stroke your cat', 'E8 1EA');
    expect(await page.locator('.sp-urgent').count()).toBe(0);
    expect(await page.getByText('Exit this page').count()).toBe(0);
  });
});

describe('what was typed', () => {
  const WORDS = 'my husband hits me';
  /** Its words, and the subject, as somebody would find them in an address. */
  const traces = /husband|hits|abuse|refuge|violen/i;

  test.each([
    ['with JavaScript', {}],
    ['without', { javaScriptEnabled: false }],
  ])('stands in no address and no title, %s', async (_how, looking) => {
    await withPage(looking, async (page, context) => {
      const asked: string[] = [];
      context.on('request', (request) => asked.push(request.url(), request.headers()['referer'] ?? ''));
      await page.goto('/');
      await page.getByLabel('Postcode or place').fill('E8 1EA');
      await page.getByLabel('What are you looking for?').pressSequentially(WORDS);
      await page.getByRole('button', { name: 'Find support' }).click();
      await page.waitForURL('**/search?**');
      expect(await wordsField(page).inputValue()).toBe(WORDS);
      const addresses = () =>
        page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('[href], [action], [src]')].flatMap((it) => [
            it.getAttribute('href') ?? '',
            it.getAttribute('action') ?? '',
            it.getAttribute('src') ?? '',
          ]),
        );
      const seen: string[] = [];
      const look = async () => {
        const titles = [await page.title(), page.url()];
        // Web addresses of helplines are told to be; our own must not tell.
        const own = (await addresses()).filter((address) => !/^https:|^mailto:|^tel:/.test(address));
        seen.push(...titles, ...own);
        expect([...titles, ...own].filter((address) => traces.test(decodeURIComponent(address)))).toEqual([]);
      };
      await look();
      // A filter, a section, a listing, a handout and back: the words go with it all, and show nowhere.
      await page.locator('summary', { hasText: 'Subject' }).click();
      await page.getByLabel(/^Abuse and crime/).check();
      await page.getByRole('button', { name: 'Apply filters' }).click();
      await page.waitForURL((url) => url.search !== new URL(seen[1] ?? '').search);
      expect(await wordsField(page).inputValue()).toBe(WORDS);
      expect(await page.getByLabel(/^Abuse and crime/).isChecked()).toBe(true);
      await look();
      await page
        .getByRole('link', { name: /^Add to handout/ })
        .first()
        .click();
      await page.getByRole('link', { name: 'see and print', exact: true }).waitFor();
      await page.getByRole('main').getByRole('article').first().getByRole('heading').getByRole('link').click();
      await page.waitForURL('**/services/**');
      await look();
      await page.getByRole('link', { name: 'see and print', exact: true }).click();
      await page.waitForURL('**/handout?**');
      await look();
      await page.getByRole('link', { name: 'Back to the results' }).click();
      await page.waitForURL('**/search?**');
      expect(await wordsField(page).inputValue()).toBe(WORDS);
      expect(asked.filter((address) => traces.test(decodeURIComponent(address)))).toEqual([]);
    });
  });

  test.each([
    '/search?q=my+husband+hits+me',
    '/search?q=my+husband+hits+me&postcode=E8+1EA',
    '/search?category=abuse-crime',
    '/browse/abuse-crime',
    '/search/?q=my%20husband%20hits%20me&radius=2&day=MO',
    '/handout?q=my+husband+hits+me',
  ])('an old address leads to one that does not tell: %s', async (path) => {
    const left = await fetch(`${origin()}${path}`, { redirect: 'manual' });
    expect(left.status).toBe(303);
    const location = left.headers.get('location') ?? '';
    expect(location).not.toMatch(/husband|abuse|E8.?1EA/i);
    const page = await (await fetch(new URL(location, origin()))).text();
    expect(page).toMatch(
      path.startsWith('/handout') ? /Nothing is in the handout/ : /Abuse and crime|my husband hits me/,
    );
  });

  test('comes back with the page, by paging and by what a filter leaves', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await search(page, 'creative', '');
      await page
        .getByRole('link', { name: /^See all/ })
        .first()
        .click();
      await page.getByRole('link', { name: 'Page 2' }).click();
      expect(await wordsField(page).inputValue()).toBe('creative');
      expect(page.url()).not.toMatch(/creative/);
      await wordsField(page).fill('');
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      expect(page.url()).not.toMatch(/sealed=/);
    });
  });

  test('a seal of another directory is told of, and nothing is lost', async () => {
    const answer = await fetch(`${origin()}/search?sealed=${'A'.repeat(106)}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('This link no longer works here');
  });
});

describe('a page of abuse', () => {
  test('can be left by its link without a script, and stays on top', async () => {
    await withPage({ ...PHONE }, async (page) => {
      await search(page, 'my husband hits me', 'E8 1EA');
      const leave = page.getByRole('link', { name: 'Exit this page' }).last();
      expect(await leave.getAttribute('href')).toBe('https://www.bbc.co.uk/weather');
      await page.evaluate(() => scrollTo(0, 3000));
      expect((await leave.boundingBox())?.y).toBeLessThan(50);
    });
  });

  test.each(['Shift', 'Escape'])('can be left by %s three times', async (key) => {
    await withPage({}, async (page) => {
      await page.goto('/browse/abuse-crime');
      const leave = page.locator('.govuk-exit-this-page__button');
      expect(await leave.getAttribute('href')).toBe('https://www.bbc.co.uk/weather');
      // A test asks no other machine: here it leads to a page of our own.
      await leave.evaluate((link) => link.setAttribute('href', '/about'));
      for (let times = 0; times < 3; times++) await page.keyboard.press(key);
      await page.waitForURL('**/about');
    });
  });

  test('each of them, whatever it holds, is left by three times Escape, and no address or title says what for', async () => {
    await withPage({}, async (page) => {
      await search(page, 'my husband hits me', 'E8 1EA');
      const results = new URL(page.url());
      const near = results.searchParams.get('near') ?? '';
      await page.goto('/browse/abuse-crime');
      const id = await page.getByRole('main').getByRole('article').first().getAttribute('data-result-id');
      const list = packList([id ?? '']);
      const made = await fetch(`${origin()}/handout?list=${list}&near=${near}`, { method: 'POST', redirect: 'manual' });
      const handout = made.headers.get('location') ?? '';
      const code = new URL(handout, origin()).searchParams.get('code');
      const found = `${results.pathname}${results.search}`;
      for (const path of [
        found,
        `${found}&cards=short`,
        `${found}&reach=not_serving`,
        found.replace('/search', '/booklet'),
        `/services/${id}`,
        `/services/${id}?near=${near}`,
        handout,
        `${handout}&lang=tr`,
        `/h/${code}`,
        `/h/${code}?lang=tr`,
        `/report?service=${id}`,
      ]) {
        await page.goto(path);
        expect(`${await page.title()} ${decodeURIComponent(page.url())}`, path).not.toMatch(
          /hit|husband|abuse|refuge|violen/i,
        );
        await page.locator('.govuk-exit-this-page__button').evaluate((link) => link.setAttribute('href', '/about'));
        for (let times = 0; times < 3; times++) await page.keyboard.press('Escape');
        await page.waitForURL('**/about');
      }
    });
  });

  test('its listing offers no calendar, and its handout asks whether that is safe', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto('/browse/abuse-crime');
      expect(await page.title()).toBe('Listings – Signpost');
      await page.getByRole('main').getByRole('article').first().getByRole('heading').getByRole('link').click();
      await page.waitForURL('**/services/**');
      expect(await page.title()).toBe('A listing – Signpost');
      const name = await page.getByRole('heading', { level: 1 }).innerText();
      expect(await page.getByText('Add to your calendar').count()).toBe(0);
      await page.getByRole('link', { name: /^Add to handout/ }).click();
      await page.getByRole('link', { name: 'See and print the handout' }).click();
      await page.getByRole('heading', { name: 'Is it safe to take this along?' }).waitFor();
      await page.getByRole('button', { name: 'Add a link and QR code' }).click();
      expect(await page.getByText('Put all dates into a calendar').count()).toBe(0);
      const message = await page.getByLabel('Text message').inputValue();
      expect(message).toMatch(/\/h\//);
      expect(message).not.toContain(name.split(' ')[0]);
      await page.goto(new URL(/\S+\/h\/\S+/.exec(message)?.[0] ?? '').pathname);
      expect(await page.getByText('Exit this page').count()).toBeGreaterThan(0);
      expect(await page.getByText('Is it safe to take this along?').count()).toBe(1);
      expect(await page.getByText('Put all dates into a calendar').count()).toBe(0);
    });
  });
});
