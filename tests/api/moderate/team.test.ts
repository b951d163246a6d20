import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeStore, openStore } from '../../../api/store/open.ts';
import { NOW } from '../../helpers/clock.ts';
import { type Site, startSite } from '../../helpers/site.ts';
import { moderator, sessionCookie, visitor } from '../../helpers/visitor.ts';

/** Inviting each other, and what each role may do, by the pages alone. */

const TEAM = '/moderate/team';
let site: Site;
beforeAll(async () => {
  site = await startSite({ MODERATORS: 'mo@example.org, ed@example.org' });
});
afterAll(() => site.stop());

const read = <T>(sql: string, ...values: unknown[]): T => {
  const db = openStore(site.database);
  try {
    return db.prepare(sql).get(...values) as T;
  } finally {
    closeStore(db);
  }
};
const personOf = (email: string) => String(read<{ id: number }>('SELECT id FROM person WHERE email = ?', email).id);
const aListing = async (): Promise<string> =>
  JSON.parse((await visitor(site.origin).get('/api/v1/search?per_page=1')).text).results[0].service.id;

describe('the team', () => {
  test('who was invited signs in, with the role that they were given', async () => {
    const mo = moderator(site, 'mo@example.org');
    expect((await mo.post(TEAM, { what: 'invite', email: 'not an address', role: 'reader' })).text).toContain(
      'Write an e-mail address such as name@example.org.',
    );
    for (const role of ['owner', 'moderator', 'reader'])
      expect((await mo.post(TEAM, { what: 'invite', email: ` ${role}@Example.org`, role })).to).toBe(
        `${TEAM}?done=invite`,
      );
    expect((await mo.post(TEAM, { what: 'invite', email: 'reader@example.org', role: 'owner' })).text).toContain(
      'in the team already',
    );
    expect((await mo.post(TEAM, { what: 'invite', email: 'ed@example.org', role: 'reader' })).text).toContain(
      'in the team already',
    );
    expect(read<{ n: number }>("SELECT count(*) AS n FROM mail WHERE template = 'team' AND key LIKE 'team %'").n).toBe(
      3,
    );

    await visitor(site.origin).post('/moderate', { email: 'reader@example.org', next: '' });
    expect(
      read<{ n: number }>(
        "SELECT count(*) AS n FROM mail WHERE template = 'sign-in' AND recipient = 'reader@example.org'",
      ).n,
    ).toBe(1);
    const list = (await moderator(site, 'reader@example.org').get(TEAM)).text;
    for (const line of ['mo@example.org', 'owner@example.org', 'named on the server', 'Reader, invited'])
      expect(list).toContain(line);
  });

  test('a reader sees every page and changes nothing; moderators change all but the settings and the team', async () => {
    const listing = `/moderate/listings/${await aListing()}`;
    const change = { action: 'add_keeper', email: 'keeper@example.org' };
    const keepers = () => read<{ n: number }>("SELECT count(*) AS n FROM person WHERE email = 'keeper@example.org'").n;
    const cookies = Object.fromEntries(
      ['reader', 'moderator', 'owner'].map((it) => [it, sessionCookie(site, `${it}@example.org`, NOW)]),
    );
    const as = (role: string) => visitor(site.origin, cookies[role]);
    const lists = [
      'listings',
      'duplicates',
      'duplicates/organizations',
      'import',
      'feeds',
      'figures',
      'activity',
      'settings',
    ];
    for (const page of ['/moderate', listing, TEAM, ...lists.map((it) => `/moderate/${it}`)]) {
      const { status, text } = await as('reader').get(page);
      expect([page, status]).toEqual([page, 200]);
      expect(text, page).toContain('You are a reader here');
      // What they cannot do is not on the page at all.
      expect(text.match(/<form[^>]*method="post"|<button[^>]*name=/g), page).toBe(null);
      expect((await as('owner').get(page)).text, page).not.toContain('You are a reader here');
    }
    const refused = await as('reader').post(listing, change);
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('you see everything, and change')]);
    // However the address is written.
    expect((await as('moderator').post('/moderate/%74eam', { what: 'remove' })).status).not.toBe(303);
    for (const page of [TEAM, '/moderate/settings'])
      for (const role of ['reader', 'moderator'])
        expect([page, role, (await as(role).post(page, { name: 'Ours', what: 'invite' })).status]).toEqual([
          page,
          role,
          403,
        ]);
    expect(keepers()).toBe(0);
    expect((await as('moderator').post(listing, change)).status).toBe(303);
    expect(keepers()).toBe(1);
    // What is their own they change: where they are signed in.
    expect((await as('reader').post('/moderate/sessions', { session: '0' })).status).toBe(303);
  });

  test('another role holds at once; who is taken out is out; nobody can take themselves or the server’s owners out', async () => {
    const owner = moderator(site, 'owner@example.org');
    const guest = moderator(site, 'reader@example.org');
    const reader = personOf('reader@example.org');
    expect((await owner.post(TEAM, { what: 'change', person: reader, role: 'moderator' })).status).toBe(303);
    expect((await guest.get('/moderate')).text).not.toContain('You are a reader here');
    expect((await owner.post(TEAM, { what: 'remove', person: reader })).status).toBe(303);
    expect((await guest.get('/moderate/figures')).to).toMatch(/^\/moderate\?next=/);

    const self = await owner.post(TEAM, { what: 'change', person: personOf('owner@example.org'), role: 'reader' });
    expect(self.text).toContain('Another owner changes your own role');
    const named = await owner.post(TEAM, { what: 'remove', person: personOf('mo@example.org') });
    expect(named.text).toContain('Nobody of the team has that number');
    expect((await owner.post(TEAM, { what: 'change', person: '1e99', role: 'owner' })).text).toContain('Nobody of the');
    expect((await moderator(site, 'mo@example.org').get('/moderate')).status).toBe(200);
  });

  test('who changed the team stands among what was done, and is searchable', async () => {
    const mo = moderator(site, 'mo@example.org');
    const all = (await mo.get('/moderate/activity')).text;
    expect(all.indexOf('Taken out of the team')).toBeGreaterThan(-1);
    expect(all.indexOf('Taken out of the team')).toBeLessThan(all.indexOf('Invited to the team'));
    expect(all).toContain('As a reader');
    const found = (await mo.get('/moderate/activity?q=NOW+A+MOD')).text;
    expect(found).toContain('Given another role');
    expect(found).not.toContain('Invited to the team');
    expect((await mo.get('/moderate/activity?role=organization')).text).not.toContain('Invited to the team');
  });

  test('each says how often mail comes, and readers are not asked', async () => {
    const mod = moderator(site, 'moderator@example.org');
    expect((await mod.post('/moderate/sessions', { rhythm: 'at_once' })).to).toBe('/moderate/sessions?done=1');
    expect((await mod.get('/moderate/sessions')).text).toMatch(/value="at_once" checked/);
  });
});

