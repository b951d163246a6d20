import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { newSecret } from './domain/privacy.ts';
import { fillPostcodes } from './geocode/fill.ts';
import { logKeeper, type Settings, SettingsError } from './runtime/settings.ts';
import { seedClinical } from './store/clinical-seed.ts';
import { closeStore, type Db, openFollowed, openStore, openToRead } from './store/open.ts';
import { renewDerivedIds } from './store/renewed-ids.ts';
import { isUnfilled, leaveEmpty, seedExamples } from './store/seed.ts';
import { getOrCreateSetting, readSetting } from './store/settings.ts';

/** The file of a process: what a new one begins with, and the key that is kept in it. */

/** Which file a process opens, and whether it may write to it. */
interface OpenedAs {
  /** The whole path. */
  file: string;
  settings: Settings;
  readOnly: boolean;
  now: () => Date;
}

/** Whether the operator names the file, and does not say what a new one shall begin with. */
function asksFirst({ DATABASE_NEW }: Settings): boolean {
  return !!process.env['DATABASE']?.trim() && DATABASE_NEW === null;
}

/**
 * A path with a mistake, or a disk that is not mounted, must not become a public directory of made-up listings: where the
 * operator names a file in which nothing is yet, they say what it shall begin with.
 */
function notBegun(found: string, file: string): SettingsError {
  return new SettingsError([
    `${found} at ${file}, which DATABASE names. If that is a mistake, mend DATABASE or mount its disk. To begin a new directory there, start once with DATABASE_NEW=empty, or with \`npm start -- --examples\` for the example directory, which is made up.`,
  ]);
}

function checkNew(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) throw notBegun('There is no database', file);
  if (found.isFile() && found.size === 0) throw notBegun('There is an empty file', file);
}

/**
 * Opens the file. On the first start it is empty: the postcodes and the sample directory go in. Who may not write only
 * reads what is there.
 * @throws SettingsError where the operator has to say first what a new file begins with
 */
export async function openAndFill({ file, settings, readOnly, now }: OpenedAs): Promise<Db> {
  if (readOnly) return settings.READ_ONLY === 1 ? openFollowed(file) : openToRead(file);
  const asks = asksFirst(settings);
  if (asks) checkNew(file);
  const opened = openStore(file, logKeeper(settings));
  try {
    // First, so that a start that is cut off leaves nothing for the next to fill.
    if (settings.DATABASE_NEW === 'empty') leaveEmpty(opened);
    else if (asks && isUnfilled(opened)) throw notBegun('There is a database without a directory', file);
    renewDerivedIds(opened, now().toISOString());
    await fillPostcodes(opened, { now, log: console.log });
    seedExamples(opened, now());
    seedClinical(opened, now());
    return opened;
  } catch (error) {
    closeStore(opened);
    throw error;
  }
}

/**
 * The operator's key, or one that is made once and kept in the file, so that sealed addresses outlive a restart.
 * @throws SettingsError where a process that may not write finds none
 */
export function sealingKey(db: Db, { SECRET }: Settings, readOnly: boolean): Uint8Array {
  if (SECRET) return createHash('sha256').update(SECRET).digest();
  const made = readOnly
    ? readSetting(db, 'secret')
    : getOrCreateSetting(db, 'secret', () => Buffer.from(newSecret()).toString('base64'));
  // Whoever goes on from one server to the other keeps the address of the search.
  if (made === null) throw new SettingsError(['SECRET is missing: set it to that of the first server.']);
  return Buffer.from(made, 'base64');
}
