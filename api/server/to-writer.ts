import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { readsOnly } from './costs.ts';

/** How a reader hands a request on to the writer, and how the writer knows who asked. */

/** The address of the client. It counts on the writer's own socket alone; from anywhere else it is a header like others. */
const CLIENT = 'x-signpost-client';
/** What is between two ends of one connection. The other one is kept open until its answer has been read to the end. */
const OF_A_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'expect', 'upgrade', CLIENT]);

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** Headers as they were written, without some. */
function withoutThose(raw: readonly string[], left: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (let at = 0; at < raw.length; at += 2)
    if (!left.has((raw[at] ?? '').toLowerCase())) kept.push(raw[at] ?? '', raw[at + 1] ?? '');
  return kept;
}

/** Whether a reader may answer: only what surely changes nothing, and is not asked of the whole. */
function mayAnswer({ method = '', url = '' }: IncomingMessage): boolean {
  if (!url.startsWith('/')) return false;
  const read = URL.parse(url, 'http://localhost');
  return read !== null && readsOnly(method, read.pathname);
}

/**
 * Answers what a reader may answer, and hands on everything else as it comes, the body too.
 * @param socket on which the writer takes requests
 */
export const orToWriter =
  (socket: string, answer: Listener): Listener =>
  (incoming, outgoing) => {
    if (mayAnswer(incoming)) return answer(incoming, outgoing);
    const { method, url, rawHeaders, headers } = incoming;
    const coded = headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked'];
    const asked = request({
      socketPath: socket,
      agent: false,
      method,
      path: url,
      headers: [
        ...withoutThose(rawHeaders, OF_A_CONNECTION),
        ...coded,
        'Connection',
        'keep-alive',
        CLIENT,
        incoming.socket.remoteAddress ?? '',
      ],
    });
    asked.on('response', (told) => {
      outgoing.writeHead(told.statusCode ?? 502, told.statusMessage, withoutThose(told.rawHeaders, OF_A_CONNECTION));
      pipeline(told, outgoing, () => undefined);
    });
    // The writer has gone, and this process is about to; whoever asked is told by the end of the connection.
    asked.on('error', () => outgoing.headersSent || outgoing.destroy());
    outgoing.once('close', () => asked.destroy());
    incoming.pipe(asked);
  };

/** Gives a request that a reader has handed on the address of who asked, as if they had asked here. */
export function knowClient({ headers, socket }: IncomingMessage): void {
  const client = headers[CLIENT];
  if (typeof client === 'string') Object.defineProperty(socket, 'remoteAddress', { value: client, configurable: true });
}
