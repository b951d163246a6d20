import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addKeeper } from '../../api/store/keepers.ts';
import { findListing } from '../../api/store/listings.ts';
import { type Db, openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { waitingSubmissions } from '../../api/store/submissions.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { type Looking, withPage } from '../helpers/browser.ts';
import { NOW } from '../helpers/clock.ts';
import { byKeyboard, fieldOf, quickly } from '../helpers/hands.ts';
import { type MailServer, startMailServer } from '../helpers/mail-server.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { beginForm, fillIn } from '../helpers/weekly-class.ts';

/** Somebody adds a class, and later changes it: in a browser, and through real mail. */

let site: Site;
let mail: MailServer;
let db: Db;

beforeAll(async () => {
  mail = await startMailServer();
  site = await startSite({ SMTP_URL: mail.url, MAIL_FROM: 'Signpost <signpost@example.org>', RATE_LIMIT: '100000' });
  db = openStore(site.database);
});
afterAll(async () => {
  db?.close();
  await site?.stop();
  await mail?.stop();
});

const on = (looking: Looking, work: Parameters<typeof withPage>[1]) => withPage({ at: site.origin, ...looking }, work);
const PHONE = { width: 320, height: 640 } as const;
const PLAIN = { ...PHONE, javaScriptEnabled: false } as const;

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
/** The path of the first link of a mail that begins so. */
const pathIn = (links: readonly string[], start: string): string =>
  links.map((link) => new URL(link).pathname).find((path) => path.startsWith(start)) ?? 'none';

test('by keyboard, at 320 px, without JavaScript: a weekly class is sent and confirmed by mail', async () => {
  await on(PLAIN, async (page) => {
    const pages: string[] = [];
    await fillIn(page, byKeyboard(page), 'sam@example.org', 'Chair yoga by keyboard', async () => {
      pages.push(await heading(page));
    });
    expect(pages).toEqual([
      'Add a listing',
      'Add a listing',
      'Who you are',
      'What it is',
      'When it happens',
      'Are these dates right?',
      'Where it happens',
      'Who it is for and what it costs',
      'Getting in and joining',
      'Pain-friendly practice',
      'Check your answers',
    ]);
    expect(await page.getByRole('main').innerText()).toMatch(/Can be done sitting down: Yes/);
    await byKeyboard(page).press('Send it in');
    await page.waitForURL('**?sent=unconfirmed');
    expect(await heading(page)).toMatch(/look at your e-mail/);

    const asked = await mail.waitFor('sam@example.org', /Please confirm/);
    const confirm = pathIn(asked.links, '/add/confirm/');
    // Whoever only opens it, as scanners of mail do, changes nothing.
    for (const times of [1, 2]) {
      await page.goto(confirm);
      expect(await heading(page), `${times}`).toBe('Is this from you?');
    }
    expect(waitingSubmissions(db)).toEqual([]);
    await byKeyboard(page).press('Yes, I sent this');
    // A key, unlike a click, does not wait for the page that it leads to.
    await expect.poll(() => heading(page)).toMatch(/Now we look at it/);
    expect(waitingSubmissions(db).map(({ answers }) => answers['name'])).toEqual(['Chair yoga by keyboard']);
    // It has done its work, and says so to whoever comes back.
    await page.goto(confirm);
    expect(await heading(page)).toMatch(/Now we look at it/);
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  });
});

test.each<[string, Looking, RegExp]>([
  ['on a phone without scripts', { ...PHONE, scripts: false }, /\/(add|who|what|when|where|joining|check)$/],
  ['on a desktop', { width: 1280 }, /\/(when|where|check)$/],
])('%s the pages of the form are accessible and fit', async (_name, looking, judged) => {
  await on(looking, async (page) => {
    await fillIn(page, quickly(page), 'kay@example.org', 'Chair yoga, looked at', async () => {
      if (judged.test(page.url())) await expectAccessible(page);
      expect(await overflow(page)).toBe(0);
    });
    await page.goto(page.url().replace(/check$/, 'what'));
    await quickly(page).type('What is it called?', '');
    await quickly(page).press('Save and go on');
    await expectAccessible(page);
    for (const path of ['/edit', '/add/not-a-key/who']) {
      await page.goto(path);
      expect(await overflow(page)).toBe(0);
    }
    expect(await heading(page)).toBe('This link does not work any more');
  });
});

test('what is wrong is kept as it was typed, and said on top and beside the field in the same words', async () => {
  await on(PLAIN, async (page) => {
    const hand = quickly(page);
    await page.goto('/add');
    await hand.press('Begin');
    await page.goto(`${page.url()}/who`);
    await hand.type('Your e-mail address', 'sam at example');
    await hand.type(/^Charity number/, '12');
    await hand.press('Save and go on');
    const summary = page.locator('.govuk-error-summary');
    const said = await summary.getByRole('link').allInnerTexts();
    expect(said).toHaveLength(3);
    for (const link of await summary.getByRole('link').all()) {
      const id = (await link.getAttribute('href'))?.slice(1) ?? '';
      expect((await page.locator(`#${id}-error`).innerText()).replace(/^Error:\s*/, '')).toBe(await link.innerText());
      expect(await page.locator(`#${id}`).getAttribute('aria-describedby')).toContain(`${id}-error`);
    }
    expect(await page.title()).toMatch(/^Error: /);
    expect(await fieldOf(page, 'Your e-mail address').inputValue()).toBe('sam at example');
    // Away and back: it is still there, and so is what is wrong with it.
    await page.goto(page.url().replace(/who$/, 'what'));
    await page.goto(page.url().replace(/what$/, 'who'));
    expect(await fieldOf(page, /^Charity number/).inputValue()).toBe('12');
    expect(await summary.getByRole('link').allInnerTexts()).toEqual(said);
  });
});

test('going back, or to all the steps, keeps what was typed, also what is not right yet', async () => {
  await on(PLAIN, async (page) => {
    const hand = quickly(page);
    await beginForm(page, hand, 'kim@example.org');
    await hand.type('What is it called?', 'Driving neighbours');
    await hand.press('Back');
    await page.waitForURL('**/who');
    expect(await page.getByLabel('Your e-mail address').inputValue()).toBe('kim@example.org');
    await hand.press('Save and go on');
    await page.waitForURL('**/what');
    expect(await page.getByLabel('What is it called?').inputValue()).toBe('Driving neighbours');
    await page.getByLabel('What happens there?').fill('We drive people to the surgery.');
    await hand.press('All steps');
    await page.waitForURL(/\/add\/[\w-]{27}(\?|$)/);
    await page.goto(`${page.url().replace(/\?.*/, '')}/where`);
    await hand.tick('In various places');
    await page.getByLabel('Its postcode').fill('E9 XX');
    await hand.press('Back');
    await page.goto(page.url().replace(/when.*/, 'where'));
    expect(await page.getByLabel('Its postcode').inputValue()).toBe('E9 XX');
    expect(await page.getByLabel('In various places').isChecked()).toBe(true);
  });
});

test('in two tabs: the later is told what was saved meanwhile, and nothing of either is lost', async () => {
  await on(PLAIN, async (page, context) => {
    await page.goto('/add');
    await quickly(page).press('Begin');
    await page.goto(`${page.url()}/what`);
    const other = await context.newPage();
    await other.goto(page.url());
    await quickly(other).type('What is it called?', 'From the other tab');
    await quickly(other).press('Save and come back later');
    await quickly(page).type('What is it called?', 'From this tab');
    await quickly(page).press('Save and go on');
    expect(await page.getByRole('alert').innerText()).toMatch(/changed somewhere else meanwhile/);
    expect(await fieldOf(page, 'What is it called?').inputValue()).toBe('From this tab');
    expect(await page.getByRole('main').innerText()).toMatch(/Saved meanwhile: From the other tab/);
    await quickly(page).press('Save and come back later');
    await page.waitForURL(/\/add\/[\w-]{27}$/);
    await page.goto(`${page.url()}/what`);
    expect(await fieldOf(page, 'What is it called?').inputValue()).toBe('From this tab');
  });
});

test('days and times can be chosen from lists, and are written out as one says them', async () => {
  await on(PLAIN, async (page) => {
    await page.goto('/add');
    await quickly(page).press('Begin');
    await page.goto(`${page.url()}/when`);
    await page.locator('summary').click();
    await quickly(page).choose('How often', 'the last of the month');
    await quickly(page).choose('Day', 'Friday');
    await quickly(page).type('From, like 10:30am', '2pm');
    await quickly(page).type('To, like 12 noon', '4pm');
    await quickly(page).press('Add this time');
    await page.waitForURL('**/when#sessions');
    expect(await fieldOf(page, 'When does it meet?').inputValue()).toBe('last Friday of the month, 2pm to 4pm');
    await quickly(page).press('Save and go on');
    await page.waitForURL('**/dates');
    expect(await page.getByRole('main').innerText()).toMatch(/Friday 27 November, 2pm to 4pm/);
  });
});

test('the point is moved with buttons, and on the map with the arrow keys', async () => {
  const begin = async (page: Page) => {
    await page.goto('/add');
    await quickly(page).press('Begin');
    await page.goto(`${page.url()}/where`);
    for (const [label, text] of [
      ['Name of the building', 'Hall'],
      ['Its postcode', 'E9 6SR'],
      ['Number and street', '1 Street'],
      ['Town or city', 'London'],
    ] as const)
      await quickly(page).type(label, text);
    await quickly(page).tick('People come to a place');
    await quickly(page).press('Save and go on');
    await page.waitForURL('**/for');
    // The built-in ground has no streets to find a door on: the page is there for who wants it.
    await page.goto(page.url().replace(/for$/, 'map'));
  };
  const point = async (page: Page) => ({
    latitude: Number(await page.locator('signpost-point').getAttribute('data-latitude')),
    longitude: Number(await page.locator('signpost-point').getAttribute('data-longitude')),
  });
  await on(PLAIN, async (page) => {
    await begin(page);
    const start = await point(page);
    await page.getByRole('radio', { name: '50 metres' }).check();
    await quickly(page).press(/North/);
    await page.waitForURL('**by=50**');
    expect((await point(page)).latitude - start.latitude).toBeCloseTo(50 / 111_195, 5);
    await quickly(page).press(/West/);
    await page.waitForURL('**by=50**');
    expect((await point(page)).longitude).toBeLessThan(start.longitude);
    await quickly(page).press(/Put it back/);
    await expect.poll(() => point(page)).toEqual(start);
    await page.locator('image').first().waitFor();
  });
  await on({ width: 1280 }, async (page) => {
    await begin(page);
    const start = await point(page);
    await page.getByRole('button', { name: /dragging/ }).click();
    const map = page.getByRole('group', { name: /^Map/ });
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('input[name="longitude"]').inputValue()).not.toBe('');
    await expect
      .poll(async () => page.locator('[data-point-status]').innerText())
      .toMatch(/\d+ metres from where it was/);
    await expectAccessible(page);
    await quickly(page).press('The point is right');
    await page.waitForURL('**/for');
    await page.goto(page.url().replace(/for$/, 'map'));
    expect((await point(page)).longitude).toBeGreaterThan(start.longitude);
  });
});

