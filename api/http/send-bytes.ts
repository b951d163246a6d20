import { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * Sends answers that are bytes in memory straight to the connection. As the body of a Response they would be copied,
 * made a stream and read from it again, which takes as long as a search. Everything else about the answer stays the
 * same.
 */

interface BytesToSend {
  bytes: Uint8Array;
  sent: () => void;
}

/** The bytes to send for a request; null while there are none. */
const awaited = new WeakMap<Context, BytesToSend | null>();

const connectionOf = (c: Context): ServerResponse | null => {
  const outgoing = (c.env as Partial<HttpBindings> | undefined)?.outgoing;
  return outgoing instanceof ServerResponse ? outgoing : null;
};

/**
 * Answers with bytes that do not change while they are being sent.
 * @param sent called once the system has taken all of them; never where the client leaves earlier, or where they are
 *   sent in another way
 */
export function sendBytes(
  c: Context,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  sent: () => void,
): Response {
  if (!awaited.has(c)) return c.body(bytes, 200, headers);
  awaited.set(c, { bytes, sent });
  return c.body(null, 200, headers);
}

/** Sends such answers. It wraps all middleware that sets headers, and leaves alone what is to be compressed. */
export const sendBytesMiddleware: MiddlewareHandler = async function sendsWhole(c, next) {
  const outgoing = connectionOf(c);
  if (outgoing === null || c.req.method !== 'GET' || c.req.header('accept-encoding') !== undefined) return next();
  awaited.set(c, null);
  await next();
  const whole = awaited.get(c);
  if (!whole || c.res.status !== 200) return;
  outgoing.writeHead(200, { ...Object.fromEntries(c.res.headers), 'content-length': whole.bytes.byteLength });
  outgoing.end(whole.bytes, whole.sent);
  // Hono copies the headers of the old response to a new one. This one is a constant and must keep its own.
  c.res = undefined;
  c.res = RESPONSE_ALREADY_SENT;
};
