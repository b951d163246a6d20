import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { readClinical } from '../../api/store/clinical-seed.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { origin, withPage } from '../helpers/browser.ts';

/** The pages of clinical services, and the one on pain that lasts. The clock stands on Saturday 21 November 2026. */

const services = readClinical().services.map(({ service }) => service);
const pathOf = (words: string): string => {
  const service = services.find(({ name }) => name.includes(words));
  if (!service) throw new Error(`There is no ${words}.`);
  return `/services/${service.id}`;
};
const HACKNEY = pathOf('Locomotor');
const SOLENT = pathOf('Southampton');
const WHITTINGTON = pathOf('Haringey');
const GLOUCESTER = pathOf('Gloucestershire');
const ALL = [HACKNEY, SOLENT, WHITTINGTON, GLOUCESTER];

/** The listing as somebody sees it who has searched from there. */
async function openFrom(page: Page, path: string, postcode: string): Promise<void> {
  const answer = await page.request.get(`/api/v1/postcodes/${encodeURIComponent(postcode)}`);
  await page.goto(`${path}?near=${(await answer.json()).place.near}`);
}

const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const copyButtons = (page: Page): Locator => page.getByRole('button', { name: /^Copy/ });
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each([
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
] as const)('%s', (_, looking) => {
  test('patients read plain words first, then clinicians both columns', async () => {
    await withPage(looking, async (page) => {
      await page.goto(HACKNEY);
      const headings = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
      const at = (name: string) => headings.indexOf(name);
      expect(at('What it is')).toBeGreaterThan(-1);
      expect(at('Who it is for')).toBeGreaterThan(at('What it is'));
      expect(at('How to be referred')).toBeGreaterThan(at('Who it is for'));
      expect(at('For clinicians')).toBeGreaterThan(at('How to be referred'));
      const fits = region(page, 'Fits');
      const not = region(page, 'Does not fit');
      expect(await fits.getByRole('listitem').count()).toBe(5);
      expect(await not.getByRole('listitem').count()).toBe(8);
      const byCase = not.getByRole('listitem').filter({ hasText: 'Case by case' });
      expect(await byCase.count()).toBe(1);
      expect(await byCase.innerText()).toMatch(/drug or alcohol[\s\S]*Ask the service through advice and guidance/);
      const steps = region(page, 'NHS e-Referral Service (e-RS)').getByRole('listitem');
      expect(await steps.count()).toBe(7);
      expect(await steps.nth(5).innerText()).toMatch(/Site\s+St Leonard's \(RQX20\)/);
      expect(await region(page, 'For clinicians').innerText()).toMatch(
        /Hospital letters[\s\S]*10 weeks[\s\S]*6 months/,
      );
    });
  });

  test.each([
    ['E8 1EA', HACKNEY, 'E8 1: yes, City and Hackney'],
    ['SO14 7LY', SOLENT, 'SO14 7: yes, Southampton and Portsmouth'],
    ['PO1 2AL', SOLENT, 'PO1 2: yes, Southampton and Portsmouth'],
    ['GL1 1AN', GLOUCESTER, 'GL1 1: yes, Gloucestershire'],
  ])('%s is answered on the page', async (postcode, path, expected) => {
    await withPage(looking, async (page) => {
      await openFrom(page, path, postcode);
      expect((await region(page, 'Is it for this address?').innerText()).trim()).toMatch(
        new RegExp(`${expected.replace(/[()]/g, '\\$&')}$`),
      );
    });
  });

  test.each([
    ['E8 1EA', SOLENT, 'Southampton and Portsmouth only', HACKNEY],
    ['N15 4QN', HACKNEY, 'City and Hackney only', WHITTINGTON],
    ['SO14 7LY', GLOUCESTER, 'Gloucestershire only', SOLENT],
    ['GL1 1AN', WHITTINGTON, 'Haringey and Islington only', GLOUCESTER],
  ])('%s is not for the wrong one, which leads to the right one', async (postcode, path, only, right) => {
    await withPage(looking, async (page) => {
      await openFrom(page, path, postcode);
      const answer = region(page, 'Is it for this address?');
      expect(await answer.innerText()).toContain(`no, ${only}`);
      await answer.getByRole('link').click();
      await page.waitForURL((url) => url.pathname === right);
      expect(await region(page, 'Is it for this address?').innerText()).toMatch(/: yes/);
    });
  });

  test('M1 1AD has none, and says so', async () => {
    await withPage(looking, async (page) => {
      await openFrom(page, HACKNEY, 'M1 1AD');
      const answer = region(page, 'Is it for this address?');
      expect(await answer.innerText()).toMatch(
        /M1 1: no, City and Hackney only[\s\S]*no clinical service like it for M1 1/,
      );
      await answer.getByRole('link', { name: 'See all that is near M1 1' }).click();
      await page.waitForURL('**/search?**');
    });
  });

  test('without a place, the page asks for one and comes back with the answer and without the postcode', async () => {
    await withPage(looking, async (page) => {
      await page.goto(SOLENT);
      await page.getByLabel('Check a postcode').fill('E8 1EA');
      await page.getByRole('button', { name: 'Check', exact: true }).click();
      await page.waitForURL((url) => url.pathname === SOLENT && url.searchParams.has('near'));
      expect(decodeURIComponent(page.url().replace(/near=[\w-]+/, ''))).not.toMatch(/1EA/i);
      expect(await region(page, 'Is it for this address?').innerText()).toMatch(/E8 1: no/);
    });
  });

  test.each([
    ['N19 5NF', 'Whittington secondary care team', 'Haringey Community Pain Service'],
    ['N15 4QN', 'Haringey Community Pain Service', 'Whittington secondary care team'],
  ])('%s: the tier 2 team is marked, the other is not', async (postcode, marked, other) => {
    await withPage(looking, async (page) => {
      await openFrom(page, WHITTINGTON, postcode);
      const tier = (name: string) =>
        page.locator('.sp-tiers > li').filter({ has: page.getByRole('heading', { name }) });
      expect(await tier(marked).innerText()).toMatch(/This one for N1/);
      expect(await tier(marked).getAttribute('aria-current')).toBe('true');
      expect(await tier(other).innerText()).toMatch(/Not for N1/);
      expect(await page.locator('.sp-tiers > li').first().innerText()).toMatch(/First: MSK single point of access/);
    });
  });

  test('the e-mail address says that it is for Southampton alone', async () => {
    await withPage(looking, async (page) => {
      await openFrom(page, SOLENT, 'PO1 2AL');
      const email = region(page, 'E-mail, Southampton patients only');
      expect(await email.innerText()).toMatch(/Not for PO1 2/);
      expect(await email.innerText()).toContain('southamptonpainteam@solent.nhs.uk');
      await openFrom(page, SOLENT, 'SO14 7LY');
      expect(await email.innerText()).toMatch(/Can be used for SO14 7/);
    });
  });

  test('what is old or overdue is said at the top, and on the card', async () => {
    await withPage(looking, async (page) => {
      const top = async (path: string) => {
        await page.goto(path);
        return (await page.locator('.sp-caution').innerText()).replace(/\s+/g, ' ');
      };
      expect(await top(GLOUCESTER)).toMatch(/^This is old\. .*18 November 2015, 11 years ago.*Please check before use/);
      expect(await top(WHITTINGTON)).toMatch(/^This is overdue\. Its review date, 1 May 2026, has passed/);
      expect(await top(HACKNEY)).toMatch(
        /^Please check before use\. Copied on 21 November 2026 from .*See the source$/,
      );
      await page.goto('/search?kind=clinical&q=Gloucestershire');
      const card = page.getByRole('article').filter({ hasText: 'Pain Self-Management Service' });
      expect(await card.innerText()).toMatch(/18 November 2015/);
      expect(await card.innerText()).toMatch(/Please check before use/);
    });
  });
});

describe('copying', () => {
  test('each value has a button that says what it copies, copies that and tells so', async () => {
    await withPage({}, async (page, context) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: origin() });
      await page.goto(HACKNEY);
      await copyButtons(page).first().waitFor();
      expect(await copyButtons(page).count()).toBe(7);
      const button = page.getByRole('button', { name: "Copy site: St Leonard's (RQX20)" });
      await page.evaluate(() => navigator.clipboard.writeText('before'));
      await button.focus();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('before');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('#copy-status').innerText()).toBe('Copied site');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("St Leonard's (RQX20)");
      const box = await button.boundingBox();
      expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(44);
    });
  });

  test('where the clipboard is withheld, the value is selected instead', async () => {
    await withPage({}, async (page) => {
      await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
      await page.goto(HACKNEY);
      await page.getByRole('button', { name: 'Copy priority: Routine' }).click();
      expect(await page.locator('#copy-status').innerText()).toMatch(/Press Control and C/);
      expect(await page.evaluate(() => getSelection()?.toString())).toBe('Routine');
    });
  });

  test('without JavaScript there is no button, and on paper neither', async () => {
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(HACKNEY);
      expect(await copyButtons(page).count()).toBe(0);
      expect(await page.getByText('Homerton (RQX)', { exact: true }).isVisible()).toBe(true);
    });
    await withPage({ width: 680 }, async (page) => {
      await page.goto(HACKNEY);
      await copyButtons(page).first().waitFor();
      await page.emulateMedia({ media: 'print' });
      expect(await copyButtons(page).count()).toBe(0);
      expect(await region(page, 'Does not fit').isVisible()).toBe(true);
      expect(await page.locator('.sp-caution').isVisible()).toBe(true);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });
  });
});

