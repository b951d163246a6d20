import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../api/domain/answers.ts';
import { findListing } from '../../api/store/listings.ts';
import { type Db, openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { addSubmission, changeSubmission, findSubmission } from '../../api/store/submissions.ts';
import { addUnmet } from '../../api/store/unmet.ts';
import { baseOf } from '../../api/submit/drafts.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';
import { NOW } from '../helpers/clock.ts';
import { type MailServer, startMailServer } from '../helpers/mail-server.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** A day of moderating, in a browser and through real mail. */

const MO = 'mo@example.org';
const ED = 'ed@example.org';
const ANN = 'ann@example.org';
const now = new Date(NOW);

let site: Site;
let mail: MailServer;
let db: Db;
/** Ids of ordinary public listings, each for one test. */
let listings: string[];

beforeAll(async () => {
  mail = await startMailServer();
  site = await startSite({
    MODERATORS: `${MO}, ${ED}`,
    SMTP_URL: mail.url,
    MAIL_FROM: 'Signpost <signpost@example.org>',
  });
  db = openStore(site.database);
  listings = db
    .prepare("SELECT id FROM service WHERE state = 'published' AND kind = 'activity' ORDER BY id")
    .pluck()
    .all() as string[];
});
afterAll(async () => {
  db?.close();
  await site?.stop();
  await mail?.stop();
});

const on = (looking: Parameters<typeof withPage>[0], work: Parameters<typeof withPage>[1]) =>
  withPage({ at: site.origin, ...looking }, work);
const listing = (id: string) => {
  const found = findListing(db, id);
  if (!found) throw new Error(`There is no listing ${id}.`);
  return found;
};

/** What somebody sends in, as the form leaves it. @returns its id */
function sendIn(kind: 'new' | 'edit', id: string, answers: Answers): string {
  const submission = randomUUID();
  const base = baseOf(db, listing(id), now);
  const service_id = kind === 'new' ? randomUUID() : id;
  const person = personOf(db, ANN, now);
  const begun = { id: submission, kind, service_id, person, base: kind === 'new' ? null : base };
  addSubmission(db, { ...begun, answers: { ...base, email: ANN, ...answers } }, now);
  changeSubmission(db, submission, 1, { state: 'waiting', sent_at: NOW }, now);
  return submission;
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

/** The sign-in that a mail which came since leads to. */
async function linkSince(before: number, to: string): Promise<string> {
  const links = () =>
    mail.received
      .slice(before)
      .flatMap((one) => (one.to === to ? one.links : []))
      .filter((link) => link.includes('/moderate/sign-in/'));
  await expect.poll(links, { timeout: 20_000 }).not.toEqual([]);
  return new URL(links()[0] ?? '').pathname;
}

/** Asks for a link, and comes to the page that it leads to. */
async function followLink(page: Page, email: string): Promise<void> {
  await page.goto('/moderate');
  await page.getByLabel('Your e-mail address').fill(email);
  const before = mail.received.length;
  await press(page, 'Send me a link');
  await page.waitForURL('**/moderate?asked=1');
  await page.goto(await linkSince(before, email));
}

const cookies = new Map<string, Parameters<BrowserContext['addCookies']>[0]>();
/** Signed in, through the mail the first time; the mails of one address are few an hour. */
async function signIn(page: Page, context: BrowserContext, email = MO): Promise<void> {
  const known = cookies.get(email);
  if (known) return context.addCookies(known);
  await followLink(page, email);
  await press(page, 'Sign in');
  await page.waitForURL('**/moderate');
  cookies.set(email, await context.cookies());
}

describe('who is not signed in', () => {
  const PAGES = [
    'listings',
    'listings/x',
    'bulk',
    'duplicates',
    'figures',
    'figures/unmet.csv',
    'sessions',
    'reports/1',
    'stale',
    'nothing',
  ];

  test.each([
    ...PAGES.map((page) => `/moderate/${page}`),
    '//moderate/listings',
    '/%6doderate/listings',
    '/moderate//figures',
    '/moderate/./figures',
  ])('sees nothing of %s, and can send it nothing', async (path) => {
    for (const init of [{}, { method: 'POST', body: new URLSearchParams({ csrf: '', session: 'all' }) }]) {
      const response = await fetch(site.origin + path, { ...init, redirect: 'manual' });
      expect([303, 404]).toContain(response.status);
      const text = await response.text();
      expect(text).not.toMatch(/sp-moderate|sp-register|searches/);
      if (response.status === 303) expect(response.headers.get('location')).toMatch(/^\/moderate(\?next=|$)/);
    }
  });

  test('the way in is shown to nobody who looks for it', async () => {
    const response = await fetch(`${site.origin}/moderate`);
    expect(response.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await (await fetch(site.origin)).text()).not.toContain('/moderate');
  });
});

test('without a script, at 320 pixels: in by a mailed link that opening alone does not use up, and out again', async () => {
  await on({ javaScriptEnabled: false, width: 320 }, async (page, context) => {
    await page.goto('/moderate/figures');
    await page.getByLabel('Your e-mail address').fill('ed');
    await press(page, 'Send me a link');
    expect(await page.getByRole('alert').innerText()).toContain('That is not an e-mail address.');
    expect(await page.getByLabel('Your e-mail address').inputValue()).toBe('ed');
    await page.getByLabel('Your e-mail address').fill('stranger@example.org');
    await press(page, 'Send me a link');
    const said = await page.getByRole('main').innerText();
    await followLink(page, ED);
    // A mail scanner, and then the moderator again.
    for (let i = 0; i < 3; i += 1) await page.reload();
    expect(await context.cookies()).toEqual([]);
    const link = page.url();
    await press(page, 'Sign in');
    await page.waitForURL('**/moderate');
    expect(await heading(page).innerText()).toMatch(/wait|look at/);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const [cookie, ...others] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/moderate', secure: false });
    expect(others).toEqual([]);

    await page.goto(link);
    expect(await heading(page).innerText()).toBe('This link does not work any more');
    await page.goto('/moderate/sessions');
    await press(page, 'Sign out here');
    expect(await page.getByRole('status').innerText()).toBe('You are signed out.');
    // The cookie of before, kept by somebody, opens nothing.
    await context.addCookies([cookie as NonNullable<typeof cookie>]);
    await page.goto('/moderate/figures');
    expect(await heading(page).innerText()).toBe('Sign in to moderate');
    await page.goto('/moderate?asked=1');
    expect(await page.getByRole('main').innerText()).toBe(said);
  });
  expect(mail.received.filter(({ to }) => to === 'stranger@example.org')).toEqual([]);
});

test('behind a proxy that speaks TLS the cookie is for TLS alone', async () => {
  const other = await startSite({
    MODERATORS: MO,
    SMTP_URL: mail.url,
    MAIL_FROM: 'signpost@example.org',
    TRUST_PROXY: '1',
  });
  try {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1' };
    const before = mail.received.length;
    await fetch(`${other.origin}/moderate`, { method: 'POST', body: new URLSearchParams({ email: MO }), headers });
    const response = await fetch(other.origin + (await linkSince(before, MO)), {
      method: 'POST',
      headers,
      redirect: 'manual',
    });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure/);
  } finally {
    await other.stop();
  }
});

test('a form that comes from somewhere else changes nothing', async () => {
  await on({}, async (page, context) => {
    await signIn(page, context);
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const [id] = listings;
    for (const csrf of ['', 'x'.repeat(43)]) {
      const body = new URLSearchParams({ action: 'archive', reason: 'No', seen: '0', csrf });
      const response = await fetch(`${site.origin}/moderate/listings/${id}`, {
        method: 'POST',
        headers: { cookie },
        body,
      });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Nothing was changed');
    }
    expect(listing(id as string).state).toBe('published');
  });
});

test('the queue by single keys: published and found, asked, refused; the sender hears each', async () => {
  const like = listings[1] as string;
  const [first, second, third] = ['Quilting for sore hands', 'Second thing', 'Third thing'].map((name) =>
    sendIn('new', like, { name }),
  ) as [string, string, string];
  await on({}, async (page, context) => {
    await signIn(page, context);
    await page.goto('/moderate');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Quilting for sore hands' }).click();
    // What looks like it is beside it, and where it is.
    expect(await page.getByText('the same thing').count()).toBeGreaterThan(0);
    expect(await page.getByRole('img', { name: /^Map with/ }).count()).toBe(1);
    await expectAccessible(page);
    // It is there once the script is.
    await page.getByRole('button', { name: 'Single keys work' }).waitFor();
    await page.keyboard.press('p');
    await page.waitForURL(/done=publish/);
    expect(await page.getByRole('status').first().innerText()).toBe('Published: Quilting for sore hands.');

    await page.goto(`/moderate/submissions/${second}`);
    await page.keyboard.press('a');
    await page.keyboard.type('Which days, and who pays?');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/done=ask/);

    await page.goto(`/moderate/submissions/${third}`);
    await press(page, 'Single keys work');
    await page.keyboard.press('p');
    expect(findSubmission(db, third)?.state).toBe('waiting');
    await press(page, 'Single keys work');
    await press(page, 'Refuse');
    expect(await page.getByRole('alert').innerText()).toContain('Write why it is left out');
    await page.getByLabel(/^Question, reason or note/).fill('It is an advertisement.');
    await press(page, 'Refuse');
    await page.waitForURL(/done=refuse/);

    await page.goto('/search?q=quilting+sore+hands');
    expect(
      await page.getByRole('main').getByRole('link', { name: 'Quilting for sore hands', exact: true }).count(),
    ).toBe(1);
  });
  const published = await mail.waitFor(ANN, /is in the directory/);
  expect(published.links.some((link) => link.includes('/edit/'))).toBe(true);
  expect((await mail.waitFor(ANN, /question about/)).text).toContain('Which days, and who pays?');
  expect((await mail.waitFor(ANN, /not going/)).text).toContain('It is an advertisement.');
  expect(findSubmission(db, first)?.state).toBe('published');
});