describe('organisations that are one', () => {
  const PAGE = '/moderate/duplicates/organizations';

  test('are looked up, compared, joined and taken apart by the pages, and the former address leads on', async () => {
    const mo = moderator(site, 'mo@example.org');
    const [keep, other] = [0, 1].map((at) =>
      read<{ id: string; name: string }>('SELECT id, name FROM organization ORDER BY name LIMIT 1 OFFSET ?', at),
    ) as [{ id: string; name: string }, { id: string; name: string }];
    const found = (await mo.get(`${PAGE}?${new URLSearchParams({ like: keep.id, q: other.name })}`)).text;
    const pair = `/moderate/duplicates/organization-pair?keep=${keep.id}&other=${other.id}`;
    expect(found.replaceAll('&#38;', '&').replaceAll('&amp;', '&')).toContain(`href="${pair}"`);
    const page = (await mo.get(pair)).text;
    expect(page).toContain('The one that stays');
    expect((await mo.post(pair, { mark: 'of another day' })).text).toContain('one of them has changed meanwhile');
    const mark = /name="mark" value="([^"]*)"/.exec(page)?.[1] ?? '';
    expect((await mo.post(pair, { mark })).to).toBe(`${PAGE}?done=organizations_joined.${keep.id}`);

    const guest = visitor(site.origin);
    expect((await guest.get(`/organizations/${other.id}`)).text).toContain(keep.name);
    expect((await mo.get('/moderate/activity?q=into')).text).toContain('Joined two organisations');
    expect((await mo.get(PAGE)).text).toContain('Take apart');
    expect((await mo.post(PAGE, { from: other.id })).to).toBe(`${PAGE}?done=organizations_apart.${other.id}`);
    expect((await guest.get(`/organizations/${other.id}`)).text).toContain(other.name);
    expect((await mo.get(`${pair}x`)).status).toBe(404);
  });
});