describe('for everybody', () => {
  test.each([320, 1280])('at %i px axe finds nothing, and nothing is wider than the page', async (width) => {
    await withPage({ width }, async (page) => {
      for (const path of [...ALL, '/pain']) {
        await page.goto(path);
        await expectAccessible(page);
        expect(await overflow(page), path).toBeLessThanOrEqual(0);
      }
      await openFrom(page, WHITTINGTON, 'N19 5NF');
      await expectAccessible(page);
      await openFrom(page, SOLENT, 'E8 1EA');
      await expectAccessible(page);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });
  });

  test.each([
    [320, true],
    [1280, false],
  ])('at %i px the columns stand one under the other: %s', async (width, stacked) => {
    await withPage({ width }, async (page) => {
      await page.goto(HACKNEY);
      const fits = await region(page, 'Fits').boundingBox();
      const not = await region(page, 'Does not fit').boundingBox();
      if (!fits || !not) throw new Error('the columns are not there');
      expect(not.y >= fits.y + fits.height).toBe(stacked);
      expect(not.x >= fits.x + fits.width).toBe(!stacked);
    });
  });
});

describe('pain that lasts', () => {
  test('says the seven things, and what a group can do', async () => {
    await withPage({ width: 320, javaScriptEnabled: false }, async (page) => {
      await page.goto('/pain');
      const things = await page.getByRole('main').getByRole('heading', { level: 3 }).allInnerTexts();
      expect(things).toHaveLength(7);
      for (const thing of [/real/, /not always harm/, /safe/, /Mind and body/, /no single fix/, /different/, /GP/])
        expect(things.filter((it) => thing.test(it))).toHaveLength(1);
      const group = await page.getByRole('main').innerText();
      for (const deed of [/seats/, /breaks/, /come late/, /flare-up/, /pacing/]) expect(group).toMatch(deed);
    });
  });

  test('is found from where pain-friendly is spoken of', async () => {
    await withPage({}, async (page) => {
      const leads = (within: Locator) => within.locator('a[href^="/pain"]').count();
      await page.goto('/about');
      expect(await leads(page.getByRole('main'))).toBe(1);
      expect(await leads(page.getByRole('contentinfo'))).toBe(1);
      await page.goto('/search?pain_friendly=paced');
      expect(await leads(page.getByRole('group').filter({ hasText: 'Goes at your own pace' }).last())).toBe(1);
      await page.getByRole('main').getByRole('article').first().getByRole('link').first().click();
      await page.waitForURL('**/services/**');
      expect(await leads(page.getByRole('main'))).toBe(1);
    });
  });
});