test('a key pressed twice decides one thing: the next has to be on the screen for a moment first', async () => {
  const like = listings[1] as string;
  const [first, second] = ['Knitting one', 'Knitting two'].map((name) => sendIn('new', like, { name })) as [
    string,
    string,
  ];
  const states = (): (string | undefined)[] => [first, second].map((id) => findSubmission(db, id)?.state);
  await on({}, async (page, context) => {
    await signIn(page, context);
    await page.clock.install();
    // Come from a decision, with the clock standing: the second press of the same key.
    await page.clock.pauseAt(Date.now() + 60_000);
    await page.goto(`/moderate/submissions/${second}?done=publish.${first}`);
    await page.keyboard.press('p');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Knitting two');
    expect(states()).toEqual(['waiting', 'waiting']);
    await page.clock.runFor(1000);
    await page.keyboard.press('p');
    await page.waitForURL((url) => url.searchParams.get('done') === `publish.${second}`);
    expect(states()).toEqual(['waiting', 'published']);
  });
});

test('two moderators at once, without a script: the second sees what the first did, and keeps what they wrote', async () => {
  const id = listings[2] as string;
  const submission = sendIn('edit', id, { phone: '020 7946 0123' });
  await on({ javaScriptEnabled: false }, async (mo, context) => {
    await signIn(mo, context);
    await mo.goto(`/moderate/submissions/${submission}`);
    expect(await mo.locator('tr[data-risky]').allInnerTexts()).toEqual([expect.stringContaining('020 7946 0123')]);
    await mo.getByLabel(/^Question, reason or note/).fill('Is the number right?');
    await on({ javaScriptEnabled: false }, async (ed, other) => {
      await signIn(ed, other, ED);
      await ed.goto(`/moderate/submissions/${submission}`);
      await press(ed, 'Publish');
      await ed.waitForURL(/done=publish/);
    });
    await press(mo, 'Ask');
    expect(await mo.getByRole('alert').innerText()).toContain(`${ED} published this a moment ago.`);
    expect(findSubmission(db, submission)).toMatchObject({ state: 'published', decision: { words: '' } });
    expect(listing(id).service.phones.map(({ number }) => number)).toEqual(['020 7946 0123']);
  });
});

