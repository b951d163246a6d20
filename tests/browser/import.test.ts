import { writeFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../api/moderate/sessions.ts';
import { openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { ownWorkbook } from '../fixtures/own-workbook.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';
import { NOW } from '../helpers/clock.ts';
import { type Folder, temporaryFolder } from '../helpers/folder.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** A spreadsheet with a mistake in it, from the template to the listing, on a phone and without scripts. */

const MO = 'mo@example.org';
let site: Site;
let folder: Folder;
let secret: string;

beforeAll(async () => {
  site = await startSite({ MODERATORS: MO });
  folder = temporaryFolder();
  const db = openStore(site.database);
  secret = signIn(db, personOf(db, MO, new Date(NOW)), 'Firefox', new Date(NOW));
  db.close();
});
afterAll(async () => {
  folder?.remove();
  await site?.stop();
});

/** Keeps a spreadsheet of two listings, the second with a mistake of its own or none. */
function sheet(name: string, kind: string): string {
  const file = folder.file(name);
  const rows = [
    'name;organisation;kind;categories;summary;cost;venue;address;town;postcode;when',
    'Brass for beginners;Homerton Brass;Activity or class;Arts, music and crafts;Play your first three notes.;£2;Band Room;3 Made-up Lane;London;E8 1EA;Mondays 7pm to 8:30pm',
    `Brass band;Homerton Brass;${kind};Arts, music and crafts;Marches in the park.;free;Band Room;3 Made-up Lane;London;E8 1EA;Sundays 11am to 1pm`,
  ];
  // As a spreadsheet program of this country saves it: Windows-1252, with semicolons.
  writeFileSync(file, Buffer.from(rows.join('\r\n'), 'latin1'));
  return file;
}

async function begin(page: Page, context: BrowserContext): Promise<void> {
  await context.addCookies([{ name: 'signpost_moderator', value: secret, url: `${site.origin}/moderate` }]);
  await page.goto('/moderate/import');
}

async function send(page: Page, file: string): Promise<void> {
  await page.getByLabel('Who made the list?').fill('Hackney CVS');
  await page.getByLabel('CSV file').setInputFiles(file);
  await page.getByRole('button', { name: 'Show what it would do' }).click();
}

test('a list is looked at, mended, confirmed and found', async () => {
  await withPage({ at: site.origin, width: 320, javaScriptEnabled: false }, async (page, context) => {
    await begin(page, context);
    await page.getByRole('button', { name: 'Show what it would do' }).click();
    await page.getByRole('link', { name: 'Choose a CSV file.' }).click();
    expect(page.url()).toContain('#file');

    await send(page, sheet('wrong.csv', 'Activty or class'));
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('wrong.csv');
    const main = page.getByRole('main');
    expect(await main.textContent()).toContain('Did you mean ‘Activity or class’?');
    expect(await main.textContent()).toContain('Windows-1252');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.getByRole('button', { name: 'Throw the file away' }).click();

    await send(page, sheet('right.csv', 'Activity or class'));
    await page.getByRole('button', { name: 'Take in 2 listings' }).click();
    expect(await page.getByRole('status').textContent()).toContain('2 listings added');
    await page.goto('/search?q=brass+for+beginners');
    expect(await page.getByRole('main').textContent()).toContain('Play your first three notes.');
  });
});

test('a council’s own workbook becomes a directory, and can be undone', { timeout: 480_000 }, async () => {
  await withPage({ at: site.origin, width: 320, javaScriptEnabled: false }, async (page, context) => {
    // A page answers once 800 rows are read, and a machine may be slow.
    page.setDefaultTimeout(60_000);
    const file = folder.file('groups.xlsx');
    writeFileSync(file, ownWorkbook(800, { 7: { 0: 'Anytown ukulele band', 8: 'ring Sam', 11: 'grown-ups' } }));
    await begin(page, context);
    await send(page, file);
    const main = page.getByRole('main');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('What is what in groups.xlsx');
    expect(await main.textContent()).toContain('800 rows are under the headings');
    expect(await page.getByLabel('Full address').inputValue()).toBe('address');
    expect(await page.getByLabel('Ward').inputValue()).toBe('');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.getByLabel('Keep fit').selectOption('Sport and movement');
    await page.getByLabel('Natter & brew').selectOption('Social clubs');
    await page.getByLabel('Who runs them?').fill('Anytown Council');
    await page.getByRole('button', { name: 'Show what it would do' }).click();
    // The page looks again by itself until all is read, by a process that stands aside for whatever else the machine does.
    await page.getByRole('button', { name: 'Take in 800 listings' }).click({ timeout: 150_000 });
    await expect
      .poll(() => page.getByRole('status').textContent(), { timeout: 120_000 })
      .toContain('800 listings added');
    expect(await main.textContent()).toContain('‘ring Sam’ is no e-mail address');
    const upload = page.url();
    await page.getByRole('link', { name: 'Answer what its words leave open' }).click();
    const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Which ages are' }) });
    expect(await item.textContent()).toContain('1 listing: Anytown ukulele band');
    await item.getByLabel('Write it').fill('18+');
    await item.getByLabel('Write it').press('Enter');
    expect(await page.getByRole('status').textContent()).toMatch(/^Answered\. Changed: 1 listing\./);
    await page.getByRole('link', { name: /^Record by record/ }).click();
    const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Anytown ukulele band' }) });
    expect((await row.textContent())?.replace(/\s+/g, ' ')).toMatch(
      /Ages: Adults 18 and over.*‘grown-ups’: 18\+ Answered.*The last import said.*‘ring Sam’ is no e-mail address/,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.goto('/search?q=anytown+ukulele+band');
    expect(await main.textContent()).toContain('Anytown ukulele band');

    await page.goto(upload);
    await page.getByRole('link', { name: 'Invite keepers for those that nobody looks after' }).click();
    await page.getByLabel(/^All 80\d that fit, on all pages$/).check();
    await page.getByRole('button', { name: 'Invite keepers for those chosen' }).click();
    // Below 799 others: a browser that is slow has not read so far yet.
    await expect.poll(() => main.textContent()).toContain('Anytown ukulele band');
    await page.getByRole('button', { name: 'Send 799 mails' }).click();
    await expect.poll(() => page.getByRole('status').textContent(), { timeout: 60_000 }).toBe('799 mails on the way.');

    await page.goto(upload);
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await expect
      .poll(() => main.textContent(), { timeout: 120_000 })
      .toContain('800 listings that it had added are archived');
  });
});

test('its pages are accessible, and the columns are explained to everybody', async () => {
  await withPage({ at: site.origin }, async (page, context) => {
    await page.goto('/spreadsheet');
    await expectAccessible(page);
    await begin(page, context);
    await expectAccessible(page);
    await send(page, sheet('again.csv', 'Singing'));
    await expectAccessible(page);
    await page.goto('/moderate/import');
    const own = folder.file('own.xlsx');
    writeFileSync(own, ownWorkbook(6, { 2: { 4: '' } }));
    await send(page, own);
    await expectAccessible(page);
    // Nobody else sees any of it.
    await context.clearCookies();
    await page.reload();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe('What is what in own.xlsx');
  });
});
