import { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * Answers that are bytes in memory go to the connection as they are. As the body of a Response they are copied, made a
 * stream and read back from it, which takes as long as a search; everything else about the answer stays as it is.
 */

interface BytesToSend {
  bytes: Uint8Array;
  sent: () => void;
}

/** By request: its bytes; null while there are none. */
const awaited = new WeakMap<Context, BytesToSend | null>();

const connectionOf = (c: Context): ServerResponse | null => {
  const outgoing = (c.env as Partial<HttpBindings> | undefined)?.outgoing;
  return outgoing instanceof ServerResponse ? outgoing : null;
};

/**
 * Answers with bytes that are whole in memory and not changed while they are being sent.
 * @param sent told once the system has taken all of them; never told where a client leaves before that, or where they go
 *   another way
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

/** Sends such answers. It stands outside whatever sets headers, and lets be what is to be compressed on its way. */
export const sendBytesMiddleware: MiddlewareHandler = async function sendsWhole(c, next) {
  const outgoing = connectionOf(c);
  if (outgoing === null || c.req.method !== 'GET' || c.req.header('accept-encoding') !== undefined) return next();
  awaited.set(c, null);
  await next();
  const whole = awaited.get(c);
  if (!whole || c.res.status !== 200) return;
  outgoing.writeHead(200, { ...Object.fromEntries(c.res.headers), 'content-length': whole.bytes.byteLength });
  outgoing.end(whole.bytes, whole.sent);
  // Hono carries the headers of one response over to the next: this one is a constant and keeps its own.
  c.res = undefined;
  c.res = RESPONSE_ALREADY_SENT;
};
