import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { TablePrecision } from '../geocode/precision.ts';
import { endOnFault, outliveLog } from '../runtime/faults.ts';
import { SettingsError } from '../runtime/settings.ts';
import { UnusableFileError } from '../store/open.ts';
import { UrgentError } from '../urgent/blocks.ts';
import { isBuilt, loadFront } from './load-front.ts';
import { shareDoor } from './shared-door.ts';

/** Starts and stops the process. */

/** How long requests in flight may take to end once the process is told to stop. */
const PATIENCE_MS = 10_000;

/** What an operator wants to know first: where it is, how much it holds, how exactly it knows postcodes. */
function startLines(url: string, listings: number, { table, postcodes, source, improve }: TablePrecision): string[] {
  const count = (number: number) => number.toLocaleString('en-GB');
  const exactness =
    table === 'postcodes'
      ? `Postcodes are exact: ${count(postcodes)} of them (${source}).`
      : `Postcodes are approximate: ${source}.`;
  return [`Signpost is at ${url}`, `${count(listings)} listings. ${exactness}`, ...(improve ? [improve] : [])];
}

/** Serves until told to stop. Where it cannot start it says why in a sentence and ends the process with 1. */
export async function runServer(): Promise<void> {
  outliveLog();
  endOnFault();
  try {
    const { settings, geocoder, listings, startWork, stopWork, close, hearReader, tellReaders } = await import(
      '../instance.ts'
    );
    const { PORT, HOST, WORKERS } = settings;
    if (!isBuilt()) console.log('The site is not built, so only the API is served. `npm start` builds it.');
    const front = await loadFront();
    const server = createAdaptorServer({ fetch: front.fetch, overrideGlobalObjects: false }) as Server;
    const shared = WORKERS > 1 ? shareDoor(server, { readers: WORKERS - 1, hear: hearReader }) : null;
    const door = shared?.door ?? server;
    door.listen(PORT, HOST || undefined, () => {
      const { port } = door.address() as AddressInfo;
      const url = `http://${HOST || 'localhost'}:${port}`;
      for (const line of startLines(url, listings(), geocoder.precision())) console.log(line);
      startWork(port);
      if (shared) tellReaders(shared);
      shared?.open();
    });
    door.on('error', (error: NodeJS.ErrnoException) => fail(listenError(error, PORT, HOST)));
    const shut = shared ? () => shared.close(PATIENCE_MS) : () => shutAlone(server);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(shut, stopWork, close));
  } catch (error) {
    fail(error);
  }
}

/**
 * Under `npm start` one Ctrl+C comes twice, from the terminal and from npm. What comes later is a person's impatience.
 */
const SAME_SIGNAL_MS = 500;
let stoppingSince: number | null = null;

/**
 * Lets requests in flight and background work end, then closes the store and ends the process. Told again, it ends at
 * once.
 */
async function stop(shut: () => Promise<void>, stopWork: () => Promise<void>, closeAll: () => void): Promise<void> {
  if (stoppingSince !== null) {
    if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
    return;
  }
  stoppingSince = performance.now();
  console.log('Stopping: requests in flight are ended first.');
  await Promise.all([shut(), stopWork()]);
  closeAll();
  console.log('Stopped.');
  process.exit(0);
}

/** Ends when a server that is the only one has answered what it was asked. */
async function shutAlone(server: Server): Promise<void> {
  // A connection that is kept alive becomes idle only when its request ends, and would hold the server open after that.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const patience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(idle);
  clearTimeout(patience);
}

/** Why the port cannot be used, and what to do. */
function listenError(error: NodeJS.ErrnoException, port: number, host: string): unknown {
  if (error.code === 'EADDRINUSE')
    return new SettingsError([`Port ${port} is taken: stop what is running there, or choose another with PORT.`]);
  if (error.code === 'EACCES')
    return new SettingsError([`Port ${port} may not be used by this user: choose one from 1024 on with PORT.`]);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new SettingsError([`HOST is ${host}, which is no address of this computer. Leave it out to listen on all.`]);
  return error;
}

/** Ends the process with 1: a sentence for what the operator can mend, everything for what they cannot. */
function fail(error: unknown): never {
  console.error(explain(error));
  process.exit(1);
}

function explain(error: unknown): unknown {
  if (error instanceof SettingsError || error instanceof UnusableFileError || error instanceof UrgentError)
    return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && /^(SQLITE_|EACCES|EROFS|ENOTDIR)/.test(code))
    return `The database cannot be used (${error.message}). Check which file DATABASE names, and that it may be written.`;
  return error;
}

if (import.meta.main) await runServer();
