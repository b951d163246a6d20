import { Agent, type IncomingMessage, request } from 'node:http';

/** Requests as they go over the wire: nothing about them is put right before they leave. */

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

export interface Sent {
  method: string;
  /** As it stands in the first line. */
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

export interface Reply {
  status: number;
  type: string;
  location: string;
  text: string;
}

/**
 * Asks, and reads all that comes. A connection that was kept may have been closed meanwhile, as any that is not used: then it
 * is asked once more.
 * @throws where the connection ends without an answer
 */
export function ask(origin: string, sent: Sent): Promise<Reply> {
  const { method, path, headers, body } = sent;
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sending = request(
      { agent, hostname, port, method, path, headers: { ...headers, ...(body && { 'content-length': body.length }) } },
      (answer: IncomingMessage) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            location: answer.headers.location ?? '',
            text: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    sending.on('error', (error: NodeJS.ErrnoException) => {
      if (sending.reusedSocket && error.code === 'ECONNRESET') resolve(ask(origin, sent));
      else reject(error);
    });
    sending.end(body ?? undefined);
  });
}

/** What may stand in the first line of a request: whatever is no byte of it is written as one would. */
export const onTheWire = (path: string): string =>
  path.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed()));
