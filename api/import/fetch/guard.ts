import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { lookUp } from '../../domain/look-up.ts';
import { isPrivateAddress } from './addresses.ts';

/**
 * The only way by which an import reaches the network. Every hop is checked before it is taken: http or https alone,
 * and no private address, whether by number, by name or by redirect. The address that was checked is the one that is
 * connected to.
 */

/** An address that is not asked, and why; the message is for people. */
export class ClosedAddressError extends Error {
  constructor(url: URL | string, why: string) {
    super(`${typeof url === 'string' ? url : url.origin + url.pathname} is not asked: ${why}.`);
    this.name = 'ClosedAddressError';
  }
}

export interface GuardOptions {
  /** Lets private addresses be asked: for tests, and for a feed in the operator's own network. */
  allowPrivate: boolean;
  /** Milliseconds without a byte after which a server counts as gone. */
  stall: number;
}

const MOST_HOPS = 5;

/** Makes a `fetch` that goes through the guard. It reads and does nothing else. */
export function guardedFetch({ allowPrivate, stall }: GuardOptions): (request: Request) => Promise<Response> {
  const refuse = (url: URL, address: string): ClosedAddressError | null =>
    !allowPrivate && isPrivateAddress(address)
      ? new ClosedAddressError(url, `${address} is an address of a private network`)
      : null;

  const lookupOpen =
    (url: URL): LookupFunction =>
    (hostname, options, callback) =>
      lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
        const closed = error ?? addresses.map(({ address }) => refuse(url, address)).find((it) => it !== null);
        const [first] = addresses ?? [];
        if (closed || !first) callback(closed ?? new Error('The name leads nowhere.'), '', 4);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      });

  function open(url: URL, headers: Headers, signal: AbortSignal): Promise<IncomingMessage> {
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new ClosedAddressError(url.href.slice(0, 100), 'only http and https are');
    if (url.username !== '' || url.password !== '')
      throw new ClosedAddressError(url, 'an address with a password in it may be stolen');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const closed = isIP(host) === 0 ? null : refuse(url, host);
    if (closed) throw closed;
    const send = url.protocol === 'https:' ? secureRequest : plainRequest;
    return new Promise((resolve, reject) => {
      const asked = send(url, {
        headers: { ...Object.fromEntries(headers), 'accept-encoding': 'gzip, deflate, br' },
        lookup: lookupOpen(url),
        signal,
        timeout: stall,
      });
      asked.on('timeout', () => asked.destroy(new Error(`nothing came for ${Math.round(stall / 1000)} seconds`)));
      asked.on('error', reject);
      asked.on('response', resolve);
      asked.end();
    });
  }

  return async (request) => {
    let url = new URL(request.url);
    for (let hop = 0; hop <= MOST_HOPS; hop++) {
      const answer = await open(url, request.headers, request.signal);
      const { statusCode: status = 502, headers } = answer;
      if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return responseOf(answer, url);
      answer.destroy();
      if (!URL.canParse(headers.location, url))
        throw new ClosedAddressError(url, 'it leads on to something that is no address');
      url = new URL(headers.location, url);
    }
    throw new ClosedAddressError(request.url, `it leads on more than ${MOST_HOPS} times`);
  };
}

const DECODERS: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

function responseOf(answer: IncomingMessage, url: URL): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  headers.set('x-final-address', url.href);
  const status = answer.statusCode ?? 502;
  if (status < 200 || status > 599) {
    answer.destroy();
    return new Response(null, { status: 502, headers });
  }
  if (status === 204 || status === 304) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  const decoder = lookUp(DECODERS, (headers.get('content-encoding') ?? '').toLowerCase())?.();
  const body = decoder ? decoded(answer, decoder as unknown as Readable & NodeJS.WritableStream) : answer;
  return new Response(Readable.toWeb(body) as ReadableStream, { status, headers });
}

/** A pipe hands on bytes, but not the error that ended them. */
function decoded(answer: IncomingMessage, decoder: Readable & NodeJS.WritableStream): Readable {
  answer.on('error', (error) => decoder.destroy(error));
  decoder.on('close', () => answer.destroy());
  answer.pipe(decoder);
  return decoder;
}
