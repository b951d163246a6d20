import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPostcodes, postcodeSource } from '../../api/geocode/import/import.ts';
import { seedClinical } from '../../api/store/clinical-seed.ts';
import { closeStore, openStore } from '../../api/store/open.ts';
import { seedExamples } from '../../api/store/seed.ts';
import { AT_NOW, NOW } from './clock.ts';
import { temporaryFolder } from './folder.ts';

/** The directory as it is, built and running in a process of its own. */
export interface Site {
  /** 'http://localhost:41234' */
  origin: string;
  /** The process that was started. */
  pid: number;
  /** The file of its database. */
  database: string;
  /** The file that holds all that it writes to its log. */
  log: string;
  /** Tells it to stop, waits until it has, and takes its files away. */
  stop: () => Promise<void>;
  /** Ends it as a power cut does, in the middle of whatever it does. */
  kill: () => Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');
/** Real postcodes, few, so that every machine has the same table, whatever lies beside the project. */
const POSTCODES = join(ROOT, 'tests/fixtures/postcodes.csv');
const START_MS = 60_000;
/** After this long it is ended by force, and the test fails for it. */
const STOP_MS = 15_000;

let filled: Promise<Buffer> | undefined;

/** The file of a new site, as its first start would fill it; filled once, since that takes a second each time. */
export function newFile(): Promise<Buffer> {
  filled ??= fill();
  return filled;
}

async function fill(): Promise<Buffer> {
  const folder = temporaryFolder();
  const file = folder.file('signpost.sqlite');
  const db = openStore(file);
  await importPostcodes(db, POSTCODES);
  seedExamples(db, new Date(NOW));
  seedClinical(db, new Date(NOW));
  closeStore(db);
  const bytes = readFileSync(file);
  folder.remove();
  return bytes;
}

/** Puts the few postcodes into a file that has none. */
async function givePostcodes(file: string): Promise<void> {
  const db = openStore(file);
  if (!postcodeSource(db)) await importPostcodes(db, POSTCODES);
  closeStore(db);
}

/**
 * Starts the built site on a free port, with the sample directory, a few real postcodes and the clock at NOW.
 * @param settings environment variables beside the test's own; with DATABASE, that file is used, and stays
 * @param postcodes false where that file has its own table of them
 * @throws an Error with its log where it does not start
 */
export async function startSite(settings: Record<string, string> = {}, postcodes = true): Promise<Site> {
  const folder = temporaryFolder();
  const given = settings['DATABASE'];
  const database = given ?? folder.file('signpost.sqlite');
  if (given === undefined) writeFileSync(database, await newFile());
  else if (postcodes) await givePostcodes(given);

  const log = folder.file('log.txt');
  const output = openSync(log, 'a');
  const child = spawn(process.execPath, [...AT_NOW.before, 'api/server/server.ts'], {
    cwd: ROOT,
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ...AT_NOW.env,
      TZ: 'America/New_York',
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE: database,
      DATABASE_NEW: 'examples',
      RATE_LIMIT: '0',
      ...settings,
    },
  });
  closeSync(output);
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(force);
    }
    folder.remove();
    if (child.signalCode === 'SIGKILL') throw new Error('The site did not stop when told to.');
  };
  const kill = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    folder.remove();
  };
  try {
    const port = await listening(child, log);
    return { origin: `http://127.0.0.1:${port}`, pid: child.pid as number, database, log, stop, kill };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

/** Waits for the line with which the server says where it is. */
async function listening(child: ChildProcess, log: string): Promise<number> {
  for (const until = performance.now() + START_MS; performance.now() < until; ) {
    const port = /Signpost is at http:\/\/\S+:(\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
    if (port) return Number(port);
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The site did not start. This is what it said:\n${readFileSync(log, 'utf8')}`);
}
