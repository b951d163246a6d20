import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../api/moderate/sessions.ts';
import { findListing } from '../../api/store/listings.ts';
import { openStore } from '../../api/store/open.ts';
import { personOf } from '../../api/store/people.ts';
import { pageOf, sendJson, serveFeed } from '../api/import/world.ts';
import { FEED_RECORDS } from '../fixtures/feed.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { withPage } from '../helpers/browser.ts';
import { NOW } from '../helpers/clock.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** A moderator registers a council's feed; the running server takes it in, and says what it did. */

const MO = 'mo@example.org';
let site: Site;
let secret: string;
let feed: Awaited<ReturnType<typeof serveFeed>>;

beforeAll(async () => {
  feed = await serveFeed((_, response, url) =>
    url.pathname.endsWith('/services') && !url.searchParams.has('format')
      ? sendJson(response, pageOf(FEED_RECORDS, url))
      : sendJson(response, {}, 404),
  );
  site = await startSite({ MODERATORS: MO, IMPORT_PRIVATE: '1' });
  const db = openStore(site.database);
  secret = signIn(db, personOf(db, MO, new Date(NOW)), 'Firefox', new Date(NOW));
  db.close();
});
afterAll(async () => {
  await site?.stop();
  await feed?.close();
});

test('it is registered, harvested by itself, reported on record by record, and paused', async () => {
  await withPage({ at: site.origin, width: 320, scripts: false }, async (page, context) => {
    await context.addCookies([{ name: 'signpost_moderator', value: secret, url: `${site.origin}/moderate` }]);
    await page.goto('/moderate/feeds');
    await page.getByLabel('Address of its API').fill('directory');
    await page.getByRole('button', { name: 'Register' }).click();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Say whose directory it is/ }).click();
    expect(page.url()).toContain('#name');
    expect(await page.getByLabel('Address of its API').inputValue()).toBe('directory');

    await page.getByLabel('Whose directory is it?').fill('Mare Street Council');
    await page.getByLabel('Address of its API').fill(feed.url);
    await page.getByLabel('Licence').fill('CC BY 4.0');
    await page.getByRole('button', { name: 'Register' }).click();
    expect(await page.getByRole('status').textContent()).toContain('The feed is registered.');
    await expect
      .poll(async () => (await page.reload()) && page.getByRole('main').textContent(), {
        timeout: 60_000,
        interval: 1000,
      })
      .toContain('complete. 18 added');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await expectAccessible(page);

    await page.getByRole('link', { name: /^Refused: 1/ }).click();
    expect(await page.getByRole('main').textContent()).toContain('It has no name, and neither has its organization.');
    await page.getByRole('link', { name: /^Repaired: / }).click();
    await page.getByRole('link', { name: 'Bread & Roses' }).first().click();
    expect(await page.getByRole('main').textContent()).toContain('Taken in from Mare Street Council');

    await page.goto('/search?q=festival+hall+llŷn');
    await page
      .getByRole('link', { name: /Neuadd Tŷ’r Ŵyl/ })
      .first()
      .click();
    expect(await page.getByRole('main').textContent()).toMatch(/Mare Street Council.*CC BY 4\.0/s);

    await page.goto('/moderate/feeds');
    await page.getByRole('link', { name: 'Mare Street Council' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(await page.getByRole('main').textContent()).toContain('Paused.');
    // Without scripts: its form opens by itself where something is wrong with it.
    await page.getByText('Limit it to an area').click();
    await page.getByLabel('Take in only what is in').fill('Atlantis');
    await page.getByRole('button', { name: 'Keep' }).last().click();
    await expectAccessible(page);
    expect(await page.getByRole('alert').textContent()).toContain('no area that is known here');
    await page.getByLabel('Take in only what is in').fill('Hackney');
    await page.getByRole('button', { name: 'Keep' }).last().click();
    expect(await page.getByRole('status').textContent()).toContain('The limit is kept.');
    expect(await page.getByRole('main').textContent()).toContain('What is in Hackney, or takes people from there');
    await page.getByRole('button', { name: 'Take off' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Its listings stay');
  });
});

test('what it says in words that cannot be read is asked about once, answered for all that say it, and undone', async () => {
  const say = (n: number) => ({
    id: `7e57a000-0000-4000-8000-00000000000${n}`,
    name: `Sewing circle ${n}`,
    description: 'We meet to sew and to talk, and there is tea for everybody who would like to join us.',
    service_areas: [{ id: 'area', name: 'Newcastle' }],
  });
  const all = [
    say(1),
    say(2),
    // What has no place to break, and what runs from the right.
    {
      ...say(3),
      description: `We meet to sew and to talk; book at https://forms.example.org/r/${'aZ9'.repeat(60)} first.`,
      service_areas: [],
    },
    {
      ...say(4),
      description: 'مجموعة خياطة للنساء كل يوم ثلاثاء في القاعة الكبيرة، ونحن نشرب الشاي معا بعد ذلك.',
      service_areas: [],
    },
  ];
  const other = await serveFeed((_, response, url) => {
    const id = url.pathname.split('/')[2];
    if (url.searchParams.has('format')) return sendJson(response, {}, 404);
    return sendJson(response, id === undefined ? pageOf(all, url) : all[Number(id.at(-1)) - 1]);
  });
  await withPage({ at: site.origin, width: 320, scripts: false }, async (page, context) => {
    await context.addCookies([{ name: 'signpost_moderator', value: secret, url: `${site.origin}/moderate` }]);
    await page.goto('/moderate/feeds');
    await page.getByLabel('Whose directory is it?').fill('Sewing Council');
    await page.getByLabel('Address of its API').fill(`${other.url}/services`);
    await page.getByRole('button', { name: 'Register' }).click();
    await expect
      .poll(async () => (await page.goto('/moderate')) && page.getByRole('main').textContent(), {
        timeout: 60_000,
        interval: 1000,
      })
      .toMatch(/Sewing Council 1 question about 2 listings/);
    await page.getByRole('link', { name: 'Sewing Council' }).click();
    const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Which area is' }) });
    expect(await item.getByRole('heading').textContent()).toBe('Which area is ‘Newcastle’?');
    expect(await item.textContent()).toContain('2 listings: Sewing circle 1, Sewing circle 2.');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await expectAccessible(page);

    // The same record by record: understood, kept in words, asked.
    const questions = page.url();
    await page.getByRole('link', { name: /^Record by record/ }).click();
    const first = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Sewing circle 1' }) });
    const record = (await first.textContent())?.replace(/\s+/g, ' ');
    expect(record).toMatch(
      /Understood.*Does it run: .*Kept in words.*For people from: ‘Newcastle’.*Asked.*Which area is ‘Newcastle’\? Not answered yet/,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'All records' }).click();
    expect(await page.getByRole('main').textContent()).toContain('4 records');
    await page.goto(questions);

    // What cannot be read either is said so, and is not lost; Enter sends what is written.
    await item.getByLabel('Or write it').fill('Wibbleshire');
    await item.getByLabel('Or write it').press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('‘Wibbleshire’ is no area that is known here.');
    expect(await item.getByLabel('Or write it').inputValue()).toBe('Wibbleshire');
    await expectAccessible(page);

    await item.getByRole('button', { name: 'Newcastle upon Tyne' }).click();
    expect(await page.getByRole('status').textContent()).toBe(
      'Answered. Changed: 2 listings. The next time it comes, this is remembered.',
    );
    expect(await page.getByRole('main').textContent()).toContain('‘Newcastle’: Newcastle upon Tyne');
    const db = openStore(site.database);
    expect(findListing(db, say(1).id)?.service.service_areas).toMatchObject([{ code: 'E08000021' }]);
    db.close();

    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.getByRole('status').textContent()).toBe('Undone, and asked again. Changed: 2 listings.');
    await item.getByRole('button', { name: 'Leave it in words' }).click();
    expect(await page.getByRole('main').textContent()).toContain('Nothing is to be asked about it.');
    await page.goto('/moderate');
    expect(await page.getByRole('main').textContent()).not.toContain('Sewing Council');

    await page.goto(`/services/${say(3).id}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.goto(`/services/${say(4).id}`);
    const words = page.getByText('مجموعة خياطة').last();
    expect(await words.evaluate((it) => getComputedStyle(it).direction)).toBe('rtl');
  });
  await other.close();
});
