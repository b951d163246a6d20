import {
  chownSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { type Db, isBusy, keepPrivate, knownVersion, NewerFileError } from './open.ts';

/** Copies of the file: made while it is in use, checked, and put back in its place. */

/** A file cannot be used as a copy, or put back; the message says why and what to do. */
export class CopyError extends Error {
  constructor(words: string) {
    super(words);
    this.name = 'CopyError';
  }
}

/** So many pages at once are all of them: a copy in one step is of one moment, however much others write. */
const ALL_PAGES = 2 ** 30;

/** A moment as names of files have it, to the second, UTC: '2026-11-21T12-00-00Z'. */
export const stampOf = (now: Date): string => `${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;

const besides = (file: string): string[] => [`${file}-wal`, `${file}-shm`, `${file}-journal`];

const removeAll = (file: string): void => {
  for (const name of [file, ...besides(file)]) rmSync(name, { force: true });
};

/** Makes sure that a file and its name are on the disk and not only on their way there. */
function settle(path: string): void {
  const opened = openSync(path, 'r');
  fsyncSync(opened);
  closeSync(opened);
}

/**
 * Copies the file as it is at one moment, with all that was committed before, while others go on to use it. The copy is one
 * file without logs; it is there under its name only once it was found whole.
 * @param copy the path that it gets, in a folder that is there
 * @throws CopyError where what was read is damaged; whatever SQLite or the file system throws
 */
export async function copyStore(file: string, copy: string): Promise<void> {
  const draft = `${copy}.part`;
  removeAll(draft);
  try {
    keepPrivate(draft);
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      await db.backup(draft, { progress: () => ALL_PAGES });
    } finally {
      db.close();
    }
    makeOneFile(draft, file);
    settle(draft);
    renameSync(draft, copy);
    settle(dirname(copy));
  } finally {
    removeAll(draft);
  }
}

/** Checks a copy, takes what its log holds into it, and leaves no log. */
function makeOneFile(copy: string, called: string): void {
  const db = new Database(copy, { fileMustExist: true });
  try {
    check(db, called);
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/** @throws CopyError where the file is damaged or not ours; NewerFileError where a newer program wrote it */
function check(db: Db, called: string): void {
  let found: unknown;
  try {
    found = db.pragma('integrity_check(1)', { simple: true });
  } catch (error) {
    throw new CopyError(`${called} is no database that can be read (${(error as Error).message}). Take another copy.`);
  }
  if (found !== 'ok') throw new CopyError(`${called} is damaged (${found}). Take another copy.`);
  const version = db.pragma('user_version', { simple: true }) as number;
  const ours = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'service_at_location'").get() !== undefined;
  if (version === 0 || !ours) throw new CopyError(`${called} is not a database of Signpost. Take another file.`);
  if (version > knownVersion()) throw new NewerFileError(called, version, knownVersion());
}

/**
 * Puts a copy in the place of the file. What was there is kept under another name, beside it.
 * @param copy one file, or one with its log beside it
 * @param now for the name of what is kept
 * @returns the path under which the former file is kept; null where there was none
 * @throws CopyError where the copy cannot be used or something has the file open. Then nothing has changed.
 */
export function restoreStore(copy: string, file: string, now: Date): string | null {
  if (!statSync(copy, { throwIfNoEntry: false })?.isFile())
    throw new CopyError(`There is no file ${copy}. Give the path of a copy that \`npm run backup\` made.`);
  if (resolve(copy) === resolve(file))
    throw new CopyError(`${copy} is the database itself. Give the path of a copy of it.`);
  const draft = `${file}.restored`;
  removeAll(draft);
  try {
    keepPrivate(draft);
    copyFileSync(copy, draft);
    // One that was copied by hand while the program had it open has its last commits there.
    if (existsSync(`${copy}-wal`)) copyFileSync(`${copy}-wal`, `${draft}-wal`);
    makeOneFile(draft, copy);
    giveToServer(draft, file);
    settle(draft);
    const kept = putAside(file, `${file}.before-${stampOf(now)}`, () => renameSync(draft, file));
    settle(dirname(file));
    return kept;
  } finally {
    removeAll(draft);
  }
}

/** A file that root has made, and that is its owner's alone, could not be opened by a server that is not root. */
function giveToServer(draft: string, file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(existsSync(file) ? file : dirname(file));
  chownSync(draft, uid, gid);
}

/**
 * Moves the file away while nobody else can open it, and does what comes after before anybody can. Its log goes into it
 * first; where it is too damaged for that, its log goes with it. A log that stayed would be applied to the next file.
 */
function putAside(file: string, kept: string, then: () => void): string | null {
  if (!existsSync(file)) {
    for (const log of besides(file)) rmSync(log, { force: true });
    then();
    return null;
  }
  const db = new Database(file, { timeout: 0 });
  try {
    // Only who is alone with a file can take it out of WAL.
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    if (isBusy(error)) {
      db.close();
      throw new CopyError(
        `Something has ${file} open: the server, or another command. Stop it, then do this again. Nothing was changed.`,
      );
    }
    for (const log of besides(file)) if (existsSync(log)) renameSync(log, log.replace(file, kept));
  }
  renameSync(file, kept);
  then();
  db.close();
  return kept;
}
