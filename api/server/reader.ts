import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { endOnFault, outliveLog } from '../runtime/faults.ts';
import { type ToReader, writer } from '../runtime/writer-link.ts';
import { loadFront } from './load-front.ts';
import { orToWriter } from './to-writer.ts';

/**
 * A reader: a process that the server starts (readers.ts). It has the file open to be read, an index that follows it, and
 * answers the connections that the writer gives it. It ends with the writer.
 */

outliveLog();
endOnFault();
// A terminal and a service manager tell every process of a group to stop. This one waits for the writer to say so.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(0));

const link = writer;
if (link === null || !process.connected) throw new Error('A reader is started by the server.');
const { startWork, stopWork, follow, close, settings } = await import('../instance.ts');
const front = await loadFront();
const server = createAdaptorServer({
  fetch: front.fetch,
  overrideGlobalObjects: false,
  createServer: (_options: object, answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void) =>
    createServer(orToWriter(link.socket, answer)),
} as Parameters<typeof createAdaptorServer>[0]) as Server;
// It listens nowhere itself; this is where Node begins to look after the connections of a server.
server.emit('listening');

const open = new Set<Socket>();

function serve(socket: Socket): void {
  open.add(socket);
  socket.once('close', () => open.delete(socket));
  // As connections of a server are: whoever has said all may still hear the answer.
  socket.allowHalfOpen = true;
  server.emit('connection', socket);
  socket.resume();
}

/** Answers what it was asked, then ends. */
async function stop(): Promise<void> {
  const working = stopWork();
  while (open.size > 0) {
    server.closeIdleConnections();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await working;
  close();
  process.exit(0);
}

process.on('message', (message: ToReader, socket?: Socket) => {
  if ('connection' in message) {
    // None comes where the client has already gone.
    if (socket) serve(socket);
    link.say({ took: message.connection });
  } else if ('follow' in message) follow().then(() => link.say({ followed: message.follow }));
  else if ('stop' in message) void stop();
});
startWork(settings.PORT);
link.say({ ready: true });
