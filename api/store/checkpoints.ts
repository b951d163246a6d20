import { Worker } from 'node:worker_threads';
import { type Db, isBusy, LOCK_PATIENCE_MS, leavesLog } from './open.ts';

/** After so many pages SQLite writes its log back by itself, in whichever commit comes next: its default. */
const BY_ITSELF = 1000;

/** Kilobytes, as a negative number: records with random ids touch pages all over the file, again and again. */
const CACHE = -64_000;

/**
 * The code of the thread: it has a connection of its own, and writes the log back whenever it has grown, until it is
 * told to end.
 */
const THREAD = `
  const { workerData, parentPort } = require('node:worker_threads');
  const db = new (require('better-sqlite3'))(workerData);
  const writeBack = () => db.pragma('wal_checkpoint(PASSIVE)');
  const timer = setInterval(writeBack, 250);
  parentPort.once('message', () => { clearInterval(timer); writeBack(); db.close(); parentPort.close(); });`;

/** The files whose log is being written back by a thread, with the number of those who want it. */
const aside = new WeakMap<Db, { users: number; end: () => Promise<void> }>();

/** How much SQLite otherwise keeps in memory of a file, as its pragma gives it. */
const usualCache = new WeakMap<Db, unknown>();

/**
 * Lets a thread write the log back while something writes very much: otherwise one commit in a hundred would take as
 * long as all the others.
 * @returns ends it, and makes all commits in the meantime safe from power failure; to be awaited. Where the log is left to
 *   another program nothing is begun, since that program writes it back
 */
export function writeBackAside(db: Db): () => Promise<void> {
  if (db.memory || leavesLog(db)) return () => Promise.resolve();
  const running = aside.get(db) ?? { users: 0, end: begin(db) };
  running.users++;
  aside.set(db, running);
  return async () => {
    if (--running.users > 0) return;
    aside.delete(db);
    await running.end();
  };
}

function begin(db: Db): () => Promise<void> {
  db.pragma('wal_autocheckpoint = 0');
  if (!usualCache.has(db)) usualCache.set(db, db.pragma('cache_size', { simple: true }));
  db.pragma(`cache_size = ${CACHE}`);
  const worker = new Worker(THREAD, { eval: true, workerData: db.name });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  // Without the thread the log only grows until the end, when it is written back in any case.
  worker.on('error', () => undefined);
  return async () => {
    worker.postMessage('end');
    await ended;
    if (aside.has(db)) return;
    db.pragma(`wal_autocheckpoint = ${BY_ITSELF}`);
    db.pragma(`cache_size = ${usualCache.get(db)}`);
    db.pragma('wal_checkpoint(PASSIVE)');
  };
}

/** Milliseconds for which the file is left to others at most. */
const LONGEST_TURN_MS = 50;

/**
 * Leaves the file to whoever else writes to it, between two transactions of much work: for as long as the last one took.
 * SQLite has no queue for its lock, so who waits for it would otherwise seldom find it free.
 * @param worked how many milliseconds the last transaction took
 */
export const letOthersWrite = (db: Db, worked: number): Promise<void> =>
  new Promise((resolve) => {
    // Nobody else can open a database in memory.
    if (db.memory) setImmediate(resolve);
    else setTimeout(resolve, Math.min(LONGEST_TURN_MS, Math.max(1, worked)));
  });

/**
 * Runs a transaction whose commit does not wait for the disk. After a power failure the last of such commits may be
 * missing, until a commit that waits, or the end of {@link writeBackAside}. For work that can be done again.
 */
export function withoutWaiting<T>(db: Db, transaction: () => T): T {
  db.pragma('synchronous = NORMAL');
  try {
    return transaction();
  } finally {
    db.pragma('synchronous = FULL');
  }
}

/**
 * The same for work that can wait: where another process is writing at the moment, nothing is done, so that whoever
 * searches does not wait for it.
 * @returns null where nothing was done
 */
export function withoutHurry<T>(db: Db, transaction: () => T): T | null {
  db.pragma('busy_timeout = 0');
  try {
    return withoutWaiting(db, transaction);
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  } finally {
    db.pragma(`busy_timeout = ${LOCK_PATIENCE_MS}`);
  }
}
