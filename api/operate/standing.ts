import { statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { clockWords } from '../domain/clock.ts';
import { clockStanding } from '../store/clock.ts';
import type { Db } from '../store/open.ts';
import { countWaiting, type Waiting } from '../store/standing.ts';
import { lastBackup } from './backups.ts';

/** How this copy stands, for whoever runs it: in figures, and in a sentence for each thing that needs doing. */

const HOUR_MS = 3_600_000;
/** A mail that has waited this long is not just slow: no mail goes out. */
const MAIL_STOPPED_MS = HOUR_MS;
/** A copy is made once a day, and may take a while. */
const BACKUP_LATE_MS = 26 * HOUR_MS;
/** Bytes. Below the first something should be done; below the second writing is about to fail. */
const DISK_LOW = 500e6;
export const DISK_FULL = 20e6;

export interface StandingParts {
  db: Db;
  settings: { BACKUP_FOLDER: string | null; READ_ONLY: number };
  now: () => Date;
}

export interface Standing {
  waiting: Waiting;
  mail: 'ok' | 'stopped';
  /** What is the matter with the clock; null where the upkeep runs. */
  upkeep: string | null;
  /** Off: the server makes no copies. */
  backup: { state: 'off' | 'ok' | 'late'; last: Date | null };
  disk: { state: 'ok' | 'low' | 'full'; free: number | null };
  /** A sentence for each thing that needs doing, with what to do. */
  attention: string[];
}

const ROOT = resolve(import.meta.dirname, '../..');

/** Bytes that are free where the file lies; null where it is in memory. */
export const freeBytes = ({ memory, name }: Db): number | null => {
  if (memory) return null;
  const { bavail, bsize } = statfsSync(dirname(name));
  return bavail * bsize;
};

/** Bytes of the log that lies beside the file; 0 where there is none. */
export const logBytes = ({ name }: Db): number => statSync(`${name}-wal`, { throwIfNoEntry: false })?.size ?? 0;

const times = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const ago = (from: Date, now: Date): string => {
  const hours = Math.floor((now.getTime() - from.getTime()) / HOUR_MS);
  return hours < 48 ? times(hours, 'hour', 'hours') : times(Math.floor(hours / 24), 'day', 'days');
};

/** @throws where the database does not answer */
export function readStanding({ db, settings, now }: StandingParts): Standing {
  const moment = now();
  const waiting = countWaiting(db);
  const oldest = waiting.oldest_mail === null ? null : new Date(waiting.oldest_mail);
  const mail = oldest !== null && moment.getTime() - oldest.getTime() > MAIL_STOPPED_MS ? 'stopped' : 'ok';
  const upkeep = clockWords(clockStanding(db, moment), moment);
  const folder = settings.BACKUP_FOLDER;
  const last = folder === null ? null : lastBackup(resolve(ROOT, folder), moment);
  const late = last === null || moment.getTime() - last.getTime() > BACKUP_LATE_MS;
  const backup = { state: folder === null ? 'off' : late ? 'late' : 'ok', last } as const;
  const free = freeBytes(db);
  const state = free === null || free >= DISK_LOW ? 'ok' : free >= DISK_FULL ? 'low' : 'full';

  // Mail, upkeep, feeds and copies are the first server's.
  const isFirst = settings.READ_ONLY === 0;
  const attention = [
    state !== 'ok' &&
      `The disk of the database has ${Math.floor((free ?? 0) / 1e6)} MB left. Make room: without any, nothing can be sent in or changed.`,
    isFirst &&
      mail === 'stopped' &&
      `${times(waiting.mails, 'mail waits', 'mails wait')} to go out, the oldest for ${ago(oldest as Date, moment)}. \`npm run mail -- test ADDRESS\` says why.`,
    isFirst && upkeep !== null && `The upkeep has stopped. ${upkeep}`,
    isFirst &&
      waiting.feeds_failing > 0 &&
      `${times(waiting.feeds_failing, 'feed has', 'feeds have')} failed at the last harvest. \`npm run feeds\` says why.`,
    isFirst &&
      backup.state === 'late' &&
      (last === null
        ? 'There is no backup in the folder BACKUP_FOLDER yet. The log says why none can be made.'
        : `The last backup is ${ago(last, moment)} old. The log says why no newer one can be made.`),
  ].filter((words) => words !== false);
  return { waiting, mail, upkeep, backup, disk: { state, free }, attention };
}