test('the link in the mail leads back to the form in another browser, and opening links changes nothing', async () => {
  await on(PLAIN, async (page) => {
    await page.goto('/add');
    await quickly(page).press('Begin');
    await page.goto(`${page.url()}/who`);
    await quickly(page).type('Your e-mail address', 'lee@example.org');
    await quickly(page).type('Name of your organisation or group', 'Lee’s walking group');
    await quickly(page).press('Save and come back later');
    await page.waitForLoadState();
  });
  const { links } = await mail.waitFor('lee@example.org', /way back to your form/);
  const before = db.prepare('SELECT id, version FROM submission ORDER BY id').all();
  for (const link of links) await fetch(new URL(new URL(link).pathname, site.origin));
  expect(db.prepare('SELECT id, version FROM submission ORDER BY id').all()).toEqual(before);
  await on(PLAIN, async (page) => {
    await page.goto(pathIn(links, '/add/'));
    await page.getByRole('link', { name: 'Who you are' }).click();
    expect(await fieldOf(page, 'Name of your organisation or group').inputValue()).toBe('Lee’s walking group');
  });
});

test('asking for links says the same to everybody, and a change of the day shows at once', async () => {
  const id = db
    .prepare(
      "SELECT id FROM service WHERE state = 'published' AND document ->> '$.schedules[0].byday' = 'TU' AND document ->> '$.schedules[1]' IS NULL ORDER BY id LIMIT 1",
    )
    .pluck()
    .get() as string;
  const now = new Date(NOW);
  addKeeper(db, id, personOf(db, 'kim@example.org', now), now);
  await on(PLAIN, async (page) => {
    const answers: string[] = [];
    for (const email of ['nobody@example.org', 'kim@example.org']) {
      await page.goto(`/services/${id}`);
      await page.getByRole('link', { name: 'Is this yours? Keep it right' }).click();
      await quickly(page).type('Your e-mail address', email);
      await quickly(page).press('Send me links');
      await page.waitForURL('**sent=yes');
      answers.push(await page.getByRole('main').innerText());
    }
    expect(answers[0]).toBe(answers[1]);
    const { links } = await mail.waitFor('kim@example.org', /Your listings/);
    expect(mail.received.map(({ to }) => to)).not.toContain('nobody@example.org');
    await page.goto(pathIn(links, '/edit/'));
    expect(await heading(page)).toMatch(/^Change ‘/);
    await page.getByRole('link', { name: 'When it happens' }).click();
    const said = await fieldOf(page, 'When does it meet?').inputValue();
    await quickly(page).type('When does it meet?', said.replaceAll('Tuesday', 'Thursday'));
    await quickly(page).press('Save and go on');
    await quickly(page).press('Yes, go on');
    await page.waitForURL('**/check');
    await page.goto(page.url().replace(/check$/, 'joining'));
    await quickly(page).type('Phone', '0113 496 0999');
    await quickly(page).press('Save and go on');
    await page.waitForURL('**/check');
    const shown = await page.getByRole('main').innerText();
    expect(shown).toMatch(/Thursdays[\s\S]*Before: Tuesdays[\s\S]*Shows at once/);
    expect(shown).toMatch(/0113 496 0999[\s\S]*Our team looks at this before it shows/);
    await quickly(page).press('Save these changes');
    await page.waitForURL('**sent=partly');
    const listing = findListing(db, id);
    expect(listing?.service.schedules[0]?.byday).toBe('TH');
    expect(listing?.service.phones[0]?.number).not.toBe('0113 496 0999');
    expect(waitingSubmissions(db).map(({ service_id }) => service_id)).toContain(id);
    const receipt = await mail.waitFor('kim@example.org', /What you changed/);
    expect(receipt.text).toMatch(/When: Thursdays/);
  });
});

test('whoever fills in the field that nobody sees gets no further, and is told kindly', async () => {
  await on(PLAIN, async (page) => {
    await page.goto('/add');
    await page.locator('.sp-trap input').evaluate((input: HTMLInputElement) => {
      input.value = 'https://example.com';
    });
    const before = db.prepare('SELECT count(*) FROM submission').pluck().get();
    await quickly(page).press('Begin');
    expect(await page.locator('.govuk-error-summary').innerText()).toMatch(/press the button once more/);
    expect(db.prepare('SELECT count(*) FROM submission').pluck().get()).toBe(before);
  });
});

test('one connection begins so many forms in an hour and no more', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 70; count++)
    statuses.push(
      (await fetch(`${site.origin}/add`, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' })).status,
    );
  expect(new Set(statuses)).toEqual(new Set([303, 429]));
  expect(statuses.lastIndexOf(303)).toBe(statuses.indexOf(429) - 1);
});
