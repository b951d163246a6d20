import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DownloadError, withCodePointOpen } from '../api/geocode/download.ts';
import { describeSource } from '../api/geocode/fill.ts';
import { BrokenFileError } from '../api/geocode/import/broken.ts';
import { importPostcodes } from '../api/geocode/import/import.ts';
import { logKeeper, readSettings, SettingsError } from '../api/runtime/settings.ts';
import { ImportAtWorkError, importAtWork } from '../api/store/import-lease.ts';
import { closeStore, type Db, openStore, UnusableFileError } from '../api/store/open.ts';
import { showProgress } from './progress.ts';

/** `npm run postcodes -- FILE`: imports postcodes; without a file, the current Code-Point Open is fetched. */

const ROOT = resolve(import.meta.dirname, '..');

const USAGE = `Imports postcodes, so that every one of them is found exactly.
  npm run postcodes             fetches the current Code-Point Open from Ordnance Survey
  npm run postcodes -- FILE     imports a file or folder: Code-Point Open, the ONS Postcode Directory or NSPL (CSV, .gz
                                or zip), or a list of withdrawn postcodes
  --northern-ireland            takes Northern Irish rows too; their licence is not the Open Government Licence, so
                                read it first
DATABASE names the file to fill; without it, it is data/signpost.sqlite.`;

/** The words after the command, or null where they make no sense. */
function readWords(words: string[]): { file: string | null; northernIreland: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: { 'northern-ireland': { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (positionals.length > 1) return null;
    return { file: positionals[0] ?? null, northernIreland: values['northern-ireland'] };
  } catch {
    return null;
  }
}

const EXPECTED = [BrokenFileError, DownloadError, ImportAtWorkError, UnusableFileError, SettingsError];

/** A sentence for what the operator can mend. */
function explain(error: unknown): string {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(SQLITE_|E[A-Z]+$)/.test(code))
    return `The postcodes could not be imported (${(error as Error).message}). Check which file DATABASE names, that it may be written, and that the disk has room.`;
  throw error;
}

async function run(words: string[]): Promise<number> {
  const asked = readWords(words);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const started = performance.now();
  const progress = showProgress(process.stdout);
  let db: Db | undefined;
  try {
    const settings = readSettings(process.env);
    const opened = openStore(resolve(ROOT, settings.DATABASE), logKeeper(settings));
    db = opened;
    // Also looked at when it begins to import: here so that nothing is fetched for nothing.
    if (importAtWork(opened)) throw new ImportAtWorkError();
    const load = (path: string) =>
      importPostcodes(opened, path, { northernIreland: asked.northernIreland, onProgress: progress.show });
    const made =
      asked.file === null
        ? await withCodePointOpen({ onProgress: (share) => progress.show('downloading', share) }, load)
        : await load(resolve(process.env['INIT_CWD'] ?? '.', asked.file));
    progress.end();
    console.log(`${describeSource(made)} Took ${Math.round((performance.now() - started) / 1000)} seconds.`);
    return 0;
  } catch (error) {
    progress.end();
    console.error(explain(error));
    console.error('Nothing was changed: the postcodes are as they were.');
    return 1;
  } finally {
    if (db) closeStore(db);
  }
}

process.exitCode = await run(process.argv.slice(2));
