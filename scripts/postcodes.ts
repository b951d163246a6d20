import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DownloadError, withCodePointOpen } from '../api/geocode/download.ts';
import { describeSource } from '../api/geocode/fill.ts';
import { BrokenFileError } from '../api/geocode/import/broken.ts';
import { importPostcodes } from '../api/geocode/import/import.ts';
import { readSettings, SettingsError } from '../api/settings.ts';
import { closeStore, type Db, NewerFileError, openStore } from '../api/store/open.ts';
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
    const opened = openStore(resolve(ROOT, readSettings(process.env).DATABASE));
    db = opened;
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
    const expected = [BrokenFileError, DownloadError, NewerFileError, SettingsError];
    if (!expected.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    console.error('Nothing was changed: the postcodes are as they were.');
    return 1;
  } finally {
    if (db) closeStore(db);
  }
}

process.exitCode = await run(process.argv.slice(2));
