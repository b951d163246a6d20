import { beforeAll, describe, expect, test } from 'vitest';
import { publicListings } from '../../../api/store/listings.ts';
import { group, harvested, type Taken } from './front-door.ts';

/** Texts of feeds: no word is lost to the markup around it, and nothing is said that was struck out. */

const TEXTS: [name: string, given: string, wanted: string][] = [
  [
    'An address in brackets',
    'Sign up at <https://example.org/sign-up> by noon.',
    'Sign up at <https://example.org/sign-up> by noon.',
  ],
  ['Mail in brackets', 'Write to Mo <mo@example.org> first.', 'Write to Mo <mo@example.org> first.'],
  ['Words in brackets', 'Soup <free> and bread <hot> at noon.', 'Soup <free> and bread <hot> at noon.'],
  ['Escaped brackets', 'Lunch &lt;free&gt; for all.', 'Lunch <free> for all.'],
  ['Escaped twice', 'Lunch &amp;lt;free&amp;gt; &amp;amp; tea.', 'Lunch <free> & tea.'],
  ['Escaped markup', '&lt;p&gt;Lunch&lt;/p&gt;&lt;p&gt;Tea&lt;/p&gt;', 'Lunch\n\nTea'],
  ['Less and more', 'For ages 5 < 8 & friends > all welcome.', 'For ages 5 < 8 & friends > all welcome.'],
  ['Struck out', '<p>We meet on <s>Friday</s> Thursday.</p>', 'We meet on Thursday.'],
  ['Deleted', 'Doors at <del datetime="2026-01-01">6pm <b>sharp</b></del> <ins>7pm</ins>.', 'Doors at 7pm.'],
  ['Struck by style', '<span style="color:red;text-decoration:line-through">£4</span> £2 a week', '£2 a week'],
  ['Struck in plain text', 'We meet ~~in the hall~~ in the library.', 'We meet in the library.'],
  ['Struck and never closed', '<s>We meet in the library.', 'We meet in the library.'],
  [
    'A picture with words',
    '<img src="https://example.org/a.png" alt="Poster: Fridays at 3pm">',
    'Poster: Fridays at 3pm',
  ],
  ['A picture amid words', 'Come <img alt="by bus 38" src="b.png"> or on foot.', 'Come by bus 38 or on foot.'],
  ['A picture without words', '<img src="c.jpg" alt="IMG_0042.JPG">Come and see.', 'Come and see.'],
  [
    'Mail with a subject',
    '<a href="mailto:team@example.org?subject=Hi&amp;body=x">Write to us</a>.',
    'Write to us (team@example.org).',
  ],
  ['A number to tap', '<a href="tel:+442079460341">020 7946 0341</a>', '020 7946 0341'],
  ['An address that is encoded', '<a href="mailto:team%40example.org">team@example.org</a>', 'team@example.org'],
  ['Words for tags', 'Ring if it is < 10 or > 20, a<b and b>c.', 'Ring if it is < 10 or > 20, a<b and b>c.'],
  ['A tag of one word', 'Tea <b hidden>and cake</b>.', 'Tea and cake.'],
  ['A picture with a title', '<img src="d.png" title="Map: behind the library">', 'Map: behind the library'],
  ['Around a frame', 'Before<iframe src="https://example.org">x</iframe>after.', 'Before after.'],
  ['Struck letter by letter', 'We meet M\u0336o\u0336n\u0336d\u0336a\u0336y\u0336 Tuesday.', 'We meet Tuesday.'],
  ['What a word processor left', '<o:p></o:p><span lang=EN-GB>Tea</span><o:p>&nbsp;</o:p>', 'Tea'],
];

const STATUSES: [status: unknown, wanted: string][] = [
  ['closed', 'inactive'],
  ['pending', 'inactive'],
  ['unknown', 'inactive'],
  ['on hold', 'temporarily closed'],
  ['Permanently closed', 'defunct'],
  [0, 'inactive'],
  ['ACTIVE', 'active'],
  ['open', 'active'],
];

let feed: Taken;
beforeAll(async () => {
  const weekly = [{ freq: 'WEEKLY', byday: 'FR', opens_at: '10:00', closes_at: '12:00' }];
  feed = await harvested([
    ...TEXTS.map(([name, description]) => group(name, { description })),
    ...STATUSES.map(([status]) => group(`It is ${status}`, { status, schedules: weekly })),
  ]);
});

describe('a text of a feed', () => {
  test.each(TEXTS)('%s', async (name, _, wanted) => expect((await feed.answer(name)).service.description).toBe(wanted));
});

describe('a status of a feed', () => {
  test.each(STATUSES)('%s is %s', async (status, wanted) => {
    const name = `It is ${status}`;
    const { service, next_sessions } = await feed.answer(name);
    expect(service.status).toBe(wanted);
    expect(next_sessions.length > 0).toBe(wanted === 'active');
    const found = await (await feed.signpost.api.request(`/api/v1/search?q=${encodeURIComponent(name)}`)).json();
    const names = found.results.map((it: { service: { name: string } }) => it.service.name);
    expect(names.includes(name)).toBe(wanted === 'active');
    const said = feed.notes(name).filter((note) => note.startsWith('status:'));
    expect(said).toHaveLength(['active', 'ACTIVE'].includes(String(status)) ? 0 : 1);
  });

  test('that is missing is that of a list of what runs', () => {
    expect(
      [...publicListings(feed.signpost.db)].find(({ service }) => service.name === 'Struck out')?.service.status,
    ).toBe('active');
  });
});
