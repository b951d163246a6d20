import { connect, type Socket } from 'node:net';
import { share } from './measure.ts';

/**
 * A client that takes little of the computer for itself: what it measures is the server. One request after the other on
 * each connection; it reads no more of an answer than where it ends.
 */

const HEAD_END = Buffer.from('\r\n\r\n');
/** How an answer ends that comes in pieces. */
const LAST_PIECE = Buffer.from('\r\n0\r\n\r\n');

export interface Load {
  /** Answers a second. */
  rate: number;
  /** Milliseconds. */
  median: number;
  p99: number;
  /** Microseconds of the server's processor for each answer, where its process was given. */
  cpu: number;
}

/** One request on an open connection; gives back the length of the body, with what is between its pieces. */
function ask(socket: Socket, path: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    let head: Buffer = Buffer.alloc(0);
    let left = -1;
    let length = 0;
    let inPieces = false;
    let tail: Buffer = Buffer.alloc(0);
    const done = (error?: Error) => {
      socket.off('data', onData);
      socket.off('error', done);
      if (error) reject(error);
      else resolve(length);
    };
    const onData = (chunk: Buffer) => {
      if (left < 0) {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
        const end = head.indexOf(HEAD_END);
        if (end < 0) return;
        const lines = head.subarray(0, end).toString('latin1');
        if (!lines.startsWith('HTTP/1.1 200')) return done(new Error(`${path} was answered ${lines.slice(0, 40)}`));
        length = Number(/\r\ncontent-length: *(\d+)/i.exec(lines)?.[1] ?? Number.NaN);
        inPieces = Number.isNaN(length);
        if (inPieces) length = 0;
        left = length - (head.length - end - HEAD_END.length);
        tail = head.subarray(end + 2);
      } else {
        left -= chunk.length;
        if (inPieces) tail = Buffer.concat([tail, chunk]);
      }
      if (inPieces) {
        tail = tail.subarray(-LAST_PIECE.length);
        if (tail.equals(LAST_PIECE)) {
          length = -left;
          done();
        }
      } else if (left <= 0) done();
    };
    socket.on('data', onData);
    socket.on('error', done);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n`);
  });
}

/**
 * Asks for all paths, so many at a time.
 * @param cpu what the server's processor has done so far, microseconds
 * @param until where given, goes round and round until it says so
 * @param headers of each request
 */
export async function load(
  port: number,
  paths: readonly string[],
  connections: number,
  cpu: () => number = () => Number.NaN,
  until?: () => boolean,
  headers?: () => Readonly<Record<string, string>>,
): Promise<Load> {
  const took: number[] = [];
  let next = 0;
  const worker = async () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    while (until ? !until() : next < paths.length) {
      const path = paths[next++ % paths.length] as string;
      const start = performance.now();
      await ask(socket, path, headers?.());
      took.push(performance.now() - start);
    }
    socket.destroy();
  };
  const before = cpu();
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const rate = took.length / ((performance.now() - start) / 1000);
  return { rate, median: share(took, 0.5), p99: share(took, 0.99), cpu: (cpu() - before) / took.length };
}

/** The length of the body behind a path, bytes. */
export async function lengthOf(port: number, path: string): Promise<number> {
  const socket = connect({ port, host: '127.0.0.1' });
  const length = await ask(socket, path);
  socket.destroy();
  return length;
}
