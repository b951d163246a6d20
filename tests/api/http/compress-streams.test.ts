import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { compressStreams } from '../../../api/http/compress-streams.ts';

/** Answers with a body of their own, compressed as they go. */

const TEXT = 'All of it arrives. '.repeat(200);
const app = new Hono();
app.use(compressStreams);
app.get(
  '/file',
  () =>
    new Response(TEXT, {
      headers: { 'content-type': 'text/css', 'content-length': String(TEXT.length), etag: '"one"' },
    }),
);
app.get('/short', () => new Response('x', { headers: { 'content-type': 'text/css', 'content-length': '1' } }));

test.each([
  ['gzip', gunzipSync],
  ['zstd', zstdDecompressSync],
] as const)('a file arrives whole by %s, and says nothing of the length that it had', async (coding, unpack) => {
  const answer = await app.request('/file', { headers: { 'accept-encoding': coding } });
  expect(answer.headers.get('content-encoding')).toBe(coding);
  expect(answer.headers.get('content-length')).toBeNull();
  expect(answer.headers.get('etag')).toBe('W/"one"');
  expect(answer.headers.get('vary')).toBe('Accept-Encoding');
  expect(unpack(Buffer.from(await answer.arrayBuffer())).toString()).toBe(TEXT);
});

test('as it is for who takes nothing else, and where it is short', async () => {
  const plain = await app.request('/file', { headers: { 'accept-encoding': 'identity' } });
  expect([plain.headers.get('content-length'), plain.headers.get('content-encoding')]).toEqual([
    String(TEXT.length),
    null,
  ]);
  const short = await app.request('/short', { headers: { 'accept-encoding': 'gzip' } });
  expect([await short.text(), short.headers.get('content-encoding')]).toEqual(['x', null]);
});
