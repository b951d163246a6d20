import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDailyBackup } from '#api/operate/daily-backup.ts';
import { restoreStore } from '#api/store/copy.ts';
import { closeStore, openStore } from '#api/store/open.ts';
import { findSubmission } from '#api/store/submissions.ts';
import { AT_NOW, NOW } from '../helpers/clock.ts';
import { temporaryFolder } from '../helpers/folder.ts';

/** `npm run backup` and `npm run restore`, while somebody writes to the database. */

const ROOT = join(import.meta.dirname, '../..');
const folder = temporaryFolder();
const database = folder.file('signpost.sqlite');
const writers: ChildProcess[] = [];

const run = (script: string, ...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...AT_NOW.before, join(ROOT, 'scripts', script), ...words],
    {
      encoding: 'utf8',
      env: { ...process.env, ...AT_NOW.env, DATABASE: database, INIT_CWD: folder.path },
    },
  );
  return { status, said: stdout + stderr };
};

/** Somebody who saves a form over and over: what was saved last, and how to end them as a power cut does. */
function startWriter() {
  const child = spawn(process.execPath, [...AT_NOW.before, join(ROOT, 'tests/api/submit/writer.ts'), database], {
    env: { ...process.env, ...AT_NOW.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writers.push(child);
  const saved = { form: '', number: 0 };
  const lines = createInterface({ input: child.stdout });
  const begun = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      const [form = '', name = ''] = line.split(' ');
      Object.assign(saved, { form, number: Number(name.slice(1)) });
      if (saved.number >= 5) resolve();
    });
  });
  const kill = async () => {
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  };
  return { saved, begun, kill };
}

/** What is in the database of a form, and whether all is sound. */
function look(form: string): { number: number; whole: boolean } {
  const db = openStore(database);
  const found = findSubmission(db, form);
  const number = Number(String(found?.answers['name']).slice(1));
  const sound = db.pragma('integrity_check', { simple: true }) === 'ok';
  closeStore(db);
  return { number, whole: sound && found?.answers['summary'] === `Summary of n${number}` };
}

const backups = () => readdirSync(folder.file('backups')).sort();
let before: number;
let form: string;

beforeAll(async () => {
  closeStore(openStore(database));
  const writer = startWriter();
  await writer.begun;
  before = writer.saved.number;
  form = writer.saved.form;
  const made = run('backup.ts');
  expect([made.status, made.said]).toEqual([
    0,
    expect.stringMatching(/backups\/signpost-.*Z\.sqlite, \d+ MB, checked\./),
  ]);
  const refused = run('restore.ts', join('backups', backups()[0] ?? ''));
  expect([refused.status, refused.said]).toEqual([1, expect.stringMatching(/^Something has .* open: the server/)]);
  await writer.kill();
});
afterAll(() => {
  for (const writer of writers) writer.kill('SIGKILL');
  folder.remove();
});

describe('a copy made while somebody writes', () => {
  test('is one file, for its owner alone', () => {
    expect(backups()).toHaveLength(1);
    expect(statSync(folder.file(join('backups', backups()[0] ?? ''))).mode & 0o777).toBe(0o600);
  });

  test('holds all that was acknowledged before; put back over a database that was cut off, its log is gone', () => {
    const last = look(form).number;
    // What the log of a process that was ended leaves: it belongs to a database that is about to be another.
    writeFileSync(`${database}-wal`, 'of another database');
    const { status, said } = run('restore.ts', join('backups', backups()[0] ?? ''));
    expect([status, said]).toEqual([0, expect.stringContaining('Start the server.')]);
    expect([existsSync(`${database}-wal`), statSync(database).mode & 0o777]).toEqual([false, 0o600]);
    const after = look(form);
    expect(after.whole).toBe(true);
    expect(after.number).toBeGreaterThanOrEqual(before);
    expect(after.number).toBeLessThanOrEqual(last);
    expect(readdirSync(folder.path).filter((name) => name.includes('.before-'))).toHaveLength(1);
  });

  test('only the newest are kept, and no other file is touched', () => {
    for (const day of ['01', '02', '03'])
      copyFileSync(database, folder.file(`backups/signpost-2020-01-${day}T02-00-00Z.sqlite`));
    writeFileSync(folder.file('backups/notes.txt'), 'mine');
    expect(run('backup.ts', '--keep', '3').status).toBe(0);
    expect(backups()).toHaveLength(4);
    expect(backups()).toContain('notes.txt');
    expect(backups()).toContain('signpost-2020-01-03T02-00-00Z.sqlite');
  });
});

