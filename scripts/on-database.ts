import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { logKeeper, readSettings, type Settings, SettingsError } from '../api/runtime/settings.ts';
import { closeStore, type Db, openStore, UnusableFileError } from '../api/store/open.ts';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * The file that the settings name.
 * @throws SettingsError where it is not there: a path with a mistake is no empty directory
 */
export function databaseFile(settings: Settings): string {
  const file = resolve(ROOT, settings.DATABASE);
  if (!existsSync(file)) throw new SettingsError([`There is no database at ${file}. DATABASE says where it is.`]);
  return file;
}

/**
 * Does what a command does with the database that the settings name, prints what it came to, and closes the file.
 * @param work gives the words to print; what it throws is explained as far as the operator can mend it
 * @param options `begins`: what it does makes sense before the first start too, so that the file is made where there is none
 * @returns the exit code
 */
export function onDatabase(
  work: (db: Db, at: { file: string; settings: Settings }) => string,
  { begins = false } = {},
): number {
  let db: Db | undefined;
  try {
    const settings = readSettings(process.env);
    const file = begins ? resolve(ROOT, settings.DATABASE) : databaseFile(settings);
    db = openStore(file, logKeeper(settings));
    console.log(work(db, { file, settings }));
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  } finally {
    if (db) closeStore(db);
  }
}

/** A sentence for what the operator can mend, everything for what they cannot. */
function explain(error: unknown): unknown {
  if (error instanceof SettingsError || error instanceof UnusableFileError) return error.message;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_'))
    return `The database could not be used (${error.message}). Nothing was done. Check which file DATABASE names.`;
  return error;
}
