import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Site, startSite } from '../helpers/site.ts';

/** A link of a mail that is none, with letters that no header takes. */

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

test('a form sent to what is no link leads to the page that says so', async () => {
  const page = `${site.origin}/watch/${encodeURIComponent('÷ěƠ')}`;
  const sent = await fetch(page, { method: 'POST', body: new URLSearchParams({ do: 'stop' }), redirect: 'manual' });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, new URL(page).pathname]);
  expect((await fetch(page)).status).toBe(404);
});
