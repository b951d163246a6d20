import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postcodeSource } from '#api/geocode/import/import.ts';
import { takeImportLease } from '#api/store/import-lease.ts';
import { closeStore, openStore } from '#api/store/open.ts';
import { showProgress } from '../../scripts/progress.ts';
import { codePointFiles, directoryCsv, directoryRow, zipOf } from '../fixtures/postcode-files.ts';
import { AT_NOW } from '../helpers/clock.ts';
import { type Folder, temporaryFolder } from '../helpers/folder.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/postcodes.ts');

let folder: Folder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...AT_NOW.before, SCRIPT, ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...AT_NOW.env, DATABASE: folder.file('signpost.sqlite'), INIT_CWD: folder.path },
  });
  return { status, stdout, stderr };
};
const source = () => {
  const db = openStore(folder.file('signpost.sqlite'));
  try {
    return postcodeSource(db);
  } finally {
    closeStore(db);
  }
};

describe('npm run postcodes', () => {
  test('imports a file, named from where the command was given, in plain lines', () => {
    writeFileSync(folder.file('codepo_gb.zip'), zipOf(codePointFiles()));
    const { status, stdout } = run('codepo_gb.zip');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /Reading: 100 %\n[\s\S]*Writing: 100 %\n[\s\S]*Postcodes: Code-Point Open 2025\.4\.0, 7 in use and 0 withdrawn\. Took \d+ seconds\.\n$/,
    );
    expect(stdout).not.toContain('\r');
    expect(source()).toMatchObject({ live: 7 });
  });

  test('takes Northern Ireland only where told to', () => {
    const rows = [
      directoryRow('E8 1EA'),
      directoryRow('BT1 5GS', { district: 'N09000003', lat: '54.6', long: '-5.9' }),
    ];
    writeFileSync(folder.file('onspd.csv'), directoryCsv(rows));
    expect(run('onspd.csv').stdout).toContain('1 in use');
    expect(run('--northern-ireland', 'onspd.csv').stdout).toContain('2 in use');
  });

  test('says in a sentence what is wrong, and that nothing was changed', () => {
    writeFileSync(folder.file('codepo_gb.zip'), zipOf(codePointFiles()));
    run('codepo_gb.zip');
    writeFileSync(folder.file('broken.zip'), zipOf({ 'Data/CSV/e.csv': '"E8 1EA",10,x,184694,"","","","","",""\n' }));
    const { status, stderr } = run('broken.zip');
    expect(status).toBe(1);
    expect(stderr).toContain(
      "broken.zip: Data/CSV/e.csv, line 1, column 3 (easting): expected a number from 0 to 700000, found 'x'.",
    );
    expect(stderr).toContain('Nothing was changed');
    expect(stderr).not.toContain('    at ');
    expect(source()).toMatchObject({ live: 7 });
  });

  test('waits for nobody: another import at work is a sentence', () => {
    const db = openStore(folder.file('signpost.sqlite'));
    const lease = takeImportLease(db);
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain('Another import is at work on this file.');
    expect(stderr).toContain('Nothing was changed');
    lease.release();
    closeStore(db);
  });

  test('so is a file that is no database', () => {
    writeFileSync(folder.file('signpost.sqlite'), 'something else, and long enough to be looked at'.repeat(100));
    const { status, stderr } = run('codepo_gb.zip');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^The postcodes could not be imported \(file is not a database\)\. Check which file DATABASE/,
    );
    expect(stderr).not.toContain('    at ');
  });

  test.each([[['a', 'b']], [['--nonsense']]])('explains itself on %j', (words) => {
    const { status, stderr } = run(...words);
    expect(status).toBe(2);
    expect(stderr).toContain('npm run postcodes -- FILE');
  });
});

describe('progress', () => {
  const written = (isTTY: boolean, steps: [string, number][]) => {
    let text = '';
    const write = (chunk: string | Uint8Array) => {
      text += chunk;
      return true;
    };
    const progress = showProgress({ isTTY, write });
    for (const [stage, share] of steps) progress.show(stage, share);
    progress.end();
    return text;
  };

  test('is a bar that moves within one line on a terminal', () => {
    const text = written(true, [
      ['reading', 0],
      ['reading', 0.5],
      ['reading', 1],
    ]);
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text).toContain(`\rReading          ${'█'.repeat(15)}${'░'.repeat(15)} 50 %`);
    expect(text.endsWith('100 %\u001B[K\n')).toBe(true);
  });

  test('is a few plain lines elsewhere', () => {
    const steps = Array.from({ length: 101 }, (_, at): [string, number] => ['reading', at / 100]);
    expect(written(false, steps)).toBe('Reading: 0 %\nReading: 25 %\nReading: 50 %\nReading: 75 %\nReading: 100 %\n');
  });
});
