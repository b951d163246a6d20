import { clockWords } from '../api/domain/clock.ts';
import { acceptClock, clockStanding } from '../api/store/clock.ts';
import type { Db } from '../api/store/open.ts';
import { onDatabase } from './on-database.ts';

/**
 * `npm run upkeep` says whether the upkeep runs, or has stopped since the clock has jumped; `npm run upkeep -- go-on` says that
 * the clock is right. docs/upkeep.md says more.
 */

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

/** What the command came to; the exit code. */
function run([wish, ...rest]: readonly string[]): number {
  if (rest.length > 0 || (wish !== undefined && wish !== 'go-on')) {
    console.error(USAGE);
    return 2;
  }
  return onDatabase((db) => answer(db, wish));
}

process.exitCode = run(process.argv.slice(2));
