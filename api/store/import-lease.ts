import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Db } from './open.ts';
import { readSetting, writeSetting } from './settings.ts';

/**
 * Which process may write a new table of postcodes, or harvest a feed: one at a time. It has a lease in the file that
 * ends by itself, so that a process that was killed does not hold up others for long. On the same computer, where one
 * can see that the process is gone, it does not hold them up at all.
 */

/** Another process is writing the same to the same file, or this one took so long that another has taken over. */
export class ImportAtWorkError extends Error {
  constructor() {
    super('Another import is at work on this file. Wait until it has ended, then try again.');
    this.name = 'ImportAtWorkError';
  }
}

export interface ImportLease {
  /**
   * Makes the lease last from now on.
   * @throws ImportAtWorkError where another has taken over meanwhile
   */
  renew(): void;
  /** Gives it back. Where another has taken over, theirs stays. */
  release(): void;
}

interface Kept {
  id: string;
  host: string;
  process: number;
  /** Milliseconds since 1970. */
  until: number;
}

/** What a lease is for, each feed by itself: so that none waits for another. */
type Work = 'postcodes_import' | `harvest ${string}`;
/** Well above the longest part of an import that only computes, on a slow computer. */
const LASTS_MS = 120_000;

/**
 * The leases that this process holds. One in the file with its process number that is not among them was left by a dead
 * process with the same number.
 */
const own = new Set<string>();

const kept = (db: Db, work: Work): Kept | null => JSON.parse(readSetting(db, work) ?? 'null');

function isAlive({ id, host, process: number, until }: Kept): boolean {
  if (until < Date.now()) return false;
  if (host !== hostname()) return true;
  if (number === process.pid) return own.has(id);
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    // The process exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether somebody is at it now. */
export function importAtWork(db: Db, work: Work = 'postcodes_import'): boolean {
  const found = kept(db, work);
  return found !== null && isAlive(found);
}

/**
 * Takes the lease.
 * @throws ImportAtWorkError where another holds it
 */
export function takeImportLease(db: Db, work: Work = 'postcodes_import'): ImportLease {
  const id = randomUUID();
  const write = () => {
    const lease: Kept = { id, host: hostname(), process: process.pid, until: Date.now() + LASTS_MS };
    writeSetting(db, work, JSON.stringify(lease));
  };
  const isOurs = () => kept(db, work)?.id === id;
  db.transaction(() => {
    if (importAtWork(db, work)) throw new ImportAtWorkError();
    write();
  }).immediate();
  own.add(id);
  return {
    renew() {
      db.transaction(() => {
        if (!isOurs()) throw new ImportAtWorkError();
        write();
      }).immediate();
    },
    release() {
      own.delete(id);
      db.transaction(() => {
        if (isOurs()) db.prepare('DELETE FROM setting WHERE name = ?').run(work);
      }).immediate();
    },
  };
}