test('unsafe: hidden at once with a word why, looked at, shown again, answered', async () => {
  const id = listings[3] as string;
  const { name } = listing(id).service;
  await on({ javaScriptEnabled: false, width: 320 }, async (page) => {
    await page.goto(`/services/${id}`);
    await page.getByRole('link', { name: 'Report a problem' }).click();
    await press(page, 'Send');
    expect(await page.getByRole('alert').innerText()).toContain('Choose what is wrong.');
    await page.getByLabel('It is not safe').check();
    await page.getByLabel('What do you know?').fill('The stairs are rotten.');
    await page.getByLabel(/Your e-mail address/).fill('bo@');
    await press(page, 'Send');
    expect(await page.getByLabel('What do you know?').inputValue()).toBe('The stairs are rotten.');
    await page.getByLabel(/Your e-mail address/).fill('bo@example.org');
    await press(page, 'Send');
    expect(await heading(page).innerText()).toBe('Thank you for telling us');
    const response = await page.goto(`/services/${id}`);
    expect(response?.status()).toBe(404);
    expect(await heading(page).innerText()).toBe('This listing is being checked');
    await page.goto(`/search?q=${encodeURIComponent(name)}`);
    expect(await page.getByRole('main').getByRole('link', { name, exact: true }).count()).toBe(0);
  });
  const told = await mail.waitFor(ED, /unsafe/);
  await on({}, async (page, context) => {
    await signIn(page, context);
    await page.goto(new URL(told.links[0] as string).pathname);
    await expectAccessible(page);
    await page.getByLabel(/What you found/).fill('They have new stairs.');
    await press(page, 'Nothing is wrong with it');
    await page.waitForURL(/done=report/);
    expect((await page.goto(`/services/${id}`))?.status()).toBe(200);
  });
  expect((await mail.waitFor('bo@example.org')).text).toContain('They have new stairs.');
});

