import { afterAll, beforeAll, expect, test } from 'vitest';
import { shownOf } from '../../api/domain/handout.ts';
import { ALPHABET } from '../../api/handout/code.ts';
import { saveHandout } from '../../api/store/handouts.ts';
import { findListing } from '../../api/store/listings.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { NOW } from '../helpers/clock.ts';
import { type Site, startSite } from '../helpers/site.ts';

/** The way to a venue on the map that the operator chose, by public transport where that map has it. */

const MAP = 'https://maps.example.org/dir?by=transit&to={latitude},{longitude}';
let site: Site;
beforeAll(async () => {
  site = await startSite({ DIRECTIONS_URL: MAP });
});
afterAll(() => site?.stop());

/** A listing at a place that everybody sees, and one at a place that is kept private. */
function listed(): { open: string; hidden: string } {
  const db = openStore(site.database);
  const one = (sql: string) =>
    db
      .prepare(
        `SELECT service_id FROM service_at_location JOIN location ON location.id = location_id
         JOIN service ON service.id = service_id WHERE state = 'published' AND ${sql} ORDER BY service_id LIMIT 1`,
      )
      .pluck()
      .get() as string;
  const both = {
    open: one("confidential = 0 AND location.document ->> '$.latitude' IS NOT NULL"),
    hidden: one('confidential = 1'),
  };
  closeStore(db);
  return both;
}

const linksIn = (html: string): string[] =>
  [...html.matchAll(/href="(https:\/\/maps\.example\.org[^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll(/&(?:amp|#38);/g, '&'),
  );

test('from a listing and from a short link, to the venue; nothing of it is fetched by the page', async () => {
  const { open } = listed();
  const page = await fetch(`${site.origin}/services/${open}`);
  const [link, ...others] = linksIn(await page.text());
  expect(link).toMatch(/^https:\/\/maps\.example\.org\/dir\?by=transit&to=5\d\.\d{5},-?\d\.\d{5}$/);
  expect(new Set(others).size).toBe(others.length);
  expect(page.headers.get('content-security-policy')).not.toContain('maps.example.org');
  const code = (ALPHABET[0] ?? '').repeat(10);
  const db = openStore(site.database);
  const listing = findListing(db, open);
  if (!listing) throw new Error('There is no listing.');
  saveHandout(
    db,
    { code, listings: [shownOf(listing, new Date(NOW))], made: '2026-11-21', expires: '2027-05-21' },
    '2026-11-21',
  );
  closeStore(db);
  expect(linksIn(await (await fetch(`${site.origin}/h/${code}`)).text())).toContain(link);
  // Where somebody searched from is no part of it.
  const found = await fetch(`${site.origin}/search?postcode=E8+1EA`, { redirect: 'manual' });
  const near = new URL(found.headers.get('location') ?? '', site.origin).search;
  expect(linksIn(await (await fetch(`${site.origin}/services/${open}${near}`)).text())).toContain(link);
  expect(await (await fetch(`${site.origin}/privacy`)).text()).toMatch(/Then maps\.example\.org is told the address/);
});

test('never to a place that is kept private', async () => {
  const { hidden } = listed();
  expect(linksIn(await (await fetch(`${site.origin}/services/${hidden}`)).text())).toEqual([]);
});
