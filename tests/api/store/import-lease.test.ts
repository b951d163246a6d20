import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPostcodes, postcodeSource } from '#api/geocode/import/import.ts';
import { ImportAtWorkError, importAtWork, takeImportLease } from '#api/store/import-lease.ts';
import { closeStore, type Db, openStore } from '#api/store/open.ts';
import { getOrCreateSetting, writeSetting } from '#api/store/settings.ts';
import { codePointFiles, zipOf } from '../../fixtures/postcode-files.ts';
import { type Folder, temporaryFolder } from '../../helpers/folder.ts';

/** Two at once on one file. */

let folder: Folder;
let one: Db;
let other: Db;
let zip: string;

beforeEach(() => {
  folder = temporaryFolder();
  one = openStore(folder.file('signpost.sqlite'));
  other = openStore(folder.file('signpost.sqlite'));
  zip = folder.file('codepo_gb.zip');
  writeFileSync(zip, zipOf(codePointFiles()));
});
afterEach(() => {
  closeStore(other);
  closeStore(one);
  folder.remove();
});

const stagings = () =>
  one.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'postcode_staging*'").pluck().all() as string[];
const lease = (changes: object) =>
  writeSetting(
    one,
    'postcodes_import',
    JSON.stringify({ id: 'x', host: hostname(), process: process.pid, until: Date.now() + 60_000, ...changes }),
  );

describe('postcodes are put in by one at a time', () => {
  test('the second is told so, and the first goes on', async () => {
    const first = importPostcodes(one, zip);
    await expect(importPostcodes(other, zip)).rejects.toThrow(
      'Another import is at work on this file. Wait until it has ended, then try again.',
    );
    await expect(first).resolves.toMatchObject({ live: 7 });
    expect(importAtWork(other)).toBe(false);
    await expect(importPostcodes(other, zip)).resolves.toMatchObject({ live: 7 });
  });

  test('on another computer, as long as it lasts', () => {
    lease({ host: 'elsewhere' });
    expect(() => takeImportLease(other)).toThrow(ImportAtWorkError);
    lease({ host: 'elsewhere', until: Date.now() - 1 });
    takeImportLease(other).release();
    expect(importAtWork(one)).toBe(false);
  });

  test.each([
    ['that is gone', () => ({ process: spawnSync(process.execPath, ['--version']).pid })],
    ['that had the number which this one has now', () => ({ process: process.pid })],
  ])('a process %s holds nobody up, and what it left is taken away', async (_, changes) => {
    lease(changes());
    one.exec('CREATE TABLE postcode_staging (number INTEGER); CREATE TABLE postcode_staging_1 (number INTEGER)');
    await expect(importPostcodes(other, zip)).resolves.toMatchObject({ live: 7 });
    expect(stagings()).toEqual([]);
  });

  test('one that took too long and lost its turn changes nothing', async () => {
    const slow = importPostcodes(one, zip, {
      onProgress: (stage) => {
        if (stage === 'writing') lease({ host: 'elsewhere' });
      },
    });
    await expect(slow).rejects.toThrow(ImportAtWorkError);
    expect(postcodeSource(other)).toBeNull();
    expect(stagings()).toEqual([]);
    expect(importAtWork(other)).toBe(true);
  });
});

test('of two that settle a setting at once, both go by what came first', () => {
  const settled = getOrCreateSetting(one, 'secret', () => {
    expect(getOrCreateSetting(other, 'secret', () => 'first')).toBe('first');
    return 'second';
  });
  expect(settled).toBe('first');
  expect(getOrCreateSetting(other, 'secret', () => 'third')).toBe('first');
});
