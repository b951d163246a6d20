import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { linkFor } from '../api/moderate/sign-in.ts';
import { readSettings, SettingsError } from '../api/runtime/settings.ts';
import { closeStore, type Db, NewerFileError, openStore } from '../api/store/open.ts';

/** `npm run moderators -- link ADDRESS`: a link to sign in for a moderator whom no mail reaches. */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `npm run moderators -- link ADDRESS
  Prints a link by which a moderator signs in, once, where no mail goes out. The address must be in MODERATORS.
DATABASE names the file; without it, it is data/signpost.sqlite.`;

/** A sentence for what the operator can mend, everything for what they cannot. */
function explain(error: unknown): unknown {
  if (error instanceof SettingsError || error instanceof NewerFileError) return error.message;
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_'))
    return `The database could not be used (${error.message}). Nothing was done. Check which file DATABASE names.`;
  return error;
}

/** What the command came to; the exit code. */
function run([what, address = '', ...rest]: readonly string[]): number {
  if (what !== 'link' || !address.includes('@') || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  let db: Db | undefined;
  try {
    const settings = readSettings(process.env);
    const file = resolve(ROOT, settings.DATABASE);
    if (!existsSync(file)) throw new SettingsError([`There is no database at ${file}. DATABASE says where it is.`]);
    db = openStore(file);
    const made = linkFor(db, settings, address, new Date());
    if (made === null)
      throw new SettingsError([
        `${address} is not in MODERATORS. Put it there, for the server too, and start it again.`,
      ]);
    console.log(`${settings.SITE_URL ?? `http://localhost:${settings.PORT}`}${made.link}`);
    console.log(
      `Whoever opens it within ${made.minutes} minutes is signed in as ${address}, once. Give it to nobody else.`,
    );
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  } finally {
    if (db) closeStore(db);
  }
}

process.exitCode = run(process.argv.slice(2));
