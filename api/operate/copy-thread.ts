import { workerData } from 'node:worker_threads';
import { copyStore } from '../store/copy.ts';

/** Copies and checks the file in a thread of its own, so that nobody who searches waits for it. */

const { database, copy } = workerData as { database: string; copy: string };
await copyStore(database, copy);
