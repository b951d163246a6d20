import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { withPage } from '../helpers/browser.ts';

/** What somebody found, to take away: the whole list, and nothing about where they searched from. */
test('a list of results is downloaded whole, without the postcode, with JavaScript off', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto('/');
    await page.getByLabel('Postcode or place').fill('E9 6SR');
    await page.getByLabel(/What are you looking for/).fill('exercise');
    await page.getByRole('button', { name: 'Find support' }).click();
    await page.waitForURL('**/search?**');
    const said = await page.locator('.sp-summary strong').textContent();

    const link = page.getByRole('link', { name: 'as a spreadsheet' });
    const href = (await link.getAttribute('href')) ?? '';
    expect(href).toMatch(/^\/api\/v1\/search\.csv\?near=[\w-]+&sealed=[\w-]+$/);
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('search.csv');

    const response = await page.request.get(href);
    const rows = parse(await response.body(), { columns: true, bom: true }) as Record<string, string>[];
    expect(`${rows.length} listings`).toBe(said);
    expect(rows[0]?.['distance in miles']).toMatch(/^\d+\.\d$/);
    expect(JSON.stringify(rows)).not.toMatch(/E9 ?6SR/);

    const points = await (await page.request.get(href.replace('.csv', '.geojson'))).json();
    expect(points.features.length).toBeGreaterThan(0);
  });
});
