import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../api/search/random.ts';
import { createWorld } from '../fixtures/world.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { attack, MODERATOR } from './attack.ts';
import { routes } from './targets.ts';

/** The short form of `npm run hostile`: the same requests, fewer of them. */

let site: Site;
beforeAll(async () => {
  site = await startSite({ MODERATORS: MODERATOR });
});
afterAll(() => site.stop());

test('hostile requests to every route, page and form are answered, and show and log nothing of the inside', async () => {
  const { requests, statuses, reached, wrong } = await attack(site, new Random(12), 680);
  expect(wrong).toEqual([]);
  // A form is looked at before it is sent, so the last may make one more.
  expect(requests).toBeGreaterThanOrEqual(680);
  // It came through the door and beyond: pages, refusals, what was done, what is not there.
  for (const status of [200, 303, 400, 404]) expect(statuses[status] ?? 0).toBeGreaterThan(20);
  expect([...reached].filter((what) => what.startsWith('POST /moderate')).length).toBeGreaterThan(5);
});

test('no route of the API is left out', async () => {
  const nameless = (path: string) => path.replaceAll(/\{\w+\}|:\w+/g, '{}').replace(/\/$/, '');
  const asked = new Set((await routes(site.origin)).map(({ method, path }) => `${method} ${nameless(path)}`));
  const served = createWorld()
    .api.routes.filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
    .map(({ method, path }) => `${method} ${nameless(path)}`);
  expect(served.length).toBeGreaterThan(30);
  expect([...new Set(served)].filter((route) => !asked.has(route))).toEqual([]);
});
