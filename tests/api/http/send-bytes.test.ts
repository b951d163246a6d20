import { once } from 'node:events';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld } from '../../fixtures/world.ts';

/** Over a real connection, where an answer goes out as the bytes that it is, and is the same as ever. */

const world = createWorld();
const front = world.front();
const SEARCH = '/api/v1/search?lat=51.5465&lng=-0.0554&radius=5&q=exercise';
let server: Server;

beforeAll(async () => {
  server = serve({ fetch: front.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false }) as Server;
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

const ask = async (path: string, method = 'GET', headers: Record<string, string> = {}) => {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, host: '127.0.0.1', path, method, headers }).end();
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
};

/** Without the sealed place, which is another each time. */
const plain = (body: Buffer) => JSON.parse(body.toString().replace(/"near":"[^"]*"/, '"near":null'));

test('the same body, status and headers as without a connection', async () => {
  const expected = await front.request(SEARCH);
  const answer = await ask(SEARCH);
  expect(answer.status).toBe(200);
  expect(plain(answer.body)).toEqual(plain(Buffer.from(await expected.arrayBuffer())));
  for (const [name, value] of expected.headers)
    if (name !== 'vary') expect([name, answer.headers[name]]).toEqual([name, value]);
  expect(answer.headers['content-length']).toBe(String(answer.body.length));
  expect(world.lines.at(-1)).toMatch(/ GET \/api\/v1\/search 200 \d+ms$/);
});

test('many at once over one connection do not run into each other', async () => {
  const radii = Array.from({ length: 40 }, (_, n) => 0.5 + (n % 8));
  const answers = await Promise.all(radii.map((radius) => ask(SEARCH.replace('radius=5', `radius=${radius}`))));
  for (const [at, { body }] of answers.entries()) expect(plain(body).radius.miles).toBe(radii[at]);
});

test('an answer that is taken slowly is not written over by those after it, nor one that is left half-way', async () => {
  const { port } = server.address() as AddressInfo;
  const path = `${SEARCH}&per_page=100`;
  const expected = plain((await ask(path)).body);
  const slow = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const [response] = await once(request({ port, host: '127.0.0.1', path }).end(), 'response');
      return response.pause();
    }),
  );
  for (const response of slow.slice(0, 10)) response.destroy();
  for (let n = 0; n < 60; n++) await ask(`/api/v1/search?radius=${1 + (n % 9)}&lat=51.54&lng=-0.05&q=walking`);
  for (const response of slow.slice(10)) {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    expect(plain(Buffer.concat(chunks))).toEqual(expected);
  }
});

/** Takes out what a coding put in; what has none is as it is. */
const UNPACKED: Record<string, (bytes: Buffer) => Buffer> = {
  zstd: zstdDecompressSync,
  br: brotliDecompressSync,
  gzip: gunzipSync,
};

test.each([
  ['gzip', 'gzip'],
  ['gzip, deflate', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['br;q=0.5, GZIP;q=0.8', 'gzip'],
  ['zstd;q=0, *', 'br'],
  ['deflate', undefined],
  ['identity', undefined],
  ['gzip;q=0', undefined],
])('who takes %s gets %s', async (accepted, coding) => {
  const { headers, body } = await ask(SEARCH, 'GET', { 'accept-encoding': accepted });
  expect([headers['content-encoding'], headers.vary]).toEqual([coding, 'Accept-Encoding']);
  expect(headers['content-length']).toBe(String(body.length));
  const whole = coding === undefined ? body : (UNPACKED[coding] as (bytes: Buffer) => Buffer)(body);
  expect(plain(whole)).toEqual(plain((await ask(SEARCH)).body));
});

test.each(Object.keys(UNPACKED))('a list that comes in pieces is whole in %s', async (coding) => {
  const list = '/api/v1/search.csv?lat=51.5465&lng=-0.0554&radius=20';
  const { headers, body } = await ask(list, 'GET', { 'accept-encoding': coding });
  expect([headers['content-encoding'], headers.vary]).toEqual([coding, 'Accept-Encoding']);
  expect(UNPACKED[coding]?.(body)).toEqual((await ask(list)).body);
});

test('a HEAD has no body', async () => {
  const head = await ask(SEARCH, 'HEAD');
  expect([head.status, head.body.length]).toEqual([200, 0]);
  expect(head.headers['content-type']).toBe('application/json');
});

test('a refusal is what it was', async () => {
  const wrong = await ask('/api/v1/search?radius=x');
  expect([wrong.status, wrong.headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
  expect((await ask('/api/v1/health')).status).toBe(200);
});
