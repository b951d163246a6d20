import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packList } from '../../api/domain/handout-list.ts';
import type { PlaceKey } from '../../api/domain/place.ts';
import { sealPlace } from '../../api/domain/privacy.ts';
import { sealSearch } from '../../api/domain/sealed-search.ts';
import { readIdentity, writeIdentity } from '../../api/store/identity.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { type Site, startSite } from '../helpers/site.ts';

/**
 * Pages of results are drawn into a frame that is kept. With a slash at its end the same address is drawn whole, each time: both
 * say the same, byte for byte.
 */

const SECRET = 'the key of this test and of no other';
const key = createHash('sha256').update(SECRET).digest();
const near = (it: PlaceKey): string => sealPlace(it, key);
const words = (q: string): string => `sealed=${sealSearch({ q, categories: [] }, key)}`;

const PLACES = [
  near({
    kind: 'point',
    latitude: 51.5467,
    longitude: -0.0661,
    sector: 'E8 1',
    district: 'E09000012',
    ward: null,
    spread_m: 150,
  }),
  near({ kind: 'sector', code: 'E8 1' }),
  near({ kind: 'district', code: 'E06000045' }),
  near({
    kind: 'point',
    latitude: 57.15,
    longitude: -2.1,
    sector: 'AB10 1',
    district: 'S12000033',
    ward: null,
    spread_m: 150,
  }),
];
const ASKED = [
  '',
  'radius=20&sort=name',
  'cards=short',
  'day=WE&cost=free',
  'category=food,befriending&age=67',
  'category=domestic-abuse',
  'reach=venue&radius=20',
  'reach=venue&radius=20&page=2',
  'reach=not_serving',
  words('chair yoga'),
  words('<b>walking & "talking"</b> group'),
  words('qqqxzzy'),
  words('free walk on tuesday mornings'),
  words('i want to die'),
  `list=${packList(['198128a8-85ee-538a-97bd-0d0f9af8e7d1'])}`,
];
const PAGES = [...PLACES.map((place) => `near=${place}`), ''].flatMap((place) =>
  ASKED.map((asked) => [place, asked].filter(Boolean).join('&')),
);

let site: Site;
const MIDNIGHT = '2026-11-21T23:59:57Z';
const start = (moment?: string) => startSite({ SECRET, ...(moment && { SIGNPOST_TEST_NOW: moment }) });
beforeAll(async () => {
  site = await start();
});
afterAll(() => site.stop());

const read = async (origin: string, path: string): Promise<string> => {
  const answer = await fetch(origin + path);
  // What links to other places of the same name hold is salted.
  return `${answer.status} ${answer.headers.get('content-type')} ${await answer.text()}`.replace(
    /(?<=<a class="govuk-link" href="\/search\?[^"]*?near=)[\w-]{60,}(?=[^"]*">[^<]*<\/a>(?:, |\.<\/p>))/g,
    '…',
  );
};

async function expectTheSame(origin: string): Promise<void> {
  for (const asked of PAGES) {
    const whole = (await read(origin, `/search/?${asked}`)).replace(/\/search\/(?=[?#])/g, '/search');
    expect(await read(origin, `/search?${asked}`), asked).toBe(whole);
  }
}

test('what is drawn into the frame is what is drawn whole', async () => {
  await expectTheSame(site.origin);
  // And again, with all that is kept of it by now.
  await expectTheSame(site.origin);
});

test('a change is in the next page', async () => {
  const db = openStore(site.database);
  writeIdentity(db, { ...readIdentity(db), name: 'Somewhere else' });
  closeStore(db);
  expect(await read(site.origin, `/search?near=${PLACES[0]}`)).toContain('– Somewhere else</title>');
  await expectTheSame(site.origin);
});

test('so it is after midnight', async () => {
  const late = await start(MIDNIGHT);
  try {
    for (const asked of PAGES) await read(late.origin, `/search?${asked}`);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await expectTheSame(late.origin);
  } finally {
    await late.stop();
  }
});

test('the log tells what was drawn, and no address', async () => {
  const log = readFileSync(site.log, 'utf8');
  expect(log).toMatch(/ GET \/search 200 /);
  for (const place of PLACES) expect(log).not.toContain(place);
});