test('a program that fills in every field reports nothing', async () => {
  const id = listings[3] as string;
  const body = new URLSearchParams({ kind: 'unsafe', words: 'x', email: '', website: 'https://spam.example' });
  const response = await fetch(`${site.origin}/report?service=${id}`, { method: 'POST', body, redirect: 'manual' });
  expect(response.status).toBe(303);
  expect(listing(id).state).toBe('published');
});

test('many changed together after a preview, and undone; found again by organization and state', async () => {
  const ids = listings.slice(4, 7);
  await on({ scripts: false }, async (page, context) => {
    await signIn(page, context);
    await page.goto(`/moderate/listings?q=${ids[0]}`);
    expect(await page.getByRole('rowheader').count()).toBe(1);
    await page.goto('/moderate/listings?state=published');
    await expectAccessible(page);
    await press(page, 'Change those chosen together');
    expect(await page.getByRole('status').innerText()).toContain('Choose at least one');
    await page.goto('/moderate/listings?sort=checked');
    const boxes = page.getByRole('rowheader');
    const names = (await boxes.allInnerTexts()).slice(0, 2).map((text) => text.split('\n')[0] as string);
    for (const name of names) await page.getByLabel(name, { exact: true }).first().check();
    await press(page, 'Change those chosen together');
    await expectAccessible(page);
    await page.getByLabel('Area served').check();
    await page.getByLabel('How').nth(1).selectOption('only');
    await page.getByLabel(/Council area/).fill('Atlantis');
    await press(page, 'Show what would change');
    expect(await page.getByRole('alert').innerText()).toContain('Write the name of a council area');
    expect(await page.getByLabel(/Council area/).inputValue()).toBe('Atlantis');
    await page.getByLabel(/Council area/).fill('Wales');
    await press(page, 'Show what would change');
    await page.getByRole('button', { name: 'Change these 2 listings' }).waitFor();
    expect(await page.getByRole('cell', { name: 'Wales', exact: true }).count()).toBe(2);
    await press(page, 'Change these 2 listings');
    expect(await heading(page).innerText()).toBe('Area set: Wales');
    await press(page, 'Undo this');
    expect(await page.getByRole('status').innerText()).toBe('2 listings put back as before.');
  });
});

