import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

export type Db = Database.Database;

const MIGRATIONS = join(import.meta.dirname, '../../data/migrations');

/** Milliseconds that a transaction waits for another process that is writing. */
export const LOCK_PATIENCE_MS = 5000;

/** Whether SQLite said that somebody else has the file. */
export const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));

/** Whether SQLite said that there is no room left for what was to be written, which is then not written at all. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';

/** Whether SQLite said that the file, or its disk, cannot be written. */
const isReadOnly = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^SQLITE_(READONLY|CANTOPEN)/.test(String(error.code));

/** The file is none that this program can work with; the message says what to do. */
export class UnusableFileError extends Error {}

/** The file was written by a newer program than this one. */
export class NewerFileError extends UnusableFileError {
  constructor(file: string, found: number, known: number) {
    super(
      `${file} was written by a newer Signpost (its version is ${found}, this program knows ${known}). ` +
        'Start the newer program, or give another file with DATABASE.',
    );
    this.name = 'NewerFileError';
  }
}

/** The file is a database of another program: nothing is written into it. */
class ForeignFileError extends UnusableFileError {
  constructor(file: string) {
    super(`${file} is a database of another program, and was left as it is. Check which file DATABASE names.`);
    this.name = 'ForeignFileError';
  }
}

/** Whose the write-ahead log is: SQLite writes it back into the file by itself, or Litestream does so when it has read it. */
export type LogKeeper = 'sqlite' | 'litestream';

const leaving = new WeakSet<Db>();

/**
 * Opens the one file that holds everything, and brings it up to date.
 * @param file path of the file, made with its folder where it does not exist; ':memory:' for tests
 * @throws UnusableFileError where the file is ahead of the program or another program's; an SqliteError where it is no
 *   database
 */
export function openStore(file: string, log: LogKeeper = 'sqlite'): Db {
  if (file !== ':memory:') {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) keepPrivate(file);
  }
  const db = new Database(file);
  try {
    refuseForeign(db, file);
    if (file !== ':memory:') keepPrivate(file);
    db.pragma(`busy_timeout = ${LOCK_PATIENCE_MS}`);
    db.pragma('journal_mode = WAL');
    if (log === 'litestream') {
      db.pragma('wal_autocheckpoint = 0');
      leaving.add(db);
    }
    // With NORMAL, a power failure destroys the last commits that were acknowledged. Set on every opening, since
    // better-sqlite3 builds SQLite with NORMAL as the default for a write-ahead log.
    db.pragma('synchronous = FULL');
    // Off while tables are rebuilt, or dropping the old one would delete all that refers to it.
    db.pragma('foreign_keys = OFF');
    migrate(db, file);
    db.pragma('foreign_keys = ON');
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/**
 * Makes a file, or one that there is, nobody's but its owner's: it holds keys and addresses of people. SQLite gives its log
 * files the same rights.
 */
export function keepPrivate(file: string): void {
  // Never where it is there: closing a file lets go of every lock that this process holds on it (POSIX).
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    const found = statSync(name, { throwIfNoEntry: false });
    // On a file system without rights, or by another user than the owner, they stay as they are.
    if (found && (found.mode & 0o077) !== 0 && found.uid === process.getuid?.()) chmodSync(name, 0o600);
  }
}

/** What every version of this program has made first, and what no new file has. */
function refuseForeign(db: Db, file: string): void {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  const isOurs = ['service', 'organization', 'location'].every((name) => tables.includes(name));
  if (tables.length > 0 && !isOurs) throw new ForeignFileError(file);
}

const migrations = (): string[] =>
  readdirSync(MIGRATIONS)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort();

/** The newest version of the file that this program can read. */
export const knownVersion = (): number => migrations().length;

/** Applies what is missing of data/migrations; `user_version` counts them. */
function migrate(db: Db, file: string): void {
  const files = migrations();
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > files.length) throw new NewerFileError(file, version, files.length);
  const apply = (name: string, index: number): void => {
    // Another process may have been quicker between the look and the lock.
    if ((db.pragma('user_version', { simple: true }) as number) > index) return;
    db.exec(readFileSync(join(MIGRATIONS, name), 'utf8'));
    // In a file that was empty there is nothing to refer to.
    if (version > 0 && (db.pragma('foreign_key_check') as unknown[]).length > 0)
      throw new Error(
        `${name} would leave something in ${file} that refers to what is not there. Nothing was changed.`,
      );
    db.pragma(`user_version = ${index + 1}`);
  };
  // Every transaction waits for the disk, and of a new file nothing is lost that one of them would have kept.
  if (version === 0) db.transaction(() => files.forEach(apply)).immediate();
  else for (const [index, name] of files.entries()) if (index >= version) db.transaction(apply).immediate(name, index);
}

/**
 * Opens the file to be read alone, where another process writes to it: nothing in it can be changed.
 * @throws UnusableFileError where it is not there, another program's, or not of the version of this program
 */
export function openToRead(file: string): Db {
  if (!existsSync(file))
    throw new UnusableFileError(`There is no copy at ${file} yet. Begin following, then start again.`);
  const db = new Database(file, { readonly: true });
  try {
    db.pragma(`busy_timeout = ${LOCK_PATIENCE_MS}`);
    refuseForeign(db, file);
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > knownVersion()) throw new NewerFileError(file, version, knownVersion());
    if (version < knownVersion())
      throw new UnusableFileError(
        `${file} was written by an older Signpost. Upgrade the first server, which brings it up to date.`,
      );
    // What is written past SQLite need not say so in the file: nothing is remembered of it.
    if (isWrittenInPlace(db)) db.pragma('cache_size = 0');
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/**
 * Opens a copy of the file that another program keeps up to date, to be read alone. With a write-ahead log SQLite would
 * keep a lock on the file for as long as it is open, and `litestream restore -f`, which writes into the file itself, would
 * wait for ever. So the copy is first told to have none, which is all that is ever written to it.
 * @throws UnusableFileError as `openToRead`
 */
export function openFollowed(file: string): Db {
  closeStore(openToRead(file));
  const db = new Database(file);
  try {
    db.pragma(`busy_timeout = ${LOCK_PATIENCE_MS}`);
    db.pragma('journal_mode = DELETE');
  } catch (error) {
    // Somebody else has it open, or it lies on a disk that cannot be written: it is read as it is.
    if (!isBusy(error) && !isReadOnly(error)) throw error;
  } finally {
    db.close();
  }
  return openToRead(file);
}

/** Whether changes go straight into the file, not into a log beside it. */
export const isWrittenInPlace = (db: Db): boolean =>
  db.readonly && db.pragma('journal_mode', { simple: true }) !== 'wal';

/** Whether the log is left to another program. */
export const leavesLog = (db: Db): boolean => leaving.has(db);

/** Writes the whole log back into the file and empties it, where it is ours. */
export function emptyLog(db: Db): void {
  if (!db.readonly && !leavesLog(db)) db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Closes the file. What is left is one complete file, unless its log is left to another program. */
export function closeStore(db: Db): void {
  if (!db.open) return;
  emptyLog(db);
  db.close();
}
