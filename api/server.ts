import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createFront } from './front.ts';
import { SettingsError } from './settings.ts';
import { NewerFileError } from './store/open.ts';

/** Starts and stops the process. */

const BUILT_SITE = join(import.meta.dirname, '../dist/server/entry.mjs');
/** How long requests in flight may take to end once the process is told to stop. */
const PATIENCE_MS = 10_000;

type Instance = typeof import('./instance.ts');
type Fetch = ReturnType<typeof createFront>['fetch'];

/** The site as built; without it, the api alone. */
async function application({ api, settings, tiles }: Instance): Promise<Fetch> {
  if (existsSync(BUILT_SITE)) return (await import(BUILT_SITE)).fetch;
  console.log('The site is not built, so only the API is served. `npm start` builds it.');
  return createFront({ settings, api, tiles, pages: null, files: false, development: false }).fetch;
}

/** What an operator wants to know first. */
function tellWhere({ settings, listings, geocoder }: Instance, port: number): void {
  const { table, postcodes, source, improve } = geocoder.precision();
  const count = (number: number) => number.toLocaleString('en-GB');
  console.log(`Signpost is at http://${settings.HOST || 'localhost'}:${port}`);
  console.log(
    `${count(listings())} listings. ${
      table === 'postcodes'
        ? `Postcodes are exact: ${count(postcodes)} of them (${source}).`
        : `Postcodes are approximate: ${source}.`
    }`,
  );
  if (improve) console.log(improve);
}

/** Serves until told to stop. Where it cannot start it says why in a sentence and ends the process with 1. */
export async function runServer(): Promise<void> {
  try {
    const instance = await import('#api/instance.ts');
    const fetch = await application(instance);
    const { PORT: port, HOST } = instance.settings;
    const server = serve({ fetch, port, hostname: HOST || undefined, overrideGlobalObjects: false }, (info) =>
      tellWhere(instance, info.port),
    ) as Server;
    server.on('error', (error: NodeJS.ErrnoException) => fail(listenError(error, port, HOST)));
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(server, instance));
  } catch (error) {
    fail(error);
  }
}

let stopping = false;

/** Ends requests in flight, then the store, then the process. Told twice, it ends at once. */
function stop(server: Server, instance: Instance): void {
  if (stopping) process.exit(1);
  stopping = true;
  console.log('Stopping: requests in flight are ended first.');
  // A connection kept alive turns idle only when its request ends, and would then hold the server open.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const patience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  server.close(() => {
    clearInterval(idle);
    clearTimeout(patience);
    instance.close();
    console.log('Stopped.');
    process.exit(0);
  });
  server.closeIdleConnections();
}

/** Why the port cannot be had, and what to do. */
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
  if (error instanceof SettingsError || error instanceof NewerFileError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && /^(SQLITE_|EACCES|EROFS|ENOTDIR)/.test(code))
    return `The database cannot be used (${error.message}). Check which file DATABASE names, and that it may be written.`;
  return error;
}

if (import.meta.main) await runServer();
