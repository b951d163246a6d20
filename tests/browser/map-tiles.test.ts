import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveBatch } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { BATCH, IDS } from '../fixtures/listings.ts';
import { withPage } from '../helpers/browser.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { type Site, startSite } from '../helpers/site.ts';

/**
 * A map with the operator's own tiles, and with listings that do not surely serve who looks at it. That the map asks nobody
 * where no tiles are named is held by every test that opens a page: see tests/helpers/browser.ts.
 */

/** One dot of transparent PNG. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const asked: string[] = [];
const tiles: Server = createServer(({ url = '', headers }, response) => {
  asked.push(`${url} ${headers.referer ?? ''}`);
  response.writeHead(200, { 'content-type': 'image/png' }).end(PICTURE);
});
const folder = temporaryFolder();
let site: Site;
let address: string;

beforeAll(async () => {
  const batch = structuredClone(BATCH);
  for (const { service } of batch.services ?? []) {
    if (service.id === IDS.full) Object.assign(service, { service_area_status: 'unsaid', location_ids: [IDS.library] });
    if (service.id === IDS.class) service.location_ids = [IDS.hall];
  }
  const file = folder.file('signpost.sqlite');
  const db = openStore(file);
  saveBatch(db, batch, '2026-11-20T09:00:00.000Z');
  closeStore(db);
  tiles.listen(0, '127.0.0.1');
  await once(tiles, 'listening');
  address = `http://127.0.0.1:${(tiles.address() as AddressInfo).port}`;
  site = await startSite({
    DATABASE: file,
    MAP_TILES_URL: `${address}/ground/{z}/{x}/{y}.png`,
    MAP_TILES_ATTRIBUTION: '© Makers of these tiles',
  });
});
afterAll(async () => {
  await site.stop();
  tiles.close();
  folder.remove();
});

test('the tiles come from where the operator says, by themselves and for a map alone; doubtful markers say so', async () => {
  await withPage({ at: site.origin, others: [address] }, async (page) => {
    await page.goto('/search?postcode=E8+1EA&reach=venue,unclear,not_serving');
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Show the map' }).click();
    await expect.poll(() => asked.length).toBeGreaterThan(3);
    const map = page.getByRole('region', { name: /^Map of/ });
    await map.getByText('© Makers of these tiles').waitFor();
    await expect.poll(() => map.locator('img.leaflet-tile-loaded').count()).toBeGreaterThan(3);
    // Neither words nor the sealed place go along, and the ground of this server is not fetched.
    for (const request of asked) expect(request).toMatch(/^\/ground\/\d+\/\d+\/\d+\.png $/);

    const markers = map.getByRole('toolbar').getByRole('button');
    const doubtful = markers.filter({ hasText: '?' });
    expect(await doubtful.getAttribute('aria-label')).toMatch(/^Walking group, .*ask whether it takes people from E8$/);
    await map.getByText('? ask first whether it is for this address').waitFor();

    await page.goto('/search?postcode=E8+1EA&reach=not_serving');
    await page.getByRole('button', { name: 'Show the map' }).click();
    const elsewhere = markers.filter({ hasText: '×' });
    expect(await elsewhere.getAttribute('aria-label')).toMatch(/^Southampton singers.*Only for people in Southampton$/);
    await map.getByText('× not for this address').waitFor();
  });
});
