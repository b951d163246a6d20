import { Worker } from 'node:worker_threads';
import { type Db, LOCK_PATIENCE_MS } from './open.ts';

/** Pages after which SQLite writes its log back by itself, within whichever commit comes next: its default. */
const BY_ITSELF = 1000;

/** Kilobytes, as a negative number: records with random ids touch pages all over the file, again and again. */
const CACHE = -64_000;

/** What runs in the thread: a connection of its own that writes the log back whenever it has grown, until it is told to end. */
const THREAD = `
  const { workerData, parentPort } = require('node:worker_threads');
  const db = new (require('better-sqlite3'))(workerData);
  const writeBack = () => db.pragma('wal_checkpoint(PASSIVE)');
  const timer = setInterval(writeBack, 250);
  parentPort.once('message', () => { clearInterval(timer); writeBack(); db.close(); parentPort.close(); });`;

/** What is written back aside at the moment, and for how many. */
const aside = new WeakMap<Db, { users: number; end: () => Promise<void> }>();

/** What SQLite keeps in memory of a file otherwise, as its pragma says it. */
const usualCache = new WeakMap<Db, unknown>();

/**
 * Lets a thread write the log back for as long as something writes very much, since one commit in a hundred would otherwise
 * take as long as all the others.
 * @returns ends it, and makes all that was committed meanwhile safe from power failure; to be awaited
 */
export function writeBackAside(db: Db): () => Promise<void> {
  if (db.memory) return () => Promise.resolve();
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
  // Without it the log only grows until the end, when it is written back all the same.
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

/**
 * Runs a transaction whose commit does not wait for the disk. Power failure leaves a whole beginning of what was committed so,
 * up to the next commit that waits, or the end of {@link writeBackAside}: for what can be done again, or is.
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
 * The same for what has time: where another process is writing at the moment, nothing is done, so that whoever searches does
 * not wait for it.
 * @returns null where nothing was done
 */
export function withoutHurry<T>(db: Db, transaction: () => T): T | null {
  db.pragma('busy_timeout = 0');
  try {
    return withoutWaiting(db, transaction);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return null;
    throw error;
  } finally {
    db.pragma(`busy_timeout = ${LOCK_PATIENCE_MS}`);
  }
}
