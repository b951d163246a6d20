import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../api/search/random.ts';
import { createWorld } from '../fixtures/world.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { sessionCookie } from '../helpers/visitor.ts';
import { ask } from './ask.ts';
import { attack, known, MODERATOR } from './attack.ts';
import { pagesOfWork } from './behind.ts';
import { pages, routes } from './targets.ts';

/** The short form of `npm run hostile`: the same requests, fewer of them. */

let site: Site;
beforeAll(async () => {
  site = await startSite({ MODERATORS: MODERATOR });
});
afterAll(() => site.stop());

test('hostile requests to every route, page and form are answered, and show and log nothing of the inside', async () => {
  const { requests, statuses, reached, wrong } = await attack(site, new Random(31), 680);
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

test('no page of a listing, a key or a piece of work is left out', async () => {
  const paths = [...known(site.database).paths, ...(await pagesOfWork(site.database, MODERATOR))];
  const reached = (page: string) => {
    const pattern = new RegExp(`^${page.replaceAll(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`);
    return paths.some((path) => pattern.test(path));
  };
  const named = pages().flatMap(({ path }) => (path.includes('{') ? [path] : []));
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((page) => !reached(page))).toEqual([]);
});

test('no page fails where its address counts beyond all that there is, or names no day', async () => {
  const cookie = sessionCookie(site, MODERATOR);
  const counted = [
    ...pages().flatMap(({ path }) => (path.includes('{') || path === '/logo' ? [] : [path])),
    ...known(site.database).paths.filter((path) => path.startsWith('/moderate/')),
    ...(await pagesOfWork(site.database, MODERATOR)),
  ];
  expect(counted.length).toBeGreaterThan(40);
  const failed: string[] = [];
  for (const path of counted)
    for (const number of ['99999999999999999999', '-1', '1e309', '2026-02-31']) {
      const names = ['page', 'harvest', 'before', 'since', 'quarter', 'age'];
      const query = `${path.includes('?') ? '&' : '?'}${names.map((name) => `${name}=${number}`).join('&')}`;
      const { status } = await ask(site.origin, { method: 'GET', path: path + query, headers: { cookie }, body: null });
      if (status >= 500) failed.push(`${status} ${path}${query}`);
    }
  expect(failed).toEqual([]);
});
