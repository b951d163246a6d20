import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { packList } from '../../../api/domain/handout-list.ts';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { personOf } from '../../../api/store/people.ts';
import { issueToken } from '../../../api/store/tokens.ts';
import { createWorld } from '../../fixtures/world.ts';
import { NOW } from '../../helpers/clock.ts';
import { type Site, startSite } from '../../helpers/site.ts';

/** What this copy gives as its own address, on paper above all: a link that is printed cannot be mended. */

const HERE = 'https://signpost.example.org';

let site: Site;
afterEach(() => site?.stop());

/** Opens the handout of one listing with a short link asked for: as the page shows it, and as a text message says it. */
async function handout(headers: Record<string, string> = {}): Promise<string> {
  const db = openStore(site.database);
  const id = db.prepare("SELECT id FROM service WHERE state = 'published' ORDER BY id").pluck().get() as string;
  closeStore(db);
  const path = `/handout?list=${packList([id])}`;
  const made = await fetch(site.origin + path, { method: 'POST', headers, redirect: 'manual' });
  expect(made.status).toBe(303);
  const page = await fetch(site.origin + (made.headers.get('location') ?? ''), { headers });
  return page.text();
}

/** The cookie of a moderator who signs in. */
async function cookie(): Promise<string> {
  const db = openStore(site.database);
  const person = personOf(db, 'ada@example.org', new Date(NOW));
  const wish = { purpose: 'sign_in', subject: '', person, minutes: 15, once: true } as const;
  const key = issueToken(db, wish, new Date(NOW));
  closeStore(db);
  const answer = await fetch(`${site.origin}/moderate/sign-in/${key}`, { method: 'POST', redirect: 'manual' });
  return answer.headers.get('set-cookie') ?? '';
}

/** Addresses of short links in a page. */
const links = (page: string): string[] => [...new Set(page.match(/[\w.:/-]+\/h\/[a-z\d]{10}\b/g) ?? [])];

describe('with SITE_URL', () => {
  test('it is what paper, texts and cookies go by, whatever a request or a proxy calls this server', async () => {
    site = await startSite({ SITE_URL: `${HERE}/`, MODERATORS: 'ada@example.org' });
    const asked: Record<string, string>[] = [
      {},
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    ];
    for (const headers of asked) {
      const page = await handout(headers);
      expect(page).toContain('aria-label="QR: signpost.example.org/h/');
      expect(page).toMatch(new RegExp(`id="sms"[^<]*>[^<]*${HERE}/h/`));
      expect(page).not.toMatch(/evil\.example|127\.0\.0\.1/);
      for (const link of links(page)) expect(link).toMatch(/^(https:\/\/)?signpost\.example\.org\/h\/|^\/h\//);
    }
    expect(await cookie()).toContain('Secure');
    expect(readFileSync(site.log, 'utf8')).not.toContain('SITE_URL');
  });
});

describe('without SITE_URL', () => {
  test('start-up says what it is for; on a computer of one’s own the paper has the address that was asked for', async () => {
    site = await startSite({ MODERATORS: 'ada@example.org' });
    expect(readFileSync(site.log, 'utf8')).toMatch(/^SITE_URL is not set: .*http:\/\/localhost:\d+/m);
    const host = site.origin.replace('http://', '');
    expect(await handout()).toContain(`aria-label="QR: ${host}/h/`);
    expect(await cookie()).not.toContain('Secure');

    // What only a proxy sends, in each way in which one says so.
    for (const name of ['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'X-Real-IP', 'Forwarded', 'Via']) {
      const page = await handout({ [name]: '203.0.113.9' });
      expect(page).toContain('the setting is called SITE_URL');
      expect(links(page)).toEqual([]);
      expect(page).not.toContain('id="sms"');
    }
    // Nor is one printed that was made before.
    const db = openStore(site.database);
    const code = db.prepare('SELECT code FROM handout').pluck().get() as string;
    closeStore(db);
    const later = await fetch(`${site.origin}/h/${code}`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(later.status).toBe(200);
    expect(await later.text()).not.toContain('aria-label="QR:');
  });

  test('a server that is told of its proxy prints no link, though the request names none', async () => {
    site = await startSite({ TRUST_PROXY: '1' });
    const page = await handout();
    expect(page).toContain('the setting is called SITE_URL');
    expect(links(page)).toEqual([]);
  });
});

test('downloads and the description of the feed name the same address', async () => {
  const { api } = createWorld({ SITE_URL: HERE });
  for (const path of ['/api/v1/services.csv', '/api/v1/services.geojson', '/api/openreferral/v3']) {
    const text = await (await api.request(`http://127.0.0.1:4711${path}`)).text();
    expect(text).toContain(`${HERE}/`);
    expect(text).not.toContain('127.0.0.1');
  }
});
