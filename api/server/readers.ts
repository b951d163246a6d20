import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { READER_OF, type ToReader, type ToWriter } from '../runtime/writer-link.ts';

/** The readers of a server: processes that answer what only reads. The writer starts them, and replaces one that ends. */

const PROGRAM = join(import.meta.dirname, 'reader.ts');
/** Milliseconds before one that never got ready is tried again. */
const AGAIN_MS = 2_000;
/** Milliseconds in which a reader sees what was written. One that does not is ended: it would answer from the past. */
const SEE_MS = 5_000;

interface Reader {
  child: ChildProcess;
  /** Whether it is told of what is written, which comes before: */
  started: boolean;
  /** Whether it is given connections. */
  ready: boolean;
  /** Connections on their way to it, by number. */
  given: Map<number, Socket>;
  /** Waiting until it has looked into the file, by number. */
  looking: Map<number, () => void>;
}

export interface ReaderOptions {
  /** How many. */
  readers: number;
  /** On which the writer takes what readers hand on. */
  socket: string;
  /** Answers a connection here: of a reader that ended on the way. */
  serve(connection: Socket): void;
  /** Hears what readers say that concerns the whole: limits, figures, counts. */
  hear(message: ToWriter, answer: (message: ToReader) => void): void;
}

export interface Readers {
  /** How many are given connections. */
  readonly ready: number;
  /** Gives a connection to whoever's turn it is; false where that is the writer. */
  take(connection: Socket): boolean;
  /** Ends when every reader has in its index what is in the file now. */
  follow(): Promise<void>;
  /** Lets them answer what they were asked, and end. @param patience milliseconds, then they are ended */
  stop(patience: number): Promise<void>;
}

/** Starts readers. Until they are ready the writer answers alone. */
export function startReaders({ readers: count, socket, serve, hear }: ReaderOptions): Readers {
  const readers = new Set<Reader>();
  let number = 0;
  let turn = 0;
  let stopping = false;

  const say = ({ child }: Reader, message: ToReader, connection?: Socket): void => {
    // What cannot be said is said by its end, which comes.
    if (child.connected) child.send(message, connection, { keepOpen: true }, () => undefined);
  };

  function start(): void {
    if (stopping) return;
    const compiled = getCompileCacheDir();
    const child = fork(PROGRAM, [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, [READER_OF]: socket, ...(compiled !== undefined && { NODE_COMPILE_CACHE: compiled }) },
    });
    const reader: Reader = { child, started: false, ready: false, given: new Map(), looking: new Map() };
    readers.add(reader);
    child.on('message', (message: ToWriter) => {
      if ('ready' in message) void begin(reader);
      else if ('took' in message) took(reader, message.took)?.destroy();
      else if ('followed' in message) seen(reader, message.followed);
      else hear(message, (answer) => say(reader, answer));
    });
    child.on('error', () => undefined);
    child.once('exit', () => ended(reader));
  }

  async function begin(reader: Reader): Promise<void> {
    reader.started = true;
    await look(reader);
    reader.ready = true;
  }

  function took({ given }: Reader, connection: number): Socket | undefined {
    const socket = given.get(connection);
    given.delete(connection);
    return socket;
  }

  function seen({ looking }: Reader, look: number): void {
    looking.get(look)?.();
    looking.delete(look);
  }

  function ended(reader: Reader): void {
    readers.delete(reader);
    for (const look of reader.looking.keys()) seen(reader, look);
    for (const connection of reader.given.values()) serve(connection);
    if (stopping) return;
    console.error('A reader has ended, and another one is started.');
    if (reader.ready) start();
    else setTimeout(start, AGAIN_MS).unref();
  }

  function look(reader: Reader): Promise<void> {
    const { child, looking } = reader;
    return new Promise((resolve) => {
      const late = setTimeout(() => child.kill('SIGKILL'), SEE_MS);
      looking.set(++number, () => {
        clearTimeout(late);
        resolve();
      });
      say(reader, { follow: number });
    });
  }

  for (let at = 0; at < count; at++) start();
  const able = (): Reader[] => [...readers].filter((reader) => reader.ready && reader.child.connected);
  return {
    get ready() {
      return able().length;
    },
    take(connection) {
      const ready = able();
      turn = (turn + 1) % (ready.length + 1);
      const reader = ready[turn];
      if (reader === undefined || stopping) return false;
      reader.given.set(++number, connection);
      connection.on('error', () => undefined);
      say(reader, { connection: number }, connection);
      return true;
    },
    async follow() {
      await Promise.all([...readers].flatMap((reader) => (reader.started ? [look(reader)] : [])));
    },
    async stop(patience) {
      stopping = true;
      await Promise.all(
        [...readers].map(async (reader) => {
          const end = once(reader.child, 'exit');
          const force = setTimeout(() => reader.child.kill('SIGKILL'), patience);
          say(reader, { stop: true });
          await end;
          clearTimeout(force);
        }),
      );
    },
  };
}
