import { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import { type Coding, codingFor, compressed } from './compression.ts';

/**
 * Sends answers that are bytes in memory straight to the connection, compressed for who can read that. As the body of a
 * Response they would be copied, made a stream and read from it again, which takes as long as a search. Everything else
 * about the answer stays the same.
 */

interface BytesToSend {
  bytes: Uint8Array<ArrayBuffer>;
  sent: () => void;
  compress: (coding: Coding) => Uint8Array | null;
}

/** The bytes to send for a request; null while there are none. */
const awaited = new WeakMap<Context, BytesToSend | null>();

const connectionOf = (c: Context): ServerResponse | null => {
  const outgoing = (c.env as Partial<HttpBindings> | undefined)?.outgoing;
  return outgoing instanceof ServerResponse ? outgoing : null;
};

/** The bytes that a request is to be answered with; null where there are none, and what is answered has its own body. */
export const bytesToSend = (c: Context): Uint8Array<ArrayBuffer> | null => awaited.get(c)?.bytes ?? null;

/**
 * Answers with bytes that do not change while they are being sent.
 * @param head its status, 200 where it has none, and headers
 * @param sent called once nothing needs the bytes any more; never where the client leaves earlier, or where they are
 *   sent in another way
 * @param compress makes a coding of them; null where it is not worth it
 */
export function sendBytes(
  c: Context,
  bytes: Uint8Array<ArrayBuffer>,
  head: ResponseInit,
  sent: () => void = () => {},
  compress: BytesToSend['compress'] = (coding) => compressed(bytes, coding),
): Response {
  if (!awaited.has(c)) return new Response(bytes, head);
  awaited.set(c, { bytes, sent, compress });
  return new Response(null, head);
}

/** Answers with JSON, as bytes. */
export const sendJson = (c: Context, value: unknown, headers: Readonly<Record<string, string>>): Response =>
  sendBytes(c, Buffer.from(JSON.stringify(value)), { headers: { 'content-type': 'application/json', ...headers } });

/** Sends such answers. It wraps all middleware that sets headers. */
export const sendBytesMiddleware: MiddlewareHandler = async function sendsWhole(c, next) {
  const outgoing = connectionOf(c);
  if (outgoing === null || c.req.method === 'HEAD') return next();
  awaited.set(c, null);
  await next();
  const whole = awaited.get(c);
  if (!whole) return;
  const coding = codingFor(c.req.header('accept-encoding'));
  const small = coding && whole.compress(coding);
  const body = small ?? whole.bytes;
  const cookies = c.res.headers.getSetCookie();
  outgoing.writeHead(c.res.status, {
    ...Object.fromEntries(c.res.headers),
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    ...(small && { 'content-encoding': coding }),
    vary: 'Accept-Encoding',
    'content-length': body.byteLength,
  });
  outgoing.end(body, small ? undefined : whole.sent);
  if (small) whole.sent();
  const { status } = c.res;
  // Hono copies the headers of the old response to a new one. This one is a constant and must keep its own.
  c.res = undefined;
  // The log tells the status.
  c.res =
    status === 200 ? RESPONSE_ALREADY_SENT : new Response(null, { status, headers: RESPONSE_ALREADY_SENT.headers });
};
