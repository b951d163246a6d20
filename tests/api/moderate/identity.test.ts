import { beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../../api/app.ts';
import { createDirectory } from '../../../api/directory/directory.ts';
import { IDENTITY_DEFAULTS, type Identity } from '../../../api/domain/identity.ts';
import { TAXONOMY } from '../../../api/domain/taxonomy.ts';
import { changeIdentity, identitySent, MOST_BYTES_OF_LOGO, readPicture } from '../../../api/moderate/identity.ts';
import { letterheadBy } from '../../../api/notify/sending.ts';
import { mailWords } from '../../../api/notify/template.ts';
import { logoVersion, readIdentity, readLogo } from '../../../api/store/identity.ts';
import { createWorld, get } from '../../fixtures/world.ts';

/** What owners say of their copy, and where it is read. */

const NAME = 'Find Help in Example Vale';
const PNG = Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1');
let world: ReturnType<typeof createWorld>;
beforeEach(() => {
  world = createWorld();
});

const change = (own: Partial<Identity>, logo: Parameters<typeof changeIdentity>[2] = 'leave') =>
  changeIdentity(createDirectory(world.parts), { ...readIdentity(world.parts.db), ...own }, logo, 1);

test('until somebody says otherwise, all is as it came', () => {
  expect(readIdentity(world.parts.db)).toEqual(IDENTITY_DEFAULTS);
  expect(logoVersion(world.parts.db)).toBeNull();
});

test('the name stands in the descriptions of both APIs, and on the page for people, from one request to the next', async () => {
  const api = createApi(world.parts);
  const titles = async () => [
    (await get(api, '/openapi.json')).body.info.title,
    ((await (await api.request('/api/openreferral/v3/openapi.json')).json()) as { info: { title: string } }).info.title,
    /<title>([^<]*)/.exec(await (await api.request('/api/v1/docs')).text())?.[1],
  ];
  expect(await titles()).toEqual(['Signpost API', 'Signpost as Open Referral UK 3.0', 'Signpost API']);
  expect(change({ name: NAME })).toEqual({});
  expect(await titles()).toEqual([`${NAME} API`, `${NAME} as Open Referral UK 3.0`, `${NAME} API`]);
});

test('a mail says the name, and where questions go', () => {
  expect(change({ name: NAME, contact: 'hello@example.org' })).toEqual({});
  const settings = { SMTP_URL: null, MAIL_FROM: null, OPERATOR: '', CONTACT: 'server@example.org' };
  const { from, replyTo, sender } = letterheadBy(settings, readIdentity(world.parts.db));
  expect([from, replyTo]).toEqual([`${NAME} <signpost@localhost>`, 'hello@example.org']);
  const { text } = mailWords('test', { link: '/' }, 'https://signpost.example.org', sender);
  expect(text).toMatch(/comes from Find Help in Example Vale:\n.*\nQuestions: hello@example\.org\s*$/);
});

test('what is not offered is not in the list of categories, and what is listed under it is found', async () => {
  const api = createApi(world.parts);
  const codes = async () =>
    (await get(api, '/categories')).body.flatMap((group: { code: string; terms: { code: string }[] }) => [
      group.code,
      ...group.terms.map(({ code }) => code),
    ]);
  const [group, kept] = TAXONOMY;
  const hidden = group?.terms.map(({ code }) => code) ?? [];
  const before = (await get(api, '/search?per_page=1')).body.totals;
  expect(change({ hidden_categories: hidden })).toEqual({});
  expect(await codes()).not.toEqual(expect.arrayContaining([hidden[0]]));
  expect(await codes()).not.toContain(group?.code);
  expect(await codes()).toContain(kept?.code);
  expect((await get(api, '/search?per_page=1')).body.totals).toEqual(before);
});

test('a form keeps only categories and languages that there are, and English always', () => {
  const { name, welcome, story, home, contact } = IDENTITY_DEFAULTS;
  const shown = { categories: ['food', 'nothing'], languages: ['pl'] };
  const sent = identitySent({ name, welcome, story, home, contact }, shown, ['en', 'pl', 'tr']);
  expect(sent.hidden_languages).toEqual(['tr']);
  expect(sent.hidden_categories).not.toContain('food');
  expect(sent.hidden_categories).toContain('befriending');
});

describe('what cannot be kept is said by its field, and nothing is changed', () => {
  test.each([
    ['name', { name: 'x'.repeat(61) }],
    ['name', { name: 'A <b> name' }],
    ['welcome', { welcome: 'x'.repeat(601) }],
    ['story', { story: 'x'.repeat(1201) }],
    ['home', { home: 'Nowhere at all' }],
    ['contact', { contact: 'ring us' }],
    ['contact', { contact: 'javascript:alert(1)' }],
    ['hidden_categories', { hidden_categories: TAXONOMY.flatMap(({ terms }) => terms.map(({ code }) => code)) }],
  ])('%s: %j', (field, own) => {
    expect(change({ contact: 'before@example.org' })).toEqual({});
    expect(Object.keys(change({ ...own, ...('name' in own ? {} : { name: NAME }) }))).toEqual([field]);
    expect(readIdentity(world.parts.db)).toEqual({ ...IDENTITY_DEFAULTS, contact: 'before@example.org' });
  });

  test.each([
    [
      'a drawing that may hold programs',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      /SVG is not taken/,
    ],
    ['a page that is called a picture', Buffer.from('<!doctype html>'), /must be a PNG, JPEG or WebP/],
    ['an animation', Buffer.from('GIF89a'), /must be a PNG, JPEG or WebP/],
    ['an empty file', Buffer.alloc(0), /must be a PNG, JPEG or WebP/],
    ['a large one', Buffer.concat([PNG, Buffer.alloc(MOST_BYTES_OF_LOGO)]), /101 kB.*at most 100 kB/],
  ])('a logo: %s', (_name, bytes, words) => {
    expect(change({ name: NAME }, readPicture(bytes))).toEqual({ logo: expect.stringMatching(words) });
    expect([readIdentity(world.parts.db).name, readLogo(world.parts.db)]).toEqual(['Signpost', null]);
  });
});

test.each([
  ['image/png', PNG],
  ['image/jpeg', Buffer.from('\xff\xd8\xff\xe0 JFIF', 'latin1')],
  ['image/webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
])('%s is kept as it is, replaced, and taken out', (type, bytes) => {
  const { db } = world.parts;
  expect(change({}, readPicture(bytes))).toEqual({});
  expect(readLogo(db)).toEqual({ type, bytes, version: logoVersion(db) });
  const first = logoVersion(db);
  expect(change({}, readPicture(Buffer.concat([bytes, Buffer.from('more')])))).toEqual({});
  expect(logoVersion(db)).not.toBe(first);
  expect(change({}, 'take out')).toEqual({});
  expect([logoVersion(db), readLogo(db)]).toEqual([null, null]);
});

test('an area is kept with its districts; an empty field is the default again', () => {
  expect(change({ home: 'Derbyshire', name: NAME })).toEqual({});
  expect(readIdentity(world.parts.db)).toMatchObject({ home: 'Derbyshire' });
  expect(readIdentity(world.parts.db).home_districts.length).toBeGreaterThan(5);
  expect(change({ home: '', name: '' })).toEqual({});
  expect(readIdentity(world.parts.db)).toEqual(IDENTITY_DEFAULTS);
});
