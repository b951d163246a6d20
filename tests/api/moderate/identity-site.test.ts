import { expect, test } from 'vitest';
import { packList } from '../../../api/domain/handout-list.ts';
import { NOW } from '../../helpers/clock.ts';
import { startSite } from '../../helpers/site.ts';
import { sessionCookie, visitor } from '../../helpers/visitor.ts';

/** The page of the owners, without a script, and every page after it. */

const NAME = 'Find Help in Example Vale';
/** A picture of one dot. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('what owners say stands on every page at once; what cannot be kept comes back as it was typed', async () => {
  const site = await startSite({ MODERATORS: 'mo@example.org' });
  try {
    const cookie = sessionCookie(site, 'mo@example.org', NOW);
    const mo = visitor(site.origin, cookie);
    const anybody = visitor(site.origin);
    const page = '/moderate/settings';
    expect((await anybody.get(page)).to).toMatch(/^\/moderate\?next=/);

    const wrong = await mo.post(page, { name: NAME, home: 'Nowhere at all', contact: '', category: ['food'] });
    expect(wrong.text).toContain('is no council area or county that is known here');
    expect(wrong.text).toMatch(/<title>Error: /);
    expect(wrong.text).toContain(`value="${NAME}"`);
    expect((await anybody.get('/')).text).not.toContain(NAME);

    const body = new FormData();
    body.set('csrf', /name="csrf" value="([^"]+)"/.exec(wrong.text)?.[1] ?? '');
    body.set('name', NAME);
    body.set('welcome', 'Welcome to the Vale.');
    body.set('story', 'The Vale asked for it.');
    body.set('home', 'Hackney');
    body.set('category', 'food');
    body.set('language', 'pl');
    body.set('logo', new File([Buffer.from(DOT, 'base64')], 'a name that says nothing'));
    const sent = await fetch(site.origin + page, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `${page}?done=1`]);

    const home = (await anybody.get('/')).text;
    expect(home).toContain(`– ${NAME}</title>`);
    expect(home).toContain('Welcome to the Vale.');
    expect(home).toContain('Everything in Hackney');
    expect(home).toContain('href="/browse/food"');
    expect(home).not.toContain('href="/browse/befriending"');
    const suggested = async (typed: string) =>
      JSON.parse((await anybody.get(`/api/v1/suggest?q=${typed}`)).text).suggestions.map(
        ({ id }: { id: string }) => id,
      );
    expect(await suggested('food')).toContain('food');
    expect(await suggested('befriending')).not.toContain('befriending');
    const [heading = '', example = ''] = (await anybody.get('/api/v1/services-template.csv')).text.split('\r\n');
    expect(heading).toContain('categories');
    expect(example).not.toContain('Sport and movement');
    expect((await anybody.get('/spreadsheet')).text).not.toContain('Befriending');
    const logo = /src="(\/logo\?v=[0-9a-f]+)"/.exec(home)?.[1] ?? '';
    expect((await anybody.get(logo)).headers.get('content-type')).toBe('image/png');

    expect((await anybody.get('/about')).text).toContain('The Vale asked for it.');
    expect((await anybody.get('/about')).text).not.toContain('Pain clinicians');
    for (const path of ['/browse', '/add', '/privacy', '/accessibility', '/pain', '/nothing-here', '/moderate']) {
      const { text } = await anybody.get(path);
      expect(text, path).toContain(`– ${NAME}</title>`);
      expect(text, path).toContain(logo);
      expect(text, path).not.toContain('>Signpost<');
    }
    const some = JSON.parse((await anybody.get('/api/v1/search?per_page=1')).text).results[0].service.id;
    const handout = (await anybody.get(`/handout?list=${packList([some])}`)).text;
    expect(handout).toContain('hreflang="pl"');
    expect(handout).not.toContain('hreflang="tr"');
  } finally {
    await site.stop();
  }
});