describe('what cannot be put back is refused, and the database stays', () => {
  const refusal = (name: string) => () => restoreStore(folder.file(name), database, new Date(NOW));
  const whole = () => readFileSync(database).toString('base64');

  test.each([
    ['no-such.sqlite', null, /There is no file/],
    ['text.sqlite', 'this is no database, whatever its name says\n', /is no database that can be read/],
    ['empty.sqlite', '', /is not a database of Signpost/],
    ['signpost.sqlite', null, /is the database itself/],
  ])('%s', (name, content, words) => {
    if (content !== null) writeFileSync(folder.file(name), content);
    const before = whole();
    expect(refusal(name)).toThrow(words);
    expect(whole()).toBe(before);
  });

  test('one that was cut short, or with a page of something else', () => {
    const copy = readFileSync(database);
    const before = whole();
    const torn = Buffer.from(copy);
    torn.fill(0x5a, 4096 * 3, 4096 * 6);
    for (const bytes of [copy.subarray(0, copy.length / 2), torn]) {
      writeFileSync(folder.file('damaged.sqlite'), bytes);
      expect(refusal('damaged.sqlite')).toThrow(/is damaged|no database that can be read/);
      expect(whole()).toBe(before);
    }
  });

  test('one that a newer program wrote', () => {
    copyFileSync(database, folder.file('newer.sqlite'));
    const db = openStore(folder.file('newer.sqlite'));
    db.pragma('user_version = 9999');
    db.close();
    expect(refusal('newer.sqlite')).toThrow(/was written by a newer Signpost/);
  });

  test('the command says so in a sentence', () => {
    const { status, said } = run('restore.ts', 'text.sqlite');
    expect([status, said]).toEqual([1, expect.stringMatching(/Take another copy\.\n$/)]);
    expect(said).not.toMatch(/^\s+at /m);
  });
});

test('a database that is damaged beyond reading is put aside for the copy', () => {
  copyFileSync(database, folder.file('good.sqlite'));
  writeFileSync(database, 'nothing that SQLite can read, at all');
  expect(restoreStore(folder.file('good.sqlite'), database, new Date(NOW))).toContain('.before-');
  expect(look(form).whole).toBe(true);
});

test.runIf(process.getuid?.() === 0)('put back by root it belongs to the user of the server as before', () => {
  copyFileSync(database, folder.file('of-root.sqlite'));
  chownSync(database, 65_534, 65_534);
  restoreStore(folder.file('of-root.sqlite'), database, new Date(NOW));
  const { uid, gid, mode } = statSync(database);
  expect([uid, gid, mode & 0o777]).toEqual([65_534, 65_534, 0o600]);
  // A new machine has no file yet, and its folder says whose it is.
  mkdirSync(folder.file('new'));
  chownSync(folder.file('new'), 65_534, 65_534);
  restoreStore(folder.file('of-root.sqlite'), folder.file('new/signpost.sqlite'), new Date(NOW));
  expect(statSync(folder.file('new/signpost.sqlite')).uid).toBe(65_534);
});

test('the server makes one a day, however often it looks, and tells why where it cannot', async () => {
  const lines: string[] = [];
  let now = new Date(NOW);
  const daily = folder.file('daily');
  const job = (at: string) =>
    createDailyBackup({ database, folder: at, keep: 1, now: () => now }, (line) => lines.push(line));
  for (const hours of [0, 1, 23, 24, 25]) {
    now = new Date(Date.parse(NOW) + hours * 3_600_000);
    await job(daily)();
  }
  expect(lines).toHaveLength(2);
  expect(readdirSync(daily)).toHaveLength(1);
  await job(join(database, 'not-a-folder'))();
  expect(lines.at(-1)).toMatch(/^No backup could be made \(.*\)\. It is tried again in an hour\.$/);
});
