import { decodeHTML } from 'entities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackList } from '../../api/domain/handout-list.ts';
import { type Site, startSite } from '../helpers/site.ts';
import { type Visitor, visitor } from '../helpers/visitor.ts';

/**
 * Two patients in a row, in every order in which somebody may go from the one to the other: what was gathered for the first is on no
 * sheet of the second unless somebody says so. It is set aside, one tap away.
 */

const FIRST = 'E8 1EA';
const SECOND = 'N15 4QN';

let site: Site;
let somebody: Visitor;
/** What is gathered for the first, as addresses carry it, and the place that it was gathered for. */
let list: string;
let near: string;

const inAddress = (address: string, name: string): string => new URL(address, site.origin).searchParams.get(name) ?? '';

/** The address at which somebody ends who goes to one. */
async function arrivesAt(address: string): Promise<string> {
  const { to } = await somebody.get(address);
  return to === '' ? address : arrivesAt(to);
}
const sent = async (path: string, fields: Record<string, string>): Promise<string> =>
  arrivesAt((await somebody.post(path, fields)).to);

beforeAll(async () => {
  site = await startSite();
  somebody = visitor(site.origin);
  near = inAddress(await arrivesAt(`/search?postcode=${encodeURIComponent(FIRST)}`), 'near');
  const { text } = await somebody.get(`/search?near=${near}`);
  const [, add = ''] = /href="([^"]+)"[^>]*data-gather/.exec(text) ?? [];
  list = inAddress(decodeHTML(add), 'list');
  expect(unpackList(list)).toHaveLength(1);
}, 120_000);
afterAll(() => site.stop());

const carrying = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}list=${encodeURIComponent(list)}`;

/** From the results of the first, or its handout, to those of the second. */
const ORDERS: Record<string, () => Promise<string>> = {
  'a new search from the first page': () => sent(carrying('/find'), { postcode: SECOND }),
  'a new search with words': () => sent(carrying('/find'), { postcode: SECOND, q: 'chair' }),
  'the place changed above the results': () => sent(carrying(`/find?near=${near}`), { postcode: SECOND }),
  'the postcode typed among the words above the results': () => sent('/search', { q: `chair ${SECOND}`, near, list }),
  'the postcode alone, typed among the words': () => sent('/search', { q: SECOND, near, list }),
  'a link that brings the postcode': () => arrivesAt(carrying(`/search?postcode=${encodeURIComponent(SECOND)}`)),
  'a search without a place between the two': async () => {
    const between = await sent(carrying('/find'), { q: 'chair' });
    return sent(`/find?list=${encodeURIComponent(inAddress(between, 'list'))}`, { postcode: SECOND });
  },
  'a postcode that had to be confirmed': async () => {
    const { text } = await somebody.post(carrying('/find'), { postcode: 'N1S 4QN' });
    const [, action = carrying('/find')] = /<form action="([^"]+)"[^>]*class="govuk-button-group"/.exec(text) ?? [];
    return sent(decodeHTML(action), { postcode: SECOND });
  },
  'a place that was chosen among some of a name': async () => {
    const { text } = await somebody.post(carrying('/find'), { postcode: 'Newport' });
    const [, href = ''] = /<ul class="sp-places"><li><a class="govuk-link" href="([^"]+near=[^"]+)"/.exec(text) ?? [];
    return href === '' ? sent(carrying('/find'), { postcode: SECOND }) : arrivesAt(decodeHTML(href));
  },
  'back in the browser to the results of the first, then on': async () => {
    await sent(carrying('/find'), { postcode: SECOND });
    await arrivesAt(carrying(`/search?near=${near}`));
    return sent(carrying('/find'), { postcode: SECOND });
  },
  'a page of browsing between the two': async () => {
    const { text } = await somebody.get(carrying('/browse'));
    const [, home = '/'] = /<a[^>]*href="(\/\?list=[^"]+)"/.exec(text) ?? [];
    return sent(`/find?list=${encodeURIComponent(inAddress(decodeHTML(home), 'list'))}`, { postcode: SECOND });
  },
};

test.each(Object.entries(ORDERS))('%s: the sheet of the second is empty', async (_name, order) => {
  const address = await order();
  expect(new URL(address, site.origin).pathname).toBe('/search');
  expect(inAddress(address, 'near')).not.toBe('');
  expect(inAddress(address, 'near')).not.toBe(near);
  expect(unpackList(inAddress(address, 'list'))).toEqual([]);
  const { text } = await somebody.get(address);
  expect(text).toContain('Set aside');
  expect(text).not.toMatch(/Handout: 1 listing/);
});

test('who searches on for the first keeps what was gathered', async () => {
  const address = await sent(carrying('/find'), { postcode: FIRST, q: 'chair' });
  expect(unpackList(inAddress(address, 'list'))).toEqual(unpackList(list));
});

test('a short link and the lists of a browser carry nothing into a search', async () => {
  const { to } = await somebody.post(carrying(`/handout?near=${near}`), {});
  const { text } = await somebody.get(`/h/${inAddress(to, 'code')}`);
  for (const html of [text, (await somebody.get('/lists')).text])
    expect([...html.matchAll(/href="([^"]*[?&;]list=[^"]*)"/g)].map(([, href]) => href)).toEqual([]);
});
