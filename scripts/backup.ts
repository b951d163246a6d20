import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBackup } from '../api/operate/backups.ts';
import { readSettings, SettingsError } from '../api/runtime/settings.ts';
import { databaseFile } from './on-database.ts';

/** `npm run backup`: a copy of the database, made while the server runs. */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `npm run backup [-- --keep 14] [--to FOLDER]
  Copies the database, also while the server runs, checks the copy, and keeps the newest 14 (or as many as you say).
  The folder is the one given, else that of BACKUP_FOLDER, else \`backups\` beside the database.`;

/** What the command came to; the exit code. */
async function run(words: string[]): Promise<number> {
  let given: { keep?: string; to?: string };
  try {
    given = parseArgs({ args: words, options: { keep: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch {
    console.error(USAGE);
    return 2;
  }
  try {
    const settings = readSettings(process.env);
    const keep = given.keep === undefined ? settings.BACKUP_KEEP : Number(given.keep);
    if (!Number.isInteger(keep) || keep < 1) throw new SettingsError(['--keep must be a whole number from 1 on.']);
    const database = databaseFile(settings);
    const folder = given.to
      ? resolve(process.env['INIT_CWD'] ?? process.cwd(), given.to)
      : resolve(ROOT, settings.BACKUP_FOLDER ?? join(dirname(database), 'backups'));
    const { file, bytes, dropped } = await makeBackup(database, { folder, keep }, new Date());
    console.log(
      `${file}, ${Math.ceil(bytes / 1e6)} MB, checked.${dropped > 0 ? ` Older copies taken out: ${dropped}.` : ''}`,
    );
    console.log('It holds the keys and the addresses of people that the database holds: keep it as safe.');
    return 0;
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : `No backup was made: ${(error as Error).message}.`);
    return 1;
  }
}

process.exitCode = await run(process.argv.slice(2));