test('two joined into one, whose old address leads on, and taken apart again', async () => {
  const [one, other] = listings.slice(7, 9) as [string, string];
  await on({ scripts: false }, async (page, context) => {
    await signIn(page, context);
    await page.goto(`/moderate/duplicates/pair?one=${one}&other=${other}`);
    await expectAccessible(page);
    await press(page, 'Join B into A');
    await page.waitForURL(/done=join/);
    expect(listing(other).state).toBe('archived');
    await page.goto(`/services/${other}`);
    expect(new URL(page.url()).pathname).toBe(`/services/${one}`);
    await page.goto('/moderate/duplicates');
    await expectAccessible(page);
    await press(page, `Take apart ${listing(other).service.name}`);
    await page.waitForURL(/done=apart/);
    expect((await page.goto(`/services/${other}`))?.status()).toBe(200);
  });
});

test('one listing: suspended with a reason, rolled back to any version, and nobody overwritten', async () => {
  const id = listings[9] as string;
  const { summary } = listing(id).service;
  const submission = sendIn('edit', id, { summary: 'Another line altogether.' });
  await on({ scripts: false, width: 320 }, async (page, context) => {
    await signIn(page, context);
    await page.goto(`/moderate/submissions/${submission}`);
    await press(page, 'Publish');
    await page.goto(`/moderate/listings/${id}`);
    await expectAccessible(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await press(page, 'Suspend');
    expect(await page.getByRole('alert').innerText()).toContain('Write why.');
    await page.getByLabel('Why, for the history').fill('To ring them.');
    await on({ javaScriptEnabled: false }, async (ed, other) => {
      await signIn(ed, other, ED);
      await ed.goto(`/moderate/listings/${id}`);
      await ed.getByLabel('Why, for the history').fill('Closed, they say.');
      await press(ed, 'Archive');
      await ed.waitForURL(/done=archive/);
    });
    await press(page, 'Suspend');
    expect(await page.getByRole('alert').innerText()).toContain('somebody has changed it meanwhile');
    expect(listing(id).state).toBe('archived');
    expect(await page.getByRole('main').innerText()).toContain('Closed, they say.');
    await press(page, 'Show it again');
    await page.waitForURL(/done=restore/);
    const line = page.locator('.sp-history > li').filter({ hasText: 'Another line altogether.' });
    await line.locator('summary').click();
    await line.getByRole('button', { name: 'Roll back to before this' }).click();
    await page.waitForURL(/done=roll_back/);
    expect(listing(id)).toMatchObject({ state: 'published', service: { summary } });
    const shown = await page.goto(`/services/${id}`);
    expect(await shown?.text()).toContain(summary);
  });
});

test('figures: what fewer than five have looked for leaves the server nowhere', async () => {
  const row = { quarter: '2026-Q4', what: 'word', searches: 5 } as const;
  addUnmet(db, [
    { ...row, outcode: 'E8', value: 'zither' },
    { ...row, outcode: 'E9', value: 'bassoon', searches: 4 },
  ]);
  await on({ width: 320 }, async (page, context) => {
    await signIn(page, context);
    const response = await page.goto('/moderate/figures');
    await expectAccessible(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const html = (await response?.text()) ?? '';
    expect(html).toContain('zither');
    expect(html).not.toContain('bassoon');
    const csv = await context.request.get(`${site.origin}/moderate/figures/unmet.csv`);
    expect(csv.headers()['content-type']).toBe('text/csv; charset=utf-8');
    expect(await csv.text()).toContain('2026-Q4,E8,word,zither,5');
    expect(await csv.text()).not.toContain('bassoon');
  });
});

test('signed out everywhere, every session is over at once', async () => {
  await on({}, async (page, context) => {
    await signIn(page, context);
    await page.goto('/moderate/sessions');
    await expectAccessible(page);
    await press(page, 'Sign out everywhere');
    await page.waitForURL('**/moderate?out=1');
    const kept = cookies.get(MO);
    if (kept) await context.addCookies(kept);
    await page.goto('/moderate/listings');
    expect(await heading(page).innerText()).toBe('Sign in to moderate');
  });
  cookies.delete(MO);
});
