import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReaderOptions, startReaders } from './readers.ts';
import { knowClient } from './to-writer.ts';

/** One port for a server of several processes: the writer takes the connections and gives them out in turn. */

export interface SharedDoor {
  /** What listens on the port. */
  door: NetServer;
  /** To be called once it listens. */
  open(): void;
  /** How many processes answer, the writer among them. */
  readonly processes: number;
  /** Ends when every reader sees what is in the file now. */
  follow(): Promise<void>;
  /** Takes no more connections. Ends when all that was asked is answered and no reader is left. */
  close(patience: number): Promise<void>;
}

/**
 * @param server the writer's own, which listens nowhere yet
 */
export function shareDoor(server: Server, options: Pick<ReaderOptions, 'readers' | 'hear'>): SharedDoor {
  const folder = process.platform === 'win32' ? null : mkdtempSync(join(tmpdir(), 'signpost-'));
  const socket = folder === null ? `\\\\.\\pipe\\signpost-${process.pid}` : join(folder, 'writer');
  const own = new Set<Socket>();
  let readers: ReturnType<typeof startReaders> | null = null;

  function serve(connection: Socket): void {
    own.add(connection);
    connection.once('close', () => own.delete(connection));
    server.emit('connection', connection);
    connection.resume();
  }
  // What comes by the socket of the readers says who asked; what comes by the door is asked by whoever is at its end.
  server.prependListener('request', (incoming) => {
    if (!own.has(incoming.socket)) knowClient(incoming);
  });
  const door = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true }, (connection) => {
    if (readers?.take(connection) !== true) serve(connection);
  });
  return {
    door,
    open() {
      server.listen(socket, () => {
        readers = startReaders({ ...options, socket, serve });
      });
    },
    get processes() {
      return 1 + (readers?.ready ?? 0);
    },
    follow: async () => readers?.follow(),
    async close(patience) {
      const until = performance.now() + patience;
      door.close();
      await readers?.stop(patience);
      server.close();
      while (own.size > 0) {
        if (performance.now() < until) server.closeIdleConnections();
        else for (const connection of own) connection.destroy();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}
