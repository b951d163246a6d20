import { beforeEach, expect, test } from 'vitest';
import { createWorld } from '../../fixtures/world.ts';

const PUBLIC = { 'cache-control': 'public, no-cache', 'content-type': 'text/html; charset=utf-8' };

let drawn = 0;
let version = '1';
let now = new Date('2026-11-21T12:00:05Z');
let said: Record<string, string> = PUBLIC;
let status = 200;
let meanwhile = () => {};
const world = createWorld();
const front = world.front({
  version: () => version,
  now: () => now,
  pagePattern: () => '/a-page',
  pages: async (c) => {
    drawn += 1;
    meanwhile();
    return c.body(`page ${drawn}`, status as 200, said);
  },
});
const read = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await front.request(path, { headers, method });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

beforeEach(() => {
  drawn = 0;
  version = `${version}1`;
  now = new Date('2026-11-21T12:00:05Z');
  said = PUBLIC;
  status = 200;
  meanwhile = () => {};
  world.lines.length = 0;
});

test('what everybody may have is drawn once, and is logged as what it is', async () => {
  expect(await read('/').then(({ body }) => body)).toBe('page 1');
  const again = await read('/');
  expect(again.body).toBe('page 1');
  expect(again.headers.get('content-type')).toBe(PUBLIC['content-type']);
  expect(again.headers.get('x-frame-options')).toBe('DENY');
  expect(world.lines.map((line) => line.split(' ').slice(1, 4).join(' '))).toEqual([
    'GET /a-page 200',
    'GET /a-page 200',
  ]);
  expect((await read('/', {}, 'HEAD')).body).toBe('');
  expect(drawn).toBe(1);
});

test('who has it is told so, and who has another is not', async () => {
  const tag = (await read('/')).headers.get('etag') ?? '';
  expect(tag).toMatch(/^W\/"/);
  const known = await read('/', { 'if-none-match': `"other", ${tag}` });
  expect([known.status, known.body, known.headers.get('etag')]).toEqual([304, '', tag]);
  expect((await read('/', { 'if-none-match': '"other"' })).status).toBe(200);
});

test.each([
  ['anything is written', () => (version = `${version}2`)],
  ['a minute has passed', () => (now = new Date('2026-11-21T12:01:00.001Z'))],
  ['the clock was set back', () => (now = new Date('2026-11-21T11:00:05Z'))],
])('it is drawn anew once %s', async (_, change) => {
  await read('/');
  change();
  expect((await read('/')).body).toBe('page 2');
});

test('nothing is kept of the very moment between two minutes, or of what changed while it was drawn', async () => {
  now = new Date('2026-11-21T12:01:00Z');
  await read('/');
  expect((await read('/')).body).toBe('page 2');
  now = new Date('2026-11-21T12:01:05Z');
  meanwhile = () => (version = `${version}3`);
  await read('/');
  meanwhile = () => {};
  expect((await read('/')).body).toBe('page 4');
});

test.each([
  ['a place', '/services/1?near=abc', {}],
  ['a gathered list', '/?list=abc', {}],
  ['a session', '/', { cookie: 'session=1' }],
])('what is asked with %s is drawn for that one alone', async (_, path, headers) => {
  await read(path, headers);
  expect((await read(path, headers)).body).toBe('page 2');
  expect((await read('/')).body).toBe('page 3');
});

test.each([
  ['says nothing of everybody', { 'content-type': 'text/html' }, 200],
  ['is for one', { ...PUBLIC, 'cache-control': 'private, no-cache' }, 200],
  ['gives a cookie', { ...PUBLIC, 'set-cookie': 'a=b' }, 200],
  ['was not found', PUBLIC, 404],
  ['may be a stream', { ...PUBLIC, 'content-type': 'text/csv', etag: 'W/"1"' }, 200],
])('an answer that %s is not kept', async (_, headers, code) => {
  said = headers;
  status = code;
  await read('/');
  expect((await read('/')).body).toBe('page 2');
});

test('what a proxy says of the scheme is told apart', async () => {
  await read('/', { 'x-forwarded-proto': 'http' });
  expect((await read('/', { 'x-forwarded-proto': 'https' })).body).toBe('page 2');
  expect((await read('/', { 'x-forwarded-proto': 'https' })).body).toBe('page 2');
  await read('/', { 'x-forwarded-proto': 'gopher' });
  expect((await read('/', { 'x-forwarded-proto': 'gopher' })).body).toBe('page 4');
});

test('answers of the API that have a tag are kept as they are', async () => {
  const path = '/api/openreferral/v3/taxonomies?page=1';
  const first = await read(path);
  const again = await read(path);
  expect(first.headers.get('etag')).toMatch(/"/);
  expect([again.body, Object.fromEntries(again.headers)]).toEqual([first.body, Object.fromEntries(first.headers)]);
  expect((await read(path, { 'if-none-match': first.headers.get('etag') ?? '' })).status).toBe(304);
});
