import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ImportAtWorkError, importAtWork } from '../store/import-lease.ts';
import type { Db } from '../store/open.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { DownloadError, type DownloadOptions, withCodePointOpen } from './download.ts';
import { BrokenFileError } from './import/broken.ts';
import { importPostcodes, mendGround, type PostcodeSource, postcodeSource } from './import/import.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where a file of postcodes may lie, in the order in which they are looked at. */
const FOLDERS = [join(ROOT, 'data/postcodes'), join(ROOT, '../shared/postcodes')];
/** Milliseconds that the first start waits for the download to begin. */
const PATIENCE = 4000;
/** Milliseconds between two looks at whether another process has ended. */
const LOOK = 250;
/** Set once the download has failed, so that later starts without a network do not wait for it again. */
const TRIED = 'postcodes_download_tried';

export interface FillOptions {
  now: () => Date;
  log: (line: string) => void;
  /** In place of data/postcodes and ../shared/postcodes. */
  folders?: string[];
  download?: DownloadOptions;
}

/**
 * Fills the table of postcodes on the first start: from the first folder that has any, else from the open download if
 * the network answers within a few seconds. Where another process is filling it, this waits. If all of that fails, the
 * built-in sectors serve (precision.ts says how to do better); nothing that is wrong with a file stops the start. Once
 * the table is filled, this only makes sure that the map is drawn from it.
 */
export async function fillPostcodes(db: Db, options: FillOptions): Promise<void> {
  const { log } = options;
  while (!postcodeSource(db)) {
    try {
      if (importAtWork(db)) throw new ImportAtWorkError();
      return await fillNow(db, options);
    } catch (error) {
      if (!(error instanceof ImportAtWorkError)) throw error;
      log('Another process is filling the table of postcodes in this file: waiting until it has ended …');
      while (importAtWork(db)) await setTimeout(LOOK);
    }
  }
  mendGround(db, () => log('Drawing the map from the postcodes anew …'));
}

/** @throws ImportAtWorkError where another process has begun to do the same */
async function fillNow(db: Db, { now, log, folders = FOLDERS, download }: FillOptions): Promise<void> {
  for (const folder of folders) {
    if (isEmpty(folder)) continue;
    const done = await attempt(log, `Filling the table of postcodes from ${folder}, about 15 seconds …`, () =>
      importPostcodes(db, folder),
    );
    if (done) return;
  }
  if (readSetting(db, TRIED) !== null) return;
  const done = await attempt(log, 'Fetching the postcodes of Great Britain from Ordnance Survey …', () =>
    withCodePointOpen({ patience: PATIENCE, ...download }, (path) => importPostcodes(db, path)),
  );
  // Only now: whoever was ended in the middle of it may try again.
  if (!done) writeSetting(db, TRIED, now().toISOString().slice(0, 10));
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).every((name) => name.startsWith('.'));
  } catch {
    return true;
  }
}

async function attempt(log: FillOptions['log'], begin: string, run: () => Promise<PostcodeSource>): Promise<boolean> {
  log(begin);
  try {
    log(describeSource(await run()));
    return true;
  } catch (error) {
    if (!(error instanceof BrokenFileError || error instanceof DownloadError)) throw error;
    log(error.message);
    return false;
  }
}

/** 'Postcodes: Code-Point Open 2025.4.0, 1,745,849 in use and 76,113 withdrawn.' */
export function describeSource({ source, live, withdrawn }: PostcodeSource): string {
  const number = (count: number) => count.toLocaleString('en-GB');
  return `Postcodes: ${source}, ${number(live)} in use and ${number(withdrawn)} withdrawn.`;
}
