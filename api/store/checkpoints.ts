import { Worker } from 'node:worker_threads';
import type { Db } from './open.ts';

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

/**
 * Makes commits quick for as long as something writes very much: none of them waits for the disk, and the log is written
 * back by a thread beside them, since one commit in a hundred would otherwise take as long as all the others. What is
 * committed meanwhile is safe from power failure once this has ended, and until then a whole beginning of it is.
 * @returns ends it; to be awaited
 */
export function writeBackAside(db: Db): () => Promise<void> {
  if (db.memory) return () => Promise.resolve();
  db.pragma('synchronous = NORMAL');
  db.pragma('wal_autocheckpoint = 0');
  const cache = db.pragma('cache_size', { simple: true });
  db.pragma(`cache_size = ${CACHE}`);
  const worker = new Worker(THREAD, { eval: true, workerData: db.name });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  // Without it the log only grows until the end, when it is written back all the same.
  worker.on('error', () => undefined);
  return async () => {
    worker.postMessage('end');
    await ended;
    db.pragma('synchronous = FULL');
    db.pragma(`wal_autocheckpoint = ${BY_ITSELF}`);
    db.pragma(`cache_size = ${cache}`);
    db.pragma('wal_checkpoint(PASSIVE)');
  };
}
