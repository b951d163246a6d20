import { resolve } from 'node:path';
import { readSettings, SettingsError } from '../api/settings.ts';
import { closeStore, type Db, NewerFileError, openStore } from '../api/store/open.ts';
import { loadExamples, removeExamples } from '../api/store/seed.ts';

/** `npm run examples -- drop` takes the sample directory out of the database; `npm run examples -- load` puts it back. */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `Say what to do with the example listings:
  npm run examples -- drop   takes them all out
  npm run examples -- load   puts them back, with fresh dates
DATABASE names the file; without it, it is data/signpost.sqlite.`;

const RESTART = 'If Signpost is running, restart it: until then it shows what was there when it started.';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function drop(db: Db): string {
  const { services, organizations, locations } = removeExamples(db);
  if (services + organizations + locations === 0)
    return 'There were no examples to take out. They will not be put in on the next start either.';
  return (
    `Taken out: ${counted(services, 'example listing', 'example listings')}, ` +
    `${counted(organizations, 'organization', 'organizations')} and ${counted(locations, 'venue', 'venues')}. ` +
    'They do not come back by themselves.'
  );
}

const load = (db: Db): string =>
  `${counted(loadExamples(db, new Date()), 'example listing is', 'example listings are')} in the directory.`;

const COMMANDS = new Map([
  ['drop', drop],
  ['load', load],
]);

/** A sentence for what the operator can mend, everything for what they cannot. */
function explain(error: unknown): unknown {
  if (error instanceof SettingsError || error instanceof NewerFileError) return error.message;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_'))
    return `The database could not be changed (${error.message}). Nothing was done. Check which file DATABASE names.`;
  return error;
}

/** What the command came to, in words; the exit code. */
function run(words: readonly string[]): number {
  const command = words.length === 1 ? COMMANDS.get(words[0] ?? '') : undefined;
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  let db: Db | undefined;
  try {
    db = openStore(resolve(ROOT, readSettings(process.env).DATABASE));
    console.log(command(db));
    console.log(RESTART);
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  } finally {
    if (db) closeStore(db);
  }
}

process.exitCode = run(process.argv.slice(2));
