import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSettings, SettingsError } from '../api/runtime/settings.ts';
import { CopyError, restoreStore } from '../api/store/copy.ts';
import { NewerFileError } from '../api/store/open.ts';

/** `npm run restore FILE`: puts a copy of the database in its place. */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `npm run restore FILE
  Checks a copy and puts it in the place of the database. Stop the server first. What was there is kept beside it.
DATABASE names the file that is replaced; without it, it is data/signpost.sqlite.`;

/** A sentence for what the operator can mend, everything for what they cannot. */
function explain(error: unknown): unknown {
  if (error instanceof SettingsError || error instanceof CopyError || error instanceof NewerFileError)
    return error.message;
  if (error instanceof Error && 'code' in error)
    return `Nothing was put back (${error.message}). Check that there is room, and that the file may be written.`;
  return error;
}

/** What the command came to; the exit code. */
function run([copy, ...rest]: readonly string[]): number {
  if (copy === undefined || copy.startsWith('-') || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  try {
    const database = resolve(ROOT, readSettings(process.env).DATABASE);
    // Settings of a unit are not those of a shell: a copy beside the program would restore nothing that anybody serves.
    if (!process.env['DATABASE']?.trim() && !existsSync(database)) {
      console.error(
        `There is no database at ${database}, and DATABASE names no other: nothing was put back. Give DATABASE as the server has it (docs/operating.md says how); DATABASE=${database} if it shall be there.`,
      );
      return 1;
    }
    const kept = restoreStore(resolve(process.env['INIT_CWD'] ?? process.cwd(), copy), database, new Date());
    console.log(`${database} is what ${copy} holds. Start the server.`);
    if (kept !== null) console.log(`What was there before is kept: ${kept}. Delete it once you do not need it.`);
    return 0;
  } catch (error) {
    console.error(explain(error));
    return 1;
  }
}

process.exitCode = run(process.argv.slice(2));
