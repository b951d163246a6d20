import { resolve } from 'node:path';
import { clockWords } from '../api/domain/clock.ts';
import { readSettings, SettingsError } from '../api/runtime/settings.ts';
import { acceptClock, clockStanding } from '../api/store/clock.ts';
import { closeStore, type Db, NewerFileError, openStore } from '../api/store/open.ts';

/**
 * `npm run upkeep` says whether the upkeep runs, or has stopped since the clock has jumped; `npm run upkeep -- go-on` says that
 * the clock is right. docs/upkeep.md says more.
 */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `Say what to do:
  npm run upkeep             says whether the upkeep runs
  npm run upkeep -- go-on    says that the clock of this computer is right: the upkeep goes on within a minute
DATABASE names the file; without it, it is data/signpost.sqlite.`;

function answer(db: Db, wish: string | undefined): string {
  const now = new Date();
  const words = clockWords(clockStanding(db, now), now);
  if (words === null) return 'The upkeep runs: the clock goes on as clocks do.';
  if (wish !== 'go-on') return `${words}\nIf the clock is right: npm run upkeep -- go-on`;
  acceptClock(db, now);
  return 'The clock is taken to be right. A running server goes on with the upkeep within a minute.';
}

/** A sentence for what the operator can mend, everything for what they cannot. */
function explain(error: unknown): unknown {
  if (error instanceof SettingsError || error instanceof NewerFileError) return error.message;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_'))
    return `The database could not be used (${error.message}). Nothing was done. Check which file DATABASE names.`;
  return error;
}

/** What the command came to; the exit code. */
function run([wish, ...rest]: readonly string[]): number {
  if (rest.length > 0 || (wish !== undefined && wish !== 'go-on')) {
    console.error(USAGE);
    return 2;
  }
  let db: Db | undefined;
  try {
    db = openStore(resolve(ROOT, readSettings(process.env).DATABASE));
    console.log(answer(db, wish));
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  } finally {
    if (db) closeStore(db);
  }
}

process.exitCode = run(process.argv.slice(2));
